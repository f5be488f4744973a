"""The example article that this project began with. Its text is an agency's, so it is read from beside the repository.

`tests/golden/nassib_talks.txt` tells the same facts in our own words and is tested everywhere.
"""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from geopy.distance import geodesic

from app.domain.documents import Article, Document
from app.domain.events import Event
from app.pipeline import geoparse
from app.places import Gazetteer
from tests.checks import assert_offsets

SHARED = Path(os.environ.get("DATELINE_SHARED") or Path(__file__).parents[3] / "shared")
FILE = SHARED / "eval" / "seed_article.jsonl"
TODAY = date(2026, 11, 23)
TALKS_DAY, DAY = date(2018, 7, 4), date(2018, 7, 5)

NASSIB, BUSRA = (32.54, 36.196), (32.518, 36.4817)
BALAD, SAIDA = (32.613, 36.106), (32.635, 36.223)

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"{FILE} is not there; DATELINE_SHARED may name its folder")


class Asked(NamedTuple):
    kinds: set[str]
    points: list[tuple[float, float]]
    km: float
    day: date
    statuses: set[str]
    evidence: str


REQUIRED = {
    # "The talks will resume ... in the Nassib border crossing or in Busra al-Sham": planned, at either place
    "planned-talks": Asked({"talks"}, [NASSIB, BUSRA], 15, DAY, {"planned"}, "talks"),
    # "a new round of talks ... in southern Syria on Wednesday"; "the same place as last time" is Busra al-Sham
    "talks-of-wednesday": Asked({"talks"}, [BUSRA], 15, TALKS_DAY, {"occurred"}, "round of talks"),
    # "advanced towards the Dara'a al-Balad residential area", as the state agency says
    "advance": Asked({"armed_clash", "offensive"}, [BALAD], 8, DAY, {"claimed", "occurred"}, "advanced"),
    # the town of Saida in Daraa, not Sidon in Lebanon
    "recapture": Asked({"territory_capture"}, [SAIDA], 12, DAY, {"claimed", "occurred"}, "town of Saida"),
    # "Reports on Thursday indicated ... surrendering their heavy weapons"
    "weapons": Asked({"weapons_surrender"}, [BUSRA], 10, DAY, {"occurred", "claimed"}, "heavy weapons"),
}  # fmt: skip


@pytest.fixture(scope="module")
def article() -> dict[str, Any]:
    """The article as it was collected."""
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8").splitlines()[0])
    return found


@pytest.fixture(scope="module", params=[None, DAY], ids=["no-date", "published"])
def document(request: pytest.FixtureRequest, article: dict[str, Any], places: Gazetteer) -> Document:
    """What comes out, with the day of publication told and without it."""
    return geoparse(Article(article["text"], title=article["title"], published=request.param), places, today=TODAY)


def _faults(event: Event, asked: Asked) -> list[str]:
    spots = [where.place for where in (event.place, *event.alternative_places) if where]
    when = event.date
    checks = {
        f"kind {event.kind}": event.kind in asked.kinds,
        f"status {event.status}": event.status in asked.statuses,
        f"date {when}": bool(when and when.start and when.start <= asked.day <= (when.end or date.max)),
        f"place {[spot.name for spot in spots]}": any(
            geodesic((spot.lat, spot.lon), point).km <= asked.km for spot in spots for point in asked.points
        ),
        f"evidence {event.evidence.text!r}": asked.evidence in event.evidence.text,
    }
    return [fault for fault, ok in checks.items() if not ok]


@pytest.mark.parametrize("asked", REQUIRED.values(), ids=list(REQUIRED))
def test_required_event(document: Document, asked: Asked) -> None:
    tried = {f"{e.kind} '{e.trigger.text}' at {e.trigger.start}": _faults(e, asked) for e in document.events}
    assert [] in tried.values(), "\n".join(f"{event}: {'; '.join(faults)}" for event, faults in tried.items())


def test_document_date_is_solved(document: Document) -> None:
    """5 July was a Thursday in 2012 too, but nobody was called Jabhat Fateh al-Sham before 2016."""
    assert document.date is not None
    assert (document.date.start, document.date.end) == (DAY, DAY)


def test_saida_lies_in_daraa(document: Document) -> None:
    homes = {(t.place.country, t.place.admin1) for t in document.toponyms if t.text == "Saida" and t.place}
    assert homes == {("SY", "Daraa")}


def test_nothing_happened_elsewhere(document: Document) -> None:
    """Tehran and London are where people write and work, Moscow and Damascus governments, Jordan a border."""
    where = [place.place for e in document.events for place in (e.place, *e.alternative_places) if place]
    assert {place.country for place in where} == {"SY"}
    assert not [place.name for place in where if place.admin1 == "Damascus" or place.name == "Damascus"]


def test_attacks_that_stopped_are_no_attack(article: dict[str, Any], document: Document) -> None:
    halt = article["text"].index("came to a stop")
    start = article["text"].rindex("\n", 0, halt)
    assert not [
        e.kind for e in document.events if start < e.trigger.start < halt and e.kind not in {"ceasefire", "other"}
    ]


def test_nobody_is_reported_killed(document: Document) -> None:
    """ "Huge losses" is a fear of the militants and no count."""
    assert [e.fatalities for e in document.events if e.fatalities and e.fatalities.best != 0] == []


def test_offsets(article: dict[str, Any], document: Document) -> None:
    assert_offsets(article["text"], document)
