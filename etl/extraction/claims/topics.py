"""What an article is about: whose trade, with whom, at what time; from its headline and its first sentences."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from etl.extraction.claims import gist, moments
from etl.extraction.claims.context import Context
from etl.extraction.claims.frame import CODE_LENGTH, OTHER_SIDE, WORLD, Frame
from etl.extraction.claims.line import Line
from etl.extraction.claims.parties import coupled_areas, possessive
from etl.extraction.mentions.areas import OUTSIDE
from etl.model import Period

Pair = tuple[str, str]

LEAD = 6  # lines of an article that may say what it is about


def open_context(
    title: Line | None,
    lines: list[Line],
    heading: list[Frame],
    frames: list[list[Frame]],
    published: date | None,
    dense: bool,
) -> Context:
    """Return the context of an article before its first sentence is read.

    `heading` holds the flows of its title, `frames[k]` those of `lines[k]`. The time of an article that does not
    speak mostly of trade (`dense`) is that of its headline and its first sentence alone.
    """
    listed = [frame for k, line in enumerate(frames) if lines[k] != title for frame in line]
    named = next(
        filter(
            None, (_reporters(heading), _reporters(frame for frame in listed if not frame.verb), _reporters(listed))
        ),
        [],
    )
    explicit = Counter(code for code in named if code != WORLD)
    titled = set(_areas([title])) if title else set()
    tied = any(frame.reporter or frame.partner for frame in heading)
    announced = next(iter(titled)) if len(titled) == 1 and not tied and _is_chief(titled, lines) else None
    reporter = announced or (explicit.most_common(1)[0][0] if explicit else _first_area(title, lines))
    pair = _topic_pair(title, lines, heading, listed)
    reporter, partner = pair or (reporter, None)
    others = (code for code in _areas([*([title] if title else []), *lines[:2]]) if code != reporter)
    context = Context(reporter, partner, next(others, None), period=_first_period(title, lines[: LEAD if dense else 1]))
    context.dense, context.of_firms = dense, gist.is_of_firms(lines)
    context.published, context.to_date = published, _year_to_date(lines, published)
    return context


def _is_chief(codes: set[str], lines: list[Line]) -> bool:
    """Tell whether no other economy is named more often."""
    counts = Counter(_areas(lines))
    return max((counts[code] for code in codes), default=0) >= max(counts.values(), default=0)


def _reporters(frames: Iterable[Frame]) -> list[str]:
    return [frame.reporter for frame in frames if frame.reporter]


def _year_to_date(lines: list[Line], published: date | None) -> Period | None:
    """Return the part of the year of publication that an article speaks of: January to November."""
    if published is None:
        return None
    mentions = (line.items[k].period for line in lines for k in line.periods)
    said = (mention.period for mention in mentions if mention and mention.period)
    start = date(published.year, 1, 1)
    return next((one for one in said if one.start == start and one.end <= published and one.freq != "M"), None)


def _topic_pair(title: Line | None, lines: list[Line], heading: list[Frame], listed: list[Frame]) -> Pair | None:
    """Return the two economies that an article is about: those of its first flow, or the only two of its headline."""
    told = [frame for frame in listed if not frame.overall]
    first = next(
        (frame for frame in (*heading, *told[:1]) if _is_pair(frame) and not (frame.verb and frame.flow != "trade")),
        None,
    )
    if first:
        return _sides(first)
    for line in [*([title] if title else []), *lines[:2]]:
        codes = list(dict.fromkeys(_areas([line])))
        if len(codes) == 2 and coupled_areas(line):
            return codes[0], codes[1]
        if len(codes) == 2 and (owner := _owner_of_other(line)):
            return owner, next(code for code in codes if code != owner)
        if len(codes) == 2 and line is title and told and (sides := _named_by(told[0], codes)):
            return sides
    return None


def _owner_of_other(line: Line) -> str | None:
    """Return the economy whose neighbour or partner the other one is said to be: Laos is Thailand's neighbour."""
    for k, item in enumerate(line.items):
        near = line.items[k + 2 : k + 6]
        if (
            item.area
            and item.area.code != WORLD
            and possessive(line, k)
            and any(one.is_("role") or one.is_("anaphor", "partner") for one in near)
        ):
            return item.area.code
    return None


def _named_by(frame: Frame, codes: list[str]) -> Pair | None:
    """Return the two economies of a headline as a flow ties them: exports to its neighbour are those to the other."""
    if frame.reporter not in codes:
        return None
    other = next(code for code in codes if code != frame.reporter)
    return (frame.reporter, other) if frame.partner in (other, OTHER_SIDE) else None


def _sides(frame: Frame) -> Pair:
    return frame.reporter or "", frame.partner or ""


def _is_pair(frame: Frame) -> bool:
    partner = frame.partner or OTHER_SIDE
    return (
        frame.reporter not in (None, partner)
        and partner != OTHER_SIDE
        and "+" not in partner
        and not partner.startswith(OUTSIDE)
    )


def _first_area(title: Line | None, lines: list[Line]) -> str | None:
    codes = _areas([*([title] if title else []), *lines])
    return next((code for code in codes if len(code) == CODE_LENGTH), next(iter(codes), None))


def _areas(lines: list[Line]) -> list[str]:
    named = (line.items[k].area for line in lines for k in line.areas)
    return [area.code for area in named if area and area.code != WORLD]


def _first_period(title: Line | None, lines: list[Line]) -> Period | None:
    for line in [*([title] if title else []), *lines]:
        for k, item in enumerate(line.items):
            if (
                not (item.period and item.period.period)
                or moments.is_deadline(line, k)
                or item.period.relation == "ago"
            ):
                continue
            if moments.is_told(line, k):
                return moments.refined(line, k, item.period).period
    return None
