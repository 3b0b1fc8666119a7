"""Trade figures out of news articles: extract them from texts, or read those that a refresh has stored.

>>> import etl
>>> etl.extract("China's exports rose 7.1% in 2024.", published="2025-01-13")[["flow", "value", "unit"]]
     flow  value unit
0  exports    7.1    %
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from etl.pipeline import Report

__all__ = ["claims", "extract", "extract_many", "refresh"]

# Imported where they are used: a command that needs no database and no table does not wait for them.


def extract(
    text: str, *, published: date | str | None = None, title: str | None = None, language: str = "en"
) -> pd.DataFrame:
    """Return the claims of a text; relative dates count from its day (or month, or year) of publication."""
    from etl.articles import digest

    record = {"id": digest(text), "text": text, "date": published, "title": title, "lang": language}
    return extract_many([record])


def extract_many(articles: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Return the claims of articles, mappings with id, text and date, and optionally url, title and lang."""
    from etl import extraction
    from etl.articles import from_record
    from etl.table import to_frame

    return to_frame(claim for article in articles for claim in extraction.extract(from_record(article)))


def claims(database: str | Path | None = None) -> pd.DataFrame:
    """Return all current claims of a database."""
    from etl.store import Store

    return Store.open(database, create=False).claims()


def refresh(
    sources: str | Path | None = None, database: str | Path | None = None, corrections: str | Path | None = None
) -> list[Report]:
    """Read the sources that a file names into a database; return what was found in each.

    Pages are read in processes of their own: a script calls this under `if __name__ == "__main__":`.
    Raises CorrectionError, before anything is read, when the file of corrections has a problem.
    """
    from etl import again, pipeline
    from etl.corrections import CorrectionError, default_corrections
    from etl.corrections import load as corrected
    from etl.sources import default_sources, load
    from etl.store import Store

    catalogue, file = load(Path(sources or default_sources())), corrected(Path(corrections or default_corrections()))
    for problem in file.problems:
        raise CorrectionError(problem)
    store = Store.open(database)
    again.corrected(store, file)
    return pipeline.refresh(store, catalogue, lambda *_: None)
