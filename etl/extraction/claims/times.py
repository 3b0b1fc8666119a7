"""When a quantity holds: a time beside it, one shifted from the figure it is compared with, or the one last spoken of."""

from dataclasses import dataclass, replace
from datetime import date

from etl.extraction.claims import measure
from etl.extraction.claims.line import Item, Line
from etl.extraction.claims.measure import Reading
from etl.extraction.mentions import calendar as cal
from etl.model import Period, PeriodMention

BASE_REACH = 6
ABSOLUTE = ("", "ytd")
YEARLY = ("whole", "that")  # the year of the time last spoken of


@dataclass(frozen=True, slots=True)
class When:
    """A period, whether it came from outside the sentence, and the rule that gave it."""

    period: Period | None
    inherited: bool
    rule: str
    floating: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """The periods that an article spoke of before a figure.

    `current` is that of the figure last spoken of, `main` the one the article is about, `named` the last that a sentence
    before named at all, `compared` that of the figure which this one is the base of.
    """

    current: Period | None
    main: Period | None
    named: Period | None
    compared: Period | None


def resolve(line: Line, i: int, reading: Reading, said: Said, basis: str | None) -> When:
    """Return when the quantity at item `i` holds."""
    current = said.current
    if reading.base:
        return _base(line, i, said.compared or current, basis)
    if reading.measure == "level" and (earlier := _earlier(line, i)):
        return When(_related(earlier, said.compared or current), False, "time said to be earlier", past=True)
    own = _own(line, i)
    if own is not None and own.relation in YEARLY:
        return When(_year_meant(line, own, said), True, "year of a time named before")
    if own is not None:
        return When(own.period, False, "time in its clause", own.floating)
    return When(current, True, "time last spoken of")


def within(when: When, published: date | None, to_date: Period | None) -> When:
    """Return a year that is not over at publication, of an actual figure, as the part that the article speaks of."""
    period = when.period
    if period and published and to_date and period.end >= published > period.start and to_date.start == period.start:
        return replace(when, period=to_date)
    return when


def _earlier(line: Line, i: int) -> PeriodMention | None:
    """Return the words that set an amount before another: it was $5bn a year earlier, a year ago the surplus was."""
    for k, item in line.rightward(i):
        if k - i > 3 or item.quantity or item.mark or item.is_("reference") or item.is_("degree"):
            break
        if item.period:
            return item.period if item.period.relation in ("yoy", "prev", "same") else None
    for k, item in line.leftward(i):
        opened = item.text == "," and bool((line.at(k - 1) or item).period)
        if item.quantity or item.is_("boundary") or (item.text in (";", ",") and not opened):
            return None
        if item.period:
            compared = line.at(k - 1)
            other = bool(compared and (compared.is_("reference") or compared.is_("versus")))
            looks_back = item.period.relation in ("yoy", "prev", "same") and not other
            return item.period if looks_back else None
    return None


def _year_meant(line: Line, mention: PeriodMention, said: Said) -> Period | None:
    """Return the year that words for a whole year mean: that of a time before, or the one the article is about."""
    if mention.relation == "that":
        other = said.named or said.current
    else:
        yearly = said.main if said.main and said.main.freq in ("A", "AF") else None
        other = _spoken(line, mention) or yearly or said.current
        if other is yearly:
            return yearly
    return cal.year(other.end.year) if other else None


def _spoken(line: Line, other: PeriodMention) -> Period | None:
    """Return the period of another time in the sentence: in December, taking the annual total to."""
    earlier = (item.period for item in line.items if item.period and item.start < other.start)
    return next((mention.period for mention in earlier if mention.period), None)


def forward(when: When, published: date | None) -> When:
    """Return a time without a printed year, of a forecast, as the next one after publication."""
    period = when.period
    if when.floating and period and published and period.end < published:
        return replace(when, period=cal.shift_months(period, 12))
    return when


def _own(line: Line, i: int) -> PeriodMention | None:
    """Return the time that a quantity stands with: behind it in its clause, else the nearest before."""
    dated = _dated(line, i)
    if dated:
        return dated
    behind = _first_behind(line, i)
    before = _nearest_before(line, i)
    if behind is None or before is None:
        return (behind or before or (0, None))[1]
    tight = not _parted(line, i, behind[0])
    return behind[1] if tight or _within(behind[1], before[1]) else before[1]


def _dated(line: Line, i: int) -> PeriodMention | None:
    """Return the time that a figure is said to be of: a record of $5bn, which dates from 2007."""
    for k, item in line.rightward(i):
        if k - i > BASE_REACH or item.quantity or item.is_("boundary"):
            return None
        if item.is_("dated"):
            after = line.at(k + 1)
            return after.period if after and after.period and after.period.period else None
    return None


def _within(inner: PeriodMention, outer: PeriodMention) -> bool:
    """Tell whether one time is a part of another: this year ... in the first quarter."""
    one, all_of = inner.period, outer.period
    return bool(one and all_of and one != all_of and all_of.start <= one.start and one.end <= all_of.end)


def _parted(line: Line, i: int, k: int) -> bool:
    """Tell whether a comma or another figure parts a quantity from a time; one it leads to does not: 3 % to $6bn in 2023."""
    return any(item.text == "," or (item.quantity and not _led_to(line, j)) for j, item in line.rightward(i) if j < k)


def _led_to(line: Line, j: int) -> bool:
    governor = line.at(measure.link(line, j))
    return bool(governor and (governor.is_("relation", "to", "or") or governor.text == "("))


