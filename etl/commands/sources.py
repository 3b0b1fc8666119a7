"""`sources`: what a refresh reads, and what came of it; one tried, one added."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import tomlkit
import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from etl import articles
from etl.commands.terminal import Database, Sources, complain, counted, fail, opened, out
from etl.sources import ADDED, ID, Catalogue, Source, SourceError, count, default_sources, load, nearest, read

if TYPE_CHECKING:
    from etl.model import Finding
    from etl.sources.web.discovery import Discovery
    from etl.store import SourceStanding


WIDEST = 2_000
COUNTED = ("stored", "empty", "rejected", "failed")
TRIED = 3  # documents of a source that is checked

app = typer.Typer(invoke_without_command=True)


@app.callback()
def sources(context: typer.Context, sources: Sources = None, database: Database = None) -> None:
    """List the sources, and what the database has of each; `check` tries one, `add` finds the feed of a site.

    For example:

        python -m etl sources

        python -m etl sources check wto-news

        python -m etl sources add https://www.example.org/news
    """
    if context.invoked_subcommand is not None:
        context.obj = sources or default_sources()
        return
    catalogue = load(sources or default_sources())
    standings = _standings(database)
    _print(catalogue, dict(standings))
    for name, problem in catalogue.problems:
        complain(f"{name}: {problem}")
    for standing in standings.values():
        if standing.down and standing.source in {source.id for source in catalogue.sources}:
            complain(f"{standing.source}: {standing.down}")
    if catalogue.problems:
        raise typer.Exit(1)


@app.command()
def check(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The id of a source, switched on or off.", metavar="ID")],
) -> None:
    """Read the list of one source and a few of its documents, and say what was found; nothing is stored.

    For example:

        python -m etl sources check wto-news
    """
    source = _named(context.obj, name)
    findings = _trial(source) if source.remote else _local(source)
    claims = 0
    for line, number in _read(findings):
        out.print(line, soft_wrap=True)
        claims += number
    if not source.enabled:
        out.print(f"It is switched off: set `enabled = true` for {name} in {context.obj} to have it read.", soft_wrap=True)


@app.command()
def add(
    context: typer.Context,
    address: Annotated[str, typer.Argument(help="The address of a site, a section, a feed or a sitemap.", metavar="URL")],
    name: Annotated[str, typer.Option("--id", help="A name for the source.", show_default="from its host")] = "",
) -> None:
    """Find the feed or news sitemap of a site, and add it to the sources.

    For example:

        python -m etl sources add https://www.example.org/news
    """
    from etl.sources.web.discovery import discover

    file: Path = context.obj
    catalogue = load(file)
    if name and not ID.fullmatch(name):
        fail(f"the id {name!r} must be lower-case letters, digits, dots and hyphens", code=2)
    found = discover(address)
    for source in catalogue.sources:
        if found.url in source.urls:
            fail(f"{found.url} is there already, as {source.id}")
    entry = _entry(name or _free(catalogue, found.url), found)
    text = file.read_text(encoding="utf-8").rstrip("\n") + "\n\n" + tomlkit.dumps({"source": tomlkit.aot()} | {"source": [entry]})
    with opened(file) as written:
        written.write(text.encode())
    out.print(f"added to {file}: {entry['id']}, {found.kind} {found.url}, which names {counted(found.articles, 'article')} now")
