"""What a growth or a change is measured on: the year before, the period before, or another base."""

from etl.extraction.claims import governors, moments
from etl.extraction.claims.line import Item, Line
from etl.extraction.claims.times import ADJACENT
from etl.extraction.mentions import calendar as cal
from etl.model import Period


def said(line: Line, i: int) -> str | None:
    """Return what words say that a growth is measured on: the year before, the period before, or another base."""
    said = [item for item in _nearby(line, i) if item.is_("basis") or item.period]
    for item in said:
        relation = item.meaning("basis") or (item.period.relation if item.period else "")
        if relation in ("prev", "yoy"):
            return relation
        if relation == "span" and item.period and item.period.period:
            return "prev" if cal.length(item.period.period) == ADJACENT else "other"
        if relation == "same":
            return "yoy"
        if relation == "since":
            return "other"
    return None


def is_since(line: Line, i: int) -> bool:
    """Tell whether a growth is said to be since a time: up 343 % since 2017, to an end that is not named."""
    near = (*line.items[:1], *line.items[i + 1 : i + 2])
    return any(item.period is not None and item.period.relation == "since" for item in near)


def shown(line: Line, i: int, period: Period | None) -> str | None:
    """Return the basis that a time of comparison shows: up 5 % in May from April is on the period before."""
    if period is None:
        return None
    for k, item in _compared_times(line, i):
        other = item.period.period if item.period else None
        if other in (None, period) or moments.usable(line, k):
            continue
        if other in (cal.year_before(period), cal.year(period.end.year - 1)):
            return "yoy"
        return "prev" if other == cal.one_before(period) else "other"
    return None


def _compared_times(line: Line, i: int) -> list[tuple[int, Item]]:
    """Return the times behind a quantity in its clause, up to the next figure but one."""
    found: list[tuple[int, Item]] = []
    figures = 0
    for k, item in line.rightward(i):
        figures += item.quantity is not None and not governors.to_or_from(line, k)
        if item.is_("boundary") or item.text == ";" or figures > 1 or item.is_flow:
            break
        if item.period and item.period.relation == "":
            found.append((k, item))
    return found


def _nearby(line: Line, i: int) -> list[Item]:
    """Return the items near a quantity that may say what it is measured on; words for a base may open its sentence."""
    found: list[Item] = []
    for k, item in line.rightward(i):
        if item.is_("boundary") or k - i > 14:
            break
        found.append(item)
    return found + [
        item for k, item in line.leftward(i) if i - k < 10 or (item.period and item.period.relation == "since")
    ]
