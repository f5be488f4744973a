"""Real phrasings that relate a place to others: what each becomes, and that the true point lies within the radius.

Places are marked by hand (tests/unit/resolution/marked.py), so no row depends on the recogniser or the gazetteer.
`truth` is where it really was: a place of places.csv, a point, or, for a distance with a direction, a tenth farther
and 18 degrees off the told course.
"""

from dataclasses import dataclass

import pytest
from geopy.distance import geodesic
from shapely.geometry import shape

from app.resolution.geo import destination
from app.resolution.relations import Spot
from tests.unit.resolution.marked import places, spots_of_marked


@dataclass(frozen=True)
class Row:
    """One sentence and the only related place in it."""

    marked: str
    kind: str
    anchors: str
    km: float | None = None
    bearing: float | None = None
    geometry: str = "Point"
    truth: str | tuple[float, float] | None = None


ROWS = [
    # Distance and direction
    Row("Fighters clashed 10 km south of [[Bakhmut]].", "offset", "Bakhmut", 10, 180),
    Row("The bomb went off some 15 miles (24 km) north-east of [[Maiduguri]].", "offset", "Maiduguri", 24.14, 45),
    Row("Gunmen stopped a coach about 40 km west of [[Pasni]] last Thursday.", "offset", "Pasni", 40, 270),
    Row("It was intercepted 60 kilometres (37 miles) south-southwest of [[Homs]].", "offset", "Homs", 60, 202.5),
    Row("A convoy was hit 5-7 km west of [[Pokrovsk]].", "offset", "Pokrovsk", 6, 270),
    Row("A convoy was hit five to seven kilometres west of [[Pokrovsk]].", "offset", "Pokrovsk", 6, 270),
    Row("A convoy was hit between 5 and 7 km west of [[Pokrovsk]].", "offset", "Pokrovsk", 6, 270),
    Row("The post lies less than 10 km north of [[Goma]].", "offset", "Goma", 10, 0),
    Row("Troops halted just 3 km off to the south of [[Damascus]].", "offset", "Damascus", 3, 180),
    Row("A drone crashed 2.5km NW of [[Kherson]].", "offset", "Kherson", 2.5, 315),
    Row("A drone crashed 800 metres east of [[Kherson]].", "offset", "Kherson", 0.8, 90),
    Row("A mine went off twenty-five miles to the west of the city of [[Homs]].", "offset", "Homs", 40.234, 270),
    Row("The raid took place a few kilometres north of the besieged eastern town of [[Bakhmut]].", "offset", "Bakhmut", 3, 0),
    Row("They were killed several miles south-east of [[Damaturu]], residents said.", "offset", "Damaturu", 8.047, 135),
    Row("The bus was found half a kilometre south of [[Beni]].", "offset", "Beni", 0.5, 180),
    Row("A village 1,200 metres due north of [[Beni]] was burnt.", "offset", "Beni", 1.2, 0),
    Row("Gunmen struck 50 kilometers (30 miles) south of the capital, [[Baghdad]], on Monday.", "offset", "Baghdad", 50, 180),
    Row("Gunmen struck an hour's drive south of [[Kaduna]].", "offset", "Kaduna", 50, 180, truth=(10.17, 7.43)),
    Row("A village two hours' drive north of [[El Fasher]] was burnt.", "offset", "El Fasher", 100, 0),
    Row("The site is a 30-minute drive east of [[Goma]].", "offset", "Goma", 25, 90),
    Row("A hamlet a day's walk north of [[Bhamo]] was shelled.", "offset", "Bhamo", 32, 0),
    Row("A boat sank 12 nautical miles west of [[Hodeidah]].", "offset", "Hodeidah", 22.224, 270),
    Row("[[Foobar|?]], 10 km south of [[Homs]], was shelled.", "offset", "Homs", 10, 180),
    Row("In [[Homs|Homs province]], 10 km south of [[Hama]], a bus was shot at.", "offset", "Hama", 10, 180),
    Row("The rebels hold [[Izra]]. A mine went off 8 km south of the town.", "offset", "Izra", 8, 180),
    Row("The rebels hold [[Izra]]. A mine went off some 8 km to the south.", "offset", "Izra", 8, 180),
    Row("A drone was shot down about 70 kilometers northwest of [[Kabul]].", "offset", "Kabul", 70, 315),
    Row("FIGHTERS CLASHED 10 KM SOUTH OF [[Bakhmut]].", "offset", "Bakhmut", 10, 180),
    # Distance alone: a ring, or a disc where the words say "within"
    Row("Two lorries burned about ten kilometres from [[Goma]].", "offset", "Goma", 10, None, "Polygon", (-1.6, 29.19)),
    Row("A checkpoint a few kilometres outside [[Saraqib]] was hit.", "offset", "Saraqib", 3, None, "Polygon", (35.88, 36.78)),
    Row("The front is now within 10 km of [[Pokrovsk]].", "offset", "Pokrovsk", 10, None, "Polygon", "Myrnohrad"),
    Row("Their base stands less than 10 km from [[Pokrovsk]].", "offset", "Pokrovsk", 10, None, "Polygon", "Myrnohrad"),
    Row("A car blew up half an hour's drive from [[Kyiv]].", "offset", "Kyiv", 25, None, "Polygon", "Irpin"),
    Row("A car blew up some 25 km away from [[Goma]].", "offset", "Goma", 25, None, "Polygon", "Sake"),
    # Direction alone: a sector
    Row("Rockets fell southeast of [[Daraa]].", "offset", "Daraa", None, 135, "Polygon", "Nassib"),
    Row("Clashes erupted just north of [[Homs]].", "offset", "Homs", None, 0, "Polygon", (34.82, 36.73)),
    Row("Rockets fell to the east of [[Aleppo]].", "offset", "Aleppo", None, 90, "Polygon", (36.2, 37.45)),
    Row("The raid hit [[Bakhmut]]. Troops dug in west of the city.", "offset", "Bakhmut", None, 270, "Polygon", "Chasiv Yar"),
    Row("The raid hit [[Bakhmut]]. A base lies southeast of the town.", "offset", "Bakhmut", None, 135, "Polygon", (48.55, 38.06)),
    Row("Artillery pounded fields north and west of [[Homs]].", "offset", "Homs", None, 315, "Polygon", (34.82, 36.62)),
    Row("A column moved north-west of the rebel-held town of [[Idlib]].", "offset", "Idlib", None, 315, "Polygon", (36.0, 36.55)),
    Row("Villages south of [[Aleppo|Aleppo province]] province emptied.", "part", "Aleppo province", None, 180, "Polygon", (35.7, 37.4)),
    Row("Raids hit a town just east of the [[Euphrates]].", "offset", "Euphrates", None, 90, "Point", "Raqqa"),
    Row("Bombs went off far north of [[Baghdad]].", "offset", "Baghdad", None, 0, "Polygon", (34.6, 43.68)),
    # Near
    Row("A shell landed near [[Bakhmut]].", "near", "Bakhmut", truth="Chasiv Yar"),
    Row("A shell landed close to [[Homs]].", "near", "Homs", truth=(34.78, 36.8)),
    Row("Fighting raged on the outskirts of [[Damascus]].", "near", "Damascus", truth="Darayya"),
    Row("A mortar fell outside the town of [[Saraqib]].", "near", "Saraqib", truth=(35.9, 36.85)),
    Row("Warplanes bombed villages around [[Khan Shaykhun]].", "near", "Khan Shaykhun", truth=(35.4, 36.7)),
    Row("They met in the vicinity of [[Homs]].", "near", "Homs", truth=(34.78, 36.8)),
    Row("The camp is not far from [[Goma]].", "near", "Goma", truth="Sake"),
    Row("A patrol was hit on the edge of [[Daraa]].", "near", "Daraa", truth=(32.66, 36.1)),
    Row("The rebels stand at the gates of [[Goma]].", "near", "Goma", truth=(-1.62, 29.2)),
    Row("Fighting raged in and around [[Bakhmut]].", "near", "Bakhmut", truth=(48.6, 38.06)),
    Row("A mine killed two just outside [[Maiduguri]].", "near", "Maiduguri", truth=(11.95, 13.2)),
    Row("A pickup blew up near the rebel-held [[Syrian|Syria!]] town of [[Azaz]].", "near", "Azaz", truth="Tel Rifaat"),
    Row("A dinghy capsized off the coast of [[Hodeidah]].", "near", "Hodeidah", truth=(14.8, 42.7)),
    Row("Strikes hit targets in the mountains around [[Nabatieh]].", "near", "Nabatieh", truth="Khiam"),
    Row("The raid hit [[Izra]]. Two farmers died near the town.", "near", "Izra", truth=(32.9, 36.2)),
    # Between two places
    Row("He was shot between [[Homs]] and [[Hama]].", "between", "Homs+Hama", 45.3, None, "LineString", "Rastan"),
    Row("He was shot between the towns of [[Homs]] and [[Hama]].", "between", "Homs+Hama", 45.3, None, "LineString", "Rastan"),
    Row("A mine exploded on the [[Homs]]-[[Hama]] highway.", "between", "Homs+Hama", 45.3, None, "LineString", "Rastan"),
    Row("A mine exploded on the [[Homs]]–[[Hama]] international road.", "between", "Homs+Hama", 45.3, None, "LineString", "Rastan"),
    Row("A bus was hit on the [[Damascus]] to [[Aleppo]] highway.", "between", "Damascus+Aleppo", 309, None, "LineString", "Saraqib"),
    Row("The road from [[Damascus]] to [[Aleppo]] was cut.", "between", "Damascus+Aleppo", 309, None, "LineString", "Khan Shaykhun"),
    Row("Men blocked the highway linking [[Homs]] with [[Aleppo]].", "between", "Homs+Aleppo", 168.6, None, "LineString", "Saraqib"),
    Row("Men blocked the main road connecting [[Homs]] and [[Aleppo]].", "between", "Homs+Aleppo", 168.6, None, "LineString", "Saraqib"),
    Row("A convoy was hit halfway between [[Homs]] and [[Hama]].", "between", "Homs+Hama", 45.3, None, "LineString", "Rastan"),
    Row("A convoy was hit midway between [[Goma]] and [[Rutshuru]].", "between", "Goma+Rutshuru", 59.1, None, "LineString", (-1.44, 29.33)),
    Row("Bombs fell on the highway between [[Kawkareik]] and [[Myawaddy]], killing a monk.", "between", "Kawkareik+Myawaddy", 32.6, None, "LineString", (16.66, 98.4)),
    Row("Four were taken at km 38 of the road from [[Kaduna]] to [[Birnin Gwari]].", "between", "Kaduna+Birnin Gwari", 90.1, None, "LineString", (10.69, 7.17)),
    Row("Fighting goes on along the [[Bakhmut]]-[[Soledar]] front line.", "between", "Bakhmut+Soledar", 12.1, None, "LineString", (48.64, 38.05)),
    # One end known
    Row("A bus was hit along the road to [[Jalalabad]].", "near", "Jalalabad", truth=(34.5, 70.1)),
    Row("They were ambushed on the [[Damascus]] highway.", "near", "Damascus", truth="Douma"),
    Row("The road leading to [[Saraqib]] was mined.", "near", "Saraqib", truth=(35.8, 36.7)),
    Row("The rebels hold [[Saraqib]]. Two men died on the road to [[Aleppo]].", "near", "Saraqib+Aleppo", truth=(35.95, 36.9)),
    Row("A van blew up on the road to [[Douma]], on the edge of [[Damascus]].", "near", "Damascus", truth=(33.55, 36.35)),
    # Rivers
    Row("Troops deployed along the [[Litani]].", "near", "Litani", truth="Khiam"),
    Row("Shells fell on the banks of the [[Dnipro]].", "near", "Dnipro", truth="Oleshky"),
    Row("They met near the western bank of the [[Euphrates]] river.", "near", "Euphrates", truth="Raqqa"),
    Row("Tear gas was fired across the river from [[Khartoum]].", "near", "Khartoum", truth="Khartoum North"),
    Row("Shells fell across the [[Dnipro]] from [[Kherson]].", "near", "Kherson+Dnipro", truth="Oleshky"),
    Row("Shelling hit the opposite bank of the river from [[Kherson]].", "near", "Kherson", truth=(46.6, 32.63)),
    # Parts
    Row("The offensive in the eastern countryside of [[Daraa]] began.", "part", "Daraa", None, 90, "Polygon", (32.6, 36.35)),
    Row("Raids hit northern [[Gaza|Gaza Strip]].", "part", "Gaza Strip", None, 0, "Polygon", "Gaza City"),
    Row("Raids hit southern [[Gaza|Gaza Strip]].", "part", "Gaza Strip", None, 180, "Polygon", "Khan Yunis"),
    Row("Jets hit the western suburbs of [[Damascus]].", "part", "Damascus", None, 270, "Polygon", "Darayya"),
    Row("A blast shook central [[Damascus]].", "part", "Damascus", None, None, "Polygon", (33.513, 36.3)),
    Row("A blast shook the centre of [[Damascus]].", "part", "Damascus", None, None, "Polygon", (33.513, 36.3)),
    Row("[[Syria|Syria!]]'s army fought on. Clashes broke out in the south of the country.", "part", "Syria", None, 180, "Polygon", "Daraa"),
    Row("Strikes in rural [[Aleppo]] killed ten.", "part", "Aleppo", None, None, "Polygon", "Tel Rifaat"),
    Row("Strikes in the [[Aleppo]] countryside killed ten.", "part", "Aleppo", None, None, "Polygon", "Tel Rifaat"),
    Row("Attacks in the far north of [[Cameroon]] killed ten.", "part", "Cameroon", None, 0, "Polygon", "Maroua"),
    Row("Raids on [[Beirut]]'s southern suburbs killed ten.", "part", "Beirut", None, 180, "Polygon", "Haret Hreik"),
    Row("Raids on the southern suburbs of [[Beirut]] killed ten.", "part", "Beirut", None, 180, "Polygon", "Haret Hreik"),
    Row("Shells fell in north-western [[Syria]].", "part", "Syria", None, 315, "Polygon", "Jisr al-Shughur"),
    Row("Shells fell in northern and eastern [[Syria]].", "part", "Syria", None, 45, "Polygon", "Raqqa"),
    Row("Missiles hit the northern [[Homs]] countryside.", "part", "Homs", None, 0, "Polygon", "Rastan"),
    Row("Missiles hit [[Homs]]' northern countryside.", "part", "Homs", None, 0, "Polygon", "Rastan"),
    Row("Troops took the southern part of [[Aleppo|Aleppo province]] province.", "part", "Aleppo province", None, 180, "Polygon", (35.7, 37.2)),
    Row("Fighting spread across the south of [[Kachin]] state.", "part", "Kachin", None, 180, "Polygon", "Bhamo"),
    Row("A drone hit the northern outskirts of [[Bakhmut]].", "part", "Bakhmut", None, 0, "Polygon", (48.65, 38.0)),
    Row("A bomb destroyed a house on the northern edge of [[Pokrovsk]].", "part", "Pokrovsk", None, 0, "Polygon", (48.315, 37.18)),
    Row("Clashes were reported in southern [[Idlib|Idlib province]].", "part", "Idlib province", None, 180, "Polygon", "Khan Shaykhun"),
    Row("Fighting continued in east [[Aleppo]].", "part", "Aleppo", None, 90, "Polygon", (36.2, 37.23)),
    Row("The rebels hold [[Idlib|Idlib province]]. Jets bombed the province's southern districts.", "part", "Idlib province", None, 180, "Polygon", "Khan Shaykhun"),
    # Borders
    Row("Troops held [[Daraa]]. The base lies 13 kilometres north of the border with [[Jordan]].", "offset", "Jordan", 13, 0, "Polygon", (32.65, 36.0)),
    Row("The rebels left [[Azaz]]. Shells hit a camp near the [[Turkish|Turkey!]] border.", "near", "Turkey", None, None, "Polygon", (36.63, 37.08)),
    Row("The rebels left [[Azaz]]. Shells fell on the far side of the border with [[Turkey]].", "near", "Turkey", None, None, "Polygon", (36.63, 37.08)),
    Row("Forces clashed on the [[Syrian|Syria!]]-[[Lebanese|Lebanon!]] border.", "near", "Syria+Lebanon", None, None, "Polygon", (34.45, 36.4)),
    Row("Forces clashed along the border between [[Syria]] and [[Lebanon]].", "near", "Syria+Lebanon", None, None, "Polygon", (34.45, 36.4)),
    Row("The army left [[Ansongo]]. Gunmen hit a post on [[Mali]]'s border with [[Niger]].", "near", "Niger+Mali", None, None, "Polygon", "Labbezanga"),
    Row("The army left [[Jarabulus]]. It struck 20 km inside [[Syria]], [[Turkey|Turkey!]] said.", "offset", "Syria", 20, None, "Polygon", (36.64, 38.0)),
]  # fmt: skip


