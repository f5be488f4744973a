"""Stored events through the door: which queries are refused, what a good one means, pages, GeoJSON."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from app.api.event_query import PARAMETERS, event_request
from app.api.parameters import Query
from app.domain.queries import Bbox, EventQuery, Near
from app.main import create_app
from app.settings import Settings
from app.store import Store
from tests.api.checks import assert_problem
from tests.factories import make_date, make_event, make_event_place
from tests.few_places import AMMAN, BUSRA, DARAA, few_places

NAMES = [parameter.name for parameter in PARAMETERS]

BAD_QUERIES = [
    ("colour=red", None),  # an unknown name: a typing error must not widen the answer
    ("Country=SY", None),  # names are lower case
    ("polygon=POINT(1 1)", None),  # in the contract, not built yet
    ("bbox=1,2,3", "bbox"),
    ("bbox=1,2,3,x", "bbox"),
    ("bbox=1,2,3,nan", "bbox"),
    ("bbox=1,2,3,inf", "bbox"),
    ("bbox=35,33,37,32", "bbox"),  # south over north
    ("bbox=35,32,37,91", "bbox"),
    ("bbox=", "bbox"),
    ("bbox=1,2,3,4&bbox=1,2,3,4", "bbox"),
    ("near=36,32", "radius_km"),
    ("near=36&radius_km=5", "near"),
    ("near=36,95&radius_km=5", "near"),
    ("radius_km=5", "near"),
    ("near=36,32&radius_km=0", "radius_km"),
    ("near=36,32&radius_km=-1", "radius_km"),
    ("near=36,32&radius_km=nan", "radius_km"),
    ("near=36,32&radius_km=1e999", "radius_km"),
    ("near=36,32&radius_km=2001", "radius_km"),
    ("country=Syria", "country"),
    ("country=ZZ", "country"),  # a code of no country
    ("country=SY,S1", "country"),
    ("country=%C5%A0Y", "country"),  # a letter, but none of ours
    ("country=SY,", "country"),
    ("country=SY&country=", "country"),
    ("from=2018-07", "from"),
    ("from=2024-02-30", "from"),
    ("to=20180705", "to"),
    ("to=2018-07-05T00:00:00Z", "to"),  # days, not moments
    ("to=1530748800", "to"),
    ("from=2018-07-06&to=2018-07-05", "from"),
    ("event_type=Battle", "event_type"),
    ("event_type=battles", "event_type"),
    ("sub_event_type=Shelling", "sub_event_type"),
    ("kind=boom", "kind"),
    ("kind=shelling,boom", "kind"),
    ("status=maybe", "status"),
    ("min_confidence=nan", "min_confidence"),
    ("min_confidence=1.1", "min_confidence"),
    ("min_confidence=-0.1", "min_confidence"),
    ("min_confidence=high", "min_confidence"),
    ("max_radius_km=-1", "max_radius_km"),
    ("max_radius_km=inf", "max_radius_km"),
    ("limit=0", "limit"),
    ("limit=1001", "limit"),
    ("limit=-1", "limit"),
    ("limit=1.5", "limit"),
    ("limit=٥", "limit"),  # a digit, but not one of ours
    ("limit=5&limit=6", "limit"),
    ("sort=place", "sort"),
    ("format=xml", "format"),
    ("cursor=abc", "cursor"),
    ("cursor=" + "x" * 2001, "cursor"),
    ("actor=" + "x" * 201, "actor"),
    ("source=%00", "source"),  # PostgreSQL would fail on it
    ("region=a%00", "region"),
    ("kind=talks,%00", "kind"),
    ("region=Atlantis", "region"),
    ("region=Busra%20al-Sham", "region"),  # a town is no region
    ("actor=%ff", None),  # not UTF-8
    ("actor=%ed%a0%80", None),  # a surrogate
    ("%00=1", None),
    ("=1", None),
]


@pytest.mark.parametrize(("query", "field"), BAD_QUERIES)
def test_bad_query_is_refused(client: TestClient, query: str, field: str | None) -> None:
    problem = assert_problem(client.get(f"/v1/events?{query}"), 400, field)
    assert field is not None or "field" not in problem


def test_refused_value_names_the_allowed_ones(client: TestClient) -> None:
    problem = assert_problem(client.get("/v1/events?event_type=Battle"), 400)
    assert "Battles; Explosions/Remote violence" in problem["detail"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", EventQuery()),
        ("bbox=35.5,32.3,37,33.5", EventQuery(bbox=Bbox(35.5, 32.3, 37.0, 33.5))),
        # over the antimeridian west is larger than east
        ("bbox=170,-20,-170,20", EventQuery(bbox=Bbox(170, -20, -170, 20))),
        ("near=36.1,32.62&radius_km=2.5e1", EventQuery(near=Near(36.1, 32.62, 25.0))),
        ("country=sy,JO&country=SY", EventQuery(country=("SY", "JO"))),
        ("region=Daraa&admin1=SY-DR", EventQuery(region="Daraa", admin1="SY-DR")),
        ("from=2018-07-05&to=2018-07-05", EventQuery(from_day=date(2018, 7, 5), to_day=date(2018, 7, 5))),
        ("event_type=Explosions%2FRemote+violence", EventQuery(event_type=("Explosions/Remote violence",))),
        ("kind=shelling,talks&kind=ied", EventQuery(kind=("shelling", "talks", "ied"))),
        ("sub_event_type=Agreement&status=planned", EventQuery(sub_event_type=("Agreement",), status=("planned",))),
        ("source=SANA&actor=%D8%AC%D9%8A%D8%B4", EventQuery(source="SANA", actor="جيش")),
        ("min_confidence=.5&max_radius_km=0", EventQuery(min_confidence=0.5, max_radius_km=0)),
        ("sort=-confidence&limit=1000&cursor=abc", EventQuery(sort="-confidence", limit=1000, cursor="abc")),
    ],
)
def test_query_is_read(query: str, expected: EventQuery) -> None:
    assert event_request(Query(query.encode(), NAMES), few_places()).query == expected


def test_countries_are_not_looked_up_without_a_gazetteer() -> None:
    assert event_request(Query(b"country=zz", NAMES), None).query.country == ("ZZ",)


def test_empty_store(client: TestClient) -> None:
    assert client.get("/v1/events").json() == {"events": [], "next": None, "matched": 0}


def test_event_comes_back_whole(client: TestClient, store_events: Callable[..., str]) -> None:
    article_id = store_events(make_event(kind="shelling", place=make_event_place(DARAA)))
    page = client.get("/v1/events?kind=shelling").json()
    assert page["matched"] == 1
    (event,) = page["events"]
    assert event["article_id"] == article_id
    assert {"incident_id", "created_at", "updated_at"} <= set(event)
    assert event["place"]["geometry"] == {"type": "Point", "coordinates": [DARAA.lon, DARAA.lat]}
    assert client.get(f"/v1/events/{event['id']}").json() == event


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("country=JO", ["Amman"]),
        ("region=Daraa", ["Daraa", "Busra al-Sham"]),
        ("region=Jordan", ["Amman"]),
        ("bbox=36.4,32.4,36.6,32.6", ["Busra al-Sham"]),
        ("near=36.1,32.62&radius_km=10", ["Daraa"]),
        ("near=36.1,32.62&radius_km=50", ["Daraa", "Busra al-Sham"]),
        ("from=2018-07-06", ["Amman"]),
        ("to=2018-07-05&sort=date", ["Busra al-Sham", "Daraa"]),
    ],
)
def test_where_and_when(client: TestClient, store_events: Callable[..., str], query: str, names: list[str]) -> None:
    store_events(
        make_event(place=make_event_place(DARAA), date=make_date("2018-07-05")),
        make_event(place=make_event_place(BUSRA), date=make_date("2018-07-04")),
        make_event(place=make_event_place(AMMAN), date=make_date("2018-07-06")),
        make_event(place=None, date=None),
    )
    page = client.get(f"/v1/events?{query}").json()
    assert [event["place"]["name"] for event in page["events"]] == names
    assert page["matched"] == len(names)


@pytest.mark.parametrize("answer_format", ["json", "geojson"])
def test_following_next_gives_every_event_once(
    client: TestClient, store_events: Callable[..., str], answer_format: str
) -> None:
    store_events(*[make_event(kind="shelling", date=make_date(f"2018-07-{day:02}")) for day in range(1, 8)])
    store_events(make_event(kind="talks"))
    query = {"kind": "shelling,ied", "limit": 3, "format": answer_format, "near": "36.1,32.6", "radius_km": 50}
    address: str | None = f"/v1/events?{urlencode(query)}"
    found, pages = [], 0
    while address is not None:
        # a forged Host must not send the client to another server
        response = client.get(address, headers={"Host": "evil.example"})
        page = response.json()
        assert page["matched"] == 7
        found += [event["id"] for event in page["events" if answer_format == "json" else "features"]]
        address = page["next"]
        assert address is None or address.startswith("/v1/events?")
        assert response.headers.get("link") == (None if address is None else f'<{address}>; rel="next"')
        pages += 1
    assert (pages, len(found), len(set(found))) == (3, 7, 7)


def test_next_is_absolute_where_the_settings_name_an_address(
    sqlite_settings: Settings, sqlite_store: Store, places: Any, store_events: Callable[..., str]
) -> None:
    store_events(make_event(), make_event())
    settings = sqlite_settings.model_copy(update={"base_url": "https://dateline.example.org"})
    with TestClient(create_app(settings, store=sqlite_store, places=places)) as client:
        page = client.get("/v1/events?limit=1").json()
    assert page["next"].startswith("https://dateline.example.org/v1/events?limit=1&cursor=")


def test_cursor_of_another_query_is_refused(client: TestClient, store_events: Callable[..., str]) -> None:
    store_events(make_event(), make_event())
    following = client.get("/v1/events?limit=1").json()["next"]
    assert_problem(client.get(f"{following}&kind=shelling"), 400, "cursor")


def test_geojson(client: TestClient, store_events: Callable[..., str]) -> None:
    # clockwise, which RFC 7946 (3.1.6) forbids for an outer ring
    ring = [[36.0, 32.0], [36.0, 33.0], [37.0, 33.0], [37.0, 32.0], [36.0, 32.0]]
    area = make_event_place(DARAA, geometry={"type": "Polygon", "coordinates": [ring]})
    store_events(make_event(place=area), make_event(place=None, date=None))
    response = client.get("/v1/events?format=geojson")
    assert response.headers["content-type"] == "application/geo+json"
    collection = response.json()
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    located, unlocated = collection["features"]

    assert located["type"] == "Feature"
    assert located["geometry"]["type"] == "Polygon"
    (turned,) = located["geometry"]["coordinates"]
    assert turned[0] == turned[-1]
    assert sorted(turned[1:]) == sorted(ring[1:])
    assert sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(turned)) < 0
    properties = located["properties"]
    assert (properties["place_name"], properties["country"], properties["admin1"]) == ("Daraa", "SY", "Daraa")
    assert (properties["date_start"], properties["date_end"]) == ("2018-07-05", "2018-07-05")
    assert "geometry" not in properties["place"]

    # RFC 7946, 3.2: an event without a place is a feature with null for a geometry, not a point at 0, 0
    assert unlocated["geometry"] is None
    assert (unlocated["properties"]["place_name"], unlocated["properties"]["date_start"]) == (None, None)

    plain = {event["id"]: event for event in client.get("/v1/events").json()["events"]}
    for feature in collection["features"]:
        kept = {name: value for name, value in plain[feature["id"]].items() if name != "place"}
        assert kept.items() <= feature["properties"].items()


@pytest.mark.parametrize("event_id", ["nothing", "%00", "a" * 300, "%ff", "..%2f"])
def test_unknown_event(client: TestClient, event_id: str) -> None:
    assert_problem(client.get(f"/v1/events/{event_id}"), 404)
