"""Single steps of the pipeline as one call each, for tests that look at one step of a real sentence."""

from collections.abc import Mapping, Sequence
from datetime import date

from app.domain.documents import Article, Document, Hints
from app.domain.places import PlaceIndex
from app.pipeline import geoparse
from app.recognition.actors import ActorMention, find_actors
from app.recognition.dateline import find_datelines
from app.recognition.dates import find_dates
from app.recognition.mentions import Mention
from app.recognition.recogniser import find_mentions
from app.recognition.role_model import assign_roles
from app.recognition.tokens import Sentence, split_sentences
from app.recognition.triggers import Trigger, find_triggers
from app.resolution.relations import Spot, spots_in
from app.resolution.resolve import Resolved, resolve

TODAY = date(2026, 11, 23)


def sentence_of(text: str) -> Sentence:
    """The only sentence of the text."""
    (sentence,) = split_sentences(text)
    return sentence


def mentions_of(text: str, places: PlaceIndex) -> list[Mention]:
    """Mentions of the text with the kinds and roles that the words around them tell."""
    sentences = split_sentences(text)
    return assign_roles(find_mentions(text, sentences, places), find_datelines(text, sentences), len(sentences))


def resolved_of(text: str, places: PlaceIndex, *, title: str = "", hints: Hints | None = None) -> list[Resolved]:
    """Mentions with the places that were chosen for them."""
    titles = mentions_of(title, places) if title else []
    resolved, _ = resolve(mentions_of(text, places), titles, places, hints or Hints(), None)
    return resolved


def spots_of(text: str, places: PlaceIndex) -> list[Spot]:
    """Spots of a text of one sentence."""
    return spots_in(text, sentence_of(text), resolved_of(text, places))


def triggers_of(text: str, places: PlaceIndex) -> list[Trigger]:
    """Triggers of all sentences."""
    mentions = mentions_of(text, places)
    return [
        trigger
        for sentence in split_sentences(text)
        for trigger in find_triggers(
            text,
            sentence,
            [m for m in mentions if m.sentence.index == sentence.index],
            find_dates(text, sentence.start, sentence.end),
        )
    ]


def actors_in(text: str, places: PlaceIndex, countries: Mapping[str, float] | None = None) -> Sequence[ActorMention]:
    """Actors of a text of one sentence."""
    return find_actors(text, sentence_of(text), mentions_of(text, places), countries or {})


def read(text: str, places: PlaceIndex, published: str | None = "2023-04-05", **fields: object) -> Document:
    """The document of a text that was published on Wednesday, 5 April 2023, unless another day is given."""
    day = date.fromisoformat(published) if published else None
    return geoparse(Article(text, published=day, **fields), places, today=TODAY)  # type: ignore[arg-type]
