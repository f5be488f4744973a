"""The gazetteer through the door: search, regions, and places that users add."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.places import Gazetteer
from app.settings import Settings
from app.store import Store
from tests.api.checks import assert_problem


def test_search_answers_places_with_how_they_matched(client: TestClient) -> None:
    found = client.get("/v1/places", params={"q": "Daraa", "country": "sy", "limit": 1}).json()["places"]
    assert [place["id"] for place in found] == ["geonames:170905"]
    assert found[0]["match"] == {"name": "Daraa", "how": "name", "score": 1.0}
    assert (found[0]["lat"], found[0]["lon"]) == (32.6189, 36.1021)


def test_nothing_found_is_an_empty_list(client: TestClient) -> None:
    response = client.get("/v1/places", params={"q": "Nowhere"})
    assert (response.status_code, response.json()) == (
        200,
        {"places": [], "attribution": ["Made by hand."]},
    )


@pytest.mark.parametrize("address", ["/v1/places/geonames:170905", "/v1/places/geonames%3A170905"])
def test_place_with_its_names(client: TestClient, address: str) -> None:
    place = client.get(address).json()
    assert place["id"] == "geonames:170905"
    assert place["names"] == [{"name": "Daraa", "script": "Latn"}, {"name": "درعا", "script": "Arab"}]
    assert [holder["name"] for holder in place["hierarchy"]] == ["Daraa", "Syria"]
    assert place["geometry"] is None  # a town is a point
    assert place["attribution"] == ["Made by hand."]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "q"),
        ("q=", "q"),
        ("q=" + "x" * 201, "q"),
        ("q=a&q=b", "q"),
        ("q=%00", "q"),
        ("q=Daraa&limit=101", "limit"),
        ("q=Daraa&country=Syria", "country"),
        ("q=Daraa&lang=en", None),
    ],
)
def test_bad_queries(client: TestClient, query: str, field: str | None) -> None:
    assert_problem(client.get(f"/v1/places?{query}"), 400, field)


def test_unknown_place(client: TestClient) -> None:
    assert_problem(client.get("/v1/places/geonames:1"), 404)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("q=Nassib%20border%20post", "dateline:nassib-crossing"),  # another word for a crossing
        ("q=Bursa%20al-Shamm", "geonames:173336"),  # misspelt
        ("q=Daraa&feature=a", "geonames:170903"),  # only units
        ("q=Daraa&near=36.2,32.9", "geonames:170903"),  # the nearer one
        ("q=Daraa%20Governorate", "geonames:170903"),
    ],
)
def test_search_reads_its_parameters(client: TestClient, query: str, first: str) -> None:
    assert client.get(f"/v1/places?{query}").json()["places"][0]["id"] == first


@pytest.mark.parametrize(
    ("query", "field"),
    [("q=Daraa&near=36.2", "near"), ("q=Daraa&near=360,32", "near"), ("q=Daraa&feature=P;DROP", "feature")],
)
def test_bad_parameters_are_named(client: TestClient, query: str, field: str) -> None:
    assert_problem(client.get(f"/v1/places?{query}"), 400, field)


@pytest.mark.parametrize(
    ("q", "ids", "kind", "approximate"),
    [
        ("SY-DR", ["geonames:170903"], "Polygon", False),
        ("Daraa Governorate", ["geonames:170903"], "Polygon", False),
        ("Hauran", ["dateline:hauran"], "Polygon", True),  # a circle
        ("Izra District", ["dateline:unit-sy-06-1"], None, None),  # no boundaries loaded
        ("Syria", ["geonames:163843"], "Polygon", False),  # the units together
        ("Atlantis", [], None, None),
    ],
)
def test_regions(client: TestClient, q: str, ids: list[str], kind: str | None, approximate: bool | None) -> None:
    answer = client.get("/v1/regions", params={"q": q}).json()
    assert [region["id"] for region in answer["regions"]] == ids
    assert answer["attribution"] == ["Made by hand."]
    for region in answer["regions"]:
        assert (region["geometry"] or {}).get("type") == kind
        assert region["approximate"] is approximate


def test_a_region_needs_a_name(client: TestClient) -> None:
    assert_problem(client.get("/v1/regions"), 400, "q")


PLACE = {"name": "Tell Qarin", "country": "SY", "lat": 32.63, "lon": 36.22, "feature_code": "HLL"}


def test_a_place_of_ones_own_is_found_at_once_and_gone_at_once(client: TestClient) -> None:
    before = client.get("/v1/places?q=Tell%20Qarin").content
    text = {"text": "Two people were killed by shelling near Tell Qarin in Daraa on 5 July 2018."}
    sent = client.post("/v1/places", json=PLACE | {"spellings": ["تل قرين"]})
    assert sent.status_code == 201
    made = sent.json()
    assert made["id"].startswith("own:")
    assert (made["admin1"], made["admin1_code"], made["country"]) == ("Daraa", "SY-DR", "SY")  # from the point
    assert made["names"] == [{"name": "Tell Qarin", "script": "Latn"}, {"name": "تل قرين", "script": "Arab"}]
    assert client.get(sent.headers["location"]).json() == made
    assert client.get("/v1/places", params={"q": "تل قرين"}).json()["places"][0]["id"] == made["id"]
    document = client.post("/v1/geoparse", json=text).json()
    assert made["id"] in {toponym["place"]["id"] for toponym in document["toponyms"] if toponym["place"]}
    assert document["provenance"]["gazetteer"]["version"] != "test"
    assert client.delete(f"/v1/places/{made['id']}").status_code == 204
    assert client.get("/v1/places?q=Tell%20Qarin").content == before
    assert client.post("/v1/geoparse", json=text).json()["provenance"]["gazetteer"]["version"] == "test"
    assert_problem(client.delete(f"/v1/places/{made['id']}"), 404)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": " "}, "spellings"),
        ({"name": "x" * 201}, "name"),
        ({"spellings": ["..."]}, "spellings"),
        ({"spellings": "Saida"}, "spellings"),
        ({"lat": 91}, "lat"),
        ({"lat": "32"}, "lat"),
        ({"lon": None}, "lon"),
        ({"country": "Syria"}, "country"),
        ({"country": "ZZ"}, "country"),
        ({"country": None, "admin1": "SY-DR"}, "country"),
        ({"admin1": "Kent"}, "admin1"),
        ({"feature_code": "VILLA"}, "feature_code"),
        ({"feature_code": "PCLI"}, "feature_code"),  # nobody posts a country
        ({"name": "Tell \u202eniraQ"}, "spellings"),  # a mark that turns the writing round
        ({"lat": -40, "lon": -100}, "lat"),  # not in Syria
        ({"radius_km": 0}, "radius_km"),
        ({"radius_km": -1}, "radius_km"),
        ({"population": 1.5}, "population"),
        ({"wikidata": "134"}, "wikidata"),
        ({"id": "a/b"}, "id"),
        ({"latitude": 3}, "latitude"),  # a field that there is not
    ],
)
def test_a_bad_place_is_refused_and_nothing_is_stored(client: TestClient, change: dict[str, Any], field: str) -> None:
    assert_problem(client.post("/v1/places", json=PLACE | change), 400, field)
    assert client.get("/v1/places?q=Tell%20Qarin").json()["places"] == []


def test_an_id_is_given_once(client: TestClient) -> None:
    assert client.post("/v1/places", json=PLACE | {"id": "junction"}).json()["id"] == "own:junction"
    assert_problem(client.post("/v1/places", json=PLACE | {"id": "junction"}), 400, "id")
    assert_problem(client.delete("/v1/places/geonames:170905"), 404)


def test_two_workers_see_the_same_places(
    client: TestClient, sqlite_settings: Settings, sqlite_store: Store, places: Gazetteer
) -> None:
    with TestClient(create_app(sqlite_settings, store=sqlite_store, places=places)) as other:
        client.post("/v1/places", json=PLACE | {"id": "junction"})
        assert other.get("/v1/places/own:junction").status_code == 200
        other.delete("/v1/places/own:junction")
    assert_problem(client.get("/v1/places/own:junction"), 404)
