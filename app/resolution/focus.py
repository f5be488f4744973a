"""What the article is about: the countries and units it names most, and the region to fall back on."""

from collections import Counter
from collections.abc import Mapping, Sequence

from app.domain.documents import Focus
from app.domain.places import PlaceIndex
from app.resolution.relations import Spot, spot_of
from app.resolution.resolve import Resolved

_ASIDE = {"dateline", "reporting_place", "reference_landmark"}


def _literal(resolved: Sequence[Resolved]) -> list[Resolved]:
    return [
        r
        for r in resolved
        if r.place and r.place.country and r.mention.kind == "literal" and r.mention.role not in _ASIDE
    ]


def focus(resolved: Sequence[Resolved], limit: int = 3) -> tuple[Focus, ...]:
    """Countries and units that the article is about, by share of its literal mentions that are no dateline."""
    counts: Counter[tuple[str, str | None]] = Counter()
    for item in _literal(resolved):
        if item.place and item.place.country:
            counts[item.place.country, item.place.admin1] += 1
    total = sum(counts.values())
    return tuple(Focus(country, unit, round(n / total, 4)) for (country, unit), n in counts.most_common(limit))


def country_shares(resolved: Sequence[Resolved]) -> Mapping[str, float]:
    """Share of each country among all resolved mentions, actors and demonyms at half weight."""
    votes: Counter[str] = Counter()
    for item in resolved:
        if item.place and item.place.country:
            votes[item.place.country] += 2 if item.mention.kind == "literal" and item.mention.role not in _ASIDE else 1
    total = sum(votes.values())
    return {country: votes[country] / total for country in votes} if total else {}


def headline_spot(headlines: Sequence[Resolved]) -> Spot | None:
    """The first town, camp or other spot that the title names; regions and countries are too wide for an event."""
    spots = [spot_of(r.place) for r in headlines if r.place and r.mention.kind == "literal"]
    return next((spot for spot in spots if spot.geo_precision < 3), None)


def region_spot(resolved: Sequence[Resolved], places: PlaceIndex) -> Spot | None:
    """The unit, else the country, that most of the article plays in: where an event without any place is put."""
    ranked = focus(resolved, limit=50)
    if not ranked:
        return None
    countries: Counter[str] = Counter()
    for item in ranked:
        countries[item.country] += round(item.share * 10_000)
    country, weight = countries.most_common(1)[0]
    units = [item for item in ranked if item.country == country and item.admin1]
    if units and units[0].share * 10_000 >= 0.6 * weight:
        unit = places.admin1(country, units[0].admin1 or "")
        if unit:
            return spot_of(unit)
    whole = places.country(country)
    return spot_of(whole) if whole else None
