"""An economy's partners ranked by one flow in one year, from printed figures alone."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from dashboard.context import store
from dashboard.selection import Selection
from etl.store import Query, Ranked, SeriesYear

AMOUNTS = Query(measure=("level",), status=("actual",), freq=("A", "AF"), product=("",))
Row = TypeVar("Row", Ranked, SeriesYear)


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
    known = _known(code)
    if not known:
        return None
    flow = selection.flow[0] if selection.flow else _commonest(_partners(known, code, "flow"))
    of_flow = [one for one in known if one.flow == flow]
    years = _partners(of_flow, code, "year")
    year = int(selection.until[:4]) if selection.until else _commonest(years)
    units = _partners([one for one in of_flow if one.year == year], code, "unit")
    unit = selection.currency or _commonest(units)
    asked = replace(AMOUNTS, flow=(flow,), year=year, unit=(unit,)) if unit else None
    rows = _either(code, store().series, asked) if asked else []
    best = {partner(row, code): row for row in sorted(rows, key=_support)}
    figures = tuple(sorted(best.values(), key=lambda row: -row.value))
    return Ranking(flow, year, unit, figures, _partners(known, code, "flow"), years, units)


def _known(code: str) -> list[Ranked]:
    return _either(code, store().ranked, AMOUNTS)


def _either(code: str, ask: Callable[[Query], list[Row]], query: Query) -> list[Row]:
    """Return an economy's own rows, and those of total trade, which is its own whoever reports it."""
    own = [row for row in ask(replace(query, reporter=code)) if row.partner]
    if query.flow and "trade" not in query.flow:
        return own
    return own + [row for row in ask(replace(query, partner=code, flow=("trade",))) if row.reporter]


def partner(row: Ranked | SeriesYear, code: str) -> str:
    """Return the other side of a figure."""
    return str(row.partner if row.reporter == code else row.reporter)


def _support(row: SeriesYear) -> tuple[bool, int, str]:
    return row.freq == "A", row.articles, row.claim_id


def _partners(rows: Sequence[Ranked], code: str, name: str) -> Counter[Any]:
    """Return with how many partners each value of a field occurs."""
    return Counter(value for value, _ in {(getattr(row, name), partner(row, code)) for row in rows})


def _commonest(counts: Counter[Any]) -> Any:  # noqa: ANN401
    """Return the value with most partners: of years the latest, of words the first."""
    values = sorted(counts, reverse=all(isinstance(value, int) for value in counts))
    return max(values, key=counts.__getitem__, default=None)
