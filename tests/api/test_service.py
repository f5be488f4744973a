"""The service starts whatever is missing, and says what it is."""

from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from app.store import Store
from tests.api.checks import assert_problem
from tests.unit.services.test_current_gazetteer import put as put_gazetteer


def test_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").status_code == 200


def test_landing_links_lead_somewhere(client: TestClient) -> None:
    for name, address in client.get("/").json()["links"].items():
        assert client.get(address).status_code != 404, name


def test_start_without_gazetteer(sqlite_settings: Settings, sqlite_store: Store) -> None:
    with TestClient(create_app(sqlite_settings, store=sqlite_store)) as client:
        assert client.get("/healthz").status_code == 200
        problem = assert_problem(client.get("/readyz"), 503)
        assert "gazetteer" in problem["detail"]
        assert str(sqlite_settings.data_dir) not in problem["detail"]
        for method, path in (("POST", "/v1/geoparse"), ("POST", "/v1/articles"), ("GET", "/v1/places?q=Daraa")):
            response = client.request(method, path)
            assert "gazetteer" in assert_problem(response, 503)["detail"]
            assert int(response.headers["retry-after"]) > 0
        # what is stored can still be asked for; only the name of a region needs the gazetteer
        assert client.get("/v1/events?country=SY").status_code == 200
        assert_problem(client.get("/v1/events?region=Daraa"), 503)


def test_gazetteer_compiled_after_the_start_is_picked_up(sqlite_settings: Settings, sqlite_store: Store) -> None:
    with TestClient(create_app(sqlite_settings, store=sqlite_store)) as client:
        job = client.post("/v1/articles", content="{}", headers={"Content-Type": "application/x-ndjson"})
        assert "gazetteer" in assert_problem(job, 503)["detail"]
        assert_problem(client.get("/readyz"), 503)
        for version in ("1", "2"):
            put_gazetteer(sqlite_settings.gazetteer_path, version)
            assert client.get("/readyz").status_code == 200
            assert client.get("/v1/places?q=Daraa").json()["places"] == []
            document = client.post("/v1/geoparse", json={"text": "Shells hit the town."}).json()
            assert document["provenance"]["gazetteer"]["version"] == version
        assert_problem(client.get("/v1/events?region=Daraa"), 400, "region")
        sqlite_settings.gazetteer_path.unlink()
        assert "gazetteer" in assert_problem(client.get("/readyz"), 503)["detail"]


@pytest.mark.parametrize(
    "database_url",
    [
        pytest.param("sqlite:///{folder}/empty.sqlite", id="never migrated"),
        pytest.param("sqlite:////proc/nowhere/x.sqlite", id="a folder that cannot be made"),
        pytest.param("postgresql://127.0.0.1:1/none", id="nobody listens"),
        pytest.param("mysql://localhost/x", id="another kind of store"),
        pytest.param("nonsense", id="no address"),
    ],
)
def test_start_without_database(tmp_path: Path, places: Any, database_url: str) -> None:
    settings = Settings(data_dir=tmp_path, database_url=database_url.format(folder=tmp_path))
    with TestClient(create_app(settings, places=places)) as client:
        assert client.get("/healthz").status_code == 200
        problem = assert_problem(client.get("/readyz"), 503)
        assert "database" in problem["detail"].lower()
        assert str(tmp_path) not in problem["detail"]
        assert_problem(client.get("/v1/events"), 503)
        assert_problem(client.post("/v1/articles", json={"text": "Shells hit the town."}), 503)
        assert client.post("/v1/geoparse", json={"text": "Shells hit the town."}).status_code == 200


def test_parts_handed_in_stay_open(client: TestClient, sqlite_store: Store) -> None:
    client.__exit__()
    assert sqlite_store.ready() is None


def test_asgi_object_is_the_application() -> None:
    # what `uvicorn app.asgi:app` imports; parts are opened at the start, not at the import
    from app.asgi import app

    assert app.state.parts.store is None
    assert TestClient(app).get("/healthz").status_code == 200
