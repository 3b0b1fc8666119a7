"""Many keys in one question, as many as a statement can take."""

from collections.abc import Collection, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Row, Select

Question = Select[*tuple[Any, ...]]
Answer = Row[*tuple[Any, ...]]

# Fewer than the parameters that any database takes in one statement.
AT_ONCE = 500


def chunks(keys: Collection[str]) -> Iterator[list[str]]:
    """Yield all keys, some at a time, in their order."""
    waiting = iter(sorted(keys))
    while some := list(islice(waiting, AT_ONCE)):
        yield some


def selected(
    connection: Connection, question: Question, column: Column[str], keys: Collection[str]
) -> Iterator[Answer]:
    """Yield the rows of a question whose column holds one of many keys."""
    for some in chunks(keys):
        yield from connection.execute(question.where(column.in_(some)))
