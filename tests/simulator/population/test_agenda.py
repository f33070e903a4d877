"""What is filed for an hour comes back once, in order."""

import numpy as np
from hypothesis import given, strategies as st

from simulator.population.agenda import Agenda

rows = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 10**6)), max_size=40)


def _filed(entries: list[tuple[int, int]]) -> Agenda:
    agenda = Agenda(1)
    hours = np.array([hour for hour, _ in entries], dtype=np.int64)
    agenda.add(hours, np.array([[value for _, value in entries]], dtype=np.int64))
    return agenda


@given(rows)
def test_every_row_comes_back_once_at_its_hour_in_the_order_of_filing(
    entries: list[tuple[int, int]],
) -> None:
    agenda = _filed(entries)
    for hour in range(21):
        expected = [value for due, value in entries if due == hour]
        assert agenda.take(hour)[0].tolist() == expected
    assert agenda.take(100).shape == (1, 0)


@given(rows)
def test_a_missed_hour_is_made_good_by_the_next(entries: list[tuple[int, int]]) -> None:
    taken = _filed(entries).take(20)[0].tolist()
    assert taken == [value for _, value in sorted(entries, key=lambda entry: entry[0])]


@given(rows)
def test_an_agenda_written_as_a_table_reads_back(entries: list[tuple[int, int]]) -> None:
    agenda = _filed(entries)
    again = Agenda.of_table(agenda.table())
    assert all(np.array_equal(agenda.take(hour), again.take(hour)) for hour in range(21))
