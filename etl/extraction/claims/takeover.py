"""The flow that a figure without one takes over from the words before, turned where its own words turn it."""

from dataclasses import replace

from etl.extraction.claims import governors, measure, partners
from etl.extraction.claims.context import Context
from etl.extraction.claims.frame import WORLD, Frame
from etl.extraction.claims.line import Item, Line
from etl.extraction.claims.parties import is_word
from etl.model import Quantity

PRONOUN_REACH = 9  # a pronoun for a flow stands among so many first words of its sentence
INHERIT_LINES = 2  # how many sentences back a flow may be taken from


def may(line: Line, i: int, quantity: Quantity) -> bool:
    """Tell whether nothing in a sentence names another subject for a figure without a flow."""
    before = line.items[:i]
    end = next((k for k, item in line.rightward(i) if item.text == "," or item.is_("boundary")), len(line.items))
    if quantity.word == "fraction" and not _of_figure(line, i):
        return False
    if any(item.is_("noise") and not item.is_("not_flow") for item in line.items[:end]):
        return False
    if any(item.is_("market") or item.is_("company") or item.is_("account") for item in before):
        return False
    if _describes_thing(line, i):
        return False
    if quantity.unit == "%" and any(item.quantity and measure.is_price(item.quantity) for item in line.items):
        return False
    return quantity.unit != "%" or not (governors.is_of_area(line, i) or governors.is_of_currency(line, i))


def _of_figure(line: Line, i: int) -> bool:
    """Tell whether a fraction is one of the figure before: a quarter of that, a third of the total."""
    near = line.items[i + 1 : i + 4]
    return any(item.is_("share", "after") or item.is_("figure") or item.is_("total") for item in near)


def _describes_thing(line: Line, i: int) -> bool:
    """Tell whether an amount only says how large another thing is: a $44 billion pipeline."""
    before, after = line.at(i - 1), line.at(i + 1)
    return bool(before and after and before.is_("indefinite") and is_word(after))


def completed(line: Line, i: int, spoken: Frame) -> tuple[Frame, tuple[str, ...]]:
    """Return the flow that a figure without one takes over, with the partner that its own words name."""
    other = _partner_named(line, i, spoken)
    return replace(spoken, partner=other) if other else spoken, ("flow", "partner", "reporter")


def turned(line: Line, i: int, frame: Frame, first: bool) -> Frame:
    """Return a flow taken over, turned where words before a figure turn it: among suppliers, in the other direction.

    Goods and buyers have no balance: they go on with what is sold.
    """
    role = next((item.meaning("role") for _, item in line.leftward(i) if item.is_("role", "exports", "imports")), None)
    opposite = {"exports": "imports", "imports": "exports"}.get(frame.flow)
    if frame.flow == "trade":
        return replace(frame, flow=role) if role == "exports" and first else frame
    if frame.partner and opposite and (whole := line.at(governors.link(line, i) - 1)) and whole.is_("whole"):
        return replace(frame, flow="trade")
    if role:
        return replace(frame, flow=role, sign=1)
    if first and opposite and any(item.is_("reversal") for item in line.items[:i]):
        return replace(frame, flow=opposite)
    goods = any(item.is_("coverage") for item in line.items[:i])
    if frame.flow == "balance" and (goods or not any(_speaks_again(item) for item in line.items[:i])):
        return replace(frame, flow="exports", sign=1)
    return frame


def _speaks_again(item: Item) -> bool:
    """Tell whether a word speaks again of the flow named before: it, the result."""
    return (
        item.is_("figure", "one")
        or item.is_("those")
        or item.is_("status")
        or item.is_("result")
        or item.is_("record")
        or item.is_flow
    )


def says_share(line: Line, i: int, quantity: Quantity) -> bool:
    """Tell whether a figure says the share before it in other terms: 36 % of exports, or $16.7bn; 2 points more."""
    return quantity.unit == "pp" or governors.restates(line, i)


def _partner_named(line: Line, i: int, frame: Frame) -> str | None:
    """Return the partner that words around a figure name, where its flow comes from another sentence."""
    other = (
        partners.respective(line, i)
        or partners.tied_behind(line, i, frame)
        or partners.mentioned(line, i, frame.reporter)
    )
    return other if other not in (frame.reporter, WORLD) else None


def reach(line: Line, i: int, topic: Context) -> int:
    """Return how many sentences back a figure may take its flow: none, unless the article or a pronoun says so."""
    if topic.dense:
        return INHERIT_LINES
    opening = line.items[: min(i, PRONOUN_REACH)]
    spoken = topic.frame is not None and bool(topic.frame.reporter and topic.frame.partner)
    return 1 if spoken and any(item.is_("figure") for item in opening) else 0
