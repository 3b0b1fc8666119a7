"""What the database holds for the cell of a claim, and how far a claim that was read elsewhere is from it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from dashboard import wording
from dashboard.context import store
from dashboard.plots import middle
from dashboard.selection import RATES
from dashboard.series import agree, key_of
from dashboard.wording import Figure, bound
from etl.model import Claim
from etl.store import Query, Rival

SAME = "the same figure"
OF_CELL = ("product", "coverage", "adjustment", "growth_currency", "freq", "basis")
ANNUAL, BEFORE = ("A", "AF"), ("yoy", "prev")


def held(claim: Claim) -> list[Claim]:
    """Return what articles state for the flow, sides, product, unit, period and measure of a claim, nearest first."""
    own = _cell(claim)
    found = [other for other in of_period(claim, Query(product=(claim.product or "",))) if _cell(other) == own]
    return sorted(found, key=lambda other: (other.status != claim.status, abs(middle(other) - middle(claim))))


def of_period(claim: Claim, within: Query) -> list[Claim]:
    """Return the claims of the same two sides, measure, flow, unit and period that a query leaves."""
    asked = _period_of(claim, within)
    return store().stated(asked) if asked else []


def rivals(claim: Claim, within: Query) -> list[Rival]:
    """Return what a query leaves of a claim's own cell of the statistics, itself included, newest first."""
    asked = _period_of(claim, within)
    if asked is None:
        return []
    same: dict[str, Any] = {name: (getattr(claim, name) or "",) for name in OF_CELL}
    # As in a series: a year has one year before, and total trade is the same whoever reports it.
    if claim.freq in ANNUAL and claim.basis in BEFORE:
        same["basis"] = BEFORE
    reporter = None if claim.flow == "trade" and claim.partner else claim.reporter
    return store().rivals(replace(asked, reporter=reporter, **same))


def _period_of(claim: Claim, within: Query) -> Query | None:
    if claim.reporter is None or claim.period_start is None or claim.period_end is None:
        return None
    return replace(
        within,
        pair=(claim.reporter, claim.partner),
        measure=(claim.measure,),
        flow=(claim.flow,),
        unit=(claim.unit,),
        period=(claim.period_start, claim.period_end),
    )


def _cell(claim: Claim) -> tuple[object, ...]:
    """Return what must be the same beside that: total trade has no reporter of its own, a year one year before."""
    key = key_of(claim)
    return key.reporter, key.partner, key.basis, key.growth_currency


def verdict(claim: Claim, others: Sequence[Claim]) -> str:
    """Return how a claim stands beside what is held: `agrees`, `differs`, or `not held`."""
    same = [other for other in others if other.status == claim.status]
    if not same:
        return "not held"
    return "agrees" if any(fits(claim, other) for other in same) else "differs"


def fits(claim: Figure, other: Figure) -> bool:
    """Tell whether two figures are the same within their rounding, or one leaves the other open."""
    return agree(claim, other) or _leaves_open(claim, other) or _leaves_open(other, claim)


def _leaves_open(claim: Figure, other: Figure) -> bool:
    if claim.value_high is not None:
        return claim.value <= middle(other) <= claim.value_high
    return {"up": middle(other) >= claim.value, "down": middle(other) <= claim.value}.get(bound(claim), False)


def difference(claim: Figure, other: Figure) -> str:
    """Say how far a figure is from one that is held, in per cent of it or in percentage points."""
    apart = middle(claim) - middle(other)
    if not apart:
        return SAME
    way = "above" if apart > 0 else "below"
    if claim.unit in RATES:
        said = f"{wording.number(round(abs(apart), 2))} percentage points {way}"
    elif middle(other):
        said = f"{wording.number(_short(abs(apart / middle(other)) * 100))} % {way}"
    else:
        said = f"{wording.money(abs(apart), claim.unit)} {way}"
    return f"{said}, within rounding" if agree(claim, other) else said


def _short(value: float) -> float:
    return round(value, 1) if value >= 1 else float(f"{value:.1g}")
