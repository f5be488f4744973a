"""`python -m training.event_scores`: our events against the annotated reports, by triggers that never saw the report.

Strict: sub-event type (or kind), days and place right; loose: event type and one day more. A place is right when it is
the annotated mention, the same place, one told from it, or within 8 km; a place that the gazetteer lacks counts as
right, and so does a day that the report does not tell.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from app.domain.documents import Article, Document
from app.domain.events import Event
from app.domain.ontology import EVENT_TYPE_OF, KINDS
from app.pipeline import geoparse
from app.places import load_places
from app.recognition import trigger_model
from app.recognition.linear import Linear, load_linear
from app.resolution.geo import quick_km
from training.events import Told, all_told
from training.fitting import fit, weights_of
from training.reports import Report
from training.triggers import RARE, C, is_of_report, read_words, telling_stems, weight_of

TODAY = date(2026, 11, 23)
_NEAR_KM = 8.0
_SLACK_DAYS = {0: 0, 7: 3, 31: 15}
"""Length of the annotated stretch (days, at most) -> days by which ours may miss it; longer ones 200."""


def _table(vectors, model) -> Linear:
    rows = list(weights_of(vectors, model))
    table = np.array([np.zeros(len(model.classes_)), *(weights for _, weights in rows)], dtype=np.float32)
    return Linear(tuple(model.classes_), {name: n for n, (name, _) in enumerate(rows, 1)}, table, {})


def fold_models(places, folds: int) -> Mapping[str, Linear]:
    """For each report the model that was trained without it."""
    words = read_words(places)
    fold = {name: n % folds for n, name in enumerate(sorted({w.text for w in words if is_of_report(w)}))}
    stems, models = telling_stems(words), []
    for number in range(folds):
        chosen = [w for w in words if fold.get(w.text) != number and w.stem in stems]
        weights = [weight_of(w) for w in chosen]
        models.append(_table(*fit([w.features for w in chosen], [w.kind for w in chosen], weights, C, RARE)))
    return {name: models[number] for name, number in fold.items()}


def _read(report: Report, places) -> Document:
    day = report.fields.get("date")
    article = Article(report.text, title=report.fields.get("title"), published=date.fromisoformat(day) if day else None)
    return geoparse(article, places, today=TODAY)


def _place_is_right(document: Document, told: Told, event: Event) -> bool:
    mark = told.place
    if mark is None:
        return True
    there = [
        t for t in document.toponyms if t.place and (t.text == mark.text or (t.start < mark.end and mark.start < t.end))
    ]
    if not there:
        return True
    if event.place is None:
        return False
    where = event.place
    if where.start is not None and where.end is not None and where.start < mark.end and mark.start < where.end:
        return True
    anchors = where.relation.anchors if where.relation else ()
    return any(
        t.place
        and (t.place.id in {where.place.id, *(a.id for a in anchors)} or quick_km(t.place, where.place) <= _NEAR_KM)
        for t in there
    )


def _days_are_right(told: Told, event: Event, more: int) -> bool:
    first, last = told.days[0] or told.days[1], told.days[1] or told.days[0]
    if first is None or last is None:
        return True
    ours = [day for day in (event.date.start, event.date.end) if day] if event.date else []
    if not ours:
        return False
    length = (last - first).days
    slack = timedelta(next((slack for most, slack in _SLACK_DAYS.items() if length <= most), 200) + more)
    return ours[0] <= last + slack and ours[-1] >= first - slack


def _is_right(document: Document, told: Told, event: Event, *, strict: bool) -> bool:
    sub = KINDS[told.kind].sub_event_type
    type_right = (
        event.kind == told.kind or event.sub_event_type == sub if strict else event.event_type == EVENT_TYPE_OF[sub]
    )
    return type_right and _days_are_right(told, event, 0 if strict else 1) and _place_is_right(document, told, event)


def matched(document: Document, told: Sequence[Told], *, strict: bool) -> Iterator[tuple[Told, Event]]:
    """Annotated events with ours, one to one; of several the one told by the same words."""
    free = list(document.events)
    for one in told:
        fit_ = [event for event in free if _is_right(document, one, event, strict=strict)]
        if fit_:
            best = max(
                fit_,
                key=lambda e: (
                    e.trigger.start < one.end and one.start < e.trigger.end,
                    -abs(e.trigger.start - one.start),
                ),
            )
            free.remove(best)
            yield one, best


def main() -> int:
    """Print precision, recall and F1 by the belief from which on the model adds triggers."""
    options = argparse.ArgumentParser(description="Score our events against the annotated reports.")
    options.add_argument("--folds", type=int, default=4)
    options.add_argument(
        "--least", type=float, nargs="*", default=[1.1, trigger_model.LEAST_ADDED, 0.3], help="1.1: the lexicon alone"
    )
    chosen = options.parse_args()
    places = load_places()
    models, reports = fold_models(places, chosen.folds), list(all_told())
    for least in chosen.least:
        trigger_model.LEAST_ADDED = least
        counts = dict.fromkeys((True, False), 0)
        ours = gold = status = 0
        for report, told in reports:
            trigger_model.load_linear = lambda name, model=models[report.id]: model
            document = _read(report, places)
            ours, gold = ours + len(document.events), gold + len(told)
            for strict in counts:
                pairs = list(matched(document, told, strict=strict))
                counts[strict] += len(pairs)
                status += sum(a.status == b.status for a, b in pairs) if strict else 0
        trigger_model.load_linear = load_linear
        line = "  ".join(
            f"{'strict' if strict else 'loose'} P {n / ours:.3f} R {n / gold:.3f} F {2 * n / (ours + gold):.3f}"
            for strict, n in counts.items()
        )
        print(f"from {least}: {line}  status {status / counts[True]:.3f}  ({ours} told, {gold} annotated)", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
