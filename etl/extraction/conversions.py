"""Amounts that restate each other in another currency: $240 bn (about 219 bn euros)."""

from etl.extraction.claims.line import Item, Line

OPENERS = ("(", ",", ";", "/", "[", "-", "–", "—")


def restated(line: Line, i: int) -> int | None:
    """Return the index of the amount that the one at item `i` restates, or None.

    It stands right before, in another currency, with nothing between but a bracket, a comma, "or" and qualifiers.
    """
    here = line.items[i].quantity
    if here is None or here.unit is None or len(here.unit) != 3:
        return None
    for k, item in line.leftward(i):
        other = item.quantity
        if other is not None:
            if other.unit is None or len(other.unit) != 3:
                return None
            earlier = restated(line, k)
            first = line.items[k if earlier is None else earlier].quantity
            bracketed = line.any_between(k, i, _opens)
            return (k if earlier is None else earlier) if bracketed and first and first.unit != here.unit else None
        if not _bridges(item):
            return None
    return None


def _opens(item: Item) -> bool:
    return item.text in ("(", ";", "/", "[") or item.is_("relation", "or")


def _bridges(item: Item) -> bool:
    if item.mention is not None:
        return False
    if item.mark:
        return item.text in OPENERS
    filler = not item.tags and item.text.islower()
    return filler or item.is_("relation", "or") or item.is_("degree") or item.is_("status")
