"""Name keys: what a spelling is reduced to so that Dara'a, Daraa and DARAA meet, and دَرْعا meets درعا.

Script meets script: Latin letters are folded to ASCII, every other script keeps its own letters, because
transliteration does not lead from Arabic to the Latin spelling of the news (درعا would become "drʿa").
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHES = "'`´‘’‚‛′ʹʺʻʼʽʾʿˈˊˋˮ՚՛᾽᾿＇ꞌ"
"""ASCII and curly quotes, primes, modifier letters for ayn and hamza: they are written or left out at will."""

_FOLDED_LETTERS = {
    **dict.fromkeys("أإآٱٲٳ", "ا"),
    **dict.fromkeys("ىیې", "ي"),
    "ئ": "ي",
    **dict.fromkeys("ةھہۀەۃ", "ه"),
    **dict.fromkeys("کڪ", "ك"),
    "ؤ": "و",
    "ء": "",
    "ـ": "",
}
_MARKS = str.maketrans({**dict.fromkeys(_APOSTROPHES, ""), **_FOLDED_LETTERS, "&": " and "})

_ARTICLES = (
    *("al", "el", "ul", "as", "es", "us", "ash", "esh", "ad", "ed", "ud", "adh", "edh", "ar", "er", "ur"),
    *("at", "et", "ut", "ath", "eth", "az", "ez", "uz", "an", "en", "un"),
)
"""Spellings of the Arabic article; its consonant is often taken from the next word (as-Suwayda, Deir ez-Zor)."""
_INNER_ARTICLES = tuple(article for article in _ARTICLES if article not in {"us", "er", "et", "ut", "en", "un"})
"""Those that mean something else inside European names are left standing there (Chaumont-en-Vexin)."""

_APART = rf"(?:\s*[-‐‑–]\s*|[{_APOSTROPHES}]|\s+)(?=\w)"
_LEADING_ARTICLE = re.compile(rf"^\W*(?:{'|'.join(_ARTICLES)}){_APART}", re.IGNORECASE)
_INNER_ARTICLE = re.compile(rf"(?<=[\s‐‑–-])(?:{'|'.join(_INNER_ARTICLES)}){_APART}", re.IGNORECASE)
_ARABIC_ARTICLE = "ال"
_POSSESSIVE = re.compile(rf"(?<=\w)(?:[{_APOSTROPHES}][sS]|(?<=[sS])[{_APOSTROPHES}])$")
_THE = re.compile(r"^the\s+(?=\w)", re.IGNORECASE)
_SHORT_FORMS = {"st": "saint", "ste": "saint", "mt": "mount", "ft": "fort"}
_SHORT = re.compile(r"\b(?:(st|mt|ft)\.?|(ste)\.)(?=[\s-]+\w)", re.IGNORECASE)
_ROMAN_NUMERALS = "II III IV VI VII VIII IX XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()  # noqa: SIM905 - a table
_ARABIC_NUMERALS = (2, 3, 4, *range(6, 10), *range(11, 21))
_NUMBERS = dict(zip(_ROMAN_NUMERALS, map(str, _ARABIC_NUMERALS), strict=True))
_ROMAN = re.compile(rf"(?<=[\w.][\s-])(?:{'|'.join(sorted(_ROMAN_NUMERALS, key=len, reverse=True))})\b")
"""Behind another word and in capitals. I, V and X alone are letters too."""
_NOT_ALPHANUMERIC = re.compile(r"[^a-z0-9]+")


def _is_vowel_sign(letter: str) -> bool:
    """True for the signs that Indic, Thai and Burmese writing cannot do without."""
    category = unicodedata.category(letter)
    return category == "Mc" or (category == "Mn" and not "\ufe00" <= letter <= "\ufe0f")


@lru_cache(maxsize=16_384)
def _fold_letter(letter: str) -> str:
    """Plain ASCII for a letter of the Latin script (ß, ø, ı, ə); any other letter or digit as it is; else nothing."""
    if not letter.isalnum():
        return letter if _is_vowel_sign(letter) else ""
    if letter.isascii() or not unicodedata.name(letter, "").startswith("LATIN"):
        return letter
    return _NOT_ALPHANUMERIC.sub("", anyascii(letter).lower())


def _without_final_h(key: str) -> str:
    """Ta marbuta is written -a, -ah or -eh at will: Turba, Turbah; Hasaka, Hasakeh."""
    while len(key) >= 5 and key.endswith(("ah", "eh")) and key.isascii():
        key = key[:-2] + "a"
    return key


def compute_name_key(text: str) -> str:
    """`name_key` without the cache, for who reads a million different names once."""
    return _without_final_h(_letters(text))


def _letters(text: str) -> str:
    text = text.translate(_MARKS)
    if "t" in text or "T" in text:
        text = _SHORT.sub(lambda found: _SHORT_FORMS[(found[1] or found[2]).lower()], text)
    if "I" in text or "X" in text:
        text = _ROMAN.sub(lambda found: _NUMBERS[found[0]], text)
    text = text.casefold()
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).casefold()
        text = "".join(c for c in text if not unicodedata.combining(c)).translate(_MARKS)
        if not text.isascii():
            return "".join(map(_fold_letter, text))
    return _NOT_ALPHANUMERIC.sub("", text)


def compute_bare_key(text: str, whole: str | None = None) -> str:
    """`bare_key` without the cache. `whole` is the name key of the text, for who has it already."""
    rest = _INNER_ARTICLE.sub("", _LEADING_ARTICLE.sub("", text, count=1))
    key = "" if rest == text else compute_name_key(rest)
    if len(key) < 2:
        key = compute_name_key(text) if whole is None else whole
    while key.startswith(_ARABIC_ARTICLE) and len(key) >= len(_ARABIC_ARTICLE) + 2:
        key = key[len(_ARABIC_ARTICLE) :]
    return key


@lru_cache(maxsize=32_768)
def name_key(text: str) -> str:
    """Key of a whole name: letters and digits only, words joined, case and marks gone. Empty when none is left.

    `Dar‘ā` gives `dara`, `St. Petersburg` gives `saintpetersburg`; the key of a key is the key itself.
    """
    return compute_name_key(text)


@lru_cache(maxsize=32_768)
def bare_key(text: str) -> str:
    """Key of the name without Arabic articles; the same as `name_key` where there is none.

    A Latin article counts only when it is written apart (al-Bab, El Fasher, Deir ez-Zor; not Aleppo); the Arabic ال
    only at the start, as long as two letters remain.
    """
    return compute_bare_key(text)


@lru_cache(maxsize=32_768)
def exact_keys(text: str) -> tuple[str, ...]:
    """Keys of the mention as written, without a possessive ending, and without "the"."""
    owner = _POSSESSIVE.sub("", text.rstrip())
    spellings = (text, owner, _THE.sub("", text.lstrip()), _THE.sub("", owner.lstrip()))
    return tuple(dict.fromkeys(key for key in map(compute_name_key, spellings) if key))


@lru_cache(maxsize=32_768)
def mention_keys(text: str) -> tuple[str, ...]:
    """Keys under which a mention may stand in the gazetteer, in the order to try them, without doubles.

    First `exact_keys`: as written, without a possessive ending ("Syria's"), without "the"; then the same without
    Arabic articles.
    """
    owner = _POSSESSIVE.sub("", text.strip())
    bare = (compute_bare_key(owner), compute_bare_key(_THE.sub("", owner)))
    return tuple(dict.fromkeys(key for key in (*exact_keys(text), *bare) if key))
