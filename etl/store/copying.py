"""The documents that repeat a stored article word for word."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, bindparam, select

from etl.findings import Receipt
from etl.store import ledger
from etl.store.ledger import Place
from etl.store.records import Copy
from etl.store.rows import now
from etl.store.schema import copies
from etl.store.selecting import chunks, selected

OF_COPY = [field.name for field in fields(Copy)]


def note(connection: Connection, receipts: Sequence[Receipt], found: Sequence[Copy]) -> int:
    """Write down which of some documents are copies, and of what; return how many of them were not known."""
    # A document that holds several articles may hold several copies: it is known by the last.
    by_place = {(copy.source, copy.address): copy for copy in found}
    held = set(_held(connection, {(receipt.source, receipt.address) for receipt in receipts}))
    _strike(connection, [(copy.source, copy.address) for copy in held.difference(by_place.values())])
    if news := [copy for copy in by_place.values() if copy not in held]:
        connection.execute(copies.insert(), [asdict(copy) | {"seen": now()} for copy in news])
    return len(news)


def forget(connection: Connection, article_ids: Collection[str]) -> None:
    """Forget the copies of some articles and their documents, so that the next refresh reads these anew."""
    asked = select(copies.c.source, copies.c.address)
    found = selected(connection, asked, copies.c.article_id, article_ids)
    ledger.strike(connection, {(row.source, row.address) for row in found})
    for some in chunks(article_ids):
        connection.execute(copies.delete().where(copies.c.article_id.in_(some)))


def _held(connection: Connection, places: Collection[Place]) -> Iterator[Copy]:
    asked = select(*(copies.c[name] for name in OF_COPY))
    for source in {source for source, _ in places}:
        addresses = {address for of, address in places if of == source}
        for row in selected(connection, asked.where(copies.c.source == source), copies.c.address, addresses):
            yield Copy(*row)


def _strike(connection: Connection, places: Collection[Place]) -> None:
    if places:
        same = (copies.c.source == bindparam("of"), copies.c.address == bindparam("at"))
        connection.execute(copies.delete().where(*same), [{"of": of, "at": at} for of, at in places])