def related(marked: str, **options: bool) -> list[Spot]:
    """Spots of the last sentence that hang on another place."""
    return [spot for spot in spots_of_marked(marked, **options) if spot.relation is not None]


def _truth(row: Row) -> tuple[float, float]:
    if isinstance(row.truth, tuple):
        return row.truth
    if row.truth:
        place = places()[row.truth]
        return place.lat, place.lon
    assert row.km is not None
    assert row.bearing is not None
    return destination(places()[row.anchors], row.km * 1.1, row.bearing + 18)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.marked.replace("[[", "").replace("]]", "")[:60])
def test_phrase(row: Row) -> None:
    (spot,) = related(row.marked)
    relation = spot.relation
    assert relation is not None
    assert (relation.type, [anchor.id for anchor in relation.anchors]) == (row.kind, row.anchors.split("+"))
    assert relation.distance_km == (None if row.km is None else pytest.approx(row.km, abs=0.06))
    assert relation.bearing == row.bearing
    assert spot.geometry["type"] == row.geometry
    away = geodesic((spot.place.lat, spot.place.lon), _truth(row)).km
    assert away <= spot.radius_km, f"{away:.1f} km off"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.marked[:40])
def test_what_holds_for_all(row: Row) -> None:
    (spot,) = related(row.marked)
    assert spot.geo_precision in {1, 2, 3}
    assert spot.where_prec in {1, 2, 5}
    ground = shape(spot.geometry)
    assert ground.is_valid
    corners = [(lat, lon) for lon, lat in _corners(spot.geometry["coordinates"])]
    assert all(geodesic((spot.place.lat, spot.place.lon), corner).km <= spot.radius_km for corner in corners)
    assert len(corners) <= 400
    if spot.geometry["type"] == "Polygon":
        true_lat, true_lon = _truth(row)
        assert ground.buffer(0.05).contains(shape({"type": "Point", "coordinates": [true_lon, true_lat]}))


