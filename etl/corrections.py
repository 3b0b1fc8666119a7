"""What users correct of the claims: data/corrections.toml, read, checked and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from etl import entries
from etl.entries import EntriesError, nearest
from etl.errors import PlainError
from etl.language import area_codes, area_phrases, currency_codes, folded
from etl.model import ADJUSTMENTS, BASES, COVERAGES, FLOWS, FREQUENCIES, MEASURES, QUALIFIERS, STATUSES, Claim
from etl.whole import whole

if TYPE_CHECKING:
    from tomlkit.items import Table

Value = str | float | bool | date | None

NAME = "correction"
KEYS = ("claim", "why", "hide", "set")
FLAG = "corrected"
RATES = ("%", "pp")
LONGEST = 200
# What every claim has; all else may be unknown.
NEEDED = ("measure", "flow", "value", "unit", "qualifier", "record", "status")


class CorrectionError(PlainError):
    """Why something is no correction of a claim."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is set right in a claim, in the order of the fields' names; nothing is set in one that is hidden."""

    claim_id: str
    why: str
    changes: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of a file by claim, and what is wrong with the file and its other entries, a line each."""

    listed: Mapping[str, Correction]
    problems: tuple[str, ...] = ()


def default_corrections() -> Path:
    """Return the file beside the packages that holds the corrections; it need not be there."""
    return Path(__file__).resolve().parents[1] / "data" / "corrections.toml"


def load(path: Path) -> Corrections:
    """Return the corrections of a file, none where there is no file, and every problem with it."""
    if not path.exists():
        return Corrections({})
    try:
        file = entries.read(path, NAME)
    except EntriesError as error:
        return Corrections({}, (str(error),))
    listed: dict[str, Correction] = {}
    problems: list[str] = []
    for number, entry in enumerate(file.listed):
        key, problem = _problem(entry, listed)
        if problem:
            problems.append(file.problem(number, key, problem))
        else:
            listed[entry["claim"]] = correction(entry["claim"], entry["why"], entry.get("set", {}))
    return Corrections(listed, tuple(problems))


def correction(claim_id: str, why: str, given: Mapping[str, Any]) -> Correction:
    """Return a correction that sets some fields, or hides the claim. Raises CorrectionError."""
    if not why.strip():
        raise CorrectionError("the correction has no why: say what is wrong with the claim")
    return Correction(claim_id, why.strip(), tuple((name, _read(name, given[name])) for name in sorted(given)))


def applied(claim: Claim, made: Correction) -> Claim | None:
    """Return a claim as it is corrected, None when it is hidden. Raises CorrectionError when that makes no claim."""
    if not made.changes:
        return None
    changes: dict[str, Any] = dict(made.changes)
    now = replace(
        claim,
        **changes,
        flags=tuple(sorted({*claim.flags, FLAG})),
        inferred=tuple(name for name in claim.inferred if name not in changes),
    )
    if now.period_start and now.period_end and now.period_start > now.period_end:
        raise CorrectionError(f"its period would end, on {now.period_end}, before it starts, on {now.period_start}")
    return now


def write(path: Path, made: Correction) -> None:
    """Write a correction into a file, in place of an earlier one of its claim; comments stay."""
    import tomlkit
    from tomlkit.items import AoT

    document = tomlkit.parse(path.read_text(encoding="utf-8") if path.exists() else "")
    listed = document.setdefault(NAME, tomlkit.aot())
    if not isinstance(listed, AoT):
        raise CorrectionError(f"{path}: its corrections stand in one list: begin each with [[{NAME}]]")
    entry = next((one for one in listed if one["claim"] == made.claim_id), None)
    if entry is None:
        entry = tomlkit.table()
        entry["claim"] = made.claim_id
        if listed:
            listed[-1].add(tomlkit.nl())
        listed.append(entry)
    _fill(entry, made)
    _save(path, tomlkit.dumps(document))


def _fill(entry: Table, made: Correction) -> None:
    from tomlkit import inline_table
    from tomlkit.items import Comment, Whitespace

    for key in ("hide", "set"):
        entry.pop(key, None)
    # What stands behind an entry belongs to it here, to whoever reads it mostly to the next.
    body, behind = entry.value.body, []
    while body and body[-1][0] is None:
        behind.append(body.pop()[1])
    entry["why"] = made.why
    if made.changes:
        values = inline_table()
        values.update({name: "" if value is None else value for name, value in made.changes})
        entry["set"] = values
    else:
        entry["hide"] = True
    for item in reversed(behind):
        if isinstance(item, Comment | Whitespace):
            entry.add(item)


def take_out(path: Path, claim_id: str) -> None:
    """Take the correction of a claim out of a file; the comments around it stay."""
    file = entries.read(path, NAME)
    number = next(number for number, entry in enumerate(file.listed) if entry["claim"] == claim_id)
    _save(path, file.without(number))


def _save(path: Path, text: str) -> None:
    # A link stays one.
    with whole(path.resolve()) as file:
        file.write(text.encode())


def _problem(entry: Mapping[str, Any], listed: Mapping[str, Correction]) -> tuple[str, str | None]:
    """Return the key of an entry that is wrong, and what is wrong with it."""
    for key in entry:
        if key not in KEYS:
            return key, f"unknown key {key!r}{nearest(key, KEYS)}"
    for key, what in (("claim", "no claim: give the claim_id"), ("why", "no why: say what is wrong with the claim")):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            return key, f"the correction has {what}"
    if entry["claim"] in listed:
        return "claim", f"the claim {entry['claim']} is corrected above already"
    return _wrong_change(entry)


def _wrong_change(entry: Mapping[str, Any]) -> tuple[str, str | None]:
    if ("hide" in entry) == ("set" in entry):
        return "claim", "a correction either has `hide = true` or sets fields: `set = { value = 240e9 }`"
    if entry.get("hide", True) is not True:
        return "hide", "hide is `true`, or it is left out"
    if not isinstance(entry.get("set", {}), dict) or entry.get("set") == {}:
        return "set", "set must name fields and values: `set = { value = 240e9 }`"
    for name, value in entry.get("set", {}).items():
        try:
            _read(name, value)
        except CorrectionError as error:
            return f"set.{name}", str(error)
    return "claim", None


def _read(name: str, value: object) -> Value:
    """Return the value of a field as claims hold it; an empty text is none."""
    if name not in READERS:
        raise CorrectionError(f"unknown field {name!r}{nearest(name, READERS)}")
    if value == "" and name in NEEDED:
        raise CorrectionError(f"{name} cannot be cleared: every claim has one")
    return None if value == "" else READERS[name](name, value)


def _code(codes: Sequence[str], name: str, value: object) -> str:
    code = _text(name, value)
    if code not in codes:
        raise CorrectionError(f"unknown {name} {code!r}{nearest(code, codes)}")
    return code


def _area(name: str, value: object) -> str:
    codes = _text(name, value).split("+")
    for code in codes:
        if code not in area_codes():
            meant = area_phrases().get(folded(code))
            known = f"did you mean {meant!r}?" if meant else "codes are like CHN, RUS or EU, joined by +"
            raise CorrectionError(f"unknown economy {code!r} as {name}: {known}")
    return "+".join(sorted(codes))


def _currency(name: str, value: object) -> str:
    code = _text(name, value)
    if code not in currency_codes():
        raise CorrectionError(f"unknown currency {code!r} as {name}: ISO 4217 codes are like USD, EUR or CNY")
    return code


def _unit(name: str, value: object) -> str:
    return str(value) if value in RATES else _currency(name, value)


def _number(name: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise CorrectionError(f"{name} must be a number in full units, like 240e9 or 26.3, not {value!r}")
    return float(value)


def _truth(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise CorrectionError(f"{name} must be true or false, not {value!r}")
    return value


def _day(name: str, value: object) -> date:
    if type(value) is not date:
        raise CorrectionError(f"{name} must be a day, like 2023-12-31, not {value!r}")
    return value


def _text(name: str, value: object) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not text or len(text) > LONGEST or not text.isprintable():
        raise CorrectionError(f"{name} must be a text of {LONGEST} characters at most, not {value!r}")
    return text


def _product(name: str, value: object) -> str:
    return _text(name, value).lower()


READERS: Mapping[str, Callable[[str, object], Value]] = {
    "measure": partial(_code, MEASURES),
    "flow": partial(_code, FLOWS),
    **dict.fromkeys(("reporter", "partner"), _area),
    "product": _product,
    "coverage": partial(_code, COVERAGES),
    "adjustment": partial(_code, ADJUSTMENTS),
    **dict.fromkeys(("value", "value_high"), _number),
    "unit": _unit,
    "growth_currency": _currency,
    "qualifier": partial(_code, QUALIFIERS),
    "record": _truth,
    **dict.fromkeys(("period_start", "period_end"), _day),
    "freq": partial(_code, FREQUENCIES),
    "basis": partial(_code, BASES),
    "status": partial(_code, STATUSES),
    "according_to": _text,
}
