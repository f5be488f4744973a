"""`python -m training.reports FILE...`: reads annotated reports (GUIDE.md) and says what is wrong with them."""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

REPORTS = Path(__file__).parent / "reports"
ROLES = {
    "event_place", "containing_region", "reference_landmark", "origin", "destination", "dateline",
    "reporting_place", "actor", "demonym", "name_part", "mention",
}  # fmt: skip
ASSOCIATIVE = {"actor", "demonym", "name_part"}
_HEAD = re.compile(r"^## (\S+)\s*$", re.MULTILINE)
_FIELD = re.compile(r"^(title|date|genre|outlet):[ \t]*(.*)$")
_MARK = re.compile(r"\[\[([^\[\]|]+)\|([^\[\]|]+)\|([^\[\]|]+)\]\]")


@dataclass(frozen=True, slots=True)
class Marked:
    """One annotated name: offsets into the text without marks, role, and where it lies (`SY/Daraa`, `SY` or `-`)."""

    start: int
    end: int
    text: str
    role: str
    where: str


@dataclass(frozen=True, slots=True)
class Report:
    """One annotated text."""

    id: str
    text: str
    marks: tuple[Marked, ...]
    fields: dict[str, str] = field(default_factory=dict)


def _unmark(marked: str) -> tuple[str, list[Marked]]:
    out: list[str] = []
    marks: list[Marked] = []
    length = position = 0
    for match in _MARK.finditer(marked):
        before = marked[position : match.start()]
        out += [before, match[1]]
        length += len(before)
        marks.append(Marked(length, length + len(match[1]), match[1], match[2].strip(), match[3].strip()))
        length += len(match[1])
        position = match.end()
    out.append(marked[position:])
    return "".join(out), marks


def read_reports(path: Path) -> Iterator[Report]:
    """The annotated texts of one file, in order."""
    parts = _HEAD.split(path.read_text("utf-8"))
    for name, body in zip(parts[1::2], parts[2::2], strict=True):
        lines = body.strip("\n").split("\n")
        fields = {}
        while lines and (match := _FIELD.match(lines[0])):
            fields[match[1]] = match[2].strip()
            lines.pop(0)
        text, marks = _unmark("\n".join(lines).strip("\n") + "\n")
        yield Report(name, text, tuple(marks), fields)


def all_reports() -> Iterator[Report]:
    """Every report of the folder, by file name."""
    for path in sorted(REPORTS.glob("*.txt")):
        yield from read_reports(path)


def faults(report: Report) -> Iterator[str]:
    """What does not follow the guide, as far as a program can see it."""
    if "[[" in report.text or "]]" in report.text:
        yield "brackets that are no mark [[name|role|place]]"
    for mark in report.marks:
        if mark.role not in ROLES:
            yield f"unknown role {mark.role!r} of {mark.text!r}"
        if mark.text != mark.text.strip(" ,.;:'’\"") and not mark.text.endswith("."):
            yield f"punctuation or blanks in the span of {mark.text!r}"
        if mark.text.lower().startswith("the ") or re.search(r"['’]s$", mark.text):
            yield f"'the' or 's in the span of {mark.text!r}"
        if not re.fullmatch(r"-|[A-Z]{2}(/.+)?", mark.where):
            yield f"place {mark.where!r} of {mark.text!r} is no CC/unit"
    names = {mark.text for mark in report.marks if mark.role not in {"demonym", "name_part"}}
    taken = [(mark.start, mark.end) for mark in report.marks]
    for name in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", report.text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                yield f"{name!r} is marked once and not at {report.text[max(0, match.start() - 20) : match.end() + 15]!r}"


def main() -> int:
    """Print counts and faults; 1 when there are any."""
    wrong, roles = 0, Counter[str]()
    for path in [Path(name) for name in sys.argv[1:]] or sorted(REPORTS.glob("*.txt")):
        reports = list(read_reports(path))
        for report in reports:
            roles.update(mark.role for mark in report.marks)
            for fault in faults(report):
                wrong += 1
                print(f"{path.name} {report.id}: {fault}")
        print(f"{path.name}: {len(reports)} texts, {sum(len(r.text.split()) for r in reports)} words")
    print(dict(roles.most_common()))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
