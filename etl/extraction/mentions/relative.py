"""Expressions of time that hang on the day of publication, or on a time named before -> the period that they mean."""

from etl.extraction.mentions import calendar as cal
from etl.extraction.mentions.parts import Built, Parts

MANY_MONTHS = 7  # so many are of a year, not of any stretch
HALF_MONTHS = 6


def last_unit(p: Parts) -> Built:
    """Read last month, last quarter, next month: the one beside the day of publication."""
    if p.now.year is None or p.now.month is None:
        return None, "", False
    step = 1 if p.has("X") else 0 if p.has("T") else -1
    if p.has("m"):
        return cal.shift_months(cal.months(p.now.year, p.now.month, p.now.month), step), "", False
    number = (p.now.month - 1) // 3 + 1
    return cal.shift_months(cal.quarter(number, p.now.year), 3 * step), "", False


def since_month(p: Parts) -> Built:
    """Read since January, since last December: the months from then on that are over; else a base."""
    month = p.numbers("M")[0]
    later = p.now.month is not None and month >= p.now.month
    if p.now.year is None or p.now.month is None or month == p.now.month or (later and not p.has("L")):
        return None, "since", False
    over = cal.shift_months(cal.months(p.now.year, p.now.month, p.now.month), -1)
    began = over.end.year - (1 if month > over.end.month else 0)
    return cal.months(began, month, over.end.month, end_year=over.end.year), "ytd", False


def years_ago(p: Parts) -> Built:
    """Read five years ago: a calendar year; one year ago is relative."""
    count = (p.numbers("N") or [1])[0]
    if p.now.year is None or not 1 < count < 200:
        return None, "yoy", False
    return cal.year(p.now.year - count), "ago", False


def year_to_date(p: Parts) -> Built:
    """Read so far this year: the months that are over."""
    year = p.year() or p.now.year
    if year is None:
        return None, "ytd", False
    over = 12 if p.now.year is not None and year < p.now.year else (p.now.month or 1) - 1
    return (cal.months(year, 1, over) if over else None), "ytd", False


def year_earlier(p: Parts) -> Built:
    """Read a year earlier: the same stretch of the year before."""
    return None, "yoy", False


def year_later(p: Parts) -> Built:
    """Read a year later: the same stretch of the year after."""
    return None, "later", False


def one_earlier(p: Parts) -> Built:
    """Read the month before: the stretch before; twelve months before are a year."""
    return None, "yoy" if p.has("N") and p.numbers("N")[0] == cal.YEAR_MONTHS else "prev", False


def same(p: Parts) -> Built:
    """Read the same period of 2022, or the same period alone: that of the figure before."""
    year = p.year() if not p.has("-/") else p.numbers("Y")[0] + 1  # a fiscal year by the year in which it ends
    if year is None and not p.has("EP"):
        return None, "that" if p.has("a") and not p.has("pqmh") else "context", False
    return (cal.year(year) if year else None), "same", False


def since(p: Parts) -> Built:
    """Read since 2017: a base, not a period; figures may be said to be of it (since 2017, when it was $5bn)."""
    year = p.numbers("Y")
    return (cal.year(year[-1]) if year and not p.has("M") else None), "since", False


def whole_year(p: Parts) -> Built:
    """Read the whole year: that of a time named before."""
    return None, "whole", False


def half_year(p: Parts) -> Built:
    """Read the half-year: the latest that is over."""
    if p.now.year is None or p.now.month is None:
        return None, "context", False
    first = p.now.month > HALF_MONTHS
    return cal.half(1 if first else 2, p.now.year if first else p.now.year - 1), "", True


def twelve_months(p: Parts) -> Built:
    """Read over twelve months: those up to the time that the article speaks of."""
    count = p.numbers("N")[0]
    if MANY_MONTHS <= count < cal.YEAR_MONTHS and p.now.year:
        return cal.months(p.now.year, 1, count), "count", True
    return None, "twelve" if count == cal.YEAR_MONTHS else "date", False


def to_come(p: Parts) -> Built:
    """Read the next five years, the years to come: a time without bounds."""
    return None, "unbounded", False


def that_one(p: Parts) -> Built:
    """Read that month, that quarter: the one last named."""
    return None, "named", False


def that_year(p: Parts) -> Built:
    """Read that year: the one last named."""
    return None, "that", False


def running_year(p: Parts) -> Built:
    """Read the year: behind "for" the one the article speaks of."""
    return None, "running", False


def context(p: Parts) -> Built:
    """Read the period: the one the article speaks of."""
    return None, "context", False
