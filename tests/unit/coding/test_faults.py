"""Faults that readers found, each as the sentence that showed it. The articles are of Wednesday, 5 June 2024."""

import pytest

from app.domain.events import Event
from app.places import Gazetteer
from tests.steps import read


def _events(text: str, places: Gazetteer) -> list[Event]:
    return list(read(text, places, "2024-06-05").events)


@pytest.mark.parametrize(("text", "told"), [
    # what a march demands is no plan, and what it is against has not happened
    ("Hundreds of teachers protested in Villavicencio on Tuesday to demand better pay.", ["protest occurred 06-04"]),
    ("Thousands marched in Dakar on Monday to call for elections.", ["protest occurred 06-03"]),
    ("A march in Dakar is planned for Monday to call for elections.", ["protest planned 06-10"]),
    ("Students protested against the release of an officer in Jos on Monday.", ["protest occurred 06-03"]),
    # a threat is one event, what it threatens none
    ("The M23 rebels threatened on Monday to attack the town of Sake.", ["threat occurred 06-03"]),
    # a government's note is no march
    ("Baghdad protested to Ankara after Turkish drones hit Sinjar on Monday.", ["drone_strike occurred 06-03"]),
    # people driven out are no ground taken, weapons seized in a town are no town seized
    ("Soldiers expelled 400 villagers from Buthidaung on Monday.", ["displacement occurred 06-03"]),
    ("Hundreds of families were driven from their homes in Buthidaung on Monday.", ["displacement occurred 06-03"]),
    ("Police seized 14 rockets in the village of Abu Saida on Monday.", ["weapons_seizure occurred 06-03"]),
    # shot down over a town: stopped, not struck
    ("Ukrainian forces shot down two drones over the port of Odesa on Monday.", ["interception occurred 06-03"]),
    ("A mortar bomb fired from across the line killed a shepherd in Kunar on Monday.", ["shelling occurred 06-03"]),
    # fighters who flee withdraw
    ("The rebels fled from Koidu on Monday.", ["withdrawal occurred 06-03"]),
    # figures of speech, habits
    ("Gunmen shot two men in Sinjar on Monday on their way back from a funeral.", ["killing occurred 06-03"]),
    ("Officials in Cairo, who often mediate between the two sides, arrived.", []),
    # the day of the statement is not a second event's
    (
        "A car bomb in Quetta killed five people on Monday. The blast killed nine people, a doctor said on Tuesday.",
        ["ied occurred 06-03"],
    ),
    # "the next morning" where nothing says the morning after what
    ("The army retook Bosso next morning.", ["territory_capture occurred 06-05"]),
    # an apposition does not hide the event
    (
        "Kurdish fighters handed over Sheikh Maqsoud, a quarter of Aleppo, to the security forces on Friday.",
        ["territory_transfer occurred 05-31"],
    ),
])  # fmt: skip
def test_what_is_told(places: Gazetteer, text: str, told: list[str]) -> None:
    events = _events(text, places)
    assert [f"{e.kind} {e.status} {e.date.start:%m-%d}" for e in events if e.date and e.date.start] == told
    assert len(events) == len(told)


@pytest.mark.parametrize(("text", "names"), [
    # where the doers are is where they do it
    ("Police in Doda have arrested a teenager with a pistol.", ["Doda"]),
    # a part of a city owned by it
    ("Beirut's southern suburbs were bombed on Sunday.", ["Beirut's southern suburbs"]),
    # second places of a clause
    (
        "Youths threw firebombs at a bus in Errenteria, near San Sebastian, and at the court of Bergara on Friday.",
        ["Errenteria", "Bergara"],
    ),
    # a possessive inside a name
    ("Thousands of Rohingya fled to Cox's Bazar on Monday.", ["Cox’s Bāzār"]),
])  # fmt: skip
def test_where(places: Gazetteer, text: str, names: list[str]) -> None:
    assert [event.place and event.place.place.name for event in _events(text, places)] == names


def test_a_place_that_the_gazetteer_lacks_is_named(places: Gazetteer) -> None:
    text = "Jets flattened a clinic in Sikeniye, a village in Iraq, on Tuesday."
    document = read(text, places, "2024-06-05")
    (event,) = document.events
    assert event.unresolved_place is not None
    assert event.unresolved_place.text == "Sikeniye"
    assert event.place is None or event.place.geo_precision == 3
    assert {t.text: t.role for t in document.toponyms}["Sikeniye"] == "event_place"


@pytest.mark.parametrize(("text", "actors"), [
    # who falls when others attack
    ("Two soldiers were killed when rebels ambushed a car near Goma.", {"soldiers": "target", "rebels": "initiator"}),
    # equals
    ("The army and rebels fought a gun battle in Goma.", {"army": "party", "rebels": "party"}),
    # two names of one actor
    ("Fighters of al Shabaab attacked an army base in Baidoa.", {"Fighters of al Shabaab": "initiator"}),
    ("Paramilitary Rapid Support Forces stormed El Fasher.", {"Paramilitary Rapid Support Forces": "initiator"}),
    # who is told takes no part
    ("Shells killed two in Goma on Monday, a witness told reporters.", {}),
    # neither the dateline nor an exercise
    ("BAGHDAD - Iraqi soldiers seized Hawija.", {"Iraqi soldiers": "initiator"}),
    ("A joint military exercise began in Pabrade on Monday.", {}),
    # who receives, who is driven out
    ("Soldiers surrendered to Nigerian troops in Bama.", {"Soldiers": "initiator", "Nigerian troops": "target"}),
    ("Soldiers expelled 400 villagers from Buthidaung.", {"Soldiers": "initiator", "villagers": "target"}),
])  # fmt: skip
def test_who(places: Gazetteer, text: str, actors: dict[str, str]) -> None:
    (event,) = _events(text, places)
    assert {actor.name: actor.role for actor in event.actors} == actors


def test_herders_who_are_hit_are_civilians(places: Gazetteer) -> None:
    (event,) = _events("An air strike on a market in Kajuru killed 12 herders on Monday.", places)
    assert [(actor.name, actor.inter) for actor in event.actors] == [("herders", "Civilians")]


def test_a_side_that_tells_its_own_losses_claims_nothing(places: Gazetteer) -> None:
    text = (
        "At least 16 Malian soldiers were killed when jihadists ambushed their convoy near Bandiagara, the army said."
    )
    assert [event.status for event in _events(text, places)] == ["occurred"]


@pytest.mark.parametrize(("text", "killed", "injured"), [
    ("A car bomb in Quetta killed five people on Monday. The death toll has risen to nine, police said.", 9, None),
    ("A car bomb exploded in Quetta on Monday. The toll rose to nine on Tuesday and 12 people were wounded.", 9, 12),
    ("Gunmen looted a shop in Jos on Monday. Two guards were wounded.", None, 2),
])  # fmt: skip
def test_later_tolls(places: Gazetteer, text: str, killed: int | None, injured: int | None) -> None:
    (event,) = _events(text, places)
    assert (event.fatalities and event.fatalities.best) == killed
    assert (event.injured and event.injured.best) == injured
