"""What a quantity measures: a level, a growth, a change or a share; and which way it goes."""

from dataclasses import dataclass

from etl.extraction.claims.line import Item, Line
from etl.model import Quantity

BRACKETS = ("(", ")", ",")
SMALLEST = 1e6  # amounts of money below are prices, not trade statistics
REACH = 10  # how many items may stand between a figure and the word that moves it


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure, its direction (1, -1, or None when no word gives one), its role and the rule that said so.

    A level and a share carry the direction of the growth before them, for those that follow without a word of their own.
    `base` is True for a figure that others are compared with (from $5 billion a year earlier).
    """

    measure: str
    direction: int | None
    base: bool
    rule: str


def read(line: Line, i: int, before: Reading | None) -> Reading | None:
    """Return what the quantity at item `i` measures; `before` is the reading of the quantity before it."""
    quantity = line.items[i].quantity
    if quantity is None or quantity.unit == "physical" or _is_small(quantity):
        return None
    if _counts_things(line, i) or _of_physical(line, i):
        return None
    for rule in RULES:
        reading = rule(line, i, quantity, before)
        if reading:
            return reading
    return None


def _is_small(quantity: Quantity) -> bool:
    """Tell whether an amount of money is too small to be a country's: a price."""
    return len(quantity.unit or "") == 3 and abs(quantity.value) < SMALLEST


def _counts_things(line: Line, i: int) -> bool:
    """Tell whether a growth leads to a number without a currency: rose 5 % to 1.87 mln tons, to 428,977."""
    quantity = line.items[i].quantity
    if quantity is None or quantity.unit != "%":
        return False
    for k, item in line.rightward(i):
        if item.quantity:
            return item.quantity.unit == "physical" and line.items[k - 1].is_("relation", "to")
        if item.text[0].isdigit() and not item.period:
            return line.items[k - 1].is_("relation", "to") or line.items[k - 1].is_("reference", "base")
        if item.mark or item.is_("boundary") or item.is_("relation", "and"):
            return False
    return False


def _of_physical(line: Line, i: int) -> bool:
    """Tell whether a growth is that of a physical quantity right before it: 105,269 tons, up 3 %."""
    quantity = line.items[i].quantity
    if quantity is None or quantity.unit != "%":
        return False
    for _, item in line.leftward(i):
        if item.quantity:
            return item.quantity.unit == "physical"
        if item.is_flow or item.is_("boundary") or item.is_("relation", "and") or item.text == ";":
            return False
    return False


# Words around a quantity ------------------------------------------------------------------------------------------


def _passes(item: Item) -> bool:
    """Tell whether an item adds nothing between a figure and the word that governs it."""
    if item.period or item.text in ("'s", "’s"):
        return True
    if item.mention is not None:
        return False
    plain = not item.tags or item.is_("overall") or item.is_("record") or item.is_("status") or item.is_("adjustment")
    return plain and not item.mark and not item.is_("change")


def link(line: Line, i: int) -> int:
    """Return the index of the word that governs a quantity: over qualifiers, fillers and times; -1 if none."""
    return line.back(i, lambda item: _passes(item))


def _degree_behind(line: Line, i: int, particles: bool) -> int | None:
    """Return the direction of a comparison right behind a quantity: 5 % more, a $2bn drop in; 5 % up on."""
    i = _behind_bracket(line, i)
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


def _sign(item: Item) -> int:
    return 1 if item.is_("degree", "up") else -1


def _leads_on(line: Line, k: int) -> bool:
    """Tell whether a particle says the direction of the next figure, not of the one before: $5bn, up 3 %."""
    follower = line.at(k + 1)
    return bool(follower and (follower.quantity or follower.is_("relation", "by")))


def _behind_bracket(line: Line, i: int) -> int:
    """Return the index of the last item before what follows a quantity: R5,2 billion (12,77 %) higher."""
    after = line.at(i + 1)
    if after and after.text in (")", "-"):
        return i + 1
    if not (after and after.text == "("):
        return i
    return next((k for k, item in line.rightward(i) if item.text == ")"), i)


