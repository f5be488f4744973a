"""`python -m bench.accuracy.groups GOLD...`: events by event type and by country, and the strict mistakes in words."""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app import Event, geoparse, load_places
from app.settings import Settings
from bench.accuracy.events import STRICT, match
from bench.accuracy.gold import GoldArticle, load_gold
from bench.accuracy.measure import TODAY, to_article
from bench.accuracy.tally import Tally
from gazetteer.build import build

LEAST = 6
"""Countries with fewer events, right, told and wanted together, are left out."""


def _country(told: Event) -> str:
    return (told.place.place.country if told.place else None) or "-"


def by_group(articles: Sequence[tuple[GoldArticle, Sequence[Event]]]) -> dict[tuple[str, str], Tally]:
    """Strict tallies by event type and by country."""
    counts: defaultdict[tuple[str, str], Tally] = defaultdict(Tally)
    for article, told in articles:
        gold = article.events or ()
        matched = match(gold, told, STRICT, article.text)
        right = [(gold[i].event_type, gold[i].country or "-", (1, 1, 1)) for i, _ in matched.pairs]
        missed = [(gold[i].event_type, gold[i].country or "-", (0, 0, 1)) for i in matched.missed]
        spurious = [(told[j].event_type, _country(told[j]), (0, 1, 0)) for j in matched.spurious]
        for event_type, country, numbers in (*right, *missed, *spurious):
            for group in (("event type", event_type), ("country", country)):
                counts[group] += Tally(*numbers)
    return dict(counts)


def mistakes(article: GoldArticle, told: Sequence[Event]) -> Iterator[str]:
    """What was missed and what was told that is not so, in words."""
    gold = article.events or ()
    matched = match(gold, told, STRICT, article.text)
    for i in matched.missed:
        start, end = gold[i].evidence or (0, 0)
        yield f"{article.id} missed {gold[i].kind or gold[i].sub_event_type} {gold[i].start}: {article.text[start:end]}"
    for j in matched.spurious:
        event = told[j]
        days = event.date.start if event.date else None
        yield f"{article.id} told {event.kind} {days} {_country(event)} ({event.confidence:.2f}): {event.evidence.text}"


def main() -> int:
    """Read, count, print."""
    options = argparse.ArgumentParser(description="Events by event type and by country.")
    options.add_argument("gold", type=Path, nargs="+", help="JSONL with what is right, gzipped or not")
    options.add_argument("--mistakes", action="store_true", help="print every mistake with its words")
    chosen = options.parse_args()
    places, console = load_places(build(Settings().data_dir, progress=True)), Console()
    for path in chosen.gold:
        read = [(a, geoparse(to_article(a, places), places, today=TODAY).events) for a in load_gold(path).articles]
        table = Table("group", "name", "right", "told", "gold", "F1", title=path.name)
        for (group, name), tally in sorted(by_group(read).items(), key=lambda item: (item[0][0], -item[1].gold)):
            if group == "event type" or tally.told + tally.gold >= LEAST:
                table.add_row(group, name, str(tally.right), str(tally.told), str(tally.gold), f"{tally.f1:.2f}")
        console.print(table)
        if chosen.mistakes:
            for article, told in read:
                for line in mistakes(article, told):
                    console.print(line, markup=False, soft_wrap=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
