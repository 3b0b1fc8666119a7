"""What an article mostly speaks of: trade, or something else beside it."""

from etl.extraction.claims import frames
from etl.extraction.claims.frame import Frame
from etl.extraction.claims.line import Line

DENSE_CLAIMS = 2  # an article speaks mostly of trade when at least so many of its figures are tied to a flow,
DENSE_SHARE = 0.3  # and this share of them; where the headline names an economy's flow, this
ANNOUNCED_SHARE = 0.1
LED_SHARE = 0.2  # where the first sentences do, this
BRIEF = 3  # sentences of a text that may speak of trade though no figure stands beside its flow
FEW_FIGURES = 4  # so few figures under such a headline are of what it says


def is_trade(title: Line | None, lines: list[Line], found: list[list[Frame]], tied: int) -> bool:
    """Tell whether an article is about trade: most of its figures are tied to a flow, or its headline says so."""
    if not tied and len(lines) > BRIEF:
        return False
    stated = sum(figures(line) for line in lines)
    titled = frames.find(title, dense=True) if title else []
    heading = [frame for line in found[:2] for frame in line]
    named = title is not None and any(item.area for item in title.items)
    if any(frame.reporter and not frame.foreign and frame.flow == "trade" for frame in titled):
        return True
    if any(frame.reporter and not frame.foreign for frame in titled) or (named and any(not f.foreign for f in titled)):
        return stated <= FEW_FIGURES or tied >= stated * ANNOUNCED_SHARE
    if any(frame.reporter and not frame.foreign for frame in heading):
        return stated <= FEW_FIGURES or tied >= stated * LED_SHARE
    return tied >= max(DENSE_CLAIMS, stated * DENSE_SHARE)


def figures(line: Line) -> int:
    """Return how many figures a line has that may be of trade, volumes left out."""
    return sum(1 for item in line.items if item.quantity and item.quantity.unit not in (None, "physical"))
