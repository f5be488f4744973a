"""What an article is about, and where an event without a place is put."""

from app.places import Gazetteer
from app.resolution.focus import country_shares, focus, headline_spot, region_spot
from tests.steps import resolved_of

TEXT = (
    "TEHRAN, July 5 - Clashes broke out in Saida, Nassib and Busra al-Sham in Daraa province, Syria. "
    "A group based in London said so. Russia denied it."
)


def test_focus_leaves_datelines_and_seats_out(places: Gazetteer) -> None:
    found = focus(resolved_of(TEXT, places))
    assert (found[0].country, found[0].admin1) == ("SY", "Daraa")
    assert {item.country for item in found} == {"SY"}
    assert 0.5 < found[0].share <= 1


def test_focus_is_short_and_sorted(places: Gazetteer) -> None:
    found = focus(resolved_of("Clashes in Aleppo, Aleppo, Homs, Hama, Idlib, Raqqa and Latakia.", places))
    assert len(found) == 3
    assert [item.share for item in found] == sorted((item.share for item in found), reverse=True)


def test_nothing_named() -> None:
    assert focus([]) == ()
    assert country_shares([]) == {}
    assert headline_spot([]) is None


def test_country_shares_count_actors_for_half(places: Gazetteer) -> None:
    shares = country_shares(resolved_of("Clashes broke out in Syria. Russia denied it.", places))
    assert shares == {"SY": 2 / 3, "RU": 1 / 3}


def test_region_is_the_unit_where_most_of_it_lies_in_one(places: Gazetteer) -> None:
    spot = region_spot(resolved_of(TEXT, places), places)
    assert spot is not None
    assert (spot.place.country, spot.place.admin1, spot.geo_precision) == ("SY", "Daraa", 3)


def test_region_is_the_country_where_units_differ(places: Gazetteer) -> None:
    spot = region_spot(resolved_of("Clashes in Aleppo, Homs, Daraa and Raqqa in Syria.", places), places)
    assert spot is not None
    assert spot.place.is_country
    assert spot.place.country == "SY"
    assert spot.where_prec == 6


def test_no_region_without_places(places: Gazetteer) -> None:
    assert region_spot([], places) is None


def test_headline_names_a_town(places: Gazetteer) -> None:
    spot = headline_spot(resolved_of("Syria: shells fall on Homs", places))
    assert spot is not None
    assert spot.place.name == "Homs"
