"""Questions about many pairs at once, answered from the summaries in one statement each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, ColumnElement, and_, case, distinct, func, or_, select, union_all

from etl.store.keys import pair_key
from etl.store.schema import coverage, pairs, series
from etl.store.selecting import Question

Pair = tuple[str, str | None]
ANNUAL = ("A", "AF")
# Total trade is the same whichever side reports it.
SIDES = case((series.c.flow == "trade", ""), else_=func.coalesce(series.c.reporter, ""))
OF_LINE = (series.c.flow, SIDES, series.c.unit, series.c.freq, series.c.coverage, series.c.adjustment)
NAMES = ("flow", "side", "unit", "freq", "coverage", "adjustment")
Conditions = Sequence[ColumnElement[bool]]
Columns = Sequence[ColumnElement[Any]]


def keys(of: Sequence[Pair]) -> list[str]:
    """Return the keys of pairs."""
    return [pair_key(*pair) for pair in of]


def by_year(of: Sequence[Pair]) -> Question:
    """Ask how many articles state figures of each pair for periods within each year."""
    asked = select(pairs.c.pair_a, pairs.c.pair_b, coverage.c.year, coverage.c.articles)
    return asked.join(pairs, pairs.c.pair == coverage.c.pair).where(coverage.c.pair.in_(keys(of)))


def leading(of: Sequence[Pair], names: Sequence[str]) -> Question:
    """Ask for each pair's most reported annual flow in one currency, a figure a year, and for its latest growth."""
    best = _best(of)
    support = (series.c.articles.desc(), series.c.claim_id.desc())
    on_line = (series.c.measure == "level", *(_same(best, name) for name in NAMES))
    of_flow = (series.c.measure == "growth", *(_same(best, name) for name in ("flow", "freq", "side")))
    stated = or_(series.c.basis.is_(None), series.c.basis != "other")
    line = _first(best, on_line, (series.c.pair, series.c.year), support, names)
    growth = _first(best, (*of_flow, stated), (series.c.pair,), (series.c.period_end.desc(), *support), names)
    both = union_all(line, growth).subquery()
    asked = select(pairs.c.pair_a, pairs.c.pair_b, *(both.c[name] for name in names))
    return asked.join_from(both, pairs, pairs.c.pair == both.c.pair).order_by(both.c.year)


def _first(best: CTE, among: Conditions, of_each: Columns, order: Columns, names: Sequence[str]) -> Question:
    """Ask for the first row of each group among the rows of the pairs' flows: of equals, the best supported."""
    rank = func.row_number().over(partition_by=of_each, order_by=order).label("rank")
    found = select(series.c.pair, *(series.c[name] for name in names), rank)
    ranked = found.join_from(best, series, and_(series.c.pair == best.c.pair, *among)).where(_whole()).subquery()
    return select(ranked.c.pair, *(ranked.c[name] for name in names)).where(ranked.c.rank == 1)


def _best(of: Sequence[Pair]) -> CTE:
    years = func.count(distinct(series.c.year))
    order = ((years > 1).desc(), func.sum(series.c.figures).desc(), years.desc(), *OF_LINE)
    rank = func.row_number().over(partition_by=series.c.pair, order_by=order).label("rank")
    named = (column.label(name) for column, name in zip(OF_LINE, NAMES, strict=True))
    lines = select(series.c.pair, *named, rank).where(
        series.c.pair.in_(keys(of)), series.c.measure == "level", series.c.freq.in_(ANNUAL), _whole()
    )
    ranked = lines.group_by(series.c.pair, *OF_LINE).subquery()
    return select(ranked).where(ranked.c.rank == 1).cte("best").prefix_with("MATERIALIZED")


def _whole() -> ColumnElement[bool]:
    """Match actual figures of all products together."""
    return and_(series.c.status == "actual", series.c.product.is_(None))


def _same(best: CTE, name: str) -> ColumnElement[bool]:
    own = SIDES if name == "side" else series.c[name]
    return own.is_not_distinct_from(best.c[name])
