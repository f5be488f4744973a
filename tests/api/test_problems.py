"""Errors have one shape, whichever door or guard they come from, and give nothing away."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.api.problem import STATUS
from app.errors import DatelineError
from app.main import create_app
from app.settings import Settings
from app.store import Store
from tests.api.checks import assert_problem

ADDRESSES = [
    ("/", ("GET",)),
    ("/healthz", ("GET",)),
    ("/readyz", ("GET",)),
    ("/docs", ("GET",)),
    ("/docs/docs.js", ("GET",)),
    ("/openapi.json", ("GET",)),
    ("/v1/geoparse", ("POST",)),
    ("/v1/articles", ("POST",)),
    ("/v1/articles/x", ("GET", "DELETE")),
    ("/v1/jobs/x", ("GET",)),
    ("/v1/events", ("GET",)),
    ("/v1/events/x", ("GET",)),
    ("/v1/places", ("GET", "POST")),
    ("/v1/places/x", ("GET", "DELETE")),
    ("/v1/regions", ("GET",)),
]


def test_the_table_of_addresses_is_complete(client: TestClient) -> None:
    documented = {path.split("{")[0].rstrip("/") for path in client.get("/openapi.json").json()["paths"]}
    assert documented <= {path.removesuffix("/x").rstrip("/") for path, _ in ADDRESSES}


@pytest.mark.parametrize(("path", "methods"), ADDRESSES)
def test_other_methods_are_405_with_all_that_work(client: TestClient, path: str, methods: tuple[str, ...]) -> None:
    allowed = {*methods, "HEAD"} if "GET" in methods else set(methods)
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"} - allowed:
        response = client.request(method, path)
        assert_problem(response, 405)
        assert set(response.headers["allow"].split(", ")) == allowed


@pytest.mark.parametrize(("path", "methods"), ADDRESSES)
def test_unknown_query_names_are_400_everywhere(client: TestClient, path: str, methods: tuple[str, ...]) -> None:
    for method in methods:
        assert_problem(client.request(method, f"{path}?unheard_of=1"), 400)


@pytest.mark.parametrize(
    "path",
    ["/nope", "/v1", "/v1/", "/v1/events/", "/v1/articles/x", "/v1/articles/x/y", "/v1/jobs", "/v1/jobs/x",
     "/v1/events/x", "/docs/x", "/docs/..%2fapi.py", "/docs/%2e%2e/main.py", "/%00"],
)  # fmt: skip
def test_unknown_addresses_are_404(client: TestClient, path: str) -> None:
    # never a redirect: that would be built from the Host header
    assert_problem(client.get(path, follow_redirects=False), 404)


@pytest.mark.parametrize("path", ["/healthz", "/v1/events", "/docs", "/openapi.json", "/v1/places?q=Daraa"])
def test_head_is_get_without_a_body(client: TestClient, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.parametrize("path", ["/v1/events?actor=" + "x" * 8192, "/" + "x" * 9000])
def test_long_url_is_414(client: TestClient, path: str) -> None:
    assert_problem(client.get(path), 414)


def chunks(count: int, sent: list[int]) -> Iterator[bytes]:
    for number in range(count):
        sent.append(number)
        yield b" " * 65_536


@pytest.mark.parametrize("path", ["/v1/geoparse", "/v1/articles"])
def test_body_over_the_limit_is_413(client: TestClient, count_articles: Callable[[], int], path: str) -> None:
    assert_problem(client.post(path, content=b" " * (2 * 1024 * 1024 + 1)), 413)
    # chunked: no length is announced
    assert_problem(client.post(path, content=chunks(64, [])), 413)
    # an announced length that no integer of the parser holds
    assert_problem(client.post(path, content=b"{}", headers={"Content-Length": "9" * 30}), 413)
    assert count_articles() == 0


def test_limit_of_the_settings_counts(sqlite_settings: Settings, sqlite_store: Store, places: Any) -> None:
    settings = sqlite_settings.model_copy(update={"max_body_bytes": 1024})
    with TestClient(create_app(settings, store=sqlite_store, places=places)) as client:
        problem = assert_problem(client.post("/v1/geoparse", content=b" " * 1025), 413)
    assert "1,024" in problem["detail"]


class Broken:
    """A part with a fault that nobody foresaw."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError("secret detail")


def test_unexpected_error_is_a_500_that_gives_nothing_away(
    sqlite_settings: Settings, sqlite_store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    broken: Any = Broken()
    with TestClient(create_app(sqlite_settings, store=sqlite_store, places=broken)) as client:
        response = client.get("/v1/places?q=Daraa")
    assert_problem(response, 500)
    assert "secret" not in response.text
    assert "secret detail" in caplog.text
    assert "Traceback" in caplog.text


def test_every_error_of_ours_has_a_status() -> None:
    def below(kind: type[DatelineError]) -> Iterator[type[DatelineError]]:
        for child in kind.__subclasses__():
            yield child
            yield from below(child)

    assert {kind for kind in below(DatelineError) if not set(kind.__mro__) & set(STATUS)} == set()
