"""The words that govern a quantity: what moves it, compares it, leads to it."""

from etl.extraction.claims.line import Item, Line
from etl.extraction.claims.parties import possessive
from etl.model import Quantity

BRACKETS = ("(", ")", ",")
DASHES = ("-", "–", "—")
REACH = 10  # how many items may stand between a figure and the word that moves it
THOSE_REACH = 4  # items in which a pronoun for a flow and its partner stand


def link(line: Line, i: int) -> int:
    """Return the index of the word that governs a quantity: over qualifiers, fillers and times; -1 if none."""
    if i not in line.links:
        line.links[i] = line.back(i, _passes)
    return line.links[i]


def _passes(item: Item) -> bool:
    """Tell whether an item adds nothing between a figure and the word that governs it."""
    if item.period or item.possesses:
        return True
    if item.mention is not None:
        return False
    if not item.tags:
        return not item.mark
    plain = item.is_("overall") or item.is_("record") or item.is_("status") or item.is_("adjustment")
    return plain and not item.mark and not item.is_("change")


def degree_behind(line: Line, i: int, particles: bool) -> int | None:
    """Return the direction of a comparison right behind a quantity: 5 % more, a $2bn drop in; 5 % up on."""
    if not line.has("degree"):
        return None
    i = _behind_bracket(line, _behind_restated(line, i))
    for k in range(i + 1, min(i + 4, len(line.items))):
        item = line.items[k]
        if item.mark or item.quantity:
            return None
        if item.is_("degree") and item.is_("particle"):
            return _sign(item) if particles and not _leads_on(line, k) else None
        if item.is_("degree"):
            return _sign(item)
        if item.tags or item.mention:
            return None
    return None


def _behind_restated(line: Line, i: int) -> int:
    """Return the last item of what says a growth again: 8.6 percent, or 3.3 billion riyals, ahead of; or `i`."""
    if getattr(line.items[i].quantity, "unit", None) != "%":
        return i
    commas = [item.text == "," for item in line.items[i + 1 : i + 2]]
    at = i + 2 if any(commas) else i + 1
    either, figure = line.at(at), line.at(at + 1)
    if not (either and figure and either.is_("relation", "or") and figure.quantity):
        return i
    closing = line.at(at + 2)
    return at + 2 if any(commas) and closing and closing.text == "," else at + 1


def _sign(item: Item) -> int:
    return 1 if item.is_("degree", "up") else -1


def _leads_on(line: Line, k: int) -> bool:
    """Tell whether a particle says the direction of the next figure, not of the one before: $5bn, up 3 %."""
    follower = line.at(k + 1)
    return bool(follower and (follower.quantity or follower.is_("relation", "by")))


def _behind_bracket(line: Line, i: int) -> int:
    """Return the index of the last item before what follows a quantity: R5,2 billion (12,77 %) higher."""
    after = line.at(i + 1)
    return i + 1 if after and after.text in (")", "-") else line.over_bracket(i)


def mover(line: Line, i: int) -> tuple[int, int] | None:
    """Return (index, direction) of the nearest word of change before a quantity, within its clause."""
    if not line.has("change"):
        return None
    for k, item in line.leftward(i):
        if i - k > REACH or item.text == ";" or (item.is_("boundary") and not _goes_on_by(line, k, i)):
            return None
        if item.quantity and not _linked(line, k, i):
            return None
        if item.is_("change", "up", "down"):
            return k, 1 if item.is_("change", "up") else -1
    return None


def _goes_on_by(line: Line, k: int, i: int) -> bool:
    """Tell whether a contrast goes on with the word of change before it: rose, but only by 5 %."""
    contrast = line.back(i - 1, lambda item: _passes(item) or item.text in DASHES or item.is_("degree"))
    return line.items[i - 1].is_("relation", "by") and contrast == k


def _linked(line: Line, k: int, i: int) -> bool:
    """Tell whether two quantities say one thing: 2.6bn or nine pct, 5 % to 6bn, 11 bn (5 %)."""
    return all(
        item.quantity
        or item.period
        or item.is_("relation", "or", "by", "to", "in")
        or item.is_("reference")
        or item.text in BRACKETS
        or _passes(item)
        for item in line.items[k + 1 : i]
    )


def is_of_area(line: Line, i: int) -> bool:
    """Tell whether an economy itself moves: the region grew by 5.5 %; not those to China."""
    at = mover(line, i)
    before = line.at(at[0] - 1) if at else None
    if at and any(item.is_("those") for item in line.items[max(0, at[0] - THOSE_REACH) : at[0]]):
        return False
    return bool(before and (before.area or before.is_("anaphor", "place")))


def is_of_rate(line: Line, i: int) -> bool:
    """Tell whether it is a currency that moves by a percentage: the euro dipped 0.5 %."""
    quantity, at = line.items[i].quantity, mover(line, i)
    if quantity is None or quantity.unit != "%" or at is None or at[0] == 0:
        return False
    subject = line.items[at[0] - 1]
    tokens = line.sentence.tokens
    return subject.mention is None and any(
        tokens[entry.last].end == subject.end for entry in line.sentence.of("currencies")
    )


