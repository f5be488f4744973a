"""The gazetteer through the door."""

import pytest
from starlette.testclient import TestClient

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
    assert place["names"] == [{"name": "Daraa", "script": "Latn"}]
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
