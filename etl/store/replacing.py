"""How the claims of articles change when they are replaced by those that the stored texts now give."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from etl.model import Claim
from etl.store import correcting, summary
from etl.store.query import Query
from etl.store.reading import current, read
from etl.store.records import Anew, Change
from etl.store.rows import OF_CLAIM, claim_row
from etl.store.schema import articles, claims
from etl.store.selecting import selected

COMPARED = [name for name in OF_CLAIM if name != "first_seen"]


class _Kept(NamedTuple):
    """The current version of an article."""

    version: int
    digest: str
    extracted: bool
    seen: datetime


Claims = Mapping[str, Claim]  # by their ids


def replaced(connection: Connection, anew: Sequence[Anew], first_seen: Mapping[str, int]) -> list[Change]:
    """Replace the claims of the versions that are still current; return what changed, article by article.

    Of an article whose claims are the same nothing is written.
    """
    kept = _kept(connection, [one.article_id for one in anew])
    standing = [one for one in anew if one.article_id in kept and kept[one.article_id].digest == one.digest]
    ids = [one.article_id for one in standing]
    before = _by_article(read(selected(connection, current(Query()), claims.c.article_id, ids)))
    given = [claim for one in standing for claim in one.claims]
    after = _by_article(correcting.corrected(connection, ids, given, first_seen))
    changes = [change for key in ids if (change := _change(key, before[key], after[key]))]
    touched = [change.article_id for change in changes]
    counted = summary.standing(connection, touched)
    for change in changes:
        _rewrite(connection, change, kept[change.article_id], after[change.article_id], first_seen)
    _note_extracted(connection, [key for key in ids if not kept[key].extracted])
    summary.update(connection, counted, summary.standing(connection, touched))
    return changes


def are_current(connection: Connection, anew: Sequence[Anew]) -> bool:
    """Tell whether all articles are still in the version that was extracted."""
    kept = _kept(connection, [one.article_id for one in anew])
    return all(one.article_id in kept and kept[one.article_id].digest == one.digest for one in anew)


def _kept(connection: Connection, article_ids: Collection[str]) -> dict[str, _Kept]:
    names = ("article_id", *_Kept._fields)
    asked = select(*(articles.c[name] for name in names)).where(articles.c.replaced.is_(None))
    return {key: _Kept(*state) for key, *state in selected(connection, asked, articles.c.article_id, article_ids)}


def _by_article(listed: Sequence[Claim]) -> Mapping[str, Claims]:
    found: dict[str, dict[str, Claim]] = defaultdict(dict)
    for claim in listed:
        found[claim.article_id][claim.claim_id] = claim
    return found


def _change(article_id: str, before: Claims, after: Claims) -> Change | None:
    differing = {key: _differing(before[key], after[key]) for key in after if key in before}
    change = Change(
        article_id,
        added=tuple(key for key in after if key not in before),
        gone=tuple(key for key in before if key not in after),
        changed={key: names for key, names in differing.items() if names},
    )
    return change if change.added or change.gone or change.changed else None


def _differing(before: Claim, after: Claim) -> tuple[str, ...]:
    return tuple(name for name in COMPARED if getattr(before, name) != getattr(after, name))


def _rewrite(connection: Connection, change: Change, kept: _Kept, after: Claims, first_seen: Mapping[str, int]) -> None:
    # The index of words follows what is deleted and inserted, and nothing else.
    gone = claims.delete().where(claims.c.claim_id == bindparam("key"), claims.c.version == kept.version)
    if old := [*change.gone, *change.changed]:
        connection.execute(gone, [{"key": key} for key in old])
    if new := [*change.added, *change.changed]:
        # The version was seen when it was: only its reading is new.
        rows = [claim_row(after[key], kept.version, first_seen[key], kept.seen) for key in new]
        connection.execute(claims.insert(), rows)


def _note_extracted(connection: Connection, article_ids: Collection[str]) -> None:
    if article_ids:
        noted = articles.update().where(articles.c.article_id == bindparam("key"), articles.c.replaced.is_(None))
        connection.execute(noted.values(extracted=True), [{"key": key} for key in article_ids])
