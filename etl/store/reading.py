"""Questions to the database; each is one short transaction and none writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from etl.model import Article, Rejection
from etl.store import finding, overview
from etl.store.database import Database
from etl.store.drawing import every, yearly
from etl.store.query import WORD, Codes, Query, conditions, having
from etl.store.records import Refresh, SourceStanding, Summary, Titled, Version
from etl.store.schema import DRAWN, ORDERS, SERIES, articles, claims, documents, pairs, refreshes, series
from etl.store.selecting import Answer, Question
from etl.table import DAY, DTYPES, NAMES, NUMBER, TEXT, typed

if TYPE_CHECKING:
    import pandas as pd

EVERYTHING = Query()
ENOUGH = 10_000
CURRENT = claims.c.replaced.is_(None)
JOINED = claims.join(
    articles, and_(articles.c.article_id == claims.c.article_id, articles.c.version == claims.c.version)
)
ALL_COLUMNS = [claims.c[name] if name in claims.c else articles.c[name] for name in NAMES]
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
MARKS = {name: DTYPES[name] for name in DRAWN} | {"figures": "int64"}
CODES = {"pair_a": TEXT, "pair_b": TEXT}
COVERAGE = CODES | {"year": "int64", "articles": "int64", "figures": "int64"}
PAIRS = CODES | {"articles": "int64", "figures": "int64", "newest": DAY}
HELD = dict.fromkeys(("flow", "freq", "unit", "product", "coverage"), TEXT) | {"figures": "int64"}
YEARS = dict.fromkeys(SERIES, TEXT) | {
    "year": "int64",
    "articles": "int64",
    "figures": "int64",
    "published": DAY,
    "period_start": DAY,
    "period_end": DAY,
    "value": NUMBER,
    "claim_id": TEXT,
}


class Reader(Database):
    """The verbs that read; a current row is one of the current version of its article."""

    def marks(self, query: Query) -> pd.DataFrame:
        """Return what charts draw of the current claims, oldest publication first; `figures` is what each stands for.

        Above 2,000 only one figure of each series and year is drawn: that of the year's latest period.
        """
        with self._reading() as connection:
            many = _counted(connection, query, MOST_MARKS) > MOST_MARKS
            rows = connection.execute(yearly(query, MOST_MARKS) if many else every(query)).all()
        return typed(rows, MARKS).sort_values(["published", "claim_id"], ignore_index=True)

    def page(self, query: Query, order: str = "-published", number: int = 1, size: int = 50) -> pd.DataFrame:
        """Return one page of the current claims, by published, period_start or value; `-` is descending."""
        with self._reading() as connection:
            asked = conditions(query, claims, common=_common(connection, query))
            # Which rows is found in an index; only they are read.
            chosen = select(claims.c.id).where(CURRENT, *asked).order_by(*_order(order))
            chosen = chosen.limit(size).offset((number - 1) * size)
            paged = select(*ALL_COLUMNS).select_from(JOINED).where(claims.c.id.in_(chosen)).order_by(*_order(order))
            return typed(connection.execute(paged).all(), DTYPES)

    def count(self, query: Query) -> int:
        """Return how many current claims there are; 10,001 stands for more than 10,000."""
        with self._reading() as connection:
            return _counted(connection, query, ENOUGH)

    def claim(self, claim_id: str) -> pd.DataFrame:
        """Return the current claim of an id, or an empty table."""
        return self.claims(Query(claim_ids=(claim_id,)))

    def sentence_claims(self, article_id: str, sentence: str) -> pd.DataFrame:
        """Return all current claims of one sentence of an article, in its order."""
        asked = _current(Query(article_id=article_id)).where(claims.c.sentence == sentence)
        return typed(self._all(asked.order_by(claims.c.start)), DTYPES)

    def claims(self, query: Query = EVERYTHING) -> pd.DataFrame:
        """Return the current claims, oldest publication first and in the order of each text."""
        return typed(self._all(_in_reading_order(query)), DTYPES)

    def conversions(self, query: Query = EVERYTHING) -> pd.DataFrame:
        """Return the current claims that restate an amount in another currency, and those that they restate."""
        converting = select(claims.c.converts).where(CURRENT, claims.c.converts.is_not(None))
        asked = _in_reading_order(query).where(or_(claims.c.converts.is_not(None), claims.c.claim_id.in_(converting)))
        return typed(self._all(asked), DTYPES)

    def rows(self, query: Query = EVERYTHING) -> Iterator[dict[str, Any]]:
        """Yield the same claims one by one as plain values under the table's names."""
        with self._reading() as connection:
            for row in connection.execution_options(yield_per=1000).execute(_in_reading_order(query)):
                yield dict(row._mapping)

    def near(self, value: float, within: float, units: Codes = (), most: int = 20) -> Codes:
        """Return the ids of the current claims whose figure, whatever its sign, lies so near to a value, nearest first.

        Without units it is an amount in any currency.
        """
        return tuple(row.claim_id for row in self._all(finding.near(value, within, units, most)))

    def said(self, words: str, most: int = 20) -> Codes:
        """Return the ids of the current claims whose sentences have these words, one a sentence, last written first."""
        return tuple(row.claim_id for row in self._all(finding.said(words, most))) if WORD.search(words) else ()

    def titled(self, words: str, most: int = 20) -> list[Titled]:
        """Return the current articles whose titles have these words, last written first."""
        return [Titled(*row) for row in self._all(finding.titled(words, most))] if WORD.search(words) else []

    def publishers(self, words: str, most: int = 20) -> Codes:
        """Return the publishers whose names have words that begin so."""
        return tuple(row.name for row in self._all(finding.publishers(words, most)))

    def pairs(self) -> pd.DataFrame:
        """Return each pair with its articles, figures and newest publication, most reported first."""
        asked = select(*(pairs.c[name] for name in PAIRS)).where(pairs.c.pair != "")
        asked = asked.order_by(pairs.c.articles.desc(), pairs.c.figures.desc(), pairs.c.pair)
        return typed(self._all(asked), PAIRS)

    def held(self, query: Query = EVERYTHING) -> pd.DataFrame:
        """Return how many figures there are of each flow, frequency, unit, product and coverage."""
        names = [series.c[name] for name in HELD if name != "figures"]
        asked = select(*names, func.sum(series.c.figures)).where(*conditions(query, series)).group_by(*names)
        return typed(self._all(asked), HELD)

    def series(self, query: Query = EVERYTHING) -> pd.DataFrame:
        """Return each series and year: articles, figures, and the figure of the year's latest period."""
        asked = select(*(series.c[name] for name in YEARS)).where(*conditions(query, series))
        return typed(self._all(asked.order_by(series.c.cell)), YEARS)

    def coverage(self, of: Sequence[overview.Pair]) -> pd.DataFrame:
        """Return how many articles state figures of each pair for periods within each year."""
        return typed(self._all(overview.by_year(of)), COVERAGE)

    def leading(self, of: Sequence[overview.Pair]) -> pd.DataFrame:
        """Return the years of each pair's most reported annual flow, and of its growth, as `series` does."""
        return typed(self._all(overview.leading(of, list(YEARS))), CODES | YEARS)

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

    def summary(self) -> Summary:
        """Return what the database holds, and how fresh it is."""
        with self._reading() as connection:
            kinds = connection.execute(_kinds()).all()
            figures, known = connection.execute(_totals()).one()
            refresh = _last_refresh(connection)
        return Summary(
            figures=figures or 0,
            articles=sum(row.number for row in kinds if row.kind != "brief"),
            briefs=sum(row.number for row in kinds if row.kind == "brief"),
            languages=tuple(sorted({row.language for row in kinds})),
            pairs=known,
            newest=max((row.newest for row in kinds if row.newest), default=None),
            refresh=refresh,
        )

    def sources(self) -> list[SourceStanding]:
        """Return what the ledger says of each source."""
        rejected = func.count().filter(documents.c.outcome == "rejected")
        asked = select(documents.c.source, func.count() - rejected, rejected, func.max(documents.c.seen)).group_by(
            documents.c.source
        )
        return [SourceStanding(row[0], row[1], row[2], row[3].replace(tzinfo=UTC)) for row in self._all(asked)]

    def rejections(self) -> list[Rejection]:
        """Return the documents that could not be used, with the reasons, by source and address."""
        asked = select(documents.c.source, documents.c.address, documents.c.reason)
        asked = asked.where(documents.c.outcome == "rejected").order_by(documents.c.source, documents.c.address)
        return [Rejection(*row) for row in self._all(asked)]

    def _all(self, statement: Question) -> Sequence[Answer]:
        with self._reading() as connection:
            return connection.execute(statement).all()


