"""`languages`: what can be extracted from."""

from rich.table import Table

from etl.commands.terminal import out
from etl.language import FOLDER, known, load


def languages() -> None:
    """List the languages that claims can be extracted from, which are the files of etl/languages.

    For example:

        python -m etl languages
    """
    table = Table("language", "file", "examples")
    for code in known():
        table.add_row(code, str(FOLDER / f"{code}.toml"), f"{len(load(code).examples):,}")
    out.print(table)
