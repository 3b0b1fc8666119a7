"""How sure a figure is: actual, forecast or target; a record or not."""

from datetime import date

from etl.extraction.claims import governors, moments
from etl.extraction.claims.line import Line
from etl.extraction.claims.measure import Reading

STATUS_REACH = 30
REVISED_REACH = 4  # items between what changes a forecast and the word for it: raised its 2024 export forecast
RECORD_REACH = 7
RECORD_BEHIND = 4


def status(line: Line, i: int, reading: Reading, published: date | None) -> str:
    """Return actual, forecast or target: by the nearest such word of its clause, else by a time that is to come.

    A figure that others are compared with has its own word, or none.
    """
    said = _said(line, i, reading)
    if said == "actual" and not reading.base:
        return _to_come(line, i, published) or said
    if said == "forecast" and line.has("duty"):
        return _to_come(line, i, published) or said
    return "actual" if said == "target" and _is_over(line, i, published) else said


def _is_over(line: Line, i: int, published: date | None) -> bool:
    """Tell whether a figure is the worth that goods had at a time that is past: targeting goods worth $5bn in 2024."""
    worth = line.at(governors.link(line, i))
    if published is None or worth is None or not worth.is_("worth"):
        return False
    own = moments.own(line, i)
    return own is not None and own.period is not None and own.period.end < published


def _to_come(line: Line, i: int, published: date | None) -> str | None:
    """Return the status of a figure whose own time is still to come: to $500 billion by 2030."""
    if published is None:
        return None
    for k in line.periods:
        item = line.items[k]
        if item.period and item.period.period and item.period.period.start > published:
            own = moments.own(line, i)
            due = k > 0 and line.items[k - 1].is_("relation", "by")
            return ("target" if due else "forecast") if own is not None and own.start == item.start else None
    return None


def _said(line: Line, i: int, reading: Reading) -> str:
    """Return what the words around a figure say of it."""
    if reading.base:
        return revised(line, i) or _status_behind(line, i, 3)
    if not line.has("status"):
        return "actual"
    for k, item in line.leftward(i):
        told = item.is_("relative") and k > 0 and line.items[k - 1].text == ","
        told = told or (item.is_("relation", "and") and line.items[k + 1].is_("figure"))  # and it brought the deficit
        if i - k > STATUS_REACH or told or item.is_("boundary") or item.is_("past", "none") or item.text in (";", ":"):
            break
        meaning = item.meaning("status")
        if meaning:
            return "forecast" if meaning == "settled" else meaning
    return _status_behind(line, i, 5)


def revised(line: Line, i: int) -> str | None:
    """Return the status of what a figure was before it was changed: cut its forecast for exports to 3 % from 5 %."""
    if not line.has("revises"):
        return None
    for k, item in line.leftward(i):
        if item.is_("boundary") or item.text == ";":
            return None
        if item.is_("status", "forecast", "target"):
            changed = any(word.is_("revises") for word in line.items[max(0, k - REVISED_REACH) : k])
            return item.meaning("status") if changed else None
    return None


def _status_behind(line: Line, i: int, reach: int) -> str:
    for k, item in line.rightward(i):
        if k - i > reach or item.quantity or item.mark or item.is_("boundary") or item.is_("relation", "and"):
            break
        if _opens_reason(line, k):
            break
        if item.is_("status", "forecast", "target"):
            return item.meaning("status") or "actual"
    return "actual"


def _opens_reason(line: Line, k: int) -> bool:
    """Tell whether a reason begins: as households sought a safe haven; not as their goal."""
    after = line.at(k + 1)
    return line.items[k].is_("reason") and not (after and (after.is_("article") or after.is_("anaphor")))


def is_settled(line: Line) -> bool:
    """Tell whether a sentence guesses at a time that is over: exports likely rose; missing the 5 % of a poll."""
    return line.has("judged") or any(
        line.items[k].is_("status", "settled")
        or (line.items[k].is_("status", "forecast") and k > 0 and line.items[k - 1].is_("auxiliary"))
        for k in line.where("status")
    )


def is_record(line: Line, i: int) -> bool:
    """Tell whether the text calls the amount at item `i` a record: before it, or right behind."""
    if not line.has("record"):
        return False
    for k, item in line.leftward(i):
        if i - k > RECORD_REACH or item.quantity or item.is_("boundary"):
            break
        if item.is_("record"):
            return True
    start = line.over_bracket(i)
    for k, item in line.rightward(start):
        if k - start > RECORD_BEHIND or item.quantity or item.is_("boundary"):
            return False
        if item.is_("record"):
            return not _belongs_to_next(line, k)
    return False


def _belongs_to_next(line: Line, k: int) -> bool:
    for j, item in line.rightward(k):
        if item.quantity:
            return j - k <= 3
        if item.mark:
            return False
    return False
