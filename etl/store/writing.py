"""What changes the database; each verb is one transaction, of which all is kept or nothing."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple

from sqlalchemy import Connection, UpdateBase, bindparam, func, or_, select

from etl.corrections import Correction
from etl.findings import Receipt
from etl.store import copying, correcting, ledger, summary
from etl.store.kept import Keeper
from etl.store.ledger import OF_RECEIPT, Place
from etl.store.records import Anew, Change, Copy, Edition, Holdings, Known, Written
from etl.store.replacing import are_current, replaced
from etl.store.rows import article_row, claim_row, first_seen, now
from etl.store.schema import articles, claims, copies, documents, refreshes
from etl.store.selecting import Question, chunks, selected


class Store(Keeper):
    """The whole database: the verbs that read, and those that write."""

    def begin_refresh(self, *, resumable: bool = True) -> int:
        """Return the number of a refresh that begins, or of one that was cut short and now goes on."""
        with self._writing() as connection:
            if resumable and (number := connection.scalar(_cut_short())):
                return int(number)
            return _begin(connection, resumable=resumable)

    def finish_refresh(self, number: int) -> None:
        """Write down that a refresh has read all its sources."""
        with self._writing() as connection:
            connection.execute(refreshes.update().where(refreshes.c.number == number).values(finished=now()))

    def seen(self, source: str) -> dict[str, Receipt]:
        """Return what became of each document of a source, by address."""
        asked = select(*(documents.c[name] for name in OF_RECEIPT)).where(documents.c.source == source)
        return {receipt.address: receipt for receipt in (Receipt(*line) for line in self._all(asked))}

    def known(self, article_ids: Collection[str]) -> dict[str, Known]:
        """Return what the database holds of some articles."""
        with self._reading() as connection:
            return {article_id: current.known for article_id, current in _current(connection, article_ids).items()}

    def write(
        self,
        refresh: int,
        editions: Sequence[Edition],
        receipts: Sequence[Receipt] = (),
        copies: Sequence[Copy] = (),
    ) -> Written:
        """Store articles with their claims, what became of their documents, and which are copies; what is known stays.

        Claims are stored as they are corrected.
        """
        ids = [edition.article.article_id for edition in editions]
        with self._writing() as connection:
            current = _current(connection, ids)
            news = [edition for edition in editions if _is_news(edition, current)]
            written = _write_editions(connection, refresh, news, current) if news else Written(0, 0)
            ledger.note(connection, receipts)
            noted = copying.note(connection, receipts, copies)
        return Written(written.articles, written.figures, noted)

    def begin_again(self, program: str) -> tuple[int, int]:
        """Return the number of an extraction anew, and the place up to which it is done.

        One that was cut short goes on, if it was made by the same program.
        """
        asked = select(refreshes.c.number, refreshes.c.reached).where(refreshes.c.program == program)
        with self._writing() as connection:
            stopped = asked.where(refreshes.c.finished.is_(None)).order_by(refreshes.c.number.desc())
            if cut_short := connection.execute(stopped.limit(1)).one_or_none():
                return cut_short.number, cut_short.reached
            return _begin(connection, resumable=False, program=program, reached=0), 0

    def replace(
        self,
        anew: Sequence[Anew],
        refresh: int | None = None,
        reached: int | None = None,
        corrections: Mapping[str, Correction | None] = MappingProxyType({}),
    ) -> list[Change]:
        """Replace the claims of stored articles by what their texts give now; return what changed.

        `corrections` are written down before, those that are None are struck out; where a text is no longer the
        current one, nothing is done for them. Without a number all that is new counts as brought by the last refresh.
        """
        ids = [one.article_id for one in anew]
        stated = [claim for one in anew for claim in one.claims]
        with self._writing() as connection:
            if corrections and not are_current(connection, anew):
                return []
            number = refresh or connection.scalar(select(func.max(refreshes.c.number))) or 0
            # Before the corrections are written down: a hidden claim stands in them alone.
            since = first_seen(connection, ids, stated, number)
            correcting.record(connection, corrections)
            changes = replaced(connection, anew, since)
            if reached is not None:
                _reach(connection, number, reached)
        return changes

    def holdings(self, target: str) -> Holdings:
        """Return what stands under an article's id or a source's."""
        with self._reading() as connection:
            return _holdings(connection, _targets(connection, target), target)

    def remove(self, target: str) -> Holdings:
        """Remove an article by its id, or all of a source, with every version; return what went."""
        with self._writing() as connection:
            ids = _targets(connection, target)
            gone, before = _holdings(connection, ids, target), summary.standing(connection, ids)
            ledger.strike(connection, _places(connection, ids))
            copying.forget(connection, ids)
            correcting.forget(connection, ids)
            for some in chunks(ids):
                connection.execute(articles.delete().where(articles.c.article_id.in_(some)))
            for table in (documents, copies):
                connection.execute(table.delete().where(table.c.source == target))
            summary.update(connection, before, summary.Standing())
        return gone


class _Current(NamedTuple):
    version: int
    words: str | None
    known: Known


def _begin(connection: Connection, **state: Any) -> int:  # noqa: ANN401
    number = 1 + (connection.scalar(select(func.max(refreshes.c.number))) or 0)
    begun = {"number": number, "started": now(), "articles": 0, "figures": 0}
    connection.execute(refreshes.insert(), begun | state)
    return int(number)


def _reach(connection: Connection, number: int, reached: int) -> None:
    connection.execute(refreshes.update().where(refreshes.c.number == number).values(reached=reached))


def _cut_short() -> Question:
    return select(func.max(refreshes.c.number)).where(refreshes.c.finished.is_(None), refreshes.c.resumable)


def _current(connection: Connection, article_ids: Collection[str]) -> dict[str, _Current]:
    names = ("article_id", "version", "words", "source", "address", "digest", "extracted")
    asked = select(*(articles.c[name] for name in names)).where(articles.c.replaced.is_(None))
    found = selected(connection, asked, articles.c.article_id, article_ids)
    return {article_id: _Current(version, words, Known(*state)) for article_id, version, words, *state in found}


def _is_news(edition: Edition, current: Mapping[str, _Current]) -> bool:
    held = current.get(edition.article.article_id)
    if held is None or held.known.digest != edition.digest:
        return True
    return edition.extracted and not held.known.extracted


def _write_editions(
    connection: Connection, refresh: int, news: Sequence[Edition], current: Mapping[str, _Current]
) -> Written:
    ids, seen = [edition.article.article_id for edition in news], now()
    stated = [claim for edition in news for claim in edition.claims]
    before, since = summary.standing(connection, ids), first_seen(connection, ids, stated, refresh)
    versions = dict.fromkeys(ids, 1) | {key: held.version + 1 for key, held in current.items()}
    shown = correcting.corrected(connection, ids, stated, since)
    claim_rows = [claim_row(one, versions[one.article_id], since[one.claim_id], seen) for one in shown]
    _retire(connection, [key for key in ids if key in current], seen)
    article_rows = [article_row(edition, versions[edition.article.article_id], seen) for edition in news]
    _run(connection, articles.insert(), article_rows)
    _run(connection, claims.insert(), claim_rows)
    summary.update(connection, before, summary.standing(connection, ids))
    copying.forget(connection, [edition.article.article_id for edition in news if _reworded(edition, current)])
    written = Written(len(news), sum(values["first_seen"] == refresh for values in claim_rows))
    _count(connection, refresh, written)
    return written


def _reworded(edition: Edition, current: Mapping[str, _Current]) -> bool:
    """Tell whether a new version no longer has the words that others repeat."""
    held = current.get(edition.article.article_id)
    return held is not None and held.words != edition.words


def _retire(connection: Connection, article_ids: Sequence[str], seen: datetime) -> None:
    for table in (articles, claims):
        current = table.update().where(table.c.article_id == bindparam("key"), table.c.replaced.is_(None))
        _run(connection, current.values(replaced=seen), [{"key": article_id} for article_id in article_ids])


def _count(connection: Connection, number: int, written: Written) -> None:
    counted = refreshes.update().where(refreshes.c.number == number)
    more = {name: refreshes.c[name] + getattr(written, name) for name in ("articles", "figures")}
    connection.execute(counted.values(more))


def _targets(connection: Connection, target: str) -> list[str]:
    named = or_(articles.c.article_id == target, articles.c.source == target)
    return list(connection.scalars(select(articles.c.article_id).where(named, articles.c.replaced.is_(None))))


def _holdings(connection: Connection, article_ids: Sequence[str], source: str) -> Holdings:
    figures = len(summary.standing(connection, article_ids).claims)
    from_source = select(func.count()).select_from(documents).where(documents.c.source == source)
    return Holdings(len(article_ids), figures, connection.scalar(from_source) or 0)


def _places(connection: Connection, article_ids: Collection[str]) -> set[Place]:
    """Return the documents that brought some articles, in any version."""
    asked = select(articles.c.source, articles.c.address)
    return {(row.source, row.address) for row in selected(connection, asked, articles.c.article_id, article_ids)}


def _run(connection: Connection, statement: UpdateBase, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)
