"""Which part of a long list a page shows, and which pages are offered beside it."""

from dataclasses import dataclass

NEIGHBOURS = 1


@dataclass(frozen=True, slots=True)
class Paging:
    """One page of a list of ``total``; pages are counted from 1."""

    total: int
    wanted: int
    size: int

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one."""
        return max(1, -(-self.total // self.size))

    @property
    def page(self) -> int:
        """The page that is shown: the wanted one, brought within the list."""
        return min(max(1, self.wanted), self.last)

    @property
    def start(self) -> int:
        """How many rows stand on the pages before."""
        return (self.page - 1) * self.size

    def offered(self) -> list[int | None]:
        """Return the pages to offer: the ends and the neighbours, None where some are left out."""
        near = range(self.page - NEIGHBOURS, self.page + NEIGHBOURS + 1)
        shown = sorted({1, self.last, *(one for one in near if 1 <= one <= self.last)})
        found: list[int | None] = []
        for number in shown:
            if found and number - (found[-1] or 0) > 1:
                found.append(None)
            found.append(number)
        return found
