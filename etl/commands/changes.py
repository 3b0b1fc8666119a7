"""What a refresh tells beside its sources: corrections, extractions anew, and the figures that are new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from etl.commands.terminal import SHOWN, complain, counted, out
from etl.language import area_name

if TYPE_CHECKING:
    from etl.again import Report
    from etl.corrections import Corrections
    from etl.store import Brought, Store

MOST_PAIRS = 10


class Beside(NamedTuple):
    """The file of corrections, what came of it, and of an extraction anew where one was asked for."""

    file: Corrections
    corrected: Report
    again: Report | None


def whole(store: Store, beside: Beside) -> dict[str, Any]:
    """Return all of it as JSON has it."""
    unmet = [{"claim_id": one.claim_id, "why": one.why, "problem": one.problem} for one in store.unmet()]
    corrections = {"problems": list(beside.file.problems), "unmet": unmet, **_details(beside.corrected)}
    brought = [] if beside.again else _brought(store)
    new = [{"reporter": one.one, "partner": one.other, "figures": one.figures} for one in brought]
    return {"corrections": corrections, "again": beside.again and _details(beside.again), "new_figures": new}


def tell(store: Store, beside: Beside) -> None:
    """Print it, of what is long only the beginning."""
    if beside.again:
        _tell_again(beside.again)
    else:
        _tell_new(store)
    _tell_corrections(store, beside)


def _details(report: Report) -> dict[str, Any]:
    changes = [asdict(change) for change in report.changes]
    more = {"failures": report.failures, "unread": dict(report.unread), "resumed": report.resumed}
    return report.counts() | {"changes": changes} | more


def _tell_corrections(store: Store, beside: Beside) -> None:
    """Print what the corrections changed, and complain of those that change nothing."""
    if beside.corrected.articles:
        out.print(f"corrections: {_said(beside.corrected)}", soft_wrap=True)
    _complain([f"{key}: {reason}" for key, reason in beside.corrected.failures.items()])
    _complain(beside.file.problems)
    if beside.file.problems:
        complain("until this is put right, the corrections are those of the refresh before")
    _complain([f"the correction of {one.claim_id} changes nothing: {one.problem}" for one in store.unmet()])


def _tell_again(report: Report) -> None:
    resumed = " (the rest, after an earlier run was stopped)" if report.resumed else ""
    out.print(f"{_said(report)}{resumed}", soft_wrap=True)
    _complain([f"{key}: {reason}; its figures are as they were" for key, reason in report.failures.items()])
    for language, number in report.unread.items():
        complain(f"{counted(number, 'article')} in {language!r} kept until it has a language file")


def _tell_new(store: Store) -> None:
    """Print which pairs the last refresh brought most figures of."""
    brought = _brought(store)
    listed = [f"{one.figures:,} on {_named(one)}" for one in brought[:MOST_PAIRS]]
    rest = len(brought) - len(listed)
    if listed:
        total = counted(sum(one.figures for one in brought), "figure")
        more = f", and others on {counted(rest, 'more pair')}" if rest else ""
        out.print(f"new: {total}: {', '.join(listed)}{more}", soft_wrap=True)


def _brought(store: Store) -> list[Brought]:
    refresh = store.last_refresh()
    return store.brought(refresh.number) if refresh else []


def _named(pair: Brought) -> str:
    if pair.one is None:
        return "no economy that is named"
    return f"{area_name(pair.one)} – {area_name(pair.other) if pair.other else 'world'}"


def _said(report: Report) -> str:
    """Return what was extracted anew in a line, with the fields that differ most."""
    counts = report.counts()
    fields = Counter(name for change in report.changes for names in change.changed.values() for name in names)
    which = f" ({', '.join(f'{name} {number:,}' for name, number in fields.most_common())})" if fields else ""
    articles = f"{counted(counts['articles'], 'article')} extracted anew, {counts['changed_articles']:,} changed"
    figures = ", ".join(f"{counts[name]:,} {name}" for name in ("added", "gone", "changed"))
    return f"{articles}: figures {figures}{which}"


def _complain(lines: Sequence[str]) -> None:
    for line in lines[:SHOWN]:
        complain(line)
    if len(lines) > SHOWN:
        complain(f"and {len(lines) - SHOWN:,} more: --json lists them all")
