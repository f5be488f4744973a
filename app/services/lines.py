"""Many lines in few bytes: a body of NDJSON is checked, cut into parts and compressed while it arrives.

Only LF ends a line (the NDJSON specification); CR before it is white space of JSON. Blank lines are counted, so that
line numbers are those of the caller's file, but hold no article.
"""

import codecs
import zlib
from collections.abc import Iterator

from app.errors import BadInput
from app.store.records import JobPart

PART_BYTES = 256 * 1024
"""A part is closed as soon as its lines are this long together: what a worker holds in memory at a time."""

_SLICE_BYTES = 64 * 1024

_FAST = 1
"""The level of zlib: half the size at ten times the speed of the best."""


class LinePacker:
    """Takes the bytes of a body as they come, and gives the parts of a job at the end."""

    def __init__(self, longest: int) -> None:
        """A line of more than `longest` bytes is cut one byte above it: enough to see that it is too long."""
        self._longest = longest
        self._utf8 = codecs.getincrementaldecoder("utf-8")()
        self._seen = 0
        self._line = bytearray()
        self._lines: list[bytes] = []
        self._size = 0
        self._first = 1
        self._total = 0
        self._parts: list[JobPart] = []

    def feed(self, chunk: bytes) -> None:
        """The next bytes. Raises BadInput when they are not UTF-8."""
        self._check(chunk)
        for start in range(0, len(chunk), _SLICE_BYTES):
            self._feed(chunk[start : start + _SLICE_BYTES])

    def finish(self) -> tuple[int, list[JobPart]]:
        """How many lines are not blank, and all lines in parts. Raises BadInput when there is no such line."""
        self._check(b"", final=True)
        self._end_line()
        self._end_part()
        if not self._total:
            raise BadInput('The body holds no line: send one JSON object such as {"text": "..."} a line.')
        return self._total, self._parts

    def _check(self, chunk: bytes, *, final: bool = False) -> None:
        try:
            self._utf8.decode(chunk, final)
        except UnicodeDecodeError as error:
            # The decoder puts bytes of an unfinished character before the chunk.
            byte = self._seen + len(chunk) - len(error.object) + error.start
            raise BadInput(f"The body is not valid UTF-8 at byte {byte}: send NDJSON as UTF-8.") from None
        self._seen += len(chunk)

    def _feed(self, chunk: bytes) -> None:
        head, *whole = chunk.split(b"\n")
        self._append(head)
        if whole:
            tail = whole.pop()
            self._end_line()
            # All at once, and empty ones without a look: a body may be 64 MiB of line ends.
            self._lines += [line[: self._longest + 1] for line in whole]
            self._size += sum(map(len, whole)) + len(whole)
            self._total += sum(not is_blank(line) for line in filter(None, whole))
            if self._size >= PART_BYTES:
                self._end_part()
            self._append(tail)

    def _append(self, piece: bytes) -> None:
        self._line += piece[: self._longest + 1 - len(self._line)]

    def _end_line(self) -> None:
        line = bytes(self._line)
        if not self._parts and not self._lines:
            line = line.removeprefix(codecs.BOM_UTF8)
        self._line.clear()
        self._lines.append(line)
        self._size += len(line) + 1
        self._total += not is_blank(line)

    def _end_part(self) -> None:
        if self._lines:
            self._parts.append(JobPart(self._first, zlib.compress(b"\n".join(self._lines), _FAST)))
        self._first += len(self._lines)
        self._lines = []
        self._size = 0


def is_blank(line: bytes) -> bool:
    """True for a line of nothing but JSON's white space."""
    return not line.strip(b" \t\r")


def unpack(first_line: int, body: bytes) -> Iterator[tuple[int, bytes]]:
    """The lines of a part that are not blank, with their numbers. Raises zlib.error for a part that is damaged."""
    for number, line in enumerate(zlib.decompress(body).split(b"\n"), first_line):
        if not is_blank(line):
            yield number, line
