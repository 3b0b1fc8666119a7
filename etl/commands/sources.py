"""`sources`: what a refresh reads, and what came of it; one tried, one added."""

from __future__ import annotations

import re
from itertools import chain, count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from etl import articles
from etl.attempt import AttemptError, attempt
from etl.commands.terminal import Database, Sources, complain, counted, fail, opened, out
from etl.entries import nearest
from etl.extraction import extract
from etl.findings import Empty, Finding, Rejection
from etl.model import Article
from etl.sources import ADDED, CATALOGUE, ID, Catalogue, Source, default_sources, load, read

if TYPE_CHECKING:
    from etl.sources.web.discovery import Discovery
    from etl.store import SourceStanding


WIDEST = 2_000
TRIED = 3  # documents of a source that is checked
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
def check(
    name: Annotated[str, typer.Argument(help="The id of a source, switched on or off.", metavar="ID")],
    sources: Sources = None,
) -> None:
    """Read the list of one source and a few of its documents, and say what was found; nothing is stored.

    For example:

        python -m etl sources check wto-news
    """
    file = sources or default_sources()
    source = _named(file, name)
    findings = _remote(source) if source.remote else islice(read(source), TRIED)
    with articles.Reader() as reader:
        for finding, result in reader.read(findings):
            out.print(f"  {getattr(finding, 'address', '')}: {_said(result)}", soft_wrap=True)
    if not source.enabled:
        out.print(f"It is switched off: take out `enabled = false` of {name} in {file}.", soft_wrap=True)


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
    if name in _taken(catalogue):
        fail(f"{file} has a source {name!r} already: choose another --id", code=2)
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


def _named(file: Path, name: str) -> Source:
    catalogue = load(file)
    for problem in (problem for wrong, problem in catalogue.problems if wrong == name):
        fail(problem)
    names = {source.id: source for source in catalogue.sources}
    if name not in names:
        fail(f"{file} has no source {name!r}{nearest(name, names)}")
    return names[name]


def _remote(source: Source) -> list[Finding]:
    """Print what the list of a source names, and return a few of its pages. Raises SourceError."""
    from etl.sources.web.trial import trial

    found = trial(source)
    newest = max((entry.published or "" for entry in found.entries), default="")[:10]
    line = f"{source.id}: {source.kind} {source.where} names {counted(len(found.entries), 'article')}"
    out.print(f"{line}, the newest of {newest}" if newest else line, soft_wrap=True)
    return list(found.pages)


def _said(result: Article | Finding | Empty) -> str:
    """Return what became of a document, in a line."""
    if isinstance(result, Rejection):
        return result.reason
    if not isinstance(result, Article):
        return "it has no trade figure"
    about = f"{result.published}, {result.language}, {articles.shown(result.title or '')}"
    try:
        return f"{about}, {counted(len(attempt(extract, result)), 'claim')}"
    except AttemptError as error:
        return f"{about}; {error}"


def _entry(name: str, found: Discovery) -> dict[str, str]:
    return {"id": name, "kind": found.kind, "url": found.url, "publisher": articles.host(found.url)}


def _free(catalogue: Catalogue, url: str) -> str:
    """Return a name for a source that no other has, made of its host."""
    taken = _taken(catalogue)
    base = re.sub(r"[^a-z0-9.-]", "-", articles.host(url))
    return next(name for name in chain((base,), (f"{base}-{number}" for number in count(2))) if name not in taken)


def _taken(catalogue: Catalogue) -> set[str]:
    return {source.id for source in catalogue.sources} | {name for name, _ in catalogue.problems} | {ADDED}
