"""Line -> the flows it speaks of: which, whose, with whom, of what; as far as the words around say."""

from collections.abc import Iterator
from dataclasses import replace

from etl.extraction.claims import nouns, verbs
from etl.extraction.claims.frame import HOME, OTHER_SIDE, PARTNER_TIES, THERE, WORLD, Frame, joined, partnered
from etl.extraction.claims.line import Item, Line
from etl.extraction.claims.parties import INSIDE_NOUN, coupled, is_word, parties_behind, possessive, subject

FLOW_SECTIONS = ("flow", "weak_flow", "bare_flow", "stands", "verb_flow")
SIGNS = {"surplus": 1, "deficit": -1, "balance": 1, "difference": 0}
OPPOSITE = {"exports": "imports", "imports": "exports"}
DATELINE = 4  # letters that a name written in capitals has at most, when it is no dateline: EU, ASIA
NOISE_REACH = 3  # items on each side of a balance that say what it is of
OBJECT_REACH = 6  # items that the goods behind a verb or a flow may take
ROLE_REACH = 9  # how far before a flow an economy may be called its market


def find(line: Line, dense: bool) -> list[Frame]:
    """Return the flows of a line, in order; `dense` in an article that speaks mostly of trade."""
    return kept(line, named(line), dense, near=False)


def named(line: Line) -> list[Frame]:
    """Return the flows that the words of a line may name, whatever its article speaks of."""
    found = (_led(line, _frame(line, i, flow)) for i, flow in _flows(line))
    return [frame if frame.partner or not _of_all(line, frame.at) else replace(frame, overall=True) for frame in found]


def kept(line: Line, flows: list[Frame], dense: bool, near: bool) -> list[Frame]:
    """Return those of a line's flows that are an economy's, with what only a possessive names.

    `dense` in an article that speaks mostly of trade, `near` right behind a sentence on it.
    """
    if not flows:
        return []
    found = _compared(line, _merged(line, [frame for frame in flows if not _is_bare(line, frame, dense, near)]))
    return sorted([*found, *_elliptic(line, found)], key=lambda frame: frame.at)


def _of_all(line: Line, at: int) -> bool:
    """Tell whether a sentence speaks of all partners together: All told, the country sold; the account as a whole."""
    return line.items[0].is_("total") or any(
        item.is_("total", "whole") and not (k and line.items[k - 1].period) for k, item in enumerate(line.items[:at])
    )


def _elliptic(line: Line, named: list[Frame]) -> Iterator[Frame]:
    """Yield the flows that only a possessive names: Thailand's gap with the U.S. widened while Vietnam's soared."""
    for k, item in enumerate(line.items):
        if item.is_("those"):
            yield from _with_another(line, k, named)
        owner, after = line.at(k - 1), line.at(k + 1)
        if not item.possesses or not (owner and owner.area):
            continue
        after = line.at(k + 2) if after and after.is_("overall") else after
        if after is None or not (
            after.is_("change") or after.is_("relation", "to", "by") or after.is_("boundary") or after.mark
        ):
            continue
        before = next((frame for frame in reversed(named) if frame.at < k and not frame.verb), None)
        if before and any(word.is_("share", "before") for word in line.items[: before.at]):
            yield replace(before, at=k, partner=owner.area.code)  # another's share of the same whole
        elif before and before.reporter != owner.area.code:
            partner = before.partner if before.partner != owner.area.code else None
            yield replace(before, at=k, reporter=owner.area.code, partner=partner, own=False, pair=False)


def _with_another(line: Line, k: int, named: list[Frame]) -> Iterator[Frame]:
    """Yield the flow named before with the partner that a pronoun ties to it: those with Africa."""
    before = next((frame for frame in reversed(named) if frame.at < k and not frame.verb), None)
    after = line.at(k + 1)
    if before and after and after.is_("place", *PARTNER_TIES[before.flow]):
        parties = [code for code in parties_behind(line, k + 1) if code not in (OTHER_SIDE, HOME, THERE)]
        if parties:
            yield replace(before, at=k, partner=joined(parties), overall=False)


