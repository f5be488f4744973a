"""The country that an outlet reports from, guessed from its name or the address of the article."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from app.datafiles import read_csv


@lru_cache(maxsize=1)
def _outlets() -> tuple[Mapping[str, str], Mapping[str, str]]:
    rows = list(read_csv("app.recognition.data", "outlets.csv"))
    return {row["domain"]: row["country"] for row in rows}, {row["outlet"].casefold(): row["country"] for row in rows}


def outlet_country(source: str | None, url: str | None) -> str | None:
    """ISO 3166-1 alpha-2 code, or None when neither name nor address is in the list."""
    domains, names = _outlets()
    if source and source.casefold() in names:
        return names[source.casefold()] or None
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:  # not an address at all; it is kept as the caller sent it
        return None
    parts = host.split(".")
    return next((domains[d] for n in range(len(parts)) if (d := ".".join(parts[n:])) in domains), None)
