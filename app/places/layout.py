"""What the builder and the reader of the compiled gazetteer agree on."""

from typing import Final

from app.domain.places import Match

SCHEMA: Final = 1
"""Number of the compiled file's layout. A file with another number is not opened."""

FILE_NAME: Final = "gazetteer.sqlite"
"""Name of the compiled file inside the data directory."""

HOW: Final[tuple[Match, ...]] = ("name", "alternate", "article")
"""How a key stands for a place; the file holds the position in this tuple."""
