"""Corrections in the database: claims as they are corrected, and what was extracted of each."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select

from etl.corrections import Correction, CorrectionError, Value, applied
from etl.model import Claim
from etl.store.records import Corrected
from etl.store.schema import corrections
from etl.store.selecting import Answer, chunks, selected
from etl.table import DAY, DTYPES, JOINED, NAMES, row

MISSING = "there is no such figure: its article is gone, or its sentence has changed"

FirstSeen = Mapping[str, int]


class _State(NamedTuple):
    """Where a correction stands: the article of its claim and what that gave, or why there is none."""

    article_id: str | None = None
    extracted: str | None = None
    problem: str | None = MISSING


def corrected(
    connection: Connection, article_ids: Collection[str], claims: Sequence[Claim], first_seen: FirstSeen
) -> list[Claim]:
    """Return all claims of some articles as they are corrected, and keep what was extracted of them."""
    rows = _rows_of(connection, article_ids, [claim.claim_id for claim in claims])
    if not rows:
        return list(claims)
    done: list[Claim] = []
    states = dict.fromkeys(rows, _State())
    for claim in claims:
        now: Claim | None = claim
        if claim.claim_id in rows:
            seen = replace(claim, first_seen=first_seen[claim.claim_id])
            now, states[claim.claim_id] = _corrected(seen, _correction(rows[claim.claim_id]))
        done += [now] if now else []
    _keep(connection, rows, states)
    shown = {claim.claim_id for claim in done}
    # An amount does not restate one that is not shown.
    return [claim if claim.converts in shown else replace(claim, converts=None) for claim in done]


def record(connection: Connection, wanted: Mapping[str, Correction | None]) -> None:
    """Write corrections down, or strike out those that are None; none of them is applied by this."""
    for some in chunks(wanted):
        connection.execute(corrections.delete().where(corrections.c.claim_id.in_(some)))
    new = [
        {"claim_id": one.claim_id, "why": one.why, "changes": _json(dict(one.changes)) if one.changes else None}
        for one in wanted.values()
        if one
    ]
    if new:
        connection.execute(corrections.insert(), [values | _State()._asdict() for values in new])


def forget(connection: Connection, article_ids: Collection[str]) -> None:
    """Note that some articles are gone, and with them the claims that were corrected."""
    for some in chunks(article_ids):
        gone = corrections.update().where(corrections.c.article_id.in_(some))
        connection.execute(gone.values(_State()._asdict()))


def hidden_since(connection: Connection, article_ids: Collection[str]) -> dict[str, int]:
    """Return the refresh that first brought each hidden claim of some articles."""
    asked = select(corrections.c.claim_id, corrections.c.extracted).where(corrections.c.changes.is_(None))
    found = selected(connection, asked, corrections.c.article_id, article_ids)
    return {claim_id: json.loads(extracted)["first_seen"] for claim_id, extracted in found}


def held(connection: Connection) -> dict[str, Correction]:
    """Return the corrections that are written down, by claim."""
    return {row.claim_id: _correction(row) for row in connection.execute(select(corrections))}


def told(found: Answer) -> Corrected:
    """Return a row of the table as it is shown."""
    extracted = json.loads(found.extracted) if found.extracted else None
    changes = json.loads(found.changes) if found.changes else None
    return Corrected(
        found.claim_id,
        found.why,
        found.article_id,
        _values(changes) if changes else None,
        _values(extracted) if changes and extracted else None,
        _claim(extracted) if extracted and not changes else None,
        found.problem,
    )


def _rows_of(connection: Connection, article_ids: Collection[str], claim_ids: Collection[str]) -> dict[str, Answer]:
    asked = select(corrections)
    by_claim = selected(connection, asked, corrections.c.claim_id, claim_ids)
    by_article = selected(connection, asked, corrections.c.article_id, article_ids)
    return {found.claim_id: found for rows in (by_claim, by_article) for found in rows}


def _corrected(claim: Claim, correction: Correction) -> tuple[Claim | None, _State]:
    try:
        now = applied(claim, correction)
    except CorrectionError as error:
        return claim, _State(problem=str(error))
    values = row(claim)
    names = [name for name, _ in correction.changes] or list(NAMES)
    return now, _State(claim.article_id, _json({name: values[name] for name in names}), None)


def _keep(connection: Connection, rows: Mapping[str, Answer], states: Mapping[str, _State]) -> None:
    same = corrections.c.claim_id == bindparam("key")
    news = [
        {"key": claim_id, **state._asdict()}
        for claim_id, state in states.items()
        if state != _State(rows[claim_id].article_id, rows[claim_id].extracted, rows[claim_id].problem)
    ]
    if news:
        connection.execute(corrections.update().where(same), news)


def _correction(found: Answer) -> Correction:
    changes = _values(json.loads(found.changes)) if found.changes else {}
    return Correction(found.claim_id, found.why, tuple(changes.items()))


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, default=str, ensure_ascii=False)


def _values(kept: Mapping[str, Any]) -> dict[str, Value]:
    return {name: date.fromisoformat(value) if value and DTYPES[name] == DAY else value for name, value in kept.items()}


def _claim(kept: Mapping[str, Any]) -> Claim:
    values: dict[str, Any] = _values(kept)
    return Claim(**values | {name: tuple(filter(None, values[name].split(","))) for name in JOINED})
