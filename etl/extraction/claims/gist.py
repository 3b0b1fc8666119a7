"""What an article mostly speaks of: trade, or something else beside it."""

from math import ceil

from etl.extraction.claims.frame import Frame
from etl.extraction.claims.line import Line

DENSE_CLAIMS = 2  # an article speaks mostly of trade when at least so many of its figures are tied to a flow,
DENSE_SHARE = 0.3  # and this share of them; where the headline names an economy's flow, this
ANNOUNCED_SHARE = 0.1
LED_SHARE = 0.2  # where the first sentences do, this
FIRM_LINES, FIRM_SHARE = 2, 0.2  # sentences, and the share of all, that name a firm in an article about firms
BRIEF = 3  # sentences of a text that may speak of trade though no figure stands beside its flow
FEW_FIGURES = 4  # so few figures under such a headline are of what it says


def enough(title: Line | None, heading: list[Frame], lines: list[Line], found: list[list[Frame]]) -> int:
    """Return how many figures tied to a flow show that an article is about trade: most, or few where its headline is.

    `heading` holds the flows of its title, `found[k]` those of `lines[k]`.
    """
    stated = sum(map(figures, lines))
    titled = [frame for frame in heading if not frame.foreign]
    named = title is not None and any(item.area for item in title.items)
    lead = [frame for line in found[:2] for frame in line]
    least = 1 if len(lines) > BRIEF else 0
    if any(frame.reporter and frame.flow == "trade" for frame in titled):
        return least
    if any(frame.reporter for frame in titled) or (named and titled):
        return max(least, _part(stated, ANNOUNCED_SHARE))
    if any(frame.reporter and not frame.foreign for frame in lead):
        return max(least, _part(stated, LED_SHARE))
    return max(DENSE_CLAIMS, ceil(stated * DENSE_SHARE))


def _part(stated: int, share: float) -> int:
    """Return how many figures are a share of all; where there are few, none need be."""
    return 0 if stated <= FEW_FIGURES else ceil(stated * share)


def is_of_firms(lines: list[Line]) -> bool:
    """Tell whether an article is about firms: what they export, it does not call an economy's."""
    return sum(line.has("company") for line in lines) >= max(FIRM_LINES, len(lines) * FIRM_SHARE)


def figures(line: Line) -> int:
    """Return how many figures a line has that may be of trade, volumes left out."""
    stated = (line.items[k].quantity for k in line.quantities)
    return sum(1 for quantity in stated if quantity and quantity.unit not in (None, "physical"))
