"""Our own rows: what is taken over, and which sentence a bad row gets."""

import pytest

from app.errors import BadInput
from app.places import load_places
from gazetteer.build import build
from tests.unit.gazetteer.conftest import SUPPLEMENT_HEADER, Workshop

GOOD = "nassib,Nassib,Nasib|نصيب,SY,SY-DR,32.55,36.19,2,PPL,Q1,general knowledge,2026-11-23"

BAD_ROWS = [
    (GOOD.replace("nassib,", "Nassib Village,"), "line 2: id"),  # capitals and spaces in an id
    (GOOD.replace(",Nassib,", ",,"), "line 2: name"),  # no name
    (GOOD.replace(",SY,", ",Syria,"), "line 2: country"),  # a name where a code belongs
    (GOOD.replace("SY-DR", "SY-ZZ"), "line 2: admin1"),  # no such unit
    (GOOD.replace("32.55", "north"), "line 2: lat must be a number"),
    (GOOD.replace("32.55", "nan"), "line 2: lat must lie"),  # NaN is a float and no latitude
    (GOOD.replace("36.19", "361.9"), "line 2: lon must lie"),
    (GOOD.replace(",2,PPL", ",-2,PPL"), "line 2: radius_km must lie"),
    (GOOD.replace("PPL", "VILLAGE"), "line 2: feature_code"),  # not a GeoNames code
    (GOOD.replace("general knowledge", ""), "line 2: source"),  # nobody stands for it
    (GOOD + ",more", "line 2: 13 cells"),  # a comma inside a name, unquoted
]


@pytest.mark.parametrize(("row", "sentence"), BAD_ROWS)
def test_a_bad_row_is_named_by_file_and_line(workshop: Workshop, row: str, sentence: str) -> None:
    workshop.write_supplement(row)
    with pytest.raises(BadInput, match=f"rows.csv {sentence}"):
        build(workshop.data_dir, inputs=workshop.inputs)


def test_an_id_that_stands_twice_names_both_lines(workshop: Workshop) -> None:
    workshop.write_supplement("# a comment counts as a line", GOOD, "", GOOD)
    with pytest.raises(BadInput, match=r"rows.csv line 5: this id stands already in rows.csv line 3"):
        build(workshop.data_dir, inputs=workshop.inputs)


def test_a_header_without_a_column_is_named(workshop: Workshop) -> None:
    workshop.write_supplement("nassib", header="id")
    with pytest.raises(BadInput, match="lacks the columns admin1, checked"):
        build(workshop.data_dir, inputs=workshop.inputs)


def test_a_good_row_is_taken_over(workshop: Workshop) -> None:
    workshop.write_supplement(GOOD)
    places = load_places(build(workshop.data_dir, inputs=workshop.inputs))
    place = places.place("dateline:nassib")
    assert place is not None
    assert (place.name, place.country, place.admin1, place.admin1_code) == ("Nassib", "SY", "Daraa", "SY-DR")
    assert (place.lat, place.lon, place.radius_km, place.wikidata) == (32.55, 36.19, 2.0, "Q1")
    assert (place.feature_class, place.feature_code) == ("P", "PPL")
    assert places.names("dateline:nassib") == [("Nassib", "Latn"), ("Nasib", "Latn"), ("نصيب", "Arab")]
    places.close()


def test_a_row_takes_the_place_of_a_base_record(workshop: Workshop) -> None:
    workshop.write_supplement(
        "daraa-city,Daraa City,,SY,SY-DR,32.62,36.1,4,PPLA,,ours,2026-11-23,geonames:170905",
        header=f"{SUPPLEMENT_HEADER},replaces",
    )
    places = load_places(build(workshop.data_dir, inputs=workshop.inputs))
    assert places.place("geonames:170905") is None
    assert places.place("dateline:daraa-city") is not None
    places.close()


def test_a_finer_code_stands_for_the_unit_that_covers_it(workshop: Workshop) -> None:
    workshop.write_supplement("post,Some post,,LB,LB-XX,33.4,35.3,,PSTB,,ours,2026-11-23")
    places = load_places(build(workshop.data_dir, inputs=workshop.inputs))
    place = places.place("dateline:post")
    assert place is not None
    assert (place.admin1, place.admin1_code) == ("South Lebanon", "LB-JA")
    places.close()
