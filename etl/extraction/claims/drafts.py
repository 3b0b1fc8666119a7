"""Lines -> drafts of claims: every quantity asks for its measure, its flow, its parties, its period, its standing."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from etl.extraction.claims import (
    amounts,
    attach,
    basis,
    frames,
    gist,
    measure,
    partners,
    products,
    standing,
    takeover,
    times,
    topics,
)
from etl.extraction.claims.context import Context
from etl.extraction.claims.frame import OTHER_SIDE, WORLD, Frame, of_one
from etl.extraction.claims.line import Line
from etl.extraction.claims.measure import Reading
from etl.extraction.claims.parties import owner
from etl.extraction.conversions import restated
from etl.model import Quantity

Resolved = tuple[Frame, tuple[str, ...]]  # a flow with its parties, and which of them context gave


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in the making: the quantity at item `at` of line `line`, and all that was found out about it."""

    line: int
    at: int
    quantity: Quantity
    reading: Reading
    frame: Frame
    when: times.When
    basis: str | None
    status: str
    record: bool
    rule: str
    inferred: tuple[str, ...]
    spoken: Frame
    converts: "Draft | None" = None


def drafts(title: Line | None, lines: list[Line], published: date | None) -> list[Draft]:
    """Return the drafts of an article's claims, in the order of its text.

    Only an article that speaks mostly of trade may leave a figure's flow to the sentence before.
    """
    titled = frames.named(title) if title else []
    named = [frames.named(line) for line in lines]
    heading, found = _heading(title, titled, dense=False), frames.of_lines(lines, named, dense=False)
    heading_of_trade = _heading(title, titled, dense=True)
    enough = gist.enough(title, heading_of_trade, lines, found)
    made = list(islice(_read(title, heading, lines, found, published, dense=False), enough))
    if len(made) < enough:
        return made
    found = frames.of_lines(lines, named, dense=True)
    return list(_read(title, heading_of_trade, lines, found, published, dense=True))


def _heading(title: Line | None, titled: list[Frame], dense: bool) -> list[Frame]:
    """Return the flows of a title."""
    return frames.kept(title, titled, dense, near=False) if title else []


def _read(
    title: Line | None,
    heading: list[Frame],
    lines: list[Line],
    found: list[list[Frame]],
    published: date | None,
    dense: bool,
) -> Iterator[Draft]:
    topic = topics.open_context(title, lines, heading, found, published, dense)
    for number, line in enumerate(lines):
        yield from _line_drafts(number, line, found[number], topic)


def _line_drafts(number: int, line: Line, found: list[Frame], topic: Context) -> list[Draft]:
    made: list[Draft] = []
    if line.is_table:
        return made
    resolved: dict[int, Resolved] = {}
    here: Frame | None = None
    topic.new_sentence(line.sentence.paragraph)
    for frame in found:
        resolved[frame.at] = topic.parties(frame, here, owner(line, frame.at), line)
        here = of_one(resolved[frame.at][0], [one.partner for one in found if one.at <= frame.at])
        topic.hear(here)
    before: Reading | None = None if found else topic.share
    for i in line.quantities:
        reading = measure.read(line, i, before)
        draft = _draft(number, line, i, found, resolved, topic, reading, made)
        before = reading or before
        if reading and reading.measure != "change":
            topic.share = reading if draft and reading.measure == "share" else None
        if draft:
            _remember(topic, draft, made, number)
            made.append(draft)
    topic.read(line, found, [resolved[frame.at][0] for frame in found])
    if made and topic.frame and topic.told:
        partners = [frame.partner for frame in found]
        topic.frame, topic.told = of_one(topic.frame, partners), of_one(topic.told, partners)
    if not made:
        _without_figures(number, line, [resolved[frame.at][0] for frame in found], topic)
    elif found and found[-1].at > made[-1].at and found[-1].partner:
        topic.told = resolved[found[-1].at][0]  # those with Africa kept growing. They added 3 %
    return made


