"""Names of months and feasts of the lunar and the solar calendar, from data/calendars.yaml, and how to find them."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from app.datafiles import read_yaml

_ROWS = read_yaml("app.recognition.data", "calendars.yaml")


class Feast(NamedTuple):
    """A feast of the lunar year: month, day, how many days it lasts."""

    month: int
    day: int
    days: int


def plain(name: str) -> str:
    """One spelling for all: small letters, no apostrophes, no hyphens, "el" and "ul" read as "al"."""
    flat = re.sub(r"[’‘'ʿʾ`]", "", name.lower()).replace("-", " ")
    return re.sub(r"\b[eu]l\b", "al", " ".join(flat.split()))


MONTHS_OF = {
    plain(spelling): (calendar, number)
    for calendar in ("hijri", "jalali")
    for number, spellings in enumerate(_ROWS[calendar], 1)
    for spelling in spellings
}
"""Spelling, as plain() makes it -> calendar and month, 1 to 12."""
FEASTS = {plain(name): Feast(*map(int, row)) for name, row in _ROWS["feasts"].items()}


def _one_of(names: Iterable[str]) -> str:
    """A capitalised name in any of its spellings."""
    forms = []
    for name in sorted(names, key=len, reverse=True):
        words = [re.sub(r"^(?:al|el|ul)-", r"(?:al|el|ul|Al|El|Ul)[- ]", word) for word in re.split(r"[ ]", name)]
        forms.append("[- ]".join(re.sub(r"(?<=[a-z])(?=[a-z])", "[’‘'ʿʾ]?", w) if "?:" not in w else w for w in words))
    return "(?-i:" + "|".join(forms) + ")"


_ALL = [spelling for calendar in ("hijri", "jalali") for spellings in _ROWS[calendar] for spelling in spellings]
ANY_MONTH = _one_of(_ALL)
CLEAR_MONTH = _one_of(name for name in _ALL if name not in _ROWS["needs_year"])
LONE_MONTH = _one_of(_ROWS["alone"])
FEAST = _one_of(_ROWS["feasts"])
FIRST_WORDS = tuple(sorted({name.split()[0] for name in (*_ALL, *_ROWS["feasts"])} | {"Sha’ban", "Sha'ban", "Sha‘ban"}))
"""The first words of all these names: without one of them there is no such date."""
