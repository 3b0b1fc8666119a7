"""`sources`: what a refresh reads, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.table import Column, Table

from etl.commands.terminal import Database, Sources, complain, out
from etl.sources import ADDED, Source, default_sources, load

if TYPE_CHECKING:
    from etl.store import SourceStanding


def sources(sources: Sources = None, database: Database = None) -> None:
    """List the sources, and what the database has of each.

    For example:

        python -m etl sources --sources my/sources.toml
    """
    catalogue = load(Path(sources or default_sources()))
    standings = _standings(database)
    table = Table("source", "kind", Column("where", overflow="fold"), "switched", "stored", "rejected", "last change")
    for source in catalogue.sources:
        table.add_row(*_named(source), *_counts(standings.pop(source.id, None)))
    for name, standing in standings.items():
        table.add_row(name, "", "by hand" if name == ADDED else "no longer in the file", "", *_counts(standing))
    out.print(table)
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


def _named(source: Source) -> tuple[str, str, str, str]:
    return source.id, source.kind, str(source.path or source.url), "on" if source.enabled else "off"


def _counts(standing: SourceStanding | None) -> tuple[str, str, str]:
    if standing is None:
        return "", "", "never read"
    return f"{standing.stored:,}", f"{standing.rejected:,}", f"{standing.seen:%Y-%m-%d %H:%M} UTC"
