"""`python -m training.triggers`: trains the trigger model on annotated reports and sentences; --folds measures it first."""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.model_selection import GroupKFold

from app.domain.ontology import KINDS
from app.places import load_places
from app.recognition.dateline import find_datelines
from app.recognition.dates import find_dates
from app.recognition.recogniser import find_mentions
from app.recognition.role_model import assign_roles
from app.recognition.tokens import split_sentences
from app.recognition.trigger_features import Scene, may_be_trigger, stem, trigger_features, worded
from app.recognition.trigger_model import NOTHING, warlike
from app.recognition.triggers import find_triggers, lexicon
from training.events import all_told
from training.fitting import fit, write
from training.reports import all_reports
from training.sentences import all_lines

MODEL = Path("app/recognition/models/triggers.tsv.gz")
STEMS = Path("app/recognition/models/trigger_stems.txt")
WITHOUT = {"lo", "pe"}
"""Reports of general news and of persons: nothing in them is an event."""
C = 0.3
RARE = 5
LEAST_RATE = 0.15
"""Stems that name an event more rarely are never asked: two, people, town, down."""
LEAST_COUNT = 2
SENTENCE_WEIGHT = 0.3
"""What a word of a single line counts: lines hold far more events than reports do."""
SENTENCE_WARLIKE = 3
"""What a single line stands in: a report of conflict."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that may name an event: features, the lexicon's kind, the right one, its text, its stem."""

    features: list[str]
    listed: str
    kind: str
    text: str
    stem: str


def _words_of(
    name: str, text: str, marks: Sequence[tuple[int, int, str]], heads: Counter[str], places, war: int | None
) -> Iterator[Word]:
    sentences = split_sentences(text)
    datelines = find_datelines(text, sentences)
    mentions = assign_roles(find_mentions(text, sentences, places), datelines, len(sentences))
    scenes = []
    before = worded(sentences)
    for sentence, number in zip(sentences, before, strict=False):
        here = [m for m in mentions if m.sentence.index == sentence.index]
        dates = find_dates(text, sentence.start, sentence.end)
        scenes.append(Scene(sentence, here, dates, find_triggers(text, sentence, here, dates), 0, number))
    found = warlike(sum(len(scene.listed) for scene in scenes), before[-1]) if war is None else war
    for scene in scenes:
        scene = replace(scene, warlike=found)
        tokens = scene.sentence.tokens
        spans = [(m.start, m.end) for m in scene.mentions] + [(d.start, d.end) for d in scene.dates]
        wanted = [
            i
            for i, token in enumerate(tokens)
            if may_be_trigger(token) and not any(a <= token.start < b for a, b in spans)
        ]
        kinds: dict[int, str] = {}
        for start, end, kind in marks:
            inside = [i for i in wanted if start <= tokens[i].start < end]
            if inside:
                kinds[max(inside, key=lambda i: (heads[stem(tokens[i].lower)], -i))] = kind
        listed = {n: t.kind for t in scene.listed for n in range(t.first, t.last + 1)}
        rows = trigger_features(scene, wanted)
        for index, row in zip(wanted, rows, strict=True):
            token = tokens[index]
            marked = any(start <= token.start < end for start, end, _ in marks)
            if marked and index not in kinds:
                continue  # another word of the trigger
            yield Word(row, listed.get(index, NOTHING), kinds.get(index, NOTHING), name, stem(token.lower))


def _heads(texts: Iterable[tuple[str, str, Sequence[tuple[int, int, str]], int | None]]) -> Counter[str]:
    """How often each stem names an event: alone in its mark, or first in a pattern of the lexicon."""
    heads = Counter({stem(word): 5 for word in lexicon().patterns})
    for _, text, marks, _ in texts:
        for start, end, _ in marks:
            stems = [stem(word.strip(".,;:\"'").lower()) for word in text[start:end].split()]
            heads.update({one: 3 if len(stems) == 1 else 1 for one in stems})
    return heads


