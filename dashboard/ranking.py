"""An economy's partners ranked by one flow in one year, from printed figures alone."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.cards import ANNUAL
from dashboard.context import store
from dashboard.selection import Selection
from etl.store import Query, SeriesYear


@dataclass(frozen=True, slots=True)
class Ranking:
    """Partners by a flow, one figure each, the largest first; and what else could be ranked, by partners."""

    flow: str
    year: int
    unit: str
    figures: tuple[SeriesYear, ...]
    flows: Counter[str]
    years: Counter[int]
    units: Counter[str]


def ranking(code: str, selection: Selection) -> Ranking | None:
    """Return the ranking that is asked for; what the address leaves open is what has most partners."""
    rows = _stated(code)
    if not rows:
        return None
    flow = selection.flow[0] if selection.flow else _commonest(_partners(rows, code, "flow"))
    of_flow = [row for row in rows if row.flow == flow]
    years = _partners(of_flow, code, "year")
    year = int(selection.until[:4]) if selection.until else _commonest(years)
    of_year = [row for row in of_flow if row.year == year]
    units = _partners(of_year, code, "unit")
    unit = selection.currency or _commonest(units)
    best = {partner(row, code): row for row in sorted(of_year, key=_support) if row.unit == unit}
    figures = tuple(sorted(best.values(), key=lambda row: -row.value))
    return Ranking(flow, year, unit, figures, _partners(rows, code, "flow"), years, units)


def _stated(code: str) -> list[SeriesYear]:
    """Return the annual amounts of an economy with each partner; total trade is its own whoever reports it."""
    amounts = Query(measure=("level",), status=("actual",), freq=ANNUAL, product=("",))
    own = store().series(replace(amounts, reporter=code))
    other = store().series(replace(amounts, partner=code, flow=("trade",)))
    return [row for row in own if row.partner] + [row for row in other if row.reporter]


def partner(row: SeriesYear, code: str) -> str:
    """Return the other side of a figure."""
    return str(row.partner if row.reporter == code else row.reporter)


def _support(row: SeriesYear) -> tuple[bool, int, str]:
    return row.freq == "A", row.articles, row.claim_id


def _partners(rows: Sequence[SeriesYear], code: str, name: str) -> Counter[Any]:
    """Return with how many partners each value of a field occurs."""
    return Counter(value for value, _ in {(getattr(row, name), partner(row, code)) for row in rows})


def _commonest(counts: Counter[Any]) -> Any:  # noqa: ANN401
    """Return the value with most partners: of years the latest, of words the first."""
    values = sorted(counts, reverse=all(isinstance(value, int) for value in counts))
    return max(values, key=counts.__getitem__, default=None)
