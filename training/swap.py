"""More training texts: our own reports with other names of the gazetteer in the place of theirs.

A settlement gives way to a settlement, a unit to a unit, anything else to its like, in any listed Latin spelling; the same
name gives way to the same one throughout a text. Countries, names in other names and demonyms stay.
"""

import csv
import random
from collections.abc import Iterator
from pathlib import Path

from app.domain.places import PlaceIndex
from training.corpora import Example
from training.reports import all_reports

SEED = 7
SUPPLEMENT = Path(__file__).parent.parent / "gazetteer" / "supplement"
_KINDS = {
    "STM": "H", "WAD": "H", "LK": "H", "RGN": "region", "MTS": "region", "VAL": "region", "AIRB": "base", "INSM": "base",
    "AIRF": "base", "PSTB": "crossing", "CMPRF": "camp", "CMP": "camp",
}  # fmt: skip
_STAY = {"demonym", "name_part", "actor"}


def own_names() -> dict[str, list[str]]:
    """Latin spellings of the places of our own tables, in whatever spelling they list, by kind."""
    names: dict[str, list[str]] = {
        name: [] for name in ("settlement", "other", "H", "region", "base", "crossing", "camp")
    }
    for path in sorted(SUPPLEMENT.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(line for line in lines if not line.startswith("#")):
                code = row.get("feature_code") or ""
                spellings = [_capitals(name) for name in (row["name"], *(row["spellings"] or "").split("|"))]
                good = [s for s in spellings if s and latin(s)]
                names["settlement" if code.startswith("PPL") else "other"] += good
                if code in _KINDS:
                    names[_KINDS[code]] += good
    return names


def _capitals(name: str) -> str:
    """The name without small generic words behind it: "Nassib" of "Nassib border crossing"."""
    words = name.strip().split()
    while words and words[-1][:1].islower() and "-" not in words[-1]:
        words.pop()
    return " ".join(words) if words and words[0][:1].isupper() else ""


def latin(name: str) -> bool:
    """The name is written in Latin letters."""
    return all(ord(letter) < 0x250 or letter in "ʻʼʿʾ’‘" for letter in name)


def _group(name: str, places: PlaceIndex) -> str | None:
    candidates = places.lookup([name]).get(name, ())
    if any(c.place.is_country for c in candidates):
        return None
    if not candidates or candidates[0].place.is_settlement or candidates[0].place.is_admin:
        return "settlement"
    return "other"


def swapped(places: PlaceIndex, copies: int = 1) -> Iterator[Example]:
    """Each report with other names."""
    names = own_names()
    for copy in range(copies):
        for report in all_reports():
            chance = random.Random(f"{SEED}-{copy}-{report.id}")
            new: dict[str, str] = {}
            parts: list[str] = []
            spans: list[tuple[int, int]] = []
            length = position = 0
            for mark in report.marks:
                name = mark.text
                if mark.role not in _STAY and "/" in mark.where:
                    if name not in new:
                        group = _group(name, places)
                        new[name] = chance.choice(names[group]) if group else name
                    name = new[name].upper() if name.isupper() and len(name) > 3 else new[name]
                before = report.text[position : mark.start]
                parts += [before, name]
                length += len(before)
                spans.append((length, length + len(name)))
                length += len(name)
                position = mark.end
            parts.append(report.text[position:])
            yield Example(f"{report.id}-swap{copy}", "".join(parts), tuple(spans), "swapped", complete=True)
