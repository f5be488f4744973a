"""What the trigger model sees of a word: its forms, its neighbours, what the lexicon makes of it, what is near."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import accumulate

from app.recognition.dates import DateExpression
from app.recognition.mentions import Mention
from app.recognition.passages import languages
from app.recognition.tokens import Sentence, Token
from app.recognition.triggers import Trigger, lexicon

_REACH = 7
"""Words on either side that count wherever they stand."""
_BESIDE = 3
_PASSIVE = {"was", "were", "been", "being", "be", "is", "are"}
_MODAL = {"to", "will", "would", "could", "may", "might", "can", "should", "shall"}
_SENTENCE = 3
"""Words that make a sentence."""
_PARTICLES = {
    "than", "had", "has", "have", "into", "onto", "off", "down", "away", "back", "out", "over", "up", "through",
    "together", "themselves", "himself", "itself", "again",
}  # fmt: skip
"""Small words that go with a verb and name nothing by themselves."""
_EDGE = "|"
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""))


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with what was found in it.

    `warlike`: lexicon triggers in four sentences of the text, 0 to 5; `number`: sentences with words before it.
    """

    sentence: Sentence
    mentions: Sequence[Mention]
    dates: Sequence[DateExpression]
    listed: Sequence[Trigger]
    warlike: int
    number: int


def worded(sentences: Sequence[Sentence]) -> list[int]:
    """For each sentence how many real ones stand before it, and last how many there are; a row of emoji is none."""
    real = (sum(token.is_word for token in sentence.tokens) >= _SENTENCE for sentence in sentences)
    return list(accumulate(map(int, real), initial=0))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The word without its English ending: shelled, shells, shelling -> shell. No linguist's stem, but a steady one."""
    for ending, read in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + read
            if ending in {"ing", "ed"} and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "sl":
                word = word[:-1]
            break
    return word.rstrip("e") if len(word) > 3 else word


@lru_cache(maxsize=1)
def known_stems() -> frozenset[str]:
    """Stems that often enough name events in the training texts; other words are never asked."""
    text = files("app.recognition.models").joinpath("trigger_stems.txt").read_text("utf-8")
    return frozenset(text.split())


@lru_cache(maxsize=1)
def _classes() -> Mapping[str, tuple[str, ...]]:
    """Word -> classes of the lexicon that hold it: people, fighters, weapon, building..."""
    out: dict[str, list[str]] = {}
    for name, members in lexicon().classes.items():
        for word in members:
            out.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in out.items()}


@lru_cache(maxsize=1)
def listed_kinds() -> Mapping[str, tuple[str, ...]]:
    """First word of a lexicon pattern -> the kinds that it may name."""
    return {word: tuple(sorted({kind for kind, _ in rows})) for word, rows in lexicon().patterns.items()}


@lru_cache(maxsize=1)
def _little() -> frozenset[str]:
    return languages()["en"].function_words | _PASSIVE | _MODAL | _PARTICLES


def may_be_trigger(token: Token) -> bool:
    """A word that may name an event at all."""
    return token.is_word and len(token.lower) >= 3 and token.lower not in _little()


def _side(
    name: str, own: str, tokens: Sequence[Token], mentioned: Mapping[int, Mention], places: set[int], window: range
) -> list[str]:
    """Features of one side of the word."""
    out: list[str] = []
    classes, people = set[str](), False
    for index in window:
        token = tokens[index]
        classes.update(_classes().get(token.lower, ()))
        if index in mentioned:
            people |= mentioned[index].kind == "associative"
        elif token.is_word and token.lower not in _little():
            out.append(f"{name}={stem(token.lower)}")
    marks = sorted(classes)
    if not places.isdisjoint(window):
        marks.append("place")
    if people:
        marks.append("people of")
    if any(tokens[index].is_number for index in window):
        marks.append("number")
    return out + [f"{name}c={mark}" for mark in marks] + [f"{name}c={mark}|{own}" for mark in marks]


def trigger_features(scene: Scene, wanted: Sequence[int]) -> list[list[str]]:
    """Features of the tokens with these numbers."""
    tokens, size = scene.sentence.tokens, len(scene.sentence.tokens)
    mentioned = {
        index: mention
        for mention in scene.mentions
        for index, token in enumerate(tokens)
        if mention.start <= token.start < mention.end
    }
    places = {i for i, m in mentioned.items() if m.kind == "literal" and m.role != "dateline"}
    listed = {index: trigger.kind for trigger in scene.listed for index in range(trigger.first, trigger.last + 1)}
    low = [_EDGE] * _BESIDE + [token.lower for token in tokens] + [_EDGE] * _BESIDE
    shared = [f"warlike={scene.warlike}", f"sentence={min(scene.number, 2)}"]
    shared += ["dated"] * bool(scene.dates) + ["placed"] * bool(places) + ["if"] * bool({"if", "whether"} & set(low))
    shared += ["asks"] * (tokens[-1].text == "?")
    out: list[list[str]] = []
    for index in wanted:
        token = tokens[index]
        word, own = token.lower, stem(token.lower)
        at = index + _BESIDE
        hit = listed.get(index, "-")
        features = ["bias", f"w={word}", f"st={own}", f"e={word[-3:]}", f"e={word[-2:]}", *shared, f"hit={hit}"]
        features += [f"lx={kind}" for kind in listed_kinds().get(word, ("-",))]
        if hit != "-":
            features.append(f"hit={hit}|{own}")
        features += [f"{offset:+d}={low[at + offset]}" for offset in range(-_BESIDE, _BESIDE + 1) if offset]
        features += [
            f"-1|{low[at - 1]}|{own}", f"+1|{low[at + 1]}|{own}", f"-21={low[at - 2]} {low[at - 1]}",
            f"+12={low[at + 1]} {low[at + 2]}",
        ]  # fmt: skip
        features += _side("<", own, tokens, mentioned, places, range(max(0, index - _REACH), index))
        features += _side(">", own, tokens, mentioned, places, range(index + 1, min(size, index + 1 + _REACH)))
        if scene.dates:
            features.append(f"dated|{own}")
        if not _PASSIVE.isdisjoint(low[at - 3 : at]):
            features += ["passive", f"passive|{own}"]
        if low[at - 1] in _MODAL:
            features.append("modal")
        if token.is_capital:
            features.append(f"capital={index == 0}")
        if any(other != index for other in listed):
            features.append("others")
        out.append(features)
    return out