def _without_figures(number: int, line: Line, found: list[Frame], topic: Context) -> None:
    """Learn from a sentence that gave no claim: what it speaks of, at what time; or that it is of something else."""
    if topic.dense or (found and not any(item.is_("levy") for item in line.items)):
        topic.look_at(line, opened=not found)
    if any(item.quantity and basis.said(line, i) == "prev" for i, item in enumerate(line.items)):
        topic.basis = (topic.named, "prev")  # the economy grew 0.4 % quarter on quarter, and exports as they do
    if found:
        topic.spoke(found[-1], number, found[-1])
    if (line.has("company") or (line.has("noise") and not found)) and gist.figures(line):
        topic.frame = None


def _remember(topic: Context, draft: Draft, made: list[Draft], number: int) -> None:
    part = draft.reading.measure == "share" and topic.frame and draft.spoken.reporter == topic.frame.reporter
    spoken = topic.frame if part and topic.frame and topic.frame.flow == draft.spoken.flow else draft.spoken
    topic.spoke(spoken, number, topic.told if draft.reading.base else draft.frame)
    if len(draft.quantity.unit or "") == 3:
        topic.unit = draft.quantity.unit
    period = draft.when.period
    back = any(period and one.when.period and one.when.period.end > period.end for one in made)
    if period and not draft.reading.base and not draft.when.past and not back:
        topic.date(period, own=not draft.when.inherited, actual=draft.status == "actual")


def _draft(
    number: int,
    line: Line,
    i: int,
    found: list[Frame],
    resolved: dict[int, Resolved],
    topic: Context,
    reading: Reading | None,
    made: list[Draft],
) -> Draft | None:
    quantity = amounts.with_unit(line, i, topic.unit)
    if quantity is None:
        return None
    if (origin := restated(line, i)) is not None:
        first = next((draft for draft in made if draft.line == number and draft.at == origin), None)
        return _conversion(first, i, quantity) if first else None
    if reading is None or not reading.measure:
        return None
    tied = attach.attach(line, i, reading, found, _last_spoken(number, line, i, topic, made))
    if tied is None or (tied.inherited and not takeover.may(line, i, quantity)):
        return None
    frame, spoken, inferred = _spoken(line, i, tied, resolved, topic, made)
    reading, frame = _balance(i, reading, frame, topic)
    if (frame.reporter is None and frame.partner != WORLD) or (topic.of_firms and "reporter" in inferred):
        return None
    frame = _of_whom(line, i, reading, frame, tied, topic, made)
    status = standing.status(line, i, reading, topic.published)
    when, measured_on = _dated(line, i, reading, status, topic, made)
    if when.inherited and when.period:
        inferred = (*inferred, "period")
    return Draft(
        line=number,
        at=i,
        quantity=quantity,
        reading=reading,
        frame=frame,
        when=when,
        basis=measured_on,
        status=status,
        record=reading.measure == "level" and standing.is_record(line, i),
        rule=f"{reading.rule}; {tied.rule}; {when.rule}",
        inferred=inferred,
        spoken=spoken,
    )


def _spoken(
    line: Line, i: int, tied: attach.Attachment, resolved: dict[int, Resolved], topic: Context, made: list[Draft]
) -> tuple[Frame, Frame, tuple[str, ...]]:
    """Return the flow of a figure, the same as it goes on to the next sentence, and the fields that context gave."""
    if not tied.inherited:
        frame, inferred = resolved[tied.frame.at]
        return frame, frame, inferred
    frame, inferred = takeover.completed(line, i, takeover.turned(line, i, tied.frame, not made))
    before = made[-1].spoken if made else topic.frame or tied.frame
    return frame, takeover.turned(line, i, before, not made), inferred


def _of_whom(
    line: Line, i: int, reading: Reading, frame: Frame, tied: attach.Attachment, topic: Context, made: list[Draft]
) -> Frame:
    """Return a flow with the partner and the goods that the figure's own words name, and the holder of a share."""
    if tied.switched:
        frame = replace(frame, partner=tied.frame.partner)
    frame = products.named(line, i, frame)
    if reading.measure == "share" or partners.moves_share(line, i):
        return _held(line, i, frame, made, topic)
    quantity = line.items[i].quantity
    if made and quantity and made[-1].reading.measure == "share" and takeover.says_share(line, i, quantity):
        return made[-1].frame
    return frame


