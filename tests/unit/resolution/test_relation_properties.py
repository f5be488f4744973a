"""Whatever the text: no exception, offsets that move with it, circles that hold what they must."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from app.resolution.relations import Spot, bearing_of, spots_in
from app.resolution.relations.directions import mean_bearing
from tests.unit.resolution.marked import index, places, read_marked, spots_of_marked
from tests.unit.resolution.test_relation_phrases import ROWS

ROW = st.sampled_from([row.marked for row in ROWS])
NAME = st.sampled_from(sorted(places()))
PIECES = st.sampled_from([
    "10 km ", "north ", "of ", "the ", "town ", "between ", "and ", "near ", "border ", "with ", "along ", "road ",
    "to ", "from ", "southern ", "countryside ", "suburbs ", "'s ", "an hour's drive ", "a few kilometres ", ", ", "- ",
    "36.2021, 37.1343 ", "36°12'N ", "37S DA ", "the country ", "inside ", "halfway ", "across the river ", "(", ") ",
    "outskirts ", "far ", "other ", "left ", "opposite ", "side ", "bank ", "the far side of the border with ",
    "\ue000", "\uf400 ", "\u00a0", "",
])  # fmt: skip
MARKED = st.lists(
    st.one_of(PIECES, NAME.map("[[{}]] ".format), NAME.map("[[{0}|{0}!]] ".format), st.just("[[Foo|?]] ")),
    min_size=1,
    max_size=25,
)


def _moved(spot: Spot, by: int) -> tuple[object, ...]:
    ends = (spot.start, spot.end)
    return (spot.place, spot.radius_km, spot.geometry, *(end + by if end is not None else None for end in ends))


@given(MARKED)
@settings(max_examples=300, deadline=None)
def test_any_words(pieces: list[str]) -> None:
    marked = "x " + "".join(pieces) + " x"
    text, sentences, resolved = read_marked(marked)
    for sentence in sentences:
        for spot in spots_in(text, sentence, resolved, index()):
            assert spot.radius_km > 0
            assert -90 <= spot.place.lat <= 90
            assert -180 <= spot.place.lon <= 180
            assert spot.start is not None
            assert spot.end is not None
            assert 0 <= spot.start < spot.end <= len(text)


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text(text: str) -> None:
    marked = text.replace("[[", "") + " [[Homs]] " + text.replace("]]", "")
    plain, sentences, resolved = read_marked(marked)
    for sentence in sentences:
        spots_in(plain, sentence, resolved, index())


@given(ROW, st.integers(1, 60))
@settings(max_examples=100, deadline=None)
def test_offsets_move_with_the_text(marked: str, by: int) -> None:
    """The same sentence later in the text gives the same spots, so much later."""
    lead = "x" * by + ". "
    assert [_moved(s, len(lead)) for s in spots_of_marked(marked)] == [
        _moved(s, 0) for s in spots_of_marked(lead + marked)
    ]


@given(ROW)
@settings(max_examples=60, deadline=None)
def test_white_space_does_not_matter(marked: str) -> None:
    wide = re.sub(r" (?![^\[]*\]\])", " \u00a0 ", marked)
    first, second = spots_of_marked(marked), spots_of_marked(wide)
    assert [(s.place.lat, s.place.lon, s.radius_km) for s in first] == [
        (s.place.lat, s.place.lon, s.radius_km) for s in second
    ]


@given(st.sampled_from(["north", "east", "south", "west"]), st.sampled_from(["north", "east", "south", "west"]))
def test_mean_bearing_lies_between(first: str, second: str) -> None:
    a, b = bearing_of(first), bearing_of(second)
    mean = mean_bearing(a, b)
    if abs(a - b) == 180:
        assert mean is None
    else:
        assert mean is not None
        assert {round((mean - a) % 360) in {0, 45, 315}, round((mean - b) % 360) in {0, 45, 315}} == {True}
