"""What was measured beside its floors and aims, as a table."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, beside what it must be and what it should be; `more` tells whether more is better."""

    name: str
    value: float | None
    unit: str
    floor: float | None = None
    aim: float | None = None
    more: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        """Return which of its marks it reaches."""
        if self.value is None or self.floor is None or self.aim is None:
            return ""
        sign = 1 if self.more else -1
        reached = [sign * self.value >= sign * mark for mark in (self.floor, self.aim)]
        return "aim" if all(reached) else "floor" if reached[0] else "below"


def table(rows: Sequence[Row]) -> str:
    """Return rows as lines of text under a heading."""
    head = f"{'':58}{'measured':>10}     {'floor':>8}{'aim':>8}  reached\n"
    return head + "".join(_line(row) for row in rows)


def _line(row: Row) -> str:
    marks = "".join(f"{'' if mark is None else f'{mark:g}':>8}" for mark in (row.floor, row.aim))
    value = "-" if row.value is None else f"{row.value:.4g}" if row.value >= 0.001 or not row.value else "< 0.001"
    return f"{row.name:58}{value:>10} {row.unit:4}{marks}  {row.verdict:7}{row.note}".rstrip() + "\n"
