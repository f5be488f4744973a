"""Small makers of domain values with good defaults: a test names only what it is about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any

from shapely.geometry.base import BaseGeometry

from app.domain.dates import DocumentDate, EventDate
from app.domain.documents import Article, Document, Focus, Provenance
from app.domain.events import Actor, Event, EventPlace
from app.domain.places import Candidate, Place
from app.domain.spans import Span
from app.domain.toponyms import Toponym

_numbers = count(1)


def make_article(**changes: Any) -> Article:
    """An article of its own: each call has another text, unless `text` is given."""
    return Article(**{"text": f"Clashes broke out in Nassib on Thursday, report {next(_numbers)} said."} | changes)


def make_place(**changes: Any) -> Place:
    """Nassib in Daraa, or what `changes` make of it."""
    defaults: dict[str, Any] = {
        "id": "geonames:168177",
        "name": "Nassib",
        "country": "SY",
        "admin1": "Daraa",
        "admin2": None,
        "admin1_code": "SY-DR",
        "lat": 32.5535,
        "lon": 36.1886,
        "feature_class": "P",
        "feature_code": "PPL",
        "population": 5780,
    }
    return Place(**defaults | changes)


def make_event_place(place: Place | None = None, **changes: Any) -> EventPlace:
    """An event's place named in the text as such: a point, known to 2 km."""
    place = place or make_place()
    defaults: dict[str, Any] = {
        "place": place,
        "geo_precision": 1,
        "where_prec": 1,
        "radius_km": 2.0,
        "relation": None,
        "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
        "start": 21,
        "end": 27,
    }
    return EventPlace(**defaults | changes)


def make_date(start: str | None, end: str | None = "same", **changes: Any) -> EventDate:
    """`make_date("2018-07-05")` is a day; a second day makes a range, None an open end."""
    last = start if end == "same" else end
    defaults: dict[str, Any] = {
        "start": date.fromisoformat(start) if start else None,
        "end": date.fromisoformat(last) if last else None,
        "granularity": "day" if start == last else "range",
        "confidence": 0.9,
        "source": "text",
        "start_char": 31,
        "end_char": 39,
    }
    return EventDate(**defaults | changes)


def make_actor(name: str = "Syrian army", **changes: Any) -> Actor:
    """State forces who begin it."""
    defaults: dict[str, Any] = {
        "name": name, "role": "initiator", "inter": "State forces", "country": "SY", "start": None, "end": None,
    }  # fmt: skip
    return Actor(**defaults | changes)


def make_event(**changes: Any) -> Event:
    """An armed clash in Nassib on 5 July 2018, with an id of its own."""
    defaults: dict[str, Any] = {
        "id": f"event-{next(_numbers)}",
        "kind": "armed_clash",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "status": "occurred",
        "date": make_date("2018-07-05"),
        "place": make_event_place(),
        "unresolved_place": None,
        "alternative_places": (),
        "actors": (make_actor(),),
        "fatalities": None,
        "injured": None,
        "attribution": None,
        "trigger": Span(0, 7, "Clashes"),
        "evidence": Span(0, 27, "Clashes broke out in Nassib"),
        "confidence": 0.8,
        "background": False,
        "codes": {"acled": {"event_type": "Battles"}, "ucdp": None, "plover": {"event": "ASSAULT", "mode": "firearms"}},
    }
    return Event(**defaults | changes)


def make_toponym(place: Place | None = None, **changes: Any) -> Toponym:
    """The mention of Nassib in `make_article`'s text."""
    defaults: dict[str, Any] = {
        "start": 21,
        "end": 27,
        "text": "Nassib",
        "kind": "literal",
        "role": "event_place",
        "place": place or make_place(),
        "confidence": 0.9,
    }
    return Toponym(**defaults | changes)


def make_document(*events: Event, **changes: Any) -> Document:
    """A document with these events; one clash in Nassib when none is given."""
    defaults: dict[str, Any] = {
        "date": DocumentDate(date(2018, 7, 5), date(2018, 7, 5), "day", 0.9, "given"),
        "language": "en",
        "focus": (Focus("SY", "Daraa", 1.0),),
        "toponyms": (make_toponym(),),
        "events": events or (make_event(),),
        "provenance": Provenance("1.0.0-test", "rules", "gazetteer-test", ("test places",)),
    }
    return Document(**defaults | changes)


class NoPlaces:
    """A gazetteer without any place, for tests that bring their own reading of an article."""

    version = "gazetteer-test"
    sources: Sequence[str] = ("test places",)

    def lookup(self, _mentions: object) -> dict[str, Sequence[Candidate]]:
        """No mention meets anything."""
        return {}

    def similar(self, _name: str, _country: str) -> Sequence[Candidate]:
        """Nothing is alike."""
        return ()

    def country(self, _code: str) -> Place | None:
        """No country."""
        return None

    def admin1(self, _country: str, _name: str) -> Place | None:
        """No unit."""
        return None

    def outline(self, _place: Place) -> BaseGeometry | None:
        """No outline."""
        return None


class DictPlaces:
    """A gazetteer out of a dictionary: spelling -> the places that bear it. Only exact spellings meet."""

    version = "gazetteer-test"
    sources: Sequence[str] = ("test places",)

    def __init__(
        self, spellings: Mapping[str, Sequence[Place]], outlines: Mapping[str, BaseGeometry] | None = None
    ) -> None:
        """`outlines` by place id."""
        self._spellings = spellings
        self._outlines = outlines or {}
        self._all = [place for bearers in spellings.values() for place in bearers]

    def lookup(self, mentions: Iterable[str]) -> Mapping[str, Sequence[Candidate]]:
        """The bearers of each spelling, the headline name told from other spellings."""
        return {
            name: [Candidate(place, name, "name" if place.name == name else "alternate") for place in bearers]
            for name in mentions
            if (bearers := self._spellings.get(name))
        }

    def similar(self, _name: str, _country: str) -> Sequence[Candidate]:
        """Nothing is alike."""
        return ()

    def country(self, code: str) -> Place | None:
        """The country in the dictionary with this code."""
        return next((place for place in self._all if place.is_country and place.country == code), None)

    def admin1(self, country: str, name: str) -> Place | None:
        """The first-level unit in the dictionary with this name."""
        return next(
            (p for p in self._all if p.feature_code == "ADM1" and (p.country, p.admin1) == (country, name)), None
        )

    def outline(self, place: Place) -> BaseGeometry | None:
        """The outline that was handed in under the place's id."""
        return self._outlines.get(place.id)
