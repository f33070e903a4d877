"""What the choices of a day are called: a record must be readable when its pack has changed."""

from collections.abc import Iterable, Iterator

from simulator.brands import Brand
from simulator.workday import Brief, Workday

Row = tuple[str, str]


def titles(day: Workday, brand: Brand) -> dict[str, str]:
    """Return the words of everything that can be chosen on a day.

    Keys are ``<post>.variant.<id>`` (``format`` and bids are in tables), ``segment.<id>``,
    ``conclusion.<id>``, ``next_step.<id>``, ``payload.<payload>.<id>`` and ``to.<contact>``.
    """
    if day == Workday():
        return {}
    return dict(_rows(day, brand))


def _rows(day: Workday, brand: Brand) -> Iterator[Row]:
    for brief in day.briefs:
        yield from _of_brief(brief)
    if day.campaign is not None:
        yield from ((f"segment.{row.id}", row.title) for row in day.campaign.segments)
    if day.report is not None:
        yield from ((f"conclusion.{row.id}", row.text) for row in day.report.conclusions)
        yield from ((f"next_step.{row.id}", row.text) for row in day.report.next_steps)
        for payload in day.report.payloads:
            yield from ((f"payload.{payload.id}.{row.id}", row.title) for row in payload.options)
    yield from ((f"to.{contact.id}", contact.title) for contact in brand.contacts)


def _of_brief(brief: Brief) -> Iterable[Row]:
    named: dict[str, list[Row]] = {
        "variant": [(row.id, row.text) for row in brief.variants],
        "audience": [(row.id, row.title) for row in brief.audiences],
        "picture": [(row.id, row.title) for row in brief.pictures],
        "alt": [(row.id, row.title) for row in brief.alts],
        "label": [(row.id, row.text) for row in brief.labels],
    }
    return (
        (f"{brief.id}.{name}.{id_}", words) for name, rows in named.items() for id_, words in rows
    )
