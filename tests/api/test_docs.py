"""The documentation works without a network, under its own strict policy, and tells the truth."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import BaseModel
from starlette.testclient import TestClient

from app.api.bodies import EXAMPLE_ARTICLE
from app.api.schemas import Document, EventPage, FeatureCollection, PlacePage, PlaceRecord, StoredArticle
from app.domain.documents import Hints
from app.domain.events import Attribution, Relation, Toll
from app.domain.ontology import EVENT_TYPES
from tests.factories import make_actor, make_event, make_event_place, make_place


@pytest.fixture
def document(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            yield f"{method.upper()} {path}", operation


def test_page_loads_only_our_own_files(client: TestClient) -> None:
    page = client.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(loaded) >= 4
    for address in loaded:
        assert not address.startswith(("http:", "https:", "//"))
        if not address.startswith("data:"):
            response = client.get(f"/{address}")
            assert response.status_code == 200
            assert response.headers["x-content-type-options"] == "nosniff"
    # the page's policy would refuse an inline script or style, and the page would be blank
    assert re.findall(r"<script[^>]*>[^<]", page.text) == []
    assert "style=" not in page.text
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_start_script_asks_nobody_else(client: TestClient) -> None:
    script = client.get("/docs/docs.js").text
    assert 'url: "openapi.json"' in script
    assert 'validatorUrl: "none"' in script


def test_licence_of_the_bundle_is_served(client: TestClient) -> None:
    assert "Apache License" in client.get("/docs/LICENSE").text


def test_references_lead_somewhere(document: dict[str, Any]) -> None:
    names = set(re.findall(r"'#/components/schemas/([^']+)'", str(document)))
    assert names
    assert names <= set(document["components"]["schemas"])


def test_every_operation_declares_its_problems(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        assert "422" not in operation["responses"], name
        assert {"400", "414", "500"} <= set(operation["responses"]), name
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert set(response["content"]) == {"application/problem+json"}, (name, status)


def test_operations_have_names_of_their_own(document: dict[str, Any]) -> None:
    ids = [operation["operationId"] for _, operation in operations(document)]
    assert len(ids) == len(set(ids)) > 10


def test_event_types_are_those_of_the_ontology(document: dict[str, Any]) -> None:
    parameters = {item["name"]: item for item in document["paths"]["/v1/events"]["get"]["parameters"]}
    assert parameters["event_type"]["schema"]["items"]["enum"] == list(EVENT_TYPES)
    assert parameters["limit"]["schema"] == {"type": "integer", "minimum": 1, "maximum": 1000, "default": 100}


def test_example_article_works(client: TestClient, document: dict[str, Any]) -> None:
    assert document["components"]["schemas"]["ArticleIn"]["examples"] == [EXAMPLE_ARTICLE]
    assert client.post("/v1/articles", json=EXAMPLE_ARTICLE).status_code == 201


CODES = {
    "acled": {"event_type": "Battles", "sub_event_type": "Armed clash", "inter1": 1, "inter2": None,
              "interaction": None, "geo_precision": 1, "time_precision": 1, "fatalities": None},
    "ucdp": {"type_of_violence": 1, "where_prec": 1, "date_prec": 1, "low": 0, "best": None, "high": None},
    "plover": {"event": "ASSAULT", "mode": None},
}  # fmt: skip


@pytest.mark.parametrize(
    ("address", "schema"),
    [
        ("/v1/events", EventPage),
        ("/v1/events?format=geojson", FeatureCollection),
        ("/v1/articles/{article_id}", StoredArticle),
        ("/v1/places?q=Daraa", PlacePage),
        ("/v1/places/geonames:170905", PlaceRecord),
    ],
)
def test_schemas_describe_all_that_is_answered(
    client: TestClient, store_events: Callable[..., str], address: str, schema: type[BaseModel]
) -> None:
    relation = Relation("offset", (make_place(),), 13.0, 0.0)
    near = make_event_place(relation=relation)
    told = Toll(3, 5, None, "at least three", vague=False)
    said = Attribution("SANA", 0, 4)
    article_id = store_events(
        make_event(codes=CODES, fatalities=told, attribution=said, alternative_places=(near,), actors=(make_actor(),)),
        make_event(codes=CODES | {"ucdp": None}, place=None, date=None),
        hints=Hints(("SY",), (35.0, 32.0, 37.0, 33.0)),
    )
    answer = client.get(address.format(article_id=article_id)).json()
    # what the schema does not know would be missing here, what it promises in vain would be an error
    assert schema.model_validate(answer).model_dump() == answer


def test_schema_describes_a_document(client: TestClient) -> None:
    answer = client.post("/v1/geoparse", json=EXAMPLE_ARTICLE).json()
    assert Document.model_validate(answer).model_dump() == answer
