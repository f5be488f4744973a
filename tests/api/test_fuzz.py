"""Whatever is sent, the service never answers 5xx."""

import json
from typing import Any

import pytest
from httpx2 import InvalidURL
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.api.event_query import PARAMETERS
from tests.api.checks import assert_problem

# One client for all examples is right here: no example may leave the service unfit for the next.
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

# Half surrogates, NUL, NaN and infinity included: Python's json writes them all.
texts = st.text(st.characters(codec=None), max_size=60)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("text", "title", "published_at", "source", "url", "external_id", "language", "hints", "more")
hints = st.fixed_dictionaries(
    {}, optional={"countries": st.lists(texts) | values, "bbox": st.lists(st.floats()) | values}
)
articles = st.fixed_dictionaries(
    {"text": texts}, optional={name: hints if name == "hints" else texts | values for name in FIELDS[1:]}
)


@FUZZ
@given(content=articles | values)
@pytest.mark.parametrize("path", ["/v1/geoparse", "/v1/articles"])
def test_any_json(client: TestClient, path: str, content: Any) -> None:
    response = client.post(path, content=json.dumps(content).encode())
    if response.status_code >= 300:
        assert response.status_code in {400, 413}
        assert_problem(response, response.status_code)


@FUZZ
@given(content=st.binary(max_size=200))
def test_any_bytes(client: TestClient, content: bytes) -> None:
    response = client.post("/v1/geoparse", content=content)
    assert_problem(response, 400)


query_values = st.text(st.characters(codec="utf-8"), max_size=30) | st.sampled_from(
    [
        "nan",
        "inf",
        "-1",
        "1e999",
        "0",
        "1,2,3,4",
        "180,90",
        "SY",
        "Battles",
        "2018-07-05",
        "9999-12-31",
        "'--",
        "%",
        "_",
    ]
)


@FUZZ
@given(query=st.dictionaries(st.sampled_from([parameter.name for parameter in PARAMETERS]), query_values, max_size=4))
def test_any_query(client: TestClient, query: dict[str, str]) -> None:
    response = client.get("/v1/events", params=query)
    assert response.status_code in {200, 400}


@FUZZ
@given(raw=st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=60))
@pytest.mark.parametrize(
    "address", ["/v1/events?", "/v1/places?q=", "/v1/events/", "/v1/places/", "/v1/articles/", "/"]
)
def test_any_address(client: TestClient, address: str, raw: str) -> None:
    try:
        response = client.get(address + raw.replace("#", ""))
    except InvalidURL:  # the client will not even send it, so the service has nothing to answer
        return
    assert response.status_code < 500