def _is_bare(line: Line, frame: Frame, dense: bool, near: bool) -> bool:
    """Tell whether the words around a flow are too few to make it an economy's.

    In an article that speaks mostly of trade, a word that firms use too (sales, sold, gap) states one by itself.
    """
    item = line.items[frame.at]
    if _is_name(line, frame.at):
        return True
    if frame.verb and frame.flow == "trade":
        return not (frame.partner or frame.pair or (dense and _of_goods(line, frame.at)))
    tied = frame.partner or frame.pair
    if item.is_("takes") and _takes_share(line, frame.at):
        return True
    if item.is_("loose_verb") and frame.at and line.items[frame.at - 1].is_("noise"):
        return True
    if item.is_("loose_verb"):
        worth = tied or _worth_behind(line, frame.at)
        return not (dense or _abroad_behind(line, frame.at) or (worth and _acts_itself(line, frame)))
    if item.is_("weak_flow"):
        return not (dense or tied or _abroad_behind(line, frame.at))
    if item.is_("stands") and item.is_("degree") and not _ends_an_economy(line, frame.at):
        return True
    if item.is_("bare_flow") or item.is_("stands"):
        other = _noise_near(line, frame.at) or any(word.is_("account") for word in line.items)
        return not (tied or frame.coverage) and (not (dense or near) or other)
    if item.text.casefold() == frame.flow and frame.flow == "trade" and any(word.is_("market") for word in line.items):
        return True
    if frame.flow != "trade" or item.end - item.start > len(item.text):
        return False
    spoken = any(word.is_("anaphor", "pair") for word in line.items[: frame.at])
    return not (dense or tied or spoken or frame.reporter or frame.own or frame.overall)


def _acts_itself(line: Line, frame: Frame) -> bool:
    """Tell whether an economy stands right before its verb: Taiwan bought; not London-listed Shell said it would buy."""
    for _, item in line.leftward(frame.at):
        if item.area:
            return item.area.code == frame.reporter
        if not (item.is_("overall") or item.is_("auxiliary") or item.is_("status") or item.is_("apart") or item.period):
            return False
    return False


def _takes_share(line: Line, at: int) -> bool:
    """Tell whether a verb only says who takes a part in percent: Japan bought 21 pct."""
    figure = next(
        (item.quantity for _, item in line.rightward(at) if not (item.is_("overall") or item.is_("apart"))), None
    )
    return figure is not None and figure.unit == "%"


def _worth_behind(line: Line, at: int) -> bool:
    """Tell whether a verb moves goods of a stated worth: Ecuador shipped shrimp worth $6bn."""
    behind = line.items[at + 1 : at + 1 + OBJECT_REACH]
    return any(item.is_("worth") for item in behind) and any(item.quantity for item in behind)


def _abroad_behind(line: Line, at: int) -> bool:
    """Tell whether sales are said to be abroad: sales of whisky abroad."""
    for k, item in line.rightward(at):
        if item.quantity or item.mark or k - at > OBJECT_REACH:
            return False
        if item.is_("abroad"):
            return True
    return False


def _of_goods(line: Line, at: int) -> bool:
    """Tell whether goods stand before a verb as what is exchanged: goods worth $5bn went back and forth."""
    return any(item.is_("coverage") for item in line.items[:at])


def _is_name(line: Line, at: int) -> bool:
    """Tell whether a flow word is a part of a name: Setia Exports."""
    word, before = line.items[at].text, line.at(at - 1)
    return word.istitle() and bool(before and before.mention is None and not before.tags and before.text.istitle())


def _noise_near(line: Line, at: int) -> bool:
    """Tell whether the words beside one speak of something else than trade."""
    return any(item.is_("noise") for item in line.items[max(0, at - NOISE_REACH) : at + NOISE_REACH + 1])


def _ends_an_economy(line: Line, at: int) -> bool:
    """Tell whether it is an economy itself that a figure leaves short: the country was $5bn short."""
    figure = line.back(at, lambda item: not item.quantity)
    verb = line.back(at, lambda item: bool(item.quantity) or item.is_("overall") or item.text in ("(", ")"))
    if figure <= verb:
        return False
    owner = line.at(verb - 1)
    return line.items[verb].is_("relation", "to") and bool(owner and (owner.area or owner.is_("anaphor", "place")))


def _compared(line: Line, found: list[Frame]) -> list[Frame]:
    """Fold a purchase that is compared with a sale into the balance: bought $6bn more from China than it sold."""
    folded: list[Frame] = []
    for frame in found:
        first = folded[-1] if folded else None
        if not (first and first.verb and frame.verb and OPPOSITE.get(first.flow) == frame.flow):
            folded.append(frame)
            continue
        more = [item for item in line.items[first.at : frame.at] if item.is_("degree") and not item.is_("particle")]
        than = line.back(frame.at, lambda item: bool(item.area) or item.is_("figure") or item.is_("verb_flow"))
        if not more or not line.items[than].is_("reference", "base"):
            folded.append(frame)
            continue
        sign = 1 if (first.flow == "exports") == more[0].is_("degree", "up") else -1
        partner = first.partner or frame.partner
        folded[-1] = replace(first, flow="balance", sign=sign, partner=partner, compared=frame.at)
    return folded


