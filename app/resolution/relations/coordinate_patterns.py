"""How coordinates are written: decimal degrees, degrees with minutes and seconds, military grid references (MGRS).

Numbers are many in news: prices, scores, shares, versions. Pairs without a hemisphere need four decimals, or three
and a word such as "coordinates" before them.
"""

import re
from typing import Final

_DEG: Final = r" ?(?:[°º˚]|deg(?:rees)?\.?) ?"
_MIN: Final = r" ?['′’´] ?"
_SEC: Final = r" ?(?:[\"″”]|''|’’|′′) ?"
_GAP: Final = r"(?: ?[,;/] ?| and | |)"
_NS: Final = r"(?:[NS]\b|(?:north|south)(?: latitude)?\b)"
_EW: Final = r"(?:[EW]\b|(?:east|west)(?: longitude)?\b)"
_EDGE: Final = r"(?<![\w.,:$€£/+-])"
_FRACTION: Final = r"(?:\.\d{1,8})?"
# 36.2021° N, 37.1343° E; 11.03 N, 29.61 E
DECIMAL: Final = re.compile(
    rf"{_EDGE}(?P<lat>\d{{1,2}}{_FRACTION})(?P<deg>{_DEG})? ?(?P<ns>{_NS}){_GAP}"
    rf"(?P<lon>\d{{1,3}}{_FRACTION})(?:{_DEG})? ?(?P<ew>{_EW})"
)
# N36.2021 E37.1343
DECIMAL_BEHIND: Final = re.compile(
    rf"(?<!\w)(?P<ns>[NS]) ?(?P<lat>\d{{1,2}}\.\d{{1,8}})(?:{_DEG})?{_GAP}"
    rf"(?P<ew>[EW]) ?(?P<lon>\d{{1,3}}\.\d{{1,8}})(?![\w.])"
)
# lat 36.2 lon 37.1; latitude: 36.2021, longitude: 37.1343
NAMED: Final = re.compile(
    rf"\blat(?:itude)?\b\.?(?: of)?[ :=]{{0,3}}(?P<lat>[+-]?\d{{1,2}}{_FRACTION})(?:{_DEG})?(?: ?(?P<ns>[NS])\b)?"
    r"(?: ?[,;/] ?| and | )? ?(?:and )?"
    rf"long?(?:itude)?\b\.?(?: of)?[ :=]{{0,3}}(?P<lon>[+-]?\d{{1,3}}{_FRACTION})(?:{_DEG})?(?: ?(?P<ew>[EW])\b)?"
    r"(?![\d.]\d)",
    re.IGNORECASE,
)
# 36.2021, 37.1343
BARE: Final = re.compile(
    rf"{_EDGE}(?P<lat>[+-]?\d{{1,2}}\.\d{{3,8}})(?P<deg>{_DEG})?(?: ?[,;/] ?| )"
    rf"(?P<lon>[+-]?\d{{1,3}}\.\d{{3,8}})(?:{_DEG})?"
    r"(?!\d|\.\d|,\d| ?%| ?(?:per ?cent|million|billion|points?|km|kg|metres|meters|euros?|dollars?)\b)"
)
# What must stand before three decimals, and what must not stand before any number of them.
CUE: Final = re.compile(
    r"\b(?:coordinates?|coords?|located|location|position|gps|grid|geolocated|at)\b[^\d]{0,12}$|[(\[]$", re.IGNORECASE
)
MONEY: Final = re.compile(
    r"(?:[$€£¥%]|\b(?:usd|eur|rates?|price|index|score|version|from|odds|average|ratio)\b)[^\d]{0,12}$", re.IGNORECASE
)


def _angle(name: str) -> str:
    """36°12'08", 36 12 08, 36-12-08, 36°12.5'"""
    return (
        rf"(?P<{name}d>\d{{1,3}})(?:{_DEG}| |-)(?P<{name}m>\d{{1,2}}(?:\.\d{{1,4}})?)"
        rf"(?:(?:{_MIN}| |-)(?P<{name}s>\d{{1,2}}(?:\.\d{{1,3}})?))?(?:{_MIN}|{_SEC})?"
    )


# 36°12'08"N 37°08'04"E; 36 12 08 N, 37 08 04 E
SEXAGESIMAL: Final = re.compile(rf"{_EDGE}{_angle('lat')} ?(?P<ns>{_NS}){_GAP}{_angle('lon')} ?(?P<ew>{_EW})")
# N 36 12 08 E 37 08 04; N36°12'08" E37°08'04"
SEXAGESIMAL_BEHIND: Final = re.compile(
    rf"(?<!\w)(?P<ns>[NS]) ?{_angle('lat')}{_GAP}(?P<ew>[EW]) ?{_angle('lon')}(?![\w.])"
)
# 361208N 0370804E, as in notices to airmen
COMPACT: Final = re.compile(
    r"(?<!\w)(?P<latd>\d{2})(?P<latm>\d{2})(?P<lats>\d{2})?(?P<ns>[NS]) ?"
    r"(?P<lond>[01]\d{2})(?P<lonm>\d{2})(?P<lons>\d{2})?(?P<ew>[EW])(?!\w)"
)
# 37S DA 12345 67890, 37SDA1234567890
GRID: Final = re.compile(
    r"(?<!\w)(?P<zone>[1-9]|[0-5]\d|60)(?P<band>[C-HJ-NP-X]) ?(?P<square>[A-HJ-NP-Z][A-HJ-NP-V]) ?"
    r"(?P<grid>\d{5} ?\d{5}|\d{4} ?\d{4}|\d{3} ?\d{3}|\d{2} ?\d{2})(?!\w)"
)
GRID_CUE: Final = re.compile(r"\b(?:mgrs|grid|utm|coordinates?|square)\b", re.IGNORECASE)
ANY: Final = re.compile(r"\d[\d.°º˚]|\d (?=\d)|\d[A-Z]")
"""What every one of these has somewhere; a quick test."""
