"""How flows, pairs, periods and dates are named."""

from datetime import date
from functools import lru_cache
from typing import Protocol

from dashboard.wording import DASH, Figure, qualifier_word
from etl.language import area_name

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WITH_THE = frozenset(("USA", "GBR", "NLD", "PHL", "ARE", "EU", "EZ", "WLD", "DOM", "CAF", "MDV", "BHS", "GMB"))
LINKS = {"exports": "to", "imports": "from", "balance": "with"}
COVERAGES = {"goods": "goods", "services": "services", "goods_services": "goods and services"}
ADJUSTMENTS = {"seasonal": "seasonally adjusted", "real": "in volume"}
FREQUENCIES = {
    "A": "Annual",
    "AF": "Fiscal years",
    "H": "Half-yearly",
    "Q": "Quarterly",
    "M": "Monthly",
    "YTD": "Year to date",
    "other": "Other periods",
}
KINDS_OF_YEAR = {
    "A": "calendar years",
    "AF": "fiscal years",
    "H": "half-years",
    "Q": "quarters",
    "M": "months",
    "YTD": "years to date",
    "other": "periods of several lengths",
}
# How many names are kept: a chart names the same few flows and periods again and again.
MANY = 4_096
BASES = {"yoy": "on the year before", "prev": "on the period before", "other": "on another base"}


class Flow(Protocol):
    """What a figure must have for its flow to be named."""

    @property
    def flow(self) -> str: ...  # noqa: D102
    @property
    def reporter(self) -> str | None: ...  # noqa: D102
    @property
    def partner(self) -> str | None: ...  # noqa: D102
    @property
    def product(self) -> str | None: ...  # noqa: D102
    @property
    def coverage(self) -> str | None: ...  # noqa: D102
    @property
    def adjustment(self) -> str | None: ...  # noqa: D102


class Stated(Figure, Flow, Protocol):
    """What a stated figure must have to be named whole."""

    @property
    def record(self) -> bool: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def basis(self) -> str | None: ...  # noqa: D102
    @property
    def period_start(self) -> date | None: ...  # noqa: D102
    @property
    def period_end(self) -> date | None: ...  # noqa: D102
    @property
    def freq(self) -> str | None: ...  # noqa: D102


def area(code: str | None, *, running: bool = False) -> str:
    """Return an economy's name; in running text with its article: `the United States`."""
    if code is None:
        return "the world" if running else "World"
    return f"the {area_name(code)}" if running and code in WITH_THE else area_name(code)


def possessive(name: str) -> str:
    """Return a name's possessive: `China’s`, `United States’`."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"


@lru_cache(MANY)
def flow_name(flow: str, reporter: str | None, partner: str | None, product: str | None = None) -> str:
    """Name a flow whole.

    >>> flow_name("imports", "CHN", "RUS")
    'China’s imports from Russia'
    >>> flow_name("trade", "RUS", "CHN")
    'Trade of China and Russia'
    """
    goods = f" of {product}" if product else ""
    if flow == "trade" and reporter and partner:
        first, second = sorted((reporter, partner), key=area_name)
        return f"Trade of {area(first, running=True)} and {area(second, running=True)}{_in(product)}"
    whose = f"{possessive(area(reporter))} {flow}" if reporter else flow.capitalize()
    if flow in ("trade", "balance"):
        goods = _in(product)
    with_whom = f" {LINKS.get(flow, 'with')} {area(partner, running=True)}" if partner else ""
    return f"{whose}{goods}{with_whom}"


def _in(product: str | None) -> str:
    return f" in {product}" if product else ""


def series_name(of: Flow) -> str:
    """Name a flow whole, with its coverage and adjustment where the article says them."""
    name = flow_name(of.flow, of.reporter, of.partner, of.product)
    notes = [COVERAGES.get(of.coverage or "", ""), ADJUSTMENTS.get(of.adjustment or "", "")]
    said = ", ".join(filter(None, notes))
    return f"{name} ({said})" if said else name


def pair_name(one: str, other: str | None) -> str:
    """Name a pair of partners, or an economy and the world."""
    return f"{area(one)} {DASH} {area(other)}" if other else f"{area(one)} {DASH} world"


@lru_cache(MANY)
def period(start: date | None, end: date | None, freq: str | None) -> str:
    """Name a period: `2023`, `Q1 2024`, `Jan–Nov 2023`, `2022–23`.

    >>> period(date(2023, 1, 1), date(2023, 11, 30), "YTD")
    'Jan–Nov 2023'
    """
    if start is None or end is None:
        return "period not stated"
    named = {"A": _year, "AF": _fiscal, "H": _half, "Q": _quarter, "M": _month}.get(freq or "", _months)
    return named(start, end)


def _year(start: date, end: date) -> str:
    return str(end.year) if start.year == end.year else _months(start, end)


def _fiscal(start: date, end: date) -> str:
    return str(end.year) if start.year == end.year else f"{start.year}{DASH}{end.year % 100:02d}"


def _half(start: date, _end: date) -> str:
    return f"H{1 if start.month <= 6 else 2} {start.year}"


def _quarter(start: date, _end: date) -> str:
    return f"Q{(start.month + 2) // 3} {start.year}"


def _month(_start: date, end: date) -> str:
    return f"{MONTHS[end.month - 1]} {end.year}"


def _months(start: date, end: date) -> str:
    if start.day != 1 or not _last_of_month(end):
        return days(start, end)
    if (start.month, end.month) == (1, 12):
        return str(end.year) if start.year == end.year else f"{start.year}{DASH}{end.year}"
    if start.year != end.year:
        return f"{_month(start, start)} {DASH} {_month(end, end)}"
    first = "" if start.month == end.month else f"{MONTHS[start.month - 1]}{DASH}"
    return first + _month(end, end)


def _last_of_month(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1


def days(start: date, end: date) -> str:
    """Name a stretch of days: `1 Jan – 31 Dec 2024`."""
    first = f"{start.day} {MONTHS[start.month - 1]}" + ("" if start.year == end.year else f" {start.year}")
    return f"{first} {DASH} {published(end)}"


def published(day: date | None, precision: str | None = "day") -> str:
    """Write a date as precisely as it is known: `15 Jan 2024`, `Jan 2024`, `2024`."""
    if day is None:
        return "no date"
    if precision == "year":
        return str(day.year)
    month = f"{MONTHS[day.month - 1]} {day.year}"
    return month if precision == "month" else f"{day.day} {month}"


def precision_note(precision: str | None) -> str:
    """Say what of a publication date is not known."""
    return {"month": ", day not known", "year": ", only the year is known"}.get(precision or "", "")


def full_name(of: Stated) -> str:
    """Return what a figure measures, named whole."""
    named = series_name(of)
    return {"growth": f"Growth of {uncapped(named)}", "change": f"Change of {uncapped(named)}"}.get(
        of.measure, f"Share of {uncapped(named)}" if of.measure == "share" else named
    )


def uncapped(named: str) -> str:
    """Return a name for the middle of a sentence."""
    first = named.split(" ", 1)[0]
    return named[0].lower() + named[1:] if first in ("Trade", "Exports", "Imports", "Balance", "World’s") else named


def when(of: Stated) -> str:
    """Return a figure's period."""
    return period(of.period_start, of.period_end, of.freq)


def chips(of: Stated) -> list[str]:
    """Return what a figure's mark says, in words: how sure, record, standing, basis."""
    said = [qualifier_word(of)]
    said += ["record"] if of.record else []
    said += [of.status] if of.status != "actual" else []
    if of.measure == "growth" and of.basis:
        said.append(BASES[of.basis])
    return said
