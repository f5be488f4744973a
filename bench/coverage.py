"""`python -m bench.coverage FILE.csv`: does a search find the places of a list, by each of their spellings?

The list has the columns `name, alt_spellings (;), country_iso2, lat, lon, kind`. A place is right when its country is
the list's and it lies within 40 km of the list's point (100 km for mountains and areas, 250 km for regions and rivers,
whose point is a matter of taste). Asked: is it among the first five, and is it the first once the country is given?
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app import load_places
from app.domain.places import Place
from app.domain.queries import PlaceQuery
from app.places.search import search
from app.settings import Settings
from bench.results import save, show
from gazetteer.build import build
from gazetteer.build.geography import distance_km

NEAR_KM: Final = 40.0
WIDE_KM: Final[Mapping[str, float]] = {
    **dict.fromkeys(("mountain", "area", "district", "adm2", "forest", "lake"), 100.0),
    **dict.fromkeys(("region", "river", "adm1"), 250.0),
}
FIRST: Final = 5


@dataclass(slots=True)
class Tally:
    """How many spellings were asked, and how they were answered."""

    asked: int = 0
    among_first: int = 0
    first_in_country: int = 0

    def shares(self) -> dict[str, float]:
        """Shares of the spellings asked."""
        return {
            "asked": self.asked,
            "among_first_five": round(self.among_first / self.asked, 4),
            "first_with_country": round(self.first_in_country / self.asked, 4),
        }


def is_right(place: Place, row: Mapping[str, str]) -> bool:
    """The place is the one that the row means."""
    if place.country not in {row["country_iso2"], None}:
        return False
    apart = distance_km(place.lat, place.lon, float(row["lat"]), float(row["lon"]))
    return apart <= WIDE_KM.get(row["kind"], NEAR_KM)


def main() -> None:
    """Ask, print and keep."""
    options = argparse.ArgumentParser(description="Which places of a list does the gazetteer find?")
    options.add_argument("list", type=Path)
    options.add_argument("--verbose", action="store_true", help="print what was missed")
    options.add_argument("--keep", action="store_true", help="keep the figures in bench/results")
    chosen = options.parse_args()
    places = load_places(build(Settings().data_dir, progress=True))
    tallies: dict[str, Tally] = defaultdict(Tally)
    with chosen.list.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        spellings = [row["name"], *filter(None, row["alt_spellings"].split(";"))]
        for number, spelling in enumerate(spellings):
            anywhere = search(places, PlaceQuery(spelling, limit=FIRST))
            there = search(places, PlaceQuery(spelling, country=(row["country_iso2"],), limit=1))
            among = any(is_right(found.place, row) for found in anywhere)
            first = bool(there) and is_right(there[0].place, row)
            groups = ("all spellings", f"kind {row['kind']}", *(("primary spellings",) if number == 0 else ()))
            for group in groups:
                tallies[group].asked += 1
                tallies[group].among_first += among
                tallies[group].first_in_country += first
            if chosen.verbose and not (among and first):
                print(f"{row['country_iso2']} {row['kind']}: {spelling} ({row['name']})")
    figures: dict[str, Any] = {group: tallies[group].shares() for group in sorted(tallies)}
    show(f"{len(rows)} places", figures)
    if chosen.keep:
        print(f"kept in {save('coverage', figures)}")


if __name__ == "__main__":
    main()
