"""The word lists that recognition reads, loaded once: context words, demonyms, titles, given names, words that are
also places.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from app.datafiles import read_csv, read_lines, read_words, read_yaml

_PACKAGE = "app.recognition.data"


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for the people or things of a country; `country` is empty for a people without one (Kurdish)."""

    word: str
    country: str
    kind: str


@dataclass(frozen=True, slots=True)
class Words:
    """All word lists; every set but the titles holds words in lower case."""

    groups: Mapping[str, frozenset[str]]
    """The groups of context.yaml by name."""
    features: Mapping[str, str]
    """Feature noun -> GeoNames feature code: town -> PPL."""
    demonyms: Mapping[str, Demonym]
    titles: frozenset[str]
    """Last words of titles before a person's name, in the case in which they are printed."""
    given_names: frozenset[str]
    org_words: frozenset[str]
    facility_words: frozenset[str]
    common: frozenset[str]
    """English words that are also names of places."""
    small: frozenset[str]
    """English words that are written with a small letter inside a sentence."""
    persons: Mapping[str, int]
    """Given names and surnames: 4 times the rank as a given name plus the rank as a surname, see person_names.tsv."""

    def group(self, name: str) -> frozenset[str]:
        """One group of context.yaml."""
        return self.groups[name]


@lru_cache(maxsize=1)
def words() -> Words:
    """The word lists, read on first use."""
    context = read_yaml(_PACKAGE, "context.yaml")
    features = {noun: code for code, nouns in context.pop("features").items() for noun in nouns}
    titles = read_yaml(_PACKAGE, "titles.yaml")

    def lower(key: str) -> frozenset[str]:
        return frozenset(str(word).lower().rstrip(".") for word in titles[key])

    return Words(
        groups={name: frozenset(members) for name, members in context.items()},
        features=features,
        demonyms={
            row["word"].lower(): Demonym(row["word"], row["country"], row["kind"])
            for row in read_csv(_PACKAGE, "demonyms.csv")
        },
        titles=frozenset(title.split()[-1].rstrip(".") for title in titles["titles"]),
        given_names=lower("given_names"),
        org_words=lower("org_words"),
        facility_words=lower("facility_words"),
        common=read_words(_PACKAGE, "common_words.txt"),
        small=read_words(_PACKAGE, "small_words.txt"),
        persons={
            word: 4 * int(given) + int(surname)
            for word, given, surname in (line.split("\t") for line in read_lines(_PACKAGE, "person_names.tsv"))
        },
    )


@lru_cache(maxsize=64)
def any_of(*names: str) -> frozenset[str]:
    """The words of several lists together: groups of context.yaml, or lists of Words by the name of their field."""
    lists = words()
    found = (lists.groups[name] if name in lists.groups else getattr(lists, name) for name in names)
    return frozenset(word for members in found for word in members)
