"""What Dateline does for a caller: one use case a file, one transaction each. Knows neither HTTP nor SQL."""
