"""Spans and places to events. For each sentence: which triggers, cut into clauses, then status, day, place, who, how many."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
import datetime as dt

from app.coding.actors import actors_of
from app.coding.clauses import Group, group_triggers
from app.coding.codes import codes, event_types
from app.coding.dates import Told, choose_date, is_background, told_without_event
from app.coding.drafts import Draft, merged
from app.coding.places import Carried, choose_place
from app.coding.status import attribution_of, is_real, read_status
from app.domain.dates import DocumentDate
from app.domain.events import Event, EventPlace, Toll
from app.domain.ontology import KINDS
from app.domain.spans import Span
from app.recognition.actors import find_actors
from app.recognition.casualties import TollMention, find_tolls
from app.recognition.dates import DateExpression
from app.recognition.mentions import Mention
from app.recognition.sources import find_source
from app.recognition.tokens import Sentence
from app.recognition.triggers import find_triggers, topic_of
from app.resolution.relations import Spot, spots_in
from app.resolution.resolve import Resolved


@dataclass(frozen=True, slots=True)
class Reading:
    """What recognition and resolution made of the article."""

    text: str
    sentences: Sequence[Sentence]
    mentions: Sequence[Mention]
    resolved: Sequence[Resolved]
    expressions: Sequence[DateExpression]
    date: DocumentDate | None
    anchor: dt.date | None
    """The day that "today" means: the dateline's where it differs from the day of publication."""
    countries: Mapping[str, float]
    region: Spot | None
    dateline: Resolved | None


TOPIC_WORDS_OF_ARTICLE = 5
TOPIC_WORDS_OF_PARAGRAPH = 3

_EDGE = re.compile(r"^[\s,;:.\"“”'’»)\]–—-]+|[\s,;:\"“”«(\[–—-]+$")
_LEAD = re.compile(r"^(?:and|but|while|whereas|then|after|before|when|as)\s+", re.IGNORECASE)


def _evidence(text: str, start: int, end: int) -> tuple[int, int]:
    """The clause without the punctuation and joining words at its edges."""
    changed = True
    while changed and start < end:
        piece = text[start:end]
        left = _EDGE.match(piece)
        lead = _LEAD.match(piece)
        right = re.search(r"[\s,;:\"“”«(\[–—-]+$", piece)
        changed = False
        if left and left.group() and left.start() == 0:
            start, changed = start + len(left.group()), True
        elif lead:
            start, changed = start + lead.end(), True
        elif right:
            end, changed = end - len(right.group()), True
    return start, end


def _tolls(group: Group, tolls: Sequence[TollMention], alone: bool) -> tuple[Toll | None, Toll | None]:
    """(fatalities, injured) of the event: those of its clause, or of its sentence when it is the only event there."""
    found: dict[str, Toll] = {}
    for toll in tolls:
        if alone or group.start <= toll.start < group.end:
            found.setdefault(toll.harm, toll.toll)
    return found.get("killed"), found.get("injured")


def _with_later_toll(
    drafts: list[Draft], sentence: Sentence, tolls: Sequence[TollMention], sentences: Sequence[Sentence]
) -> list[Draft]:
    """A toll in a sentence that names no event belongs to the event told just before: "It killed nobody." """
    if not tolls or not drafts:
        return drafts
    last = drafts[-1]
    if sentence.index - last.sentence > 2 or sentences[last.sentence].paragraph != sentence.paragraph:
        return drafts
    if KINDS[last.kind].ucdp == "none" or last.status not in {"occurred", "claimed"}:
        return drafts
    killed = next((t.toll for t in tolls if t.harm == "killed"), None)
    injured = next((t.toll for t in tolls if t.harm == "injured"), None)
    return [*drafts[:-1], replace(last, fatalities=last.fatalities or killed, injured=last.injured or injured)]


def _skipped_paragraphs(sentences: Sequence[Sentence]) -> set[int]:
    """Paragraphs about sport, films or war games; the whole article when most of it is."""
    words: dict[int, list[str]] = {}
    for sentence in sentences:
        words.setdefault(sentence.paragraph, []).extend(t.lower for t in sentence.tokens if t.is_word)
    if topic_of([word for tokens in words.values() for word in tokens], TOPIC_WORDS_OF_ARTICLE):
        return set(words)
    return {number for number, tokens in words.items() if topic_of(tokens, TOPIC_WORDS_OF_PARAGRAPH)}


