"""What a quantity measures: a level, a growth, a change or a share; and which way it goes."""

from dataclasses import dataclass

from etl.extraction.claims import governors
from etl.extraction.claims.line import Line
from etl.model import Quantity

SMALLEST = 1e5  # amounts of money below are prices, not trade statistics


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure, its direction (1, -1, or None when no word gives one), its role and the rule that said so.

    A level and a share carry the direction of the growth before them, for those that follow without a word of their
    own.
    `base` is True for a figure that others are compared with (from $5 billion a year earlier).
    """

    measure: str
    direction: int | None
    base: bool
    rule: str


NOTHING = Reading("", None, False, "")  # ends the search: a figure that states none of the measures


def read(line: Line, i: int, before: Reading | None) -> Reading | None:
    """Return what the quantity at item `i` measures; `before` is the reading of the quantity before it."""
    quantity = line.items[i].quantity
    if quantity is None or quantity.unit == "physical" or is_price(quantity):
        return None
    if _counts_things(line, i) or _of_physical(line, i):
        return None
    for rule in RULES:
        reading = rule(line, i, quantity, before)
        if reading:
            return reading
    return None


def is_price(quantity: Quantity) -> bool:
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
        goes_on = item.text == "," and line.items[k + 1 : k + 2] and line.items[k + 1].is_("change")
        if (item.mark and not goes_on) or item.is_("boundary") or item.is_("relation", "and"):
            return False
    return False


def _of_physical(line: Line, i: int) -> bool:
    """Tell whether a growth is that of a physical quantity right before it: 105,269 tons, up 3 %."""
    quantity = line.items[i].quantity
    if quantity is None or quantity.unit != "%" or line.quantities[0] == i:
        return False
    for _, item in line.leftward(i):
        if item.quantity:
            return item.quantity.unit == "physical"
        if item.is_flow or item.is_("boundary") or item.is_("relation", "and") or item.text == ";":
            return False
    return False


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
        return Reading("share", 1, governors.is_base(line, i), "share named behind")
    dated = second is not None and second.period is not None
    if after and after.is_("place", "of") and not (governors.close_mover(line, i) or quantity.value < 0 or dated):
        return Reading("share", 1, governors.is_base(line, i), "part of a whole")
    return None


def _share_before(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    if quantity.unit != "%" or not line.has("share"):
        return None
    mover = governors.mover(line, i)
    for k, item in line.leftward(i):
        reach = 2 * governors.REACH if governors.to_or_from(line, i) else governors.REACH
        if item.is_("boundary") or item.text == ";" or i - k > reach:
            return None
        if item.is_("share", "before") and (mover is None or k > mover[0] or governors.to_or_from(line, i)):
            return Reading("share", mover[1] if mover else 1, governors.is_base(line, i), "share named before")
        if item.quantity and not (governors.to_or_from(line, i) or governors.restates(line, i)):
            return None
    return None


def _fraction(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    """Read a fraction in words as a growth that a word of change names (by a third), or as a share (half of)."""
    if quantity.word != "fraction":
        return None
    if (behind := governors.degree_behind(line, i, particles=False)) is not None:
        return Reading("growth", behind, False, "growth by a fraction")
    governor = line.at(governors.link(line, i))
    if governor and (governor.is_("relation", "by") or governor.is_("change", "up", "down")):
        mover = governors.mover(line, i)
        return Reading("growth", mover[1], False, "growth by a fraction") if mover else None
    return NOTHING


def _percent(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    if quantity.unit != "%":
        return None
    if before and before.measure == "share" and (governors.to_or_from(line, i) or governors.goes_on(line, i)):
        return Reading("share", before.direction, governors.is_base(line, i), "share beside a share")
    if governors.bracketed(line, i) and before and before.measure == "level" and quantity.quote[0].isdigit():
        return Reading("share", 1, False, "share in brackets")
    joined, tie = line.at(i - 1), line.at(i + 1)
    if before and before.measure == "share" and joined and tie and joined.is_("relation", "and") and tie.is_("place"):
        return Reading("share", 1, False, "share beside a share")
    if _ranks(line, i, before):
        return Reading("share", 1, False, "share in a ranking")
    direction = _direction(line, i, before)
    if quantity.value < 0 or quantity.quote[0] in "+-−–" or (direction is None and governors.plus(line, i)):
        direction = 1
    if direction is None and before and before.measure == "level" and governors.restates(line, i):
        return Reading("share", 1, False, "share beside an amount")
    if direction is None and _is_forecast(line, i):
        direction = 1
    if direction is None:
        return NOTHING
    return Reading("growth", direction, governors.is_base(line, i), "growth in percent")


def _ranks(line: Line, i: int, before: Reading | None) -> bool:
    """Tell whether a percentage is what a ranking gives: Italy came first with 46 %, ahead of Spain's 9 %."""
    at = governors.link(line, i)
    governor = line.at(at)
    if governors.degree_behind(line, i, particles=True) is not None or governor is None:
        return False
    if before and before.measure == "share" and governor.is_("part"):
        return True
    if governor.is_("takes") and (line.items[at - 1].area or line.items[at - 1].is_("apart")):
        return True
    ranked = any(k < at for k in line.where("followed"))
    if before and before.measure == "share" and ranked:
        return governor.is_("place", "with") or governor.area is not None
    placed = any(k < at for k in line.where("role", "rank"))
    return governor.is_("place", "with") and placed and governors.mover(line, i) is None


