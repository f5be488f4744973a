"""What recognition and resolution made of an article, laid out by sentence for coding."""

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.dates import DocumentDate
from app.domain.places import PlaceIndex
from app.recognition.dateline import Dateline, dateline_at
from app.recognition.dates import DateExpression
from app.recognition.mentions import Mention
from app.recognition.sources import SourceMention
from app.recognition.tokens import Sentence
from app.resolution.relations import Spot
from app.resolution.resolve import Resolved

LOOK_BACK = 80
"""Mentions before a sentence among which "the town" is looked for."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that coding reads. `anchor` is the day that "today" means; `region` where the article as a whole
    plays.
    """

    text: str
    sentences: Sequence[Sentence]
    resolved: Sequence[Resolved]
    expressions: Sequence[DateExpression]
    date: DocumentDate | None
    anchor: dt.date | None
    countries: Mapping[str, float]
    region: Spot | None
    datelines: Sequence[Dateline]
    dateline: Resolved | None
    """The place in the first dateline."""
    headline: Spot | None
    """The place that the title names: where "this town" is until the text names another."""
    speaker: SourceMention | None
    """Who speaks throughout, where the article is a side's own statement."""
    places: PlaceIndex | None = None
    """Lends outlines of countries and units to phrases such as "northern Syria"."""
    _resolved_in: Mapping[int, Sequence[Resolved]] = field(init=False, repr=False)
    _first: Mapping[int, int] = field(init=False, repr=False)
    _starts: Sequence[int] = field(init=False, repr=False)
    capital: Resolved | None = field(init=False, repr=False)
    """The first national capital that the article names on the ground: what "the capital" means."""

    def __post_init__(self) -> None:
        """Sort the mentions by sentence, once."""
        by_sentence: defaultdict[int, list[Resolved]] = defaultdict(list)
        for item in self.resolved:
            by_sentence[item.mention.sentence.index].append(item)
        seen, first = 0, {}
        for sentence in self.sentences:
            first[sentence.index] = seen
            seen += len(by_sentence.get(sentence.index, ()))
        object.__setattr__(self, "_resolved_in", by_sentence)
        object.__setattr__(self, "_first", first)
        object.__setattr__(self, "_starts", [expression.start for expression in self.expressions])
        ground = (r for r in self.resolved if r.place and r.mention.kind == "literal" and r.mention.role != "dateline")
        capital = next((r for r in ground if r.place and r.place.feature_code == "PPLC"), None)
        object.__setattr__(self, "capital", capital)

    def resolved_in(self, sentence: Sentence) -> Sequence[Resolved]:
        """Mentions of the sentence, with their places."""
        return self._resolved_in.get(sentence.index, ())

    def mentions_in(self, sentence: Sentence) -> Sequence[Mention]:
        """Mentions of the sentence."""
        return [item.mention for item in self.resolved_in(sentence)]

    def resolved_up_to(self, sentence: Sentence) -> Sequence[Resolved]:
        """The last mentions before the sentence and those in it, in reading order."""
        end = self._first[sentence.index] + len(self.resolved_in(sentence))
        return self.resolved[max(0, end - LOOK_BACK) : end]

    def dates_in(self, sentence: Sentence) -> Sequence[DateExpression]:
        """Date expressions of the sentence."""
        return self.expressions[bisect_left(self._starts, sentence.start) : bisect_left(self._starts, sentence.end)]

    def in_dateline(self, offset: int) -> bool:
        """The offset lies in a dateline: "MOSCOW, March 14 (Reuters) -" tells of no march."""
        return dateline_at(self.datelines, offset) is not None
