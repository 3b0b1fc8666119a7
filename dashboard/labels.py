"""Where the words of a chart go: beside their marks, never across a line, a mark or one another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

CELL = 4
CHARACTER, LINE = 6.9, 15.0
# Where a label may stand around its mark, best first: shares of its width and height, and a gap in pixels.
AROUND = ((0, 0.5, 9), (0, -0.5, 9), (0.5, 0.35, 8), (-0.5, 0.35, 8), (0.5, -0.35, 8), (-0.5, -0.35, 8))


# Where a line's name may stand at the end of its line: above or below, ever further, and ever further back.
AT_THE_END = tuple((-0.5, up * 0.5, gap, back) for back in (-8, 30, 70) for gap in (8, 24, 42, 64) for up in (1, -1))


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels around its middle; y runs upwards."""

    x: float
    y: float
    width: float
    height: float


def size(lines: Sequence[str]) -> tuple[float, float]:
    """Return about how wide and high a text is."""
    return max((len(line) for line in lines), default=0) * CHARACTER, len(lines) * LINE


def broken(text: str, width: int) -> list[str]:
    """Return a text in lines of about a width in characters."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


class Canvas:
    """A chart's surface as a grid of cells that are free or taken."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._taken = np.zeros((int(width // CELL) + 1, int(height // CELL) + 1), dtype=bool)

    def take(self, box: Box) -> None:
        """Mark a rectangle as taken."""
        self._taken[self._cells(box)] = True

    def take_line(self, points: Iterable[tuple[float, float]]) -> None:
        """Mark the course of a line as taken."""
        stops = np.array(list(points), dtype=float).reshape(-1, 2)
        ways = np.diff(stops, axis=0)
        steps = (np.abs(ways).max(axis=1, initial=0) // CELL + 1).astype(int)
        way = np.repeat(np.arange(len(ways)), steps)
        gone = (np.arange(len(way)) - np.repeat(np.cumsum(steps) - steps, steps)) / steps[way]
        course = np.concatenate([stops[way] + ways[way] * gone[:, None], stops[1:]])
        for aside in product((-CELL / 2, CELL / 2), repeat=2):
            across, up = ((course + np.array(aside)) // CELL).astype(int).T
            inside = (across >= 0) & (up >= 0) & (across < len(self._taken)) & (up < len(self._taken[0]))
            self._taken[across[inside], up[inside]] = True

    def place(self, x: float, y: float, width: float, height: float) -> Box | None:
        """Return and take the first free place around a mark, or None when there is none."""
        spots = ((right * width + _away(right, gap), up * height + _away(up, gap)) for right, up, gap in AROUND)
        return self._first_free(Box(x + right, y + up, width, height) for right, up in spots)

    def place_name(self, x: float, y: float, width: float, height: float) -> Box | None:
        """Return and take the first free place at the end of a line, or None when there is none."""
        spots = ((right * width - back, up * height + _away(up, gap)) for right, up, gap, back in AT_THE_END)
        return self._first_free(
            Box(min(x + right, self.width - width / 2), y + up, width, height) for right, up in spots
        )

    def _first_free(self, boxes: Iterable[Box]) -> Box | None:
        for box in boxes:
            if self._inside(box) and not self._taken[self._cells(box)].any():
                self.take(box)
                return box
        return None

    def _inside(self, box: Box) -> bool:
        across = box.width / 2 <= box.x <= self.width - box.width / 2
        return across and box.height / 2 <= box.y <= self.height - box.height / 2

    def _cells(self, box: Box) -> tuple[slice, slice]:
        left, right = box.x - box.width / 2, box.x + box.width / 2
        bottom, top = box.y - box.height / 2, box.y + box.height / 2
        return (
            slice(max(int(left // CELL), 0), max(int(right // CELL) + 1, 0)),
            slice(max(int(bottom // CELL), 0), max(int(top // CELL) + 1, 0)),
        )


def _away(direction: float, gap: float) -> float:
    return gap if direction > 0 else -gap if direction < 0 else 0


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return the middles of labels in a column: near where they are wanted, without overlap.

    >>> spread([50, 52], [10, 10], 0, 100)
    [46.0, 56.0]
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    places = _pushed([wanted[i] for i in order], [heights[i] for i in order], low, high)
    result = [0.0] * len(wanted)
    for i, place in zip(order, places, strict=True):
        result[i] = place
    return result


def _pushed(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return the places of labels in ascending order; those that touch form a block around their mean."""
    blocks: list[tuple[list[int], float]] = []
    for i in range(len(wanted)):
        block = _block([i], wanted, heights, low, high)
        while blocks and _top(blocks[-1], heights) > block[1] - _height(block[0], heights) / 2:
            block = _block(blocks.pop()[0] + block[0], wanted, heights, low, high)
        blocks.append(block)
    return [place for block in blocks for place in _stacked(block, heights)]


def _block(
    members: list[int], wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> tuple[list[int], float]:
    middle, half = sum(wanted[i] for i in members) / len(members), _height(members, heights) / 2
    return members, min(max(middle, low + half), max(high - half, low + half))


def _height(members: Sequence[int], heights: Sequence[float]) -> float:
    return sum(heights[i] for i in members)


def _top(block: tuple[list[int], float], heights: Sequence[float]) -> float:
    return block[1] + _height(block[0], heights) / 2


def _stacked(block: tuple[list[int], float], heights: Sequence[float]) -> list[float]:
    edge = block[1] - _height(block[0], heights) / 2
    places = []
    for i in block[0]:
        places.append(edge + heights[i] / 2)
        edge += heights[i]
    return places
