"""What overviews read: counts per pair, per pair and year, per series and year; kept as claims are written."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Update, bindparam, func, select

from etl.store.keys import pair_codes
from etl.store.schema import SERIES, articles, claims, coverage, kinds, pairs, series
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

Rows = Sequence[Answer]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where some articles count: each with its kind and language, and each of their current claims."""

    articles: Rows = ()
    claims: Rows = ()


def standing(connection: Connection, article_ids: Collection[str]) -> Standing:
    """Return where some articles and their current claims count."""
    of_article = [articles.c[name] for name in ("article_id", "kind", "language")]
    of_claim = [claims.c[name] for name in ("article_id", "pair", "cell", "period_start", "period_end")]
    listed = select(*of_article).where(articles.c.replaced.is_(None))
    counted = select(*of_claim).where(CURRENT)
    return Standing(
        list(selected(connection, listed, articles.c.article_id, article_ids)),
        list(selected(connection, counted, claims.c.article_id, article_ids)),
    )


def update(connection: Connection, before: Standing, after: Standing) -> None:
    """Bring the summaries from one standing of some articles to the next."""
    _update_kinds(connection, before.articles, after.articles)
    _update_pairs(connection, before.claims, after.claims)
    _update_coverage(connection, before.claims, after.claims)
    _update_series(connection, {row.cell for row in [*before.claims, *after.claims] if row.cell})


def _update_kinds(connection: Connection, before: Rows, after: Rows) -> None:
    for kind, language in {(row.kind, row.language) for row in [*before, *after]}:
        of = (articles.c.kind == kind, articles.c.language == language, articles.c.replaced.is_(None))
        newest = connection.scalar(select(func.max(articles.c.published)).where(*of))
        more = sum(row[1:] == (kind, language) for row in after) - sum(row[1:] == (kind, language) for row in before)
        same = (kinds.c.kind == kind, kinds.c.language == language)
        held = connection.scalar(select(kinds.c.articles).where(*same)) or 0
        connection.execute(kinds.delete().where(*same))
        if held + more:
            new = {"kind": kind, "language": language, "articles": held + more, "newest": newest}
            connection.execute(kinds.insert(), new)


def _update_pairs(connection: Connection, before: Rows, after: Rows) -> None:
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


def _changes(touched: Sequence[str], before: Rows, after: Rows) -> list[dict[str, Any]]:
    figures, articles = _moved(before, after, attrgetter("pair"))
    return [{"key": key, "more_figures": figures[key], "more_articles": articles[key]} for key in touched]


def _moved(before: Rows, after: Rows, key: Callable[[Answer], Any]) -> tuple[Counter[Any], Counter[Any]]:
    """Return how many figures and articles each key gained."""
    figures = Counter(map(key, after))
    figures.subtract(map(key, before))
    articles = Counter(of for of, _ in {(key(row), row.article_id) for row in after})
    articles.subtract(of for of, _ in {(key(row), row.article_id) for row in before})
    return figures, articles


def _change() -> Update:
    newest = select(func.max(claims.c.published)).where(claims.c.pair == pairs.c.pair, CURRENT)
    changed = pairs.update().where(pairs.c.pair == bindparam("key"))
    return changed.values(
        figures=pairs.c.figures + bindparam("more_figures"),
        articles=pairs.c.articles + bindparam("more_articles"),
        newest=newest.scalar_subquery(),
    )


def _update_coverage(connection: Connection, before: Rows, after: Rows) -> None:
    figures, articles = _moved(before, after, _pair_year)
    touched = {key for key in figures if key}
    held = select(coverage.c.pair, coverage.c.year)
    known = {tuple(row) for row in selected(connection, held, coverage.c.pair, {pair for pair, _ in touched})}
    if fresh := [{"pair": pair, "year": year, "articles": 0, "figures": 0} for pair, year in touched - known]:
        connection.execute(coverage.insert(), fresh)
    if touched:
        changes = [
            {"of": key[0], "at": key[1], "figures_": figures[key], "articles_": articles[key]} for key in touched
        ]
        connection.execute(_change_year(), changes)
        connection.execute(coverage.delete().where(coverage.c.figures == 0))


def _change_year() -> Update:
    changed = coverage.update().where(coverage.c.pair == bindparam("of"), coverage.c.year == bindparam("at"))
    return changed.values(
        figures=coverage.c.figures + bindparam("figures_"), articles=coverage.c.articles + bindparam("articles_")
    )


def _pair_year(row: Answer) -> tuple[str, int] | None:
    """Return the pair and the year that a claim counts for; a period across two years counts for neither."""
    if not row.pair or row.period_start is None or row.period_end is None:
        return None
    return (row.pair, row.period_end.year) if row.period_start.year == row.period_end.year else None


def _update_series(connection: Connection, cells: Collection[str]) -> None:
    counted = select(*(claims.c[name] for name in FACTS)).where(CURRENT).order_by(claims.c.cell)
    found = selected(connection, counted, claims.c.cell, cells)
    years = [_year(list(rows)) for _, rows in groupby(found, key=attrgetter("cell"))]
    for some in chunks(cells):
        connection.execute(series.delete().where(series.c.cell.in_(some)))
    if years:
        connection.execute(series.insert(), years)


def _year(rows: Rows) -> dict[str, Any]:
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


def _most_stated(rows: Rows) -> Answer:
    by_value: dict[float, set[str]] = defaultdict(set)
    for row in rows:
        by_value[row.value].add(row.article_id)
    return max(rows, key=lambda row: (len(by_value[row.value]), row.published or date.min, row.claim_id))
