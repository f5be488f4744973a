"""Whole texts against the compiled gazetteer: names that stand in several countries, in the context that decides."""

import pytest

from app.places import Gazetteer
from tests.factories import DictPlaces, make_place
from tests.steps import resolved_of


@pytest.mark.parametrize(("text", "name", "country", "admin1"), [
    # the four places that the example article needs
    ("Syrian troops entered Saida in Daraa province.", "Saida", "SY", "Daraa"),
    ("Clashes broke out in Dara'a al-Balad in southern Syria.", "Dara'a al-Balad", "SY", "Daraa"),
    ("Syrian rebels met at the Nassib border crossing.", "Nassib", "SY", "Daraa"),
    ("Syrian rebels met in Busra al-Sham.", "Busra al-Sham", "SY", "Daraa"),
    # Lebanon's Sidon bears the same name
    ("The Lebanese army deployed in Saida, south of Beirut.", "Saida", "LB", None),
    # Tripoli twice
    ("Libyan militias fought in Tripoli.", "Tripoli", "LY", None),
    ("Lebanese soldiers were shot in Tripoli, north of Beirut.", "Tripoli", "LB", None),
    # Kidal and Gao hold Mali together
    ("Clashes in Kidal, Gao and Menaka killed ten soldiers.", "Gao", "ML", None),
    # Goma, Kivu, Masisi
    ("M23 rebels left Masisi for Goma in North Kivu.", "Goma", "CD", None),
    # Aleppo is no town in the United States, London no town in Canada
    ("Shells fell on Aleppo.", "Aleppo", "SY", None),
    ("A protest was held in London.", "London", "GB", None),
    # scripts
    ("اشتباكات في درعا وحلب", "درعا", "SY", None),
    ("Обстрел: Бахмут, Украина", "Бахмут", "UA", None),
])  # fmt: skip
def test_place(places: Gazetteer, text: str, name: str, country: str, admin1: str | None) -> None:
    found = [r.place for r in resolved_of(text, places) if r.mention.text == name]
    assert [place.country for place in found if place] == [country]
    assert admin1 is None or [place.admin1 for place in found if place] == [admin1]


def test_one_sense_per_article(places: Gazetteer) -> None:
    """What "Tripoli" means near the Lebanese border it means throughout the article."""
    text = "Soldiers died in Tripoli, Lebanon. Beirut and Sidon were calm. Later, shots were heard in Tripoli."
    tripoli = [r.place for r in resolved_of(text, places) if r.mention.text == "Tripoli"]
    assert [place.country for place in tripoli if place] == ["LB", "LB"]


def test_one_sense_gives_way_to_what_is_told(places: Gazetteer) -> None:
    """ "Tripoli, Lebanon" is Lebanon's, though another one is told of as well."""
    text = "A protest was held in Tripoli, Lebanon. Fighters clashed in Tripoli, Libya, and in Misrata and Sirte."
    tripoli = [r.place for r in resolved_of(text, places) if r.mention.text == "Tripoli"]
    assert [place.country for place in tripoli if place] == ["LB", "LY"]


def test_a_long_list_does_not_push_out_the_last_names(places: Gazetteer) -> None:
    towns = "San Jose, Santa Cruz, Santa Rosa, San Juan, San Pedro, Victoria, Trinidad, Cordoba, Leon, Merida, Granada"
    text = " ".join(f"A man was shot in {town}." for town in (towns + ", " + towns.upper()).split(", ") * 3)
    text += " Shells hit Kharkiv, Kupiansk and Izium."
    found = {r.mention.text: r.place for r in resolved_of(text, places) if r.place}
    assert {found[name].country for name in ("Kharkiv", "Kupiansk", "Izium")} == {"UA"}


