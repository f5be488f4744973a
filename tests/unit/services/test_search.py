"""Questions to the store: a few events, many queries, and the same answer from both kinds of store."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from shapely import Polygon, box

from app.domain.queries import Bbox, EventQuery, Near
from app.errors import BadInput
from app.services.articles import delete_article
from app.services.cursors import make_cursor
from app.services.search import EventPage, get_event, search_events
from app.store import Store
from app.store.records import Position, Region
from tests.factories import make_actor, make_article, make_date, make_event, make_event_place, make_place
from tests.unit.services.stored import store_events

NASSIB = make_place()
BUSRA = make_place(id="geonames:174448", name="Busra al-Sham", lat=32.5194, lon=36.4833)
IDLIB = make_place(id="geonames:169577", name="Idlib", admin1="Idlib", admin1_code="SY-ID", lat=35.93, lon=36.6333)
SAIDA = make_place(
    id="geonames:268064", name="Sidon", country="LB", admin1="Île", admin1_code=None, lat=33.5631, lon=35.3689
)
SUVA = make_place(
    id="geonames:2198148", name="Suva", country="FJ", admin1="Central", admin1_code=None, lat=-18.14, lon=178.44
)
TAVEUNI = make_place(
    id="geonames:2196742", name="Taveuni", country="FJ", admin1="Northern", admin1_code=None, lat=-16.85, lon=-179.97
)


def seed(store: Store) -> None:
    """Eight events of three articles, stored in this order."""
    store_events(
        store,
        make_event(id="clash", confidence=0.9),
        make_event(
            id="talks",
            kind="talks",
            event_type="Strategic developments",
            sub_event_type="Agreement",
            status="planned",
            date=make_date("2018-07-06", None),
            place=make_event_place(BUSRA, radius_km=10.0),
            actors=(make_actor("Free Syrian Army 100%"), make_actor("Ministère de l'Intérieur", role="target")),
            confidence=0.5,
        ),
        make_event(id="nowhere", place=None, date=make_date("2018-07-04"), actors=(), confidence=0.4),
        article=make_article(source="Example Agency"),
    )
    store_events(
        store,
        make_event(
            id="month", date=make_date("2018-06-01", "2018-06-30"), place=make_event_place(IDLIB, radius_km=30.0)
        ),
        make_event(id="until", date=make_date(None, "2018-05-10"), place=make_event_place(SAIDA), confidence=0.7),
        make_event(id="undated", date=None, status="claimed", place=make_event_place(IDLIB), confidence=0.9),
        article=make_article(source="other agency"),
    )
    store_events(
        store,
        make_event(id="suva", date=make_date("2019-01-01"), place=make_event_place(SUVA), confidence=0.3),
        make_event(id="taveuni", date=make_date("2019-01-01"), place=make_event_place(TAVEUNI), confidence=0.3),
    )


def region(wanted: str) -> Region:
    """What `services.regions` makes of a name."""
    known = {
        "Syria": Region("SY"),
        "SY-DR": Region("SY", "Daraa", "SY-DR"),
        "Daraa": Region("SY", "Daraa", "SY-DR"),
        "Île": Region("LB", "Île", None),
        "triangle": Region(outline=Polygon([(36.0, 32.0), (37.0, 32.0), (36.0, 33.0)])),
        "far away": Region(outline=box(0, 0, 1, 1)),
    }
    return known[wanted]


def ask(store: Store, **parts: Any) -> EventPage:
    return search_events(store, region, EventQuery(**parts))


def names(page: EventPage) -> list[str]:
    return [event["id"] for event in page.events]


NEWEST_FIRST = ["taveuni", "suva", "talks", "clash", "nowhere", "month", "until", "undated"]

QUERIES: list[tuple[dict[str, Any], list[str]]] = [
    ({}, NEWEST_FIRST),
    # Order: by the start, or the end where the start is open; undated last either way; ties as stored, or against it.
    ({"sort": "date"}, ["until", "month", "nowhere", "clash", "talks", "suva", "taveuni", "undated"]),
    ({"sort": "-confidence"}, ["undated", "clash", "month", "until", "talks", "nowhere", "taveuni", "suva"]),
    # Days: an interval matches when it overlaps, both ends inclusive; an open end reaches on forever.
    ({"from_day": date(2018, 7, 5), "to_day": date(2018, 7, 5)}, ["clash"]),
    ({"from_day": date(2018, 6, 30), "to_day": date(2018, 7, 4)}, ["nowhere", "month"]),
    ({"from_day": date(2018, 6, 10), "to_day": date(2018, 6, 11)}, ["month"]),
    ({"from_day": date(2030, 1, 1)}, ["talks"]),
    ({"to_day": date(1990, 1, 1)}, ["until"]),
    ({"from_day": date(2018, 5, 10), "to_day": date(2018, 5, 31)}, ["until"]),
    ({"from_day": date(2018, 5, 11), "to_day": date(2018, 5, 31)}, []),
    # Place columns.
    ({"country": ("LB",)}, ["until"]),
    ({"country": ("LB", "FJ")}, ["taveuni", "suva", "until"]),
    ({"admin1": "Daraa"}, ["talks", "clash"]),
    ({"admin1": "dARAA"}, ["talks", "clash"]),
    ({"admin1": "SY-ID"}, ["month", "undated"]),
    ({"admin1": "sy-id"}, ["month", "undated"]),
    ({"admin1": "I\u0302LE"}, ["until"]),  # another spelling of the same letters
    ({"max_radius_km": 2.0, "country": ("SY",)}, ["clash", "undated"]),
    ({"max_radius_km": 10.0, "country": ("SY",)}, ["talks", "clash", "undated"]),
    # Regions: a code, a name with a town of that name before it, a country, a unit without a code.
    ({"region": "SY-DR"}, ["talks", "clash"]),
    ({"region": "Daraa"}, ["talks", "clash"]),
    ({"region": "Syria"}, ["talks", "clash", "month", "undated"]),
    ({"region": "Île"}, ["until"]),
    # A polygon: Busra lies in its box, but behind its slanted side.
    ({"region": "triangle"}, ["clash"]),
    ({"region": "triangle", "sort": "date", "bbox": Bbox(36.1, 32.5, 36.2, 32.6)}, ["clash"]),
    ({"region": "triangle", "near": Near(36.48, 32.52, 5.0)}, []),
    ({"region": "far away"}, []),
    # Boxes and circles.
    ({"bbox": Bbox(36.0, 32.0, 37.0, 33.0)}, ["talks", "clash"]),
    ({"bbox": Bbox(170.0, -20.0, -170.0, -10.0)}, ["taveuni", "suva"]),
    ({"bbox": Bbox(36.0, 32.0, 37.0, 33.0), "region": "Syria", "status": ("planned",)}, ["talks"]),
    ({"near": Near(36.1886, 32.5535, 1.0)}, ["clash"]),
    ({"near": Near(36.1886, 32.5535, 27.90)}, ["clash"]),  # Busra al-Sham lies 27.93 km off
    ({"near": Near(36.1886, 32.5535, 27.95)}, ["talks", "clash"]),
    ({"near": Near(179.9, -17.0, 250.0)}, ["taveuni", "suva"]),  # over the antimeridian
    ({"near": Near(36.0, 34.0, 2000.0), "status": ("claimed",)}, ["undated"]),
    ({"near": Near(36.1886, 32.5535, 50.0), "bbox": Bbox(36.4, 32.0, 37.0, 33.0)}, ["talks"]),
    # What happened, and who says so.
    ({"event_type": ("Strategic developments",)}, ["talks"]),
    ({"event_type": ("Battles", "Strategic developments"), "country": ("SY",)}, ["talks", "clash", "month", "undated"]),
    ({"sub_event_type": ("Agreement",)}, ["talks"]),
    ({"kind": ("talks", "ambush")}, ["talks"]),
    ({"status": ("planned", "claimed")}, ["talks", "undated"]),
    ({"source": "Example Agency"}, ["talks", "clash", "nowhere"]),
    ({"source": "example agency"}, []),
    ({"min_confidence": 0.7}, ["clash", "month", "until", "undated"]),
    # Actors: a part of the name, in any case; signs of LIKE mean themselves.
    ({"actor": "free SYRIAN"}, ["talks"]),
    ({"actor": "INTÉRIEUR"}, ["talks"]),
    ({"actor": "100%"}, ["talks"]),
    ({"actor": "%"}, ["talks"]),
    ({"actor": "_"}, []),
    ({"actor": "Syrian", "status": ("claimed",)}, ["undated"]),
    # Text from outside is a value, never SQL.
    ({"source": "' OR 1=1 --"}, []),
    ({"admin1": "x' UNION SELECT"}, []),
]


def test_queries(store: Store) -> None:
    seed(store)
    wrong = {}
    for parts, expected in QUERIES:
        page = ask(store, **parts)
        if (names(page), page.matched, page.next_cursor) != (expected, len(expected), None):
            wrong[str(parts)] = names(page)
    assert wrong == {}


def test_every_query_page_by_page(store: Store) -> None:
    # The same rows in the same order, however they are cut; no empty page at the end.
    seed(store)
    for parts, expected in QUERIES:
        for limit in (1, 2, 3):
            query = EventQuery(**parts, limit=limit)
            pages = [search_events(store, region, query)]
            while pages[-1].next_cursor:
                pages.append(search_events(store, region, replace(query, cursor=pages[-1].next_cursor)))
            assert [name for page in pages for name in names(page)] == expected, parts
            assert {page.matched for page in pages} == {len(expected)}
            assert len(pages) == max(1, -(-len(expected) // limit)), parts


@pytest.mark.parametrize("parts", [{}, {"sort": "date"}, {"sort": "-confidence"}, {"near": Near(36.0, 34.0, 2000.0)}])
def test_a_cursor_survives_what_is_stored_and_deleted(store: Store, parts: dict[str, Any]) -> None:
    seed(store)
    query = EventQuery(**parts, limit=2)
    before = names(ask(store, **parts))
    first = search_events(store, region, query)
    # New events before and behind the cursor; and the event on which the cursor stands goes with its article.
    new = [make_event(date=make_date(day), place=make_event_place(IDLIB)) for day in ("2017-01-01", "2020-01-01")]
    store_events(store, *new)
    delete_article(store, get_event(store, names(first)[-1])["article_id"])
    gone = set(before) - set(names(ask(store)))
    rest = search_events(store, region, replace(query, limit=1000, cursor=first.next_cursor))
    seen = [name for name in names(rest) if name in before]
    assert seen == [name for name in before[2:] if name not in gone]


def test_a_stored_event_carries_what_the_store_knows(store: Store) -> None:
    [sent] = store_events(store)
    [event] = ask(store).events
    assert {name: event[name] for name in sent} == sent
    assert set(event) - set(sent) == {"article_id", "incident_id", "created_at", "updated_at"}
    assert event["created_at"] == event["updated_at"]
    assert event["created_at"].endswith("Z")
    assert get_event(store, sent["id"]) == event


PLAIN = EventQuery()
GOOD = make_cursor(PLAIN, Position(date(2018, 7, 5), 1))


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "!!!!",
        "é",
        "\ud800",
        GOOD[:-4],
        GOOD * 50,
        "bnVsbA",  # null
        "W10",  # []
        "e30",  # {}
        "WzEsMiwzXQ",  # [1,2,3]
        make_cursor(EventQuery(actor="Syrian"), Position(date(2018, 7, 5), 1)),
        make_cursor(EventQuery(sort="date"), Position(date(2018, 7, 5), 1)),
        make_cursor(PLAIN, Position(0.5, 1)),  # right query, but no day
        make_cursor(PLAIN, Position(date(2018, 7, 5), -1)),
        make_cursor(PLAIN, Position(None, 2**63)),  # would not fit into a column
        make_cursor(PLAIN, Position(None, True)),
    ],
)
def test_broken_and_foreign_cursors(store: Store, cursor: str) -> None:
    with pytest.raises(BadInput, match="cursor") as caught:
        ask(store, cursor=cursor)
    assert caught.value.field == "cursor"


def test_a_cursor_is_good_for_another_limit(store: Store) -> None:
    seed(store)
    first = ask(store, limit=1)
    assert names(ask(store, limit=3, cursor=first.next_cursor)) == NEWEST_FIRST[1:4]
