"""Where Dateline's places come from: sources, our own rows, and the builder that compiles them into one SQLite file."""