def read_words(places) -> list[Word]:
    """The words of all training texts."""
    texts = [(report.id, report.text, [(t.start, t.end, t.kind) for t in told], None) for report, told in all_told()]
    texts += [(r.id, r.text, [], None) for r in all_reports() if r.id.split("-")[0] in WITHOUT]
    texts += [
        (line.id, line.text, [(t.start, t.end, t.kind) for t in line.triggers], SENTENCE_WARLIKE)
        for line in all_lines()
    ]
    heads = _heads(texts)
    return [word for name, text, marks, war in texts for word in _words_of(name, text, marks, heads, places, war)]


def telling_stems(words: Iterable[Word]) -> set[str]:
    """Stems that name an event in a fair share of the places where they stand."""
    words = list(words)
    total, told = Counter(word.stem for word in words), Counter(word.stem for word in words if word.kind != NOTHING)
    return {one for one, count in told.items() if count >= LEAST_COUNT and count >= LEAST_RATE * total[one]}


def is_of_report(word: Word) -> bool:
    """The word stands in a whole report, not in a single line."""
    return word.text[2] == "-"


def weight_of(word: Word) -> float:
    """What the word counts in training."""
    return 1.0 if is_of_report(word) else SENTENCE_WEIGHT


def _type(kind: str) -> str:
    return kind if kind == NOTHING else KINDS[kind].sub_event_type


def _measure(words: Sequence[Word], folds: int) -> None:
    """Cross-validated over the reports; the sentences only ever train."""
    kinds = np.array([word.kind for word in words])
    report = np.array([is_of_report(word) for word in words])
    groups = np.unique([word.text for word in words], return_inverse=True)[1]
    none, best = np.ones(len(words)), np.array([NOTHING] * len(words), dtype=object)
    own = np.flatnonzero(report)
    more = np.flatnonzero(~report)
    for train, test in GroupKFold(folds).split(own, groups=groups[own]):
        chosen = np.concatenate([own[train], more])
        weights = [weight_of(words[i]) for i in chosen]
        vectors, model = fit([words[i].features for i in chosen], kinds[chosen], weights, C, RARE)
        shares = model.predict_proba(vectors.transform([words[i].features for i in own[test]]))
        nothing = list(model.classes_).index(NOTHING)
        none[own[test]] = shares[:, nothing]
        shares[:, nothing] = -1
        best[own[test]] = model.classes_[shares.argmax(1)]
    right = np.array([_type(kind) for kind in kinds[own]])
    listed = np.array([_type(words[i].listed) for i in own])
    told = right != NOTHING
    on = listed != NOTHING
    print(
        f"lexicon: found P {told[on].mean():.3f} R {on[told].mean():.3f}, of the right type P {(listed == right)[on].mean():.3f} R {(listed == right)[told].mean():.3f}"
    )
    types = np.array([_type(kind) for kind in best[own]])
    for least in (0.2, 0.3, 0.4, 0.5, 0.6):
        on = 1 - none[own] >= least
        good = on & (types == right)
        print(
            f"model {least}: found P {told[on].mean():.3f} R {on[told].mean():.3f}, of the right type P {good.sum() / on.sum():.3f} R {good.sum() / told.sum():.3f}"
        )


def main() -> int:
    """Train; with folds, measure before."""
    options = argparse.ArgumentParser(description="Train the trigger model.")
    options.add_argument("--folds", type=int, default=0)
    chosen = options.parse_args()
    words = read_words(load_places())
    print(len(words), "words", Counter(word.kind for word in words).most_common())
    if chosen.folds:
        _measure(words, chosen.folds)
    stems = telling_stems(words)
    STEMS.write_text("\n".join(sorted(stems)) + "\n", "utf-8")
    words = [word for word in words if word.stem in stems]
    weights = [weight_of(word) for word in words]
    write(*fit([word.features for word in words], [word.kind for word in words], weights, C, RARE), MODEL)
    return 0


if __name__ == "__main__":
    sys.exit(main())
