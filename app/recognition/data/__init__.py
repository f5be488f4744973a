"""Word lists and patterns that recognition reads."""