def _common(connection: Connection, query: Query) -> bool:
    """Tell whether the words that are asked for stand in so many sentences that it is better not to list them."""
    if query.text is None or not WORD.search(query.text):
        return False
    some = having(query.text).limit(ENOUGH + 1).subquery()
    return (connection.scalar(select(func.count()).select_from(some)) or 0) > ENOUGH


def _counted(connection: Connection, query: Query, enough: int) -> int:
    asked = conditions(query, claims, common=_common(connection, query))
    some = select(claims.c.id).where(CURRENT, *asked).limit(enough + 1)
    return connection.scalar(select(func.count()).select_from(some.subquery())) or 0


def _current(query: Query) -> Question:
    return select(*ALL_COLUMNS).select_from(JOINED).where(CURRENT, *conditions(query, claims))


def _in_reading_order(query: Query) -> Question:
    return _current(query).order_by(claims.c.published, claims.c.article_id, claims.c.start, claims.c.id)


def _order(order: str) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    name = order.removeprefix("-")
    if name not in ORDERS:
        raise ValueError(f"claims cannot be ordered by {name}: choose one of {', '.join(ORDERS)}")
    # Either direction of the index of this column, so that any page is read without a sort.
    if order.startswith("-"):
        return claims.c[name].desc(), claims.c.id
    return claims.c[name], claims.c.id.desc()


def _kinds() -> Question:
    grouped = select(
        articles.c.kind,
        articles.c.language,
        func.count().label("number"),
        func.max(articles.c.published).label("newest"),
    )
    return grouped.where(articles.c.replaced.is_(None)).group_by(articles.c.kind, articles.c.language)


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
