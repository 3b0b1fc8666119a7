"""What printed figures imply: computed here, stated by no article."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

DAY = timedelta(days=1)


class Level(NamedTuple):
    """A printed amount for a period; `rounding` is half a unit of the last decimal that it is printed with."""

    claim_id: str
    start: date
    end: date
    value: float
    rounding: float


class Growth(NamedTuple):
    """The growth between two levels in per cent; their roundings leave open what lies between `low` and `high`."""

    earlier: Level
    later: Level
    value: float
    low: float
    high: float


def growths(levels: Iterable[Level]) -> list[Growth]:
    """Return the growth between each two levels of one series whose periods follow each other without a gap."""
    ordered = sorted(levels, key=lambda level: level.start)
    found = [growth(*two) for two in pairwise(ordered)]
    return [one for one in found if one]


def growth(earlier: Level, later: Level) -> Growth | None:
    """Return the growth from a period to the next one; None where they are apart or a level may be zero.

    >>> implied = growth(
    ...     Level("a", date(2022, 1, 1), date(2022, 12, 31), 190e9, 0.5e9),
    ...     Level("b", date(2023, 1, 1), date(2023, 12, 31), 240e9, 0.5e9),
    ... )
    >>> [round(value, 2) for value in implied[2:]]
    [26.32, 25.72, 26.91]
    """
    if later.start - earlier.end != DAY or min(_low(earlier), _low(later)) <= 0:
        return None
    value = _change(earlier.value, later.value)
    return Growth(earlier, later, value, _change(_high(earlier), _low(later)), _change(_low(earlier), _high(later)))


def _low(level: Level) -> float:
    return level.value - level.rounding


def _high(level: Level) -> float:
    return level.value + level.rounding


def _change(before: float, after: float) -> float:
    return (after / before - 1) * 100
