"""The name of a second-level unit without its word for the kind of unit."""

import re

_KIND = (
    "governorate|district|territory|cercle|raion|rayon|county|prefecture|province|department|municipality|township|"
    "commune|subdistrict|zone|canton|city"
)
_KIND_WORD = re.compile(rf"\s+(?:{_KIND})$", re.IGNORECASE)
_KIND_FIRST = re.compile(
    r"^(?:cercle|province|d[ée]partement|territoire|caza|ville|commune|district|municipio|provincia)\s+"
    r"(?:d[eu]s?\s+|of\s+|d['’])(?:la\s+)?",
    re.IGNORECASE,
)


def plain_name(name: str) -> str:
    """The name without its word for the kind of unit, unless too little is left."""
    shorter = _KIND_WORD.sub("", _KIND_FIRST.sub("", name.strip()))
    return shorter if len(shorter) >= 3 else name.strip()
