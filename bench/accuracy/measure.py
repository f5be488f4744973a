"""From a gold file to figures: each article is read by the pipeline in this process, and its counts are added up."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app import Article, Document, PlaceIndex, geoparse
from app.api.bodies import read_article
from bench.accuracy.events import count_events
from bench.accuracy.gold import Gold, GoldArticle
from bench.accuracy.tally import Answer, Counts, Tally, calibration_error
from bench.accuracy.toponyms import count_roles, count_spans

TODAY: Final = date(2026, 11, 23)
"""What a dateline without a year is counted from: a figure must not change with the calendar."""

FIGURES: Final[Mapping[str, tuple[str, Callable[[Tally], float | None]]]] = {
    "recognition_precision": ("recognition", lambda tally: tally.precision),
    "recognition_recall": ("recognition", lambda tally: tally.recall),
    "recognition_f1": ("recognition", lambda tally: tally.f1),
    "overlap_f1": ("overlap", lambda tally: tally.f1),
    "acc161": ("acc161", lambda tally: tally.f1),
    "acc10": ("acc10", lambda tally: tally.f1),
    "end_to_end_f1": ("end_to_end", lambda tally: tally.f1),
    "kind": ("kind", lambda tally: tally.f1),
    "role": ("role", lambda tally: tally.f1),
    "events_strict_f1": ("events_strict", lambda tally: tally.f1),
    "events_loose_f1": ("events_loose", lambda tally: tally.f1),
    "events_strict_status_f1": ("events_strict_status", lambda tally: tally.f1),
}
"""Each figure that is better when higher: the measure it is taken of, and how."""

LOWER_IS_BETTER: Final = frozenset({"calibration_error", "events_calibration_error", "false_alarms"})
DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Scored:
    """One document: its tallies, and the confidences of toponyms and of events."""

    counts: Counts
    toponyms: Sequence[Answer] = ()
    events: Sequence[Answer] = ()


def score(article: GoldArticle, document: Document, *, has_roles: bool, drop_roles: Collection[str] = ()) -> Scored:
    """Hold a document against its gold. Toponyms told in one of `drop_roles` are left out, for gold without them."""
    told = [each for each in document.toponyms if each.role not in drop_roles]
    counts, toponyms = count_spans(article, told)
    if has_roles:
        by_role, toponyms = count_roles(article, told)
        counts |= by_role
    if article.events is None:
        return Scored(counts, toponyms)
    events, confidences = count_events(article, document.events)
    return Scored(counts | events, toponyms, confidences)


def figures(documents: Sequence[Scored]) -> dict[str, float]:
    """The figures of a set. One that asks for what the set has nothing of is left out."""
    totals: dict[str, Tally] = {}
    for document in documents:
        for measure, tally in document.counts.items():
            totals[measure] = totals.get(measure, Tally()) + tally
    found = {name: take(totals[measure]) for name, (measure, take) in FIGURES.items() if measure in totals}
    # Where no gold has a point, all of end to end would be 0.
    if not totals.get("acc161", Tally()).gold:
        found["end_to_end_f1"] = None
    else:
        found["calibration_error"] = calibration_error([each for document in documents for each in document.toponyms])
    found["events_calibration_error"] = calibration_error([each for document in documents for each in document.events])
    if quiet := [document.counts["false_alarms"] for document in documents if "false_alarms" in document.counts]:
        found["false_alarms"] = sum(tally.told for tally in quiet) / len(quiet)
    return {name: round(value, DIGITS) for name, value in found.items() if value is not None}


def to_article(article: GoldArticle, places: PlaceIndex) -> Article:
    """The article as the service would read it. Raises BadInput for what it would refuse."""
    return read_article(json.dumps(article.sent).encode(), places).article


def measure(
    gold: Gold,
    places: PlaceIndex,
    drop_roles: Collection[str] = (),
    each: Callable[[Sequence[GoldArticle]], Sequence[GoldArticle]] = lambda articles: articles,
) -> dict[str, Scored]:
    """Read and score all articles of a gold file, by their ids; `each` may watch them go by."""
    return {
        article.id: score(
            article,
            geoparse(to_article(article, places), places, today=TODAY),
            has_roles=gold.has_roles,
            drop_roles=drop_roles,
        )
        for article in each(gold.articles)
    }
