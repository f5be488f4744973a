"""The script a name is written in."""

import unicodedata

_CODES = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "HEBREW": "Hebr", "GREEK": "Grek", "ARMENIAN": "Armn",
    "GEORGIAN": "Geor", "ETHIOPIC": "Ethi", "DEVANAGARI": "Deva", "BENGALI": "Beng", "GURMUKHI": "Guru",
    "GUJARATI": "Gujr", "ORIYA": "Orya", "TAMIL": "Taml", "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym",
    "SINHALA": "Sinh", "THAI": "Thai", "LAO": "Laoo", "TIBETAN": "Tibt", "MYANMAR": "Mymr", "KHMER": "Khmr",
    "HANGUL": "Hang", "HIRAGANA": "Hira", "KATAKANA": "Kana", "CJK": "Hani", "SYRIAC": "Syrc", "THAANA": "Thaa",
    "TIFINAGH": "Tfng", "MONGOLIAN": "Mong",
}  # fmt: skip


def script_of(name: str) -> str:
    """ISO 15924 code of the first letter's script, `Zyyy` where that is none we know."""
    letter = next((c for c in name if c.isalpha() and unicodedata.category(c) != "Lm"), "")
    words = unicodedata.name(letter, "").split() if letter else []
    return _CODES.get(words[0], "Zyyy") if words else "Zyyy"
