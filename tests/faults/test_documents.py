"""A folder of hostile documents is read to its end: each is told of, none takes long or much, the good ones are stored.

`--faults=full` tries all of them.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from etl.store import Store
from tests.faults.documents import SIZES, faults, good
from tests.making import ROOT, sources_file

GOOD = 10  # one in so many documents is a good one
FEW = 10  # of so many faults, all small, one is tried
LONGEST = 5.0  # seconds of work on a document
WAITING = 20.0  # seconds for it by the clock, however busy the machine is with other tests
MOST = 1_000  # MB for a process

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes and sockets have no names here")


def test_hostile_documents_are_told_of_and_stop_nothing(tmp_path, pytestconfig):
    full = pytestconfig.getoption("--faults") == "full"
    chosen = faults() if full else faults(SIZES[:1])[::FEW]
    folder = tmp_path / "news"
    folder.mkdir()
    for fault in chosen:
        fault.make(folder / fault.name)
    stored = [good(folder, number) for number in range(len(chosen) // GOOD)]
    seen, megabytes = _watched(sources_file(tmp_path, news=folder), tmp_path / "trade.db")
    ledger = Store.open(tmp_path / "trade.db").seen("news")
    lines = sorted(ledger.values(), key=lambda line: line.seen)
    untold = [fault.name for fault in chosen if not _is_told(fault.name, ledger)]
    assert untold == []
    assert [outcome for outcome in (_outcomes(name, ledger) for name in stored) if outcome != {"stored"}] == []
    assert all(line.reason for line in ledger.values() if line.outcome in ("rejected", "failed"))
    assert (seen["work"] <= LONGEST, seen["seconds"] <= WAITING) == (True, True), seen
    assert megabytes <= MOST
    slowest = max(pairwise(lines), key=lambda two: two[1].seen - two[0].seen)[1].address
    told = f"{len(chosen)} hostile documents told of and {len(stored)} good ones stored"
    with pytestconfig.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        sys.stdout.write(f"\n{told}: {seen}, {megabytes:.0f} MB at most, the slowest {slowest!r}\n" if full else "")


def _watched(sources: Path, database: Path) -> tuple[dict[str, Any], float]:
    """Refresh in a process of its own; return what it saw, and the most memory that one of its processes had, in MB."""
    command = [sys.executable, "-m", "tests.faults.watching", str(sources), str(database)]
    most = 0.0
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True) as process:
        try:
            while process.poll() is None:
                most = max([most, *_megabytes(process.pid)])
                time.sleep(0.1)  # between two looks at its memory
            return json.loads(process.stdout.read()), most
        finally:
            process.kill()


def _megabytes(session: int) -> Iterator[float]:
    """Yield the most memory that each process of a session has had, where the system tells."""
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if os.getsid(int(status.parent.name)) == session:
                lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
                yield int(lines.get("VmHWM", "0 kB").split()[0]) / 1_000
        except OSError:
            continue  # it has ended


def _is_told(name: str, ledger: dict[str, Any]) -> bool:
    return bool(_outcomes(name, ledger))


def _outcomes(name: str, ledger: dict[str, Any]) -> set[str]:
    """Return what became of a file, or of what it holds."""
    printed = os.fsencode(name).decode(errors="replace")
    address = "".join(sign if sign.isprintable() else "\ufffd" for sign in printed)
    began = tuple(f"{address}{more}" for more in ("#", ", line ", "/"))
    return {line.outcome for at, line in ledger.items() if at == address or at.startswith(began)}
