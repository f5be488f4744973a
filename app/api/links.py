"""Addresses in answers. They are built from the settings, never from the Host header, which the caller may forge."""

from collections.abc import Iterable
from urllib.parse import quote, urlencode

from app.settings import Settings


def link(settings: Settings, path: str, query: Iterable[tuple[str, str]] = ()) -> str:
    """`path` with `query` under the public address of the service, or from the root where none is set."""
    encoded = urlencode(list(query), safe=",:")
    return (settings.base_url or "") + quote(path, safe="/:") + (f"?{encoded}" if encoded else "")
