"""triggers.yaml as a whole: what an edit must keep true, what must give no event, and what must give which."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import app
from app.datafiles import read_yaml
from app.domain.ontology import KINDS
from app.places import Gazetteer
from app.recognition.patterns import Choice, Element, Gap, Pattern, Word
from app.recognition.tokens import tokenize
from app.recognition.triggers import lexicon
from tests.steps import triggers_of

HARMLESS = [
    # what words of war do in peace
    "Air raid sirens sounded in Kyiv.",
    "Police seized 20 kg of heroin in Lagos.",
    "The rebel-held town of Saida was quiet.",
    # death and destruction by illness, accident and nature
    "The singer died in Paris after a long cancer.",
    "Nine people died in a bus crash near Kano.",
    "Two children drowned when a ferry capsized off Lamu.",
    "The earthquake killed 40 people in Herat.",
    "The village was destroyed by a flood.",
    "Hundreds of homes were destroyed when a cyclone hit the coast.",
    "Thousands fled the earthquake in Herat.",
    "A landslide killed three people in Goma.",
    "A wildfire forced residents from their homes near Athens.",
    "Lightning killed four farmers in Uganda.",
    "The storm left Derna without power.",
    "A gas explosion killed two people in Cairo.",
    "A mine collapse killed six miners in Kolwezi.",
    "The mayor was killed in a car crash near Lyon.",
    "The market was destroyed by fire in Kano.",
    # trade, prices and work
    "Demand for cars fell in Germany.",
    "The company was forced out of Kenya by losses.",
    "The bank seized assets in Lagos.",
    "Prosecutors seized documents in Lagos.",
    "The album was released in London by the band.",
    "Sales in the region fell.",
    "Sales in Kano fell by a third.",
    "Shares rally in Tokyo.",
    "Shares rallied in Tokyo on the news.",
    "Oil prices fell to a year's low.",
    "The company captured a third of the market.",
    "The bank seized the chance to grow.",
    "The shop was closed to save money.",
    "The firm released its results in March.",
    "The firm launched an advertising offensive in Lagos.",
    "The countries reached a deal on fishing.",
    "The two firms signed an agreement in Accra.",
    "The airline withdrew the ticket.",
    # roads, machines and free things
    "We took the road to Kano.",
    "They took the bus to the city.",
    "The guards turned their guns on the crowd.",
    "The police found a washing machine in the river.",
    "A free clinic for children opened in Nairobi.",
    "The scouts opened a summer camp near Jinja.",
    "Families set up camp by the lake.",
    "The mine is the largest in the country.",
    "The roads are close to the river.",
    "The school closed the road for a parade.",
    # people at rest and at play
    "The team captured the title in Kampala.",
    "He was released from hospital in Lagos.",
    "Residents gathered water in Goma.",
    "Firefighters fought the blaze near Athens.",
    "We sat down to watch a drone show.",
    "The actor gave two rounds of interviews.",
    "The team surrendered a two goal lead.",
    "The boxer was beaten on points.",
    "The children played with a toy gun.",
    "Her new song is about a march of penguins.",
    "The comedian died on stage every night, he joked.",
    "Her second film bombed.",
    # law without politics
    "The judge found him guilty of arms trading.",
    "The court heard that the arson was an accident.",
    "The landlord gave the tenants an ultimatum.",
    "The police found the lost child in Kano.",
    "Police arrested a man for drunk driving in Leeds.",
    "Thieves stole a car in Leeds.",
    # speech and thought
    "Doctors help her to fight cancer.",
    "The minister vowed to fight inflation.",
    "There is a threat of rain in the north.",
    "The forecast warned of the threat of frost.",
    "We agreed to stop for lunch.",
    "Disarmament is a long word.",
    "He fired off a letter to the editor.",
    "The proposal came under attack from economists.",
    "Critics attacked the new book.",
    "The chef took over the kitchen in Rome.",
    "The bill was shot down by the senate.",
    "The mayor opened talks on parking fees with a joke.",
    "The protest vote was small.",
    "A demonstration of the new tractor drew farmers.",
    "A hack of the site leaked mails.",
    "The rocket launch from the space port was watched by millions.",
    "The radio host welcomed a summit of chefs.",
    # what did not happen
    "Police found no bombs.",
    "The police found no weapons in the house.",
    "Soldiers killed no civilians in Homs.",
]  # fmt: skip

TELLING = [
    ("territory_capture", "Rebels took the town of Saida."),
    ("territory_capture", "The army drove the rebels out of Kherson."),
    ("territory_capture", "Fighters forced the army from the base."),
    ("territory_capture", "The town fell to the rebels."),
    ("territory_capture", "The rebels took full control of Homs."),
    ("territory_transfer", "The troops handed over the base to the police."),
    ("territory_transfer", "Troops entered the town unopposed."),
    ("withdrawal", "Government forces withdrew from Kherson."),
    ("withdrawal", "The rebels pulled out of Homs."),
    ("siege", "The army laid siege to Homs."),
    ("siege", "Rebels blockaded the town."),
    ("base_established", "The army set up a checkpoint in Homs."),
    ("base_established", "The army opened a base in Latakia."),
    ("troop_movement", "The army deployed 300 soldiers to the border."),
    ("troop_movement", "A convoy of tanks entered Homs."),
    ("military_exercise", "The army held live-fire drills off Latakia."),
    ("military_exercise", "The two armies began a joint exercise."),
    ("armed_clash", "Soldiers and rebels fought near Homs."),
    ("armed_clash", "Troops exchanged cross-border fire near Sderot."),
    ("armed_clash", "A cross-border raid was reported at Kessab."),
    ("armed_clash", "Inter-communal violence broke out in Jos."),
    ("armed_clash", "The base came under attack from militants."),
    ("ambush", "A patrol was ambushed near Gao."),
    ("offensive", "The rebels began a counter-offensive near Kherson."),
    ("offensive", "The army launched a ground offensive."),
    ("air_strike", "An air-strike hit a school in Idlib."),
    ("air_strike", "Airstrikes killed six people in Idlib."),
    ("air_strike", "Jets bombed the town."),
    ("drone_strike", "An explosive-laden drone hit a depot in Kherson."),
    ("drone_strike", "Drones struck an oil depot."),
    ("missile_strike", "Two cruise missiles struck Odesa."),
    ("missile_strike", "The army fired an anti-tank missile at the house."),
    ("rocket_attack", "Rebels fired ten rockets at Sderot."),
    ("rocket_attack", "Rockets landed in the town."),
    ("shelling", "The army shelled Homs."),
    ("shelling", "Three people were killed by mortar fire."),
    ("suicide_bomb", "A suicide-bomber blew himself up in Kabul."),
    ("suicide_bomb", "He drove an explosives-laden truck into the gate."),
    ("ied", "A booby-trapped car exploded in Azaz."),
    ("ied", "A car bomb went off in Mogadishu."),
    ("ied", "A bomb exploded near the mosque."),
    ("landmine", "A land-mine killed two farmers."),
    ("landmine", "Their car hit an anti-tank mine."),
    ("grenade", "Gunmen hurled a hand grenade at the bar."),
    ("grenade", "A grenade attack hurt six people."),
    ("chemical_attack", "A sarin attack killed dozens in Ghouta."),
    ("chemical_attack", "The army used chemical weapons in Ghouta."),
    ("massacre", "Rebels massacred 30 villagers."),
    ("massacre", "Militants beheaded four men."),
    ("assassination", "Gunmen assassinated a judge in Quetta."),
    ("killing", "A farmer was shot dead in Jos."),
    ("killing", "Bandits killed five traders."),
    ("killing", "Two men were stabbed to death in Jos."),
    ("killing", "Gunmen opened fire on worshippers in Jos."),
    ("killing", "The bodies of four men were found near Tera."),
    ("abduction", "Bandits abducted 20 pupils."),
    ("abduction", "A hostage-taking was reported in Gao."),
    ("sexual_violence", "Soldiers raped two women."),
    ("sexual_violence", "Three girls were gang-raped by fighters."),
    ("protest", "Workers staged a sit-in in Tunis."),
    ("protest", "Hundreds rallied in Tunis against the law."),
    ("protest", "Students marched through Tunis."),
    ("protest", "A general strike shut Gafsa."),
    ("protest", "Demonstrations were held in Tunis."),
    ("protest", "Students occupied the library in Paris."),
    ("protest", "A general strike hit Paris."),
    ("protest_repression", "Police used tear gas to disperse protesters."),
    ("protest_repression", "The police broke up a demonstration."),
    ("riot", "Protesters torched a bank in Tunis."),
    ("riot", "Rioters pelted the police with bottles."),
    ("mob_violence", "A man was lynched by an angry mob."),
    ("talks", "Peace talks began in Geneva."),
    ("talks", "The envoys met in Doha to discuss a truce."),
    ("ceasefire", "The two sides agreed to a cease-fire."),
    ("ceasefire", "A truce took effect in Hodeida."),
    ("ceasefire", "The rebels signed a peace deal with the government."),
    ("release", "The rebels freed six hostages."),
    ("release", "The two sides swapped prisoners."),
    ("surrender", "Forty rebels surrendered to the army."),
    ("surrender", "The fighters gave themselves up."),
    ("weapons_surrender", "The militia handed in 200 rifles."),
    ("weapons_surrender", "The disarmament of the militia began."),
    ("weapons_seizure", "Police seized AK-47 rifles in Lagos."),
    ("weapons_seizure", "Soldiers found a cache of explosives."),
    ("interception", "Air defences downed nine drones over Kyiv."),
    ("interception", "Sappers defused a bomb in the market."),
    ("arrest", "Police detained six activists."),
    ("arrest", "Two men were arrested in Tunis."),
    ("looting", "Soldiers looted the market."),
    ("looting", "Herders stole 60 cattle."),
    ("property_destruction", "Militants burned down a school."),
    ("property_destruction", "Settlers set fire to a barn."),
    ("displacement", "Thousands of people fled the fighting."),
    ("displacement", "Militiamen drove the residents out of their homes."),
    ("displacement", "Families left their homes after the shelling."),
    ("threat", "The group threatened to attack the capital."),
    ("threat", "The rebels gave the army an ultimatum."),
    ("other", "The governor imposed a curfew."),
    # an armed word in the sentence: the mishap is not what killed
    ("killing", "Two men were hacked to death in the heart of Jos."),
    ("killing", "Gunmen killed a man who fled the flood in Jos."),
    # "strike on" alone is an air strike: the word before it says otherwise
    ("drone_strike", "A drone strike on a house in Idlib killed two."),
    ("missile_strike", "A missile strike on a depot in Odesa was reported."),
    ("shelling", "Artillery strikes on the village went on."),
    # the first of two words is a figure of speech, the second is not
    ("armed_clash", "The talks took place while clashes erupted in Homs."),
    # the letter İ grows when it is written small: offsets must not shift
    ("killing", "İİİİİİİİİİ said no more; gunmen killed two farmers, the meeting took place."),
]  # fmt: skip


def _words(elements: Sequence[Element]) -> Iterator[Word]:
    for element in elements:
        if isinstance(element, Word):
            yield element
        elif isinstance(element, Choice):
            for sequence in element.sequences:
                yield from _words(sequence)


def _asks_for_a_word(elements: Sequence[Element]) -> bool:
    """No way through the elements is empty."""
    return any(
        isinstance(e, Word)
        or (isinstance(e, Choice) and not e.optional and all(_asks_for_a_word(s) for s in e.sequences))
        for e in elements
        if not isinstance(e, Gap)
    )


def _patterns() -> dict[str, Pattern]:
    return {f"{kind}: {pattern.source}": pattern for rows in lexicon().patterns.values() for kind, pattern in rows}


def test_every_form_is_one_token() -> None:
    """The matcher compares single tokens: a form that the tokenizer would split can never be found."""
    split = {
        (name, form)
        for name, pattern in _patterns().items()
        for word in _words((*pattern.left, *pattern.body, *pattern.right))
        for form in word.forms
        if [token.lower for token in tokenize(form)] != [form]
    }
    assert split == set()


def test_every_word_of_context_and_casualties_is_one_token() -> None:
    context = read_yaml("app.recognition.data", "context.yaml")
    features = context.pop("features")
    casualties = read_yaml("app.recognition.data", "casualties.yaml")
    lists = [*context.values(), *features.values(), *(casualties[n] for n in ("killed", "injured", "units", "nobody"))]
    words = {word for members in lists for word in members if word}
    assert {word for word in words if len(tokenize(word)) > 1} == set()


def test_every_pattern_asks_for_a_word() -> None:
    assert [name for name, pattern in _patterns().items() if not _asks_for_a_word(pattern.body)] == []


def test_every_kind_can_be_reached_and_is_ranked_once() -> None:
    data = read_yaml("app.recognition.data", "triggers.yaml")
    assert set(data["kinds"]) == {name.split(":")[0] for name in _patterns()} == set(KINDS)
    assert sorted(data["precedence"]) == sorted(KINDS)


@pytest.mark.parametrize("table", ["folds", "retold"])
def test_tables_name_known_kinds_only(table: str) -> None:
    data = read_yaml("app.recognition.data", "triggers.yaml")[table]
    assert (set(data) | {kind for kinds in data.values() for kind in kinds}) - set(KINDS) == set()


def test_every_class_is_used() -> None:
    data = read_yaml("app.recognition.data", "triggers.yaml")
    used = {name for rows in data["kinds"].values() for row in rows for name in re.findall(r"<(\w+)>", row)}
    code = "\n".join(path.read_text(encoding="utf-8") for path in _modules())
    assert {name for name in set(data["classes"]) - used if f'"{name}"' not in code} == set()


def test_every_irregular_verb_is_used() -> None:
    data = read_yaml("app.recognition.data", "triggers.yaml")
    used = {verb for rows in data["kinds"].values() for row in rows for verb in re.findall(r"([a-z]+)\+", row)}
    assert set(read_yaml("app.recognition.data", "verbs.yaml")) - used == set()


def _modules() -> list[Path]:
    return sorted(Path(app.__file__).parent.rglob("*.py"))


@pytest.mark.parametrize("name", ["context.yaml", "casualties.yaml", "titles.yaml"])
def test_every_group_is_read(name: str) -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in _modules())
    groups = read_yaml("app.recognition.data", name)
    assert [group for group in groups if f'"{group}"' not in code] == []


@pytest.mark.parametrize("text", HARMLESS)
def test_harmless(places: Gazetteer, text: str) -> None:
    assert [(trigger.kind, trigger.text) for trigger in triggers_of(text, places)] == []


@pytest.mark.parametrize(("kind", "text"), TELLING)
def test_telling(places: Gazetteer, kind: str, text: str) -> None:
    assert kind in {trigger.kind for trigger in triggers_of(text, places)}


def test_every_kind_is_told() -> None:
    assert {kind for kind, _ in TELLING} == set(KINDS)
