"""Figures of toponyms: found, resolved, and told apart by what they stand for.

Two rules, as in EVAL/README.md. `count_spans` is for corpora, which mark spans and points alone: everything told
counts, a span is counted once, and what only meets a neutral span is dropped (score_toponyms.py). `count_roles` is for
articles with full gold: recognition is counted over literal toponyms, with demonyms and parts of names neutral, and a
country is right by its code, as its point is a matter of taste (score_events.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeVar

from app.domain.places import Place
from app.domain.toponyms import Toponym
from bench.accuracy.gold import GoldArticle, GoldToponym, Point
from bench.accuracy.spans import pair, same, touches
from bench.accuracy.tally import Answer, Tally
from gazetteer.build.geography import distance_km

NEAR_KM: Final = 161.0
"""100 miles: the customary limit of toponym resolution."""
POINT_KM: Final = 10.0
AREA_KM: Final = 100.0
AREAS: Final = {"admin1", "admin2", "region", "sea", "river", "mountains", "lake", "boundary", "ethnonym"}
NEUTRAL_ROLES: Final = {"demonym", "name_part"}
ROLES: Final[Mapping[str, set[str]]] = {
    "event_location": {"event_place"},
    "reporting_location": {"reporting_place"},
    "metonymy_actor": {"actor"},
    "other": {"mention", "origin", "destination"},
    "source_base": {"reporting_place", "mention"},
}
"""Roles of the gold that the contract spells otherwise, or does not tell apart."""


_S = TypeVar("_S", GoldToponym, Toponym)


def gap_km(point: Point, place: Place) -> float:
    """Kilometres between a gold point and a place."""
    return distance_km(*point, place.lat, place.lon)


def _once(toponyms: Iterable[_S]) -> list[_S]:
    """Each span once, in order; one with a point goes before one without."""
    kept: dict[tuple[int, int], _S] = {}
    for each in toponyms:
        before = kept.get((each.start, each.end))
        if before is None or (_has_point(each) and not _has_point(before)):
            kept[each.start, each.end] = each
    return [kept[span] for span in sorted(kept)]


def _has_point(toponym: GoldToponym | Toponym) -> bool:
    return (toponym.point if isinstance(toponym, GoldToponym) else toponym.place) is not None


def count_spans(article: GoldArticle, toponyms: Sequence[Toponym]) -> tuple[dict[str, Tally], list[Answer]]:
    """Tallies of a corpus document, and confidences.

    acc161, acc10: of gold toponyms with a point that were found, how many are resolved so near; an unresolved one is
    wrong. end_to_end: told with a place, against gold with a point, right within 161 km of what it overlaps; what
    answers gold without a point is left out. An answer is right or wrong as it is end to end.
    """
    gold = _once(article.toponyms)
    told = [t for t in _once(toponyms) if touches(t, gold) or not touches(t, article.neutral)]
    pairs = pair(gold, told)
    gaps: list[float | None] = []
    answers: list[Answer] = []
    answered = {j: gold[i] for i, j in pairs}
    for j, toponym in enumerate(told):
        meant, place = answered.get(j), toponym.place
        gap = gap_km(meant.point, place) if meant and meant.point and place else None
        if meant and meant.point:
            gaps.append(gap)
        if place and (meant is None or meant.point):
            answers.append((toponym.confidence, gap is not None and gap <= NEAR_KM))
    return {
        "recognition": Tally(sum(same(gold[i], told[j]) for i, j in pairs), len(told), len(gold)),
        "overlap": Tally(len(pairs), len(told), len(gold)),
        "acc161": Tally.share([gap is not None and gap <= NEAR_KM for gap in gaps]),
        "acc10": Tally.share([gap is not None and gap <= POINT_KM for gap in gaps]),
        "end_to_end": Tally(sum(right for _, right in answers), len(answers), sum(map(_has_point, gold))),
    }, answers


def is_right(place: Place | None, meant: GoldToponym, limit_km: float) -> bool:
    """The place is what gold means: a country by its code, everything else by distance."""
    if place is None or meant.point is None:
        return False
    if meant.feature == "country" and place.country == meant.country:
        return place.is_country or not place.feature_code
    return gap_km(meant.point, place) <= limit_km


def count_roles(article: GoldArticle, toponyms: Sequence[Toponym]) -> tuple[dict[str, Tally], list[Answer]]:
    """Tallies of an article with full gold, and confidences.

    Recognition and overlap over literal toponyms; acc161, acc10, kind and role over all that overlap a gold span.
    An answer is right within 10 km, of an area within 100; one that meets no gold is wrong.
    """
    gold = article.toponyms
    neutral = [g for g in gold if g.role in NEUTRAL_ROLES]
    literal = [g for g in gold if g.kind == "literal" and g.role not in NEUTRAL_ROLES]
    told = [t for t in toponyms if t.kind == "literal" and (touches(t, literal) or not touches(t, neutral))]
    pairs = pair(literal, told)
    every = [(gold[i], toponyms[j]) for i, j in pair(gold, toponyms)]
    placed = [(g, t) for g, t in every if g.point and g in literal]
    answers = [
        (t.confidence, is_right(t.place, g, AREA_KM if g.feature in AREAS else POINT_KM))
        for g, t in every
        if g.point and t.place
    ]
    met = {id(t) for _, t in every}
    answers += [(t.confidence, False) for t in toponyms if id(t) not in met and t.place]
    return {
        "recognition": Tally(sum(same(literal[i], told[j]) for i, j in pairs), len(told), len(literal)),
        "overlap": Tally(len(pairs), len(told), len(literal)),
        "acc161": Tally.share([is_right(t.place, g, NEAR_KM) for g, t in placed]),
        "acc10": Tally.share([is_right(t.place, g, POINT_KM) for g, t in placed]),
        "kind": Tally.share([t.kind == g.kind for g, t in every]),
        "role": Tally.share([t.role in ROLES.get(g.role, {g.role}) for g, t in every if g.role]),
    }, answers
