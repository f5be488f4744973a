"""Numbers in the cells of a table, with sentences that say where a wrong one stands."""

import math
import re

from app.errors import BadInput

_MOST_DIGITS = 18
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")


def whole(cell: str, where: str) -> int:
    """A whole number that is not negative; raises BadInput."""
    cell = cell.strip()
    if not (cell.isascii() and cell.isdigit() and len(cell) <= _MOST_DIGITS):
        raise BadInput(f"{where} must be a whole number.")
    return int(cell)


def decimal(cell: str, low: float, high: float, where: str) -> float:
    """A number from `low` to `high`; raises BadInput."""
    if not _DECIMAL.fullmatch(cell.strip()):
        raise BadInput(f"{where} must be a number.")
    value = float(cell)
    if not (math.isfinite(value) and low <= value <= high):
        raise BadInput(f"{where} must lie between {low:g} and {high:g}.")
    return value
