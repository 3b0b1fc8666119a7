"""Which flow a quantity belongs to: one that follows it as its noun, the nearest before, or the one last spoken of."""

from dataclasses import dataclass

from etl.extraction.claims import governors, partners
from etl.extraction.claims.frame import Frame
from etl.extraction.claims.line import Item, Line
from etl.extraction.claims.measure import Reading
from etl.extraction.claims.parties import inside_noun, is_aside, is_word

NOUN_REACH = 8
SUBJECT_REACH = 5  # how far behind a figure the verb of its relative clause may stand
CURRENCY = 3  # letters of a currency's code
WHOLE_REACH = 10  # items behind "of" that may name the flow of which a percentage is a part
WHOLES = ("flow", "bare_flow", "weak_flow", "verb_flow", "figure", "total", "those", "whole")
LATER_REACH = 8
OPENING_REACH = 6  # how far behind a comma the flow of an opening figure may stand: at $5bn, exports were


@dataclass(frozen=True, slots=True)
class Attachment:
    """A quantity's frame, the rule that tied it, and whether it came from an earlier sentence."""

    frame: Frame
    rule: str
    inherited: bool = False
    switched: bool = False


def attach(line: Line, i: int, reading: Reading, frames: list[Frame], last: Frame | None) -> Attachment | None:
    """Return the frame of the quantity at item `i`; `last` is the frame last spoken of. None: no trade flow."""
    if _noise_behind(line, i) or governors.is_of_rate(line, i):
        return None
    following = None if _owned_before(line, i, frames) else _following(line, i, frames) or _acted_on(line, i, frames)
    if following:
        return None if following.foreign else Attachment(following, "flow behind its figure")
    preceding = next((frame for frame in reversed(frames) if frame.at < i), None)
    sold = preceding is not None and preceding.verb
    if not sold and (moved := _moved(line, i, frames)):
        return Attachment(moved, "goods worth it moved")
    if _noise_before(line, i, preceding.at if preceding else -1):
        return None
    if preceding:
        return _to_preceding(line, i, reading, preceding)
    later = next((frame for frame in frames if frame.at > i and _same_clause(line, i, frame.at)), None)
    if later:
        return Attachment(later, "flow later in its clause")
    if last is not None:
        return Attachment(last, "flow last spoken of", inherited=True)
    return None


def _moved(line: Line, i: int, frames: list[Frame]) -> Frame | None:
    """Return the verb behind a figure that moves the goods it is the worth of: goods worth $5bn were sold to Japan."""
    tie = governors.link(line, i)
    worth, goods = line.at(tie), line.at(tie - 1)
    if not (worth and worth.is_("worth") and goods and goods.is_("coverage")):
        return None
    return next((frame for frame in frames if frame.at > i and frame.verb and _same_clause(line, i, frame.at)), None)


def _to_preceding(line: Line, i: int, reading: Reading, preceding: Frame) -> Attachment | None:
    if preceding.foreign or _is_taxed(line, preceding.at) or _is_levied(line, i, reading):
        return None
    if reading.measure == "share" and _of_another_whole(line, i):
        return None
    other = partners.switched(line, i, preceding)
    return Attachment(other or preceding, "flow before its figure", switched=other is not None)


def _owned_before(line: Line, i: int, frames: list[Frame]) -> bool:
    """Tell whether a quantity is said to be that of the flow right before it: a surplus of $5bn in its trade."""
    at = governors.link(line, i)
    tie = line.at(at)
    return bool(tie and tie.is_("place", "of")) and any(frame.at == at - 1 for frame in frames)


