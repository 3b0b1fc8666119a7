"""Questions to the database; each is one short transaction and none writes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from etl.model import Article, Claim
from etl.store import overview
from etl.store.counting import ENOUGH, asked_of, counted
from etl.store.drawing import drawn, every, yearly
from etl.store.finding import Finder
from etl.store.keys import pair_key
from etl.store.query import Query, conditions, covered, standing
from etl.store.records import (
    Held,
    Leading,
    PairStanding,
    Ranked,
    Refresh,
    Rival,
    SeriesYear,
    Summary,
    Version,
    Yearly,
)
from etl.store.schema import ORDERS, articles, claims, kinds, layout, pairs, refreshes, series
from etl.store.selecting import Answer, Question, selected
from etl.table import DTYPES, JOINED, NAMES, typed

if TYPE_CHECKING:
    import pandas as pd

EVERYTHING = Query()
WITH_ARTICLES = claims.join(
    articles, and_(articles.c.article_id == claims.c.article_id, articles.c.version == claims.c.version)
)
ALL_COLUMNS = [claims.c[name] if name in claims.c else articles.c[name] for name in NAMES]
READING_ORDER = (claims.c.published, claims.c.article_id, claims.c.start, claims.c.id)
# Where in a row the texts stand that are many words of a claim.
OF_MANY = [NAMES.index(name) for name in JOINED]
OF_ARTICLE = (
    "article_id",
    "text",
    "published",
    "published_precision",
    "title",
    "language",
    "url",
    "publisher",
    "kind",
)
MOST_MARKS = 2_000
OF_HELD = tuple(field.name for field in fields(Held) if field.name != "figures")
OF_RANKED = tuple(field.name for field in fields(Ranked))
OF_RIVAL = tuple(field.name for field in fields(Rival))
OF_YEAR = tuple(field.name for field in fields(SeriesYear))


class Reader(Finder):
    """The verbs that read; a current row is one of the current version of its article."""

    def marks(self, query: Query) -> pd.DataFrame:
        """Return what charts draw of the current claims, oldest publication first; `figures` is what each stands for.

        Above 2,000 only one figure of each series and year is drawn: that of the year's latest period.
        """
        with self._reading() as connection:
            many = counted(connection, query, MOST_MARKS) > MOST_MARKS
            rows = connection.execute(yearly(query, MOST_MARKS) if many else every(query)).all()
        return drawn(rows)

    def page(self, query: Query, order: str = "-published", number: int = 1, size: int = 50) -> list[Claim]:
        """Return one page of the current claims, by published, period_start or value; `-` is descending."""
        with self._reading() as connection:
            # Which rows is found in an index; only they are read.
            chosen = select(claims.c.id).where(*asked_of(connection, query)).order_by(*_order(order))
            chosen = chosen.limit(size).offset((number - 1) * size)
            paged = (
                select(*ALL_COLUMNS).select_from(WITH_ARTICLES).where(claims.c.id.in_(chosen)).order_by(*_order(order))
            )
            return read(connection.execute(paged).all())

    def count(self, query: Query) -> int:
        """Return how many current claims there are; 10,001 stands for more than 10,000."""
        with self._reading() as connection:
            return counted(connection, query, ENOUGH)

    def claim(self, claim_id: str, known: date | None = None) -> Claim | None:
        """Return the current claim of an id, or the one that was known on a day."""
        return next(iter(self.stated(Query(claim_ids=(claim_id,), known=known))), None)

    def sentence_claims(self, article_id: str, sentence: str, known: date | None = None) -> list[Claim]:
        """Return all current claims of one sentence of an article, in its order, or those known on a day."""
        asked = current(Query(article_id=article_id, known=known)).where(claims.c.sentence == sentence)
        return read(self._all(asked.order_by(claims.c.start)))

    def stated(self, query: Query = EVERYTHING) -> list[Claim]:
        """Return the current claims, oldest publication first and in the order of each text."""
        return read(self._all(_in_reading_order(query)))

    def rivals(self, query: Query) -> list[Rival]:
        """Return as much of the current claims as tells who agrees with whom, newest publication first."""
        asked = select(*(claims.c[name] for name in OF_RIVAL)).where(standing(query), *conditions(query, claims))
        return [Rival(*row) for row in self._all(asked.order_by(*(column.desc() for column in READING_ORDER)))]

    def claims(self, query: Query = EVERYTHING) -> pd.DataFrame:
        """Return the same claims as a table."""
        return typed(self._all(_in_reading_order(query)), DTYPES)

    def conversions(self, query: Query = EVERYTHING) -> list[Claim]:
        """Return the current claims that restate an amount in another currency, and those that they restate."""
        with self._reading() as connection:
            found = connection.execute(_restating(query)).all()
            restated = {row.converts for row in found} - {row.claim_id for row in found}
            of = list(selected(connection, current(Query(known=query.known)), claims.c.claim_id, restated))
        return sorted(read([*found, *of]), key=_reading_order)

    def rows(self, query: Query = EVERYTHING) -> Iterator[dict[str, Any]]:
        """Yield the same claims one by one as plain values under the table's names."""
        with self._reading() as connection:
            for row in connection.execution_options(yield_per=1000).execute(_in_reading_order(query)):
                yield dict(row._mapping)

    def pairs(self, of: Collection[str] = ()) -> list[PairStanding]:
        """Return what is known of each pair, or of the pairs that have one of some codes, most reported first."""
        names = (pairs.c.pair_a, pairs.c.pair_b, pairs.c.articles, pairs.c.figures, pairs.c.newest)
        asked = select(*names).where(pairs.c.pair != "")
        if of:
            asked = asked.where(or_(pairs.c.pair_a.in_(of), pairs.c.pair_b.in_(of)))
        asked = asked.order_by(pairs.c.articles.desc(), pairs.c.figures.desc(), pairs.c.pair)
        return [PairStanding(*row) for row in self._all(asked)]

    def held(self, query: Query = EVERYTHING) -> list[Held]:
        """Return how many figures there are of each flow, frequency, unit, product and coverage."""
        return [Held(*row) for row in self._all(_held(query))]

    def credited(self, query: Query = EVERYTHING) -> list[str]:
        """Return who is credited in some 2,000 of the claims, most often credited first."""
        some = select(claims.c.according_to).where(standing(query), *conditions(query, claims)).limit(MOST_MARKS)
        name = some.subquery().c.according_to
        asked = select(name).where(name.is_not(None)).group_by(name).order_by(func.count().desc(), name)
        return [row[0] for row in self._all(asked)]

    def series(self, query: Query = EVERYTHING) -> list[SeriesYear]:
        """Return each series and year."""
        asked = select(*(series.c[name] for name in OF_YEAR)).where(*conditions(query, series))
        return [SeriesYear(*row) for row in self._all(asked)]

    def coverage(self, of: Sequence[overview.Pair]) -> dict[overview.Pair, dict[int, int]]:
        """Return how many articles state figures of each pair for periods within each year."""
        found: dict[overview.Pair, dict[int, int]] = {pair: {} for pair in of}
        for one, other, year, number in self._all(overview.by_year(of)):
            found[one, other][year] = number
        return found

    def leading(self, of: Sequence[overview.Pair]) -> dict[overview.Pair, Leading | None]:
        """Return each pair's most reported annual flow, or None when no article states an annual amount."""
        with self._reading() as connection:
            best = overview.leading_lines(connection.execute(overview.lines(of)).all())
            found = {line.pair: _leading(connection, line._asdict()) for line in best}
        return {pair: found.get(pair_key(*pair)) for pair in of}

    def ranked(self, query: Query) -> list[Ranked]:
        """Return in which flows, years and currencies there are amounts between which economies."""
        asked = select(*(series.c[name] for name in OF_RANKED)).where(*conditions(query, series)).distinct()
        return [Ranked(*row) for row in self._all(asked)]

    def article(self, article_id: str) -> Article | None:
        """Return the current version of an article."""
        asked = select(*(articles.c[name] for name in OF_ARTICLE))
        asked = asked.where(articles.c.article_id == article_id, articles.c.replaced.is_(None))
        found = self._all(asked)
        return Article(**found[0]._mapping) if found else None

    def versions(self, article_id: str) -> list[Version]:
        """Return the versions of an article, the current one first."""
        stated = (claims.c.article_id == articles.c.article_id, claims.c.version == articles.c.version)
        figures = select(func.count()).select_from(claims).where(*stated).scalar_subquery()
        asked = select(articles.c.version, articles.c.seen, articles.c.replaced, figures)
        asked = asked.where(articles.c.article_id == article_id).order_by(articles.c.version.desc())
        return [Version(*row) for row in self._all(asked)]

    def state(self) -> tuple[str, int]:
        """Return which database this is, and how often it was written: in the same state it answers the same."""
        identity, writes = self._all(select(layout.c.identity, layout.c.writes))[0]
        return identity, writes

    def summary(self) -> Summary:
        """Return what the database holds, and how fresh it is."""
        with self._reading() as connection:
            held = connection.execute(select(kinds)).all()
            figures, known = connection.execute(_totals()).one()
            refresh = _last_refresh(connection)
        return Summary(
            figures=figures or 0,
            articles=sum(row.articles for row in held if row.kind != "brief"),
            briefs=sum(row.articles for row in held if row.kind == "brief"),
            languages=tuple(sorted({row.language for row in held})),
            pairs=known,
            newest=max((row.newest for row in held if row.newest), default=None),
            refresh=refresh,
        )

    def last_refresh(self) -> Refresh | None:
        """Return the last refresh that ended."""
        with self._reading() as connection:
            return _last_refresh(connection)


