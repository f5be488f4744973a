"""Datelines taken apart: the place, the day, and where the report itself begins."""

import pytest

from app.recognition.dateline import find_datelines
from app.recognition.tokens import split_sentences

CASES = [
    # (text, place, words of the date, first words of the report)
    ("TEHRAN, July 05 - Militants said so.", "TEHRAN", "July 05", "Militants"),
    ("TEHRAN, July 05 -Militants said so.", "TEHRAN", "July 05", "Militants"),
    ("KYIV (Agency) — Shells fell.", "KYIV", None, "Shells"),
    ("MAE SOT, Thailand - Shells fell.", "MAE SOT", None, "Shells"),
    ("KRAMATORSK, Ukraine, April 5 – Shells fell.", "KRAMATORSK", "April 5", "Shells"),
    # the full stop of an abbreviated month ends no dateline
    ("AMMAN, Aug. 4, 2018 (LW) - Troops left.", "AMMAN", "Aug. 4, 2018", "Troops"),
    # in small letters only with a day or an agency
    ("Goma, 12 March (Radio) - Rebels left.", "Goma", "12 March", "Rebels"),
    ("Port-au-Prince, 3 May 2024 - Gangs left.", "Port-au-Prince", "3 May 2024", "Gangs"),
    # a town with its unit or country before a long dash
    ("Paris, Texas — A gunman killed two people.", "Paris", None, "A gunman"),
    # text of another system, and marks before it
    ("ADEN, Nov 15 -\r\nTwo died.", None, None, None),
    ("\ufeff\nADEN, Nov 15 - Two died.", "ADEN", "Nov 15", "Two"),
]


@pytest.mark.parametrize(("text", "place", "day", "begins"), CASES)
def test_dateline(text: str, place: str | None, day: str | None, begins: str | None) -> None:
    lines = find_datelines(text, split_sentences(text))
    if place is None or begins is None:
        assert lines == []
        return
    (line,) = lines
    assert text[line.place_start : line.place_end] == place
    assert (line.date.text if line.date else None) == day
    assert text[line.end :].startswith(begins)


@pytest.mark.parametrize("text", [
    "Troops left Goma - at last.",  # a dash in a sentence
    "Daraa, a town in the south - fell.",  # no day, no agency, small letters
    "THE ARMY SAID SO. Then it left.",  # capitals without a dash
    "Five people - three of them women - were killed.",
    "",
])  # fmt: skip
def test_no_dateline(text: str) -> None:
    assert find_datelines(text, split_sentences(text)) == []


def test_dateline_of_a_later_paragraph() -> None:
    """Agencies copy one another: a second dateline may open a later paragraph, a sentence inside one may not."""
    text = "TEHRAN, July 05 - One.\nBEIRUT, July 06 - Two. CAIRO, July 07 - Three."
    lines = find_datelines(text, split_sentences(text))
    assert [text[line.place_start : line.place_end] for line in lines] == ["TEHRAN", "BEIRUT"]
