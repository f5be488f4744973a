"""Dateline as a library: read articles without a server, a database or a network.

    from app import Article, geoparse, load_places

    places = load_places()                    # the compiled gazetteer; `dateline gazetteer build` makes it
    document = geoparse(Article(text), places)
    for event in document.events: ...

Public and stable are the names in `__all__`: `geoparse` and `load_places`, the article that goes in, the document that
comes out with every type it is made of, and the errors. `document_to_dict` gives the wire contract's JSON values.
Everything else in this package may change between any two versions.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.domain.dates import DocumentDate, EventDate
    from app.domain.documents import Article, Document, Focus, Hints, Provenance
    from app.domain.events import Actor, Attribution, Event, EventPlace, Relation, Toll
    from app.domain.places import Candidate, Place, PlaceIndex
    from app.domain.spans import Span
    from app.domain.toponyms import Alternative, Toponym
    from app.errors import BadInput, DatelineError, NotFound, NotReady, TooLarge
    from app.formats.document import document_to_dict
    from app.pipeline import geoparse
    from app.places import Gazetteer, load_places

__all__ = [
    "Actor",
    "Alternative",
    "Article",
    "Attribution",
    "BadInput",
    "Candidate",
    "DatelineError",
    "Document",
    "DocumentDate",
    "Event",
    "EventDate",
    "EventPlace",
    "Focus",
    "Gazetteer",
    "Hints",
    "NotFound",
    "NotReady",
    "Place",
    "PlaceIndex",
    "Provenance",
    "Relation",
    "Span",
    "Toll",
    "TooLarge",
    "Toponym",
    "document_to_dict",
    "geoparse",
    "load_places",
]

_HOMES = {
    "app.domain.dates": ("DocumentDate", "EventDate"),
    "app.domain.documents": ("Article", "Document", "Focus", "Hints", "Provenance"),
    "app.domain.events": ("Actor", "Attribution", "Event", "EventPlace", "Relation", "Toll"),
    "app.domain.places": ("Candidate", "Place", "PlaceIndex"),
    "app.domain.spans": ("Span",),
    "app.domain.toponyms": ("Alternative", "Toponym"),
    "app.errors": ("BadInput", "DatelineError", "NotFound", "NotReady", "TooLarge"),
    "app.formats.document": ("document_to_dict",),
    "app.pipeline": ("geoparse",),
    "app.places": ("Gazetteer", "load_places"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    # On first use: this file runs before every room, and `dateline gazetteer build` must not load all lexicons for it.
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME_OF[name]), name)


def __dir__() -> list[str]:
    return __all__