def _following(line: Line, i: int, frames: list[Frame]) -> Frame | None:
    """Return the flow that a quantity measures as a noun phrase: $5bn of imports, a 3 % rise in exports."""
    if not frames or frames[-1].at < i:
        return None
    tied = False
    inside = line.at(i + 1)
    i = i + 1 if inside and inside.text == ")" else line.over_bracket(i)
    closed = 0
    owned = False
    for k, item in line.rightward(i):
        closed = max(closed, line.over_bracket(k - 1))
        owned = owned or (tied and item.possesses)
        if (tied and k <= closed) or (owned and item.is_("relation", "and")):
            continue  # India's finished and semis (finished) steel imports
        frame = next((frame for frame in frames if frame.at == k), None)
        if frame and not frame.verb:
            return frame if tied or _is_noun_phrase(line, i, k) else None
        if k - max(i, closed) > NOUN_REACH or _blocks(line, k, tied) or item.is_("particle"):
            return None
        tied = (
            tied
            or item.is_("place", "of", "in", "to")
            or item.is_("relation", "in")
            or (item.is_("degree") and item.meaning("change") is not None)
        )
    return None


def _acted_on(line: Line, i: int, frames: list[Frame]) -> Frame | None:
    """Return the verb that a figure is the object of: $5bn was earned abroad, the $5bn that Chile bought."""
    if not any(frame.verb for frame in frames):
        return None
    start = line.over_bracket(i)
    first = line.at(start + 1)
    if first is None:
        return None
    for k, item in line.rightward(start):
        frame = next((frame for frame in frames if frame.at == k and frame.verb), None)
        if frame:
            passive = k == start + 1 or (k == start + 2 and first.is_("relation", "to"))
            return frame if passive or first.is_("relative") else None
        subject = item.area or item.is_("anaphor") or item.is_("article") or item.is_("coverage") or is_word(item)
        if k - start > SUBJECT_REACH or not (subject or k == start + 1):
            return None
    return None


def _is_noun_phrase(line: Line, i: int, k: int) -> bool:
    """Tell whether only words that can stand before a noun lie between: a 170 billion dlr U.S. trade deficit."""
    return not line.any_between(i, k, lambda item: item.is_("place") or item.is_("relation") or item.is_("article"))


def _blocks(line: Line, k: int, tied: bool) -> bool:
    item = line.items[k]
    if item.quantity or (item.mark and not inside_noun(line, k)):
        return True
    if item.is_("boundary") or item.is_("credit") or item.is_("relation", "and"):
        return True
    if item.is_("reference", "base") or item.is_("noise"):
        return True
    if item.is_("holder") and not line.items[min(k + 1, len(line.items) - 1)].is_flow:
        return True
    if item.is_("place", "by") or item.is_("reason"):
        return True
    moves = item.is_("change", "up", "down")
    return moves and (tied or not item.is_("degree"))


def _noise_behind(line: Line, i: int) -> bool:
    """Tell whether what follows says that the number measures something else: 25 % tariffs, $5bn of investment."""
    if not line.has("noise", "not_flow"):
        return False
    for k, item in line.rightward(i):
        if item.quantity or item.mark or item.is_flow or item.is_("boundary") or k - i > 4:
            return False
        if item.is_("within") and not _names_whole(item):
            return False
        if item.is_("noise") or item.is_("not_flow"):
            return not (k - i > 1 and line.items[k - 1].is_("within") and not _names_whole(line.items[k - 1]))
        if item.is_("relation", "and", "by", "to") or item.is_("reference"):
            return (
                any(word.is_("noise") for word in line.items[k + 1 : k + 3])
                and item.is_("relation", "to")
                and k == i + 1
            )
    return False


def _names_whole(item: Item) -> bool:
    """Tell whether a preposition leads to what a figure is of: 5 % of, $5bn in; not on."""
    return item.is_("place", "of") or (item.is_("place", "in") and item.is_("relation", "in"))


def _noise_before(line: Line, i: int, stop: int) -> bool:
    """Tell whether another subject stands between the flow and the quantity: exports rose and prices fell 5 %."""
    if not line.has("noise"):
        return False
    for k, item in line.leftward(i):
        if k <= stop:
            return False
        told = item.is_("noise") and not is_aside(line, k, i)
        if told and (not _hangs(line, k) or _is_its_measure(line, k, _beside(line, i))):
            return True
    return False


