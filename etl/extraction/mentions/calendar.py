"""Periods of the calendar, as statistics use them."""

import calendar
from datetime import date, timedelta

from etl.model import Period

YEAR_MONTHS = 12
# First month and day of the fiscal year that newspapers mean, where it is not the calendar year.
FISCAL_STARTS = {
    "IND": (4, 1), "JPN": (4, 1), "GBR": (4, 1), "CAN": (4, 1), "HKG": (4, 1), "SGP": (4, 1), "ZAF": (4, 1),
    "MMR": (4, 1), "KWT": (4, 1), "IDN": (4, 1), "LKA": (1, 1),
    "PAK": (7, 1), "BGD": (7, 1), "AUS": (7, 1), "NZL": (7, 1), "EGY": (7, 1), "KEN": (7, 1), "UGA": (7, 1),
    "TZA": (7, 1),
    "USA": (10, 1), "THA": (10, 1), "NPL": (7, 16), "ETH": (7, 8), "IRN": (3, 21), "AFG": (3, 21),
}  # fmt: skip
# Where "fiscal 2022" is the year that starts in 2022, not the one that ends in it.
NAMED_BY_START = frozenset({"JPN"})
# Where a fiscal year is printed as one number, never as 2023-24.
ONE_NUMBER = frozenset({"JPN", "USA", "THA"})


def last_day(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return calendar.monthrange(year, month)[1]


def months(year: int, first: int, last: int, end_year: int | None = None) -> Period:
    """Return the period from a month of `year` to a month of `end_year` (the same year unless given)."""
    stop = end_year or year
    length = (stop - year) * 12 + last - first + 1
    return Period(date(year, first, 1), date(stop, last, last_day(stop, last)), _freq(first, length))


def _freq(first: int, length: int) -> str:
    if length == 1:
        return "M"
    if length == 3 and first % 3 == 1:
        return "Q"
    if length == 6 and first in (1, 7):
        return "H"
    if length == 12 and first == 1:
        return "A"
    return "YTD" if first == 1 and length < 12 else "other"


def year(number: int) -> Period:
    """Return a calendar year."""
    return months(number, 1, 12)


def quarter(number: int, of: int) -> Period:
    """Return a calendar quarter (1 to 4) of a year."""
    return months(of, 3 * number - 2, 3 * number)


def half(number: int, of: int) -> Period:
    """Return a calendar half (1 or 2) of a year."""
    return months(of, 6 * number - 5, 6 * number)


def fiscal_year(starts_in: int, area: str | None) -> Period:
    """Return the fiscal year that starts in a year, of an economy."""
    month, day = FISCAL_STARTS.get(area or "", (1, 1))
    start = date(starts_in, month, day)
    return Period(start, date(starts_in + 1, month, day) - timedelta(days=1), "AF" if (month, day) != (1, 1) else "A")


def length(period: Period) -> int:
    """Return how many months a period touches."""
    return (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1


def shift_months(period: Period, by: int) -> Period:
    """Return the period moved by whole months; an end of month stays one."""
    at_end = period.end.day == last_day(period.end.year, period.end.month)
    start = _moved(period.start, by)
    end = _moved(period.end, by)
    if at_end:
        end = end.replace(day=last_day(end.year, end.month))
    return Period(start, end, period.freq)


def _moved(day: date, by: int) -> date:
    total = day.year * 12 + day.month - 1 + by
    number, month = divmod(total, 12)
    number = min(max(number, 1), 9999)
    return date(number, month + 1, min(day.day, last_day(number, month + 1)))


def year_before(period: Period) -> Period:
    """Return the same stretch a year earlier."""
    return shift_months(period, -12)


def one_before(period: Period) -> Period:
    """Return the stretch of the same length right before."""
    return shift_months(period, -length(period))
