"""The parts of an expression of time -> the period that it means."""

from collections.abc import Callable
from datetime import date

from etl.extraction.mentions import calendar as cal
from etl.extraction.mentions.clock import Clock
from etl.extraction.mentions.elements import Element
from etl.model import Period

Built = tuple[Period | None, str, bool]  # the period, its relation to another, and whether its year was not printed

FEW_MONTHS = 3  # of any part of a year; more count from its beginning
HALF_MONTHS = 6
LEAP_DAYS = 2
YEAR_MONTHS = 12


class Parts:
    """The elements that a pattern matched, read by letter."""

    def __init__(self, row: list[Element], now: Clock) -> None:
        self.row = row
        self.now = now

    def all(self, letters: str) -> list[Element]:
        """Return the elements whose letter is one of `letters`."""
        return [element for element in self.row if element.letter in letters]

    def has(self, letters: str) -> bool:
        """Tell whether there is such an element."""
        return bool(self.all(letters))

    def numbers(self, letters: str) -> list[int]:
        """Return what those elements mean, as whole numbers."""
        return [int(float(element.meaning)) for element in self.all(letters)]

    def year(self) -> int | None:
        """Return the year that is printed or pointed at (of last year), or None."""
        printed = self.numbers("Y")
        if printed:
            return printed[-1]
        if self.now.year is None or not self.has("a"):
            return None
        if self.has("LP"):
            return self.now.year - 1
        return self.now.year + (1 if self.has("X") else 0) if self.has("TX") else None

    def ordinal(self) -> int:
        """Return the number of the quarter or half: an ordinal word or a digit."""
        words = (int(letter) for letter in "1234" if self.has(letter))
        return next(words, (self.numbers("N") or [0])[0])


Builder = Callable[[Parts], Built]


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
        return _fiscal_months(p, count)
    year = p.year() or p.now.latest(count)
    return (cal.months(year, 1, count) if year and 1 <= count <= 12 else None), "", p.year() is None


def _fiscal_months(p: Parts, count: int) -> Built:
    start = _fiscal_start(p)
    if start is None:
        return None, "", True
    whole = cal.fiscal_year(start, p.now.area)
    end = cal.shift_months(Period(whole.start, whole.start, ""), count).start
    return Period(whole.start, date.fromordinal(end.toordinal() - 1), "YTD"), "", False


def the_months(p: Parts) -> Built:
    """Read the ten months: those that the article speaks of, else those of the year so far."""
    period, _, floating = first_months(p)
    return (period, "count", floating) if FEW_MONTHS < p.numbers("N")[0] < YEAR_MONTHS else context(p)


def quarters(p: Parts) -> Built:
    """Read the first three quarters of 2023."""
    count = (p.numbers("N") or [0])[0]
    year = p.year() or p.now.latest(3 * count)
    return (cal.months(year, 1, 3 * count) if year and 1 <= count <= 4 else None), "", p.year() is None


def months_to(p: Parts) -> Built:
    """Read the twelve months to May 2023, the year to May."""
    count = YEAR_MONTHS if p.has("af") else (p.numbers("N") or [1])[0]
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
        return _fiscal_part(p, 3 * number - 3, 3)
    year = p.year() or p.now.latest(3 * number)
    return (cal.quarter(number, year) if year else None), "", p.year() is None


def half(p: Parts) -> Built:
    """Read the first half of 2023, H1."""
    number = 2 if p.has("4") else p.ordinal()
    if not 1 <= number <= 2:
        return None, "", True
    if p.has("f"):
        return _fiscal_part(p, 6 * number - 6, 6)
    year = p.year() or p.now.latest(6 * number)
    return (cal.half(number, year) if year else None), "", p.year() is None


def _fiscal_part(p: Parts, skip: int, count: int) -> Built:
    start = _fiscal_start(p)
    if start is None:
        return None, "", True
    whole = cal.fiscal_year(start, p.now.area)
    begin = cal.shift_months(Period(whole.start, whole.start, ""), skip).start
    end = cal.shift_months(Period(begin, begin, ""), count).start
    return Period(begin, date.fromordinal(end.toordinal() - 1), "Q" if count == 3 else "H"), "", False


def fiscal(p: Parts) -> Built:
    """Read fiscal 2023, FY23, the last fiscal year."""
    start = _fiscal_start(p)
    return (cal.fiscal_year(start, p.now.area) if start else None), "", False


def fiscal_years(p: Parts) -> Built:
    """Read between FY14 and FY19."""
    first, last = (cal.fiscal_year(2000 + number - _ends_later(p), p.now.area) for number in p.numbers("N"))
    return Period(first.start, last.end, "other"), "", False


def _ends_later(p: Parts) -> int:
    """Return 1 where a fiscal year is named by the calendar year in which it ends."""
    month = cal.FISCAL_STARTS.get(p.now.area or "", (1, 1))[0]
    return 0 if month == 1 or p.now.area in cal.NAMED_BY_START else 1


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


def split_year(p: Parts) -> Built:
    """Read 2022-23: a fiscal year when the second number follows the first."""
    first, second = p.numbers("Y")[0], (p.numbers("YN") or [0])[-1]
    if second % 100 != (first + 1) % 100:
        return None, "date", False
    return cal.fiscal_year(first, p.now.split_area), "", False


def _fiscal_start(p: Parts) -> int | None:
    """Return the calendar year in which the fiscal year meant starts."""
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


def last_unit(p: Parts) -> Built:
    """Read last month, last quarter, next month: the one beside the day of publication."""
    if p.now.year is None or p.now.month is None:
        return None, "", False
    step = 1 if p.has("X") else 0 if p.has("T") else -1
    if p.has("m"):
        return cal.shift_months(cal.months(p.now.year, p.now.month, p.now.month), step), "", False
    number = (p.now.month - 1) // 3 + 1
    return cal.shift_months(cal.quarter(number, p.now.year), 3 * step), "", False


def end_month(p: Parts) -> Built:
    """Read the end or the start of 2023: December, or January."""
    year = p.year()
    month = 1 if p.has("1") else 12
    return (cal.months(year, month, month) if year else None), "", False


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
    return None, "yoy" if p.has("N") and p.numbers("N")[0] == YEAR_MONTHS else "prev", False


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
    return None, "twelve" if p.numbers("N")[0] == YEAR_MONTHS else "date", False


def that_one(p: Parts) -> Built:
    """Read that month, that quarter: the one last named."""
    return None, "named", False


def that_year(p: Parts) -> Built:
    """Read that year: the one last named."""
    return None, "that", False


def context(p: Parts) -> Built:
    """Read the period: the one the article speaks of."""
    return None, "context", False
