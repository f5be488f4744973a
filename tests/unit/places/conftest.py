"""The compiled gazetteer under the name that the tests of this room use."""

import pytest

from app.places import Gazetteer


@pytest.fixture(scope="session")
def gazetteer(places: Gazetteer) -> Gazetteer:
    """The real gazetteer."""
    return places
