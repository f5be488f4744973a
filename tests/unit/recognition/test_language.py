"""Which language a text is in."""

import pytest

from app.datafiles import read_csv
from app.recognition.language import detect_language
from app.recognition.passages import languages


@pytest.mark.parametrize(("text", "language"), [
    ("Shells fell on the market of the town and killed five people, doctors said.", "en"),
    ("Des obus sont tombés sur le marché de la ville et ont tué cinq personnes.", "fr"),
    ("سقطت قذائف على سوق المدينة وقتلت خمسة أشخاص بحسب أطباء.", "ar"),
    ("Снаряди впали на ринок міста та вбили п'ятьох людей, повідомили лікарі.", "uk"),
    ("Los proyectiles cayeron sobre el mercado de la ciudad y mataron a cinco personas.", "es"),
])  # fmt: skip
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text", ["", "12 34 56 78 90 12 34 56", "🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨🚨", "ok", ". . . . . . . . ."]
)
def test_too_little_to_tell(text: str) -> None:
    assert detect_language(text) is None


def test_tables_of_languages() -> None:
    """Rows of inflections.csv belong to a language of languages.yaml, stand once, and change something."""
    rows = list(read_csv("app.recognition.data", "inflections.csv"))
    assert {row["language"] for row in rows} <= languages().keys()
    assert {row["part"] for row in rows} == {"prefix", "suffix"}
    keys = [(row["language"], row["part"], row["written"], row["read"]) for row in rows]
    assert len(keys) == len(set(keys))
    assert all(row["written"] and row["written"] != row["read"] and row["example"] for row in rows)


@pytest.mark.parametrize("code", languages())
def test_words_of_a_language(code: str) -> None:
    """Small letters throughout: text is compared so."""
    language = languages()[code]
    listed = language.function_words | language.locative | language.no_places | language.given_names
    assert all(word == word.lower().strip() for word in (*listed, *language.place_nouns))
