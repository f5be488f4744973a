"""From the bytes of a request body to a place of the user's own; every fault is a sentence that names the field."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.api.bodies import country_codes, parse_json, refuse
from app.domain.places import Place
from app.errors import BadInput
from app.places import Gazetteer
from app.places.names import name_key
from app.services.own_places import PREFIX

MAX_NAME: Final = 200
MAX_SPELLINGS: Final = 100
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,80}")
_WIKIDATA: Final = re.compile(r"Q[1-9][0-9]{0,12}")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_TURNING: Final = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of writing: they let a name look like another."""

EXAMPLE_PLACE: dict[str, Any] = {
    "name": "Nassib free zone",
    "spellings": ["Nasib free zone", "المنطقة الحرة نصيب"],
    "country": "SY",
    "admin1": "SY-DR",
    "lat": 32.548,
    "lon": 36.201,
    "radius_km": 1.5,
    "feature_code": "INDS",
    "id": "nassib-free-zone",
}


class PlaceIn(BaseModel):
    """A place to add to the gazetteer of this service."""

    model_config = ConfigDict(strict=True, extra="forbid", json_schema_extra={"examples": [EXAMPLE_PLACE]})

    name: str = Field(description="Headline name.", min_length=1, max_length=MAX_NAME)
    lat: float = Field(description="WGS 84 degrees.", ge=-90, le=90)
    lon: float = Field(description="WGS 84 degrees.", ge=-180, le=180)
    country: str | None = Field(None, description="ISO 3166-1 alpha-2; null for what belongs to no country.")
    spellings: list[str] | None = Field(None, description="Other spellings, in any script.", max_length=MAX_SPELLINGS)
    admin1: str | None = Field(
        None, description="First-level unit by name or ISO 3166-2 code; found from the point where it is not given.",
        max_length=MAX_NAME,
    )  # fmt: skip
    feature_code: str = Field("PPL", description="GeoNames feature code.", max_length=5)
    radius_km: float | None = Field(
        None,
        description="A circle of this radius holds the place; the usual one of its kind if not given.",
        gt=0,
        le=5000,
    )
    population: int = Field(0, description="Inhabitants; 0 where unknown.", ge=0, le=10**9)
    wikidata: str | None = Field(None, description="Wikidata item.", max_length=20)
    id: str | None = Field(None, description="Becomes `own:<id>`; made from name and point where it is not given.")


@dataclass(frozen=True, slots=True)
class ReadPlace:
    """A place as it was sent."""

    place: Place
    spellings: tuple[str, ...]
    """All of them, the headline name first."""
    unit: str | None
    """The first-level unit as it was sent."""


def read_place(raw: bytes, places: Gazetteer) -> ReadPlace:
    """Parse and check one place; raises BadInput."""
    value = parse_json(raw)
    if not isinstance(value, dict):
        raise BadInput(
            'The body must be one JSON object such as {"name": "...", "country": "SY", "lat": 32.5, "lon": 36.2}.'
        )
    try:
        sent = PlaceIn.model_validate(value)
    except ValidationError as error:
        refuse(error)
    spellings = tuple(dict.fromkeys(_name(spelling) for spelling in (sent.name, *(sent.spellings or ()))))
    code = sent.feature_code.upper()
    kinds = places.base.features()
    if code not in kinds or code.startswith(("PCL", "TERR")) or code == "ADM1":
        raise BadInput(
            "feature_code must be a GeoNames feature code such as PPL, PPLX, PSTB or CMPRF; no country or ADM1.",
            field="feature_code",
        )
    if sent.wikidata is not None and not _WIKIDATA.fullmatch(sent.wikidata):
        raise BadInput("wikidata must be an item such as Q134556.", field="wikidata")
    country = country_codes([sent.country], "country", places)[0] if sent.country else None
    if sent.id is not None and not _ID.fullmatch(sent.id):
        raise BadInput("id must be letters, digits, dots, hyphens and underscores.", field="id")
    if country is None and sent.admin1:
        raise BadInput("admin1 needs country as well.", field="country")
    feature_class, usual_km = kinds[code]
    place = Place(
        id=PREFIX + (sent.id or _made_id(sent, spellings[0])),
        name=spellings[0],
        country=country,
        admin1=None,
        admin2=None,
        admin1_code=None,
        lat=sent.lat,
        lon=sent.lon,
        feature_class=feature_class,
        feature_code=code,
        population=sent.population,
        wikidata=sent.wikidata,
        radius_km=sent.radius_km or usual_km,
    )
    return ReadPlace(place, spellings, sent.admin1 or None)


def _name(spelling: str) -> str:
    """A spelling without blanks around it; raises BadInput for one that no text can hold."""
    name = " ".join(spelling.split())
    if len(name) > MAX_NAME or _CONTROL.search(name) or _TURNING.search(name) or not name_key(name):
        raise BadInput(
            f"name and spellings must hold a letter or digit and no control character, at most {MAX_NAME} characters.",
            field="spellings",
        )
    return name


def _made_id(sent: PlaceIn, name: str) -> str:
    facts = f"{name_key(name)} {sent.country} {sent.lat:.4f} {sent.lon:.4f}"
    return hashlib.sha256(facts.encode()).hexdigest()[:16]
