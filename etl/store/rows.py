"""The rows that are written of an article and of its claims."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from etl.model import Article, Claim
from etl.store import correcting
from etl.store.keys import cell_key, pair_key
from etl.store.records import Edition
from etl.store.schema import claims
from etl.store.selecting import selected
from etl.table import row

OF_ARTICLE = [field.name for field in fields(Article)]
OF_CLAIM = [field.name for field in fields(Claim) if field.name in claims.c]
OF_EDITION = ("source", "address", "digest", "extracted", "words")


def now() -> datetime:
    """Return the time as databases keep it, without a zone: all are UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


def article_row(edition: Edition, version: int, seen: datetime) -> dict[str, Any]:
    """Return the row of a version of an article."""
    article = {name: getattr(edition.article, name) for name in OF_ARTICLE}
    return article | {name: getattr(edition, name) for name in OF_EDITION} | {"version": version, "seen": seen}


def claim_row(claim: Claim, version: int, first_seen: int, seen: datetime) -> dict[str, Any]:
    """Return the row of a claim in a version of its article."""
    values = row(claim)
    keys = {"pair": pair_key(claim.reporter, claim.partner), "cell": cell_key(claim)}
    times = {"version": version, "first_seen": first_seen, "seen": seen}
    return {name: values[name] for name in OF_CLAIM} | keys | times


def first_seen(
    connection: Connection, article_ids: Collection[str], stated: Sequence[Claim], refresh: int
) -> Mapping[str, int]:
    """Return the refresh that first brought each claim of some articles, in whatever version, or this one."""
    asked = select(claims.c.claim_id, func.min(claims.c.first_seen)).group_by(claims.c.claim_id)
    shown = {found[0]: found[1] for found in selected(connection, asked, claims.c.article_id, article_ids)}
    return dict.fromkeys((claim.claim_id for claim in stated), refresh) | (
        correcting.hidden_since(connection, article_ids) | shown
    )
