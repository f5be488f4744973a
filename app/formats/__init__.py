"""Documents and events as bytes: one format a file."""
