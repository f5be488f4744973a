"""The shipped models; docs/models.md says how they were made."""
