"""docs/ontology.md says what the code does: tables and codes are those of the ontology, examples are coded so."""

import re
from functools import lru_cache
from typing import NamedTuple

import pytest

from app.domain.ontology import EVENT_TYPES, INTER_CODES, KINDS
from app.places import Gazetteer
from tests.compiled import REPOSITORY
from tests.steps import read

_CODES = re.compile(
    r"^Sub-event type `([^`]+)`.*; PLOVER `([^`]+)`, (?:mode `([^`]+)`|no mode); UCDP `([^`]+)`", re.MULTILINE
)


class Section(NamedTuple):
    """What stands under the heading of a kind."""

    kind: str
    event_type: str
    """The heading of the group."""
    body: str
    examples: list[str]


@lru_cache(maxsize=1)
def _text() -> str:
    return (REPOSITORY / "docs" / "ontology.md").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _sections() -> list[Section]:
    found = []
    for group in re.split(r"^## ", _text(), flags=re.MULTILINE)[1:]:
        event_type, _, rest = group.partition("\n")
        for part in re.split(r"^### ", rest, flags=re.MULTILINE)[1:]:
            kind, _, body = part.partition("\n")
            examples = re.findall(r'^- "(.+)"$', body, re.MULTILINE)
            found.append(Section(kind.strip(), event_type.strip(), body, examples))
    return found


def test_every_kind_has_one_section() -> None:
    assert sorted(section.kind for section in _sections()) == sorted(KINDS)


@pytest.mark.parametrize("section", _sections(), ids=lambda section: section.kind)
def test_a_section_tells_the_codes_of_its_kind(section: Section) -> None:
    kind = KINDS[section.kind]
    (codes,) = _CODES.findall(section.body)
    assert codes == (kind.sub_event_type, kind.plover, kind.mode or "", kind.ucdp)
    assert section.event_type == kind.event_type
    assert len(section.examples) == section.body.count("\n- ") == 2


def test_the_tables_tell_the_types_and_the_actors() -> None:
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in _text().splitlines() if line[:1] == "|"]
    assert {row[0]: tuple(row[1].split("; ")) for row in rows if row[0] in EVENT_TYPES} == EVENT_TYPES
    pairs = [(row[n], row[n + 1]) for row in rows for n in range(0, len(row) - 1, 2)]
    assert {name: int(code) for name, code in pairs if name in INTER_CODES} == INTER_CODES


@pytest.mark.parametrize(
    ("kind", "example"), [(section.kind, example) for section in _sections() for example in section.examples]
)
def test_an_example_is_coded_as_its_kind(places: Gazetteer, kind: str, example: str) -> None:
    events = read(example, places, "2024-06-05").events
    assert [event.kind for event in events] == [kind]
    assert all(event.date and event.date.source == "text" for event in events)
    assert all(event.place for event in events)
