"""What must hold for any article: what is added, shifted or swapped changes only what it should."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.documents import Article
from app.domain.events import Event
from app.pipeline import geoparse
from app.places import Gazetteer, load_places
from tests.compiled import compiled_gazetteer
from tests.golden.full.shown import article_of

TODAY = date(2026, 11, 23)
FULL = Path(__file__).parent.parent / "golden/full"
ARTICLES = [article_of(path) for path in sorted(FULL.glob("*.txt"))]
SPORT = [
    "In the evening Arsenal beat Chelsea 2-1; the striker fired home from the edge of the box.",
    "The home side attacked from the first minute and captured the cup after a penalty shootout.",
    "Sunday's derby was a battle from start to finish, and the visitors never surrendered.",
    "The batsman raided the boundary before the bowlers struck back in the final over.",
]


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return load_places(compiled_gazetteer())


def _facts(event: Event) -> tuple[object, ...]:
    where = event.place
    days = event.date and (event.date.start, event.date.end)
    return event.kind, event.status, days, where and where.place.id, event.fatalities, event.injured


def _events(article: Article, places: Gazetteer) -> list[tuple[object, ...]]:
    return [_facts(event) for event in geoparse(article, places, today=TODAY).events]


@settings(max_examples=40, deadline=None)
@given(article=st.sampled_from(ARTICLES), sport=st.sampled_from(SPORT))
def test_a_sentence_about_sport_changes_no_event(places: Gazetteer, article: Article, sport: str) -> None:
    assert _events(replace(article, text=f"{article.text}\n\n{sport}"), places) == _events(article, places)


@settings(max_examples=40, deadline=None)
@given(article=st.sampled_from([a for a in ARTICLES if a.published]), weeks=st.integers(-40, 40))
def test_dates_shift_with_the_day_of_publication(places: Gazetteer, article: Article, weeks: int) -> None:
    """Words that count from the article's day move with it; what names its own year or month stays."""
    assert article.published
    shift = timedelta(weeks=weeks)
    plain = geoparse(article, places, today=TODAY)
    moved = geoparse(replace(article, published=article.published + shift), places, today=TODAY)
    assert [e.kind for e in moved.events] == [e.kind for e in plain.events]
    for before, after in zip(plain.events, moved.events, strict=True):
        if before.date is None or before.date.granularity != "day" or before.date.start is None:
            continue
        told = article.text[before.date.start_char or 0 : before.date.end_char or 0]
        if any(letter.isdigit() for letter in told):
            continue  # "12 May": the nearest one to the new day
        assert after.date is not None
        assert after.date.start == before.date.start + shift, told


TEMPLATES = [
    "Shells hit {} in Daraa province, Syria, on Monday, killing two farmers, a doctor said.",
    "Rebels captured {} in Daraa province, Syria, on 3 May after a night of fighting.",
    "Hundreds of people marched in {}, Daraa province, Syria, on Friday to demand bread.",
    "Gunmen kidnapped a teacher near {} in Daraa province, Syria, last week.",
]
TOWNS = ["Nawa", "Tafas", "Jasim", "Inkhil", "Tasil", "Izra"]


@settings(max_examples=30, deadline=None)
@given(template=st.sampled_from(TEMPLATES), towns=st.tuples(st.sampled_from(TOWNS), st.sampled_from(TOWNS)))
def test_another_town_moves_only_the_place(places: Gazetteer, template: str, towns: tuple[str, str]) -> None:
    first, second = (
        [
            (*_facts(event)[:3], event.fatalities, [actor.name for actor in event.actors], event.codes["acled"])
            for event in geoparse(Article(template.format(town), published=date(2018, 7, 5)), places).events
        ]
        for town in towns
    )
    assert first
    assert first == second


PARAGRAPHS = [
    "Shells hit Nawa in Daraa province, Syria, on Monday, killing two farmers.",
    "Rebels captured Jobar, a quarter of Damascus, on Tuesday, monitors said.",
    "Police arrested four men in Aleppo, Syria, on Wednesday.",
    "Hundreds of people marched in Homs, Syria, on Thursday against the price of bread.",
    "Talks between the two sides began in Geneva, Switzerland, on Tuesday.",
]


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(PARAGRAPHS))
def test_the_order_of_paragraphs_changes_no_event(places: Gazetteer, order: list[str]) -> None:
    def told(paragraphs: list[str]) -> list[tuple[object, ...]]:
        return sorted(_events(Article("\n\n".join(paragraphs), published=date(2018, 7, 6)), places), key=str)

    assert told(order) == told(PARAGRAPHS)
