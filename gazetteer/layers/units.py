"""The units that the places of a layer lie in, numbered as they come up and named when all is read."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from gazetteer.build.writer import Writer

_UNKNOWN = frozenset({"", "00"})

FirstKey = tuple[str, str]
SecondKey = tuple[str, str, str]


class Units:
    """First- and second-level units by GeoNames codes. Names: the base's, else those of the layer's own source."""

    def __init__(self, base: Path | None) -> None:
        """`base` is the compiled gazetteer, whose names go before others; None where there is none yet."""
        self._first: dict[FirstKey, int] = {}
        self._second: dict[SecondKey, int] = {}
        self._names: dict[FirstKey | SecondKey, str] = {}
        self._isos: dict[FirstKey, str] = {}
        self._codes: dict[str, FirstKey] = {}
        self._settled: set[FirstKey | SecondKey] = set()
        if base is not None and base.is_file():
            self._read(base)

    def _read(self, base: Path) -> None:
        database = sqlite3.connect(f"{base.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            for country, code, iso, name in database.execute("SELECT country, code, iso, name FROM admin1"):
                self._names[country, code], self._isos[country, code] = name, iso
                self._codes[iso] = (country, code)
            for country, first, second, name in database.execute("SELECT country, code1, code2, name FROM admin2"):
                self._names[country, first, second] = name
        finally:
            database.close()
        self._settled = set(self._names)

    def name(self, key: FirstKey | SecondKey, name: str) -> None:
        """Note what the layer's source calls a unit."""
        if key not in self._settled and name:
            self._names[key] = name

    def first(self, country: str | None, code: str) -> int | None:
        """Number of a first-level unit by its GeoNames code, None for an unknown one."""
        if not country or code in _UNKNOWN:
            return None
        return self._first.setdefault((country, code), len(self._first) + 1)

    def second(self, country: str | None, first: str, second: str) -> int | None:
        """Number of a second-level unit by its GeoNames codes, None for an unknown one."""
        if not country or first in _UNKNOWN or second in _UNKNOWN:
            return None
        return self._second.setdefault((country, first, second), len(self._second) + 1)

    def code_of(self, country: str | None, hint: str) -> str:
        """GeoNames code of a unit given by that code, by its ISO 3166-2 code or by its name; empty if unknown."""
        if not country or not hint:
            return ""
        for iso in (hint, f"{country}-{hint}"):
            if iso in self._codes:
                return self._codes[iso][1]
        if (country, hint) in self._names:
            return hint
        named = [key[1] for key, name in self._names.items() if len(key) == 2 and key[0] == country and name == hint]
        return named[0] if named else ""

    def write(self, writer: Writer) -> None:
        """Hand the units to the writer. A second-level unit that nobody names is left out: its places have none."""
        first: Iterable[tuple[int, str, str, str, str, None]] = (
            (number, *key, self._isos.get(key, ""), self._names.get(key, key[1]), None)
            for key, number in self._first.items()
        )
        writer.add_units(first)
        writer.add_second_units(
            (number, *key, self._names[key]) for key, number in self._second.items() if key in self._names
        )
