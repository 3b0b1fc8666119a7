"""The ledger of documents: what became of each, and which are to be read anew."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, fields

from sqlalchemy import Connection, bindparam, select

from etl.findings import Receipt
from etl.store.rows import now
from etl.store.schema import documents
from etl.store.selecting import chunks, selected

OF_RECEIPT = [field.name for field in fields(Receipt)]
Place = tuple[str, str]  # a source and an address in it
SAME = (documents.c.source == bindparam("of"), documents.c.address == bindparam("at"))


def note(connection: Connection, receipts: Sequence[Receipt]) -> None:
    """Write down what became of documents; of what is known already nothing is written."""
    known = _known(connection, receipts)
    if news := [receipt for receipt in receipts if receipt not in known]:
        _strike(connection, [(new.source, new.address) for new in news])
        connection.execute(documents.insert(), [asdict(new) | {"seen": now()} for new in news])


def strike(connection: Connection, places: Collection[Place]) -> None:
    """Strike documents out, and the lists of their sources: the next refresh reads what these name anew."""
    _strike(connection, places)
    for some in chunks({source for source, _ in places}):
        lists = documents.delete().where(documents.c.source.in_(some), documents.c.outcome == "listed")
        connection.execute(lists)


def _strike(connection: Connection, places: Collection[Place]) -> None:
    if places:
        connection.execute(documents.delete().where(*SAME), [{"of": of, "at": at} for of, at in places])


def _known(connection: Connection, receipts: Sequence[Receipt]) -> set[Receipt]:
    asked = select(*(documents.c[name] for name in OF_RECEIPT))
    known = set[Receipt]()
    for source in {receipt.source for receipt in receipts}:
        addresses = {receipt.address for receipt in receipts if receipt.source == source}
        of_source = asked.where(documents.c.source == source)
        known.update(Receipt(*line) for line in selected(connection, of_source, documents.c.address, addresses))
    return known
