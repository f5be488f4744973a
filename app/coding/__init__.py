"""Spans and places to events: which clause, which place, which day, which status, who and how many."""