def _dated(
    line: Line, i: int, reading: Reading, status: str, topic: Context, made: list[Draft]
) -> tuple[times.When, str | None]:
    """Return when a figure holds, and what a growth or change is measured on."""
    moves = reading.measure in ("growth", "change")
    told = basis.said(line, i) if moves else None
    compared = next((draft.when.period for draft in reversed(made) if not draft.reading.base), None)
    said = times.Said(topic.period, topic.main, topic.named, compared, topic.to_date)
    step = told or topic.basis_of(compared or topic.period, inherited=True)
    when = times.resolve(line, i, reading, said, step)
    if reading.base and times.is_one_before(when.period, compared):
        topic.basis = (compared, "prev")
    if status != "forecast" or not standing.is_settled(line):
        when = _at_publication(when, status, topic)
    if not moves:
        return when, None
    if when.inherited and basis.is_since(line, i):
        when = replace(when, period=None)
    of = basis.shown(line, i, when.period) or told or topic.basis_of(when.period, inherited=when.inherited)
    topic.basis = (when.period, of)
    return when, of


def _at_publication(when: times.When, status: str, topic: Context) -> times.When:
    """Return a period as it was when the article came out: running for what is known, to come for what is not.

    What is aimed at, or expected, is never of a time that only other figures are said to be of, and that is over.
    """
    if status == "actual" and when.inherited and when.period in topic.known:
        return when
    if status == "actual":
        return times.known(times.within(when, topic.published, topic.to_date), topic.published)
    over = when.period and topic.published and when.period.end < topic.published
    if when.inherited and (status == "target" or over):
        return replace(when, period=None)
    return when if when.period in topic.known else times.forward(when, topic.published)


def _balance(i: int, reading: Reading, frame: Frame, topic: Context) -> tuple[Reading, Frame]:
    """Read what one side bought more than it sold as a balance, and a difference with the sign last spoken of."""
    if i < frame.compared and reading.rule == "amount more or less":
        reading = replace(reading, measure="level", rule="more sold than bought")
    return reading, frame if frame.sign else replace(frame, sign=topic.sign)


def _last_spoken(number: int, line: Line, i: int, topic: Context, made: list[Draft]) -> Frame | None:
    """Return the flow last spoken of: in this sentence, else as a sentence before named it."""
    if number - topic.frame_line > takeover.reach(line, i, topic):
        return None
    order = next((line.items[k].meaning("order") for k in reversed(line.where("order")) if k < i), None)
    if order and len(topic.flows) > 1:
        return topic.flows[-2 if order == "former" else -1]
    if made:
        return made[-1].frame
    return topic.told if any(item.is_("figure") for item in line.items[:i]) else topic.frame


def _held(line: Line, i: int, frame: Frame, made: list[Draft], topic: Context) -> Frame:
    """Return the flow of a share with the side that holds it; of two shares in a row the first says it."""
    last = topic.frame
    holder = partners.holder(line, i, frame.reporter)
    if holder == OTHER_SIDE:
        holder = (last.partner if last else None) or topic.partner
    goes_on = bool(made) and (made[-1].reading.measure == "share" or partners.is_added(line, i))
    if holder is None and goes_on and made[-1].frame.reporter == frame.reporter:
        holder = made[-1].frame.partner
    if (
        holder is None
        and last
        and last.reporter == frame.reporter
        and last.flow == frame.flow
        and frame.partner is None
    ):
        holder = last.partner
    return replace(frame, partner=holder) if holder not in (None, frame.reporter) else frame


def _conversion(first: Draft, i: int, quantity: Quantity) -> Draft:
    qualifier = quantity.qualifier if quantity.qualifier != "exact" else first.quantity.qualifier
    return replace(
        first,
        at=i,
        quantity=replace(quantity, qualifier=qualifier),
        rule=f"restates {first.quantity.quote}",
        converts=first.converts or first,
    )
