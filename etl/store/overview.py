"""Questions about many pairs at once, answered from the summaries in one statement each."""

from collections.abc import Sequence

from sqlalchemy import CTE, ColumnElement, and_, case, distinct, func, or_, select

from etl.store.schema import coverage, pair_key, pairs, series
from etl.store.selecting import Question

Pair = tuple[str, str | None]
ANNUAL = ("A", "AF")
# Total trade is the same whichever side reports it.
SIDES = case((series.c.flow == "trade", ""), else_=func.coalesce(series.c.reporter, ""))
OF_LINE = (series.c.flow, SIDES, series.c.unit, series.c.freq, series.c.coverage, series.c.adjustment)
NAMES = ("flow", "side", "unit", "freq", "coverage", "adjustment")


def keys(of: Sequence[Pair]) -> list[str]:
    """Return the keys of pairs."""
    return [pair_key(*pair) for pair in of]


def by_year(of: Sequence[Pair]) -> Question:
    """Ask how many articles state figures of each pair for periods within each year."""
    asked = select(pairs.c.pair_a, pairs.c.pair_b, coverage.c.year, coverage.c.articles)
    return asked.join(pairs, pairs.c.pair == coverage.c.pair).where(coverage.c.pair.in_(keys(of)))


def leading(of: Sequence[Pair], names: Sequence[str]) -> Question:
    """Ask for the years of each pair's most reported annual flow in one currency, and of that flow's growth."""
    best = _best(of)
    same = and_(series.c.pair == best.c.pair, *(_same(best, name) for name in ("flow", "freq", "side")))
    level = and_(series.c.measure == "level", *(_same(best, name) for name in ("unit", "coverage", "adjustment")))
    asked = select(pairs.c.pair_a, pairs.c.pair_b, *(series.c[name] for name in names))
    asked = asked.join_from(best, series, same).join(pairs, pairs.c.pair == best.c.pair)
    return asked.where(_whole(), or_(level, series.c.measure == "growth"))


def _best(of: Sequence[Pair]) -> CTE:
    years = func.count(distinct(series.c.year))
    order = ((years > 1).desc(), func.sum(series.c.figures).desc(), years.desc(), *OF_LINE)
    rank = func.row_number().over(partition_by=series.c.pair, order_by=order).label("rank")
    named = (column.label(name) for column, name in zip(OF_LINE, NAMES, strict=True))
    lines = select(series.c.pair, *named, rank).where(
        series.c.pair.in_(keys(of)), series.c.measure == "level", series.c.freq.in_(ANNUAL), _whole()
    )
    ranked = lines.group_by(series.c.pair, *OF_LINE).subquery()
    return select(ranked).where(ranked.c.rank == 1).cte("best")


def _whole() -> ColumnElement[bool]:
    """Match actual figures of all products together."""
    return and_(series.c.status == "actual", series.c.product.is_(None))


def _same(best: CTE, name: str) -> ColumnElement[bool]:
    own = SIDES if name == "side" else series.c[name]
    return own.is_not_distinct_from(best.c[name])
