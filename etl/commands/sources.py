"""`sources`: what a refresh reads, and what came of it; one tried, one added."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from etl import articles
from etl.commands.terminal import Database, Sources, complain, counted, fail, opened, out
from etl.sources import ADDED, CATALOGUE, ID, Catalogue, default_sources, load

if TYPE_CHECKING:
    from etl.sources.web.discovery import Discovery
    from etl.store import SourceStanding


WIDEST = 2_000
COUNTED = ("stored", "empty", "rejected", "failed")

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
def add(
    address: Annotated[
        str, typer.Argument(help="The address of a site, a section, a feed or a sitemap.", metavar="URL")
    ],
    name: Annotated[str, typer.Option("--id", help="A name for the source.", show_default="from its host")] = "",
    sources: Sources = None,
) -> None:
    """Find the feed or news sitemap of a site, and add it to the sources.

    For example:

        python -m etl sources add https://www.example.org/news
    """
    import tomlkit

    from etl.sources.web.discovery import discover

    file = sources or default_sources()
    catalogue = load(file)
    if name and not ID.fullmatch(name):
        fail(f"the id {name!r} must be lower-case letters, digits, dots and hyphens", code=2)
    found = discover(address)
    for source in catalogue.sources:
        if found.url in source.urls:
            fail(f"{found.url} is there already, as {source.id}")
    entry = _entry(name or _free(catalogue, found.url), found)
    before = file.read_text(encoding="utf-8").rstrip("\n")
    with opened(file) as written:
        # Behind all that is there, so that what others wrote stays as it is.
        written.write(f"{before}\n\n{tomlkit.dumps({'source': [entry]})}".encode())
    named = f"{found.kind} {found.url}, which names {counted(found.articles, 'article')} now"
    out.print(f"added to {file}: {entry['id']}, {named}", soft_wrap=True)


def _print(catalogue: Catalogue, standings: dict[str, SourceStanding]) -> None:
    table = Table("source", "kind", "switched", *COUNTED, "last change", "outcome", "where", box=SIMPLE_HEAD)
    for source in catalogue.sources:
        where = " ".join(source.urls) or str(source.path)
        switched = "on" if source.enabled else "off"
        table.add_row(source.id, source.kind, switched, *_counts(standings.pop(source.id, None)), where)
    for name, standing in standings.items():
        table.add_row(name, "", "", *_counts(standing), "by hand" if name == ADDED else "no longer in the file")
    # An address in pieces cannot be copied: the table is as wide as it must be.
    table.width = out.measure(table, options=out.options.update(width=WIDEST)).maximum
    out.print(table, crop=False)


def _standings(database: str | None) -> dict[str, SourceStanding]:
    from etl.store import Store, StoreError

    try:
        standings = Store.open(database, create=False).sources()
    except StoreError as error:
        complain(str(error))
        return {}
    return {standing.source: standing for standing in standings if standing.source != CATALOGUE}


def _counts(standing: SourceStanding | None) -> list[str]:
    if standing is None:
        return [*("" for _ in COUNTED), "never read", ""]
    numbers = (f"{getattr(standing, name):,}" for name in COUNTED)
    return [*numbers, f"{standing.seen:%Y-%m-%d %H:%M} UTC", "failed" if standing.down else "read"]


def _entry(name: str, found: Discovery) -> dict[str, str]:
    return {"id": name, "kind": found.kind, "url": found.url, "publisher": articles.host(found.url)}


def _free(catalogue: Catalogue, url: str) -> str:
    """Return a name for a source that no other has, made of its host."""
    taken = {source.id for source in catalogue.sources} | {name for name, _ in catalogue.problems} | {ADDED}
    base = re.sub(r"[^a-z0-9.-]", "-", articles.host(url))
    return next(name for name in (base, *(f"{base}-{number}" for number in count(2))) if name not in taken)
