"""Identities: what makes two posts one article, and two names one name."""

from dataclasses import replace
from datetime import date

import pytest

from app.domain.documents import Article
from app.store.keys import article_id, event_id, fingerprint, incident_id, name_key

PLAIN = Article(text="Clashes in Nassib.", title="Clashes", published=date(2018, 7, 5))
NAMED = replace(PLAIN, external_id="a-1", source="Example Agency")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        # Link, outlet, language are not part of the identity when text, title and day are.
        (PLAIN, replace(PLAIN, url="https://example.org/1", source="Example Agency", language="en"), True),
        (PLAIN, replace(PLAIN, text="Clashes in Nassib. "), False),
        (PLAIN, replace(PLAIN, title=None), False),
        (PLAIN, replace(PLAIN, published=date(2018, 7, 6)), False),
        (PLAIN, replace(PLAIN, published=None), False),
        # The caller's id and source decide alone: a corrected text is still that article.
        (NAMED, replace(NAMED, text="Fighting in Nassib.", title=None, published=None), True),
        (NAMED, replace(NAMED, source="Other Agency"), False),
        (NAMED, replace(NAMED, source=None), False),
        (NAMED, replace(NAMED, external_id="a-2"), False),
        (NAMED, PLAIN, False),
        # Parts cannot run into each other.
        (replace(PLAIN, text="a", title="bc"), replace(PLAIN, text="ab", title="c"), False),
        # No title and an empty one are two things.
        (replace(PLAIN, title=None), replace(PLAIN, title=""), False),
    ],
)
def test_what_makes_two_posts_the_same_article(one: Article, other: Article, same: bool) -> None:
    assert (fingerprint(one) == fingerprint(other)) is same
    assert (article_id(fingerprint(one)) == article_id(fingerprint(other))) is same


def test_ids_do_not_change_between_versions() -> None:
    # Links and cursors of users hold them.
    assert article_id(fingerprint(PLAIN)) == "b4a5893c6d3e057372193970"
    assert article_id(fingerprint(NAMED)) == "14448f00982e992eabcfc2ba"
    assert incident_id("event-1") == "i09c676409fa46b4613ae"


def test_a_taken_event_id_gets_the_same_suffix_each_time() -> None:
    taken: set[str] = set()
    assert event_id("e1", "article-a", taken.__contains__) == "e1"
    taken.add("e1")
    second = event_id("e1", "article-b", taken.__contains__)
    assert second.startswith("e1-")
    assert second == event_id("e1", "article-b", taken.__contains__)
    assert second != event_id("e1", "article-c", taken.__contains__)
    taken.add(second)
    assert event_id("e1", "article-b", taken.__contains__) not in taken


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("DARAA", "daraa"),
        ("Idlīb", "Idli\u0304b"),  # one letter, or letter and mark
        ("Straße", "STRASSE"),
        ("ΔΙΑΣ", "διας"),  # final sigma
    ],
)
def test_names_that_are_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)
