"""The data dictionary, data/README.md: `python -m etl.dictionary` writes it anew after a change of etl/table.py."""

from itertools import groupby
from pathlib import Path

from etl.table import COLUMNS

FILE = Path(__file__).resolve().parents[1] / "data" / "README.md"

HEAD = """# The data

- `sources.toml` names what `python -m etl refresh` reads.
- `sample/` holds the articles that ship with the project: briefs, that is, summaries of figures that real articles
  reported, in words of our own, each with the address of its article.
- `articles/` is for your own articles; its README says how they look.
- `corrections.toml` holds what you corrected, if anything: `python -m etl correct` writes it.
- `tradetrace.db`, an SQLite file, is written here by `python -m etl refresh`. Delete it and refresh, and it is back.

## The table of claims

One row is one number printed in an article that states a trade statistic. Every row has all columns, and unknown is
null. `etl.claims()` and `etl.extract(...)` return it as a pandas DataFrame with these dtypes, whatever the rows;
`python -m etl export` writes it as CSV, Parquet or JSONL. For every row, the article's text between `start` and `end`
is the `quote`.
"""

FOOT = """
This file is written by `python -m etl.dictionary` from `etl/table.py`.
"""


def dictionary() -> str:
    """Return the data dictionary as Markdown: the columns of the table, by group."""
    return HEAD + "".join(_group(name) for name, _ in groupby(COLUMNS, key=lambda column: column.group)) + FOOT


def _group(name: str) -> str:
    rows = (f"| `{c.name}` | {c.dtype} | {c.meaning} |\n" for c in COLUMNS if c.group == name)
    return f"\n### {name.capitalize()}\n\n| column | dtype | meaning |\n| --- | --- | --- |\n" + "".join(rows)


if __name__ == "__main__":
    FILE.write_text(dictionary(), encoding="utf-8")
