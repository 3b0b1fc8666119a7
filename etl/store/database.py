"""A database file: opened, its layout checked, its transactions begun."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import local
from typing import Self
from uuid import uuid4

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, func, inspect, select
from sqlalchemy.exc import OperationalError

from etl.store import schema, sqlite
from etl.store.errors import StoreError
from etl.store.selecting import Answer, Question


def default_database() -> str:
    """Return TRADETRACE_DATABASE, else the database beside the packages, whatever the working directory."""
    beside = Path(__file__).resolve().parents[2] / "data" / "tradetrace.db"
    return os.environ.get("TRADETRACE_DATABASE") or str(beside)


class Database:
    """An open database; it holds no connection between two calls, save within a moment."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine
        self._moment = local()

    @classmethod
    def open(cls, database: str | Path | None = None, *, create: bool = True) -> Self:
        """Open a database by path or SQLAlchemy URL; without `create` it must be there, with its tables."""
        path = sqlite.path_of(database or default_database())
        if not create and not path.exists():
            raise StoreError(f"there is no database {path}: fill it with `python -m etl refresh`")
        if not path.parent.is_dir():
            raise StoreError(f"the database {path} cannot be made: there is no folder {path.parent}")
        if create:
            _make(path)
        # From here on nothing makes the file: when it disappears, that is told.
        opened = cls(path, sqlite.engine(path, create=False))
        with opened._reading():
            return opened

    @contextmanager
    def moment(self) -> Iterator[None]:
        """Answer all that this thread asks inside from one moment, whatever is written meanwhile."""
        outer = self._held()
        with self._reading() as connection:
            self._moment.connection = connection
            try:
                yield
            finally:
                self._moment.connection = outer

    def _held(self) -> Connection | None:
        return getattr(self._moment, "connection", None)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with sqlite.explained(self.path):
            if held := self._held():
                yield held
                return
            with self._engine.begin() as connection:
                self._check(connection)
                yield connection

    def _all(self, statement: Question) -> Sequence[Answer]:
        with self._reading() as connection:
            return connection.execute(statement).all()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        writer = self._engine.execution_options(writing=True)
        with sqlite.explained(self.path), writer.begin() as connection:
            self._check(connection)
            connection.execute(schema.layout.update().values(writes=schema.layout.c.writes + 1))
            yield connection

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other refreshes of this database away. Raises StoreError when one is at work."""
        # The system lets go of the lock of a program that is killed.
        lock = FileLock(f"{self.path}.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise StoreError(f"another refresh of {self.path} is at work: try again when it is done") from None
        try:
            yield
        finally:
            lock.release()

    def _check(self, connection: Connection) -> None:
        try:
            version = connection.scalar(select(func.max(schema.layout.c.version)))
        except OperationalError:
            if inspect(connection).has_table(schema.layout.name):
                raise
            raise StoreError(self._of_others(connection)) from None
        if version != schema.VERSION:
            raise StoreError(
                f"the database {self.path} has layout {version}, this program needs {schema.VERSION}: "
                "choose another path with --database and refresh it"
            )

    def _of_others(self, connection: Connection) -> str:
        if inspect(connection).get_table_names():
            return f"the database {self.path} belongs to another program: choose another path with --database"
        return f"the database {self.path} is empty: fill it with `python -m etl refresh`"


def _make(path: Path) -> None:
    """Make a database, unless something is there already."""
    engine = sqlite.engine(path, create=True)
    with sqlite.explained(path):
        with engine.connect() as connection:
            if inspect(connection).get_table_names():
                return
        sqlite.write_ahead(engine)
        with engine.execution_options(writing=True).begin() as connection:
            # Another program may have been quicker.
            if not inspect(connection).get_table_names():
                schema.metadata.create_all(connection)
                connection.execute(
                    schema.layout.insert().values(version=schema.VERSION, identity=uuid4().hex, writes=0)
                )
