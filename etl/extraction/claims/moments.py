"""Which of a sentence's times a quantity stands with."""

from etl.extraction.claims import governors
from etl.extraction.claims.line import Item, Line
from etl.extraction.claims.parties import is_of_whose
from etl.model import PeriodMention

BASE_REACH = 6
ABSOLUTE = ("", "ytd", "span", "count", "ago")
RELATIVE = ("yoy", "prev", "same", "later")  # times that stand only in relation to another
YEARLY = ("whole", "that", "running")  # the year of the time last spoken of
UNDATED = ("date", "since", "context", "running")  # times that date no figure compared with
UNBOUNDED = ("unbounded",)  # times that no calendar holds
SPOKEN = ("twelve", "named")  # times that only those spoken of before tell


def usable(line: Line, k: int) -> bool:
    """Tell whether a time dates figures: not one that others are compared with, nor a mere date."""
    mention = line.items[k].period
    if mention is None or mention.relation not in ABSOLUTE + YEARLY + SPOKEN + UNBOUNDED:
        return False
    if mention.relation in ABSOLUTE and mention.period is None and not mention.floating:
        return False
    if mention.relation == "running" and not (k and line.items[k - 1].is_("holder")):
        return False
    return not (_only_bounds(line, k, mention) or _is_standard(line, k)) and _dates_figures(line, k)


def is_told(line: Line, k: int) -> bool:
    """Tell whether a time is that of what its sentence says, not of an event: his January inauguration."""
    return usable(line, k) and not (k and line.items[k - 1].possesses)


def _only_bounds(line: Line, k: int, mention: PeriodMention) -> bool:
    """Tell whether a time is the bound of another (which began in April), or the day of a forecast."""
    before = line.at(k - 1)
    if before is None:
        return False
    forecast = before.is_("status", "forecast") and mention.floating and _closes(line, k)
    verb = line.items[k - 2] if before.is_("relation", "in") and k > 1 else before
    return verb.is_("limits") or forecast


def _dates_figures(line: Line, k: int) -> bool:
    """Tell whether the words before a time leave it to the figures, rather than comparing others with it."""
    start = k
    for j, item in line.leftward(k):
        if item.text == ")":
            start = line.before_bracket(j + 1)
        if j >= start:
            continue
        if item.quantity:
            return not governors.is_base(line, j)
        if item.is_flow or item.is_("verb_flow"):
            return True
        if (item.is_("reference", "base") and not line.any_between(j, k, _is_area)) or (
            j == k - 1 and _is_versus(line, j)
        ):
            return False
        if start - j > 3 or item.period or item.is_("figure") or (item.mention is None and not item.tags):
            return True
    return True


def is_deadline(line: Line, k: int) -> bool:
    """Tell whether a time only names an aim: before the 2015 deadline."""
    after = line.at(k + 1)
    return bool(after and after.is_("aim"))


def _closes(line: Line, k: int) -> bool:
    """Tell whether a time ends its clause, and so dates the forecast before it: the 5 percent it predicted in May."""
    after = line.at(k + 1)
    return after is None or after.mark or after.is_("boundary") or after.is_("relation", "and")


def _is_standard(line: Line, k: int) -> bool:
    """Tell whether a time is that of a level which a growth is measured on: 22 percent above the level of 2019."""
    if not line.has("versus"):
        return False
    for j, item in line.leftward(k):
        if (
            (item.mark and item.text not in governors.DASHES and not item.possesses)
            or item.is_("change")
            or item.is_flow
            or item.period
            or item.is_("relation", "and")
        ):
            return False
        if item.quantity:
            follower = line.items[j + 1]
            return item.quantity.unit == "%" and follower.is_("versus") and j + 1 < k
    return False


def _is_area(item: Item) -> bool:
    return item.area is not None


def own(line: Line, i: int) -> PeriodMention | None:
    """Return the time that a quantity stands with: behind it in its clause, else the nearest before."""
    dated = _dated(line, i)
    if dated:
        return dated
    behind = _first_behind(line, i) if line.periods and line.periods[-1] > i else None
    before = _nearest_before(line, i)
    if behind is None or before is None:
        return (behind or before or (0, None))[1]
    if before[0] == i - 1:
        return before[1]
    if _within(before[1], behind[1]):
        return before[1]
    tight = not _parted(line, i, behind[0])
    return behind[1] if tight or _within(behind[1], before[1]) else before[1]


def _dated(line: Line, i: int) -> PeriodMention | None:
    """Return the time that a figure is said to be of: a record of $5bn, which dates from 2007."""
    if not line.has("dated"):
        return None
    for k, item in line.rightward(i):
        if k - i > BASE_REACH or item.quantity or item.is_("boundary"):
            return None
        if item.is_("dated"):
            after = line.at(k + 1)
            after = line.at(k + 2) if after and after.is_("relation", "in") else after
            return after.period if after and after.period and after.period.period else None
    return None


