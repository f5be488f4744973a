"""A sentence in small letters in which every place name is one sign, so that phrases can be told without the names.

The signs come from Unicode's private use area; those that the text brings along are blotted out first.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from string import ascii_uppercase
from typing import Final

from app.recognition.tokens import Sentence
from app.resolution.relations.spots import Anchor
from app.resolution.resolve import Resolved

TOWN: Final = "[\ue000-\ue7ff]"
"""A place on the ground that is no country."""
COUNTRY: Final = "[\ue800-\uebff]"
DEMONYM: Final = "[\uec00-\uefff]"
"""A word that stands for a country or its people: "the Turkish border"."""
NAMELESS: Final = "[\uf000-\uf3ff]"
"""A name that the gazetteer lacks."""
BORDER: Final = "[\uf400-\uf5ff]"
"""A whole phrase: "the border with Jordan"."""
MEANT: Final = "[\uf600-\uf7ff]"
""" "the town", "the country": a place named before."""
_OWN: Final = re.compile("[\ue000-\uf8ff]")
_PLAIN: Final = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("’‘ʼ`´", "'"),
        **{letter: letter.lower() for letter in ascii_uppercase},
        **dict.fromkeys("\t\u00a0\u2007\u2009\u202f\r\n", " "),
    }
)
_SPACES: Final = re.compile(" {2,}")


def _kind(item: Resolved) -> str | None:
    if item.mention.kind != "literal":
        return DEMONYM if item.place and item.place.is_country else None
    if item.place is None:
        return NAMELESS
    return COUNTRY if item.place.is_country else TOWN


@dataclass(slots=True)
class Masked:
    """The masked sentence, and where each of its characters stands in the text."""

    words: str
    starts: list[int]
    """Offset in the text of each character; one more for the end."""
    named: dict[str, Resolved] = field(default_factory=dict)
    """Sign -> the mention that it stands for."""
    anchors: dict[str, Anchor] = field(default_factory=dict)
    """Sign -> what phrases count from: borders and "the town"; mentions are added when asked for."""

    def span(self, match: re.Match[str]) -> tuple[int, int]:
        """Offsets in the text of a match."""
        return self.starts[match.start()], self.end_of(match.end())

    def end_of(self, position: int) -> int:
        """Offset in the text right behind the character before `position`: white space behind it not counted."""
        sign = self.words[position - 1] if position else ""
        if sign in self.named:
            return self.named[sign].end
        if sign in self.anchors:
            return self.anchors[sign].end
        return self.starts[position - 1] + 1 if position else self.starts[0]

    def anchor(self, sign: str) -> Anchor | None:
        """The anchor that a sign stands for; None for a name without a place."""
        if sign in self.anchors:
            return self.anchors[sign]
        item = self.named.get(sign)
        return Anchor(item.place, item.start, item.end, item) if item and item.place else None

    def replace(self, pattern: re.Pattern[str], kind: str, read: Callable[[re.Match[str]], Anchor | None]) -> None:
        """Put one sign of a kind in place of each match that `read` can make an anchor of."""
        pieces, starts, last, number = [], [], 0, len(self.anchors)
        for match in pattern.finditer(self.words):
            anchor = read(match) if number < 500 else None
            if anchor is None:
                continue
            sign = chr(ord(kind[1]) + number % 512)
            number += 1
            self.anchors[sign] = anchor
            pieces += [self.words[last : match.start()], sign]
            starts += [*self.starts[last : match.start()], self.starts[match.start()]]
            last = match.end()
        if pieces:
            self.words = "".join((*pieces, self.words[last:]))
            self.starts = [*starts, *self.starts[last:]]


def mask(text: str, sentence: Sentence, here: Sequence[Resolved]) -> Masked:
    """The sentence with a sign for each of the mentions `here`, all small, dashes and quotes plain, spaces single.

    Only the letters A to Z are made small: others may change their length.
    """
    pieces: list[str] = []
    starts: list[int] = []
    named: dict[str, Resolved] = {}
    at = sentence.start

    def add(end: int) -> None:
        plain = _OWN.sub("?", text[at:end].translate(_PLAIN))
        if "  " not in plain:
            pieces.append(plain)
            starts.extend(range(at, end))
            return
        last = 0
        for gap in _SPACES.finditer(plain):
            pieces.append(plain[last : gap.start() + 1])
            starts.extend(range(at + last, at + gap.start() + 1))
            last = gap.end()
        pieces.append(plain[last:])
        starts.extend(range(at + last, end))

    for item in here:
        kind = _kind(item)
        if kind is None or item.start < at or item.end > sentence.end or len(named) >= 1000:
            continue
        add(item.start)
        sign = chr(ord(kind[1]) + len(named))
        named[sign] = item
        pieces.append(sign)
        starts.append(item.start)
        at = item.end
    add(sentence.end)
    starts.append(sentence.end)
    return Masked("".join(pieces), starts, named)
