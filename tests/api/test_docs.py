"""The documentation works without a network, under its own strict policy, and tells the truth."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.bodies import EXAMPLE_ARTICLE
from app.domain.ontology import EVENT_TYPES


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
