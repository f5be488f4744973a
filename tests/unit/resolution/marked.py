"""Sentences with their places marked, so that what is tested needs no recogniser.

`[[Homs]]` is a place on the ground, `[[Aleppo|Aleppo province]]` one whose key in places.csv differs from its words,
`[[Turkish|Turkey!]]` a word that stands for a country or its people, `[[Foobar|?]]` a name that the gazetteer lacks.
"""

import csv
import json
import re
from functools import cache
from pathlib import Path

import shapely

from app.domain.places import Place
from app.recognition.mentions import Mention, read_cues
from app.recognition.tokens import Sentence, split_sentences
from app.resolution.relations import Spot, spots_in
from app.resolution.resolve import Resolved
from tests.factories import DictPlaces, make_place

HERE = Path(__file__).parent
_MARK = re.compile(r"\[\[([^\]|]+)(?:\|([^\]]+))?\]\]")


@cache
def places() -> dict[str, Place]:
    """Places of places.csv by key, which is also their id."""
    lines = (HERE / "places.csv").read_text(encoding="utf-8").splitlines()
    return {
        row["key"]: make_place(
            id=row["key"], name=row["name"], country=row["country"], admin1=row["admin1"] or None, admin1_code=None,
            lat=float(row["lat"]), lon=float(row["lon"]), feature_class=row["class"], feature_code=row["code"],
            radius_km=float(row["radius_km"]),
        )
        for row in csv.DictReader(line for line in lines if not line.startswith("#"))
    }  # fmt: skip


@cache
def index(*, outlines: bool = True) -> DictPlaces:
    """A gazetteer of these places, with the outlines of outlines.json (geoBoundaries, simplified) or without any."""
    held = json.loads((HERE / "outlines.json").read_text(encoding="utf-8")) if outlines else {}
    shapes = {key: shapely.make_valid(shapely.Polygon(value["ring"])) for key, value in held.items()}
    return DictPlaces({place.name: [place] for place in places().values()}, shapes)


def read_marked(marked: str) -> tuple[str, list[Sentence], list[Resolved]]:
    """The plain text, its sentences, and the mentions that the marks make."""
    text, spans, last = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[last : mark.start()]
        spans.append((len(text), mark[1], mark[2] or mark[1]))
        text += mark[1]
        last = mark.end()
    text += marked[last:]
    sentences = split_sentences(text)
    resolved = []
    for start, words, key in spans:
        end = start + len(words)
        sentence = next(s for s in sentences if s.start <= start < s.end)
        inside = [n for n, token in enumerate(sentence.tokens) if token.start < end and token.end > start]
        people = key.endswith("!")
        mention = Mention(
            start, end, words, sentence, "associative" if people else "literal", "demonym" if people else "mention",
            read_cues(sentence, inside[0], inside[-1]), (),
        )  # fmt: skip
        place = None if key == "?" else places()[key.removesuffix("!")]
        resolved.append(Resolved(mention, place, 0.9, (), ()))
    return text, sentences, resolved


def spots_of_marked(marked: str, *, outlines: bool = True) -> list[Spot]:
    """Spots of the last sentence of a marked text."""
    text, sentences, resolved = read_marked(marked)
    return spots_in(text, sentences[-1], resolved, index(outlines=outlines))