def _drafts(reading: Reading) -> list[Draft]:
    text, drafts = reading.text, []
    carried: Carried | None = None
    told: Told | None = None
    skipped = _skipped_paragraphs(reading.sentences)
    for sentence in reading.sentences:
        if sentence.paragraph in skipped:
            continue
        literal = [m for m in reading.mentions if m.start < sentence.end and sentence.start < m.end]
        triggers = [
            t
            for t in find_triggers(text, sentence, literal)
            if not _in_dateline(reading, t.start) and is_real(text, sentence, t)
        ]
        dates = [e for e in reading.expressions if sentence.start <= e.start < sentence.end]
        spots = spots_in(text, sentence, reading.resolved)
        if not triggers:
            carried = _carry_named(carried, spots, sentence)
            told = told_without_event(text, sentence, dates, told, reading.anchor)
            drafts = _with_later_toll(drafts, sentence, find_tolls(text, sentence), reading.sentences)
            continue
        actors = find_actors(text, sentence, literal, reading.countries)
        source = find_source(text, sentence, actors, literal)
        groups = group_triggers(sentence, triggers, dates)
        tolls = find_tolls(text, sentence)
        last: Carried | None = None
        for group in groups:
            status, why = read_status(text, sentence, group, source)
            when, interval = choose_date(
                text, sentence, group, dates, reading.date, told, reading.anchor, planned=status == "planned"
            )
            choices = choose_place(
                text, sentence, group, spots, last or carried, reading.region, reading.dateline, reading.resolved
            )
            fatalities, injured = _tolls(group, tolls, alone=len(groups) == 1)
            start, end = _evidence(text, group.start, group.end)
            if interval:
                told = Told(interval, sentence.paragraph)
            for choice in [*choices] or [None]:
                spot = choice.spot if choice else None
                country = spot.place.country if spot else None
                who = actors_of(text, sentence, group, actors, reading.resolved, source, country)
                drafts.append(
                    Draft(
                        group.main,
                        start,
                        end,
                        sentence.index,
                        status,
                        when,
                        spot,
                        choice.others if choice else (),
                        choice.confidence if choice else 0.0,
                        who,
                        fatalities if status in {"occurred", "claimed"} else None,
                        injured if status in {"occurred", "claimed"} else None,
                        attribution_of(source),
                        (f"trigger '{group.main.text}'", why, choice.reason if choice else "no place told"),
                    )
                )
                if spot and choice and choice.confidence >= 0.5:
                    last = Carried(spot, sentence.paragraph, sentence.index)
        carried = last or carried
    return drafts


def _in_dateline(reading: Reading, start: int) -> bool:
    return bool(reading.dateline and reading.dateline.start <= start < reading.dateline.end)


def _carry_named(carried: Carried | None, spots: Sequence[Spot], sentence: Sentence) -> Carried | None:
    """A sentence without an event may still say where the next one happens: its only settlement is carried on."""
    named = [
        s for s in spots if s.geo_precision < 3 and s.resolved and (s.relation or s.resolved.mention.role == "mention")
    ]
    located = [
        s
        for s in named
        if s.relation or (s.resolved and s.resolved.mention.cues.preposition in {"in", "at", "near", "inside"})
    ]
    best = located[-1:] or (named if len(named) == 1 else [])
    return Carried(best[0], sentence.paragraph, sentence.index) if best else carried


def _place(spot: Spot) -> EventPlace:
    return EventPlace(
        spot.place,
        spot.geo_precision,
        spot.where_prec,
        spot.radius_km,
        spot.relation,
        spot.geometry,
        spot.start,
        spot.end,
    )


def _confidence(draft: Draft) -> float:
    """How likely kind, place and day are all right; a plain product until a calibration is learned."""
    place = draft.place_confidence
    if draft.spot and draft.spot.resolved:
        place *= 0.5 + 0.5 * draft.spot.resolved.confidence
    day = draft.when.confidence if draft.when else 0.2
    return round(min(0.95, max(0.02, 0.9 * (0.35 + 0.65 * place) * (0.4 + 0.6 * day))), 3)


def _event_id(reading: Reading, draft: Draft, number: int, version: str) -> str:
    key = f"{version}\0{reading.text}\0{draft.trigger.start}\0{draft.kind}\0{draft.spot.place.id if draft.spot else ''}\0{number}"
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def code_events(reading: Reading, version: str) -> tuple[Event, ...]:
    """The events of the article in reading order. Ids are stable for the same text, span and pipeline version."""
    events = []
    for number, draft in enumerate(merged(_drafts(reading))):
        country = draft.spot.place.country if draft.spot else None
        types = event_types(draft.kind, draft.actors, draft.fatalities, draft.trigger.text, country)
        text = reading.text
        events.append(
            Event(
                _event_id(reading, draft, number, version),
                draft.kind,
                *types,
                draft.status,
                draft.when,
                _place(draft.spot) if draft.spot else None,
                tuple(_place(other) for other in draft.others),
                draft.actors,
                draft.fatalities,
                draft.injured,
                draft.attribution,
                Span(draft.trigger.start, draft.trigger.end, draft.trigger.text),
                Span(draft.start, draft.end, text[draft.start : draft.end]),
                _confidence(draft),
                is_background(draft.when, reading.date),
                codes(draft.kind, types, draft.actors, draft.fatalities, draft.when, draft.spot),
                draft.reasons,
            )
        )
    return tuple(events)
