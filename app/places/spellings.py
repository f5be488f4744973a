"""Which spellings of a place can serve as names, and under which keys they stand."""

import re
from collections.abc import Iterable, Iterator, Sequence

from app.places.layout import HOW
from app.places.names import compute_bare_key, compute_name_key

NAME, ALTERNATE, ARTICLE = range(len(HOW))
"""How a key stands for a place, in the numbers of the compiled file."""

_CODE = re.compile(r"[A-Z]{2,3}|[A-Z]{4}\d*")
_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]")
_LETTER = re.compile(r"[^\W\d_]")


def usable(spelling: str) -> bool:
    """False for alternate names that no article would mean the place by.

    Numbers, web addresses, single letters, codes in capitals (IATA, ICAO), and the machine-made romanisations of
    GeoNames, which have no capital letter ("swldw" for Soldeu).
    """
    if len(spelling) < 2 or "://" in spelling or spelling.startswith("www.") or not _LETTER.search(spelling):
        return False
    if _CODE.fullmatch(spelling):
        return False
    letters = _LATIN.findall(spelling)
    return not letters or any(map(str.isupper, letters))


def _printable(name: str) -> str:
    """Without line breaks (the file holds a spelling a line), control characters and marks that turn the writing round;
    Persian needs its zero-width joiners."""
    return "".join(c for c in " ".join(name.split()) if c.isprintable() or c in "\u200c\u200d")


def choose_spellings(name: str, others: Iterable[str], *, keep_all: bool = False) -> list[tuple[str, str]]:
    """(key, spelling) of each name of a place, the headline name first, one spelling a key.

    `keep_all` where people chose each spelling, so that short and capital ones (UK, T4) stay.
    """
    seen: set[str] = set()
    chosen = []
    for number, raw in enumerate((name, *others)):
        spelling = raw if raw.isprintable() else _printable(raw)
        if number and not keep_all and not usable(spelling):
            continue
        key = compute_name_key(spelling)
        too_short = number and len(key) < 3 and key.isascii() and not keep_all
        if key and key not in seen and not too_short:
            seen.add(key)
            chosen.append((key, spelling))
    return chosen or [(name.casefold(), name)]


def key_rows(chosen: Sequence[tuple[str, str]]) -> Iterator[tuple[str, int, int]]:
    """(key, number of the spelling, how): each name's key, then its key without articles."""
    keys = {key for key, _ in chosen}
    for number, (key, _) in enumerate(chosen):
        yield key, number, ALTERNATE if number else NAME
    for number, (key, spelling) in enumerate(chosen):
        bare = compute_bare_key(spelling, key)
        if bare not in keys and (len(bare) > 2 or not bare.isascii()):
            keys.add(bare)
            yield bare, number, ARTICLE
