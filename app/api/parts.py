"""The parts that endpoints work with; one that is missing is a 503 that names it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Annotated

from fastapi import Depends, Request

from app.domain.documents import Article, Document
from app.domain.places import PlaceIndex
from app.errors import NotReady
from app.pipeline import geoparse
from app.places import Gazetteer
from app.services.worker import Worker
from app.settings import Settings
from app.store import Store


@dataclass(slots=True)
class Parts:
    """What the application is wired with. `app.main` opens the store and starts the worker when the service starts."""

    settings: Settings
    places: Callable[[], Gazetteer]
    """The gazetteer as it is now; raises NotReady. To be asked once a request, so that one answer is of one piece."""
    store: Store | None = None
    worker: Worker | None = None
    """Does the jobs of this process; None where there is no store."""
    missing: Mapping[str, str] = field(default_factory=dict)
    """Why the `database` could not be opened, as a sentence for the caller."""

    @property
    def read(self) -> Callable[[Article, PlaceIndex], Document]:
        """Reads an article with the recogniser of the settings."""
        return partial(geoparse, recogniser=self.settings.recogniser)


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


def get_places(request: Request) -> Gazetteer:
    """The gazetteer; raises NotReady. Not `async`: it asks the database whether there are new places."""
    parts: Parts = request.app.state.parts
    return parts.places()


def get_places_if_ready(request: Request) -> Gazetteer | None:
    """The gazetteer, or None while there is none."""
    try:
        return get_places(request)
    except NotReady:
        return None


AllParts = Annotated[Parts, Depends(get_parts)]
TheStore = Annotated[Store, Depends(get_store)]
ThePlaces = Annotated[Gazetteer, Depends(get_places)]
PlacesIfReady = Annotated[Gazetteer | None, Depends(get_places_if_ready)]