def _flows(line: Line) -> Iterator[tuple[int, str]]:
    for i, item in enumerate(line.items):
        if not item.tags or item.is_("not_flow"):
            continue
        flow = next(filter(None, map(item.meaning, FLOW_SECTIONS)), None)
        if flow:
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
    if frame.pair and not frame.reporter and (sides := _coupled_before(line, frame.at)):
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
    near = (k for k, item in line.leftward(at) if item.is_("role") and at - k <= ROLE_REACH)
    return next(near, None)


def _coupled_before(line: Line, at: int) -> tuple[str, str] | None:
    """Return the two economies that a sentence begins with side by side: Yerevan and Tbilisi talk of mutual trade."""
    places = [k for k, item in enumerate(line.items[:at]) if item.area and item.area.code != WORLD]
    if len(places) != 2 or not coupled(line, places[0], places[1]):  # noqa: PLR2004
        return None
    first, second = (line.items[k].area for k in places)
    return (first.code, second.code) if first and second and first.code != second.code else None


def _market(line: Line, at: int) -> tuple[str, str] | None:
    """Return (owner, partner) of a market named before a flow: the US was Chile's biggest market, taking 30 % of exports."""
    role = _role_before(line, at)
    owner = None if role is None else line.back(role, lambda item: not item.area)
    if role is None or owner is None or owner < 0 or not possessive(line, owner):
        return None
    partner = subject(line, owner)
    whose = line.items[owner].area
    if whose is None or partner is None or partner == whose.code:
        return None
    return (partner, whose.code) if line.items[role].is_("role", "imports") else (whose.code, partner)


def _merged(line: Line, found: list[Frame]) -> list[Frame]:
    """Fold a flow that only says where a balance arises into the balance: a surplus in goods trade with China."""
    kept: list[Frame] = []
    for frame in found:
        balance = kept[-1] if kept else None
        if balance and (whole := _both_ways(line, balance, frame)):
            kept[-1] = whole
        elif balance and frame.verb and _is_between(line, balance, frame):
            partner = balance.partner if balance.partner != frame.reporter else None
            kept[-1] = replace(balance, reporter=balance.reporter or frame.reporter, partner=partner)
        elif balance and balance.flow == "balance" and not frame.verb and _hangs_on(line, balance.at, frame):
            kept[-1] = _folded(balance, frame)
        else:
            kept.append(frame)
    return kept


def _both_ways(line: Line, one: Frame, other: Frame) -> Frame | None:
    """Return the trade that purchases from and sales to an economy are together."""
    inner = line.items[one.at + 1 : other.at]
    joined = len(inner) == 2 and inner[0].is_("place") and inner[1].is_("relation", "and")  # noqa: PLR2004
    if not joined or OPPOSITE.get(one.flow) != other.flow:
        return None
    return replace(other, flow="trade", reporter=one.reporter or other.reporter, own=one.own)


def _is_between(line: Line, balance: Frame, frame: Frame) -> bool:
    """Tell whether a balance is said to be between what is bought and what is sold."""
    after = line.at(balance.at + 1)
    figure = line.any_between(balance.at, frame.at, lambda item: bool(item.quantity))
    return balance.flow == "balance" and not figure and bool(after and after.is_("place", "between"))


def _folded(balance: Frame, frame: Frame) -> Frame:
    partner = balance.partner if balance.partner != frame.reporter else None
    return replace(
        balance,
        reporter=balance.reporter or frame.reporter,
        partner=partner or frame.partner,
        coverage=balance.coverage or frame.coverage,
        overall=balance.overall or frame.overall,
    )


def _hangs_on(line: Line, at: int, frame: Frame) -> bool:
    inner = line.items[at + 1 : frame.at]
    if inner and inner[0].is_("place", "of") and any(item.quantity for item in inner):
        last = max(k for k, item in enumerate(inner) if item.quantity)
        inner = inner[last + 1 :]
    if not inner or len(inner) > 6:
        return not inner and frame.flow == "trade"
    linked = inner[0].is_("place", "in", "of", "between") or inner[0].is_("relation", "in")
    odd = [
        item
        for item in inner
        if not (item.area or item.is_("overall") or item.is_("coverage") or item.is_("anaphor") or _links(item))
    ]
    earned = inner[0].area is not None and len(odd) == 1 and is_word(odd[0])
    return (linked and not odd) or earned


def _links(item: Item) -> bool:
    return (
        item.is_("place", "in", "of", "between")
        or item.is_("relation", "in", "and")
        or item.is_flow
        or item.text in INSIDE_NOUN
        or item.possesses
    )
