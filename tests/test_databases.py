"""Databases that cannot be used are refused in one line, and never altered."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from etl.store import Query, Store, StoreError, default_database
from tests.making import ROOT, claim, edition, write


def text_file(path: Path) -> None:
    path.write_text("This is no database. " * 50)


def other_program(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("CREATE TABLE things (name)")


def other_layout(path: Path) -> None:
    write(Store.open(path), edition("a1", claim("c1")))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE tradetrace SET version = 99")


REFUSED = {
    text_file: "is not an SQLite database",
    other_program: "belongs to another program",
    other_layout: "has layout 99, this program needs 5",
    Path.mkdir: "cannot be opened",
}


@pytest.mark.parametrize("create", [True, False])
@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_another_file_is_refused_and_left_as_it_is(tmp_path, make, create):
    path = tmp_path / "other.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(StoreError, match=REFUSED[make]) as refusal:
        Store.open(path, create=create)
    assert "\n" not in str(refusal.value)
    assert str(path) in str(refusal.value)
    assert (path.read_bytes() if path.is_file() else None) == before


@pytest.mark.parametrize(
    ("database", "reason"),
    [
        ("postgresql://somewhere/trade", "postgresql databases are not supported"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("a://b://c", "no database address"),
        ("/no/such/folder/trade.db", "there is no folder /no/such/folder"),
        ("/proc/trade.db", "cannot be opened"),
    ],
)
def test_an_address_that_cannot_be_written_is_refused(database, reason):
    with pytest.raises(StoreError, match=reason):
        Store.open(database)


def test_a_reader_makes_no_database(tmp_path):
    with pytest.raises(StoreError, match="python -m etl refresh"):
        Store.open(tmp_path / "none.db", create=False)
    (tmp_path / "empty.db").touch()
    with pytest.raises(StoreError, match="is empty"):
        Store.open(tmp_path / "empty.db", create=False)
    assert [path.name for path in tmp_path.iterdir()] == ["empty.db"]
    assert (tmp_path / "empty.db").stat().st_size == 0


def test_a_database_that_disappears_is_told_and_not_made_anew(tmp_path):
    store = Store.open(tmp_path / "trade.db")
    for path in tmp_path.iterdir():
        path.unlink()
    with pytest.raises(StoreError, match="cannot be opened"):
        store.summary()
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_replaced_is_read_from_then_on(tmp_path):
    store = Store.open(tmp_path / "trade.db")
    write(store, edition("a1", claim("c1")))
    for path in tmp_path.iterdir():
        path.unlink()
    write(Store.open(tmp_path / "trade.db"), edition("a2", claim("c2", "a2")))
    assert store.claims()["claim_id"].tolist() == ["c2"]


def test_an_address_may_be_a_path_or_a_url(tmp_path):
    write(Store.open(tmp_path / "trade.db"), edition("a1", claim("c1")))
    assert len(Store.open(f"sqlite:///{tmp_path}/trade.db", create=False).claims()) == 1
    assert len(Store.open(str(tmp_path / "trade.db"), create=False).claims()) == 1


def test_the_default_is_beside_the_packages_whatever_the_working_directory(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TRADETRACE_DATABASE", raising=False)
    assert default_database() == str(ROOT / "data" / "tradetrace.db")
    monkeypatch.setenv("TRADETRACE_DATABASE", "elsewhere.db")
    assert default_database() == "elsewhere.db"


def test_writes_are_kept_through_a_loss_of_power_as_far_as_sqlite_can(tmp_path):
    store = Store.open(tmp_path / "trade.db")
    with store._reading() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


WRITER = """
import sys
from etl.store import Store
from tests.making import claim, edition
store = Store.open(sys.argv[1])
number = store.begin_refresh()
for batch in range(20):
    ids = [f"{batch}-{article}" for article in range(5)]
    store.write(number, [edition(one, claim(f"{one}-1", one), claim(f"{one}-2", one)) for one in ids])
"""


def test_readers_go_on_while_another_process_writes_and_see_whole_batches(tmp_path):
    store = Store.open(tmp_path / "trade.db")
    seen = set()
    with subprocess.Popen([sys.executable, "-c", WRITER, store.path], cwd=ROOT) as writer:
        while writer.poll() is None:
            seen.add(store.summary().figures)
            assert store.count(Query()) % 10 == 0
    assert writer.returncode == 0
    assert all(figures % 10 == 0 for figures in seen)
    assert store.summary().figures == 200


def test_two_processes_can_write_at_once(tmp_path):
    path = tmp_path / "trade.db"
    Store.open(path)
    second = WRITER.replace('f"{batch}-{article}"', 'f"x{batch}-{article}"')
    writers = [subprocess.Popen([sys.executable, "-c", code, path], cwd=ROOT) for code in (WRITER, second)]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    assert Store.open(path).summary().figures == 400


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_a_store_may_be_opened_before_a_fork(tmp_path):
    store = Store.open(tmp_path / "trade.db")
    write(store, edition("a1", claim("c1")))
    child = os.fork()
    if child == 0:
        os._exit(0 if len(store.claims()) == 1 else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert len(store.claims()) == 1
