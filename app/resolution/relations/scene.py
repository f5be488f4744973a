"""What a phrase may lean on: the sentence, the places named before it, outlines of the gazetteer."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from app.domain.places import Place, PlaceIndex
from app.resolution.relations.masked import NAMELESS, TOWN, Masked
from app.resolution.relations.phrases import DATA, either
from app.resolution.relations.spots import Anchor, spot_of
from app.resolution.resolve import Resolved

_W = DATA["aside"]
_ASIDE = re.compile(
    rf"(?P<name>[{TOWN[1:-1]}{NAMELESS[1:-1]}])(?:'s)?(?: {either(_W['noun'])})?(?: ?[,(-] ?| )"
    rf"(?:(?:{either(_W['words'])}|[\w-]+-held),? )*$"
)
_LONGEST_ASIDE = 80
"""Characters between a name and the phrase that tells where it lies."""
_ELSEWHERE = frozenset({"dateline", "reporting_place", "actor", "demonym", "name_part"})


@dataclass(frozen=True, slots=True)
class Scene:
    """The masked sentence with what was named up to its end."""

    text: str
    masked: Masked
    resolved: Sequence[Resolved]
    """Mentions of the sentence and of those before it, in reading order."""
    places: PlaceIndex | None

    def outline(self, place: Place) -> BaseGeometry | None:
        """The outline of a place (WGS 84), where the gazetteer knows one."""
        return self.places.outline(place) if self.places else None

    def anchor(self, match: re.Match[str], group: str = "a") -> Anchor | None:
        """The place that a group of the match names."""
        sign = match.groupdict().get(group)
        return self.masked.anchor(sign) if sign else None

    def said(self, match: re.Match[str], group: str | int = 0) -> str:
        """The words of a match, from the start of one of its groups to its end, as they stand in the text."""
        start, _ = self.masked.span(match)
        if match.start(group) >= 0:
            start = self.masked.starts[match.start(group)]
        words = " ".join(self.text[start : self.masked.end_of(match.end())].split())
        return words[4:] if words[:4].lower() == "the " else words

    def place_before(self, match: re.Match[str], taken: Collection[int] = ()) -> bool:
        """The name right before the phrase is the place, and the phrase only says where it lies: "Dara'a al-Balad,
        located about 13 km north of the border". A name that the gazetteer lacks, or a province, is no such place, nor
        is one at a position that another phrase has `taken`.
        """
        first = max(0, match.start() - _LONGEST_ASIDE)
        aside = _ASIDE.search(self.masked.words[first : match.start()])
        item = self.masked.named.get(aside["name"]) if aside and first + aside.start("name") not in taken else None
        if aside is None or item is None or item.place is None or item.mention.role in _ELSEWHERE:
            return False
        return spot_of(item.place).geo_precision < 3

    def last_place(self, offset: int, kinds: frozenset[str], but: Place | None = None) -> Place | None:
        """The last place named before an offset whose GeoNames class or code is one of `kinds`; not `but`."""
        for item in reversed(self.resolved):
            place = item.place
            if (
                place is None
                or place == but
                or item.end > offset
                or item.mention.role in _ELSEWHERE - {"demonym", "actor"}
            ):
                continue
            if item.mention.kind != "literal" and not place.is_country:
                continue
            if kinds & {place.feature_class, place.feature_code}:
                return place
        return None

    def country(self, code: str | None) -> Place | None:
        """The record of a country: from the gazetteer, else from a mention of it."""
        if code is None:
            return None
        found = self.places.country(code) if self.places else None
        return found or next(
            (r.place for r in self.resolved if r.place and r.place.is_country and r.place.country == code), None
        )

    def own_country(self, other: Place, offset: int) -> Place | None:
        """The country that the story plays in, seen from the border with another one: that of the last town named
        before, else the one named most."""
        named = [r for r in self.resolved if r.place and r.place.country and r.place.country != other.country]
        before = [
            r.place
            for r in named
            if r.place and r.end <= offset and not r.place.is_country and r.mention.kind == "literal"
        ]
        if before:
            return self.country(before[-1].country)
        votes = Counter(r.place.country for r in named if r.place)
        return self.country(votes.most_common(1)[0][0]) if votes else None
