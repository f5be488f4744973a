"""Lines of a body: cut where LF stands, numbered as in the caller's file, checked while they arrive."""

import random

import pytest

from app.errors import BadInput
from app.services import lines
from app.services.lines import LinePacker, unpack


def packed(body: bytes, longest: int = 1000, step: int | None = None) -> tuple[int, list[tuple[int, bytes]]]:
    packer = LinePacker(longest)
    step = step or max(1, len(body))
    for start in range(0, len(body), step):
        packer.feed(body[start : start + step])
    total, parts = packer.finish()
    return total, [line for part in parts for line in unpack(part.first_line, part.body)]


ENDS = '"\u2028\u0085\x0b\x0c"'


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param(b"{}", [(1, b"{}")], id="one line without its end"),
        pytest.param(b"{}\n[]\n", [(1, b"{}"), (2, b"[]")], id="each line ended"),
        pytest.param(b"\n\n{}\n \t\n[]\n\n", [(3, b"{}"), (5, b"[]")], id="blank lines count, but hold nothing"),
        pytest.param(b"{}\r\n\r\n[]\r\n", [(1, b"{}\r"), (3, b"[]\r")], id="CRLF: CR is white space of JSON"),
        pytest.param(b"\xef\xbb\xbf{}\n[]", [(1, b"{}"), (2, b"[]")], id="byte order mark"),
        # what Python's splitlines would take for ends of lines stands inside JSON strings
        pytest.param(ENDS.encode() + b"\n1", [(1, ENDS.encode()), (2, b"1")], id="LF only"),
        pytest.param(b"x" * 1000 + b"\ny", [(1, b"x" * 1000), (2, b"y")], id="exactly the longest"),
        pytest.param(b"x" * 5000 + b"\ny", [(1, b"x" * 1001), (2, b"y")], id="a longer one is cut just above"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("step", [None, 1, 3])
def test_lines(body: bytes, found: list[tuple[int, bytes]], step: int | None) -> None:
    assert packed(body, step=step) == (len(found), found)


@pytest.mark.parametrize("body", [b"", b"\n", b" \r\n\t\n", b"\xef\xbb\xbf\n"])
def test_no_line_at_all(body: bytes) -> None:
    with pytest.raises(BadInput, match="holds no line"):
        packed(body)


@pytest.mark.parametrize(
    ("body", "byte"),
    [
        pytest.param(b'{"text": "\xff"}', 10, id="no UTF-8 at all"),
        pytest.param("{}\n".encode("utf-16"), 0, id="UTF-16"),
        pytest.param(b"{}\n\xed\xa0\x80", 3, id="a surrogate"),
        pytest.param("{}\né".encode() + b"\xe2\x82", 5, id="a character that the end of the body cuts off"),
        # behind the place where a long line is cut, too
        pytest.param(b"x" * 3000 + b"\xc3(", 3000, id="in a line that is too long"),
    ],
)
@pytest.mark.parametrize("step", [None, 1, 2])
def test_not_utf8(body: bytes, byte: int, step: int | None) -> None:
    with pytest.raises(BadInput, match=f"not valid UTF-8 at byte {byte}:"):
        packed(body, step=step)


def test_any_cut_of_the_stream_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "PART_BYTES", 100)
    dice = random.Random(7)
    body = b"\n".join(bytes(dice.choices(b"ab \r", k=dice.randrange(60))) for _ in range(300))
    whole = packed(body)
    assert whole[1] == [(n, line) for n, line in enumerate(body.split(b"\n"), 1) if line.strip(b" \r")]
    for step in (1, 2, 7, 64, 1000):
        assert packed(body, step=step) == whole


def test_parts_are_small_and_numbered() -> None:
    packer = LinePacker(1000)
    body = b"".join(b"%d %s\n" % (number, b"x" * 500) for number in range(1, 2001))
    packer.feed(body)
    total, parts = packer.finish()
    assert total == 2000
    assert len(parts) == 4
    for part in parts:
        for number, line in unpack(part.first_line, part.body):
            assert line.startswith(b"%d " % number)
    assert sum(len(part.body) for part in parts) < len(body) / 10