def _is_forecast(line: Line, i: int) -> bool:
    """Tell whether a percentage is all that a forecast of a flow says: its projection for exports is 7 percent."""
    for _, item in line.leftward(i):
        if item.quantity or item.is_("boundary") or item.is_("noise") or item.text in (";", ":"):
            return False
        if item.is_("status", "forecast", "target"):
            return True
    return False


def _change_behind(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    if before is not None and before.measure == "growth" and governors.to_or_from(line, i):
        return None  # rose 7 % to $4bn ahead of the holidays
    direction = governors.degree_behind(line, i, particles=False)
    if direction is None:
        direction = governors.part_of_move(line, i)
    if direction is None:
        return None
    return Reading("change", direction, False, "amount more or less")


def _change_before(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    """Read an amount as a change when a word of change governs it: rose $5bn, fell by $5bn, an increase of $5bn."""
    at = governors.link(line, i)
    governor = line.at(at)
    if governor is None:
        return None
    if governors.crosses(line, quantity):
        return None
    if governor.is_("change", "up", "down"):
        return Reading("change", 1 if governor.is_("change", "up") else -1, False, "amount after a word of change")
    if governor.text == "(" and (listed := governors.listed_move(line, at)) is not None:
        return Reading("change", listed, False, "amount in a list of gains or falls")
    if governor.is_("relation", "by") or governor.is_("place", "of"):
        mover = governors.mover(line, i)
        near = mover is not None and (governor.is_("relation", "by") or at - mover[0] <= 1)
        return Reading("change", mover[1], False, "by an amount") if mover and near else None
    return None


def _change_beside(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    """Read an amount beside a growth as a change: three pct or $5bn, 2.6bn or nine pct."""
    if before is None or before.measure not in ("growth", "change"):
        return None
    governor = line.at(governors.link(line, i))
    if governor and governor.is_("relation", "or"):
        return Reading("change", before.direction, False, "amount beside a growth")
    return None


def _level(line: Line, i: int, quantity: Quantity, before: Reading | None) -> Reading | None:
    governor = line.at(governors.link(line, i))
    listed = bool(before and before.base and governor and governor.is_("relation", "and"))
    return Reading("level", before.direction if before else None, listed or governors.is_base(line, i), "amount")


def _direction(line: Line, i: int, before: Reading | None) -> int | None:
    """Return which way a growth goes: by the word behind, the word before, or the growth it stands beside."""
    behind = governors.degree_behind(line, i, particles=False)
    if behind is not None:
        return behind
    mover = governors.mover(line, i)
    if mover is not None:
        return mover[1]
    for behind in (governors.degree_behind(line, i, particles=True), governors.degree_of_next(line, i)):
        if behind is not None:
            return behind
    return before.direction if before else None


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
