"""Expressions of fiscal years and their parts -> the period that they mean."""

from datetime import date

from etl.extraction.mentions import calendar as cal
from etl.extraction.mentions.parts import Built, Parts
from etl.model import Period

LEAP_DAYS = 2


def year(p: Parts) -> Built:
    """Read year 2023, FY23, the last year year."""
    start = _start(p)
    return (cal.fiscal_year(start, p.now.area) if start else None), "", False


def years(p: Parts) -> Built:
    """Read between FY14 and FY19."""
    first, last = (cal.fiscal_year(2000 + number - _ends_later(p), p.now.area) for number in p.numbers("N"))
    return Period(first.start, last.end, "other"), "", False


def split_year(p: Parts) -> Built:
    """Read 2022-23: a year year when the second number follows the first."""
    first, second = p.numbers("Y")[0], (p.numbers("YN") or [0])[-1]
    if second % 100 != (first + 1) % 100:
        return None, "date", False
    return cal.fiscal_year(first, p.now.split_area), "", False


def year_to_day(p: Parts) -> Built:
    """Read the year ended March 31, 1987: the twelve months up to that day."""
    month, day = p.numbers("M")[0], (p.numbers("N") or [31])[0]
    year = p.numbers("Y")[-1] if p.has("Y") else p.now.latest(month)
    if year is None:
        return None, "", True
    end = date(year, month, min(day, cal.last_day(year, month)))
    whole = cal.fiscal_year(year - 1, p.now.area)
    begin = cal.shift_months(Period(end, end, ""), -12).start
    start = date.fromordinal(begin.toordinal() + 1)
    if abs((whole.start - start).days) < LEAP_DAYS:
        start = whole.start  # a calendar whose leap days are not ours
    return Period(start, end, "AF" if whole.end == end else "other"), "", False


def first_months(p: Parts, count: int) -> Built:
    """Read the first months of a fiscal year."""
    start = _start(p)
    if start is None:
        return None, "", True
    whole = cal.fiscal_year(start, p.now.area)
    end = cal.shift_months(Period(whole.start, whole.start, ""), count).start
    return Period(whole.start, date.fromordinal(end.toordinal() - 1), "YTD"), "", False


def part(p: Parts, skip: int, count: int) -> Built:
    """Read the quarter or half of a fiscal year that begins `skip` months into it."""
    start = _start(p)
    if start is None:
        return None, "", True
    whole = cal.fiscal_year(start, p.now.area)
    begin = cal.shift_months(Period(whole.start, whole.start, ""), skip).start
    end = cal.shift_months(Period(begin, begin, ""), count).start
    return Period(begin, date.fromordinal(end.toordinal() - 1), "Q" if count == 3 else "H"), "", False


def _start(p: Parts) -> int | None:
    """Return the calendar year in which the year year meant starts."""
    years, numbers = p.numbers("Y"), p.numbers("N")
    month = cal.FISCAL_STARTS.get(p.now.area or "", (1, 1))[0]
    ends_later = _ends_later(p)
    if years and (p.has("-/") or len(years) == 2):
        return years[0]
    if years:
        return years[-1] - ends_later
    if numbers and numbers[-1] < 100 and p.row[-1].letter == "N":
        return 2000 + numbers[-1] - ends_later
    if p.now.year is None or p.now.month is None:
        return None
    current = p.now.year - (1 if p.now.month < month else 0)
    return current - (1 if p.has("LP") else 0) + (1 if p.has("X") else 0)


def _ends_later(p: Parts) -> int:
    """Return 1 where a year year is named by the calendar year in which it ends."""
    month = cal.FISCAL_STARTS.get(p.now.area or "", (1, 1))[0]
    return 0 if month == 1 or p.now.area in cal.NAMED_BY_START else 1
