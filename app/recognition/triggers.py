"""Triggers: the words that name an event, found by the patterns of triggers.yaml."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from app.datafiles import read_yaml
from app.recognition.dates import DateExpression
from app.recognition.mentions import Mention
from app.recognition.patterns import Match, Pattern, View, find_match, first_forms, parse
from app.recognition.tokens import Sentence, tokenize

TOPIC_SHARE = 0.02
"""Share of a text's words that must belong to a topic; a long report holds some word of everything."""
_NONE = frozenset({"no", "without", "never", "neither", "nor"})


_AT_WHOM = re.compile(r"\s+(?:to|against|at|over)\b")


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
    belief: float | None = None
    """How likely the learnt model takes one of its words for an event; None where it does not know them."""
    learnt: bool = False
    """The model found it, not the lexicon."""


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
    figurative: Mapping[str, re.Pattern[str]]
    """First word -> the figures of speech that begin with it, in any case of letters."""
    harmless: Mapping[str, Sequence[Pattern]]
    """First word of the body -> patterns whose body is no trigger, nor any trigger that overlaps it."""
    mishaps: frozenset[str]
    """Words of disasters, accidents and illness, single or two in a row."""
    mishap_words: frozenset[str]
    """First words of these."""
    mishap_kinds: frozenset[str]
    """Kinds that a mishap explains, unless one of the `armed` words stands in the sentence."""
    armed: frozenset[str]
    topics: Mapping[str, frozenset[str]]
    classes: Mapping[str, frozenset[str]]


def _figures(figures: Sequence[str]) -> dict[str, re.Pattern[str]]:
    longest_first: dict[str, list[str]] = {}
    for figure in sorted(figures, key=len, reverse=True):
        longest_first.setdefault(tokenize(figure)[0].lower, []).append(figure)
    bodies = {
        first: "|".join(r"\s+".join(map(re.escape, figure.split())) for figure in group)
        for first, group in longest_first.items()
    }
    return {first: re.compile(rf"\b(?:{body})\b", re.IGNORECASE) for first, body in bodies.items()}


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
    harmless: dict[str, list[Pattern]] = {}
    for row in data["harmless"]:
        pattern = parse(row, classes)
        for form in first_forms(pattern.body):
            harmless.setdefault(form, []).append(pattern)
    return Lexicon(
        patterns,
        {kind: n for n, kind in enumerate(data["precedence"])},
        {kind: frozenset(swallowed) for kind, swallowed in data["folds"].items()},
        {kind: frozenset(again) for kind, again in data["retold"].items()},
        tuple(data["undone"]["after"]),
        tuple(data["undone"]["before"]),
        tuple(data["undone"]["aside"]),
        _figures(data["figurative"]),
        harmless,
        frozenset(data["mishaps"]["words"]),
        frozenset(words.split()[0] for words in data["mishaps"]["words"]),
        frozenset(data["mishaps"]["kinds"]),
        frozenset(data["mishaps"]["unless"]),
        {name: frozenset(members) for name, members in data["topics"].items()},
        classes,
    )


def _place_tokens(sentence: Sentence, mentions: Sequence[Mention]) -> frozenset[int]:
    spans = [
        (m.start, m.end) for m in mentions if m.kind == "literal" and m.start < sentence.end and sentence.start < m.end
    ]
    if not spans:
        return frozenset()
    return frozenset(
        n for n, token in enumerate(sentence.tokens) if any(a <= token.start and token.end <= b for a, b in spans)
    )


def _is_none(view: View, found: Match, pattern: Pattern) -> bool:
    """ "Found no bombs": a word of denial inside the match undoes it, unless the pattern itself asks for the word."""
    inside = {token.lower for token in view.tokens[found.start + 1 : found.end - 1]}
    return bool(inside & _NONE) and not _NONE & set(re.findall(r"\w+", pattern.source))


