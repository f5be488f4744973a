"""The parts that endpoints work with; one that is missing is a 503 that names it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from app.errors import NotReady
from app.places import Gazetteer
from app.settings import Settings
from app.store import Store


@dataclass(slots=True)
class Parts:
    """What the application is wired with. `app.main` fills in store and gazetteer when the service starts."""

    settings: Settings
    store: Store | None = None
    places: Gazetteer | None = None
    missing: Mapping[str, str] = field(default_factory=dict)
    """Why `database` or `gazetteer` could not be opened, as a sentence for the caller."""


async def get_parts(request: Request) -> Parts:
    """All parts, ready or not."""
    parts: Parts = request.app.state.parts
    return parts


async def get_store(request: Request) -> Store:
    """The store; raises NotReady."""
    parts = await get_parts(request)
    if parts.store is None:
        raise NotReady(parts.missing.get("database", "The database is not open."))
    return parts.store


async def get_places(request: Request) -> Gazetteer:
    """The gazetteer; raises NotReady."""
    parts = await get_parts(request)
    if parts.places is None:
        raise NotReady(parts.missing.get("gazetteer", "The gazetteer is not open."))
    return parts.places


AllParts = Annotated[Parts, Depends(get_parts)]
TheStore = Annotated[Store, Depends(get_store)]
ThePlaces = Annotated[Gazetteer, Depends(get_places)]
