"""Line -> the flows it speaks of: which, whose, with whom, of what; as far as the words around say."""

from collections.abc import Iterator
from dataclasses import replace

from etl.extraction.claims import folds, nouns, verbs
from etl.extraction.claims.bare import is_bare
from etl.extraction.claims.frame import CODE_LENGTH, OTHER_SIDE, WORLD, Frame, partnered
from etl.extraction.claims.line import Line
from etl.extraction.claims.parties import coupled, parties_behind, possessive, subject

FLOW_SECTIONS = ("flow", "weak_flow", "bare_flow", "stands", "verb_flow")
SIGNS = {"surplus": 1, "deficit": -1, "balance": 1, "difference": 0}
DATELINE = 4  # letters that a name written in capitals has at most, when it is no dateline: EU, ASIA
NEAR = 2  # how many sentences behind one on trade a bare surplus is one of trade
ROLE_REACH = 9  # how far before a flow an economy may be called its market


def of_lines(lines: list[Line], named: list[list[Frame]], dense: bool) -> list[list[Frame]]:
    """Return the flows of each line of an article; right behind one on trade, a surplus is one of trade."""
    found: list[list[Frame]] = []
    for line, flows in zip(lines, named, strict=True):
        near = any(not frame.foreign for before in found[-NEAR:] for frame in before)
        found.append(kept(line, flows, dense, near))
    return found


def named(line: Line) -> list[Frame]:
    """Return the flows that the words of a line may name, whatever its article speaks of."""
    found = (_two_sided(_led(line, _frame(line, i, flow))) for i, flow in _flows(line))
    return [frame if frame.partner or not _of_all(line, frame.at) else replace(frame, overall=True) for frame in found]


def _two_sided(frame: Frame) -> Frame:
    """Return a flow without the owner that is its own partner: imports from the US, as Washington wants."""
    own = frame.reporter is not None and frame.reporter == frame.partner and len(frame.reporter) == CODE_LENGTH
    return replace(frame, reporter=None) if own else frame


def kept(line: Line, flows: list[Frame], dense: bool, near: bool) -> list[Frame]:
    """Return those of a line's flows that are an economy's, with what only a possessive names.

    `dense` in an article that speaks mostly of trade, `near` right behind a sentence on it.
    """
    if not flows:
        return []
    found = folds.compared(
        line, folds.merged(line, [frame for frame in flows if not is_bare(line, frame, dense, near)])
    )
    return sorted([*found, *folds.elliptic(line, found)], key=lambda frame: frame.at)


def _of_all(line: Line, at: int) -> bool:
    """Tell whether a sentence speaks of all partners together: All told, the country sold; the account as a whole."""
    return line.items[0].is_("total") or any(
        k < at and line.items[k].is_("total", "whole") and not (k and line.items[k - 1].period)
        for k in line.where("total")
    )


def _flows(line: Line) -> Iterator[tuple[int, str]]:
    for i in line.where(*FLOW_SECTIONS):
        item = line.items[i]
        flow = next(filter(None, map(item.meaning, FLOW_SECTIONS)), None)
        if flow and not item.is_("not_flow"):
            yield i, flow


def _frame(line: Line, i: int, word: str) -> Frame:
    flow = "balance" if word in SIGNS else word
    verb = line.items[i].is_("verb_flow")
    bare = Frame(i, flow, SIGNS.get(word, 1), verb=verb, weak=line.items[i].is_("weak_flow"))
    return verbs.read(line, bare) if verb else nouns.read(line, bare)


