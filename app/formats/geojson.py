"""Stored events as a GeoJSON FeatureCollection (RFC 7946)."""

from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry import mapping, shape

MEDIA_TYPE = "application/geo+json"


def events_to_geojson(events: Iterable[Mapping[str, Any]], **members: Any) -> dict[str, Any]:
    """A FeatureCollection of events in the contract's JSON shape; `members` go beside `features` (section 6.1)."""
    return {"type": "FeatureCollection", "features": [event_to_feature(event) for event in events], **members}


def event_to_feature(event: Mapping[str, Any]) -> dict[str, Any]:
    """Every field of the event is a property; the geometry of its place is lifted out.

    An event without a place has the geometry null (section 3.2). Five flat properties repeat what stands deeper,
    because table views of map programs show only flat ones: date_start, date_end, place_name, country, admin1.
    """
    properties = dict(event)
    when, where = event["date"] or {}, event["place"]
    geometry = None
    if where is not None:
        geometry = _right_handed(where["geometry"])
        properties["place"] = {name: value for name, value in where.items() if name != "geometry"}
    properties |= {
        "date_start": when.get("start"),
        "date_end": when.get("end"),
        "place_name": where["name"] if where else None,
        "country": where["country"] if where else None,
        "admin1": where["admin1"] if where else None,
    }
    return {"type": "Feature", "id": event["id"], "geometry": geometry, "properties": properties}


def _right_handed(geometry: Mapping[str, Any]) -> Mapping[str, Any]:
    """Polygons with counter-clockwise outer rings (section 3.1.6); other geometries as they are."""
    if geometry["type"] not in {"Polygon", "MultiPolygon"}:
        return geometry
    turned: dict[str, Any] = mapping(shapely.orient_polygons(shape(dict(geometry)), exterior_cw=False))
    return turned
