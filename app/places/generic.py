"""Generic words in a name that somebody types: "Nassib border crossing", "Mount Hermon", "محافظة درعا"."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.datafiles import read_yaml
from app.domain.places import Place

_GAPS = re.compile(r"[\s‐‑–-]+")
_ELIDED = re.compile(r"\b([dl])['’](?=\w)", re.IGNORECASE)
"""French d' and l': "mine d'Inata"."""


_LONGEST = 4
"""Words of the longest generic phrase."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Generic words of one kind, and the feature codes or classes that they may mean."""

    codes: frozenset[str]
    before: tuple[str, ...]
    after: tuple[str, ...]

    def fits(self, place: Place) -> bool:
        """The place is of this kind."""
        return place.feature_code in self.codes or place.feature_class in self.codes

    def spelled(self, core: str) -> Iterator[str]:
        """The name with each of the words of this kind."""
        yield from (f"{core} {word}" for word in self.after)
        yield from (f"{word} {core}" for word in self.before)


@dataclass(frozen=True, slots=True)
class Generic:
    """A name without its generic word, and what kind the word asks for."""

    core: str
    kind: Kind


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds of `generic_words.yaml`."""
    groups: list[dict[str, Any]] = read_yaml("app.places.data", "generic_words.yaml")
    return tuple(Kind(frozenset(g["codes"]), tuple(g["before"]), tuple(g["after"])) for g in groups)


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in letters if letter.isalnum())


@cache
def _words() -> tuple[dict[tuple[str, ...], list[Kind]], dict[tuple[str, ...], list[Kind]]]:
    before: dict[tuple[str, ...], list[Kind]] = {}
    after: dict[tuple[str, ...], list[Kind]] = {}
    for kind in kinds():
        for table, words in ((before, kind.before), (after, kind.after)):
            for word in words:
                table.setdefault(tuple(map(_plain, _GAPS.split(word))), []).append(kind)
    return before, after


def readings(name: str) -> list[Generic]:
    """The ways to read a generic word in the name; none when it has none. Longer words go before shorter ones."""
    written = [word for word in _GAPS.split(_ELIDED.sub(r"\1 ", name.strip())) if word]
    plain = [_plain(word) for word in written]
    before, after = _words()
    found: list[Generic] = []
    for size in range(min(_LONGEST, len(written) - 1), 0, -1):
        for kind in after.get(tuple(plain[-size:]), ()):
            found.append(Generic(" ".join(written[:-size]), kind))
        for kind in before.get(tuple(plain[:size]), ()):
            found.append(Generic(" ".join(written[size:]), kind))
    return found
