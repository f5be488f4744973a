"""News texts for measurements: no two alike, about 400 words each, the same for the same seed."""

import random
from pathlib import Path

GOLDEN = Path(__file__).parent.parent / "tests/golden"
WORDS = 400

TOWNS = (
    ("Daraa", "Syria"), ("Busra al-Sham", "Syria"), ("Idlib", "Syria"), ("Deir ez-Zor", "Syria"), ("Manbij", "Syria"),
    ("Bakhmut", "Ukraine"), ("Kharkiv", "Ukraine"), ("Avdiivka", "Ukraine"), ("Kherson", "Ukraine"),
    ("El Fasher", "Sudan"), ("Nyala", "Sudan"), ("Khartoum", "Sudan"), ("Wad Madani", "Sudan"),
    ("Goma", "Democratic Republic of the Congo"), ("Bunia", "Democratic Republic of the Congo"),
    ("Maiduguri", "Nigeria"), ("Kaduna", "Nigeria"), ("Sanaa", "Yemen"), ("Taiz", "Yemen"), ("Hodeidah", "Yemen"),
    ("Mosul", "Iraq"), ("Kirkuk", "Iraq"), ("Mogadishu", "Somalia"), ("Kismayo", "Somalia"), ("Sirte", "Libya"),
)  # fmt: skip
FORCES = ("government forces", "rebels", "militiamen", "the army", "paramilitary police", "gunmen", "local fighters")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SPEAKERS = (
    "residents",
    "a military source",
    "the health ministry",
    "two aid workers",
    "a monitoring group",
    "a spokesman",
)
REPORTS = (
    "{force} shelled {town} on {day}, killing at least {few} people and wounding {many} others, {speaker} said.",
    "Clashes broke out near {town} early on {day} after {force} tried to storm a checkpoint.",
    "{speaker} said that {force} had captured a village about {many} km north of {town}.",
    "A car bomb went off at a market in {town} on {day}; {few} civilians died, {speaker} said.",
    "Talks between {force} and {other} will resume in {town} next week, {speaker} added.",
    "Hundreds of people protested in {town} on {day} against the rule of {force}.",
    "{force} denied that an air strike had hit a school in {town} on {day}.",
    "In {town}, {force} handed over {few} armoured vehicles and a field gun to {other}.",
    "{force} abducted {few} aid workers on the road from {town} to {next_town}, {speaker} said on {day}.",
    "{other} withdrew from the outskirts of {town}, which they had held since {day}.",
)
FILLERS = (
    "Nobody could be reached for comment, and telephone lines were down for most of the morning.",
    "Prices of bread and fuel have doubled since the spring, and many families have left for the countryside.",
    "Diplomats in Geneva and New York have spoken of a narrow chance for a settlement, without naming a date.",
    "The figures could not be checked independently; both sides have exaggerated the losses of the other before.",
    "The road is the only link between the coast and the interior, and whoever holds it holds the province.",
    "Photographs show a column of smoke over low houses, and a crowd that looks up at something out of the frame.",
)


def make_articles(count: int, seed: int = 20180705) -> list[str]:
    """So many texts: a dateline, invented reports of one country, fillers, and a paragraph of a golden article."""
    choose = random.Random(seed)
    golden = [
        paragraph
        for file in sorted(GOLDEN.glob("*.txt"))
        for paragraph in file.read_text(encoding="utf-8").splitlines()
        if paragraph.strip()
    ]
    return [_article(choose, golden) for _ in range(count)]


def _article(choose: random.Random, golden: list[str]) -> str:
    town, country = choose.choice(TOWNS)
    towns = [name for name, where in TOWNS if where == country]
    paragraphs = [f"{town.upper()}, {country}, July {choose.randint(1, 28)} - {_report(choose, towns)}"]
    paragraphs.append(choose.choice(golden))
    while sum(len(paragraph.split()) for paragraph in paragraphs) < WORDS:
        sentences = [_report(choose, towns) for _ in range(choose.randint(1, 3))]
        paragraphs.append(" ".join([*sentences, choose.choice(FILLERS)]))
    return "\n".join(paragraphs)


def _report(choose: random.Random, towns: list[str]) -> str:
    force, other = choose.sample(FORCES, 2)
    sentence = choose.choice(REPORTS).format(
        force=force,
        other=other,
        town=choose.choice(towns),
        next_town=choose.choice(towns),
        day=choose.choice(DAYS),
        speaker=choose.choice(SPEAKERS),
        few=choose.randint(2, 9),
        many=choose.randint(10, 40),
    )
    return sentence[0].upper() + sentence[1:]
