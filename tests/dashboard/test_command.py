"""`python -m dashboard`: it serves, or says in one line why not."""

import os
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.dashboard.conftest import serving
from tests.dashboard.world import fill


def run(*arguments, **variables):
    program = [sys.executable, "-m", "dashboard", *map(str, arguments)]
    environment = os.environ | variables
    return subprocess.run(program, capture_output=True, text=True, timeout=60, env=environment)


def assert_one_line(result, *said):
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "Traceback" not in result.stderr
    for part in said:
        assert str(part) in result.stderr


def test_a_missing_database_names_the_command_that_makes_it(tmp_path):
    assert_one_line(run("--database", tmp_path / "none.db"), tmp_path / "none.db", "python -m etl refresh")
    assert_one_line(run(TRADETRACE_DATABASE=str(tmp_path / "none.db")), tmp_path / "none.db")


@pytest.mark.parametrize("content", [b"no database at all, but long enough to have a header of a hundred bytes" * 3])
def test_a_file_that_is_no_database(tmp_path, content):
    (tmp_path / "text.db").write_bytes(content)
    assert_one_line(run("--database", tmp_path / "text.db"), tmp_path / "text.db")


def test_a_database_of_another_program(tmp_path):
    connection = sqlite3.connect(tmp_path / "other.db")
    connection.execute("create table songs (name text)")
    connection.close()
    assert_one_line(run("--database", tmp_path / "other.db"), "another program")


def test_a_port_in_use(database):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert_one_line(run("--database", database, "--port", port), f"127.0.0.1:{port}", "--port")


def test_a_host_that_is_not_ours(database):
    assert_one_line(run("--database", database, "--host", "192.0.2.1"), "192.0.2.1")


def test_several_workers_show_a_refresh_without_a_restart(tmp_path, database):
    path = tmp_path / "growing.db"
    fill(path, [])
    with serving(path, workers=2) as address:
        assert "The database is empty" in _get(address)
        path.write_bytes(database.read_bytes())
        assert all("China – Russia" in _get(address) for _ in range(6))


def _get(address):
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.read().decode()


def test_every_worker_has_every_script_from_its_first_moment(database):
    """Scripts are asked for in parallel: another process than the one that wrote the page answers."""
    with serving(database, workers=4) as address:
        with urllib.request.urlopen(f"{address}/claims") as answer:
            scripts = re.findall(r'<script src="([^"]+)"', answer.read().decode())
        assert scripts
        with ThreadPoolExecutor(8) as readers:
            assert set(readers.map(_kind, [address + script for script in scripts * 6])) == {"text/javascript"}


def _kind(address):
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.headers.get_content_type()
