"""Faults that readers found, each as the sentence that showed it. The articles are of Wednesday, 5 June 2024."""

from datetime import date

import pytest

from app.domain.documents import Article
from app.domain.events import Event
from app.pipeline import geoparse
from app.places import Gazetteer
from tests.checks import assert_offsets
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
    # an earthquake is no killing, a market no battlefield
    ("An earthquake killed 120 people in Herat on Monday.", []),
    ("Rival Intel is fighting for market share in Taiwan.", []),
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
    # "not only" and an aside deny nothing; a claim of responsibility casts no doubt
    (
        "Rebels not only shelled Homs on Monday but also stormed a police station.",
        ["shelling occurred 06-03", "armed_clash occurred 06-03"],
    ),
    ("The army, which denies targeting civilians, bombed Idlib on Monday.", ["air_strike occurred 06-03"]),
    ("No one has claimed responsibility for a bomb that killed nine in Kabul on Monday.", ["ied occurred 06-03"]),
    ("An attack in Kabul on Monday, claimed by Islamic State, killed nine people.", ["killing occurred 06-03"]),
    # what will be held, and when
    ("Officials said talks will resume on Friday in Geneva.", ["talks planned 06-07"]),
    ("An official said talks between the army and rebels would start in Doha on 20 June.", ["talks planned 06-20"]),
    # an occupied town was taken long ago
    ("Russian shells hit a market in occupied Donetsk on Sunday, killing four people.", ["shelling occurred 06-02"]),
    # days of other things
    ("Ten years ago on Monday, a bomb killed 30 people in Boston.", ["ied occurred 01-01"]),
    ("Militants killed 20 people in Gao, the worst attack since 2014, on Monday.", ["killing occurred 06-03"]),
    # a car is no bomb
    ("A man rammed a car into a crowd in Munich on Thursday, injuring 30.", ["killing occurred 05-30"]),
    # plain words that were missing
    ("Gunmen took 20 pupils from a boarding school in Kuriga on Thursday night.", ["abduction occurred 05-30"]),
    ("The rebels released two captured soldiers in Wamena on Monday.", ["release occurred 06-03"]),
    ("Kidnappers let 24 seminarians go in Jos on Thursday.", ["release occurred 05-30"]),
    ("Jihadists blocked all roads into Timbuktu on Sunday.", ["siege occurred 06-02"]),
    ("Five soldiers were killed by a bomb planted beside the road near Djibo on 29 May.", ["ied occurred 05-29"]),
    ("The village of Robotyne is again in Ukrainian hands since Sunday.", ["territory_capture occurred 06-02"]),
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
    ("Residents of Kaduna protested on Monday, blocking the main road to Abuja.", ["Kaduna"]),
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


def test_its_name_is_found_in_the_text_that_was_sent(places: Gazetteer) -> None:
    text = "So\u00adme je\u00adts flattened a cli\u00adnic in Sikeniye, a village in Iraq, on Tuesday."
    document = geoparse(Article(text, published=date(2024, 6, 5)), places)
    assert [e.unresolved_place and e.unresolved_place.text for e in document.events] == ["Sikeniye"]
    assert_offsets(text, document)


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
    # the doers between the words of the trigger; whose guns they are; who finds the dead
    ("In a separate attack, gunmen killed four people in Gao.", {"gunmen": "initiator", "people": "target"}),
    ("Artillery shelling by the Rapid Support Forces hit El Fasher.", {"Rapid Support Forces": "initiator"}),
    ("Police found six bodies in a mass grave in Jos.", {}),
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
    # a part told later does not replace the whole
    (
        "A suicide bomber killed 56 people in Peshawar on Friday. Before it the man shot two policemen; one died.",
        56, None,
    ),
    # ages are no people, and one side unhurt does not undo the other's dead
    ("A missile in Kharkiv killed a woman, 45, and a man, 50, on Monday.", 2, None),
    ("A shell killed three people in Homs on Monday, but no soldiers were hurt.", 3, 0),
    ("Thousands marched through Sanaa on Saturday to mourn the dead.", None, None),
    ("It was not clear how many were injured in the blast in Kabul on Monday.", None, None),
])  # fmt: skip
def test_later_tolls(places: Gazetteer, text: str, killed: int | None, injured: int | None) -> None:
    (event,) = _events(text, places)
    assert (event.fatalities and event.fatalities.best) == killed
    assert (event.injured and event.injured.best) == injured


def test_an_agency_is_no_place(places: Gazetteer) -> None:
    document = read("The state agency SANA claimed an advance of the army on Saida in Syria.", places, "2024-06-05")
    assert "SANA" not in [toponym.text for toponym in document.toponyms]


def test_a_toll_goes_to_the_town_that_it_names(places: Gazetteer) -> None:
    text = (
        "A suicide bomber killed 56 people in Peshawar on Friday. A bomb killed three people in Quetta on Monday. "
        "The death toll in Peshawar later rose to 62."
    )
    assert [event.fatalities and event.fatalities.best for event in _events(text, places)] == [62, 3]
