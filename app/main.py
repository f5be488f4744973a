"""Puts the service together: the only place where settings, store, gazetteer, guards and endpoints meet."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib.metadata import PackageNotFoundError, version

from fastapi import Depends, FastAPI

from app.api import openapi, problem
from app.api.bulk import read_line
from app.api.middleware.body_limit import BodyLimit
from app.api.middleware.head import HeadAsGet
from app.api.middleware.security_headers import SecurityHeaders
from app.api.middleware.unexpected import UnexpectedErrors
from app.api.middleware.url_length import UrlLength
from app.api.parameters import read_query
from app.api.parts import Parts
from app.api.routes import articles, docs, events, jobs, service
from app.api.routes import places as places_routes
from app.errors import NotReady
from app.pipeline import warm_up
from app.places import Gazetteer
from app.services.current_gazetteer import CurrentGazetteer
from app.services.own_places import CurrentOwnPlaces
from app.services.worker import Worker
from app.settings import Settings
from app.store import Store, open_store

logger = logging.getLogger(__name__)

DESCRIPTION = """Article text in; dated, located, typed conflict events out; stored, and asked for by region and date.

Coordinates are WGS 84 degrees, offsets count Unicode code points of the text that was sent, days are ISO 8601 and
both ends of an interval are included. Errors are `application/problem+json` (RFC 9457) and say what to change."""


def create_app(settings: Settings, *, store: Store | None = None, places: Gazetteer | None = None) -> FastAPI:
    """The ASGI application. A `store` or `places` that is handed in is used as it is and stays open afterwards.

    A part that cannot be opened does not stop the start: `/readyz` names it and what needs it answers 503. A gazetteer
    that is compiled or replaced later is picked up.
    """
    current = CurrentGazetteer(settings.gazetteer_path, fixed=places)
    own = CurrentOwnPlaces()
    parts = Parts(settings, lambda: _with_own(parts, current, own), store)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(_open, parts)
        yield
        await asyncio.to_thread(_close, parts, store)
        current.close()

    app = FastAPI(
        title="Dateline",
        version=_version(),
        description=DESCRIPTION,
        lifespan=lifespan,
        dependencies=[Depends(read_query)],  # on every address: unknown query names are refused
        generate_unique_id_function=lambda route: route.name,
        redirect_slashes=False,  # the redirect is built from the Host header
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    app.state.parts = parts
    problem.install(app)
    openapi.install(app)
    for module in (articles, jobs, events, places_routes, service, docs, openapi):
        app.include_router(module.router)
    app.include_router(places_routes.regions)
    # The last one added is the first to see a request.
    app.add_middleware(HeadAsGet)
    app.add_middleware(BodyLimit, limit=settings.max_body_bytes, bulk_limit=settings.max_bulk_bytes)
    app.add_middleware(UrlLength)
    app.add_middleware(UnexpectedErrors)
    app.add_middleware(SecurityHeaders)
    return app


def _with_own(parts: Parts, current: CurrentGazetteer, own: CurrentOwnPlaces) -> Gazetteer:
    """The gazetteer with the places that users added; while the database cannot serve, with those known last."""
    places = current()  # what is missing altogether is said first
    if parts.store is None:
        return places
    try:
        return current.joined(own(parts.store))
    except NotReady as error:
        logger.warning("the users' own places cannot be read again: %s", error)
        return current.joined(own.last)


def _open(parts: Parts) -> None:
    """Open what was not handed in, and begin with the jobs; what cannot be opened is logged and noted for /readyz.

    The noted sentences are for any caller: they name no path and no address.
    """
    warm_up(parts.settings.recogniser)
    parts.missing = {}
    if parts.store is None:
        try:
            parts.store = open_store(parts.settings)
        except (NotReady, OSError) as error:
            logger.warning("the database cannot be opened: %s", error)
            parts.missing = {"database": "The database cannot be opened: check DATELINE_DATABASE_URL and the log."}
    try:
        parts.places()  # before the first request, which would wait for it
    except NotReady as error:
        logger.warning("started without a gazetteer: %s", error)
    if parts.store is not None:
        parts.worker = Worker(
            parts.store, parts.places, partial(read_line, longest=parts.settings.max_body_bytes), parts.read
        )
        parts.worker.start()


def _close(parts: Parts, store: Store | None) -> None:
    """Stop and close what `_open` started, so that the same application may be started again."""
    if parts.worker is not None:
        parts.worker.stop()
        parts.worker = None
    if store is None and parts.store is not None:
        parts.store.close()
        parts.store = None


def _version() -> str:
    try:
        return version("dateline")
    except PackageNotFoundError:
        return "0"  # run from a folder, not installed
