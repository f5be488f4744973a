"""Generated training texts: the sentence templates of templates.txt filled with names of the gazetteer, persons and things.

A text takes four to eight templates of one genre; the same slot means the same thing throughout it. Settlements are ours of the
conflict tables or any of the world, in any listed Latin spelling. Deterministic.
"""

import random
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from app.recognition.words import words
from training.corpora import Example
from training.person_names import OUT as PERSONS
from training.reports import Marked, Report
from training.swap import latin, own_names

HERE = Path(__file__).parent
SEED = 11
TEXTS = 1000
_SLOT = re.compile(r"\{([A-Za-z_]+?)(\d?)(?:\|([a-z_]+))?\}")
_STREETS = (
    "Street",
    "Road",
    "Avenue",
    "Drive",
    "Lane",
    "Boulevard",
    "Court",
    "Way",
    "St.",
    "Ave.",
    "Rd.",
    "Highway",
    "Pike",
)
_TREES = (
    "Oak",
    "Maple",
    "Main",
    "Church",
    "Mill",
    "River",
    "Park",
    "High",
    "Market",
    "First",
    "Second",
    "Fourth",
    "Elm",
    "Almond",
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STATES = {
    "Alabama": "Ala.", "Arizona": "Ariz.", "Arkansas": "Ark.", "California": "Calif.", "Colorado": "Colo.", "Connecticut": "Conn.",
    "Delaware": "Del.", "Florida": "Fla.", "Georgia": "Ga.", "Illinois": "Ill.", "Indiana": "Ind.", "Kansas": "Kan.", "Kentucky": "Ky.",
    "Louisiana": "La.", "Maryland": "Md.", "Massachusetts": "Mass.", "Michigan": "Mich.", "Minnesota": "Minn.", "Mississippi": "Miss.",
    "Missouri": "Mo.", "Montana": "Mont.", "Nebraska": "Neb.", "Nevada": "Nev.", "New Hampshire": "N.H.", "New Jersey": "N.J.",
    "New Mexico": "N.M.", "New York": "N.Y.", "North Carolina": "N.C.", "North Dakota": "N.D.", "Oklahoma": "Okla.", "Oregon": "Ore.",
    "Pennsylvania": "Pa.", "Rhode Island": "R.I.", "South Carolina": "S.C.", "South Dakota": "S.D.", "Tennessee": "Tenn.", "Texas": "TX",
    "Vermont": "Vt.", "Virginia": "Va.", "Washington": "Wash.", "West Virginia": "W.Va.", "Wisconsin": "Wis.", "Wyoming": "Wyo.",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fillers:
    """What may stand in each slot."""

    lists: Mapping[str, Sequence[str]]
    given: Mapping[str, Sequence[str]]
    surnames: Mapping[str, Sequence[str]]


def _rows(gazetteer: Path, where: str) -> list[str]:
    connection = sqlite3.connect(f"file:{gazetteer}?mode=ro", uri=True)
    try:
        rows = connection.execute(f"SELECT spellings FROM place WHERE {where} ORDER BY id").fetchall()
    finally:
        connection.close()
    names = [row[0].split("\n")[0].split("|")[0] for row in rows]
    return [name for name in names if latin(name) and name[:1].isupper() and not name.isupper() and len(name) < 30]


def _persons() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    given: dict[str, list[str]] = {"": [], "world": []}
    surnames: dict[str, list[str]] = {"": [], "world": []}
    for line in PERSONS.read_text("utf-8").splitlines():
        if line.startswith("#"):
            continue
        word, first, last = line.split("\t")
        if first in "12":
            given[""] += [word.title()] * (3 if first == "1" else 1)
        elif first == "3":
            given["world"].append(word.title())
        if last in "12":
            surnames[""] += [word.title()] * (4 if last == "1" else 1)
        elif last == "3":
            surnames["world"].append(word.title())
    return given, surnames


def load_fillers(gazetteer: Path) -> Fillers:
    """All lists, from the templates' own file, the gazetteer and the list of persons."""
    lists: dict[str, Sequence[str]] = dict(yaml.safe_load((HERE / "fillers.yaml").read_text("utf-8")))
    ours = own_names()
    villages = [
        *ours["settlement"],
        *_rows(
            gazetteer,
            "feature_class = 'P' AND population < 8000 AND country IN ('SY','IQ','YE','SD','SS','ET','SO','ML','BF','NE','NG','CD','UA','RU','MM','AF','PK','CO','MX','PH','IN','MZ','CM','TD','CF','LY')",
        ),
    ]
    lists |= {
        "village": villages,
        "city": [*_rows(gazetteer, "feature_class = 'P' AND population > 15000"), *_rows(gazetteer, "feature_class = 'P' AND country IN ('US', 'GB', 'CA', 'AU')"), *ours["settlement"][::3]],
        "district": _rows(gazetteer, "feature_code = 'ADM2' AND country <> 'US'"),
        "county": [n if n.endswith("County") else f"{n} County" for n in _rows(gazetteer, "feature_code = 'ADM2' AND country = 'US'")],
        "unit": _rows(gazetteer, "feature_code = 'ADM1'"),
        "country": _rows(gazetteer, "feature_code = 'PCLI'"),
        "capital": _rows(gazetteer, "feature_code = 'PPLC'"),
        "river": ours["H"], "region": ours["region"], "base": ours["base"], "crossing": ours["crossing"], "camp": ours["camp"],
        "state": list(STATES), "abbr": list(STATES.values()),
        "nationality": [d.word for d in words().demonyms.values() if d.country and d.kind == "demonym"],
        "month": _MONTHS, "weekday": _DAYS,
    }  # fmt: skip
    return Fillers(lists, *_persons())


def _value(slot: str, number: str, chance: random.Random, fillers: Fillers, known: dict[str, Any]) -> str:
    """What stands in a slot, the same throughout a text."""
    slot = slot.lower()
    people, _, part = slot.rpartition("_")
    if part in {"person", "surname", "given"}:
        who = known.get(f"{people}person{number}")
        if who is None:
            group = "" if not people and chance.random() < 0.8 else "world"
            first = chance.choice(fillers.given[group])
            if not people and chance.random() < 0.15:
                first += f" {chance.choice('ABCDEFGHJKLMNPRSTW')}."
            last = chance.choice(fillers.surnames[group])
            if people == "arabic" and chance.random() < 0.5:
                last = chance.choice(("al-", "Al-", "Abu ", "Abdel ", "el-")) + last
            who = known[f"{people}person{number}"] = (first, last)
        return " ".join(who) if part == "person" else who[1] if part == "surname" else who[0]
    key = slot + number
    if key not in known:
        if slot == "street":
            first = chance.choice(
                (chance.choice(_TREES), chance.choice(fillers.surnames[""]), chance.choice(fillers.lists["city"]))
            )
            known[key] = f"{first} {chance.choice(_STREETS)}"
        elif slot == "road":
            known[key] = (
                f"{chance.choice(('Highway', 'Route', 'Interstate', 'U.S. Highway', 'County Road'))} {chance.randint(1, 400)}"
            )
        elif slot in {"number", "age", "day"}:
            known[key] = str(chance.randint(2, {"number": 90, "age": 88, "day": 28}[slot]))
        elif slot == "year":
            known[key] = str(chance.randint(1990, 2026))
        else:
            known[key] = chance.choice(fillers.lists[slot])
    return str(known[key])


def fill(template: str, chance: random.Random, fillers: Fillers, known: dict[str, Any]) -> tuple[str, list[Marked]]:
    """The sentence with its slots filled, and its place names with their roles."""
    parts: list[str] = []
    marks: list[Marked] = []
    length = position = 0
    for match in _SLOT.finditer(template):
        before = template[position : match.start()]
        value = _value(match[1], match[2], chance, fillers, known)
        if match[1].isupper():
            value = value.upper()
        parts += [before, value]
        length += len(before)
        if match[3]:
            marks.append(Marked(length, length + len(value), value, match[3], "-"))
        length += len(value)
        position = match.end()
    parts.append(template[position:])
    text = "".join(parts)
    return text, marks


def generated_reports(gazetteer: Path, texts: int = TEXTS) -> Iterator[Report]:
    """The generated texts with the roles of their place names."""
    genres: dict[str, list[str]] = {}
    name = ""
    for line in (HERE / "templates.txt").read_text("utf-8").splitlines():
        if line.startswith("# "):
            name = line[2:].strip()
        elif line.strip():
            genres.setdefault(name, []).append(line.strip())
    fillers = load_fillers(gazetteer)
    for number in range(texts):
        chance = random.Random(f"{SEED}-{number}")
        rows = genres[chance.choice(list(genres))]
        known: dict[str, Any] = {}
        text, marks = "", list[Marked]()
        for template in chance.sample(rows, min(len(rows), chance.randint(4, 8))):
            sentence, places = fill(template, chance, fillers, known)
            marks += [replace(mark, start=mark.start + len(text), end=mark.end + len(text)) for mark in places]
            text += sentence + chance.choice((" ", " ", "\n", "\n\n"))
        yield Report(f"generated-{number}", text, tuple(marks))


def generated(gazetteer: Path, texts: int = TEXTS) -> Iterator[Example]:
    """The generated texts as the recogniser's trainer reads them."""
    for report in generated_reports(gazetteer, texts):
        spans = tuple((mark.start, mark.end) for mark in report.marks)
        yield Example(report.id, report.text, spans, "generated", complete=True)
