"""Derived tables of countries, first-level units and feature codes, with the script that makes them."""
