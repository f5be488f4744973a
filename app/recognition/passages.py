"""In which language each sentence stands: enough to read French passages inside an English text, and to say so.

Letters tell scripts apart; in the Latin script the little words do, which languages.yaml lists.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from app.datafiles import read_csv, read_yaml
from app.recognition.tokens import Sentence

_PACKAGE = "app.recognition.data"
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_RUSSIAN = re.compile(r"[ыэъёЫЭЪЁ]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_PERSIAN = re.compile(r"[پچژگکیےٹڈڑں]")
_OTHER_SCRIPTS = {
    "he": re.compile(r"[\u0590-\u05ff]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "hy": re.compile(r"[\u0530-\u058f]"),
    "ka": re.compile(r"[\u10a0-\u10ff]"),
    "ja": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "am": re.compile(r"[\u1200-\u137f]"),
    "my": re.compile(r"[\u1000-\u109f]"),
}
NOT_LATIN = re.compile(r"[\u0370-\u1cff\u2c00-\ud7af\uf900-\ufaff\ufb1d-\ufefc]")
"""A letter of another script than Latin."""
LATIN_LANGUAGES = ("fr", "es", "de", "it", "pt")
_LEAST_WORDS = 2
_WHOLE = 5000
"""Characters of the text around that tell Russian from Ukrainian where a passage does not."""
_LEAST_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of a language: see languages.yaml and inflections.csv. All words in lower case."""

    code: str
    function_words: frozenset[str]
    locative: frozenset[str]
    place_nouns: tuple[str, ...]
    no_places: frozenset[str]
    given_names: frozenset[str]
    prefixes: tuple[tuple[str, str], ...]
    """Pairs of what is written before a name and what of it belongs to the name, the longest first."""
    suffixes: Mapping[str, tuple[str, ...]]
    """Ending as written -> endings of the gazetteer's form."""


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Language]:
    """The languages of languages.yaml by code."""
    table: dict[str, Any] = read_yaml(_PACKAGE, "languages.yaml")
    prefixes: dict[str, list[tuple[str, str]]] = {}
    suffixes: dict[str, dict[str, list[str]]] = {}
    for row in read_csv(_PACKAGE, "inflections.csv"):
        if row["part"] == "prefix":
            prefixes.setdefault(row["language"], []).append((row["written"], row["read"]))
        else:
            suffixes.setdefault(row["language"], {}).setdefault(row["written"], []).append(row["read"])
    return {
        code: Language(
            code,
            frozenset(entry.get("function_words", ())),
            frozenset(entry.get("locative", ())),
            tuple(entry.get("place_nouns", ())),
            frozenset(entry.get("no_places", ())),
            frozenset(entry.get("given_names", ())),
            tuple(sorted(prefixes.get(code, ()), key=lambda pair: (-len(pair[0]), pair))),
            {written: tuple(read) for written, read in suffixes.get(code, {}).items()},
        )
        for code, entry in table.items()
    }


@lru_cache(maxsize=1)
def _little_words() -> Mapping[str, tuple[str, ...]]:
    """Function word -> languages of the Latin script that have it; English goes first."""
    out: dict[str, list[str]] = {}
    for code in ("en", *LATIN_LANGUAGES):
        for word in sorted(languages()[code].function_words):
            out.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in out.items()}


def little_words(words: Iterable[str]) -> dict[str, int]:
    """How many little words of each language are among the words; one with an accent counts twice."""
    table, counts = _little_words(), dict[str, int]()
    for word in words:
        codes = table.get(word)
        if codes is not None:
            for code in codes:
                counts[code] = counts.get(code, 0) + (1 if word.isascii() else 2)
    return counts


def _running_words(sentence: Sentence) -> Iterator[str]:
    """The words as written, the first in small letters; "Al" in "Al-Hol" is no word of its own."""
    tokens = sentence.tokens
    if tokens and (len(tokens) == 1 or tokens[1].text != "-"):
        yield tokens[0].lower
    for token, following in pairwise(tokens[1:]):
        if following.text != "-":
            yield token.text
    if len(tokens) > 1:
        yield tokens[-1].text


def _latin(sentence: Sentence) -> str | None:
    counts = little_words(_running_words(sentence))
    if not counts or counts.keys() == {"en"}:
        return None
    code = max((c for c in LATIN_LANGUAGES if c in counts), key=lambda c: counts[c], default="en")
    if code == "en" or counts[code] < _LEAST_WORDS or counts[code] <= 1.5 * counts.get("en", 0):
        return None
    return code if counts[code] >= _LEAST_SHARE * sum(t.is_word for t in sentence.tokens) else None


def script_language(text: str, whole: str = "") -> str | None:
    """The language that letters of another script are taken for; `whole`, the text around, decides where not."""
    if _CYRILLIC.search(text):
        for piece in (text, whole):
            ukrainian, russian = len(_UKRAINIAN.findall(piece)), len(_RUSSIAN.findall(piece))
            if ukrainian != russian:
                return "uk" if ukrainian > russian else "ru"
        return "ru"
    arabic = len(_ARABIC.findall(text))
    if arabic:
        return "fa" if len(_PERSIAN.findall(text)) >= 0.03 * arabic else "ar"
    return next((code for code, letters in _OTHER_SCRIPTS.items() if letters.search(text)), None)


def passages(sentences: Sequence[Sentence], text: str) -> dict[int, str]:
    """Index of each sentence that is not in English -> its language; of two scripts the longer one counts."""
    out: dict[int, str] = {}
    mixed = has_other_script(text)
    whole = text[:_WHOLE]
    for sentence in sentences:
        if mixed:
            piece = text[sentence.start : sentence.end]
            strange = len(NOT_LATIN.findall(piece))
            if 2 * strange > sum(map(str.isalpha, piece)):
                code = script_language(piece, whole)
                if code:
                    out[sentence.index] = code
                continue
        code = _latin(sentence)
        if code:
            out[sentence.index] = code
    return out


def has_other_script(text: str) -> bool:
    """A letter of the text belongs to another script than Latin."""
    return not text.isascii() and NOT_LATIN.search(text) is not None


def inner_language(text: str, start: int, end: int) -> str | None:
    """The language of words in another script inside a sentence of Latin letters."""
    strange = "".join(NOT_LATIN.findall(text, start, end))
    return script_language(strange, text[:_WHOLE]) if strange else None


def spoken_languages(sentences: Sequence[Sentence], text: str, spoken: Mapping[int, str]) -> set[str]:
    """Languages other than English in which a part of the text was read; `spoken` is what `passages` says of it."""
    out = set(spoken.values())
    if has_other_script(text):
        rest = (s for s in sentences if s.index not in spoken)
        out |= {code for s in rest if (code := inner_language(text, s.start, s.end)) is not None}
    return out