def test_unknown_name_stays_unresolved(places: Gazetteer) -> None:
    """One bad name empties no document: it comes back without a place, the others with theirs."""
    resolved = {r.mention.text: r for r in resolved_of("Gunmen raided the village of Xyrtabad near Homs.", places)}
    assert resolved["Xyrtabad"].place is None
    assert resolved["Xyrtabad"].reasons == ("not in the gazetteer",)
    assert resolved["Homs"].place is not None


def test_unit_without_such_a_place_refuses_the_namesake(places: Gazetteer) -> None:
    """Nigeria's Kebbi holds a Maga that the gazetteer lacks; Cameroon's Maga is not meant."""
    maga = next(
        r for r in resolved_of("Gunmen killed three in Maga in Kebbi state.", places) if r.mention.text == "Maga"
    )
    assert maga.place is None
    assert [a.place.country for a in maga.alternatives][:1] == ["CM"]


def test_demonym_gives_its_country(places: Gazetteer) -> None:
    (syrian,) = resolved_of("Syrian troops left.", places)
    assert syrian.place is not None
    assert (syrian.place.country, syrian.place.is_country) == ("SY", True)


def test_people_without_a_country_are_no_toponym(places: Gazetteer) -> None:
    """training/GUIDE.md, rule 4: Kurdish, Fulani, Arab name a people and no place."""
    assert resolved_of("Kurdish fighters left.", places) == []


def test_chance_namesake_far_away_is_refused() -> None:
    """A hamlet in Peru that happens to bear the name is no answer in an article about Syria."""
    syria = make_place(
        id="SY", name="Syria", admin1=None, feature_class="A", feature_code="PCLI", population=17_000_000
    )
    hamlet = make_place(id="pe", name="Tafas", country="PE", admin1="Cusco", lat=-13.5, lon=-72.0, population=300)
    places = DictPlaces({"Syria": [syria], "Tafas": [hamlet]})
    text = "Clashes in Syria. The war in Syria goes on. Rebels in Syria entered the town of Tafas."
    tafas = next(r for r in resolved_of(text, places) if r.mention.text == "Tafas")
    assert tafas.place is None
    assert [other.place.id for other in tafas.alternatives] == ["pe"]
    assert tafas.reasons == ("none of its namesakes fits",)


def test_confidence_is_no_certainty(places: Gazetteer) -> None:
    resolved = resolved_of("Clashes in Aleppo, Homs and Busra al-Sham in Syria killed two.", places)
    assert len(resolved) == 4
    assert all(0 < r.confidence <= 0.99 for r in resolved)
    assert all(len(r.alternatives) <= 5 for r in resolved)


def test_a_misspelt_name_is_found_in_the_country_of_the_article_only(places: Gazetteer) -> None:
    text = "Syria said clashes broke out in the town of Al-Malikeyyeh in Syria's Hasakah province."
    town = next(r for r in resolved_of(text, places) if r.mention.text == "Al-Malikeyyeh")
    assert town.place is not None
    assert (town.place.country, town.place.admin1) == ("SY", "Hasakah")
    assert any(reason.startswith("matched fuzzy spelling") for reason in town.reasons)
    elsewhere = "Peru said clashes broke out in the town of Al-Malikeyyeh. Peru sent police."
    assert next(r for r in resolved_of(elsewhere, places) if r.mention.text == "Al-Malikeyyeh").place is None


def test_the_people_of_a_unit_do_not_make_it_the_city() -> None:
    """GeoNames dumps give units their population, which is larger than that of their seat."""
    syria = make_place(
        id="SY", name="Syria", admin1=None, feature_class="A", feature_code="PCLI", population=17_000_000
    )
    city = make_place(id="city", name="Daraa", feature_code="PPLA", population=97_969)
    unit = make_place(id="unit", name="Daraa", feature_class="A", feature_code="ADM1", population=998_000)
    places = DictPlaces({"Syria": [syria], "Daraa": [unit, city]})
    daraa = next(r for r in resolved_of("Clashes in Daraa, Syria, killed two.", places) if r.mention.text == "Daraa")
    assert daraa.place is not None
    assert daraa.place.id == "city"
