"""`export`: the table of claims as a file."""

from pathlib import Path
from typing import Annotated

import typer

from etl import formats
from etl.commands.terminal import Database, counted, fail, opened, out
from etl.table import DTYPES


def export(
    to: Annotated[Path, typer.Argument(help="OUT.csv, OUT.parquet or OUT.jsonl", metavar="OUT")],
    database: Database = None,
) -> None:
    """Write all current claims to a CSV, Parquet or JSONL file.

    In CSV a text that a spreadsheet would run as a formula gets a quote mark before it.

    For example:

        python -m etl export claims.csv

        python -m etl export claims.parquet --database my/trade.db
    """
    from etl.store import Store

    name = formats.of(to)
    if name is None:
        fail(f"{to} ends in none of {', '.join(f'.{known}' for known in formats.FORMATS)}", code=2)
    store = Store.open(database, create=False)
    with opened(to) as stream:
        formats.write(store.rows(), DTYPES, name, stream)
    out.print(f"{counted(store.summary().figures, 'figure')} written to {to}", soft_wrap=True)
