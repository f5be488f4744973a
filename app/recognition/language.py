"""Which language a text is in.

English, which most articles are, shows by its words and needs no model; for everything else the model of py3langid is
asked (2 s to load, once, on the first text that is not plainly English).
"""

import re
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from app.recognition.passages import little_words
from app.recognition.words import words

SAMPLE = 2000
"""Characters that are looked at; more changes nothing for news."""
LEAST_LETTERS = 12
ENGLISH_SHARE = 0.15
"""Share of little English words in a text that is plainly English..."""
ORDINARY_SHARE = 0.5
"""... or of ordinary English words, in a headline that has no little ones."""


_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


def _is_plainly_english(sample: str) -> bool:
    """A good share of English words, and not as many little words of a neighbouring language."""
    found = _WORD.findall(sample.lower())
    counts = little_words(found)
    english, other = counts.pop("en", 0), max(counts.values(), default=0)
    if other >= max(english, 1):
        return False
    if len(found) >= 6 and english >= ENGLISH_SHARE * len(found):
        return True
    small = words().small
    return sum(word in small for word in found) >= ORDINARY_SHARE * len(found) > 0


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the most likely language; None where there are too few letters to tell."""
    sample = text[:SAMPLE]
    if sum(map(str.isalpha, sample)) < LEAST_LETTERS:
        return None
    if _is_plainly_english(sample):
        return "en"
    code, _ = _identifier().classify(sample.lower() if sample.isupper() else sample)
    return str(code)
