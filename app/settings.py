"""The settings of a running service: one frozen object, read once from `DATELINE_*` and handed to whoever needs it."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_database(settled: dict[str, Any]) -> str:
    return f"sqlite:///{settled['data_dir'] / 'dateline.sqlite'}"


def _default_gazetteer(settled: dict[str, Any]) -> Path:
    return Path(settled["data_dir"] / "gazetteer.sqlite")


class Settings(BaseSettings):
    """Each field is read from the environment as `DATELINE_` and its name in capitals: `DATELINE_PORT=8080`."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", env_ignore_empty=True, frozen=True, extra="ignore")

    data_dir: Path = Field(
        default=Path("data"),
        description="The folder for every file that the service writes; relative to where it starts.",
    )
    database_url: str = Field(
        default_factory=_default_database,
        repr=False,
        description="Where articles and events are stored: `sqlite:///PATH` or `postgresql://USER:PASSWORD@HOST/NAME` "
        "(needs PostGIS). Default: the file dateline.sqlite in the data folder.",
    )
    gazetteer_path: Path = Field(
        default_factory=_default_gazetteer,
        description="The compiled gazetteer. Default: the file gazetteer.sqlite in the data folder.",
    )
    geonames_url: str = Field(
        default="https://download.geonames.org/export/dump",
        description="Where `dateline gazetteer add SY` fetches the dumps of GeoNames.",
    )
    base_url: str | None = Field(
        default=None,
        description="The public address of the service, as clients reach it, for the links in answers: "
        "`https://dateline.example.org`. Default: links without scheme and host.",
    )
    host: str = Field(default="127.0.0.1", description="The address to listen on.")
    port: Annotated[int, Field(ge=0, le=65535)] = Field(
        default=8000, description="The port to listen on; 0 takes a free one."
    )
    workers: Annotated[int, Field(ge=1, le=64)] = Field(
        default=1, description="How many server processes share the port."
    )
    max_body_bytes: Annotated[int, Field(ge=1024)] = Field(
        default=2 * 1024 * 1024,
        description="The largest request body that is read, in bytes; a larger one is refused (413).",
    )
    max_bulk_bytes: Annotated[int, Field(ge=1024)] = Field(
        default=64 * 1024 * 1024,
        description="The largest body of many articles at once (NDJSON), in bytes; a larger one is refused (413). "
        "Each line of it obeys DATELINE_MAX_BODY_BYTES.",
    )
    recogniser: Literal["fast", "accurate"] = Field(
        default="fast",
        description="Who finds place names: `fast` is a CRF with the gazetteer; `accurate` lets a small neural encoder "
        "vote as well, is four times slower and needs `pip install dateline[accurate]`.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="The least serious messages that are logged."
    )

    @field_validator("data_dir", "gazetteer_path")
    @classmethod
    def _home(cls, path: Path) -> Path:
        return path.expanduser()

    @field_validator("base_url")
    @classmethod
    def _address(cls, address: str | None) -> str | None:
        if not address:
            return None
        if not address.startswith(("http://", "https://")):
            raise ValueError("base_url starts with http:// or https://, for example https://dateline.example.org")
        return address.rstrip("/")
