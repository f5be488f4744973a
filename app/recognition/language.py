"""Which language a text is in."""

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

SAMPLE = 2000
"""Characters that are looked at; more changes nothing for news."""


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE)


def detect_language(text: str) -> str | None:
    """ISO 639-1 code of the most likely language; None where there are too few letters to tell."""
    if sum(c.isalpha() for c in text[:SAMPLE]) < 12:
        return None
    code, _ = _identifier().classify(text[:SAMPLE])
    return str(code)
