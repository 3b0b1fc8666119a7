"""The parts of an expression of time -> the period that it means."""

from datetime import date

from etl.extraction.mentions import calendar as cal
from etl.extraction.mentions import fiscal, relative
from etl.extraction.mentions.parts import Built, Parts
from etl.model import Period

FEW_MONTHS = 3  # of any part of a year; more count from its beginning


def year(p: Parts) -> Built:
    """Read 2023, last year, this year."""
    year = p.year()
    return (cal.year(year) if year else None), "", year is None


def years(p: Parts) -> Built:
    """Read 2020 to 2024, between 1990 and 2018."""
    first, last = p.numbers("Y")
    if not first < last:
        return None, "date", False
    return Period(cal.year(first).start, cal.year(last).end, "other"), "", False


def month(p: Parts) -> Built:
    """Read May 2023, last May; without a year the latest that is over."""
    month = p.numbers("M")[0]
    year = p.year() or p.now.latest(month)
    return (cal.months(year, month, month) if year else None), "", p.year() is None


def month_range(p: Parts) -> Built:
    """Read January to May 2023; a range that runs into the next year starts in the one before."""
    first, last = p.numbers("M")[:2]
    years = p.numbers("Y")
    end = p.year() or p.now.latest(last)
    if end is None:
        return None, "", True
    end -= 1 if p.has("f") and p.has("LP") else 0
    start = years[0] if len(years) == 2 else end - (1 if first > last else 0)
    adjacent = p.has("J") and (end - start) * 12 + last - first == 1
    return cal.months(start, first, last, end_year=end), "span" if adjacent else "", p.year() is None


def between_months(p: Parts) -> Built:
    """Read between August and September: a stretch, or the two ends of a move."""
    period, _, floating = month_range(p)
    return period, "span", floating


def days(p: Parts) -> Built:
    """Read January 1 to May 15, 2023."""
    days = [n for n in p.numbers("N") if 1 <= n <= 31][-2:]
    first, last = p.numbers("M")[:2]
    years = p.numbers("Y")
    if len(days) < 2:
        return None, "", True
    end = years[-1] if years else p.now.latest_day(last, days[1])
    if end is None:
        return None, "", True
    start = years[0] if len(years) == 2 else end - (1 if first > last else 0)
    begin, stop = min(days[0], cal.last_day(start, first)), min(days[1], cal.last_day(end, last))
    return Period(date(start, first, begin), date(end, last, stop), "other"), "", not years


def first_days(p: Parts) -> Built:
    """Read the first 20 days of June."""
    count, month = p.numbers("N")[0], p.numbers("M")[0]
    year = p.year() or p.now.latest_day(month, count)
    if year is None or not 1 <= count <= cal.last_day(year, month):
        return None, "", True
    return Period(date(year, month, 1), date(year, month, count), "other"), "", p.year() is None


def year_to_month(p: Parts) -> Built:
    """Read by the end of July: the months of the year up to it."""
    month = p.numbers("M")[0]
    year = p.year() or p.now.latest(month)
    return (cal.months(year, 1, month) if year else None), "", p.year() is None


def year_end(p: Parts) -> Built:
    """Read by the end of the year."""
    year = p.year() or p.now.year
    return (cal.year(year) if year else None), "", p.year() is None


def mere_date(p: Parts) -> Built:
    """Read a day: it dates no figure."""
    return None, "date", False


def first_months(p: Parts) -> Built:
    """Read the first five months of 2023, of a fiscal year where one is named."""
    count = (p.numbers("N") or [1])[0]
    if p.has("f-/"):
        return fiscal.first_months(p, count)
    year = p.year() or p.now.latest(count)
    return (cal.months(year, 1, count) if year and 1 <= count <= 12 else None), "", p.year() is None


def last_months(p: Parts) -> Built:
    """Read the last three months of 2024."""
    count, year = p.numbers("N")[0], p.year()
    known = year is not None and 1 <= count <= cal.YEAR_MONTHS
    return (cal.months(year, cal.YEAR_MONTHS + 1 - count, cal.YEAR_MONTHS) if year and known else None), "", False


def the_months(p: Parts) -> Built:
    """Read the ten months: those that the article speaks of, else those of the year so far."""
    period, _, floating = first_months(p)
    return (period, "count", floating) if FEW_MONTHS < p.numbers("N")[0] < cal.YEAR_MONTHS else relative.context(p)


def quarters(p: Parts) -> Built:
    """Read the first three quarters of 2023."""
    count = (p.numbers("N") or [0])[0]
    year = p.year() or p.now.latest(3 * count)
    return (cal.months(year, 1, 3 * count) if year and 1 <= count <= 4 else None), "", p.year() is None


def months_to(p: Parts) -> Built:
    """Read the twelve months to May 2023, the year to May."""
    count = cal.YEAR_MONTHS if p.has("af") else (p.numbers("N") or [1])[0]
    month = p.numbers("M")[0]
    year = p.year() or p.now.latest(month)
    if year is None or not 1 <= count <= 60:
        return None, "", True
    return _ending(year, month, count), "", False


def _ending(year: int, month: int, count: int) -> Period:
    begin = year * 12 + month - count
    return cal.months(begin // 12, begin % 12 + 1, month, end_year=year)


def quarter(p: Parts) -> Built:
    """Read the second quarter of 2023, Q2."""
    number = p.ordinal()
    if not 1 <= number <= 4:
        return None, "", True
    if p.has("f"):
        return fiscal.part(p, 3 * number - 3, 3)
    year = p.year() or p.now.latest(3 * number)
    return (cal.quarter(number, year) if year else None), "", p.year() is None


def half(p: Parts) -> Built:
    """Read the first half of 2023, H1."""
    number = 2 if p.has("4") else p.ordinal()
    if not 1 <= number <= 2:
        return None, "", True
    if p.has("f"):
        return fiscal.part(p, 6 * number - 6, 6)
    year = p.year() or p.now.latest(6 * number)
    return (cal.half(number, year) if year else None), "", p.year() is None


def end_month(p: Parts) -> Built:
    """Read the end or the start of 2023: December, or January."""
    year = p.year()
    month = 1 if p.has("1") else 12
    return (cal.months(year, month, month) if year else None), "", False
