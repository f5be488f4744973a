"""When two tellings are one event, and what becomes of their words."""

from dataclasses import replace
from typing import Any

import pytest

from app.coding.drafts import Draft, merge, merged, same_event, with_toll
from app.domain.events import Toll
from app.recognition.casualties import TollMention
from app.recognition.triggers import Trigger
from app.resolution.relations import Spot, spot_of
from tests.factories import make_actor, make_date, make_place

SAIDA = make_place(id="saida", name="Saida", lat=32.63, lon=36.22)
NEXT_DOOR = make_place(id="next", name="Next door", lat=32.64, lon=36.23)  # 1.5 km
HOMS = make_place(id="homs", name="Homs", admin1="Homs", lat=34.73, lon=36.71)
UNIT = make_place(id="unit", name="Daraa", feature_class="A", feature_code="ADM1", lat=32.87, lon=36.17, radius_km=65)
MONDAY, TUESDAY = make_date("2023-04-03", confidence=0.5), make_date("2023-04-04")
ASSUMED = make_date("2023-04-03", source="document", confidence=0.9)
FIVE, SIX = Toll(5, 5, 5, "five", vague=False), Toll(6, 6, 6, "six", vague=False)


def _at(place: Any, *, told: bool = True) -> Spot:
    spot = spot_of(place)
    return replace(spot, start=10, end=15) if told else spot


def _draft(kind: str = "armed_clash", sentence: int = 0, **changes: Any) -> Draft:
    defaults: dict[str, Any] = {
        "trigger": Trigger(20 * sentence, 20 * sentence + 5, "words", kind, 0, 0, 1),
        "start": 20 * sentence,
        "end": 20 * sentence + 19,
        "sentence": sentence,
        "status": "occurred",
        "when": MONDAY,
        "spot": _at(SAIDA),
        "others": (),
        "place_confidence": 0.8,
        "actors": (),
        "fatalities": None,
        "injured": None,
        "attribution": None,
    }
    return Draft(**defaults | changes)


@pytest.mark.parametrize(("first", "second", "same"), [
    # told again a sentence later
    (_draft(), _draft(sentence=1), True),
    # a place next door is the same place, another town is not
    (_draft(), _draft(sentence=1, spot=_at(NEXT_DOOR)), True),
    (_draft(), _draft(sentence=1, spot=_at(HOMS)), False),
    # another day with words of its own
    (_draft(), _draft(sentence=1, when=TUESDAY), False),
    # no day or no place contradicts nothing
    (_draft(), _draft(sentence=1, when=None), True),
    (_draft(), _draft(sentence=1, spot=None), True),
    # claimed and occurred are both told as real; planned and denied are not
    (_draft(), _draft(sentence=1, status="claimed"), True),
    (_draft(), _draft(sentence=1, status="planned"), False),
    (_draft(), _draft(sentence=1, status="denied"), False),
    # the dead of an air strike, told in the next sentence; the same words far away are another event
    (_draft("air_strike"), _draft("killing", sentence=1), True),
    (_draft("air_strike"), _draft("killing", sentence=9), False),
    # kinds that have nothing to do with each other
    (_draft("arrest"), _draft("protest", sentence=1), False),
    # the province in which the town lies, when only carried over
    (_draft(), _draft(sentence=1, spot=_at(UNIT, told=False)), True),
    # talks are told now by their region, now by their town
    (_draft("talks", spot=_at(UNIT)), _draft("talks", sentence=1), True),
    # two killings with tolls of their own
    (_draft("killing", fatalities=FIVE), _draft("killing", sentence=1, fatalities=SIX), False),
])  # fmt: skip
def test_same(first: Draft, second: Draft, same: bool) -> None:
    assert same_event(first, second) == same


def test_two_places_of_one_sentence_stay_two() -> None:
    """ "captured A and B" """
    assert not same_event(_draft(), _draft(spot=replace(_at(NEXT_DOOR), start=30, end=35)))


@pytest.mark.parametrize(("field", "first", "second", "kept"), [
    # the later toll is the newer one; a toll is never lost
    ("fatalities", FIVE, SIX, SIX),
    ("fatalities", FIVE, None, FIVE),
    ("injured", None, FIVE, FIVE),
    # words of the text beat what was only assumed
    ("when", ASSUMED, MONDAY, MONDAY),
    ("when", None, MONDAY, MONDAY),
    # a fact beats a claim
    ("status", "claimed", "occurred", "occurred"),
])  # fmt: skip
def test_what_is_kept(field: str, first: Any, second: Any, kept: Any) -> None:
    one = merge(_draft(**{field: first}), _draft(sentence=1, **{field: second}))
    assert getattr(one, field) == kept


def test_stronger_kind_gives_the_words() -> None:
    one = merge(_draft("killing"), _draft("air_strike", sentence=1))
    assert (one.kind, one.sentence) == ("air_strike", 1)


def test_finer_place_wins() -> None:
    one = merge(_draft(spot=_at(UNIT)), _draft(sentence=1, spot=_at(SAIDA)))
    assert one.spot is not None
    assert one.spot.place == SAIDA


def test_actors_are_joined_without_doubles() -> None:
    army, rebels = make_actor("army"), make_actor("rebels", inter="Rebel group")
    one = merge(_draft(actors=(army,)), _draft(sentence=1, actors=(make_actor("Army"), rebels)))
    assert [actor.name for actor in one.actors] == ["army", "rebels"]


def test_reading_order_is_kept() -> None:
    drafts = [_draft("arrest"), _draft("protest", sentence=1), _draft("arrest", sentence=2)]
    assert [draft.kind for draft in merged(drafts)] == ["arrest", "protest"]


@pytest.mark.parametrize(("draft", "killed"), [
    (_draft("air_strike"), 5),
    (_draft("air_strike", fatalities=SIX), 6),  # what it has already is kept
    (_draft("talks"), None),  # nobody dies of talks
    (_draft("air_strike", status="planned"), None),
])  # fmt: skip
def test_toll_of_a_later_sentence(draft: Draft, killed: int | None) -> None:
    toll = with_toll(draft, [TollMention("killed", FIVE, 0, 1)]).fatalities
    assert (toll and toll.best) == killed
