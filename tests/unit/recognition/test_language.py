"""Which language a text is in."""

import pytest

from app.recognition.language import detect_language


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
