"""`refresh`: the database brought up to date with its sources."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from etl.commands.terminal import SHOWN, Database, Sources, complain, counted, err, fail, out

if TYPE_CHECKING:
    from etl.pipeline import Progress as Callback
    from etl.pipeline import Report
    from etl.store import Store

COUNTS = ("documents", "new", "changed", "unchanged", "rejected", "claims")


def refresh(
    sources: Sources = None,
    database: Database = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Read all sources, extract, and store what is new.

    An article that is stored already is left alone; one that has changed becomes a new version. A refresh that
    is stopped, by whatever means, has kept all that it reported, and the next one goes on.

    For example:

        python -m etl refresh

        python -m etl refresh --sources my/sources.toml --database my/trade.db --json
    """
    from etl import pipeline
    from etl.sources import default_sources, load
    from etl.store import Store

    file = Path(sources or default_sources())
    catalogue = load(file)
    if not catalogue.problems and not any(source.enabled for source in catalogue.sources):
        fail(f"{file} switches no source on: add one, or remove `enabled = false`")
    store = Store.open(database)
    try:
        with _progress() as shown, _stoppable(shown) as progress:
            reports = pipeline.refresh(store, catalogue, progress)
    except KeyboardInterrupt:
        fail("stopped: what was reported is stored, and the next refresh goes on from there")
    _show(store, reports, as_json=as_json)
    if all(report.failure for report in reports):
        raise typer.Exit(1)


@contextmanager
def _progress() -> Iterator[Callback]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def progress(source: str, done: int, total: int | None) -> None:
            if source not in tasks:
                tasks[source] = bars.add_task(source, total=total)
            bars.update(tasks[source], completed=done, total=total)

        yield progress


@contextmanager
def _stoppable(shown: Callback) -> Iterator[Callback]:
    """Obey an interrupt when the batch in work is stored, and a second one at once."""
    asked = False

    def ask(*_: object) -> None:
        nonlocal asked
        asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def progress(source: str, done: int, total: int | None) -> None:
        shown(source, done, total)
        if asked:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, ask)
    try:
        yield progress
    finally:
        signal.signal(signal.SIGINT, before)


def _show(store: Store, reports: Sequence[Report], *, as_json: bool) -> None:
    if as_json:
        out.print(json.dumps(_whole(store, reports), ensure_ascii=False), soft_wrap=True)
    else:
        out.print(_table(reports))
        out.print(_outcome(store, reports), soft_wrap=True)
        _complain_of_rejections(reports)
    for report in reports:
        if report.failure:
            complain(f"{report.source}: {report.failure}")


def _counts(report: Report) -> dict[str, int]:
    counts = {name: getattr(report, name) for name in COUNTS}
    return counts | {"rejected": len(report.rejected)}


def _total(reports: Sequence[Report]) -> dict[str, int]:
    return {name: sum(_counts(report)[name] for report in reports) for name in COUNTS}


def _whole(store: Store, reports: Sequence[Report]) -> dict[str, Any]:
    total = _total(reports)
    return {
        "database": str(store.path),
        **total,
        "written": total["new"] + total["changed"],
        "sources": [_details(report) for report in reports],
    }


def _details(report: Report) -> dict[str, Any]:
    rejections = [{"address": rejection.address, "reason": rejection.reason} for rejection in report.rejected]
    more = {"rejections": rejections, "unread": dict(report.unread), "failure": report.failure}
    return {"source": report.source, **_counts(report), "written": report.new + report.changed, **more}


def _table(reports: Sequence[Report]) -> Table:
    table = Table(show_footer=len(reports) > 1)
    table.add_column("source", "all")
    for name, number in _total(reports).items():
        table.add_column(name, f"{number:,}", justify="right")
    for report in reports:
        numbers = (f"{number:,}" for number in _counts(report).values())
        table.add_row(report.source, *(["failed"] if report.failure else numbers))
    return table


def _outcome(store: Store, reports: Sequence[Report]) -> str:
    from etl.store import default_database

    total, held = _total(reports), store.summary()
    usual = store.path == Path(default_database())
    dashboard = "python -m dashboard" + ("" if usual else f" --database {store.path}")
    return (
        f"{total['new'] + total['changed']:,} written. {store.path} now holds {counted(held.figures, 'figure')} from "
        f"{counted(held.articles + held.briefs, 'article')}: see them with `{dashboard}`."
    )


def _complain_of_rejections(reports: Sequence[Report]) -> None:
    rejected = [rejection for report in reports for rejection in report.rejected]
    for rejection in rejected[:SHOWN]:
        complain(f"{rejection.source}/{rejection.address}: {rejection.reason}")
    if len(rejected) > SHOWN:
        complain(f"and {len(rejected) - SHOWN:,} more: --json lists them all")
    for report in reports:
        for language, number in report.unread.items():
            complain(f"{report.source}: {counted(number, 'article')} in {language!r} kept until it has a language file")
