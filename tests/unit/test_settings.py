"""Settings: read from DATELINE_*, with files under the data folder unless told otherwise."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from app.settings import Settings


def test_every_file_lies_in_the_data_folder() -> None:
    settings = Settings(data_dir=Path("/srv/news"))
    assert settings.database_url == "sqlite:////srv/news/dateline.sqlite"
    assert settings.gazetteer_path == Path("/srv/news/gazetteer.sqlite")


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_DATABASE_URL", "postgresql://dateline:secret@db/dateline")
    monkeypatch.setenv("DATELINE_PORT", "8080")
    monkeypatch.setenv("DATELINE_BASE_URL", "https://dateline.example.org/")
    settings = Settings()
    assert settings.database_url == "postgresql://dateline:secret@db/dateline"
    assert settings.port == 8080
    assert settings.base_url == "https://dateline.example.org"
    assert "secret" not in repr(settings)


def test_settings_do_not_change_while_the_service_runs() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATELINE_PORT", "70000"),
        ("DATELINE_PORT", "http"),
        ("DATELINE_WORKERS", "0"),
        ("DATELINE_MAX_BODY_BYTES", "-1"),
        ("DATELINE_BASE_URL", "dateline.example.org"),  # a link needs its scheme
        ("DATELINE_LOG_LEVEL", "loud"),
    ],
)
def test_a_setting_that_cannot_be_meant_stops_the_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
