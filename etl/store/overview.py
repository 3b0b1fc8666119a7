"""Questions about many pairs at once, answered from the summaries."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Text, and_, bindparam, cast, func, or_, select

from etl.store.keys import pair_key
from etl.store.schema import coverage, pairs, series
from etl.store.selecting import Answer, Question

Pair = tuple[str, str | None]
ANNUAL = ("A", "AF")
FLOW = (series.c.pair, series.c.freq, series.c.flow)
# Actual figures of all products together.
WHOLE = and_(series.c.status == "actual", series.c.product.is_(None))
OF_FLOW = (
    *(column == bindparam(column.name) for column in FLOW),
    or_(series.c.flow == "trade", func.coalesce(series.c.reporter, "") == bindparam("side")),
    WHOLE,
)
SUPPORT = (series.c.articles.desc(), series.c.claim_id.desc())
# Asked for one line at a time, since each finds its rows side by side.
# Its figures in the order of years, the best supported of each first:
ALONG = (
    select(series.c.year, series.c.value, series.c.claim_id)
    .where(series.c.measure == "level", *OF_FLOW, series.c.unit == bindparam("unit"))
    .where(*(series.c[name].is_not_distinct_from(bindparam(name)) for name in ("coverage", "adjustment")))
    .order_by(series.c.year, *SUPPORT)
)
# The latest growth of its flow:
GROWTH = (
    select(series.c.claim_id)
    .where(series.c.measure == "growth", *OF_FLOW, or_(series.c.basis.is_(None), series.c.basis != "other"))
    .order_by(series.c.period_end.desc(), *SUPPORT)
    .limit(1)
)


class Line(NamedTuple):
    """An annual flow of a pair in one currency; total trade has no side of its own."""

    pair: str
    freq: str
    flow: str
    side: str
    unit: str
    coverage: str | None
    adjustment: str | None


def keys(of: Sequence[Pair]) -> list[str]:
    """Return the keys of pairs."""
    return [pair_key(*pair) for pair in of]


def by_year(of: Sequence[Pair]) -> Question:
    """Ask how many articles state figures of each pair for periods within each year."""
    asked = select(pairs.c.pair_a, pairs.c.pair_b, coverage.c.year, coverage.c.articles)
    return asked.join(pairs, pairs.c.pair == coverage.c.pair).where(coverage.c.pair.in_(keys(of)))


def lines(of: Sequence[Pair]) -> Question:
    """Ask for the annual series of amounts of each pair, with the years and the figures of each."""
    told = ("reporter", "partner", "unit", "coverage", "adjustment")
    of_line = (*FLOW, *(series.c[name] for name in told))
    # In the order of the index, so that nothing is sorted.
    years = func.aggregate_strings(cast(series.c.year, Text), ",")
    asked = select(*of_line, func.sum(series.c.figures).label("figures"), years.label("years"))
    asked = asked.where(series.c.pair.in_(keys(of)), series.c.measure == "level", series.c.freq.in_(ANNUAL), WHOLE)
    return asked.group_by(*of_line)


def leading_lines(found: Sequence[Answer]) -> list[Line]:
    """Return each pair's line in one currency that most figures stand for, of those of several years if there are any.

    Total trade is the same whichever side reports it.
    """
    figures: Counter[Line] = Counter()
    years: dict[Line, set[str]] = defaultdict(set)
    for row in found:
        side = "" if row.flow == "trade" else row.reporter or ""
        line = Line(row.pair, row.freq, row.flow, side, row.unit, row.coverage, row.adjustment)
        figures[line] += row.figures
        years[line].update(row.years.split(","))

    def order(line: Line) -> tuple[object, ...]:
        many = len(years[line])
        named = (line.flow, line.side, line.unit, line.freq, line.coverage or "", line.adjustment or "")
        return many < 2, -figures[line], -many, named

    best: dict[str, Line] = {}
    for line in sorted(figures, key=order):
        best.setdefault(line.pair, line)
    return list(best.values())
