"""What a name stands for, and what the words around it say about it."""

import pytest

from app.places import Gazetteer
from app.recognition.mentions import read_cues
from tests.steps import mentions_of, sentence_of


@pytest.mark.parametrize(("text", "name", "role"), [
    # 1  landmarks that something is measured from
    ("Clashes broke out 13 km north of Saida.", "Saida", "reference_landmark"),
    ("The town lies on the border with Jordan.", "Jordan", "reference_landmark"),
    ("A mine went off on the road to Aden.", "Aden", "reference_landmark"),
    ("The village is 40 kilometres from Goma.", "Goma", "reference_landmark"),
    # 2  where a speaker sits
    ("A group based in London said so.", "London", "reporting_place"),
    ("The mayor told reporters in Goma that it was calm.", "Goma", "reporting_place"),
    ("In Kyiv, a spokesman said the front held.", "Kyiv", "reporting_place"),
    # 3 to 5  governments
    ("Russia-backed fighters advanced.", "Russia", "actor"),
    ("The Damascus government agreed.", "Damascus", "actor"),
    # a city owns the quarter that is named after it
    ("Tripoli's Abu Salim district was shelled.", "Tripoli", "containing_region"),
    ("Israel's Gaza offensive killed two.", "Israel", "actor"),
    ("Syria's army advanced.", "Syria", "actor"),
    ("Moscow denied the report.", "Moscow", "actor"),
    ("Russia, which has been brokering talks, left.", "Russia", "actor"),
    ("The talks with Russia failed.", "Russia", "actor"),
    ("The militia is backed by Iran.", "Iran", "actor"),
    ("He accused Rwanda of sending troops.", "Rwanda", "actor"),
    # 6  the people of a region
    ("Amhara farmers were killed.", "Amhara", "demonym"),
    # 7  the two ends of a way
    ("Families fled from Homs.", "Homs", "origin"),
    ("Families walked to Hama.", "Hama", "destination"),
    # the ground itself: a country and a capital that are hit do not act
    ("Clashes broke out in Syria.", "Syria", "mention"),
    ("Shells fell on Damascus.", "Damascus", "mention"),
    ("Clashes near Saida killed two.", "Saida", "mention"),
])  # fmt: skip
def test_role(places: Gazetteer, text: str, name: str, role: str) -> None:
    assert [m.role for m in mentions_of(text, places) if m.text == name] == [role]


@pytest.mark.parametrize(("text", "name", "preposition", "feature", "direction"), [
    ("Clashes in the town of Saida began.", "Saida", "in", "PPL", None),
    ("Clashes near Saida began.", "Saida", "near", None, None),
    ("Clashes in Daraa province began.", "Daraa", "in", "ADM1", None),
    ("Clashes in northern Syria began.", "Syria", "in", None, "northern"),
    ("Clashes at the Nassib border crossing began.", "Nassib", "at", "PSTB", None),
    ("Clashes at Kalma refugee camp began.", "Kalma", "at", "CMPRF", None),
    ("Planes left Shayrat air base.", "Shayrat", "left", "AIRB", None),
    ("Saida, a town in the south, fell.", "Saida", None, "PPL", None),
    ("The army holds Saida.", "Saida", None, None, None),
])  # fmt: skip
def test_cues(text: str, name: str, preposition: str | None, feature: str | None, direction: str | None) -> None:
    sentence = sentence_of(text)
    at = next(n for n, token in enumerate(sentence.tokens) if token.text == name)
    cues = read_cues(sentence, at, at)
    assert (cues.preposition, cues.feature, cues.direction) == (preposition, feature, direction)
    assert cues.locative == (preposition is not None or feature is not None)


def test_article_tells_the_river_from_the_country() -> None:
    sentence = sentence_of("They crossed the Niger into Niger.")
    first, second = (n for n, token in enumerate(sentence.tokens) if token.text == "Niger")
    assert read_cues(sentence, first, first).article
    assert not read_cues(sentence, second, second).article