def _first_behind(line: Line, i: int) -> tuple[int, PeriodMention] | None:
    quantities = 0
    for k, item in line.rightward(i):
        if item.is_("boundary") or item.text in (";", ":") or (item.is_flow and quantities):
            return None
        if item.quantity:
            quantities += not (_led_to(line, k) or measure.is_base(line, k))
            if quantities > 1:
                return None
        if item.is_("relation", "and") and _starts_clause(line, k):
            return None
        if item.period and usable(line, k):
            return k, _refined(line, k, item.period)
        if item.is_("past"):
            return None
    return None


def _starts_clause(line: Line, k: int) -> bool:
    """Tell whether an "and" joins clauses: a flow or a word of change stands behind it."""
    return any(item.is_flow or item.is_("change") for item in line.items[k + 1 : k + 5])


def _nearest_before(line: Line, i: int) -> tuple[int, PeriodMention] | None:
    when = False
    for k, item in line.leftward(i):
        when = when or item.is_("when")
        if item.period and (when or (usable(line, k) and not _in_look_back(line, k, i))):
            return k, _refined(line, k, item.period)
    return None


def _refined(line: Line, k: int, mention: PeriodMention) -> PeriodMention:
    """Return the days that brackets give for a time: the first 11 months (July 16 to June 14)."""
    bracket, inner = line.at(k + 1), line.at(k + 2)
    exact = inner.period if bracket and bracket.text == "(" and inner else None
    return exact if exact and exact.period else mention


def _is_versus(line: Line, j: int) -> bool:
    """Tell whether a word right behind a figure compares it: up 3 % on 2019."""
    before = line.at(j - 1)
    return line.items[j].is_("versus") and bool(before and (before.quantity or before.text == ")"))


def _in_look_back(line: Line, k: int, i: int) -> bool:
    """Tell whether a time stands in a look back that has ended before `i`: after growth of 5 % in 2010, imports rose 3 %."""
    if not line.any_between(k, i, lambda item: item.text == "," or item.is_("boundary") or item.is_("relation", "and")):
        return False
    for _, item in line.leftward(k):
        if item.is_("past"):
            return True
        if item.text in (",", ";", ":") or item.is_("boundary") or item.is_flow:
            return False
    return False


def usable(line: Line, k: int) -> bool:
    """Tell whether a time dates figures: not one that others are compared with, nor a mere date."""
    mention = line.items[k].period
    if mention is None or mention.relation not in ABSOLUTE + YEARLY:
        return False
    if mention.relation in ABSOLUTE and mention.period is None and not mention.floating:
        return False
    for j, item in line.leftward(k):
        if item.quantity:
            return not measure.is_base(line, j)
        if item.is_flow or item.is_("verb_flow"):
            return True
        if item.is_("reference", "base") or (j == k - 1 and _is_versus(line, j)):
            return False
        if k - j > 3 or item.period or item.is_("figure") or (item.mention is None and not item.tags):
            return True
    return True


# The figure that others are compared with -------------------------------------------------------------------------


def _base(line: Line, i: int, current: Period | None, basis: str | None) -> When:
    mention = _beside_base(line, i)
    if mention is None:
        shifted = _shifted(current, "prev" if basis == "prev" else "yoy")
        return When(shifted, True, "time before the one compared")
    if mention.relation in ("yoy", "prev", "same"):
        return When(_related(mention, current), False, "time compared with")
    return When(_floating_back(mention, current), False, "time beside a compared figure")


def _beside_base(line: Line, i: int) -> PeriodMention | None:
    """Return the time that belongs to a base figure: behind it, or between it and the word that compares."""
    for k, item in line.rightward(i):
        if k - i > BASE_REACH or item.quantity or item.is_("boundary") or item.text in (";", ","):
            break
        if item.period and item.period.relation not in ("date", "since", "context"):
            return item.period
    for k, item in line.leftward(i):
        if i - k > BASE_REACH or item.quantity or item.is_("boundary"):
            return None
        if item.period and item.period.relation not in ("date", "since", "context"):
            return item.period
        if item.is_("reference", "base"):
            return None
    return None


def _shifted(period: Period | None, relation: str) -> Period | None:
    if period is None:
        return None
    return cal.one_before(period) if relation == "prev" else cal.year_before(period)


def _related(mention: PeriodMention, current: Period | None) -> Period | None:
    if mention.relation != "same" or mention.period is None:
        return _shifted(current, "prev" if mention.relation == "prev" else "yoy")
    if current is None:
        return None
    return cal.shift_months(current, 12 * (mention.period.end.year - current.end.year))


def _floating_back(mention: PeriodMention, current: Period | None) -> Period | None:
    """Return a base period; one without a printed year lies before the period compared with it."""
    period = mention.period
    while mention.floating and period and current and period.start >= current.start:
        period = cal.year_before(period)
    return period


def basis_of(line: Line, i: int, reading: Reading, period: Period | None) -> str | None:
    """Return what a growth or change is measured on: the year before, the period before, or another base."""
    if reading.measure not in ("growth", "change"):
        return None
    said = [item for item in _nearby(line, i) if item.is_("basis") or item.period]
    for item in said:
        relation = item.meaning("basis") or (item.period.relation if item.period else "")
        if relation in ("prev", "yoy"):
            return relation
        if relation == "same":
            return "yoy"
        if relation == "since":
            return "other"
    return "yoy"


def _nearby(line: Line, i: int) -> list[Item]:
    found: list[Item] = []
    for k, item in line.rightward(i):
        if item.is_("boundary") or k - i > 14:
            break
        found.append(item)
    return found + [item for k, item in line.leftward(i) if i - k < 10]
