"""Refresh from a folder, one document at a time: `python -m tests.faults.watching SOURCES DATABASE`.

Prints as JSON the most seconds that one took, by the clock and of this process's own work, and how many there were.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from time import perf_counter, process_time

from etl import pipeline, sources
from etl.store import Store

COUNTS = ("documents", "new", "unchanged", "copies", "empty")


def main(file: str, database: str) -> None:
    """Refresh, and print what was seen."""
    pipeline.BATCH_DOCUMENTS = 1
    instants = [(perf_counter(), process_time())]
    reports = pipeline.refresh(
        Store.open(database), sources.load(Path(file)), lambda *_: instants.append((perf_counter(), process_time()))
    )
    counts = {name: sum(getattr(one, name) for one in reports) for name in COUNTS}
    counts["rejected"] = sum(len(one.rejected) for one in reports)
    steps = list(pairwise(instants))
    seconds, work = (max(after[clock] - before[clock] for before, after in steps) for clock in (0, 1))
    sys.stdout.write(json.dumps({"seconds": round(seconds, 2), "work": round(work, 2), **counts}))


if __name__ == "__main__":
    main(*sys.argv[1:])