def _corners(coordinates: list[object]) -> list[tuple[float, float]]:
    if isinstance(coordinates[0], float | int):
        return [(coordinates[0], coordinates[1])]  # type: ignore[list-item]
    return [corner for item in coordinates for corner in _corners(item)]  # type: ignore[arg-type]


@pytest.mark.parametrize("marked", [
    "Ten were killed between Monday and Tuesday in [[Homs]].",
    "Between 10 and 12 people died in [[Homs]].",
    "North of 100 people died in [[Homs]].",
    "They held talks between [[Damascus]] and [[Beirut]].",
    "The ceasefire between [[Damascus]] and [[Beirut]] held.",
    "Flights between [[Kyiv]] and [[Beirut]] were cancelled.",
    "A trade war between [[Turkey]] and [[Syria]] loomed.",
    "Shells hit [[Myrnohrad]], 7 km from [[Pokrovsk]].",
    "Shells hit [[Myrnohrad]], a mining town some 7 km east of [[Pokrovsk]].",
    "Shells hit [[Myrnohrad]] (7 km east of [[Pokrovsk]]).",
    "The army entered [[Nassib]], which lies 13 km south of [[Daraa]].",
    "The army entered [[Nassib]], near [[Daraa]].",
    "The army entered [[Nassib]], located about 3 km north of the border with [[Jordan]].",
    "Raids hit [[Douma]], on the [[Homs]] highway.",
    "Gas was fired in [[Khartoum North]], across the river from [[Khartoum]].",
    "Ten km south of [[Homs]], in the village of [[Rastan]], a mine went off.",
    "The missile has a range of 800 km from [[Tyre]].",
    "Around 40 people from [[Homs]] were held.",
    "The army said from [[Damascus]] that it was outside its control.",
    "The south, [[Beirut]] and the Bekaa were hit.",
    "A deal near completion in [[Damascus]] fell through.",
    "Oil prices rose 10% north of $100 in [[Baghdad]].",
    "The northern army group left [[Homs]].",
    "In [[Homs]] fighting went on near the border of despair.",
    "Rates rose between 2.5 and 3.5 in [[Baghdad]].",
    "In the end, [[Homs]] fell.",
    "[[Syria|Syria!]]'s southern command rejected it.",
])  # fmt: skip
def test_no_relation(marked: str) -> None:
    """What looks like a relation and is none, or only says where a named place lies."""
    assert [spot.place.name for spot in related(marked)] == []


