"""Rules that coding reads."""
