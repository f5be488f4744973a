"""The document as JSON values: every field of the wire contract, with its type, also where nothing is known."""

import json
from datetime import date
from typing import Any

import pytest

from app.domain.dates import DocumentDate, EventDate
from app.domain.events import Attribution, Relation, Toll
from app.domain.toponyms import Alternative
from app.formats.document import document_to_dict, event_to_dict, place_to_dict
from app.places import Gazetteer
from tests.factories import make_actor, make_date, make_document, make_event, make_event_place, make_place, make_toponym
from tests.steps import read

PLACE_FIELDS = {
    "id", "name", "country", "admin1", "admin2", "admin1_code", "lat", "lon", "feature_class", "feature_code",
    "population", "wikidata",
}  # fmt: skip
EVENT_PLACE_FIELDS = PLACE_FIELDS | {"geo_precision", "where_prec", "radius_km", "relation", "geometry", "start", "end"}
EVENT_FIELDS = {
    "id", "kind", "event_type", "sub_event_type", "status", "date", "place", "alternative_places", "actors",
    "fatalities", "injured", "attribution", "trigger", "evidence", "confidence", "background", "codes",
}  # fmt: skip
DATE_FIELDS = {
    "start", "end", "granularity", "time_precision", "date_prec", "confidence", "source", "start_char", "end_char",
}  # fmt: skip


DOZENS = Toll(12, None, None, "dozens", vague=True)


def test_fields_of_the_document() -> None:
    out = document_to_dict(make_document())
    assert set(out) >= {"document", "toponyms", "events", "provenance"}
    assert set(out["document"]) >= {"date", "language", "focus"}
    assert out["document"]["date"] == {
        "start": "2018-07-05", "end": "2018-07-05", "granularity": "day", "confidence": 0.9, "source": "given",
        "alternatives": [],
    }  # fmt: skip
    assert out["document"]["focus"] == [{"country": "SY", "admin1": "Daraa", "share": 1.0}]
    assert out["provenance"] == {
        "pipeline": "1.0.0-test",
        "model": "rules",
        "gazetteer": {"version": "gazetteer-test", "sources": ["test places"]},
    }


def test_fields_of_an_event() -> None:
    out = event_to_dict(make_event())
    assert set(out) >= EVENT_FIELDS
    assert set(out["place"]) >= EVENT_PLACE_FIELDS
    assert set(out["date"]) >= DATE_FIELDS
    assert out["trigger"] == {"start": 0, "end": 7, "text": "Clashes"}
    assert out["actors"] == [
        {
            "name": "Syrian army",
            "role": "initiator",
            "inter": "State forces",
            "country": "SY",
            "start": None,
            "end": None,
        }
    ]


def test_fields_of_a_toponym() -> None:
    other = make_place(id="geonames:1", name="Nasib")
    document = make_document(toponyms=(make_toponym(alternatives=(Alternative(other, 0.12),), reasons=("near",)),))
    (out,) = document_to_dict(document)["toponyms"]
    assert set(out) >= {"start", "end", "text", "kind", "role", "place", "confidence", "alternatives", "reasons"}
    assert set(out["place"]) >= PLACE_FIELDS
    assert out["alternatives"] == [{"place": place_to_dict(other), "score": 0.12}]
    assert out["reasons"] == ["near"]


@pytest.mark.parametrize(("changes", "field", "value"), [
    # what is not known is null, never left out and never made up
    ({"date": None}, "date", None),
    ({"place": None}, "place", None),
    ({"attribution": Attribution("SANA", 3, 7)}, "attribution", {"source": "SANA", "start": 3, "end": 7}),
    ({"attribution": None}, "attribution", None),
    ({"fatalities": None}, "fatalities", None),
    ({"fatalities": DOZENS}, "fatalities", {"low": 12, "best": None, "high": None, "text": "dozens", "vague": True}),
    ({"alternative_places": ()}, "alternative_places", []),
    ({"actors": ()}, "actors", []),
    ({"background": True}, "background", True),
])  # fmt: skip
def test_value(changes: dict[str, Any], field: str, value: object) -> None:
    assert event_to_dict(make_event(**changes))[field] == value


@pytest.mark.parametrize(("when", "start", "end", "time_precision", "date_prec"), [
    (make_date("2018-07-05"), "2018-07-05", "2018-07-05", 1, 1),
    (make_date("2018-07-04", "2018-07-05"), "2018-07-04", "2018-07-05", 2, 2),
    (make_date("2018-07-02", "2018-07-08"), "2018-07-02", "2018-07-08", 2, 3),
    (make_date("2018-07-01", "2018-07-31"), "2018-07-01", "2018-07-31", 3, 4),
    (make_date("2018-01-01", "2018-12-31"), "2018-01-01", "2018-12-31", 3, 5),
    # open ends
    (make_date("2018-07-05", None), "2018-07-05", None, 3, 5),
    (make_date(None, "2018-07-05"), None, "2018-07-05", 3, 5),
])  # fmt: skip
def test_days(when: EventDate, start: str | None, end: str | None, time_precision: int, date_prec: int) -> None:
    out = event_to_dict(make_event(date=when))["date"]
    assert (out["start"], out["end"]) == (start, end)
    assert (out["time_precision"], out["date_prec"]) == (time_precision, date_prec)


def test_relation_names_its_anchors() -> None:
    anchor = make_place(id="geonames:2", name="Homs")
    where = make_event_place(relation=Relation("offset", (anchor,), 13.0, 0.0))
    relation = event_to_dict(make_event(place=where))["place"]["relation"]
    assert relation == {"type": "offset", "anchors": [place_to_dict(anchor)], "distance_km": 13.0, "bearing": 0.0}


def test_unresolved_toponym_is_kept() -> None:
    out = document_to_dict(make_document(toponyms=(make_toponym(text="Xyrtabad"),)))
    assert out["toponyms"][0]["text"] == "Xyrtabad"


def test_place_that_is_not_known() -> None:
    toponym = make_toponym()
    document = make_document(toponyms=(type(toponym)(0, 3, "Xyz", "literal", "mention", None, 0.5),))
    assert document_to_dict(document)["toponyms"][0]["place"] is None


def test_document_without_a_date() -> None:
    assert document_to_dict(make_document(date=None))["document"]["date"] is None


def test_other_days_of_the_document() -> None:
    when = DocumentDate(date(2018, 7, 5), date(2018, 7, 5), "day", 0.6, "dateline", (date(2012, 7, 5),))
    assert document_to_dict(make_document(date=when))["document"]["date"]["alternatives"] == ["2012-07-05"]


def test_actor_with_a_mention() -> None:
    out = event_to_dict(make_event(actors=(make_actor(start=4, end=15),)))
    assert (out["actors"][0]["start"], out["actors"][0]["end"]) == (4, 15)


@pytest.mark.parametrize("text", [
    "Rebels shelled Homs on Monday, killing at least five people, while talks will be held in Geneva or Vienna.",
    "A mine killed two 13 km north of Aleppo, near the village of Xyrtabad. Syrian troops left, SANA said.",
    "",
])  # fmt: skip
def test_real_documents_are_plain_json(places: Gazetteer, text: str) -> None:
    """No date, tuple or enum is left over: what comes out is what JSON reads back."""
    out = document_to_dict(read(text, places))
    assert json.loads(json.dumps(out, allow_nan=False)) == out
