"""Dates as addresses write them: a year, a month or a day, and the first and last day of each."""

import re
from calendar import monthrange
from datetime import date


def parts(value: str) -> tuple[int, int | None, int | None]:
    """Return a date's year, month and day, None where it has none. Raises ValueError where it is no date."""
    match = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if match is None:
        raise ValueError(value)
    year, month, day = (int(part) if part else None for part in match.groups())
    date(year or 0, month or 1, day or 1)
    return year or 0, month, day


def first_day(value: str | None) -> date | None:
    """Return the first day that a date stands for."""
    if value is None:
        return None
    year, month, day = parts(value)
    return date(year, month or 1, day or 1)


def last_day(value: str | None) -> date | None:
    """Return the last day that a date stands for."""
    if value is None:
        return None
    year, month, day = parts(value)
    return date(year, month or 12, day or monthrange(year, month or 12)[1])
