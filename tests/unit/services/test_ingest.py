"""Ingest: everything once or nothing, whoever comes first."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from threading import Barrier

import orjson
import pytest

from app.domain.documents import Article, Document, Hints
from app.domain.places import PlaceIndex
from app.errors import BadInput, NotFound
from app.formats.document import document_to_dict
from app.services.articles import delete_article, get_article
from app.services.ingest import ingest
from app.services.search import get_event
from app.store import Store
from tests.factories import NoPlaces, make_article, make_document, make_event
from tests.unit.services.stored import store_article, store_events


def never(_article: Article, _places: PlaceIndex) -> Document:
    raise AssertionError("an article that is stored is not read again")


def test_the_record_is_the_document_with_the_article_at_the_top(store: Store) -> None:
    article = make_article(
        title="Clashes",
        published=date(2018, 7, 5),
        source="Example Agency",
        url="https://example.org/1",
        language="en",
        hints=Hints(("SY",), (35.0, 32.0, 43.0, 38.0)),
    )
    event = make_event()
    stored = store_article(store, event, article=article, sent="2018-07-05T23:30:00+03:00")

    assert stored.created
    document = document_to_dict(make_document(event))
    assert {key: stored.record[key] for key in document} == document
    assert stored.record["text"] == article.text
    assert stored.record["title"] == "Clashes"
    assert stored.record["published_at"] == "2018-07-05T23:30:00+03:00"
    assert stored.record["source"] == "Example Agency"
    assert stored.record["url"] == "https://example.org/1"
    assert stored.record["external_id"] is None
    assert stored.record["language"] == "en"
    assert stored.record["hints"] == {"countries": ["SY"], "bbox": [35.0, 32.0, 43.0, 38.0]}
    # What is read later is what was answered, to the byte.
    assert orjson.dumps(get_article(store, stored.record["id"])) == orjson.dumps(stored.record)


def test_the_day_stands_in_where_no_spelling_of_it_came(store: Store) -> None:
    assert store_article(store, article=make_article(published=date(2018, 7, 5))).record["published_at"] == "2018-07-05"
    assert store_article(store, article=make_article()).record["published_at"] is None


NAMED = make_article(external_id="a-1", source="Example Agency", title="First")


@pytest.mark.parametrize(
    ("first", "again"),
    [
        (make_article(text="The same."), make_article(text="The same.")),
        # Another outlet, the same words and day: the same article.
        (make_article(text="The same."), make_article(text="The same.", source="Example Agency")),
        # The caller's id decides, even when the text was corrected since.
        (NAMED, replace(NAMED, text="Corrected text.", title="Second")),
    ],
)
def test_the_same_article_again_stores_nothing(store: Store, first: Article, again: Article) -> None:
    stored = store_article(store, article=first)
    repeated = ingest(store, again, NoPlaces(), geoparse=never)
    assert not repeated.created
    assert repeated.record == stored.record


def test_many_posts_of_one_article_at_once(store: Store) -> None:
    article, event, posts = make_article(), make_event(), 8
    together = Barrier(posts)

    def read_together(_article: Article, _places: PlaceIndex) -> Document:
        together.wait(timeout=20)  # all have looked, none has stored
        return make_document(event)

    def post(_number: int) -> tuple[bool, str]:
        stored = ingest(store, article, NoPlaces(), geoparse=read_together)
        return stored.created, stored.record["created_at"]

    with ThreadPoolExecutor(posts) as pool:
        answers = list(pool.map(post, range(posts)))
    assert sorted(created for created, _ in answers) == [False] * (posts - 1) + [True]
    assert len({when for _, when in answers}) == 1
    assert get_event(store, event.id)["article_id"] == store_article(store, article=article).record["id"]


def test_many_articles_at_once(store: Store) -> None:
    # Equal event ids and one incident: both are decided while others write.
    def post(_number: int) -> dict[str, object]:
        return store_events(store, make_event(id="shared"))[0]

    with ThreadPoolExecutor(8) as pool:
        ids = [str(event["id"]) for event in pool.map(post, range(16))]
    assert len(set(ids)) == 16
    assert len({get_event(store, event_id)["incident_id"] for event_id in ids}) == 1


def test_articles_with_equal_event_ids(store: Store) -> None:
    # The same text on two days: text, span and version are the same, so the pipeline gives the same event id.
    article = make_article(published=date(2018, 7, 5))
    first = store_article(store, make_event(id="e1"), article=article)
    second = store_article(store, make_event(id="e1"), article=replace(article, published=date(2018, 7, 6)))

    [one], [other] = first.record["events"], second.record["events"]
    assert one["id"] == "e1"
    assert other["id"].startswith("e1-")
    # Record, stored document and stored event speak of the same id.
    assert get_article(store, second.record["id"])["events"] == [other]
    assert get_event(store, other["id"])["article_id"] == second.record["id"]
    assert get_event(store, "e1")["article_id"] == first.record["id"]
    # The suffix comes from the article alone.
    delete_article(store, second.record["id"])
    again = store_article(store, make_event(id="e1"), article=replace(article, published=date(2018, 7, 6)))
    assert again.record["events"] == [other]


@pytest.mark.parametrize("field", ["text", "title", "source", "url", "external_id", "language"])
@pytest.mark.parametrize("letter", ["\0", "\udfff"])
def test_text_that_no_store_can_keep(store: Store, field: str, letter: str) -> None:
    with pytest.raises(BadInput, match=field):
        ingest(store, make_article(**{field: f"a{letter}b"}), NoPlaces(), geoparse=never)


@pytest.mark.parametrize(
    "text",
    [
        "Clashes 💥 in Nassib",  # beyond the basic plane
        "Idli\u0304b and Idlīb",  # a combining mark stays as sent
        "اشتباكات في نصيب",
        "One\r\ntwo\rthree\n",
        "\u202ereversed\u202c \ufeff \u200b",
    ],
)
def test_text_comes_back_as_sent(store: Store, text: str) -> None:
    stored = store_article(store, article=make_article(text=text)).record["id"]
    assert get_article(store, stored)["text"] == text


@pytest.mark.parametrize("url", ["java\tscript:alert(1)", "\x01 javascript:alert(1)", "\nDATA:text/html,x"])
def test_a_link_that_runs_is_not_handed_out_however_it_is_hidden(store: Store, url: str) -> None:
    """Browsers drop tabs, line breaks and leading control characters; the command line lets them in."""
    stored = store_article(store, article=make_article(url=url)).record
    assert stored["url"] is None
    assert get_article(store, stored["id"])["url"] is None


def test_an_article_without_events(store: Store) -> None:
    empty = replace(make_document(), events=(), toponyms=(), date=None, focus=())
    stored = ingest(store, make_article(), NoPlaces(), geoparse=lambda _article, _places: empty)
    assert get_article(store, stored.record["id"])["events"] == []


@pytest.mark.parametrize("unknown", ["", "nothing", "a\0b", "\ud800", "' OR 1=1 --"])
def test_unknown_ids(store: Store, unknown: str) -> None:
    store_article(store)
    for ask in (get_article, delete_article, get_event):
        with pytest.raises(NotFound):
            ask(store, unknown)


def test_a_deleted_article_is_gone_and_may_come_again(store: Store) -> None:
    article, event = make_article(), make_event()
    stored = store_article(store, event, article=article).record["id"]
    delete_article(store, stored)
    for ask, what in ((get_article, stored), (get_event, event.id), (delete_article, stored)):
        with pytest.raises(NotFound):
            ask(store, what)
    again = store_article(store, event, article=article)
    assert again.created
    assert again.record["id"] == stored
