"""Which words name an event, and of which kind: every kind once, then the traps."""

from itertools import pairwise

import pytest

from app.domain.ontology import KINDS
from app.places import Gazetteer
from app.recognition.triggers import lexicon, topic_of
from tests.steps import triggers_of

BY_KIND = [
    ("armed_clash", "Clashes broke out between the army and rebels in Homs."),
    ("armed_clash", "The two sides exchanged fire near Homs."),
    ("armed_clash", "Fighters attacked an army checkpoint."),
    ("ambush", "Gunmen ambushed a convoy near Homs."),
    ("offensive", "The army launched an offensive against the rebels."),
    ("territory_capture", "Rebels captured the town of Saida."),
    ("territory_capture", "The village was retaken at dawn."),
    ("territory_transfer", "The army handed over the base to the police."),
    ("withdrawal", "The army withdrew from Homs."),
    ("siege", "Fighters laid siege to the town."),
    ("base_established", "The army set up a base in Homs."),
    ("troop_movement", "The army deployed troops to the border."),
    ("military_exercise", "The navy held joint exercises off Latakia."),
    ("air_strike", "An air strike hit Idlib."),
    ("air_strike", "Warplanes bombed Idlib."),
    ("air_strike", "A helicopter dropped barrel bombs on Idlib."),
    ("drone_strike", "A drone strike killed two in Kherson."),
    ("missile_strike", "A ballistic missile hit Odesa."),
    ("rocket_attack", "Rockets were fired at Sderot."),
    ("shelling", "The army shelled the town."),
    ("shelling", "Mortar fire hit a school."),
    ("suicide_bomb", "A suicide bomber killed nine in Kabul."),
    ("ied", "A roadside bomb hit a bus."),
    ("landmine", "Two men stepped on a mine."),
    ("grenade", "A man threw a grenade into the cafe."),
    ("chemical_attack", "A chlorine attack was reported in Saraqib."),
    ("massacre", "Militiamen massacred villagers."),
    ("assassination", "The mayor was assassinated."),
    ("killing", "Gunmen killed three farmers."),
    ("killing", "Two men were shot dead."),
    ("abduction", "Gunmen kidnapped five students."),
    ("sexual_violence", "Two women were raped by militiamen."),
    ("protest", "Hundreds protested in Baghdad."),
    ("protest", "Teachers held a sit-in outside the ministry."),
    ("protest_repression", "Police fired tear gas at protesters."),
    ("riot", "Youths threw stones at the police."),
    ("mob_violence", "A mob lynched a suspected thief."),
    ("talks", "The talks resumed in Geneva."),
    ("ceasefire", "The two sides agreed a ceasefire."),
    ("release", "Rebels released two prisoners."),
    ("surrender", "Ten fighters surrendered to the army."),
    ("weapons_surrender", "The fighters handed over their weapons."),
    ("weapons_seizure", "The police seized a cache of rifles."),
    ("interception", "Air defences shot down four drones."),
    ("arrest", "The police arrested two suspects."),
    ("looting", "Gunmen looted shops."),
    ("property_destruction", "Militiamen burned houses."),
    ("displacement", "Thousands fled their homes."),
    ("threat", "The group threatened to attack."),
    ("other", "A curfew was imposed on the town."),
]


@pytest.mark.parametrize(("kind", "text"), BY_KIND)
def test_kind(places: Gazetteer, kind: str, text: str) -> None:
    assert kind in {trigger.kind for trigger in triggers_of(text, places)}


def test_every_kind_has_a_row() -> None:
    assert {kind for kind, _ in BY_KIND} == set(KINDS)


@pytest.mark.parametrize("text", [
    # figures of speech
    "The meeting took place in Homs.",
    "She had a heart attack.",
    "They struck a deal on prices.",
    "The photo shoot was a war of words.",
    "The minister came under fire for his remarks.",
    # names that hold a word of war
    "He works at the Geneva Talks Group.",
    # words that only look like triggers
    "The fire brigade came from the fire station.",
    "The gold mine was closed.",
    "The report was quiet on the matter.",
])  # fmt: skip
def test_no_trigger(places: Gazetteer, text: str) -> None:
    assert triggers_of(text, places) == []


@pytest.mark.parametrize("text", ["The bridge fell on 5 March.", "March 3 was calm."])
def test_march_in_a_date_is_no_march(places: Gazetteer, text: str) -> None:
    assert "protest" not in {trigger.kind for trigger in triggers_of(text, places)}


@pytest.mark.parametrize(("text", "triggers"), [
    # of overlapping words the more specific ones are kept
    ("An air strike on Idlib killed two people.", [("air_strike", "air strike"), ("killing", "killed")]),
    ("A suicide bomb attack hit Kabul.", [("suicide_bomb", "suicide bomb")]),
    # a place name is no trigger, whatever its words
    ("Clashes in Battle, England.", [("armed_clash", "Clashes")]),
])  # fmt: skip
def test_overlaps(places: Gazetteer, text: str, triggers: list[tuple[str, str]]) -> None:
    found = triggers_of(text, places)
    assert [(t.kind, t.text) for t in found if (t.kind, t.text) in triggers] == triggers
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_triggers_know_their_tokens(places: Gazetteer) -> None:
    text = "Then gunmen ambushed a convoy."
    (trigger,) = triggers_of(text, places)
    assert (trigger.first, trigger.last) == (2, 2)
    assert text[trigger.start : trigger.end] == trigger.text == "ambushed"


def test_every_kind_has_a_rank() -> None:
    """The order of precedence names each kind that a pattern can give."""
    kinds = {kind for patterns in lexicon().patterns.values() for kind, _ in patterns}
    assert kinds <= set(lexicon().rank)
    assert kinds <= set(KINDS)


@pytest.mark.parametrize(("text", "topic"), [
    ("the striker scored a penalty in the second half of the match", "sport"),
    ("the film premiere drew an audience to the gallery", "arts"),
    ("the army shelled the town and killed two", None),
])  # fmt: skip
def test_topic(text: str, topic: str | None) -> None:
    assert topic_of(text.split(), 3) == topic
