"""Refresh from a folder, one document at a time: `python -m tests.faults.watching SOURCES DATABASE`.

Prints as JSON the longest time that one took, in seconds, and by outcome how many there were.
"""

import json
import sys
from pathlib import Path
from time import perf_counter

from etl import pipeline, sources
from etl.store import Store


def main(file: str, database: str) -> None:
    """Refresh, and print what was seen."""
    pipeline.BATCH_DOCUMENTS = 1
    times, last = list[float](), perf_counter()

    def progress(*_: object) -> None:
        nonlocal last
        times.append(perf_counter() - last)
        last = perf_counter()

    reports = pipeline.refresh(Store.open(database), sources.load(Path(file)), progress)
    counts = {name: sum(getattr(one, name) for one in reports) for name in ("new", "empty", "unchanged", "documents")}
    rejected = sum(len(one.rejected) for one in reports)
    sys.stdout.write(json.dumps({"longest": max(times), "rejected": rejected, **counts}))


if __name__ == "__main__":
    main(*sys.argv[1:])
