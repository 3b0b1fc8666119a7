"""`refresh`: the database brought up to date with its sources."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, NoReturn, Self

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from etl import articles
from etl.commands import changes
from etl.commands.terminal import SHOWN, CorrectionsFile, Database, Sources, complain, counted, err, fail, out
from etl.errors import PlainError

if TYPE_CHECKING:
    from etl.pipeline import Progress as Callback
    from etl.pipeline import Report, Scope
    from etl.sources import Catalogue
    from etl.store import Store

COUNTS = ("documents", "new", "changed", "unchanged", "empty", "rejected", "claims")
STOPPED = "stopped: what was reported is stored, and the next refresh goes on from there"
TICK = 0.2  # seconds
UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}


def _seconds(printed: str) -> int:
    """Return the seconds of a stretch of time like 30m, 1h or 1d."""
    number, unit = printed[:-1], printed[-1:]
    if not (number.isascii() and number.isdigit() and int(number)) or unit not in UNITS:
        raise typer.BadParameter(f"{printed!r} is no stretch of time like 30m, 1h or 1d")
    return int(number) * UNITS[unit]


def _day(printed: str) -> date:
    try:
        return articles.day(printed)[0]
    except PlainError as error:
        raise typer.BadParameter(str(error)) from None


def refresh(
    sources: Sources = None,
    database: Database = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Read this source alone, even if it is switched off; may be repeated.", metavar="ID"),
    ] = None,
    since: Annotated[
        date | None,
        typer.Option(parser=_day, help="Leave out what was published before this day.", metavar="DATE"),
    ] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Read what is on this machine, and fetch nothing.")
    ] = False,
    every: Annotated[
        int | None,
        typer.Option(parser=_seconds, help="Go on until stopped, and begin anew after so long.", metavar="30m|1h|1d"),
    ] = None,
    corrections: CorrectionsFile = None,
    again: Annotated[
        bool, typer.Option("--again", help="Read no source: extract anew from the stored texts, as after an upgrade.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as one JSON object.")] = False,
) -> None:
    """Read all sources, extract, and store what is new.

    An article that is stored already is left alone; one that has changed becomes a new version. A refresh that
    is stopped, by whatever means, has kept all that it reported, and the next one goes on. Corrections that were
    added, changed or taken out are applied first.

    For example:

        python -m etl refresh

        python -m etl refresh --every 1h

        python -m etl refresh --only wto-news --since 2026-01-01

        python -m etl refresh --sources my/sources.toml --database my/trade.db --json

        python -m etl refresh --again
    """
    from etl.corrections import default_corrections
    from etl.pipeline import Scope
    from etl.sources import default_sources

    scope = Scope(frozenset(only or ()), offline, since)
    files = sources or default_sources(), corrections or default_corrections()
    asked = _Asked(*files, database, scope, again, as_json)

    def once() -> bool:
        return _once(asked, stop)

    stop = _Stop()
    try:
        with stop:
            if every is not None:
                _again_and_again(once, every, stop)
            if not once():
                raise typer.Exit(1)
    except KeyboardInterrupt:
        fail(STOPPED, code=1 if every is None else 0)


class _Asked(NamedTuple):
    """What a refresh is to read, where to, and how to tell of it."""

    sources: Path
    corrections: Path
    database: str | None
    scope: Scope
    again: bool
    as_json: bool


class _Stop(AbstractContextManager["_Stop"]):
    """Obeys an interrupt or SIGTERM when the batch in work is stored, and a second one at once."""

    def __init__(self) -> None:
        self._asked = False
        self._before: list[tuple[signal.Signals, Any]] = []

    def __enter__(self) -> Self:
        self._before = [(number, signal.signal(number, self._ask)) for number in (signal.SIGINT, signal.SIGTERM)]
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before:
            signal.signal(number, handler)

    def check(self) -> None:
        """Raise KeyboardInterrupt if it was asked for; called where nothing is half done."""
        if self._asked:
            raise KeyboardInterrupt

    def sleep(self, seconds: float) -> None:
        """Wait, and obey at once."""
        self.check()
        # A signal ends no sleep by itself, so there are many short ones.
        end = monotonic() + seconds
        while (left := end - monotonic()) > 0:
            sleep(min(left, TICK))
            self.check()

    def _ask(self, *_: object) -> None:
        self.check()
        self._asked = True


def _again_and_again(once: Callable[[], bool], every: int, stop: _Stop) -> NoReturn:
    """Refresh, and again after so many seconds; what goes wrong in one is told, and the next may do better."""
    while True:
        begun = monotonic()
        try:
            once()
        except PlainError as error:
            complain(str(error))
        stop.sleep(begun + every - monotonic())


def _once(asked: _Asked, stop: _Stop) -> bool:
    """Refresh, show what came of it, and tell whether any source could be read."""
    from etl import pipeline
    from etl.again import corrected, everything
    from etl.corrections import load as load_corrections
    from etl.sources import load
    from etl.store import Store

    catalogue = None if asked.again else load(asked.sources)
    if catalogue:
        _check(asked.sources, catalogue, asked.scope)
    store, file = Store.open(asked.database), load_corrections(asked.corrections)
    with _progress(stop) as progress:
        settled = corrected(store, file)
        anew = everything(store, progress) if asked.again else None
        reports = pipeline.refresh(store, catalogue, progress, asked.scope) if catalogue else []
    _show(store, reports, changes.Beside(file, settled, anew), as_json=asked.as_json)
    return asked.again or not all(report.failure for report in reports)


def _check(file: Path, catalogue: Catalogue, scope: Scope) -> None:
    from etl.entries import nearest

    names = {source.id for source in catalogue.sources} | {name for name, _ in catalogue.problems}
    for name in sorted(scope.only - names):
        fail(f"{file} has no source {name!r}{nearest(name, names)}")
    if catalogue.problems or any(scope.has(source) for source in catalogue.sources):
        return
    if scope.offline:
        fail(f"{file} switches no source on that is read from this machine: leave out --offline")
    fail(f"{file} switches no source on: add one, or remove `enabled = false`")


@contextmanager
def _progress(stop: _Stop) -> Iterator[Callback]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def progress(source: str, done: int, total: int | None) -> None:
            if source not in tasks:
                tasks[source] = bars.add_task(source, total=total)
            bars.update(tasks[source], completed=done, total=total)
            stop.check()

        yield progress


def _show(store: Store, reports: Sequence[Report], beside: changes.Beside, *, as_json: bool) -> None:
    if as_json:
        whole = _whole(store, reports) | changes.whole(store, beside)
        out.print(json.dumps(whole, ensure_ascii=False), soft_wrap=True)
    else:
        if reports:
            out.print(_table(reports))
            out.print(_outcome(store, reports), soft_wrap=True)
        _complain_of_rejections(reports)
        changes.tell(store, beside)
    for report in reports:
        if report.failure:
            complain(f"{report.source}: {report.failure}")


def _counts(report: Report) -> dict[str, int]:
    counts = {name: getattr(report, name) for name in (*COUNTS, "copies")}
    return counts | {"rejected": len(report.rejected)}


def _total(reports: Sequence[Report]) -> dict[str, int]:
    return {name: sum(_counts(report)[name] for report in reports) for name in (*COUNTS, "copies")}


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
    more = {"older": report.older, "rejections": rejections, "unread": dict(report.unread), "failure": report.failure}
    return {"source": report.source, **_counts(report), "written": report.new + report.changed, **more}


def _table(reports: Sequence[Report]) -> Table:
    table = Table(show_footer=len(reports) > 1)
    table.add_column("source", "all")
    total = _total(reports)
    for name in COUNTS:
        table.add_column(name, f"{total[name]:,}", justify="right")
    for report in reports:
        numbers = (f"{_counts(report)[name]:,}" for name in COUNTS)
        table.add_row(report.source, *(["failed"] if report.failure else numbers))
    return table


def _outcome(store: Store, reports: Sequence[Report]) -> str:
    from etl.store import default_database

    total, held = _total(reports), store.summary()
    usual = store.path == Path(default_database())
    dashboard = "python -m dashboard" + ("" if usual else f" --database {store.path}")
    copies = f", {counted(total['copies'], 'document')} noted as copies" if total["copies"] else ""
    figures, texts = counted(held.figures, "figure"), counted(held.articles + held.briefs, "article")
    return (
        f"{total['new'] + total['changed']:,} written{copies}. "
        f"{store.path} now holds {figures} from {texts}: see them with `{dashboard}`."
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
        if report.older:
            complain(f"{report.source}: {counted(report.older, 'article')} published before the day of --since")
