"""Text as somebody would read it aloud: invisible characters, strange blanks and words broken at a line end are mended.

Rules read the clean text; `origin` leads every character back to the text that the caller sent, so offsets stay exact.
Most texts are clean, and then nothing is copied.

1. Invisible characters inside and beside words (soft hyphen, zero-width blank, byte order mark, marks of direction) go.
2. Blanks of any width are one ordinary blank each.
3. A word broken at a line end is one word again: "Kramato-\\nrsk"; a hyphen that was there before stays: "ez-\\nZor".
4. Lines of one width, broken in the middle of sentences (the wires of the 1990s), are one paragraph.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.recognition.words import words

_INVISIBLE = "\u00ad\u180e\u200b\u2060\ufeff\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BLANKS = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_DIRTY = re.compile(rf"[{_INVISIBLE}{_BLANKS}\u200c\u200d]")
_LINE_END_HYPHEN = re.compile(r"[-‐¬][ \t]*\r?\n")
_LATIN = "A-Za-zÀ-ɏ"
_PIECES = re.compile(
    rf"(?P<broken>(?<=[^\W\d_][^\W\d_])[-‐¬\u00ad][ \t]*\r?\n[ \t]*(?=[^\W\d_]))"
    rf"|(?P<gone>[{_INVISIBLE}]+|(?<=[{_LATIN}])[\u200c\u200d]+(?=[{_LATIN}]))"
    rf"|(?P<blank>[{_BLANKS}])"
)
_BEFORE = re.compile(r"[^\W\d_]+$")
_AFTER = re.compile(r"[^\W\d_]+")
_LONGEST_WORD = 40
_NARROW, _WIDE = 40, 100
"""Characters of a line in a text that is broken at a fixed width."""
_LEAST_BROKEN = 2
"""Lines broken in the middle of a sentence before a text counts as broken at a fixed width."""
_LINE = re.compile(r"[^\n]*\n")
_STOPS = '.!?:;…"”’»)]*-–—'


@dataclass(frozen=True, slots=True)
class CleanText:
    """The clean text, and for each of its characters the offset in the text that was sent."""

    text: str
    sent: str
    origin: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets of a span of the clean text in the text that was sent."""
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else len(self.sent)
            return at, at
        return self.origin[start], self.origin[end - 1] + 1


def _joint(text: str, start: int, end: int) -> str:
    """What stands between the halves of a word that is broken at [start, end): nothing, or a hyphen of its own."""
    before = _BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
    after = _AFTER.match(text, end, end + _LONGEST_WORD)
    if before is None or after is None:
        return ""
    left, right, small = before.group(), after.group(), words().small
    if right[0].isupper() and not (left.isupper() and right.isupper()):
        return "-"
    if (left + right).lower() in small:
        return ""
    known = left.lower() in small or left.lower() in words().demonyms or left.lower() in words().group("articles")
    return "-" if known else ""


def _with_blanks_for_breaks(text: str) -> str:
    """The text with a blank for each line break in the middle of a sentence, where lines have one width."""
    if text.count("\n") < _LEAST_BROKEN:
        return text
    breaks: list[int] = []
    small = shouted = 0
    for line in _LINE.finditer(text):
        at = line.end() - 1
        following = text[at + 1 : at + 2]
        if not _NARROW <= at - line.start() <= _WIDE or not following.isalnum():
            continue
        content = text[line.start() : at].rstrip()
        if not content or content[-1] in _STOPS:
            continue
        breaks.append(at)
        last = content[content.rfind(" ") + 1 :]
        small += following.islower() or following.isdigit() or last in words().group("phrase_breaks")
        shouted += content.isupper()
    if len(breaks) < _LEAST_BROKEN or 2 * max(small, shouted) < len(breaks):
        return text
    letters = list(text)
    for at in breaks:
        letters[at] = " "
    return "".join(letters)


def _is_dirty(text: str) -> bool:
    strange = "\t" in text if text.isascii() else _DIRTY.search(text) is not None
    return strange or ("\n" in text and _LINE_END_HYPHEN.search(text) is not None)


def clean(text: str) -> CleanText | None:
    """The clean text, or None where the text is clean as it stands."""
    whole = _with_blanks_for_breaks(text)
    if whole is text and not _is_dirty(text):
        return None
    out: list[str] = []
    origin: list[int] = []
    position = 0
    for piece in _PIECES.finditer(whole):
        out.append(whole[position : piece.start()])
        origin.extend(range(position, piece.start()))
        instead = ""
        if piece.lastgroup == "blank":
            instead = " "
        elif piece.lastgroup == "broken":
            instead = _joint(whole, piece.start(), piece.end())
        if instead:
            out.append(instead)
            origin.append(piece.start())
        position = piece.end()
    out.append(whole[position:])
    origin.extend(range(position, len(whole)))
    mended = "".join(out)
    return None if mended == text else CleanText(mended, text, origin)
