"""`sources`: what a refresh reads, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from etl.commands.terminal import Database, Sources, complain, out
from etl.sources import ADDED, Source, default_sources, load

if TYPE_CHECKING:
    from etl.store import SourceStanding


WIDEST = 2_000
COUNTED = ("stored", "empty", "rejected", "failed")


def sources(sources: Sources = None, database: Database = None) -> None:
    """List the sources, and what the database has of each.

    For example:

        python -m etl sources --sources my/sources.toml
    """
    catalogue = load(Path(sources or default_sources()))
    standings = _standings(database)
    table = Table("source", "kind", "switched", *COUNTED, "last change", "where", box=SIMPLE_HEAD)
    for source in catalogue.sources:
        table.add_row(
            *_named(source), *_counts(standings.pop(source.id, None)), " ".join(source.urls) or str(source.path)
        )
    for name, standing in standings.items():
        table.add_row(name, "", "", *_counts(standing), "by hand" if name == ADDED else "no longer in the file")
    # An address in pieces cannot be copied: the table is as wide as it must be.
    table.width = out.measure(table, options=out.options.update(width=WIDEST)).maximum
    out.print(table, crop=False)
    for name, problem in catalogue.problems:
        complain(f"{name}: {problem}")
    if catalogue.problems:
        raise typer.Exit(1)


def _standings(database: str | None) -> dict[str, SourceStanding]:
    from etl.store import Store, StoreError

    try:
        return {standing.source: standing for standing in Store.open(database, create=False).sources()}
    except StoreError as error:
        complain(str(error))
        return {}


def _named(source: Source) -> tuple[str, str, str]:
    return source.id, source.kind, "on" if source.enabled else "off"


def _counts(standing: SourceStanding | None) -> list[str]:
    if standing is None:
        return [*("" for _ in COUNTED), "never read"]
    return [*(f"{getattr(standing, name):,}" for name in COUNTED), f"{standing.seen:%Y-%m-%d %H:%M} UTC"]
