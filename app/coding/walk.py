"""Walks an article sentence by sentence and drafts its events, carrying the place and the day told last."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.coding.actors import actors_of
from app.coding.antecedents import unlisted
from app.coding.clauses import Group, group_triggers
from app.coding.dates import Told, choose_date, told_without_event
from app.coding.drafts import Draft, is_another, with_toll
from app.coding.places import Carried, Choice, choose_place, named_place
from app.coding.reading import Reading
from app.coding.status import attribution_of, is_real, read_status
from app.domain.events import Toll
from app.domain.spans import Span
from app.recognition.actors import ActorMention, find_actors
from app.recognition.casualties import TollMention, find_tolls
from app.recognition.dates import DateExpression
from app.recognition.sources import SourceMention, find_source
from app.recognition.tokens import Sentence
from app.recognition.trigger_model import all_triggers
from app.recognition.triggers import Trigger, topic_of
from app.resolution.relations import Spot, spots_in
from app.resolution.resolve import Resolved

TOPIC_WORDS_OF_ARTICLE = 5
TOPIC_WORDS_OF_PARAGRAPH = 3
VENUE_WORDS = {"place", "venue", "location", "site", "hosted", "host"}
SURE_ENOUGH_TO_CARRY = 0.5
_TOLD_BEFORE = 6
"""Events before a sentence that tells a toll among which the place that it names is looked for."""

_LEFT_EDGE = re.compile(r"^[\s,;:.\"“”'’»)\]–—-]+")
_RIGHT_EDGE = re.compile(r"[\s,;:\"“”«(\[–—-]+$")
_TO_DO = re.compile(r"^[^,;.]{0,60}\b(?:to|with)\s+(?:\w+\s+){0,2}$")
_LEAD = re.compile(r"^(?:and|but|while|whereas|then|after|before|when|as)\s+", re.IGNORECASE)


def evidence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause without the punctuation and joining words at its edges."""
    while start < end:
        piece = text[start:end]
        left = _LEFT_EDGE.match(piece) or _LEAD.match(piece)
        right = _RIGHT_EDGE.search(piece)
        if left:
            start += left.end()
        elif right:
            end -= len(right.group())
        else:
            break
    return start, end


def _skipped_paragraphs(sentences: Sequence[Sentence]) -> set[int]:
    """Paragraphs about sport, films or war games; the whole article when most of it is."""
    words: dict[int, list[str]] = {}
    for sentence in sentences:
        words.setdefault(sentence.paragraph, []).extend(t.lower for t in sentence.tokens if t.is_word)
    if topic_of([word for tokens in words.values() for word in tokens], TOPIC_WORDS_OF_ARTICLE):
        return set(words)
    return {number for number, tokens in words.items() if topic_of(tokens, TOPIC_WORDS_OF_PARAGRAPH)}


def _tolls(group: Group, tolls: Sequence[TollMention], *, alone: bool) -> tuple[Toll | None, Toll | None]:
    """(fatalities, injured): those of the clause, or of the whole sentence when it tells of one event only."""
    found: dict[str, Toll] = {}
    for toll in tolls:
        if alone or group.start <= toll.start < group.end:
            found.setdefault(toll.harm, toll.toll)
    return found.get("killed"), found.get("injured")


def _without_threatened(text: str, triggers: Sequence[Trigger], dates: Sequence[DateExpression]) -> list[Trigger]:
    """ "threatened on Monday to attack the town": the threat alone, unless what is threatened has a day of its own."""
    kept: list[Trigger] = []
    for trigger in triggers:
        threat = kept[-1] if kept and kept[-1].kind == "threat" else None
        governed = (
            threat is not None
            and threat.text.lower().startswith("threat")
            and bool(_TO_DO.search(text[threat.end : trigger.start]))
        )
        if not governed or any(date.start > trigger.start for date in dates):
            kept.append(trigger)
    return kept


def _span(named: Resolved) -> Span:
    return Span(named.start, named.end, named.mention.text)


