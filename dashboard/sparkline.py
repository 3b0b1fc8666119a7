"""A line in a word's space: a pair's printed amounts by year, as an SVG that CSS can colour."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT, INSET = 220, 46, 5


@dataclass(frozen=True, slots=True)
class Year:
    """A printed amount: the year it is for, and whether it is open upwards or downwards."""

    year: int
    value: float
    bound: str = ""


def address(years: Sequence[Year]) -> str:
    """Return the drawing as a data address that a mask of CSS can use."""
    drawn = svg(years).replace("#", "%23").replace("<", "%3C").replace(">", "%3E")
    return f'url("data:image/svg+xml,{drawn}")'


def svg(years: Sequence[Year]) -> str:
    """Return the drawing: thick between neighbouring years, thin over years without a figure, with zero in it.

    It has no double quotation mark, so that it can stand between two.
    """
    spots = list(zip(years, _spots(years), strict=True))
    strokes = "".join(_stroke(*pair) for pair in pairwise(spots))
    dots = "".join(_dot(year, spot, 4 if year is years[-1] else 2.2) for year, spot in spots)
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {WIDTH} {HEIGHT}'>{strokes}{dots}</svg>"


def zero(years: Sequence[Year]) -> float:
    """Return how far down zero stands, as a share of the height."""
    return _scale(years)(0.0) / HEIGHT


def _scale(years: Sequence[Year]) -> Callable[[float], float]:
    values = [0.0, *(year.value for year in years)]
    low, high = min(values), max(values)
    reach = (high - low) or 1.0
    return lambda value: INSET + (HEIGHT - 2 * INSET) * (high - value) / reach


def _spots(years: Sequence[Year]) -> list[tuple[float, float]]:
    first, last = years[0].year, years[-1].year
    scale, step = _scale(years), (WIDTH - 2 * INSET) / ((last - first) or 1)
    if first == last:
        return [(WIDTH / 2, scale(year.value)) for year in years]
    return [(INSET + step * (year.year - first), scale(year.value)) for year in years]


def _stroke(one: tuple[Year, tuple[float, float]], other: tuple[Year, tuple[float, float]]) -> str:
    width = 2 if other[0].year - one[0].year == 1 else 0.9
    (x0, y0), (x1, y1) = one[1], other[1]
    return f"<path d='M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}' stroke='#000' stroke-width='{width}'/>"


def _dot(year: Year, spot: tuple[float, float], size: float) -> str:
    x, y = spot
    if not year.bound:
        return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{size}'/>"
    up = -size if year.bound == "up" else size
    return f"<path d='M{x - size:.1f} {y - up:.1f}h{2 * size}L{x:.1f} {y + up:.1f}z'/>"