def _figures_in(text: str, sentence: Sentence, view: View) -> list[tuple[int, int]]:
    """Offsets of the figures of speech and of the harmless uses of words of war."""
    lists = lexicon()
    spans = [
        match.span()
        for word in lists.figurative.keys() & view.words
        for match in lists.figurative[word].finditer(text, sentence.start, sentence.end)
    ]
    for index, token in enumerate(sentence.tokens):
        for pattern in lists.harmless.get(token.lower, ()):
            found = find_match(view, index, pattern)
            if found:
                spans.append((token.start, sentence.tokens[found.body_end - 1].end))
    return spans


def _complains(text: str, start: int, end: int, mentions: Sequence[Mention]) -> bool:
    """ "Baghdad protested to Ankara": a government's note, no march."""
    governs = any(m.role == "actor" and m.end < start and not text[m.end : start].strip() for m in mentions)
    return governs and bool(_AT_WHOM.match(text, end))


def is_figurative(text: str, sentence: Sentence, token: int) -> bool:
    """The word stands in a figure of speech, or in a harmless use of words of war: "machine gun", "spirit of fight"."""
    where = sentence.tokens[token]
    spans = _figures_in(text, sentence, View(sentence.tokens, frozenset()))
    return any(start < where.end and where.start < end for start, end in spans)


def mishap_kinds(sentence: Sentence) -> frozenset[str]:
    """Kinds that the sentence does not tell, because an earthquake, a crash or an illness is what did the harm."""
    lists, words = lexicon(), [token.lower for token in sentence.tokens]
    if lists.mishap_words.isdisjoint(words):
        return frozenset()
    terms = {*words, *(f"{a} {b}" for a, b in pairwise(words))}
    return lists.mishap_kinds if terms & lists.mishaps and not terms & lists.armed else frozenset()


def find_triggers(
    text: str, sentence: Sentence, mentions: Sequence[Mention], dates: Sequence[DateExpression] = ()
) -> list[Trigger]:
    """Triggers of one sentence in order; of overlapping ones the more specific is kept. "March" in a date is none."""
    lists = lexicon()
    view = View(sentence.tokens, _place_tokens(sentence, mentions))
    names = [(m.start, m.end) for m in mentions if m.role == "name_part"]
    figures, excused = _figures_in(text, sentence, view), mishap_kinds(sentence)
    found: list[Trigger] = []
    for index, token in enumerate(sentence.tokens):
        rows = lists.patterns.get(token.lower)
        if rows is None or index in view.places or any(d.start <= token.start < d.end for d in dates):
            continue
        for kind, pattern in rows:
            matched = find_match(view, index, pattern)
            if matched is None or _is_none(view, matched, pattern):
                continue
            stop = matched.body_end
            start, end = token.start, sentence.tokens[stop - 1].end
            if any(a - 1 <= end and start <= b + 1 and _is_named(sentence, index) for a, b in names):
                continue
            if kind == "protest" and _complains(text, start, end, mentions):
                continue
            if not any(a < end and start < b for a, b in figures):
                found.append(Trigger(start, end, text[start:end], kind, index, stop - 1, pattern.weight))
    found.sort(key=lambda t: (-t.weight, lists.rank[t.kind], t.first))
    kept: list[Trigger] = []
    for trigger in found:
        rival = next((t for t in kept if t.start < trigger.end and trigger.start < t.end), None)
        if rival is None:
            kept.append(trigger)
    return sorted((t for t in kept if t.kind not in excused), key=lambda t: t.start)


def _is_named(sentence: Sentence, index: int) -> bool:
    """The trigger word itself is capitalised inside a sentence: it belongs to a name (the Geneva Talks Group)."""
    return index > 0 and sentence.tokens[index].is_capital


def topic_of(words: Sequence[str], least: int) -> str | None:
    """The topic (sport, arts...) that the words belong to: `least` different words of it, and a fair share of all.
    Two words in a row also count as the one with a hyphen: "semi", "final"."""
    terms = [*words, *(f"{a}-{b}" for a, b in pairwise(words))]
    for name, members in lexicon().topics.items():
        told = [term for term in terms if term in members]
        if len(set(told)) >= least and len(told) >= TOPIC_SHARE * len(words):
            return name
    return None