def current(query: Query) -> Question:
    """Ask for all columns of the claims that a query finds."""
    return select(*ALL_COLUMNS).select_from(WITH_ARTICLES).where(standing(query), *conditions(query, claims))


def _in_reading_order(query: Query) -> Question:
    return current(query).order_by(*READING_ORDER)


def _held(query: Query) -> Question:
    """Ask the summaries, or the claims themselves where a summary does not tell what is asked for."""
    if covered(query, series):
        names = [series.c[name] for name in OF_HELD]
        return select(*names, func.sum(series.c.figures)).where(*conditions(query, series)).group_by(*names)
    names = [claims.c[name] for name in OF_HELD]
    asked = select(*names, func.count()).where(standing(query), *conditions(query, claims))
    return asked.where(claims.c.cell.is_not(None)).group_by(*names)


def _restating(query: Query) -> Question:
    """Ask for the claims that restate another one: they are few, so they are found first, by their own index."""
    # A comparison, since "is not null" alone makes no use of the index.
    few = (
        select(claims.c.id).where(standing(query), claims.c.converts > "").cte("restating").prefix_with("MATERIALIZED")
    )
    return current(query).join(few, few.c.id == claims.c.id)


def read(rows: Iterable[Answer]) -> list[Claim]:
    """Return rows of all columns as claims."""
    return [_claim(list(row)) for row in rows]


