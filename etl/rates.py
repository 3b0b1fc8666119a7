"""Reference rates of the European Central Bank, which come with the library `currencyconverter`: nothing is fetched.

A rate is what one unit of `base` costs in `quote`. The rates are read when the first one is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from currency_converter import CurrencyConverter

# No break in the publication of rates lasts longer: not Easter, not the turn of a year.
LONGEST_BREAK = timedelta(days=7)


class Rate(NamedTuple):
    """A rate, and the working day that it was published for."""

    day: date
    value: float


def on(base: str, quote: str, day: date) -> Rate | None:
    """Return the rate of a day, or the last one before it; None where there is none within a week.

    >>> on("EUR", "USD", date(2023, 12, 31))
    Rate(day=datetime.date(2023, 12, 29), value=1.105)
    """
    return next(_backwards(base, quote, day), None)


def average(base: str, quote: str, start: date, end: date) -> float | None:
    """Return the average rate of a period over its days that have one; None unless the rates cover the period."""
    if not (_covered(base, quote, start) and _covered(base, quote, end)):
        return None
    values = [rate.value for rate in between(base, quote, start, end)]
    return sum(values) / len(values) if values else None


@lru_cache(maxsize=1024)
def between(base: str, quote: str, start: date, end: date) -> tuple[Rate, ...]:
    """Return the rates of a period, those days that have one."""
    days = (start + timedelta(days=passed) for passed in range((end - start).days + 1))
    return tuple(rate for day in days if (rate := _published(base, quote, day)))


def _covered(base: str, quote: str, day: date) -> bool:
    """Tell whether a day lies within the time of a rate: a first or last week may be without."""
    return on(base, quote, day) is not None or on(base, quote, day + LONGEST_BREAK) is not None


def _backwards(base: str, quote: str, day: date) -> Iterator[Rate]:
    for passed in range(LONGEST_BREAK.days + 1):
        if rate := _published(base, quote, day - timedelta(days=passed)):
            yield rate


def _published(base: str, quote: str, day: date) -> Rate | None:
    from currency_converter import RateNotFoundError

    try:
        return Rate(day, _converter().convert(1, base, quote, day))
    except (RateNotFoundError, ValueError):  # no rate on this day, no such currency
        return None


@cache
def _converter() -> CurrencyConverter:
    from currency_converter import CurrencyConverter

    return CurrencyConverter()
