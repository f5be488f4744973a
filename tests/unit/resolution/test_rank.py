"""Which namesake a mention means, on a dictionary of a few places: one row for each part of the score."""

import pytest

from app.domain.documents import Hints
from app.domain.places import Place
from app.resolution.features import feature_fits
from tests.factories import DictPlaces, make_place
from tests.steps import resolved_of

SYRIA = make_place(
    id="SY", name="Syria", admin1=None, feature_class="A", feature_code="PCLI", population=17_000_000, radius_km=400
)
LEBANON = make_place(
    id="LB",
    name="Lebanon",
    country="LB",
    admin1=None,
    feature_class="A",
    feature_code="PCLI",
    population=6_800_000,
    lat=33.9,
    lon=35.9,
    radius_km=110,
)
DARAA = make_place(id="daraa", name="Daraa", lat=32.62, lon=36.1, feature_code="PPLA", population=98_000)
DARAA_UNIT = make_place(
    id="daraa-unit",
    name="Daraa",
    lat=32.87,
    lon=36.17,
    feature_class="A",
    feature_code="ADM1",
    population=0,
    radius_km=65,
)
SAIDA_SY = make_place(id="saida-sy", name="Saida", lat=32.63, lon=36.22, population=8_000)
SIDON = make_place(
    id="sidon",
    name="Sidon",
    country="LB",
    admin1="South Lebanon",
    lat=33.56,
    lon=35.37,
    feature_code="PPLA",
    population=163_000,
)
NASSIB = make_place(id="nassib", name="Nassib", lat=32.55, lon=36.19, population=5_780)
CROSSING = make_place(
    id="crossing", name="Nassib", lat=32.535, lon=36.19, feature_class="S", feature_code="PSTB", population=0
)
NIGER = make_place(
    id="NE",
    name="Niger",
    country="NE",
    admin1=None,
    feature_class="A",
    feature_code="PCLI",
    lat=16,
    lon=8,
    population=22_000_000,
    radius_km=700,
)
RIVER = make_place(
    id="river",
    name="Niger",
    country=None,
    admin1=None,
    feature_class="H",
    feature_code="STM",
    lat=13,
    lon=2,
    population=0,
    radius_km=800,
)

PLACES = DictPlaces({
    "Syria": [SYRIA], "Lebanon": [LEBANON], "Daraa": [DARAA, DARAA_UNIT], "Saida": [SIDON, SAIDA_SY],
    "Nassib": [NASSIB, CROSSING], "Niger": [NIGER, RIVER],
})  # fmt: skip


@pytest.mark.parametrize(("text", "name", "place"), [
    # country: the same name in an article about one country or the other
    ("Clashes in Saida, Syria, killed two.", "Saida", SAIDA_SY),
    ("Clashes in Saida, Lebanon, killed two.", "Saida", SIDON),
    # unit: Daraa is named as a province, and that is enough
    ("Clashes in Saida in Daraa province killed two.", "Saida", SAIDA_SY),
    # without any context the larger place is meant
    ("Clashes in Saida killed two.", "Saida", SIDON),
    # feature words beside the name
    ("Clashes in Daraa province killed two.", "Daraa", DARAA_UNIT),
    ("Clashes in the city of Daraa killed two.", "Daraa", DARAA),
    ("Clashes at the Nassib border crossing killed two.", "Nassib", CROSSING),
    ("Clashes in the town of Nassib killed two.", "Nassib", NASSIB),
    # the river, where the words say so; else the country
    ("Fighters crossed the Niger river.", "Niger", RIVER),
    ("Fighters entered Niger.", "Niger", NIGER),
])  # fmt: skip
def test_chosen(text: str, name: str, place: Place) -> None:
    assert [r.place.id for r in resolved_of(text, PLACES) if r.mention.text == name and r.place] == [place.id]


def test_title_votes() -> None:
    (saida,) = resolved_of("Clashes in Saida killed two.", PLACES, title="War in Syria: fighting in Daraa")
    assert saida.place == SAIDA_SY


def test_caller_votes() -> None:
    (saida,) = resolved_of("Clashes in Saida killed two.", PLACES, hints=Hints(countries=("SY",)))
    assert saida.place == SAIDA_SY
    assert "caller expects SY" in saida.reasons


def test_rejected_candidates_are_told() -> None:
    saida = next(r for r in resolved_of("Clashes in Saida, Syria.", PLACES) if r.mention.text == "Saida")
    assert [other.place.id for other in saida.alternatives] == ["sidon"]
    assert saida.confidence > saida.alternatives[0].score
    assert 0 < saida.confidence <= 0.99


@pytest.mark.parametrize(("place", "wanted", "fits"), [
    (CROSSING, "PSTB", True),
    (NASSIB, "PSTB", False),
    (NASSIB, "PPL", True),
    (DARAA_UNIT, "ADM1", True),
    (DARAA_UNIT, "ADM2", True),  # writers mix province and district
    (SYRIA, "ADM1", False),  # a country is no province
    (DARAA, "PPLC", True),  # "the provincial capital"
    (make_place(feature_class="S", feature_code="MILB"), "AIRB", True),  # one family of bases
    (make_place(feature_class="H", feature_code="WAD"), "STM", True),
    (make_place(feature_class="H", feature_code="LK"), "STM", False),
])  # fmt: skip
def test_feature(place: Place, wanted: str, fits: bool) -> None:
    assert feature_fits(place, wanted) == fits
