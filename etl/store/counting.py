"""How many current claims a query finds, and what it asks of them; words of sentences are looked for once a moment."""

import json
from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import ColumnElement, Connection, func, select

from etl.store.query import WORD, Query, conditions, containing, matching, standing
from etl.store.schema import SERIES, claims, series
from etl.store.words import sentences

ENOUGH = 10_000
# What a row of the summaries has one value of, for all the figures that it counts.
SUMMED = frozenset(("pair", *SERIES))


def counted(connection: Connection, query: Query, enough: int) -> int:
    """Return how many current claims there are; one more than enough stands for more."""
    asked = {field.name for field in fields(query) if getattr(query, field.name) not in (None, ())}
    if asked == {"text"} and WORD.search(query.text or ""):
        return min(len(_found(connection, query)), enough + 1)
    if asked <= SUMMED and _summed(connection, query, enough) > enough:
        return enough + 1
    some = select(claims.c.id).where(*asked_of(connection, query)).limit(enough + 1)
    return connection.scalar(select(func.count()).select_from(some.subquery())) or 0


def asked_of(connection: Connection, query: Query) -> list[ColumnElement[bool]]:
    """Return what a query asks of the claims."""
    return [standing(query), *conditions(query, claims, said=_said(connection, query))]


def _summed(connection: Connection, query: Query, enough: int) -> int:
    """Return how many the summaries count, as far as is asked: a claim without an economy or a period is in none."""
    # Each row counts one at least.
    some = select(series.c.figures).where(*conditions(query, series)).limit(enough + 1).subquery()
    return connection.scalar(select(func.sum(some.c.figures))) or 0


def _said(connection: Connection, query: Query) -> ColumnElement[bool] | None:
    """Return what finds the words of a text: a list of claims, or where they are too many, each sentence."""
    if query.text is None or not WORD.search(query.text):
        return None
    found = _found(connection, query)
    if len(found) > ENOUGH:
        return containing(claims.c.sentence, query.text)
    # As one value: to bind thousands takes longer than all that is read.
    return claims.c.id.in_(select(func.json_each(json.dumps(found)).table_valued("value").c.value))


def _found(connection: Connection, query: Query) -> Sequence[int]:
    """Return the claims whose sentences have the words of a text; both the count and the page of a table need them."""
    key = (query.text, query.known)
    if key not in connection.info:
        listed = select(claims.c.id).join_from(sentences, claims, claims.c.id == sentences.c.rowid)
        listed = listed.where(matching(query.text or ""), standing(query)).limit(ENOUGH + 1)
        connection.info[key] = connection.scalars(listed).all()
    found: Sequence[int] = connection.info[key]
    return found
