"""What changes the database; each verb is one transaction, of which all is kept or nothing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, UpdateBase, bindparam, func, or_, select, tuple_

from etl.model import Article, Claim, Receipt
from etl.store import summary
from etl.store.reading import Reader
from etl.store.records import Edition, Holdings, Known, Written
from etl.store.schema import articles, cell_key, claims, documents, pair_key, refreshes
from etl.store.selecting import Question, chunks, selected
from etl.table import row

OF_ARTICLE = [field.name for field in fields(Article)]
OF_CLAIM = [field.name for field in fields(Claim) if field.name in claims.c]
OF_RECEIPT = [field.name for field in fields(Receipt)]


class Store(Reader):
    """The whole database: the verbs that read, and those that write."""

    def begin_refresh(self, *, resumable: bool = True) -> int:
        """Return the number of a refresh that begins, or of one that was cut short and now goes on."""
        with self._writing() as connection:
            if resumable and (number := connection.scalar(_cut_short())):
                return int(number)
            number = 1 + (connection.scalar(select(func.max(refreshes.c.number))) or 0)
            begun = {"number": number, "started": _now(), "resumable": resumable, "articles": 0, "figures": 0}
            connection.execute(refreshes.insert(), begun)
            return int(number)

    def finish_refresh(self, number: int) -> None:
        """Write down that a refresh has read all its sources."""
        with self._writing() as connection:
            connection.execute(refreshes.update().where(refreshes.c.number == number).values(finished=_now()))

    def seen(self, source: str) -> dict[str, Receipt]:
        """Return what became of each document of a source, by address."""
        asked = select(*(documents.c[name] for name in OF_RECEIPT)).where(documents.c.source == source)
        return {receipt.address: receipt for receipt in (Receipt(*line) for line in self._all(asked))}

    def known(self, article_ids: Collection[str]) -> dict[str, Known]:
        """Return what the database holds of some articles."""
        with self._reading() as connection:
            return {article_id: current.known for article_id, current in _current(connection, article_ids).items()}

    def write(self, refresh: int, editions: Sequence[Edition], receipts: Sequence[Receipt] = ()) -> Written:
        """Store articles with their claims, and what became of their documents; what is known stays."""
        ids = [edition.article.article_id for edition in editions]
        with self._writing() as connection:
            current = _current(connection, ids)
            news = [edition for edition in editions if _is_news(edition, current)]
            written = _write_editions(connection, refresh, news, current) if news else Written(0, 0)
            _write_receipts(connection, receipts)
        return written

    def holdings(self, target: str) -> Holdings:
        """Return what stands under an article's id or a source's."""
        with self._reading() as connection:
            return _holdings(connection, _targets(connection, target), target)

    def remove(self, target: str) -> Holdings:
        """Remove an article by its id, or all of a source, with every version; return what went."""
        with self._writing() as connection:
            ids = _targets(connection, target)
            gone, before = _holdings(connection, ids, target), summary.standing(connection, ids)
            for some in chunks(ids):
                connection.execute(documents.delete().where(_brought(some)))
                connection.execute(articles.delete().where(articles.c.article_id.in_(some)))
            connection.execute(documents.delete().where(documents.c.source == target))
            summary.update(connection, before, summary.Standing())
        return gone


class _Current(NamedTuple):
    version: int
    known: Known


def _now() -> datetime:
    # Databases keep times without a zone: all are UTC.
    return datetime.now(UTC).replace(tzinfo=None)


def _cut_short() -> Question:
    return select(func.max(refreshes.c.number)).where(refreshes.c.finished.is_(None), refreshes.c.resumable)


def _current(connection: Connection, article_ids: Collection[str]) -> dict[str, _Current]:
    names = ("article_id", "version", "source", "digest", "extracted")
    asked = select(*(articles.c[name] for name in names)).where(articles.c.replaced.is_(None))
    found = selected(connection, asked, articles.c.article_id, article_ids)
    return {article_id: _Current(version, Known(*state)) for article_id, version, *state in found}


def _is_news(edition: Edition, current: Mapping[str, _Current]) -> bool:
    held = current.get(edition.article.article_id)
    if held is None or held.known.digest != edition.digest:
        return True
    return edition.extracted and not held.known.extracted


def _first_seen(connection: Connection, article_ids: Collection[str]) -> dict[str, int]:
    """Return the refresh that first brought each claim of some articles, whatever the version."""
    asked = select(claims.c.claim_id, func.min(claims.c.first_seen)).group_by(claims.c.claim_id)
    return {row[0]: row[1] for row in selected(connection, asked, claims.c.article_id, article_ids)}


def _write_editions(
    connection: Connection, refresh: int, news: Sequence[Edition], current: Mapping[str, _Current]
) -> Written:
    ids, now = [edition.article.article_id for edition in news], _now()
    before, first_seen = summary.standing(connection, ids), _first_seen(connection, ids)
    versions = dict.fromkeys(ids, 1) | {key: held.version + 1 for key, held in current.items()}
    claim_rows = [
        _claim_row(claim, versions[claim.article_id], first_seen.get(claim.claim_id, refresh), now)
        for edition in news
        for claim in edition.claims
    ]
    _retire(connection, [key for key in ids if key in current], now)
    _run(connection, articles.insert(), [_article_row(edition, versions, now) for edition in news])
    _run(connection, claims.insert(), claim_rows)
    summary.update(connection, before, summary.standing(connection, ids))
    written = Written(len(news), sum(values["first_seen"] == refresh for values in claim_rows))
    _count(connection, refresh, written)
    return written


def _retire(connection: Connection, article_ids: Sequence[str], now: datetime) -> None:
    for table in (articles, claims):
        current = table.update().where(table.c.article_id == bindparam("key"), table.c.replaced.is_(None))
        _run(connection, current.values(replaced=now), [{"key": article_id} for article_id in article_ids])


def _article_row(edition: Edition, versions: Mapping[str, int], now: datetime) -> dict[str, Any]:
    article = {name: getattr(edition.article, name) for name in OF_ARTICLE}
    document = {name: getattr(edition, name) for name in ("source", "address", "digest", "extracted")}
    return article | document | {"version": versions[edition.article.article_id], "seen": now}


def _claim_row(claim: Claim, version: int, first_seen: int, now: datetime) -> dict[str, Any]:
    values = row(claim)
    keys = {"pair": pair_key(claim.reporter, claim.partner), "cell": cell_key(claim)}
    times = {"version": version, "first_seen": first_seen, "seen": now}
    return {name: values[name] for name in OF_CLAIM} | keys | times


def _write_receipts(connection: Connection, receipts: Sequence[Receipt]) -> None:
    known = _known_receipts(connection, receipts)
    news = [receipt for receipt in receipts if receipt not in known]
    same = (documents.c.source == bindparam("of"), documents.c.address == bindparam("at"))
    _run(connection, documents.delete().where(*same), [{"of": new.source, "at": new.address} for new in news])
    _run(connection, documents.insert(), [asdict(new) | {"seen": _now()} for new in news])


def _known_receipts(connection: Connection, receipts: Sequence[Receipt]) -> set[Receipt]:
    asked = select(*(documents.c[name] for name in OF_RECEIPT))
    known = set[Receipt]()
    for source in {receipt.source for receipt in receipts}:
        addresses = {receipt.address for receipt in receipts if receipt.source == source}
        of_source = asked.where(documents.c.source == source)
        known.update(Receipt(*line) for line in selected(connection, of_source, documents.c.address, addresses))
    return known


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


def _brought(article_ids: Sequence[str]) -> ColumnElement[bool]:
    """Match the documents that brought some articles, in any version."""
    brought = select(articles.c.source, articles.c.address).where(articles.c.article_id.in_(article_ids))
    return tuple_(documents.c.source, documents.c.address).in_(brought)


def _run(connection: Connection, statement: UpdateBase, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(statement, rows)
