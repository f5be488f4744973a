"""Box queries: the index only chooses candidates, so every answer must equal a plain comparison of coordinates."""

from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.queries import Bbox, EventQuery
from app.store import Store
from tests.factories import make_event, make_event_place, make_place
from tests.unit.services.stored import store_events

Point = tuple[float, float]

# Near the edges of the 32-bit numbers in the index, on the antimeridian and at the poles things go wrong first.
EDGES = [-180.0, -90.0, -1e-9, -1e-290, 0.0, 1e-9, 32.5535, 32.55350001, 36.1886, 90.0, 180.0]
longitudes = st.sampled_from(EDGES) | st.floats(-180, 180)
latitudes = st.sampled_from([edge for edge in EDGES if abs(edge) <= 90]) | st.floats(-90, 90)
points = st.lists(st.tuples(longitudes, latitudes), max_size=15)
boxes = st.builds(
    lambda west, east, one, other: Bbox(west, min(one, other), east, max(one, other)),
    longitudes, longitudes, latitudes, latitudes,
)  # fmt: skip

examples = count()


def put(store: Store, where: list[Point]) -> dict[str, Point]:
    """Store an event at each point; answers the points by event id."""
    events = {f"box-{next(examples)}-{number}": (lon, lat) for number, (lon, lat) in enumerate(where)}
    places = {name: make_event_place(make_place(lon=lon, lat=lat)) for name, (lon, lat) in events.items()}
    store_events(store, make_event(place=None), *(make_event(id=name, place=place) for name, place in places.items()))
    return events


def inside(point: Point, box: Bbox) -> bool:
    """The meaning of a box, said in the plainest way."""
    lon, lat = point
    across = lon >= box.west or lon <= box.east
    return box.south <= lat <= box.north and (box.west <= lon <= box.east if box.west <= box.east else across)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(where=points, box=boxes)
def test_a_box_query_is_a_comparison_of_coordinates(store: Store, where: list[Point], box: Bbox) -> None:
    events = put(store, where)
    query = EventQuery(bbox=box)
    with store.read() as transaction:
        found = {row.id for row in transaction.events.page(query, None, None, 10_000)} & set(events)
        assert transaction.events.count(query, None) >= len(found)
    assert found == {name for name, point in events.items() if inside(point, box)}


@pytest.mark.parametrize(
    ("box", "found"),
    [
        (Bbox(36.1886, 32.5535, 36.1886, 32.5535), True),  # a box that is a point, edges included
        (Bbox(36.1886, 30.0, 36.1886, 35.0), True),  # a box that is a line
        (Bbox(36.18860001, 32.0, 37.0, 33.0), False),  # one metre off: the same number in 32 bits
        (Bbox(170.0, 32.0, 37.0, 33.0), True),  # round the world, over the antimeridian
        (Bbox(37.0, 32.0, 36.0, 33.0), False),  # all but where it is
        (Bbox(-180.0, -90.0, 180.0, 90.0), True),  # the whole world
    ],
)
def test_boxes_that_are_easy_to_get_wrong(store: Store, box: Bbox, found: bool) -> None:
    store_events(store)  # at 36.1886, 32.5535
    with store.read() as transaction:
        assert transaction.events.count(EventQuery(bbox=box), None) == int(found)


def test_a_point_that_is_zero_in_32_bits(store: Store) -> None:
    # Found by the test above: SQLite stores it as 0, which lies north of the box.
    put(store, [(36.0, -1e-290)])
    with store.read() as transaction:
        assert transaction.events.count(EventQuery(bbox=Bbox(35.0, -1.0, 37.0, -1e-290)), None) == 1
