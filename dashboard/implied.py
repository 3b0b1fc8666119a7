"""Growth that printed levels imply: never drawn, written or named like a stated figure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Protocol

from dashboard import naming, wording
from dashboard.naming import Stated
from dashboard.plots import Spec
from dashboard.series import Key, Series, key_of, rounding
from etl import derive

# Stands between the ids of the two levels in the name of what they imply.
BETWEEN = "~"
ANNUAL = ("A", "AF")


class Printed(Stated, Protocol):
    """A stated figure with its claim."""

    @property
    def claim_id(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Implied:
    """Growth in per cent that two printed levels imply, and what their roundings leave open."""

    earlier: Printed
    later: Printed
    value: float
    low: float
    high: float

    @property
    def name(self) -> str:
        """The name by which an address and a click know it: the later level, then the earlier one."""
        return f"{self.later.claim_id}{BETWEEN}{self.earlier.claim_id}"

    @property
    def period(self) -> tuple[date, date]:
        """The period of the later level."""
        return self.later.period_start or date.min, self.later.period_end or date.max

    @property
    def at(self) -> date:
        """The middle of its period."""
        first, last = self.period
        return first + (last - first) / 2


def between(earlier: Printed, later: Printed) -> Implied | None:
    """Return the growth from one level to the next of its series; a figure that is open to a side implies none."""
    if key_of(earlier) != key_of(later) or not (_is_level(earlier) and _is_level(later)):
        return None
    growth = derive.growth(_level(earlier), _level(later))
    return Implied(earlier, later, growth.value, growth.low, growth.high) if growth else None


def along(series: Series) -> list[Implied]:
    """Return the growth that the line of a series implies."""
    printed = {point.mark.claim_id: point.mark for point in series.line if _is_level(point.mark)}
    found = derive.growths(map(_level, printed.values()))
    return [
        Implied(printed[one.earlier.claim_id], printed[one.later.claim_id], one.value, one.low, one.high)
        for one in found
    ]


def by_series(levels: Iterable[Series]) -> dict[Key, list[Implied]]:
    """Return the growths that levels imply, by the series that would state them."""
    found = {_growth_key(series.key): along(series) for series in levels}
    return {key: growths for key, growths in found.items() if growths}


def _growth_key(level: Key) -> Key:
    basis = "yoy" if level.freq in ANNUAL else "prev"
    return replace(level, measure="growth", unit="%", growth_currency=level.unit, basis=basis)


def _is_level(of: Printed) -> bool:
    return of.measure == "level" and of.status == "actual" and of.value_high is None and not wording.bound(of)


def _level(of: Printed) -> derive.Level:
    start, end = of.period_start or date.min, of.period_end or date.max
    return derive.Level(of.claim_id, start, end, of.value, rounding(of.value, of.unit))


def figure(of: Implied) -> str:
    """Write an implied growth: `≈ +26.4 %`."""
    return f"≈{wording.NBSP}{_percent(of.value)}"


def open_to(of: Implied) -> str:
    """Say what the roundings of the two levels leave open."""
    low, high = _percent(of.low), _percent(of.high)
    return f"whose rounding allows {'no other value' if low == high else f'{low} to {high}'}"


def named(of: Implied) -> str:
    """Name what grew, and when."""
    return f"Growth of {naming.uncapped(naming.series_name(of.later))}, {naming.when(of.later)}"


def told(level: Stated) -> str:
    """Return a level with its period: `$190 bn in 2022`."""
    return f"{wording.figure(level)} in {naming.when(level)}"


def _percent(value: float) -> str:
    rounded = round(value, 1)
    return f"{'+' if rounded > 0 else ''}{wording.number(rounded)}{wording.NBSP}%"


def traces(of: Sequence[Implied], colour: str) -> Iterator[Spec]:
    """Yield thin dashes over the whole of each period, longer than any bar, and in their middles unseen marks."""
    if not of:
        return
    common = {"type": "scatter", "cliponaxis": False}
    x = [day for one in of for day in (*_ends(one), None)]
    y = [value for one in of for value in (one.value, one.value, None)]
    line = {"color": colour, "width": 1.4}
    yield common | {"mode": "lines", "x": x, "y": y, "hoverinfo": "skip", "line": line}
    yield common | {
        "mode": "markers",
        "meta": "marks",
        "x": [one.at.isoformat() for one in of],
        "y": [one.value for one in of],
        "customdata": [carried(one) for one in of],
        "hovertext": [hover(one) for one in of],
        "hoverinfo": "text",
        "marker": {"color": colour, "size": 12, "opacity": 0},
    }


def _ends(of: Implied) -> tuple[str, str]:
    """Return where a dash begins and ends: neighbours must not touch, or they look like a line."""
    first, last = of.period
    inset = (last - first) / 12
    return (first + inset).isoformat(), (last - inset).isoformat()


def carried(of: Implied) -> list[str]:
    """Return what a mark of it brings to the browser, as every mark does."""
    levels = f"implied by {told(of.later)} and {told(of.earlier)}, computed here"
    return [of.name, f"{named(of)}: {figure(of)}, {levels}.", of.name, figure(of)]


def hover(of: Implied) -> str:
    """Return its short summary; a product may stand in it, and Plotly reads tags."""
    levels = f"{told(of.earlier)}, {told(of.later)}"
    return f"<b>{figure(of)}</b> · implied<br>{escape(named(of), quote=False)}<br>by {levels}"