def is_of_currency(line: Line, i: int) -> bool:
    """Tell whether a currency stands before a growth as what moves: the dollar fell 0.7 %."""
    start = line.items[i].start
    named = line.sentence.of("currencies")
    terms = {entry.first for entry in line.sentence.of("terms")}
    amounts = [item for item in line.items if item.quantity]
    for entry in named:
        token = line.sentence.tokens[entry.first]
        free = not any(item.start <= token.start < item.end for item in amounts)
        if free and token.start < start and token.key.isalpha() and entry.last + 1 not in terms:
            return True
    return False


def is_base(line: Line, i: int) -> bool:
    """Tell whether others are compared with the quantity at item `i`: from $5bn, 20 % above the $5bn of 2021."""
    at = link(line, i)
    governor, before = line.at(at), line.at(at - 1)
    if governor is None:
        return False
    if governor.text == "(" and before and before.period:  # more than in 2023 ($89.4bn)
        tie = line.at(link(line, at))
        return bool(tie and tie.is_("reference", "base"))
    if governor.is_("relation", "and"):
        earlier = next(
            (k for k, item in line.leftward(at) if item.quantity or item.is_flow or item.is_("change")), None
        )
        return earlier is not None and _same_unit(line, earlier, i) and is_base(line, earlier)
    if governor.is_("place", "of") and before is not None and before.is_("record"):
        compared = line.at(line.back(at, lambda item: item.is_("record") or _passes(item)))
        return bool(compared and compared.is_("reference", "base"))  # than the record of $5bn
    if governor.is_("ellipsis") and before is not None and (before.text == "," or before.is_("relation", "and")):
        return False  # shipments fell 2 %, those of cars 9 %
    return governor.is_("reference", "base") or (governor.is_("versus") and bool(before and before.quantity))


def _same_unit(line: Line, i: int, j: int) -> bool:
    """Tell whether two items are quantities of one unit."""
    one, other = line.items[i].quantity, line.items[j].quantity
    return bool(one and other and one.unit == other.unit and one.unit != "%")


def to_or_from(line: Line, i: int) -> bool:
    """Tell whether a quantity is an end of a move: to $5bn, from $5bn, compared with Australia's 19 percent."""
    at = link(line, i)
    owner = line.at(at)
    governor = line.at(link(line, at)) if owner and owner.area and possessive(line, at) else owner
    if governor is None:
        return False
    return governor.is_("relation", "to") or governor.is_("reference", "base") or governor.is_("versus")


def restates(line: Line, i: int) -> bool:
    """Tell whether a quantity says the one before it again: 1.8 billion, or 23 per cent."""
    governor = line.at(link(line, i))
    return bool(governor and governor.is_("relation", "or"))


def goes_on(line: Line, i: int) -> bool:
    """Tell whether a figure goes on with a list: nothing moves between the one before and it."""
    for _, item in line.leftward(i):
        if item.quantity:
            return True
        if item.is_("change") or item.is_flow or item.is_("boundary"):
            return False
    return False


def close_mover(line: Line, i: int) -> bool:
    """Tell whether a word of change stands right before a quantity: fell 5 %, rose by $2bn."""
    governor = line.at(link(line, i))
    return bool(governor and (governor.is_("change", "up", "down") or governor.is_("relation", "by")))


def listed_move(line: Line, i: int) -> int | None:
    """Return the direction of the moves that a sentence lists: Gains were seen for metals ($5bn) and cars ($3bn)."""
    first = next((item for item in line.items if not (item.mark or item.is_("article"))), None)
    if first is None or not first.is_("change", "up", "down") or any(item.is_flow for item in line.items[:i]):
        return None
    return 1 if first.is_("change", "up") else -1


def bracketed(line: Line, i: int) -> bool:
    """Tell whether a quantity stands alone in brackets: $22.7bn (24 %)."""
    before, after = line.at(i - 1), line.at(i + 1)
    return bool(before and after and before.text == "(" and after.text == ")")


def crosses(line: Line, quantity: Quantity) -> bool:
    """Tell whether an amount is a mark that is crossed: surged past $5bn, fell below $5bn."""
    tokens = line.sentence.tokens
    return any(tokens[entry.first].start == quantity.lead for entry in line.sentence.of("thresholds"))


def plus(line: Line, i: int) -> bool:
    """Tell whether a plus is said before a quantity: exports came to $4.8bn (plus 5.4 percent)."""
    start = line.items[i].start
    tokens = line.sentence.tokens
    signs = (entry for entry in line.sentence.of("signs") if entry.meaning == "plus")
    return any(tokens[entry.last + 1].start == start for entry in signs if entry.last + 1 < len(tokens))


def part_of_move(line: Line, i: int) -> int | None:
    """Return the direction of the move that an amount is a part of: $4bn of the gain."""
    if not line.has("change"):
        return None
    start = line.over_bracket(i)
    of, article, noun = (line.at(start + k) for k in (1, 2, 3))
    if (
        of
        and article
        and noun
        and of.is_("place", "of")
        and article.is_("article")
        and noun.is_("change", "up", "down")
    ):
        return 1 if noun.is_("change", "up") else -1
    return None


def degree_of_next(line: Line, i: int) -> int | None:
    """Return the comparison that two figures share: exports were 10 % and imports 8 % higher."""
    joined = line.at(i + 1)
    if joined is None or not joined.is_("relation", "and"):
        return None
    following = next((k for k, item in line.rightward(i) if item.quantity or item.is_("change")), None)
    return None if following is None else degree_behind(line, following, particles=False)