def _claim(values: list[Any]) -> Claim:
    for at in OF_MANY:
        values[at] = tuple(values[at].split(",")) if values[at] else ()
    return Claim(**dict(zip(NAMES, values, strict=True)))


def _reading_order(stated: Claim) -> tuple[bool, date, str, int]:
    return stated.published is not None, stated.published or date.min, stated.article_id, stated.start


def _order(order: str) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    name = order.removeprefix("-")
    if name not in ORDERS:
        raise ValueError(f"claims cannot be ordered by {name}: choose one of {', '.join(ORDERS)}")
    # Either direction of the index of this column, so that any page is read without a sort.
    if order.startswith("-"):
        return claims.c[name].desc(), claims.c.id
    return claims.c[name], claims.c.id.desc()


def _leading(connection: Connection, line: dict[str, Any]) -> Leading:
    figures: dict[int, Yearly] = {}
    for row in connection.execute(overview.ALONG, line):
        figures.setdefault(row.year, Yearly(*row))
    return Leading(tuple(figures.values()), connection.scalar(overview.GROWTH, line))


def _totals() -> Question:
    return select(func.sum(pairs.c.figures), func.count().filter(pairs.c.pair != "")).select_from(pairs)


def _last_refresh(connection: Connection) -> Refresh | None:
    # An article that is added by hand is no refresh: none of the sources was read again.
    ended = select(refreshes).where(refreshes.c.finished.is_not(None), refreshes.c.resumable)
    asked = ended.order_by(refreshes.c.number.desc()).limit(1)
    row = connection.execute(asked).one_or_none()
    if row is None:
        return None
    return Refresh(row.number, row.finished.replace(tzinfo=UTC), row.articles, row.figures)
