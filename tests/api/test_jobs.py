"""Many articles in one body: kept before they are answered, read one by one, each fault reported with its line."""

import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.bodies import EXAMPLE_ARTICLE
from app.api.schemas import Job
from app.main import create_app
from app.settings import Settings
from app.store import Store
from tests.api.checks import assert_problem

NDJSON = {"Content-Type": "application/x-ndjson"}


def line(text: str, **fields: Any) -> bytes:
    return json.dumps({"text": text} | fields, ensure_ascii=False).encode()


GOOD = [line(f"Shells hit the town, report {number}.") for number in range(4)]


def post(client: TestClient, content: bytes | Iterator[bytes], **headers: str) -> Any:
    return client.post("/v1/articles", content=content, headers=NDJSON | headers)


def finished(client: TestClient, response: Any) -> dict[str, Any]:
    """The job that was answered, when it is done."""
    assert response.status_code == 202, response.text
    until = time.monotonic() + 20
    while True:
        job: dict[str, Any] = client.get(response.headers["location"]).json()
        if job["status"] in {"done", "failed"}:
            return job
        assert time.monotonic() < until, job
        time.sleep(0.02)


def test_many_articles_become_a_job(client: TestClient, count_articles: Callable[[], int]) -> None:
    response = post(client, b"\n".join([*GOOD, GOOD[0], b"{}"]))
    queued = response.json()
    assert response.headers["location"] == f"/v1/jobs/{queued['id']}" == queued["links"]["self"]
    assert (queued["total"], queued["status"]) == (6, "queued")
    job = finished(client, response)
    # the schema knows every field that is answered, and promises none in vain
    assert Job.model_validate(job).model_dump() == job
    assert {name: job[name] for name in ("id", "total", "links", "created_at")} == {
        name: queued[name] for name in ("id", "total", "links", "created_at")
    }
    assert (job["done"], job["created"], job["duplicates"], job["rejected"]) == (6, 4, 1, 1)
    assert job["errors"] == [{"line": 6, "detail": "text is missing."}]
    assert count_articles() == 4


def test_an_article_of_a_job_is_the_same_as_a_single_one(client: TestClient) -> None:
    finished(client, post(client, json.dumps(EXAMPLE_ARTICLE).encode()))
    again = client.post("/v1/articles", json=EXAMPLE_ARTICLE)
    assert again.status_code == 200, "the job has stored it"
    stored = again.json()
    assert {name: stored[name] for name in EXAMPLE_ARTICLE} == EXAMPLE_ARTICLE
    read = client.post("/v1/geoparse", json=EXAMPLE_ARTICLE).json()
    assert {name: stored[name] for name in ("document", "toponyms", "provenance")} == {
        name: read[name] for name in ("document", "toponyms", "provenance")
    }


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (b"{}", "text is missing."),
        (b"[]", 'The line must be one JSON object such as {"text": "..."}.'),
        (b'{"text": "x"} {}', "The line is not valid JSON at column 15"),
        (b'{"text": "x', "The line is not valid JSON at column"),
        (b'{"text": "a\\ud800"}', "A string holds half of a surrogate pair at column"),
        (b'{"text": "a\\u0000"}', "text holds a NUL character"),
        (b'{"text": "x", "n": NaN}', "The line is not valid JSON"),
        (b'{"text": " "}', "text is blank"),
        ("\u00a0".encode(), "The line is empty"),
        (line("x", published_at="2024-02-30"), "published_at names a day that is not in the calendar."),
        (line("x", hints={"countries": ["ZZ"]}), "hints.countries must be"),
        (line("a" * 200_001), "text is too long: send at most 200,000 characters."),
        (line("x", more="m" * (2 * 1024 * 1024)), "The line is too large: send at most 2,097,152 bytes a line."),
        (b"[" * 100_000, "The line is not valid JSON"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_bad_line_is_reported_and_the_good_ones_are_stored(
    client: TestClient, count_articles: Callable[[], int], bad: bytes, says: str
) -> None:
    job = finished(client, post(client, b"\n".join([GOOD[0], b"", bad, GOOD[1]])))
    assert (job["status"], job["total"], job["created"], job["rejected"]) == ("done", 3, 2, 1)
    [error] = job["errors"]
    assert error["line"] == 3
    assert error["detail"].startswith(says)
    assert error["detail"].endswith(".")
    assert count_articles() == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "holds no line"),
        (b"\n \n\r\n", "holds no line"),
        (GOOD[0] + b'\n{"text": "\xff"}', f"UTF-8 at byte {len(GOOD[0]) + 11}"),
        ((GOOD[0] + b"\n").decode().encode("utf-16"), "UTF-8 at byte 0"),
    ],
)
def test_body_that_holds_no_lines_is_refused_whole(
    client: TestClient, count_articles: Callable[[], int], sqlite_store: Store, content: bytes, says: str
) -> None:
    assert says in assert_problem(post(client, content), 400)["detail"]
    with sqlite_store.read() as transaction:
        assert not transaction.jobs.is_waiting("a", datetime.now(UTC))
    assert count_articles() == 0


