"""Which language a text is in.

English, which most articles are, shows by its little words and needs no model; for everything else the model of
py3langid
is asked (2 s to load, once, on the first text that is not plainly English).
"""

import re
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 2000
"""Characters that are looked at; more changes nothing for news."""
LEAST_LETTERS = 12
ENGLISH_SHARE = 0.15
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "was",
        "were",
        "that",
        "with",
        "by",
        "said",
        "from",
        "has",
        "have",
        "been",
        "which",
        "after",
        "their",
        "for",
        "is",
        "are",
    ]
)
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _is_plainly_english(sample: str) -> bool:
    """At least six words, a good share of them English words that no neighbouring language has."""
    words = [word.lower() for word in _WORD.findall(sample)]
    known = sum(word in _ENGLISH for word in words)
    return len(words) >= 6 and known >= ENGLISH_SHARE * len(words)


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the most likely language; None where there are too few letters to tell."""
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < LEAST_LETTERS:
        return None
    if _is_plainly_english(sample):
        return "en"
    code, _ = _identifier().classify(sample)
    return str(code)
