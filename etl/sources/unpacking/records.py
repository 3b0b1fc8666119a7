"""Lines of JSON -> records."""

import json
from collections.abc import Iterator, Mapping
from gzip import GzipFile
from typing import IO, Any, NamedTuple

from etl.sources.unpacking.bounds import LARGEST, Budget, UnpackError

ENDLESS = 20 * LARGEST  # bytes of a line whose end is looked for
BLANK = 1_000  # empty lines in a row, after which nothing is expected


class Record(NamedTuple):
    """A JSON object, and the bytes that it was read from."""

    values: Mapping[str, Any]
    content: bytes


Stream = IO[bytes] | GzipFile
# The number of a line or row, counted from 1, with its record or the reason why it is none.
Found = tuple[int, Record | str]


def records(stream: Stream, budget: Budget | None = None) -> Iterator[Found]:
    """Yield the records of a stream of lines. Raises UnpackError when the rest of it is not worth reading."""
    number = blank = 0
    while line := stream.readline(LARGEST + 1):
        number += 1
        blank = blank + 1 if line.isspace() else 0
        if blank == BLANK:
            raise UnpackError(f"{BLANK:,} lines in a row are empty: what follows line {number} is not read")
        if budget:
            budget.spend(len(line))
        if len(line) > LARGEST:
            _skip(stream, number, budget)
            yield number, f"too large: a line has {LARGEST / 1e6:.0f} MB at most"
        elif not blank:
            yield number, _record(line)


def _skip(stream: Stream, number: int, budget: Budget | None) -> None:
    """Go to the end of a line."""
    for _ in range(ENDLESS // LARGEST):
        rest = stream.readline(LARGEST)
        if budget:
            budget.spend(len(rest))
        if not rest or rest.endswith(b"\n"):
            return
    raise UnpackError(f"line {number} does not end: what follows is not read")


def _record(line: bytes) -> Record | str:
    try:
        values = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not a line of JSON: {error}"
    return Record(values, line) if isinstance(values, dict) else "not a JSON object with id, date and text"
