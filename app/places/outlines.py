"""Outlines that the gazetteer knows: of units, countries and regions."""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Final

import shapely
from shapely.geometry.base import BaseGeometry as Geometry

from app.domain.places import Place
from app.places.file import Shape
from app.places.merge import are_twins
from app.places.plain import plain_name

if TYPE_CHECKING:
    from app.places.gazetteer import Gazetteer

_MOST_COUNTRIES: Final = 16
_COUNTRIES: Final[OrderedDict[tuple[str, str], Geometry]] = OrderedDict()


def known_outline(gazetteer: Gazetteer, place: Place) -> tuple[Geometry, bool] | None:
    """The polygon of a place (WGS 84), and whether it is approximate; None where nothing is known but a point."""
    shape = gazetteer.shape(place.id)
    if shape is not None:
        return geometry_of(shape), shape.approximate
    if place.is_country and place.country:
        units = gazetteer.base.unit_shapes(place.country)
        return (_country(gazetteer.base.meta["version"], place.country, tuple(units)), False) if units else None
    return _outline_of_namesake(gazetteer, place) if place.is_admin else None


def _outline_of_namesake(gazetteer: Gazetteer, unit: Place) -> tuple[Geometry, bool] | None:
    """The outline of the same unit in another source, which may call it Izra where ours says Izra District."""
    for met in gazetteer.meetings([(plain := plain_name(unit.name))])[plain]:
        if met.hit.place.id != unit.id and are_twins(unit, met.hit.place):
            shape = gazetteer.shape(met.hit.place.id)
            if shape is not None:
                return geometry_of(shape), shape.approximate
    return None


def geometry_of(shape: Shape) -> Geometry:
    """The outline itself."""
    return shapely.from_wkb(shape.wkb)


def _country(version: str, country: str, units: tuple[Shape, ...]) -> Geometry:
    """The units of a country together; the last few countries are remembered."""
    held = _COUNTRIES.get((version, country))
    if held is None:
        held = _COUNTRIES[version, country] = shapely.union_all([geometry_of(shape) for shape in units])
        while len(_COUNTRIES) > _MOST_COUNTRIES:
            _COUNTRIES.popitem(last=False)
    return held
