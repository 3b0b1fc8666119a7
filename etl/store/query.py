"""Which claims are asked for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, func, literal, or_, select

from etl.store.keys import pair_key
from etl.store.schema import articles, claims, refreshes
from etl.store.words import sentences

Codes = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Restrictions that a claim must all meet; None and () restrict nothing, "" asks for null.

    `pair` finds the claims of either direction, or of one economy and the world: ("CHN", None); `new_since` those
    that were first seen by a refresh that ended on this day or later, `date.max` those of the last refresh.
    `known` finds what was published by a day, of each article in the version that was current at its end.
    """

    pair: tuple[str, str | None] | None = None
    reporter: str | None = None
    partner: str | None = None
    measure: Codes = ()
    flow: Codes = ()
    unit: Codes = ()
    freq: Codes = ()
    status: Codes = ()
    qualifier: Codes = ()
    product: Codes = ()
    coverage: Codes = ()
    publisher: Codes = ()
    language: Codes = ()
    kind: Codes = ()
    according_to: Codes = ()
    period: tuple[date, date] | None = None
    period_from: date | None = None
    period_to: date | None = None
    article_id: str | None = None
    text: str | None = None
    claim_ids: Codes = ()
    adjustment: Codes = ()
    basis: Codes = ()
    rule: Codes = ()
    record: bool | None = None
    published_from: date | None = None
    published_to: date | None = None
    new_since: date | None = None
    value_from: float | None = None
    value_to: float | None = None
    growth_currency: Codes = ()
    inferred: Codes = ()
    flags: Codes = ()
    restates: bool | None = None
    title: str | None = None
    url: str | None = None
    year: int | None = None
    known: date | None = None


WORD = re.compile(r"\w")
SHORT = 3
COLUMNS = {
    "period": "period_start",
    "period_from": "period_start",
    "period_to": "period_end",
    "text": "sentence",
    "claim_ids": "claim_id",
    "published_from": "published",
    "published_to": "published",
    "new_since": "first_seen",
    "value_from": "value",
    "value_to": "value",
    "restates": "converts",
    "title": "article_id",
    "url": "article_id",
    "known": "version",
}

# What a summary of several figures cannot answer.
OF_ONE_FIGURE = frozenset(("value_from", "value_to"))


def standing(query: Query) -> ColumnElement[bool]:
    """Match the current version of each article, or the one that was current on the day that is asked for.

    A database may have been filled long after its articles appeared: what was first seen later counts as first seen.
    """
    if query.known is None:
        return claims.c.replaced.is_(None)
    after = datetime.combine(query.known + timedelta(days=1), time.min)
    then = and_(claims.c.seen < after, or_(claims.c.replaced.is_(None), claims.c.replaced >= after))
    return or_(then, and_(claims.c.version == 1, claims.c.seen >= after))


def covered(query: Query, table: Table) -> bool:
    """Tell whether a table has a column for each restriction of a query, and each of its rows one value."""
    asked = [field.name for field in fields(query) if getattr(query, field.name) not in (None, ())]
    return not OF_ONE_FIGURE.intersection(asked) and all(COLUMNS.get(name, name) in table.c for name in asked)


def conditions(query: Query, table: Table, *, said: ColumnElement[bool] | None = None) -> Iterator[ColumnElement[bool]]:
    """Yield what a query asks of a table's rows; the table must have a column for each restriction.

    `said` is what finds the words of its text, where that is known; else the index of all words finds them.
    """
    for field in fields(query):
        value = getattr(query, field.name)
        if value is None or value == ():
            continue
        name = COLUMNS.get(field.name, field.name)
        if name not in table.c:
            raise ValueError(f"the {table.name} of the database cannot be chosen by {field.name}")
        if field.name == "period":
            yield and_(table.c.period_start == value[0], table.c.period_end == value[1])
        elif field.name == "known":
            yield table.c.published <= value
        elif field.name == "text":
            yield _saying(table, value) if said is None else said
        else:
            yield from _of_column(table.c[name], field.name, value)


def _of_column(column: ColumnElement[Any], name: str, value: Any) -> Iterator[ColumnElement[bool]]:  # noqa: ANN401
    match name:
        case "pair":
            yield column == pair_key(*value)
        case "period_from" | "published_from" | "value_from":
            yield column >= value
        case "period_to" | "published_to" | "value_to":
            yield column <= value
        case "record":
            yield column.is_(value)
        case "year":
            yield column == value
        case "new_since":
            yield column >= _first_refresh(value).scalar_subquery()
        case "restates":
            yield column.is_not(None) if value else column.is_(None)
        case "inferred" | "flags":
            yield or_(*(_listing(column, one) for one in value))
        case "title" | "url":
            yield column.in_(_articles_with(name, value))
        case _:
            yield _one_of(column, (value,) if isinstance(value, str) else value)


def _listing(column: ColumnElement[str], name: str) -> ColumnElement[bool]:
    """Match names joined by commas that have one; "" asks for those that have none."""
    return (literal(",") + column + ",").contains(f",{name},", autoescape=True) if name else column == ""


def _articles_with(name: str, text: str) -> Select[str]:
    """Ask for the articles whose title or address holds a text."""
    current = select(articles.c.article_id).where(articles.c.replaced.is_(None))
    return current.where(articles.c[name].icontains(text, autoescape=True))


def _first_refresh(since: date) -> Select[Any]:
    """Ask for the first refresh that ended on a day or later; date.max stands for the last one that ended."""
    if since == date.max:
        # What was added by hand since then, or extracted anew, is as new.
        return select(func.max(refreshes.c.number)).where(refreshes.c.finished.is_not(None), refreshes.c.resumable)
    later = select(func.min(refreshes.c.number))
    return later.where(refreshes.c.finished >= datetime.combine(since, time.min))


def matching(text: str) -> ColumnElement[bool]:
    """Match the sentences that have words that begin with each word of a text.

    Short words, and those that end with a digit, are looked for as they are: who asks for 240 does not mean 2400.
    """
    asked = (word for word in text.replace('"', " ").split() if WORD.search(word))
    words = " ".join(f'"{word}"' if len(word) <= SHORT or word[-1].isdigit() else f'"{word}"*' for word in asked)
    found: ColumnElement[bool] = sentences.c.sentences.op("MATCH")(words)
    return found


def _saying(table: Table, text: str) -> ColumnElement[bool]:
    having = select(sentences.c.rowid).where(matching(text))
    return table.c.id.in_(having) if WORD.search(text) else containing(table.c.sentence, text)


def containing(sentence: ColumnElement[str], text: str) -> ColumnElement[bool]:
    """Match sentences in which the pieces of a text stand, looked for in each sentence as it is met."""
    return and_(*(sentence.icontains(word, autoescape=True) for word in text.split()))


def _one_of(column: ColumnElement[Any], codes: Codes) -> ColumnElement[bool]:
    known = column.in_([code for code in codes if code])
    return or_(known, column.is_(None)) if "" in codes else known