def _led(line: Line, frame: Frame) -> Frame:
    """Return a flow with the partner that opens its sentence, or that is said to be its market or supplier.

    With Mexico, trade came to; Canada was the largest market for U.S. exports.
    """
    if frame.partner or not line.items:
        return frame
    opening = _opening(line)
    if opening and opening[0] < frame.at and frame.reporter not in opening[1]:
        return partnered(frame, opening[1])
    both = frame.pair or (frame.own and frame.flow == "trade")
    if both and not frame.reporter and (sides := _coupled_before(line, frame.at)):
        return replace(frame, reporter=sides[0], partner=sides[1])
    if frame.pair and not frame.reporter and _role_before(line, frame.at) is not None:
        codes = list(dict.fromkeys(item.area.code for item in line.items[: frame.at] if item.area))
        return replace(frame, reporter=codes[-1], partner=codes[0]) if len(codes) == 2 else frame
    if not (frame.reporter or frame.own or frame.verb or frame.pair) and (sides := _market(line, frame.at)):
        return replace(frame, reporter=sides[0], partner=sides[1])
    if frame.reporter and not frame.verb and (role := _role_before(line, frame.at)) is not None:
        owner = subject(line, role)
        return replace(frame, partner=owner) if owner not in (None, frame.reporter) else frame
    return frame


def _opening(line: Line) -> tuple[int, list[str]] | None:
    """Return the parties that a sentence opens with (With Mexico; Against the U.S.; - Asia:), and where they end."""
    first = next((k for k, item in enumerate(line.items) if not item.mark), 0)
    named = next(((k, item.area.code) for k, item in enumerate(line.items) if item.area), None)
    if named is None:
        return None
    at, code = named
    colon = line.at(at + 1)
    if at <= first + 1 and colon is not None and colon.text == ":" and not _is_dateline(line, at):
        return at, [code]
    if line.items[first].is_("place", "with", "to", "from"):
        parties = [party for party in parties_behind(line, first) if party != OTHER_SIDE]
        return (at, parties) if parties and not possessive(line, at) else None
    return None


def _is_dateline(line: Line, at: int) -> bool:
    """Tell whether a name before a colon is where a report was filed: KUALA LUMPUR: Malaysia's exports."""
    here = line.items[at]
    again = any(item.area and here.area and item.area.code == here.area.code for item in line.items[at + 1 :])
    return again or (here.text.isupper() and len(here.text) > DATELINE)


def _role_before(line: Line, at: int) -> int | None:
    """Return the item that says what an economy is to a flow: the largest market for U.S. exports."""
    near = (k for k in reversed(line.where("role")) if 0 < at - k <= ROLE_REACH)
    return next(near, None)


def _coupled_before(line: Line, at: int) -> tuple[str, str] | None:
    """Return the two economies that a sentence begins with side by side: Yerevan and Tbilisi talk of mutual trade."""
    places = [k for k, item in enumerate(line.items[:at]) if item.area and item.area.code != WORLD]
    if len(places) != 2 or not coupled(line, places[0], places[1]):
        return None
    first, second = (line.items[k].area for k in places)
    return (first.code, second.code) if first and second and first.code != second.code else None


def _market_for(line: Line, role: int) -> tuple[str, str] | None:
    """Return (owner, partner) where the goods stand behind the market: the US is the market for Indian goods."""
    tie, goods = line.at(role + 1), line.at(role + 2)
    partner = subject(line, role)
    if not (tie and tie.is_("holder") and goods and goods.area) or partner in (None, goods.area.code):
        return None
    return (goods.area.code, partner) if partner and line.items[role].is_("role", "exports") else None


def _market(line: Line, at: int) -> tuple[str, str] | None:
    """Return (owner, partner) of a market named before a flow: the US was Chile's biggest market, with 30 %."""
    role = _role_before(line, at)
    if role is None:
        return None
    owner = next((k for k, item in line.leftward(role) if item.area and possessive(line, k)), None)
    if owner is None:
        return _market_for(line, role)
    partner = subject(line, owner)
    whose = line.items[owner].area
    if whose is None or partner in (None, whose.code) or whose.code == WORLD:
        return None
    return (partner, whose.code) if line.items[role].is_("role", "imports") else (whose.code, partner)
