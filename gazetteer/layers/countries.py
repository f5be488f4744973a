"""Codes of countries in the files of others: ISO 3166-1 alpha-3, and the FIPS 10-4 codes of older American files."""

import re
from functools import cache

from gazetteer.build.inputs import BASE
from gazetteer.build.read import read_table

_ALPHA2 = re.compile(r"[A-Z]{2}")


@cache
def _by_code() -> tuple[dict[str, str], dict[str, str]]:
    rows = [row for _, row in read_table(BASE / "countries.csv")]
    return {row["alpha3"]: row["country"] for row in rows}, {row["fips"]: row["country"] for row in rows}


def alpha2(code: str, *, is_fips: bool = False) -> str | None:
    """The alpha-2 code for an alpha-2 or alpha-3 code, or for a FIPS code; None for what is no country's."""
    code = code.strip().upper()
    by_alpha3, by_fips = _by_code()
    if len(code) == 3:
        return by_alpha3.get(code)
    if is_fips:
        return by_fips.get(code)
    return code if _ALPHA2.fullmatch(code) else None
