"""Reads the phrases of a sentence into spots: borders and "the town" first, then one rule after the other."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from app.domain.places import PlaceIndex
from app.recognition.tokens import Sentence
from app.resolution.relations import borders, lines, nearby, offsets, parts
from app.resolution.relations.coordinates import coordinates_in
from app.resolution.relations.masked import BORDER, MEANT, TOWN, Masked, mask
from app.resolution.relations.phrases import ANAPHORS, FILL, NEEDS, PHRASES, either
from app.resolution.relations.scene import Scene
from app.resolution.relations.spots import Anchor, Spot, spot_of
from app.resolution.resolve import Resolved

Rule = Callable[[Scene, re.Match[str], Anchor], Spot | None]

_RULES: Final[Mapping[str, Rule]] = {
    "between": lines.between,
    "road": nearby.road,
    "offset": offsets.offset,
    "distance": offsets.distance_only,
    "bearing": offsets.direction_only,
    "part": parts.part,
    "bank": nearby.bank,
    "along": nearby.along,
    "near": nearby.near,
    "near_named": nearby.near,
    "inside": borders.inside,
}
_SAYS_WHERE: Final = frozenset(_RULES) - {"part", "between", "inside"} | {"border", "from_last"}
"""Rules whose phrase, right behind a name, only tells where the named place lies."""
_OF_SEVERAL: Final = frozenset({"near", "bearing"})
"""Rules in which "and" takes the next name along: "near A and B"."""
_BESIDE: Final = frozenset({"near", "offset", "distance", "bearing", "along", "border"})
_MEANT: Final = re.compile(
    rf"(?<!\w)(?:the|that|this) (?P<noun>{either(ANAPHORS)})"
    rf"(?!\w|-|,? ?{TOWN}| (?:of|called|named|council|hall|police|limits)\b)"
)
_MORE: Final = re.compile(rf"(?:,? and |, and )(?!in |at |near ){FILL}(?P<a>{TOWN})")
_PLACE_BEHIND: Final = re.compile(rf",? (?:in|at) {FILL}(?P<a>{TOWN})")


def _mean(scene: Scene, match: re.Match[str]) -> Anchor | None:
    """What "the town" or "the country" stands for."""
    noun = match["noun"]
    start, end = scene.masked.span(match)
    place = scene.last_place(start, ANAPHORS[noun])
    if place is None and noun == "country":
        last = scene.last_place(start, frozenset("APSHLRTUV"))
        place = scene.country(last.country) if last else None
    return Anchor(place, start, end, None) if place else None


def _prepared(
    text: str, sentence: Sentence, here: Sequence[Resolved], resolved: Sequence[Resolved], places: PlaceIndex | None
) -> Scene:
    masked = mask(text, sentence, here)
    scene = Scene(text, masked, resolved, places)
    if "border" in masked.words or "frontier" in masked.words:
        masked.replace(borders.BORDERS, BORDER, lambda match: borders.read_border(masked, match))
    masked.replace(_MEANT, MEANT, lambda match: _mean(scene, match))
    return scene


class _Finder:
    """Tries the phrases in turn; a sign serves the first one that takes it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.taken: set[int] = set()
        """Positions in the masked sentence of names that are used up."""
        self.spots: list[Spot] = []
        self.roads: list[Spot] = []
        """Places known by the far end of a road only."""

    def run(self) -> None:
        masked = self.scene.masked.words
        present = {word for word in NEEDS if word in masked}
        for phrase in PHRASES:
            if phrase.needs and phrase.needs.isdisjoint(present):
                continue
            for match in phrase.pattern.finditer(masked):
                self._try(phrase.rule, match)
        # "on the road to Afgooye, on the edge of Mogadishu": what else is told is closer than a road's far end.
        self.spots = self.spots or self.roads

    def _positions(self, match: re.Match[str]) -> list[int]:
        groups = [name for name in ("a", "b", "river") if match.groupdict().get(name)]
        return [match.start(name) for name in groups] or [match.start()]

    def _try(self, rule: str, match: re.Match[str]) -> None:
        positions = self._positions(match)
        if self.taken.intersection(positions):
            return
        scene = self.scene
        if rule == "from_last":
            spot = None if scene.place_before(match) else offsets.from_last(scene, match)
            self.spots += [spot] if spot else []
            self.taken.update(positions)
            return
        anchor = scene.anchor(match)
        if anchor is None or (anchor.resolved and anchor.resolved.mention.role in _NO_PLACE):
            return
        read = _RULES[rule]
        if anchor.is_border:
            if rule not in _BESIDE:
                return
            read = borders.from_border
        spot = read(scene, match, anchor)
        if spot is None:
            return
        only_says_where = rule in _SAYS_WHERE and (scene.place_before(match, self.taken) or self._place_behind(match))
        self.taken.update(positions)
        if only_says_where:
            return
        (self.roads if rule == "road" else self.spots).append(spot)
        if rule in _OF_SEVERAL:
            self._more(read, match)

    def _place_behind(self, match: re.Match[str]) -> bool:
        """ "10 km north of Homs, in the village of X": X is the place."""
        found = _PLACE_BEHIND.match(self.scene.masked.words, match.end())
        anchor = self.scene.masked.anchor(found["a"]) if found else None
        return anchor is not None and spot_of(anchor.place).geo_precision < 3

    def _more(self, read: Rule, match: re.Match[str]) -> None:
        """ "near A and B": the second is one more place, told the same way."""
        more = _MORE.match(self.scene.masked.words, match.end())
        if more is None or more.start("a") in self.taken:
            return
        anchor = self.scene.anchor(more)
        spot = read(self.scene, match, anchor) if anchor else None
        if spot:
            self.spots.append(spot)
            self.taken.add(more.start("a"))


_NO_PLACE: Final = frozenset({"dateline", "reporting_place", "name_part"})


def _rest(scene: Scene, taken: set[int]) -> Iterator[Spot]:
    """Places of the sentence that no phrase took; what the words around call a landmark is none."""
    masked: Masked = scene.masked
    for position, sign in enumerate(masked.words):
        item = masked.named.get(sign)
        if item is None or item.place is None or position in taken:
            continue
        if item.mention.kind == "literal" and item.mention.role != "reference_landmark":
            yield spot_of(item.place, item)


def spots_in(
    text: str, sentence: Sentence, resolved: Sequence[Resolved], places: PlaceIndex | None = None
) -> list[Spot]:
    """Every place of the sentence on which an event may be put: named places, and what the words make of them.

    `resolved` holds the mentions of the sentence and, for "the town", those before it; `places` lends outlines and
    countries. Coordinates come first, then the rest in reading order.
    """
    here = [r for r in resolved if sentence.start <= r.start < sentence.end]
    spots = list(coordinates_in(text, sentence, here))
    before = [r for r in resolved if r.start < sentence.end]
    if not any(r.place for r in before):
        return spots
    scene = _prepared(text, sentence, here, before, places)
    finder = _Finder(scene)
    finder.run()
    told = [*finder.spots, *_rest(scene, finder.taken)]
    return spots + sorted(told, key=lambda spot: spot.start if spot.start is not None else sentence.start)
