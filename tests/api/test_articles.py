"""Articles through the door: read, stored once, fetched, deleted; offsets index the very text that was sent."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.bodies import EXAMPLE_ARTICLE
from app.main import create_app
from app.settings import Settings
from app.store import Store
from tests.api.checks import assert_problem

SENTENCE = "Rebels clashed with the army in Daraa on Thursday."


def test_geoparse_answers_the_document_and_stores_nothing(
    client: TestClient, count_articles: Callable[[], int]
) -> None:
    response = client.post("/v1/geoparse", json=EXAMPLE_ARTICLE)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json"
    assert {"document", "toponyms", "events", "provenance"} <= set(response.json())
    assert count_articles() == 0


def test_article_is_stored_once(client: TestClient, count_articles: Callable[[], int]) -> None:
    first = client.post("/v1/articles", json=EXAMPLE_ARTICLE)
    assert first.status_code == 201
    record = first.json()
    assert first.headers["location"] == f"/v1/articles/{record['id']}"
    for field in ("text", "title", "published_at", "source", "url", "external_id", "language"):
        assert record[field] == EXAMPLE_ARTICLE[field]

    again = client.post("/v1/articles", json=EXAMPLE_ARTICLE)
    assert again.status_code == 200
    assert again.content == first.content
    assert count_articles() == 1

    fetched = client.get(first.headers["location"])
    assert fetched.status_code == 200
    assert fetched.content == first.content


def test_stored_article_holds_what_geoparse_answers(client: TestClient) -> None:
    read = client.post("/v1/geoparse", json=EXAMPLE_ARTICLE).json()
    stored = client.post("/v1/articles", json=EXAMPLE_ARTICLE).json()
    assert {name: stored[name] for name in ("document", "toponyms", "provenance")} == {
        name: read[name] for name in ("document", "toponyms", "provenance")
    }
    assert len(stored["events"]) == len(read["events"])


def test_published_at_comes_back_as_it_was_sent(client: TestClient) -> None:
    sent = {"text": SENTENCE, "published_at": "2018-07-05T01:30:00+03:00"}
    assert client.post("/v1/articles", json=sent).json()["published_at"] == sent["published_at"]


def test_delete(client: TestClient, count_articles: Callable[[], int]) -> None:
    address = client.post("/v1/articles", json=EXAMPLE_ARTICLE).headers["location"]
    gone = client.delete(address)
    assert (gone.status_code, gone.content) == (204, b"")
    assert count_articles() == 0
    assert_problem(client.get(address), 404)
    assert_problem(client.delete(address), 404)


@pytest.mark.parametrize("base_url", ["https://dateline.example.org", "https://example.org/dateline"])
def test_location_is_built_from_the_settings(
    sqlite_settings: Settings, sqlite_store: Store, places: Any, base_url: str
) -> None:
    settings = sqlite_settings.model_copy(update={"base_url": base_url})
    with TestClient(create_app(settings, store=sqlite_store, places=places)) as client:
        response = client.post("/v1/articles", json=EXAMPLE_ARTICLE, headers={"Host": "evil.example"})
        assert response.headers["location"].startswith(f"{base_url}/v1/articles/")
        assert "evil" not in client.get("/", headers={"Host": "evil.example"}).text


@pytest.mark.parametrize(
    "prefix",
    [
        pytest.param("", id="plain"),
        # each is one code point, two UTF-16 units, four UTF-8 bytes
        pytest.param("\U0001f4a5\U0001f525 ", id="emoji"),
        pytest.param("\U0001f468‍\U0001f469‍\U0001f467 ", id="emoji joined by zero-width joiners"),
        pytest.param("Ale\u0301p, Damas\u0327. ", id="combining marks that NFC would join"),
        pytest.param("قالت الوكالة السورية. ", id="right to left"),
        pytest.param("\u200f\u202bنص\u202c ", id="bidi controls"),
        pytest.param("First line.\r\nSecond line.\r\n\r\n", id="CRLF, which nobody may turn into LF"),
        pytest.param("\ufb01re \u2028 ", id="ligature and line separator"),
    ],
)
def test_offsets_index_the_text_that_was_sent(client: TestClient, prefix: str) -> None:
    text = prefix + SENTENCE
    answer = client.post("/v1/geoparse", json={"text": text, "published_at": "2018-07-05"}).json()
    found = [toponym for toponym in answer["toponyms"] if toponym["text"] == "Daraa"]
    assert len(found) == 1
    assert found[0]["start"] == text.index("Daraa")
    spans = [*answer["toponyms"], *(event[name] for event in answer["events"] for name in ("trigger", "evidence"))]
    assert all(text[span["start"] : span["end"]] == span["text"] for span in spans)
    assert client.post("/v1/articles", json={"text": text}).json()["text"] == text
