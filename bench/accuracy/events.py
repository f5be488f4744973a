"""Figures of events, by the rules of EVAL/README.md (score_events.py).

A told event fits a gold event when type, days and place are right. *Strict*: the sub-event type, the days of the gold
widened by its granularity, the place within the coder's tolerance. *Loose*: the event type is enough, one more day,
twice the tolerance. *Strict with status*: strict, and what happened is kept apart from what was planned or denied.
Optional gold is neither right nor missed; a second telling of a gold event is neither right nor wrong.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Final

from app.domain.events import Event
from bench.accuracy.gold import GoldArticle, GoldEvent
from bench.accuracy.tally import Answer, Tally
from bench.accuracy.toponyms import gap_km

OPEN_DAYS: Final = 31
"""How long "since Tuesday" goes on."""
SLACK_DAYS: Final = {"week": 3, "month": 15}
REALITY: Final = {"occurred": "real", "claimed": "real", "planned": "planned", "denied": "denied"}

Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Mode:
    """How strictly two events are held against each other."""

    name: str
    event_type_is_enough: bool = False
    more_days: int = 0
    times_tolerance: float = 1.0
    status: bool = False


STRICT: Final = Mode("events_strict")
MODES: Final = (
    STRICT,
    Mode("events_loose", event_type_is_enough=True, more_days=1, times_tolerance=2.0),
    Mode("events_strict_status", status=True),
)


def _later(day: date, days: int) -> date:
    """The day so many days later, held within the calendar."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _interval(start: date | None, end: date | None) -> Days | None:
    if start is None and end is None:
        return None
    return start or _later(end or date.max, -OPEN_DAYS), end or _later(start or date.min, OPEN_DAYS)


def accepted_days(gold: GoldEvent) -> Days | None:
    """The days that are right, both inclusive; None where any are, as the gold has none."""
    days = _interval(gold.start, gold.end)
    if days and gold.granularity == "year":
        return days[0].replace(month=1, day=1), days[1].replace(month=12, day=31)
    slack = SLACK_DAYS.get(gold.granularity or "", 0)
    return days and (_later(days[0], -slack), _later(days[1], slack))


def _told_days(event: Event) -> Days | None:
    return _interval(event.date.start, event.date.end) if event.date else None


def _same_dates(gold: GoldEvent, event: Event) -> bool:
    told = (event.date.start, event.date.end) if event.date else (None, None)
    return told == (gold.start, gold.end)


def _words(text: str, start: int, end: int) -> set[int]:
    return {start + word.start() for word in re.finditer(r"\w+", text[start:end])}


def _evidence(gold: GoldEvent, event: Event, text: str) -> float:
    """Words in both pieces of evidence, as a share of the words in either."""
    if gold.evidence is None:
        return 0.0
    want = _words(text, *gold.evidence)
    got = _words(text, event.evidence.start, event.evidence.end) or _words(text, event.trigger.start, event.trigger.end)
    return len(want & got) / len(want | got) if want and got else 0.0


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a pair fits: the type first (1, or 0.5 for the event type alone), then everything else together."""

    type: float
    closeness: float


def fit(gold: GoldEvent, event: Event, mode: Mode, text: str) -> Fit | None:
    """None when type, days, place or status are not right."""
    types = [(gold.event_type, gold.sub_event_type), *gold.alternative_types]
    by_type = 1.0 if event.sub_event_type in {sub for _, sub in types} else 0.5
    if by_type < 1 and not (mode.event_type_is_enough and event.event_type in {each for each, _ in types}):
        return None

    want, got = accepted_days(gold), _told_days(event)
    if want and not (got and got[0] <= _later(want[1], mode.more_days) and got[1] >= _later(want[0], -mode.more_days)):
        return None

    limit = gold.tolerance_km * mode.times_tolerance
    gap = min((gap_km(point, event.place.place) for point in gold.points), default=None) if event.place else None
    if gold.points and (gap is None or gap > limit):
        return None

    if mode.status and REALITY[event.status] not in {REALITY.get(status) for status in gold.statuses}:
        return None

    # Of several that fit, the one that shares the words of its evidence; the weights are those of score_events.py.
    near = 1 - gap / limit if gap is not None and limit else 0.0
    closeness = 2 * _evidence(gold, event, text) + _same_dates(gold, event) + near
    closeness += event.sub_event_type == gold.sub_event_type
    closeness += 0.5 * (event.status in gold.statuses) + 0.5 * (event.kind == gold.kind)
    return Fit(by_type, closeness)


@dataclass(frozen=True, slots=True)
class Matched:
    """(gold, told) indices of what is right, of told events that fit no gold event, and of required ones missed."""

    pairs: list[tuple[int, int]]
    spurious: list[int]
    missed: list[int]

    @property
    def right(self) -> list[int]:
        """The told events that are right."""
        return [told for _, told in self.pairs]


def match(gold: Sequence[GoldEvent], told: Sequence[Event], mode: Mode, text: str) -> Matched:
    """One to one: better types first, then required gold before optional, then the closest."""
    fits = {
        (i, j): found
        for (i, wanted), (j, event) in product(enumerate(gold), enumerate(told))
        if (found := fit(wanted, event, mode, text))
    }
    order = sorted(fits, key=lambda pair: (-fits[pair].type, gold[pair[0]].optional, -fits[pair].closeness, pair))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for i, j in order:
        if i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    fitting = {j for _, j in fits}
    return Matched(
        pairs=[(i, j) for i, j in taken.items() if not gold[i].optional],
        spurious=[j for j in range(len(told)) if j not in fitting],
        missed=[i for i, wanted in enumerate(gold) if i not in taken and not wanted.optional],
    )


def count_events(article: GoldArticle, told: Sequence[Event]) -> tuple[dict[str, Tally], list[Answer]]:
    """Tallies of one article whose events were coded, and confidences of strictly right and spurious events.

    An article whose gold holds nothing but optional planned or denied events has `false_alarms`: what is told there as
    occurred or claimed.
    """
    gold = article.events or ()
    matches = {mode: match(gold, told, mode, article.text) for mode in MODES}
    counts = {
        mode.name: Tally(len(m.right), len(m.right) + len(m.spurious), len(m.right) + len(m.missed))
        for mode, m in matches.items()
    }
    if all(event.optional and REALITY[event.statuses[0]] != "real" for event in gold):
        counts["false_alarms"] = Tally(told=sum(REALITY[event.status] == "real" for event in told))
    strict = matches[STRICT]
    answers = [(told[j].confidence, True) for j in strict.right]
    return counts, answers + [(told[j].confidence, False) for j in strict.spurious]
