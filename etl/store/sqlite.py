"""All that only SQLite needs: how a file is opened, how a transaction begins, what an error means."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.pool import NullPool

from etl.store.errors import StoreError

# How long a writer waits for another one.
PATIENCE = 30.0

EXPLANATIONS = {
    "unable to open database file": "cannot be opened: check the path, its folder and their permissions",
    "file is not a database": "is not an SQLite database: choose another path",
    "readonly database": "cannot be written: check the permissions of the file and its folder",
    "database is locked": "is being written by another program: try again when it is done",
    "database or disk is full": "cannot grow: the disk is full",
    "no such table": "holds no tables of this program: fill it with `python -m etl refresh`",
    "malformed": "is damaged: restore a copy, or delete it and run `python -m etl refresh`",
    "disk i/o error": "cannot be read or written: the disk reports an error, or the file was taken away",
}


def path_of(database: str | Path) -> Path:
    """Return the file that a path or an SQLAlchemy URL names."""
    if "://" not in str(database):
        return Path(database).expanduser().absolute()
    try:
        url = make_url(str(database))
    except (ArgumentError, ValueError):
        raise StoreError(f"{database} is no database address: give a path or sqlite:///PATH") from None
    if url.get_backend_name() != "sqlite":
        raise StoreError(f"{url.get_backend_name()} databases are not supported: give a path or sqlite:///PATH")
    if url.database in (None, "", ":memory:"):
        raise StoreError(f"{database} names no file: give a path or sqlite:///PATH")
    return Path(url.database).absolute()


def engine(path: Path, *, create: bool) -> Engine:
    """Return an engine on a file; without `create` a missing file stays missing."""
    address = f"{path.as_uri()}?mode={'rwc' if create else 'rw'}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    # No pool: a file that was replaced is never read on, and no connection crosses a fork.
    made = create_engine("sqlite://", creator=connect, poolclass=NullPool)
    event.listen(made, "begin", _begin)
    return made


def write_ahead(made: Engine) -> None:
    """Let readers go on while a writer writes; a property of the file, set once."""
    # Not inside a transaction, which SQLAlchemy's own connection would begin.
    with closing(made.raw_connection()) as connection:
        connection.cursor().execute("PRAGMA journal_mode = WAL")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the driver's errors into one line that names the file and says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(f"the database {path} {_explanation(error)}") from error


def _begin(connection: Connection) -> None:
    # A transaction that reads first and writes later may find that another has written between.
    immediate = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _explanation(error: DBAPIError) -> str:
    message = str(error.orig).lower()
    for part, explanation in EXPLANATIONS.items():
        if part in message:
            return explanation
    return f"reports: {error.orig}"
