"""What every test of the web starts from."""

import pytest

from tests.web import kit


@pytest.fixture
def world(db: None) -> kit.World:
    """临江省, see ``kit.world``."""
    return kit.world()
