"""The code blocks of ACLED, UCDP and PLOVER, each rule by a row."""

from datetime import date
from typing import Any

import pytest

from app.coding.codes import codes, event_types
from app.domain.dates import EventDate
from app.domain.events import Actor, Toll
from app.domain.ontology import EVENT_TYPES, KINDS
from app.resolution.relations import spot_of
from tests.factories import make_actor, make_place

ARMY = make_actor("Syrian army", inter="State forces", country="SY")
SOMEONE_ELSES_ARMY = make_actor("Turkish army", inter="External/Other forces", country="TR")
REBELS = make_actor("rebels", inter="Rebel group", country="SY")
VILLAGERS = make_actor("villagers", inter="Civilians", role="target", country=None)
DAY = EventDate(date(2023, 4, 3), date(2023, 4, 3), "day", 0.9, "text")


def _target(actor: Actor) -> Actor:
    return make_actor(actor.name, inter=actor.inter, country=actor.country, role="target")


@pytest.mark.parametrize(("kind", "actors", "fatalities", "trigger", "sub"), [
    # who took the ground decides the sub-event type
    ("territory_capture", [ARMY, _target(REBELS)], None, "captured", "Government regains territory"),
    ("territory_capture", [REBELS, _target(ARMY)], None, "captured", "Non-state actor overtakes territory"),
    ("territory_capture", [SOMEONE_ELSES_ARMY], None, "captured", "Non-state actor overtakes territory"),
    ("territory_capture", [], None, "captured", "Non-state actor overtakes territory"),
    # how a march was met
    ("protest_repression", [], None, "fired tear gas", "Protest with intervention"),
    ("protest_repression", [], Toll(2, 2, 2, "two", vague=False), "dispersed", "Excessive force against protesters"),
    ("protest_repression", [], None, "live ammunition", "Excessive force against protesters"),
    ("protest_repression", [], None, "shooting of demonstrators", "Excessive force against protesters"),
    ("protest_repression", [], None, "fired at demonstrators", "Excessive force against protesters"),
    ("protest_repression", [], None, "fired rubber bullets at", "Protest with intervention"),
    ("protest_repression", [], None, "fired into the air", "Protest with intervention"),
    # all others by the table alone
    ("air_strike", [], None, "air strike", "Air/drone strike"),
    ("talks", [], None, "talks", "Agreement"),
])  # fmt: skip
def test_types(kind: str, actors: list[Actor], fatalities: Toll | None, trigger: str, sub: str) -> None:
    event_type, found = event_types(kind, actors, fatalities, trigger, "SY")
    assert found == sub
    assert sub in EVENT_TYPES[event_type]


def _codes(kind: str, actors: list[Actor], toll: Toll | None = None, when: EventDate | None = DAY) -> Any:
    return codes(kind, event_types(kind, actors, toll, "", "SY"), actors, toll, when, spot_of(make_place()))


@pytest.mark.parametrize(("actors", "inter1", "inter2", "interaction"), [
    ([ARMY, _target(REBELS)], 1, 2, 12),
    ([REBELS, _target(ARMY)], 2, 1, 12),  # the lower number always first
    ([REBELS, VILLAGERS], 2, 7, 27),
    ([ARMY], 1, None, 10),  # one-sided
    ([VILLAGERS], None, 7, 70),  # nobody knows who did it
    ([make_actor(role="party"), make_actor("rebels", inter="Rebel group", role="party")], 1, 2, 12),
    ([], None, None, None),
])  # fmt: skip
def test_acled_actors(actors: list[Actor], inter1: int | None, inter2: int | None, interaction: int | None) -> None:
    acled = _codes("armed_clash", actors)["acled"]
    assert (acled["inter1"], acled["inter2"], acled["interaction"]) == (inter1, inter2, interaction)


@pytest.mark.parametrize(("toll", "deaths"), [
    (None, None),
    (Toll(12, 12, 12, "12", vague=False), 12),
    (Toll(12, 12, None, "at least 12", vague=False), 12),
    (Toll(0, None, 29, "killed or wounded 29", vague=False), 0),  # the least that is sure
    (Toll(0, 0, 0, "nobody", vague=False), 0),
])  # fmt: skip
def test_acled_fatalities(toll: Toll | None, deaths: int | None) -> None:
    assert _codes("armed_clash", [ARMY], toll)["acled"]["fatalities"] == deaths


DEAD = Toll(5, 5, None, "at least five", vague=False)


@pytest.mark.parametrize(("kind", "actors", "toll", "violence"), [
    # a state on one side, none on either, or civilians as the target
    ("armed_clash", [ARMY, _target(REBELS)], DEAD, 1),
    ("armed_clash", [REBELS, make_actor("militia", inter="Political militia", role="target")], DEAD, 2),
    ("air_strike", [ARMY, VILLAGERS], DEAD, 3),
    ("massacre", [REBELS], DEAD, 3),
    # nobody died, or the kind never counts: no UCDP event
    ("armed_clash", [ARMY, _target(REBELS)], None, None),
    ("armed_clash", [ARMY, _target(REBELS)], Toll(0, 0, 0, "nobody", vague=False), None),
    ("talks", [ARMY], DEAD, None),
])  # fmt: skip
def test_ucdp(kind: str, actors: list[Actor], toll: Toll | None, violence: int | None) -> None:
    ucdp = _codes(kind, actors, toll)["ucdp"]
    assert (ucdp and ucdp["type_of_violence"]) == violence


def test_ucdp_block() -> None:
    assert _codes("armed_clash", [ARMY, _target(REBELS)], DEAD)["ucdp"] == {
        "type_of_violence": 1, "where_prec": 1, "date_prec": 1, "low": 5, "best": 5, "high": 5,
    }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_codes(kind: str) -> None:
    block = _codes(kind, [])
    assert block["acled"]["sub_event_type"] in EVENT_TYPES[block["acled"]["event_type"]]
    assert block["plover"]["event"].isupper()
    assert set(block["acled"]) == {
        "event_type", "sub_event_type", "inter1", "inter2", "interaction", "geo_precision", "time_precision",
        "fatalities",
    }  # fmt: skip


def test_unknown_place_and_day_are_null() -> None:
    block = codes("armed_clash", ("Battles", "Armed clash"), [], None, None, None)
    assert block["acled"]["geo_precision"] is None
    assert block["acled"]["time_precision"] is None
    assert block["ucdp"] is None