def _within(inner: PeriodMention, outer: PeriodMention) -> bool:
    """Tell whether one time is a part of another: this year ... in the first quarter."""
    one, all_of = inner.period, outer.period
    return bool(one and all_of and one != all_of and all_of.start <= one.start and one.end <= all_of.end)


def _parted(line: Line, i: int, k: int) -> bool:
    """Tell whether a comma or another figure parts a quantity from a time; not one it leads to: 3 % to $6bn in 2023."""
    return any(item.text == "," or (item.quantity and not _led_to(line, j)) for j, item in line.rightward(i) if j < k)


def _led_to(line: Line, j: int) -> bool:
    governor = line.at(governors.link(line, j))
    return bool(governor and (governor.is_("relation", "to", "or") or governor.text == "("))


def _first_behind(line: Line, i: int) -> tuple[int, PeriodMention] | None:
    quantities = 0
    for k, item in line.rightward(i):
        if item.is_("boundary") or item.is_("part") or item.text in (";", ":") or (item.is_flow and quantities):
            return None
        if item.quantity:
            quantities += not (_led_to(line, k) or governors.is_base(line, k))
            if quantities > 1:
                return None
        if item.text == "," and _leads_to_another(line, k):
            return None
        if item.is_("relation", "and") and (_starts_clause(line, k) or _starts_time(line, k)):
            return None
        owned = line.at(k + 1)
        if item.period and (is_deadline(line, k) or (owned and owned.possesses)):
            return None
        if item.period and usable(line, k):
            return _inner(line, k) or (k, refined(line, k, item.period))
        if item.is_("past"):
            return None
    return None


def _inner(line: Line, k: int) -> tuple[int, PeriodMention] | None:
    """Return the part of a time that is named right behind it: for the fifth time this year in October."""
    outer, at = line.items[k].period, k + 2
    inner = line.at(at)
    part = inner.period if inner and line.items[k + 1].is_("relation", "in") else None
    return (at, part) if outer and part and _within(part, outer) and usable(line, at) else None


def _leads_to_another(line: Line, k: int) -> bool:
    """Tell whether a comma leads to another move, with its time before its figure: lifting the total since May to."""
    move = line.at(k + 1)
    if move is None or not move.is_("change") or move.is_("particle"):
        return False
    first = next((item for _, item in line.rightward(k + 1) if item.quantity or item.period), None)
    return bool(first and first.period)


def _starts_clause(line: Line, k: int) -> bool:
    """Tell whether an "and" joins clauses: a flow or a word of change stands behind it."""
    return any(item.is_flow or item.is_("change") for item in line.items[k + 1 : k + 5])


def _starts_time(line: Line, k: int) -> bool:
    """Tell whether an "and" leads to another time of a list: in May $5bn (3 %) and in June."""
    return any(item.period for item in line.items[k + 1 : k + 4]) and not line.items[k + 1].area


def _nearest_before(line: Line, i: int) -> tuple[int, PeriodMention] | None:
    if not line.periods or line.periods[0] > i:
        return None
    when = False
    for k, item in line.leftward(i):
        when = when or item.is_("when")
        if item.period and item.period.period and _owns(line, k, i):
            return k, refined(line, k, item.period)
        if item.period and is_of_whose(line, k, i):
            continue
        if item.period and (when or (usable(line, k) and not _in_look_back(line, k, i))):
            return k, refined(line, k, item.period)
    return None


def _owns(line: Line, k: int, i: int) -> bool:
    """Tell whether a time owns what a figure right behind it says: above 2003's imbalance of $5bn."""
    after = line.at(k + 1)
    return bool(after and after.possesses) and i - k <= BASE_REACH


def refined(line: Line, k: int, mention: PeriodMention) -> PeriodMention:
    """Return the days that brackets give for a time: the first 11 months (July 16 to June 14)."""
    bracket, inner = line.at(k + 1), line.at(k + 2)
    exact = inner.period if bracket and bracket.text == "(" and inner else None
    return exact if exact and exact.period else mention


def _is_versus(line: Line, j: int) -> bool:
    """Tell whether a word right behind a figure compares it: up 3 % on 2019."""
    before = line.at(j - 1)
    if before and before.is_("degree") and before.is_("particle"):
        before = line.at(j - 2)
    return line.items[j].is_("versus") and bool(before and (before.quantity or before.text == ")"))


def _in_look_back(line: Line, k: int, i: int) -> bool:
    """Tell whether a time stands in a look back that ends before `i`: after growth of 5 % in 2010, imports rose 3 %."""
    if not line.any_between(k, i, lambda item: item.text == "," or item.is_("boundary") or item.is_("relation", "and")):
        return False
    for _, item in line.leftward(k):
        if item.is_("past"):
            return True
        if item.text in (",", ";", ":") or item.is_("boundary") or item.is_flow:
            return False
    return False
