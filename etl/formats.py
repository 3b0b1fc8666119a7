"""Rows -> JSON lines, CSV or Parquet."""

import csv as csv_module
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

from etl.table import typed

Rows: TypeAlias = Iterable[Mapping[str, Any]]

# What a spreadsheet would run, and the numbers among it, which it should read.
FORMULA = re.compile(r"[=+\-@\t\r\n]")
NUMBER = re.compile(r"[+-]?\d[\d.,]*\s?%?")


def write(rows: Rows, dtypes: Mapping[str, str], name: str, out: BinaryIO) -> None:
    """Write rows in the format of a name: jsonl, csv or parquet."""
    FORMATS[name](rows, dtypes, out)


def jsonl(rows: Rows, _: Mapping[str, str], out: BinaryIO) -> None:
    """Write one JSON object a line, dates as ISO 8601."""
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False, default=str).encode() + b"\n")


def csv(rows: Rows, dtypes: Mapping[str, str], out: BinaryIO) -> None:
    """Write a line of names and one of values for each row; a cell like a formula gets a quote before it."""
    lines = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    writer = csv_module.writer(lines)
    writer.writerow(dtypes)
    writer.writerows([_cell(row.get(name)) for name in dtypes] for row in rows)
    lines.detach()


def parquet(rows: Rows, dtypes: Mapping[str, str], out: BinaryIO) -> None:
    """Write a table in the declared dtypes."""
    typed(([row.get(name) for name in dtypes] for row in rows), dtypes).to_parquet(out)


FORMATS = {"jsonl": jsonl, "csv": csv, "parquet": parquet}


def of(path: Path) -> str | None:
    """Return the format that a file's ending names, or None."""
    ending = path.suffix.lower().removeprefix(".")
    return ending if ending in FORMATS else None


def _cell(value: object) -> object:
    if isinstance(value, str) and FORMULA.match(value) and not NUMBER.fullmatch(value):
        return f"'{value}"
    return value
