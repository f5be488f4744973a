"""What users add to the gazetteer: country dumps, GNS files, boundaries, lists.

Each source is a compiled file of its own beside the base, so that adding never rebuilds the rest and removing leaves
nothing behind.
"""
