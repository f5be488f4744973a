"""Triggers that a model learnt beside those of the lexicon: which words name an event, and of which kind.

A linear model over trigger_features.py, trained by training/triggers.py on our own annotated reports and sentences.
The lexicon goes first (triggers.yaml); the model adds what it lacks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.recognition.dateline import Dateline, dateline_at
from app.recognition.dates import DateExpression
from app.recognition.linear import load_linear
from app.recognition.mentions import Mention
from app.recognition.tokens import Sentence
from app.recognition.trigger_features import Scene, known_stems, may_be_trigger, stem, trigger_features, worded
from app.recognition.triggers import Trigger, find_triggers, is_figurative, mishap_kinds

NOTHING = "none"
"""The model's label of a word that names no event."""
LEAST_ADDED = 0.6
"""A word that the lexicon does not list here is a trigger from this belief on."""
_MOST_WARLIKE = 5


@dataclass(frozen=True, slots=True)
class Believed:
    """How likely a word names no event, and the likeliest kind if it names one."""

    none: float
    kind: str


def warlike(listed: int, sentences: int) -> int:
    """How many triggers of the lexicon a text holds in four sentences, 0 to 5."""
    return min(_MOST_WARLIKE, 4 * listed // max(1, sentences))


def wanted_tokens(scene: Scene, datelines: Sequence[Dateline]) -> list[int]:
    """Numbers of the tokens that may name an event: no names of places, no dates, no dateline."""
    spans = [(m.start, m.end) for m in scene.mentions] + [(d.start, d.end) for d in scene.dates]
    known = known_stems()
    return [
        index
        for index, token in enumerate(scene.sentence.tokens)
        if stem(token.lower) in known
        and may_be_trigger(token)
        and not any(a <= token.start < b for a, b in spans)
        and dateline_at(datelines, token.start) is None
    ]


def believed(features: Sequence[Sequence[str]]) -> list[Believed]:
    """What the model believes of words with these features."""
    model = load_linear("triggers")
    nothing = model.labels.index(NOTHING)
    out = []
    for shares in model.shares(features):
        none = shares[nothing]
        shares[nothing] = 0.0
        best = max(range(len(shares)), key=shares.__getitem__)
        out.append(Believed(none, model.labels[best]))
    return out


def all_triggers(
    text: str,
    sentences: Sequence[Sentence],
    mentions: Sequence[Sequence[Mention]],
    dates: Sequence[Sequence[DateExpression]],
    datelines: Sequence[Dateline],
) -> list[list[Trigger]]:
    """Triggers of each sentence in order; `mentions` and `dates` by sentence."""
    found = [
        find_triggers(text, sentence, here, days)
        for sentence, here, days in zip(sentences, mentions, dates, strict=True)
    ]
    before = worded(sentences)
    war = warlike(sum(map(len, found)), before[-1])
    asked: list[tuple[int, int]] = []
    features: list[list[str]] = []
    for number, (sentence, here, days, listed) in enumerate(zip(sentences, mentions, dates, found, strict=True)):
        scene = Scene(sentence, here, days, listed, war, before[number])
        wanted = wanted_tokens(scene, datelines)
        asked += [(number, index) for index in wanted]
        features += trigger_features(scene, wanted)
    beliefs: list[dict[int, Believed]] = [{} for _ in sentences]
    for (number, index), belief in zip(asked, believed(features), strict=True):
        beliefs[number][index] = belief
    return [
        _joined(text, sentence, listed, here) for sentence, listed, here in zip(sentences, found, beliefs, strict=True)
    ]


def _joined(text: str, sentence: Sentence, listed: Sequence[Trigger], beliefs: Mapping[int, Believed]) -> list[Trigger]:
    """Triggers of the lexicon, each with what the model believes of its words, and those that the model adds."""
    out, taken = [], set[int]()
    for trigger in listed:
        words = range(trigger.first, trigger.last + 1)
        taken.update(words)
        known = [1.0 - beliefs[index].none for index in words if index in beliefs]
        out.append(replace(trigger, belief=max(known, default=None)))
    excused = mishap_kinds(sentence)
    for index, belief in beliefs.items():
        if belief.kind in excused:
            continue  # an earthquake did it
        sure = 1.0 - belief.none
        if index not in taken and sure >= LEAST_ADDED and not is_figurative(text, sentence, index):
            token = sentence.tokens[index]
            written = text[token.start : token.end]
            out.append(Trigger(token.start, token.end, written, belief.kind, index, index, 1, sure, learnt=True))
    return sorted(out, key=lambda trigger: trigger.start)
