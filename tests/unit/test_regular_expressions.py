"""No regular expression of the pipeline may hang on hostile text.

Those that read the whole text must be linear. The others see one sentence (at most MAX_SENTENCE characters) or less;
four times that may take sixteen times as long, but not sixty-four: what grows so fast hangs on a text a little longer.
"""

import importlib
import pkgutil
import re
import signal
import time
from collections import deque
from collections.abc import Iterator
from types import FrameType
from typing import Any

import pytest

import app.coding
import app.recognition
import app.resolution
from app.recognition.tokens import MAX_SENTENCE

UNITS = [
    "a ", "A ", "(", "from ", "the ", "1", "1 ", "12,", "0.", "-", "- ", "’", "km of ", "13 km north of ", "and ",
    "said ", ", said ", "the the ", "in the town of ", "on ", "Monday ", "5 July ", "May", "1/", "“", "A.", ".", "a.b",
    "\n", "\r", "\r\n ", " ", "\t", "A-", "A’", "é", "\u0301", "ض",
    "\ue000 ", "\ue000-", "10 km of \ue000 ", "between \ue000 and ", "near the town of ", "southern ", "36°", "36 12 ",
    "37S", "border with ",
    "according to ", "same place as ", "a x ", "located ", "which is ", "was a ", "Ministry of ", "statement of the ",
]  # fmt: skip
WHOLE_TEXT = {"_WORD", "_LINE_BREAK", "_SENTENCE_END", "_BULLET"}
"""Expressions that are run over the text as a whole."""
ANCHORED = {
    "_SHOUTED", "_WRITTEN", "_NAME_AFTER", "_AGE", "_BULLET", "_LAST_TIME", "_JOINED", "_LEFT_EDGE", "_LEAD",
    "_SAID_AFTER", "_MORE", "_PLACE_BEHIND",
}  # fmt: skip
"""Expressions that are only ever tried at one place, with `match` or `fullmatch`."""
WINDOWED = {
    "_SHOUTED", "_WRITTEN", "_SAID_AFTER", "_SAID_BEFORE", "_SAID_INVERTED", "_TRIED", "_ASIDE", "_NO_GROUND", "CUE",
    "MONEY", "GRID_CUE",
}  # fmt: skip
"""Expressions that see a window of at most WINDOW characters beside a name, a date or a trigger."""
WINDOW = 140
LONG = 100_000
FLOOR = 0.02
"""Seconds below which a clock tells nothing."""
PATIENCE = 10.0


def _patterns(value: Any, name: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield name, value
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from _patterns(item, f"{name}[{number}]")


def _all_patterns() -> dict[str, re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    for package in (app.recognition, app.resolution, app.coding):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if info.ispkg and info.name.endswith(".data"):
                continue
            module = importlib.import_module(info.name)
            for name, value in vars(module).items():
                found |= {f"{info.name}.{label}": pattern for label, pattern in _patterns(value, name)}
    return found


PATTERNS = _all_patterns()


class _Hung(Exception):
    pass


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise _Hung


def _run(name: str, text: str) -> None:
    """Use the expression as the pipeline does."""
    if name.rsplit(".", 1)[1] in ANCHORED:
        PATTERNS[name].match(text)
    else:
        deque(PATTERNS[name].finditer(text), maxlen=0)


def _seconds(name: str, text: str) -> float:
    """The best of two runs over the text; raises _Hung when one takes longer than PATIENCE."""
    signal.signal(signal.SIGALRM, _give_up)
    best = PATIENCE
    for _ in range(2):
        signal.setitimer(signal.ITIMER_REAL, PATIENCE)
        try:
            start = time.process_time()  # what other processes take of the machine does not count
            _run(name, text)
            best = min(best, time.process_time() - start)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    return best


def _too_slow(name: str, length: int, most: float) -> list[str]:
    slow = []
    for unit in UNITS:
        short, long = unit * (length // len(unit)), unit * (4 * length // len(unit))
        taken = _seconds(name, long)
        if taken > FLOOR and taken > most * max(_seconds(name, short), FLOOR / 16):
            slow.append(f"{unit!r}: {taken:.3f} s")
    return slow


def test_patterns_are_found() -> None:
    assert len(PATTERNS) > 30
    assert {name.rsplit(".", 1)[1] for name in PATTERNS} >= WHOLE_TEXT


@pytest.mark.parametrize("name", PATTERNS)
def test_sentence_sized_text(name: str) -> None:
    length = WINDOW if name.rsplit(".", 1)[1] in WINDOWED else MAX_SENTENCE
    assert _too_slow(name, length, 40) == []


@pytest.mark.parametrize("name", [name for name in PATTERNS if name.rsplit(".", 1)[1] in WHOLE_TEXT])
def test_whole_text(name: str) -> None:
    assert _too_slow(name, LONG // 4, 10) == []
