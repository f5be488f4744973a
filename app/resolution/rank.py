"""Scores one candidate for one mention. The order of weight is: what the words beside the name say, the article's
country and unit, places named with it, feature class, population. Each part that decides leaves a reason.
"""

import math
from dataclasses import dataclass

from app.domain.places import Candidate, Place
from app.recognition.mentions import Mention
from app.resolution.context import Context

_CLASS_OF_FEATURE = {
    "PPL": "P", "PPLC": "P", "PPLX": "P", "ADM1": "A", "ADM2": "A", "STM": "H", "LK": "H", "MT": "T", "ISL": "T",
    "CMPRF": "S", "PSTB": "S", "AIRB": "S", "AIRP": "S", "DAM": "S", "BDG": "S", "FRST": "V", "RGN": "L", "RD": "R",
}  # fmt: skip
_FAMILIES = (
    {"AIRB", "MILB", "INSM", "AIRF", "AIRP", "AIRQ", "NVB"},
    {"CMPRF", "CMP", "PPLX", "PPL", "PPLL"},
    {"PSTB", "PSTC", "CSTM", "PSTP", "PASS"},
    {"STM", "STMI", "WAD", "CNL"},
    {"MT", "MTS", "HLL", "RDGE", "PK", "UPLD"},
    {"RGN", "VAL", "PLN", "DSRT", "AREA", "BSN", "ISL", "PEN", "MTS"},
)
_IN_UNIT = {"town", "village", "villages", "towns", "city", "base", "camp", "area", "areas", "villagers", "countryside"}
_LANDSCAPE = {"STM", "LK", "MT", "ISL", "FRST", "DAM", "BDG"}
"""Features that are never a country: the Niger river, Lake Chad, Mount Lebanon."""
LISTED_SCORE = 0.8
"""Places of our own tables and of the user's were chosen because reports name them; their small namesakes were not."""
_LISTED = ("dateline:", "own:", "csv-")
_HOW = {"name": 0.3, "alternate": 0.0, "article": -0.4, "fuzzy": -1.5}


@dataclass(frozen=True, slots=True)
class Scored:
    """A candidate with its score (a log weight, only comparable within one mention) and the reasons for it."""

    candidate: Candidate
    score: float
    reasons: tuple[str, ...]


def feature_fits(place: Place, wanted: str) -> bool:
    """The record is of the feature that the words ask for."""
    code = place.feature_code or ""
    if wanted == "PPLC":
        return code in {"PPLC", "PPLA"}
    if wanted in {"ADM1", "ADM2"}:
        return place.is_admin and not place.is_country
    if any(wanted in family and code in family for family in _FAMILIES):
        return True
    return place.feature_class == _CLASS_OF_FEATURE[wanted] and wanted in {
        "PPL",
        "PPLX",
        "LK",
        "RD",
        "DAM",
        "BDG",
        "FRST",
    }


def score(mention: Mention, candidate: Candidate, context: Context) -> Scored:
    """Score of one candidate in the context of the article."""
    place, cues = candidate.place, mention.cues
    reasons: list[str] = []
    total = _HOW[candidate.how]
    if candidate.how != "name":
        reasons.append(f"matched {candidate.how} spelling {candidate.matched}")

    share = context.country_share(place.country)
    total += 3.5 * share
    if share >= 0.5:
        reasons.append(f"article is about {place.country}")
    if place.country in context.hinted:
        total += 2.0
        reasons.append(f"caller expects {place.country}")
    if (mention.start, place.id) in context.held:
        total += 3.0
        reasons.append("named together with what holds it or what it holds")
    if context.in_box(place):
        total += 2.0
        reasons.append("in the box that the caller expects")
    unit = context.unit_share(place)
    total += 1.2 * unit
    if unit >= 0.4 and place.admin1:
        reasons.append(f"{place.admin1} is named or holds other places")

    if cues.feature:
        fits = feature_fits(place, cues.feature)
        total += 2.5 if fits else -4.0 if place.is_country and cues.feature in _LANDSCAPE else -1.0
        if fits:
            reasons.append(f"words ask for {cues.feature}")
    if place.is_country:
        total += 4.0 if cues.feature is None else 0.0
        reasons.append("country name")
    elif place.is_admin:
        total += -0.6 if cues.feature is None else 0.0
        if place.feature_code == "ADM1":
            total += 1.8  # no population is kept for units; a province is as well known as a city
        if cues.before[-1:] in (("in",), ("of",)) and set(cues.before) & _IN_UNIT:
            total += 2.0
            reasons.append("a place in it is told of")
    elif place.feature_code in {"PPLC", "PPLA"}:
        total += 0.8
    elif place.feature_class == "P" and place.feature_code == "PPLX" and cues.feature is None:
        total -= 0.4

    if (
        cues.article
        and cues.feature is None
        and not (place.is_country and place.name.startswith(("The", "United", "Democratic")))
    ):
        river = place.feature_class in {"H", "T"} or place.feature_code in {"RGN", "AREA", "DSRT"}
        total += 2.5 if river else -4.5 if place.is_country else -1.2
        if river:
            reasons.append("'the' before it")
    if place.id.startswith(_LISTED):
        total += LISTED_SCORE
        reasons.append("listed because news names it")
    nearest = context.nearest_km(place)
    if nearest is not None:
        total += 1.5 * math.exp(-nearest / 60)
        if nearest <= 100:
            reasons.append(f"{nearest:.0f} km from another place named")
    # A unit's people live in its towns: they say nothing for the unit against its seat.
    people = 0 if place.is_admin and not place.is_country else place.population
    total += 0.35 * math.log10(people + 1)
    if people >= 100_000:
        reasons.append(f"population {place.population}")
    return Scored(candidate, total, tuple(reasons))
