"""Triggers: the words that name an event, found by the patterns of triggers.yaml."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from app.datafiles import read_yaml
from app.recognition.dates import DateExpression
from app.recognition.mentions import Mention
from app.recognition.patterns import Pattern, View, first_forms, match, parse
from app.recognition.tokens import Sentence

TOPIC_SHARE = 0.02
"""Share of a text's words that must belong to a topic; a long report holds some word of everything."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words of a sentence that name an event of a kind. `first` and `last` are token numbers in the sentence."""

    start: int
    end: int
    text: str
    kind: str
    first: int
    last: int
    weight: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """triggers.yaml, parsed."""

    patterns: Mapping[str, Sequence[tuple[str, Pattern]]]
    """First word of the body -> (kind, pattern)."""
    rank: Mapping[str, int]
    """Kind -> place in the order of precedence, 0 being the strongest."""
    folds: Mapping[str, frozenset[str]]
    retold: Mapping[str, frozenset[str]]
    undone_after: tuple[str, ...]
    undone_before: tuple[str, ...]
    undone_aside: tuple[str, ...]
    figurative: tuple[str, ...]
    topics: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, read on first use."""
    data = read_yaml("app.recognition.data", "triggers.yaml")
    classes = {name: frozenset(members) for name, members in data["classes"].items()}
    patterns: dict[str, list[tuple[str, Pattern]]] = {}
    for kind, rows in data["kinds"].items():
        for row in rows:
            pattern = parse(row, classes)
            for form in first_forms(pattern.body):
                patterns.setdefault(form, []).append((kind, pattern))
    return Lexicon(
        patterns,
        {kind: n for n, kind in enumerate(data["precedence"])},
        {kind: frozenset(swallowed) for kind, swallowed in data["folds"].items()},
        {kind: frozenset(again) for kind, again in data["retold"].items()},
        tuple(data["undone"]["after"]),
        tuple(data["undone"]["before"]),
        tuple(data["undone"]["aside"]),
        tuple(data["figurative"]),
        {name: frozenset(members) for name, members in data["topics"].items()},
        classes,
    )


def _place_tokens(sentence: Sentence, mentions: Sequence[Mention]) -> frozenset[int]:
    spans = [
        (m.start, m.end) for m in mentions if m.kind == "literal" and m.start < sentence.end and sentence.start < m.end
    ]
    return frozenset(
        n for n, token in enumerate(sentence.tokens) if any(a <= token.start and token.end <= b for a, b in spans)
    )


def _in_figure(sentence: Sentence, text: str, start: int, end: int) -> bool:
    low = text[sentence.start : sentence.end].lower()
    for figure in lexicon().figurative:
        at = low.find(figure)
        if at >= 0 and sentence.start + at < end and start < sentence.start + at + len(figure):
            return True
    return False


def find_triggers(
    text: str, sentence: Sentence, mentions: Sequence[Mention], dates: Sequence[DateExpression] = ()
) -> list[Trigger]:
    """Triggers of one sentence in order; of overlapping ones the more specific is kept. "March" in a date is none."""
    lists = lexicon()
    view = View(sentence.tokens, _place_tokens(sentence, mentions))
    names = [(m.start, m.end) for m in mentions if m.role == "name_part"]
    found: list[Trigger] = []
    for index, token in enumerate(sentence.tokens):
        if index in view.places or any(d.start <= token.start < d.end for d in dates):
            continue
        for kind, pattern in lists.patterns.get(token.lower, ()):
            stop = match(view, index, pattern)
            if stop is None:
                continue
            start, end = token.start, sentence.tokens[stop - 1].end
            if any(a - 1 <= end and start <= b + 1 and _is_named(sentence, index) for a, b in names):
                continue
            if not _in_figure(sentence, text, start, end):
                found.append(Trigger(start, end, text[start:end], kind, index, stop - 1, pattern.weight))
    found.sort(key=lambda t: (-t.weight, lists.rank[t.kind], t.first))
    kept: list[Trigger] = []
    for trigger in found:
        rival = next((t for t in kept if t.start < trigger.end and trigger.start < t.end), None)
        if rival is None:
            kept.append(trigger)
    return sorted(kept, key=lambda t: t.start)


def _is_named(sentence: Sentence, index: int) -> bool:
    """The trigger word itself is capitalised inside a sentence: it belongs to a name (the Geneva Talks Group)."""
    return index > 0 and sentence.tokens[index].is_capital


def topic_of(words: Sequence[str], least: int) -> str | None:
    """The topic (sport, arts...) that the words belong to: `least` different words of it, and a fair share of all."""
    for name, members in lexicon().topics.items():
        told = [word for word in words if word in members]
        if len(set(told)) >= least and len(told) >= TOPIC_SHARE * len(words):
            return name
    return None
