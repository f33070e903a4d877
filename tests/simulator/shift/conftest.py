"""A desk to test at: the shipped brands and scenarios, and a few words to send."""

from collections.abc import Callable

import pytest

import simulator
from simulator.shift.baselines import written_answer

Desk = Callable[..., simulator.Shift]


@pytest.fixture(scope="session")
def begin() -> Desk:
    """Begin a shipped scenario."""

    def begin_shift(
        scenario_id: str = "lumo-monday", locale: simulator.Locale = "en", seed: int = 7
    ) -> simulator.Shift:
        pack = simulator.scenario_pack(scenario_id)
        brand = simulator.brand(simulator.brand_pack(pack["brand"]), locale)
        return simulator.start(simulator.scenario(pack, locale), brand, seed)

    return begin_shift


@pytest.fixture(scope="session")
def begin_drill() -> Desk:
    """Begin a drill of one message."""

    def begin_shift(
        kind: str, seed: int = 7, locale: simulator.Locale = "en", brand_id: str = "lumo"
    ) -> simulator.Shift:
        pack = simulator.brand_pack(brand_id)
        scenario = simulator.drill(pack, kind, locale, seed)
        return simulator.start(scenario, simulator.brand(pack, locale), seed)

    return begin_shift


@pytest.fixture(scope="session")
def answer() -> Callable[[simulator.Shift, str], str]:
    """Return a good answer to a message on the desk."""

    def good_answer(shift: simulator.Shift, message_id: str) -> str:
        return written_answer(shift, shift.state.cases[message_id])

    return good_answer
