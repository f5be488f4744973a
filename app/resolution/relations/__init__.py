"""Places that hang on other places: "13 km north of X", "near X", "between X and Y", "northern X", coordinates.

Each becomes a point, a line or an area with an honest radius and names its anchors. The phrases are in phrases.yaml.
"""

from app.resolution.relations.directions import bearing_of
from app.resolution.relations.reading import spots_in
from app.resolution.relations.spots import Spot, spot_of

__all__ = ["Spot", "bearing_of", "spot_of", "spots_in"]
