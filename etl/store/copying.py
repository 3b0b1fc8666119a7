"""The documents that repeat a stored article word for word."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, Table, bindparam, select

from etl.model import Receipt
from etl.store.records import Copy
from etl.store.rows import now
from etl.store.schema import copies, documents
from etl.store.selecting import chunks, selected

OF_COPY = [field.name for field in fields(Copy)]
Place = tuple[str, str]  # a source and an address in it


def note(connection: Connection, receipts: Sequence[Receipt], found: Sequence[Copy]) -> int:
    """Write down which of some documents are copies, and of what; return how many of them were not known."""
    places = {(receipt.source, receipt.address) for receipt in receipts}
    held = set(_held(connection, places))
    stale = {(copy.source, copy.address) for copy in held.difference(found)}
    _strike(connection, copies, stale)
    if news := [copy for copy in found if copy not in held]:
        connection.execute(copies.insert(), [asdict(copy) | {"seen": now()} for copy in news])
    return len(news)


def forget(connection: Connection, article_ids: Collection[str]) -> None:
    """Forget the copies of some articles and their documents, so that the next refresh reads these anew."""
    asked = select(copies.c.source, copies.c.address)
    places = {(row[0], row[1]) for row in selected(connection, asked, copies.c.article_id, article_ids)}
    _strike(connection, documents, places)
    for some in chunks(article_ids):
        connection.execute(copies.delete().where(copies.c.article_id.in_(some)))


def _held(connection: Connection, places: Collection[Place]) -> Iterator[Copy]:
    asked = select(*(copies.c[name] for name in OF_COPY))
    for source in {source for source, _ in places}:
        addresses = {address for of, address in places if of == source}
        for row in selected(connection, asked.where(copies.c.source == source), copies.c.address, addresses):
            yield Copy(*row)


def _strike(connection: Connection, table: Table, places: Collection[Place]) -> None:
    if places:
        same = (table.c.source == bindparam("of"), table.c.address == bindparam("at"))
        connection.execute(table.delete().where(*same), [{"of": of, "at": at} for of, at in places])
