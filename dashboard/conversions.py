"""Amounts that articles restate in another currency, the rates that these imply, and the reference rates near them."""

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import floor, log10

from dashboard import naming
from dashboard.series import rounding
from etl import rates
from etl.language import currency_name
from etl.model import Claim

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Conversion:
    """An amount, and the same amount in another currency, from one article."""

    stated: Claim
    restated: Claim

    @property
    def exact(self) -> bool:
        """Whether both amounts are printed as exact."""
        return self.stated.qualifier == self.restated.qualifier == "exact"

    def published(self) -> tuple[date, date] | None:
        """Return the first and the last day on which the article may have appeared."""
        day, precision = self.restated.published, self.restated.published_precision
        if day is None or precision == "day":
            return (day, day) if day else None
        month = day.month if precision == "month" else 12
        return day, date(day.year, month, monthrange(day.year, month)[1])

    def rate(self, between: Pair) -> float:
        """Return the rate that the two amounts imply: what one unit of the first currency costs in the second."""
        base, quote = self._in_order(between)
        return abs(quote.value / base.value)

    def bounds(self, between: Pair) -> tuple[float, float]:
        """Return the lowest and the highest rate that the rounding of the two amounts allows."""
        base, quote = self._in_order(between)
        base_slack, quote_slack = rounding(base.value, base.unit), rounding(quote.value, quote.unit)
        low = (abs(quote.value) - quote_slack) / (abs(base.value) + base_slack)
        return low, (abs(quote.value) + quote_slack) / (abs(base.value) - base_slack)

    def _in_order(self, between: Pair) -> tuple[Claim, Claim]:
        if self.stated.unit == between[0]:
            return self.stated, self.restated
        return self.restated, self.stated


@dataclass(frozen=True, slots=True)
class Near:
    """A reference rate that an article may have used: which one, its value, how far it lies from the implied one."""

    what: str
    value: float
    away: float
    fits: bool


def conversions(claims: Sequence[Claim]) -> list[Conversion]:
    """Return the conversions among claims, in their order."""
    by_id = {claim.claim_id: claim for claim in claims}
    found = (made(by_id.get(claim.converts or ""), claim) for claim in claims)
    return [one for one in found if one]


def made(stated: Claim | None, restated: Claim) -> Conversion | None:
    """Return two amounts as a conversion if they imply a rate: neither a range nor nothing, in two currencies."""
    both = [stated, restated] if stated else []
    single = all(claim.value and claim.value_high is None and len(claim.unit) == 3 for claim in both)
    return Conversion(stated, restated) if stated and single and stated.unit != restated.unit else None


def currency_pairs(of: Sequence[Conversion]) -> list[tuple[Pair, int]]:
    """Return each two currencies with the number of their conversions, the commonest first, in the usual order."""
    found = Counter(tuple(sorted((one.stated.unit, one.restated.unit))) for one in of)
    ordered = sorted(found, key=lambda units: (-found[units], units))
    return [(usual((units[0], units[1]), among(of, (units[0], units[1]))), found[units]) for units in ordered]


def among(of: Sequence[Conversion], between: Pair) -> list[Conversion]:
    """Return the conversions between two currencies, in either direction."""
    return [one for one in of if {one.stated.unit, one.restated.unit} == set(between)]


def usual(between: Pair, of: Sequence[Conversion]) -> Pair:
    """Return two currencies in the order in which their rates are usually told: the euro first, else the dearer."""
    if "EUR" in between:
        return ("EUR", between[between[0] == "EUR"])
    above = sum(one.rate(between) >= 1 for one in of)
    return between if 2 * above >= len(of) else (between[1], between[0])


def near(of: Conversion, between: Pair) -> list[Near]:
    """Return the reference rates of the publication day, the period's average and its end, the nearest first."""
    implied = of.rate(between)
    low, high = of.bounds(between)
    slack = 1e-9 * implied
    found = [
        Near(what, value, value / implied - 1, low - slack <= value <= high + slack)
        for what, value in _candidates(of, between)
    ]
    return sorted(found, key=lambda one: abs(one.away))


def _candidates(of: Conversion, between: Pair) -> Iterator[tuple[str, float]]:
    days, claim = of.published(), of.restated
    if days and days[0] == days[1] and (rate := rates.on(*between, days[0])):
        yield f"publication day, {naming.published(rate.day)}", rate.value
    if claim.period_start is None or claim.period_end is None:
        return
    if average := rates.average(*between, claim.period_start, claim.period_end):
        yield f"average of {naming.when(claim)}", average
    if rate := rates.on(*between, claim.period_end):
        yield f"end of {naming.when(claim)}, {naming.published(rate.day)}", rate.value


def distance(of: Near) -> str:
    """Say how far a reference rate lies from the implied one: `0.8 % higher`."""
    away = f"{abs(of.away) * 100:.1f}"
    return "the same" if away == "0.0" else f"{away}\u00a0% {'higher' if of.away > 0 else 'lower'}"


def written(rate: float) -> str:
    """Return a rate with five digits.

    >>> written(1.09589), written(129.1612), written(0.0065)
    ('1.0959', '129.16', '0.0065000')
    """
    return f"{rate:,.{max(0, 4 - floor(log10(rate)))}f}"


def per(between: Pair) -> str:
    """Return what a rate is counted in: `US dollars per euro`."""
    return f"{currency_name(between[1])} per {currency_name(between[0], count=1)}"
