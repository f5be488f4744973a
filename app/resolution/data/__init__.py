"""Learnt numbers that resolution reads."""
