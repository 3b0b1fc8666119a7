"""`correct`: a figure that was read wrongly is set right or hidden, for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl import corrections, explanation
from etl.commands.terminal import CorrectionsFile, Database, claim_line, complain, counted, fail, out
from etl.corrections import CorrectionError
from etl.table import DAY, DTYPES, NUMBER, TRUTH, row

if TYPE_CHECKING:
    from etl.corrections import Correction
    from etl.model import Claim
    from etl.store import Store

HIDE, UNDO = "hide", "undo"
TRUTHS = {"true": True, "false": False}
TYPED: Mapping[str, Callable[[str], object]] = {
    NUMBER: float,
    DAY: date.fromisoformat,
    TRUTH: lambda printed: TRUTHS.get(printed, printed),
}


def correct(
    claim_id: Annotated[str, typer.Argument(help="The id of the claim.", metavar="CLAIM_ID")],
    changes: Annotated[
        list[str],
        typer.Argument(help="field=value ..., or hide, or undo; no value clears a field.", metavar="CHANGE..."),
    ],
    why: Annotated[str, typer.Option(help="What is wrong with the claim.")] = "",
    file: CorrectionsFile = None,
    database: Database = None,
) -> None:
    """Set fields of a claim right, hide the claim, or undo that; every refresh keeps to it.

    The correction is written into a file, which may as well be edited by hand, and applied at once.

    For example:

        python -m etl correct 49b594443a438217cfc6ad4a9821f3d8 value=240e9 partner=RUS --why "It says billion."

        python -m etl correct 49b594443a438217cfc6ad4a9821f3d8 hide --why "A forecast of 2012, quoted as a joke."

        python -m etl correct 49b594443a438217cfc6ad4a9821f3d8 undo
    """
    from etl import again
    from etl.store import Store

    path, store = file or corrections.default_corrections(), Store.open(database, create=False)
    _check_file(path)
    before = store.claim(claim_id)
    if changes == [UNDO]:
        _undo(path, claim_id)
    else:
        corrections.write(path, _correction(store, claim_id, changes, why))
    report = again.corrected(store, corrections.load(path))
    for reason in report.failures.values():
        fail(f"{claim_id}: the correction is written, and cannot be applied: {reason}")
    _tell(before, store.claim(claim_id))
    others = sum(len({*change.added, *change.gone, *change.changed} - {claim_id}) for change in report.changes)
    if others:
        out.print(f"{counted(others, 'other figure')} changed as well", soft_wrap=True)
    for unmet in store.unmet():
        complain(f"the correction of {unmet.claim_id} changes nothing: {unmet.problem}")


def _check_file(path: Path) -> None:
    problems = corrections.load(path).problems
    for problem in problems[:-1]:
        complain(problem)
    for problem in problems[-1:]:
        fail(f"{problem} (nothing was written)")


def _undo(path: Path, claim_id: str) -> None:
    if claim_id not in corrections.load(path).listed:
        fail(f"{path} has no correction of {claim_id!r}: nothing was undone")
    corrections.take_out(path, claim_id)


def _correction(store: Store, claim_id: str, changes: Sequence[str], why: str) -> Correction:
    """Return the correction that is asked for, if it makes a claim of what was extracted."""
    extracted = _extracted(store, claim_id)
    if extracted is None:
        fail(f"{store.path} has no claim {claim_id!r}: the dashboard and `python -m etl export` give the ids")
    try:
        made = corrections.correction(claim_id, why, {} if changes == [HIDE] else _given(changes))
        corrections.applied(extracted, made)
    except CorrectionError as error:
        fail(f"{error}{' (--why)' if not why.strip() else ''}")
    return made


def _extracted(store: Store, claim_id: str) -> Claim | None:
    """Return a claim as it was extracted, whatever has been made of it."""
    article_id = store.stated_in([claim_id]).get(claim_id)
    held = store.corrected(article_id).get(claim_id) if article_id else None
    if held and held.hidden:
        return held.hidden
    claim = store.claim(claim_id)
    extracted: Mapping[str, Any] = (held and held.extracted) or {}
    return replace(claim, **extracted) if claim else None


def _given(changes: Sequence[str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for change in changes:
        name, equals, printed = change.partition("=")
        if not equals:
            fail(f"{change!r} is no change: give field=value, or {HIDE}, or {UNDO} alone", code=2)
        given[name] = _value(name, printed)
    return given


def _value(name: str, printed: str) -> object:
    """Return what was typed as a value of the field's kind, or as it is when it is none."""
    reader = TYPED.get(DTYPES.get(name, ""), str)
    with suppress(ValueError):
        return reader(printed)
    return printed


def _tell(before: Claim | None, now: Claim | None) -> None:
    """Print what a claim was and what it is."""
    for claim, said in ((before, "was "), (now, "is  ")):
        out.print(f"{said} {claim_line(row(claim)) if claim else 'not shown'}", soft_wrap=True)
    was, is_now = ({name: value for name, value, _ in explanation.fields(one)} if one else {} for one in (before, now))
    if before and now:
        for name in dict.fromkeys([*was, *is_now]):
            if name != "flags" and was.get(name) != is_now.get(name):
                out.print(f"  {name}: {was.get(name, 'nothing')} -> {is_now.get(name, 'nothing')}", soft_wrap=True)