def _mover(line: Line, i: int) -> tuple[int, int] | None:
    """Return (index, direction) of the nearest word of change before a quantity, within its clause."""
    for k, item in line.leftward(i):
        if i - k > REACH or item.is_("boundary") or item.text in (";",):
            return None
        if item.quantity and not _linked(line, k, i):
            return None
        if item.is_("change", "up", "down"):
            return k, 1 if item.is_("change", "up") else -1
    return None


def _linked(line: Line, k: int, i: int) -> bool:
    """Tell whether two quantities say one thing: 2.6bn or nine pct, 5 % to 6bn, 11 bn (5 %)."""
    return all(
        item.quantity or item.is_("relation", "or", "by", "to") or item.is_("reference") or item.text in BRACKETS or _passes(item)
        for item in line.items[k + 1 : i]
    )


# The rules, in order ----------------------------------------------------------------------------------------------


def _points(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    if quantity.unit != "pp":
        return None
    return Reading("change", _direction(line, i, before), False, "percentage points")


def _word_growth(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    if quantity.word not in ("multiple", "fold"):
        return None
    direction = -1 if quantity.value < 0 else 1
    return Reading("growth", direction, False, "growth in a word")


def _share_behind(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    if quantity.unit != "%":
        return None
    after, second = line.at(i + 1), line.at(i + 2)
    if after and (after.is_("share", "after") or (second and second.is_("share", "after") and not after.mark)):
        return Reading("share", 1, is_base(line, i), "share named behind")
    if after and after.is_("place", "of") and not (_close_mover(line, i)):
        return Reading("share", 1, is_base(line, i), "part of a whole")
    return None


def _close_mover(line: Line, i: int) -> bool:
    governor = line.at(link(line, i))
    return bool(governor and (governor.is_("change", "up", "down") or governor.is_("relation", "by")))


def _share_before(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    if quantity.unit != "%":
        return None
    mover = _mover(line, i)
    for k, item in line.leftward(i):
        if item.is_("boundary") or item.text == ";" or i - k > REACH:
            return None
        if item.is_("share", "before") and (mover is None or k > mover[0] or _to_or_from(line, i)):
            return Reading("share", 1, is_base(line, i), "share named before")
        if item.quantity and not _to_or_from(line, i):
            return None
    return None


def _to_or_from(line: Line, i: int) -> bool:
    governor = line.at(link(line, i))
    if governor is None:
        return False
    return governor.is_("relation", "to") or governor.is_("reference", "base") or governor.is_("versus")


def _goes_on(line: Line, i: int) -> bool:
    """Tell whether a figure goes on with a list: nothing moves between the one before and it."""
    for _, item in line.leftward(i):
        if item.quantity:
            return True
        if item.is_("change") or item.is_flow or item.is_("boundary"):
            return False
    return False


def _fraction(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    """Read a fraction in words as a growth that a word of change names (by a third), or as a share (half of)."""
    if quantity.word != "fraction":
        return None
    governor = line.at(link(line, i))
    if governor and (governor.is_("relation", "by") or governor.is_("change", "up", "down")):
        mover = _mover(line, i)
        return Reading("growth", mover[1], False, "growth by a fraction") if mover else None
    return NOTHING


NOTHING = Reading("", None, False, "")


def _percent(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    if quantity.unit != "%":
        return None
    if before and before.measure == "share" and (_to_or_from(line, i) or _goes_on(line, i)):
        return Reading("share", 1, is_base(line, i), "share beside a share")
    if _bracketed(line, i) and before and before.measure == "level" and quantity.quote[0].isdigit():
        return Reading("share", 1, False, "share in brackets")
    direction = _direction(line, i, before)
    if quantity.value < 0 or quantity.quote[0] in "+-−–":
        direction = 1
    if direction is None:
        return NOTHING
    return Reading("growth", direction, is_base(line, i), "growth in percent")


def _bracketed(line: Line, i: int) -> bool:
    """Tell whether a quantity stands alone in brackets: $22.7bn (24 %)."""
    before, after = line.at(i - 1), line.at(i + 1)
    return bool(before and after and before.text == "(" and after.text == ")")


def _change_behind(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    direction = _degree_behind(line, i, particles=False)
    if direction is None:
        direction = _part_of_move(line, i)
    if direction is None:
        return None
    return Reading("change", direction, False, "amount more or less")


def _part_of_move(line: Line, i: int) -> int | None:
    """Return the direction of the move that an amount is a part of: $4bn of the gain."""
    of, article, noun = (line.at(i + k) for k in (1, 2, 3))
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


def _change_before(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    """Read an amount as a change when a word of change governs it: rose $5bn, fell by $5bn, an increase of $5bn."""
    at = link(line, i)
    governor = line.at(at)
    if governor is None:
        return None
    if _crosses(line, quantity):
        return None
    if governor.is_("change", "up", "down"):
        return Reading("change", 1 if governor.is_("change", "up") else -1, False, "amount after a word of change")
    if governor.is_("relation", "by") or governor.is_("place", "of"):
        mover = _mover(line, i)
        near = mover is not None and (governor.is_("relation", "by") or at - mover[0] <= 1)
        return Reading("change", mover[1], False, "by an amount") if mover and near else None
    return None


def _crosses(line: Line, quantity: Quantity) -> bool:
    """Tell whether an amount is a mark that is crossed: surged past $5bn, fell below $5bn."""
    starts = {token.start: k for k, token in enumerate(line.sentence.tokens)}
    lead = starts.get(quantity.lead)
    return any(entry.section == "thresholds" and entry.first == lead for entry in line.sentence.entries)


def _change_beside(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    """Read an amount beside a growth as a change: three pct or $5bn, 2.6bn or nine pct."""
    if before is None or before.measure not in ("growth", "change"):
        return None
    governor = line.at(link(line, i))
    if governor and governor.is_("relation", "or"):
        return Reading("change", before.direction, False, "amount beside a growth")
    return None


def _level(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    governor = line.at(link(line, i))
    listed = bool(before and before.base and governor and governor.is_("relation", "and"))
    return Reading("level", before.direction if before else None, listed or is_base(line, i), "amount")


def is_base(line: Line, i: int) -> bool:
    """Tell whether others are compared with the quantity at item `i`: from $5bn, 20 % above the $5bn of 2021."""
    at = link(line, i)
    governor, before = line.at(at), line.at(at - 1)
    if governor is None:
        return False
    return governor.is_("reference", "base") or (governor.is_("versus") and bool(before and before.quantity))


def _direction(line: Line, i: int, before: Reading | None) -> int | None:
    """Return which way a growth goes: by the word behind, the word before, or the growth it stands beside."""
    behind = _degree_behind(line, i, particles=False)
    if behind is not None:
        return behind
    mover = _mover(line, i)
    if mover is not None:
        return mover[1]
    for behind in (_degree_behind(line, i, particles=True), _degree_of_next(line, i)):
        if behind is not None:
            return behind
    return before.direction if before else None


def _degree_of_next(line: Line, i: int) -> int | None:
    """Return the comparison that two figures share: exports were 10 % and imports 8 % higher."""
    joined = line.at(i + 1)
    if joined is None or not joined.is_("relation", "and"):
        return None
    following = next((k for k, item in line.rightward(i) if item.quantity or item.is_("change")), None)
    return None if following is None else _degree_behind(line, following, particles=False)


RULES = (
    _points,
    _word_growth,
    _share_behind,
    _share_before,
    _fraction,
    _percent,
    _change_behind,
    _change_before,
    _change_beside,
    _level,
)
