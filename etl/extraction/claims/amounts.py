"""Amounts that leave their currency, or what they count, to the words around them."""

from dataclasses import replace

from etl.extraction.claims import governors
from etl.extraction.claims.line import Item, Line
from etl.model import Quantity


def with_unit(line: Line, i: int, spoken: str | None) -> Quantity | None:
    """Return a quantity with its unit: a bare amount takes the currency named last, an ambiguous one the topic's."""
    quantity = line.items[i].quantity
    if quantity is None or quantity.unit == "physical":
        return None
    if quantity.unit is not None:
        return quantity
    after = line.at(i + 1)
    counts = after is not None and after.mention is None and after.text[0].islower() and not _goes_on(after)
    counts = counts or (after is not None and after.area is not None)  # 4.3 million Russians
    before = next(
        (item.quantity for _, item in line.leftward(i) if item.quantity and len(item.quantity.unit or "") == 3),
        None,
    )
    unit = before.unit if before else spoken
    led = line.at(governors.link(line, i))
    counts = counts and not (led and led.is_("part"))
    return None if unit is None or counts else replace(quantity, unit=unit)


def _goes_on(item: Item) -> bool:
    """Tell whether a word behind a bare amount goes on with the sentence, rather than saying what is counted."""
    sections = ("relation", "place", "within", "boundary", "reference", "versus", "degree", "change", "status", "worth")
    flows = ("flow", "bare_flow", "weak_flow", "verb_flow", "stands", "coverage")
    return any(item.is_(section) for section in (*sections, *flows, "figure", "relative", "credit", "record", "dated"))
