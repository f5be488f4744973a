"""`python -m training.sentences FILE...`: reads annotated sentences (SENTENCES.md) and says what is wrong with them."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.ontology import KINDS
from training.events import STATUSES
from training.reports import ROLES, Marked

SENTENCES = Path(__file__).parent / "sentences"
_MARK = re.compile(r"<<([^<>|]+)\|(\w+)\|(\w+)>>|\[\[([^\[\]|]+)\|(\w+)(?::([\d,]+))?\]\]")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name an event: offsets into the text without marks."""

    start: int
    end: int
    kind: str
    status: str


@dataclass(frozen=True, slots=True)
class Line:
    """One telling. `places` are marks with the numbers of the events whose place they are (none: of all)."""

    id: str
    text: str
    triggers: tuple[Trigger, ...]
    places: tuple[tuple[Marked, tuple[int, ...]], ...]


def read_line(name: str, marked: str) -> Line:
    """Take the marks out of one line. Raises ValueError with what is wrong with it."""
    out: list[str] = []
    triggers: list[Trigger] = []
    places: list[tuple[Marked, tuple[int, ...]]] = []
    length = position = 0
    for match in _MARK.finditer(marked):
        before = marked[position : match.start()]
        words = match[1] or match[4]
        length += len(before)
        if match[1]:
            if match[2] not in KINDS or match[3] not in STATUSES:
                raise ValueError(f"unknown kind or status in {match.group()}")
            triggers.append(Trigger(length, length + len(words), match[2], match[3]))
        else:
            if match[5] not in ROLES:
                raise ValueError(f"unknown role in {match.group()}")
            numbers = tuple(int(number) for number in (match[6] or "").split(",") if number)
            places.append((Marked(length, length + len(words), words, match[5], "-"), numbers))
        out += [before, words]
        length += len(words)
        position = match.end()
    text = "".join([*out, marked[position:]])
    if any(sign in text for sign in ("<<", ">>", "[[", "]]", "|")):
        raise ValueError("brackets that are no mark <<words|kind|status>> or [[name|role]]")
    for mark, numbers in places:
        if numbers and (mark.role != "event_place" or max(numbers) > len(triggers)):
            raise ValueError(f"{mark.text}: no such event")
        if (
            mark.text != mark.text.strip(" ,;:'’\"")
            or mark.text.lower().startswith("the ")
            or re.search(r"['’]s$", mark.text)
        ):
            raise ValueError(f"'the', 's or punctuation in the span of {mark.text!r}")
    return Line(name, text, tuple(triggers), tuple(places))


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    for number, row in enumerate(path.read_text("utf-8").splitlines(), 1):
        if row.strip() and not row.startswith("#"):
            yield f"{path.stem}-{number}", row.strip()


def all_lines() -> Iterator[Line]:
    """Every line of the folder. Raises ValueError for one that does not follow the guide."""
    for path in sorted(SENTENCES.glob("*.txt")):
        for name, row in _rows(path):
            yield read_line(name, row)


def main() -> int:
    """Print counts and faults; 1 when there are any."""
    faults, kinds, words = 0, Counter[str](), Counter[str]()
    for path in [Path(name) for name in sys.argv[1:]] or sorted(SENTENCES.glob("*.txt")):
        lines = told = 0
        for name, row in _rows(path):
            try:
                line = read_line(name, row)
            except ValueError as error:
                faults += 1
                print(f"{name}: {error}")
                continue
            lines += 1
            told += bool(line.triggers)
            kinds.update(trigger.kind for trigger in line.triggers)
            words.update(f"{t.kind}: {line.text[t.start : t.end].lower()}" for t in line.triggers)
        print(f"{path.name}: {lines} lines, {told} with an event")
    print(sum(kinds.values()), dict(kinds.most_common()))
    print("often:", words.most_common(12))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