def _hangs(line: Line, k: int) -> bool:
    """Tell whether a word depends on a preposition right before it."""
    return any(word and word.is_("within") for word in (line.at(k - 1), line.at(k - 2)))


def _beside(line: Line, i: int) -> int:
    """Return the amount that a quantity stands in apposition to: revenues of $5bn in 2024, 19 % higher; else `i`."""
    before = line.back(i, lambda item: item.text == "," or bool(item.period) or item.is_("relation", "in"))
    apposed = before >= 0 and line.items[before].quantity is not None and line.items[i - 1].text == ","
    return before if apposed else i


def _is_its_measure(line: Line, k: int, i: int) -> bool:
    """Tell whether a quantity is right behind a word as its measure: tariffs of 25 %."""
    between = line.items[k + 1 : i]
    return len(between) <= 1 and all(item.is_("place", "of") for item in between)


def _of_another_whole(line: Line, i: int) -> bool:
    """Tell whether a share is of something else than a flow: 70 % of its supply."""
    of = line.at(i + 1)
    if of is None or not (of.is_("place", "of", "to") or of.is_("anaphor", "reporter")):
        return False
    if of.is_("place", "to"):
        return any(_is_firm(line, k) for k in range(i + 2, min(i + 2 + NOUN_REACH, len(line.items))))
    for k, item in line.rightward(i + 1):
        if _is_firm(line, k):
            return True
        if item.quantity:
            return len(item.quantity.unit or "") != CURRENCY
        if item.is_("boundary") or (item.mark and not (item.possesses or inside_noun(line, k))):
            return True
        if any(item.is_(section) for section in WHOLES):
            return False
        if k - i > WHOLE_REACH:
            return True
    return True


def _is_firm(line: Line, k: int) -> bool:
    """Tell whether an item is a firm, or the ending of its name or a person's: Toyota's."""
    item, owner = line.items[k], line.items[k - 1]
    named = owner.mention is None and not owner.tags and owner.text[0].isupper()
    return item.is_("company") or (item.possesses and named)


def _is_taxed(line: Line, at: int) -> bool:
    """Tell whether a flow is only what another thing is laid on: tariffs on imports of steel."""
    if not line.has("noise"):
        return False
    for k, item in line.leftward(at):
        if at - k > NOUN_REACH or item.quantity or item.mark or item.is_("boundary"):
            return False
        if item.is_("noise"):
            return line.any_between(k, at, lambda between: between.is_("within") and not between.is_("place", "of"))
    return False


def _is_levied(line: Line, i: int, reading: Reading) -> bool:
    """Tell whether a percentage is a rate laid on trade: a 25 % tariff, as well as 10 % on goods from China."""
    quantity = line.items[i].quantity
    if quantity is None or quantity.unit != "%" or reading.measure == "share" or not line.has("levy"):
        return False
    near = line.items[max(0, i - governors.REACH) : i + LATER_REACH]
    moved = governors.mover(line, i) is not None or governors.restates(line, i)
    after = line.at(i + 1)
    return (any(item.is_("levy") for item in near) or bool(after and after.is_("laid"))) and not moved


def _same_clause(line: Line, i: int, k: int) -> bool:
    """Tell whether a flow follows in the same clause, near and tied by no preposition: up 3 %, exports reached."""
    goods = line.at(governors.link(line, i))
    if goods and goods.is_("worth"):
        return not line.any_between(i, k, lambda item: item.is_("boundary") or item.text in (";", ",", ":"))
    opened = line.over_bracket(i)
    comma = line.at(opened + 1)
    if comma and comma.text == ":":
        return False
    if comma and comma.text == "," and k - opened <= OPENING_REACH:
        return not any(item.quantity or item.is_("boundary") or item.is_("when") for item in line.items[opened + 2 : k])
    inner = line.items[i + 2 : k]
    return k - i <= LATER_REACH and not any(_separates(item) for item in inner)


def _separates(item: Item) -> bool:
    weak = item.is_("within") or item.is_("reference") or item.is_("noise")
    return item.is_("boundary") or item.mark or bool(item.quantity) or weak
