"""What overviews read: counts per pair, and per series and year; kept as claims are written."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Update, bindparam, func, select

from etl.store.schema import SERIES, claims, pair_codes, pairs, series
from etl.store.selecting import Answer, chunks, selected

CURRENT = claims.c.replaced.is_(None)
FACTS = (
    "cell",
    "pair",
    *SERIES,
    "article_id",
    "published",
    "period_start",
    "period_end",
    "value",
    "claim_id",
)

Standing = Sequence[Answer]


def standing(connection: Connection, article_ids: Collection[str]) -> Standing:
    """Return where the current claims of some articles count: article, pair and cell of each."""
    counted = select(claims.c.article_id, claims.c.pair, claims.c.cell).where(CURRENT)
    return list(selected(connection, counted, claims.c.article_id, article_ids))


def update(connection: Connection, before: Standing, after: Standing) -> None:
    """Bring the summaries from one standing of some articles to the next."""
    _update_pairs(connection, before, after)
    _update_series(connection, {row.cell for row in [*before, *after] if row.cell})


def _update_pairs(connection: Connection, before: Standing, after: Standing) -> None:
    touched = sorted({row.pair for row in [*before, *after]})
    known = {row.pair for row in selected(connection, select(pairs.c.pair), pairs.c.pair, touched)}
    if fresh := [_new_pair(key) for key in touched if key not in known]:
        connection.execute(pairs.insert(), fresh)
    if changes := _changes(touched, before, after):
        connection.execute(_change(), changes)
        connection.execute(pairs.delete().where(pairs.c.figures == 0))


def _new_pair(key: str) -> dict[str, Any]:
    one, other = pair_codes(key)
    return {"pair": key, "pair_a": one, "pair_b": other, "articles": 0, "figures": 0}


def _changes(touched: Sequence[str], before: Standing, after: Standing) -> list[dict[str, Any]]:
    figures = Counter(row.pair for row in after)
    figures.subtract(row.pair for row in before)
    articles = Counter(pair for pair, _ in {(row.pair, row.article_id) for row in after})
    articles.subtract(pair for pair, _ in {(row.pair, row.article_id) for row in before})
    return [{"key": key, "more_figures": figures[key], "more_articles": articles[key]} for key in touched]


def _change() -> Update:
    newest = select(func.max(claims.c.published)).where(claims.c.pair == pairs.c.pair, CURRENT)
    changed = pairs.update().where(pairs.c.pair == bindparam("key"))
    return changed.values(
        figures=pairs.c.figures + bindparam("more_figures"),
        articles=pairs.c.articles + bindparam("more_articles"),
        newest=newest.scalar_subquery(),
    )


def _update_series(connection: Connection, cells: Collection[str]) -> None:
    counted = select(*(claims.c[name] for name in FACTS)).where(CURRENT).order_by(claims.c.cell)
    found = selected(connection, counted, claims.c.cell, cells)
    years = [_year(list(rows)) for _, rows in groupby(found, key=attrgetter("cell"))]
    for some in chunks(cells):
        connection.execute(series.delete().where(series.c.cell.in_(some)))
    if years:
        connection.execute(series.insert(), years)


def _year(rows: Standing) -> dict[str, Any]:
    latest = max(_period(row) for row in rows)
    stated = _most_stated([row for row in rows if _period(row) == latest])
    return {
        **{name: getattr(stated, name) for name in FACTS if name in series.c},
        "year": stated.period_end.year,
        "articles": len({row.article_id for row in rows}),
        "figures": len(rows),
        "published": max((row.published for row in rows if row.published), default=None),
    }


def _period(row: Answer) -> tuple[date, date]:
    return row.period_end, row.period_start or row.period_end


def _most_stated(rows: Standing) -> Answer:
    by_value: dict[float, set[str]] = defaultdict(set)
    for row in rows:
        by_value[row.value].add(row.article_id)
    return max(rows, key=lambda row: (len(by_value[row.value]), row.published or date.min, row.claim_id))
