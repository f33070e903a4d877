"""A brand book for tests of the judge."""

import pytest

from simulator.brands import Brand, brand
from simulator.packs import brand_pack


@pytest.fixture(scope="session")
def lumo_pl() -> Brand:
    """Return the lamp shop's brand book in Polish."""
    return brand(brand_pack("lumo"), "pl")
