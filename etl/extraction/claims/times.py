"""When a quantity holds: the time it stands with, one shifted from what it is compared with, or the last spoken of."""

from dataclasses import dataclass, replace
from datetime import date

from etl.extraction.claims import governors, moments, standing
from etl.extraction.claims.line import Line
from etl.extraction.claims.measure import Reading
from etl.extraction.mentions import calendar as cal
from etl.model import Period, PeriodMention

HABIT_REACH = 8  # items between a figure and the words for every year
ADJACENT = 2  # months from one to the next, both counted


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

    `to_date` is the part of the year of publication that it speaks of. `current` is that of the figure last spoken
    of, `main` the one the article is about, `named` the last that a sentence before named at all, `compared` that of
    the figure which this one is the base of.
    """

    current: Period | None
    main: Period | None
    named: Period | None
    compared: Period | None
    to_date: Period | None


def resolve(line: Line, i: int, reading: Reading, said: Said, basis: str | None) -> When:
    """Return when the quantity at item `i` holds."""
    current = said.current
    if reading.base:
        return _base(line, i, said.compared or current, basis)
    if reading.measure == "level" and (earlier := _earlier(line, i)):
        return When(_related(earlier, said.compared or current), False, "time said to be earlier", past=True)
    own = moments.own(line, i)
    if own is not None:
        return _own(line, i, own, reading, said)
    if _is_habitual(line, i):
        return When(None, False, "so much a year")
    return When(current, True, "time last spoken of")


def _own(line: Line, i: int, own: PeriodMention, reading: Reading, said: Said) -> When:
    """Return when a quantity holds by the words for a time that it stands with."""
    if own.relation in moments.YEARLY:
        return When(_year_meant(line, own, said), False, "year of a time named before")
    if own.relation in moments.RELATIVE:
        return When(_related(own, said.current), False, "time said to be earlier", past=True)
    if own.relation in moments.SPOKEN:
        return When(_spoken_of(own, said), True, "time named before")
    if own.relation == "count" and (known := _so_long(own, said)):
        return When(known, True, "months spoken of before")
    if own.relation == "span" and (end := _arrived(line, i, own, reading)):
        return When(end, False, "end of the move in its clause", own.floating)
    if own.relation == "ytd" and _same_start(own.period, said.to_date):
        return When(said.to_date, False, "part of the year that the article speaks of")
    return When(own.period, False, "time in its clause", own.floating)


def _is_habitual(line: Line, i: int) -> bool:
    """Tell whether a figure is what comes up every year: $40 billion of trade each year."""
    for k, item in line.rightward(i):
        if item.is_("habitual"):
            return True
        if item.quantity or item.mark or item.is_("boundary") or k - i > HABIT_REACH:
            return False
    return False


def _same_start(one: Period | None, other: Period | None) -> bool:
    return one is not None and other is not None and one.start == other.start


def _spoken_of(mention: PeriodMention, said: Said) -> Period | None:
    """Return that month as the one last named, and twelve months as those up to the time that the article is about."""
    if mention.relation == "named":
        return said.named or said.current
    last = said.current or said.main
    begin = cal.shift_months(cal.months(last.end.year, last.end.month, last.end.month), -11) if last else None
    return Period(begin.start, last.end, "other") if begin and last else None


def _so_long(mention: PeriodMention, said: Said) -> Period | None:
    """Return the period spoken of before that has as many months as words count: in the five months."""
    count = cal.length(mention.period) if mention.period else 0
    known = (period for period in (said.current, said.named, said.main) if period)
    return next((one for one in known if cal.length(one) - (one.start.day > 1) == count), None)


def _arrived(line: Line, i: int, span: PeriodMention, reading: Reading) -> Period | None:
    """Return where a move ends that is said to be between two months: widened by 28 % between August and September."""
    period = span.period
    moves = reading.measure in ("growth", "change") or (governors.to_or_from(line, i) and governors.mover(line, i))
    if period is None or not moves:
        return None
    return cal.months(period.end.year, period.end.month, period.end.month) if cal.length(period) == ADJACENT else None


def within(when: When, published: date | None, to_date: Period | None) -> When:
    """Return a year that is not over at publication, of an actual figure, as the part that the article speaks of."""
    period = when.period
    if period and published and to_date and period.end >= published > period.start and to_date.start == period.start:
        return replace(when, period=to_date)
    return when


def known(when: When, published: date | None) -> When:
    """Return no period for an actual figure that would take one over that is not over, or has not begun."""
    period = when.period
    if period and published and (period.start > published or (when.inherited and period.end > published)):
        return replace(when, period=None)
    return when


def forward(when: When, published: date | None) -> When:
    """Return a time without a printed year, of a forecast, as the next one after publication."""
    period = when.period
    if when.floating and period and published and period.end < published:
        return replace(when, period=cal.shift_months(period, 12))
    return when


def _earlier(line: Line, i: int) -> PeriodMention | None:
    """Return the words that set an amount before another: it was $5bn a year earlier, a year ago the surplus was."""
    end = line.over_bracket(i)
    for k, item in line.rightward(end):
        if k - end > 3 or item.quantity or item.mark or item.is_("reference") or item.is_("degree"):
            break
        if item.period:
            return item.period if item.period.relation in moments.RELATIVE else None
    for k, item in line.leftward(i):
        opened = item.text == "," and bool((line.at(k - 1) or item).period)
        if item.quantity or item.is_("boundary") or (item.text in (";", ",") and not opened):
            return None
        if item.period:
            ties = [tie for tie in (line.at(k - 1), line.at(k - 2)) if tie]
            other = any(tie.is_("reference") or tie.is_("versus") or tie.quantity for tie in ties)
            looks_back = item.period.relation in moments.RELATIVE and not other
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


def _base(line: Line, i: int, current: Period | None, basis: str | None) -> When:
    if _is_of_another(line, i) or standing.revised(line, i):
        return When(current, True, "time of the one compared")
    mention = _beside_base(line, i)
    if mention is None:
        shifted = _shifted(current, "prev" if basis == "prev" else "yoy")
        return When(shifted, True, "time before the one compared")
    if mention.relation in moments.RELATIVE:
        return When(_related(mention, current), False, "time compared with")
    return When(_floating_back(mention, current), False, "time beside a compared figure")


def _is_of_another(line: Line, i: int) -> bool:
    """Tell whether a base figure is of another holder, not of another time: 20 %, compared with 18 % for the US."""
    holder = line.at(i + 1)
    return bool(holder and holder.is_("holder") and any(item.area for item in line.items[i + 2 : i + 4]))


def _beside_base(line: Line, i: int) -> PeriodMention | None:
    """Return the time that belongs to a base figure: behind it, or between it and the word that compares."""
    end = line.over_bracket(i)
    for k, item in line.rightward(end):
        if k - end > moments.BASE_REACH or item.quantity or item.is_("boundary") or item.text in (";", ","):
            break
        if item.period and item.period.relation not in moments.UNDATED:
            return item.period
    for k, item in line.leftward(i):
        if i - k > moments.BASE_REACH or item.quantity or item.is_("boundary"):
            return None
        if item.text == "(" and (line.at(k - 1) or item).period:
            return line.items[k - 1].period
        if item.period and item.period.relation not in moments.UNDATED:
            return item.period
        if item.is_("reference", "base"):
            return None
    return None


def is_one_before(period: Period | None, other: Period | None) -> bool:
    """Tell whether a period is that right before another, of the same length: April and May."""
    return period is not None and other is not None and period == cal.one_before(other) != cal.year_before(other)


def _shifted(period: Period | None, relation: str) -> Period | None:
    if period is None:
        return None
    return cal.one_before(period) if relation == "prev" else cal.year_before(period)


def _related(mention: PeriodMention, current: Period | None) -> Period | None:
    if mention.relation == "later":
        return cal.shift_months(current, 12) if current else None
    if mention.relation != "same" or mention.period is None:
        return _shifted(current, "prev" if mention.relation == "prev" else "yoy")
    if current is None:
        return None
    return cal.shift_months(current, 12 * (mention.period.end.year - current.end.year))


def _floating_back(mention: PeriodMention, current: Period | None) -> Period | None:
    """Return a base period; one without a printed year is the last before the period compared with it.

    A part of a year is compared with the same part of last year.
    """
    period = mention.period
    while mention.floating and period and current and period.start >= current.start:
        period = cal.year_before(period)
    while mention.floating and period and current and cal.shift_months(period, 12).start < current.start:
        period = cal.shift_months(period, 12)
    if period and current and period.freq == "A" and not any(char.isdigit() for char in mention.quote):
        return cal.year_before(current) if cal.year_before(current).end.year == period.end.year else period
    return period
