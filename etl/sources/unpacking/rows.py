"""A Parquet file -> the rows of a table of articles, as records."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from etl.sources.unpacking.bounds import LARGEST, Budget, UnpackError
from etl.sources.unpacking.records import Found, Record

COLUMNS = ("id", "date", "text", "url", "title", "lang", "publisher")
NEEDED = ("date", "text")
ROWS = 16  # at a time; each may be as large as a document
TOO_LARGE = f"too large: a row has {LARGEST / 1e6:.0f} MB at most"
PAGE = 100_000_000  # bytes of so many values of a column that stand together
IN_PAGE = 1_024
BUFFER = 1_000_000  # bytes of a column that are read at a time


def rows(path: Path) -> Iterator[Found]:
    """Yield the rows of a file. Raises UnpackError when it is no table of articles, or breaks off."""
    # It takes long to load, and most folders hold no such file.
    import pyarrow as pa
    from pyarrow import parquet

    try:
        with parquet.ParquetFile(path, buffer_size=BUFFER) as file:
            columns = _columns(file.schema_arrow.names)
            budget = Budget(path.stat().st_size)
            budget.spend(_unpacked(file, columns))
            number = 0
            for batch in file.iter_batches(ROWS, columns=columns):
                for cells in zip(*batch.columns, strict=True):
                    number += 1
                    found = _record(dict(zip(batch.schema.names, cells, strict=True)))
                    budget.spend(len(found.content) if isinstance(found, Record) else 0)
                    yield number, found
    except (pa.ArrowException, OSError) as error:
        raise UnpackError(f"its Parquet is broken, and what follows is not read: {_line(error)}") from None


def _columns(names: list[str]) -> list[str]:
    for name in NEEDED:
        if name not in names:
            raise UnpackError(f"it has no column {name}: id, date and text must be there")
    return [name for name in COLUMNS if name in names]


def _unpacked(file: Any, columns: list[str]) -> int:  # noqa: ANN401
    """Return the bytes that the columns unpack to, as the file says. Raises UnpackError when a page is too large."""
    groups = (file.metadata.row_group(number) for number in range(file.metadata.num_row_groups))
    chunks = [group.column(number) for group in groups for number in range(group.num_columns)]
    wanted = [chunk for chunk in chunks if chunk.path_in_schema in columns]
    # A page is read whole, and writers end one after so many values at the latest.
    if any(chunk.total_uncompressed_size > PAGE * (1 + chunk.num_values // IN_PAGE) for chunk in wanted):
        raise UnpackError(f"too large: {IN_PAGE:,} rows have {PAGE / 1e6:.0f} MB at most")
    return sum(int(chunk.total_uncompressed_size) for chunk in wanted)


def _record(cells: Mapping[str, Any]) -> Record | str:
    if sum(map(_size, cells.values())) > LARGEST:
        return TOO_LARGE
    try:
        values = {name: cell.as_py() for name, cell in cells.items()}
    except (ValueError, OverflowError) as error:
        return f"it cannot be read: {_line(error)}"
    values = {name: value for name, value in values.items() if value is not None or name in NEEDED}
    content = json.dumps(values, default=_words).encode("utf-8", "surrogatepass")
    if len(content) > LARGEST:
        return TOO_LARGE
    return Record(values, content)


def _size(cell: Any) -> int:  # noqa: ANN401
    """Return the bytes of a text, before anything is made of them."""
    return int(cell.as_buffer().size) if cell.is_valid and hasattr(cell, "as_buffer") else 0


def _words(value: object) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else str(value)


def _line(error: Exception) -> str:
    return " ".join(str(error).split())
