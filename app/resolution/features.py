"""What speaks for a reading of a name, in numbers: the features of the ranker, each with a name for the reader."""

import math
from collections.abc import Sequence

from app.domain.places import Candidate, Place
from app.recognition.mentions import Mention
from app.resolution.context import Context
from app.resolution.support import Support

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
_SAME_CLASS = {"PPL", "PPLX", "LK", "RD", "DAM", "BDG", "FRST"}
_IN_UNIT = {"town", "village", "villages", "towns", "city", "base", "camp", "area", "areas", "villagers", "countryside"}
_LANDSCAPE = {"STM", "LK", "MT", "ISL", "FRST", "DAM", "BDG"}
"""Features that are never a country: the Niger river, Lake Chad, Mount Lebanon."""
_OWN = ("own:", "csv-")
NO_PLACE = "none of these"


def feature_fits(place: Place, wanted: str) -> bool:
    """The record is of the feature that the words ask for (a GeoNames code of context.yaml)."""
    code = place.feature_code or ""
    if wanted == "PPLC":
        return code in {"PPLC", "PPLA"}
    if wanted in {"ADM1", "ADM2"}:
        return place.is_admin and not place.is_country
    if any(wanted in family and code in family for family in _FAMILIES):
        return True
    return place.feature_class == _CLASS_OF_FEATURE[wanted] and wanted in _SAME_CLASS


_USUAL_PEOPLE = {"PPLC": 300_000, "PPLA": 60_000, "PPLA2": 10_000, "PPLA3": 4_000, "PPLA4": 1_500}
"""What a seat of a unit has where the gazetteer does not know: orders of magnitude."""
_FEW = 500


def people_of(place: Place) -> int:
    """Inhabitants that make a place known. A unit's people live in its towns: they say nothing for the unit."""
    if place.is_admin and not place.is_country:
        return 0
    if place.is_settlement and not place.population:
        return _USUAL_PEOPLE.get(place.feature_code or "", _FEW)
    return place.population


def kind_of(place: Place) -> str:
    """The place in one word."""
    code = place.feature_code or ""
    if place.is_country:
        return "country"
    if code == "ADM1":
        return "first-level unit"
    if place.is_admin:
        return "lower unit"
    if code == "PPLC":
        return "capital"
    if code == "PPLA":
        return "seat of a unit"
    if code == "PPLX":
        return "quarter"
    if place.is_settlement:
        return "settlement"
    return {"S": "spot", "H": "water", "T": "landform", "V": "forest", "R": "road"}.get(
        place.feature_class or "", "area"
    )


def _words_around(mention: Mention, place: Place) -> list[tuple[str, float]]:
    """What the words beside the name ask for."""
    cues, out = mention.cues, []
    kind = kind_of(place)
    if cues.feature:
        if feature_fits(place, cues.feature):
            out.append(("words ask for such a feature", 1.0))
        elif place.is_country and cues.feature in _LANDSCAPE:
            out.append(("words ask for a landscape, this is a country", 1.0))
        else:
            out.append(("words ask for another feature", 1.0))
    elif place.is_country or place.is_admin:
        out.append((f"{kind} without a word for it", 1.0))
    if cues.before[-1:] in (("in",), ("of",)) and place.is_admin and set(cues.before) & _IN_UNIT:
        out.append(("a place in it is told of", 1.0))
    if cues.article and cues.feature is None and not place.name.startswith(("The", "United", "Democratic")):
        wide = place.feature_class in {"H", "T"} or place.feature_code in {"RGN", "AREA", "DSRT"}
        out.append((f"'the' before a {'river or region' if wide else 'country' if place.is_country else 'town'}", 1.0))
    if mention.role in {"actor", "name_part", "demonym", "dateline"}:
        out.append((f"{mention.role}: {kind}", 1.0))
    return out


def candidate_features(
    mention: Mention, candidate: Candidate, context: Context, support: Support, rivals: "Rivals"
) -> list[tuple[str, float]]:
    """Features of one reading with their values; what is not listed is zero."""
    place = candidate.place
    out = [(f"matched by {candidate.how}", 1.0), (kind_of(place), 1.0)]
    if mention.text.casefold() == place.name.casefold():
        out.append(("spelled as its headline name", 1.0))
    if candidate.score < 1.0:
        out.append(("unlike in spelling", 1.0 - candidate.score))
    people = math.log10(people_of(place) + 1)
    if place.is_settlement and not place.population:
        out.append(("number of people unknown", 1.0))
    out.append(("people (powers of ten)", people))
    out.append(("people less than the largest (powers of ten)", rivals.people - people if place.is_settlement else 0.0))
    out.append(("names nearby", math.log1p(support.near)))
    out.append(("names in its unit", math.log1p(support.unit)))
    out.append(("names in its country", math.log1p(support.country)))
    if rivals.near > 0.05:
        out.append(("share of names nearby", support.near / rivals.near))
    if rivals.unit > 0.05:
        out.append(("share of names in its unit", support.unit / rivals.unit))
    if rivals.country > 0.05:
        out.append(("share of names in its country", support.country / rivals.country))
    loudest = context.chorus.loudest
    if loudest > 0.3:
        out.append(("share of the article", min(1.0, support.country / loudest)))
    if place.country in context.hinted:
        out.append(("caller expects the country", 1.0))
    if place.country == context.outlet and place.country:
        out.append(("country of the outlet", 1.0))
    if context.in_box(place):
        out.append(("in the box that the caller expects", 1.0))
    if (mention.start, place.id) in context.held:
        out.append(("named together with what holds it or what it holds", 1.0))
    if place.id.startswith("dateline:"):
        out.append(("listed because news names it", 1.0))
    elif place.id.startswith(_OWN):
        out.append(("the user's own place", 1.0))
    return out + _words_around(mention, place)


class Rivals:
    """The best that any reading of the same name has of each kind."""

    def __init__(self, candidates: Sequence[Candidate], supports: Sequence[Support]) -> None:
        self.people = max((math.log10(people_of(c.place) + 1) for c in candidates), default=0.0)
        self.near = max((s.near for s in supports), default=0.0)
        self.unit = max((s.unit for s in supports), default=0.0)
        self.country = max((s.country for s in supports), default=0.0)
        self.how = {c.how for c in candidates}


def none_features(mention: Mention, rivals: Rivals, context: Context) -> list[tuple[str, float]]:
    """Features of "none of these": the name means a place that the gazetteer lacks."""
    out = [(NO_PLACE, 1.0), (f"{NO_PLACE}, most people (powers of ten)", rivals.people)]
    out.append((f"{NO_PLACE}, names in a reading's country", math.log1p(rivals.country)))
    if not rivals.how & {"name", "alternate"}:
        out.append((f"{NO_PLACE}, no spelling met as it is", 1.0))
    if mention.start in context.elsewhere:
        out.append((f"{NO_PLACE}, put where no namesake lies", 1.0))
    if mention.cues.feature:
        out.append((f"{NO_PLACE}, words ask for a feature", 1.0))
    if context.chorus.loudest > 0.3:
        out.append((f"{NO_PLACE}, best share of the article", min(1.0, rivals.country / context.chorus.loudest)))
    return out