def test_landmark_of_a_named_place_is_no_place() -> None:
    spots = spots_of_marked("Shells hit [[Myrnohrad]], a mining town some 7 km east of [[Pokrovsk]].")
    assert [spot.place.id for spot in spots] == ["Myrnohrad"]


def test_two_places_told_alike() -> None:
    spots = related("Fighting raged near [[Bakhmut]] and [[Soledar]].")
    assert [(s.place.id, s.relation and s.relation.type) for s in spots] == [("Bakhmut", "near"), ("Soledar", "near")]


@pytest.mark.parametrize("marked", [
    "Troops held [[Daraa]]. The base lies 13 kilometres north of the border with [[Jordan]].",
    "The rebels left [[Azaz]]. Shells hit a camp near the [[Turkish|Turkey!]] border.",
])  # fmt: skip
def test_border_without_outlines_is_the_country_with_its_whole_radius(marked: str) -> None:
    """Nothing pretends: the point is the country's own, the codes say country, the radius holds it."""
    (spot,) = related(marked, outlines=False)
    assert (spot.place.country, spot.geo_precision, spot.where_prec) == ("SY", 3, 6)
    assert spot.radius_km >= places()["Syria"].radius_km


def test_border_point_lies_beyond_the_border_at_the_told_distance() -> None:
    """13 km north of Jordan's border, by the town named before."""
    (spot,) = related("Troops held [[Daraa]]. The base lies 13 kilometres north of the border with [[Jordan]].")
    daraa = places()["Daraa"]
    assert 32.58 < spot.place.lat < 32.8
    assert geodesic((spot.place.lat, spot.place.lon), (daraa.lat, daraa.lon)).km < 40
    assert spot.place.country == "SY"


def test_part_of_a_country_follows_its_outline() -> None:
    (spot,) = related("Shells fell in northern [[Syria]].")
    ground, damascus = shape(spot.geometry), places()["Damascus"]
    assert not ground.contains(shape({"type": "Point", "coordinates": [damascus.lon, damascus.lat]}))
    assert spot.place.lat > places()["Syria"].lat