@pytest.mark.parametrize("media_type", ["application/x-ndjson; charset=utf-8", "APPLICATION/X-NDJSON"])
def test_ndjson_by_any_spelling(client: TestClient, media_type: str) -> None:
    assert client.post("/v1/articles", content=GOOD[0], headers={"Content-Type": media_type}).status_code == 202


def test_geoparse_reads_one_article_only(client: TestClient) -> None:
    problem = assert_problem(client.post("/v1/geoparse", content=GOOD[0], headers=NDJSON), 415)
    assert "/v1/articles" in problem["detail"]


def test_limits_of_a_body_of_many(sqlite_settings: Settings, sqlite_store: Store, places: Any) -> None:
    settings = sqlite_settings.model_copy(update={"max_body_bytes": 1024, "max_bulk_bytes": 8192})
    with TestClient(create_app(settings, store=sqlite_store, places=places)) as client:
        many = b"\n".join(line("x" * 500 + str(number)) for number in range(12))
        assert 4 * 1024 < len(many) < 8192
        # longer than a single article may be
        assert finished(client, post(client, many))["created"] == 12
        assert "1,024" in assert_problem(client.post("/v1/articles", content=many), 413)["detail"]
        assert "8,192" in assert_problem(post(client, many * 2), 413)["detail"]
        # chunked: no length is announced
        assert "8,192" in assert_problem(post(client, iter([many, many])), 413)["detail"]


def test_body_in_pieces_is_the_same_as_in_one(client: TestClient) -> None:
    body = b"\n".join([line("Обстрел города 💥"), b"{}", GOOD[0]])
    job = finished(client, post(client, (body[at : at + 1] for at in range(len(body)))))
    assert (job["created"], job["rejected"], job["errors"][0]["line"]) == (2, 1, 2)


@pytest.mark.parametrize("job_id", ["x", "%00", "x" * 300, "..%2f"])
def test_unknown_job(client: TestClient, job_id: str) -> None:
    assert_problem(client.get(f"/v1/jobs/{job_id}"), 404)


def test_job_outlives_a_stop_of_the_service(sqlite_settings: Settings, sqlite_store: Store, places: Any) -> None:
    body = b"\n".join(line(f"Shells hit the town, round {number}.") for number in range(300))
    app = create_app(sqlite_settings, store=sqlite_store, places=places)
    with TestClient(app) as client:
        answered = post(client, body)
        assert answered.status_code == 202
    with TestClient(app) as client:
        job = finished(client, answered)
    assert (job["created"], job["duplicates"]) == (300, 0)


def test_body_is_described(client: TestClient) -> None:
    operation = client.get("/openapi.json").json()["paths"]["/v1/articles"]["post"]
    assert set(operation["requestBody"]["content"]) == {"application/json", "application/x-ndjson"}
    assert "Location" in operation["responses"]["202"]["headers"]
    example = operation["requestBody"]["content"]["application/x-ndjson"]["example"]
    assert finished(client, post(client, example.encode()))["created"] == 2