class Walk:
    """The state of reading: drafts so far, the place and the days that the next sentence may lean on."""

    def __init__(self, reading: Reading) -> None:
        """Start before the first sentence."""
        self.reading = reading
        self.drafts: list[Draft] = []
        self._carried = Carried(reading.headline, -1, -3) if reading.headline else None
        self._told: Told | None = None
        self._source: SourceMention | None = None

    def read_all(self) -> list[Draft]:
        """Drafts of all events in reading order; nothing is merged yet."""
        reading = self.reading
        skipped = _skipped_paragraphs(reading.sentences)
        triggers = all_triggers(
            reading.text,
            reading.sentences,
            [reading.mentions_in(sentence) for sentence in reading.sentences],
            [reading.dates_in(sentence) for sentence in reading.sentences],
            reading.datelines,
        )
        for sentence, found in zip(reading.sentences, triggers, strict=True):
            if sentence.paragraph not in skipped:
                self._read(sentence, found)
        return self.drafts

    def _read(self, sentence: Sentence, found: Sequence[Trigger]) -> None:
        reading, text = self.reading, self.reading.text
        mentions, dates = reading.mentions_in(sentence), reading.dates_in(sentence)
        spots = spots_in(text, sentence, reading.resolved_up_to(sentence), reading.places)
        tolls = find_tolls(text, sentence)
        triggers = [
            trigger
            for trigger in found
            if not reading.in_dateline(trigger.start)
            and is_real(text, sentence, trigger, dated=any(d.start > trigger.start for d in dates))
        ]
        triggers = _without_threatened(text, triggers, dates)
        self._add_venue(sentence, spots)
        if not triggers:
            self._carried = named_place(self._carried, spots, sentence)
            self._told = told_without_event(text, sentence, dates, self._told, reading.anchor)
            self._add_later_toll(sentence, tolls)
            return
        actors = find_actors(text, sentence, mentions, reading.countries)
        source = self._speaker(find_source(text, sentence, actors, mentions))
        groups = group_triggers(sentence, triggers, dates)
        for group in groups:
            toll = _tolls(group, tolls, alone=len(groups) == 1)
            self._draft(sentence, group, spots, dates, actors, source, toll)

    def _draft(
        self,
        sentence: Sentence,
        group: Group,
        spots: Sequence[Spot],
        dates: Sequence[DateExpression],
        actors: Sequence[ActorMention],
        source: SourceMention | None,
        toll: tuple[Toll | None, Toll | None],
    ) -> None:
        """One draft for each place of the event that the group of triggers names."""
        reading, text = self.reading, self.reading.text
        here = reading.resolved_in(sentence)
        status, why = read_status(text, sentence, group, source)
        when, interval = choose_date(
            text, sentence, group, dates, reading.date, self._told, reading.anchor, planned=status == "planned"
        )
        ahead = when and when.source == "text" and when.start and reading.anchor and when.start > reading.anchor
        if ahead and status in {"occurred", "claimed"}:
            status, why = "planned", "its day lies ahead"
        if interval:
            self._told = Told(interval, sentence.paragraph, interval.end)
        choices = choose_place(reading, sentence, group, spots, self._carried)
        start, end = evidence_span(text, group.start, group.end)
        real = status in {"occurred", "claimed"}
        options: list[Choice | None] = list(choices) or [None]
        for choice in options:
            spot = choice.spot if choice else None
            country = spot.place.country if spot else None
            self.drafts.append(
                Draft(
                    trigger=group.main,
                    start=start,
                    end=end,
                    sentence=sentence.index,
                    status=status,
                    when=when,
                    spot=spot,
                    others=choice.others if choice else (),
                    place_confidence=choice.confidence if choice else 0.0,
                    actors=actors_of(text, sentence, group, actors, here, source, country),
                    fatalities=toll[0] if real else None,
                    injured=toll[1] if real else None,
                    attribution=attribution_of(source),
                    unlisted=_span(choice.unlisted) if choice and choice.unlisted else None,
                    another=is_another(text, group.start, group.main.start) or unlisted(group, here) is not None,
                    reasons=(f"trigger '{group.main.text}'", why, choice.reason if choice else "no place told"),
                )
            )
            if choice and choice.confidence >= SURE_ENOUGH_TO_CARRY:
                self._carried = Carried(choice.spot, sentence.paragraph, sentence.index)

    def _speaker(self, found: SourceMention | None) -> SourceMention | None:
        """Who says so: "the same agency" is the party that the one before it is."""
        if found is None:
            return self.reading.speaker
        if self._source and found.name.lower().startswith("same "):
            found = replace(found, party=self._source.party)
        self._source = found
        return found

    def _add_later_toll(self, sentence: Sentence, tolls: Sequence[TollMention]) -> None:
        """A toll in a sentence that names no event belongs to the event told just before: "It killed nobody." """
        if not tolls or not self.drafts:
            return
        named = {item.place.id for item in self.reading.resolved_in(sentence) if item.place}
        at = len(self.drafts) - 1
        for number in range(at, max(-1, at - _TOLD_BEFORE), -1):
            spot = self.drafts[number].spot
            if spot is not None and spot.place.id in named:
                at = number  # "The toll in Peshawar later rose": not that of the town told last
                break
        last = self.drafts[at]
        near = sentence.index - last.sentence <= 2 and self._paragraph_of(last) == sentence.paragraph
        if near or at < len(self.drafts) - 1:
            self.drafts[at] = with_toll(last, tolls)

    def _add_venue(self, sentence: Sentence, spots: Sequence[Spot]) -> None:
        """ "What remains open is the place: either A or B": where the talks announced just before will be held."""
        last = self.drafts[-1] if self.drafts else None
        if last is None or last.status != "planned" or sentence.index - last.sentence > 2:
            return
        if last.spot is not None and last.spot.geo_precision < 3 and last.spot.start is not None:
            return
        if not VENUE_WORDS.intersection(token.lower for token in sentence.tokens):
            return
        towns = [
            spot
            for spot in spots
            if spot.geo_precision < 3 and spot.resolved and spot.resolved.mention.role == "mention"
        ]
        if towns:
            reasons = (*last.reasons, "the next sentence tells the place")
            self.drafts[-1] = replace(
                last, spot=towns[0], others=tuple(towns[1:3]), place_confidence=0.7, end=sentence.end, reasons=reasons
            )

    def _paragraph_of(self, draft: Draft) -> int:
        return self.reading.sentences[draft.sentence].paragraph
