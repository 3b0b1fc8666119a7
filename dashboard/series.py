"""Rows of the table -> series: which figures stand on a line, and which articles agree."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import lru_cache, wraps
from operator import attrgetter
from typing import Any, TypeVar
from weakref import finalize

import pandas as pd

from dashboard.naming import Stated
from dashboard.wording import Figure, scale_of

Made = TypeVar("Made")
JOINED_FREQUENCIES = frozenset(("A", "AF", "H", "Q", "M"))


@dataclass(frozen=True, slots=True)
class Mark:
    """A stated figure, as much of it as a chart draws."""

    claim_id: str
    article_id: str
    measure: str
    flow: str
    reporter: str | None
    partner: str | None
    product: str | None
    coverage: str | None
    adjustment: str | None
    value: float
    value_high: float | None
    unit: str
    growth_currency: str | None
    qualifier: str
    record: bool
    period_start: date | None
    period_end: date | None
    freq: str | None
    basis: str | None
    status: str
    published: date | None
    publisher: str | None
    kind: str
    figures: int = 1  # how many this one stands for, where not every figure is drawn
    printed: str | None = None  # the figure as it was, when this one is converted


@dataclass(frozen=True, slots=True)
class Key:
    """What figures must share to stand in one series."""

    measure: str
    flow: str
    reporter: str | None
    partner: str | None
    product: str | None
    coverage: str | None
    adjustment: str | None
    unit: str
    growth_currency: str | None
    freq: str | None
    basis: str | None


OF_KEY = attrgetter(*(field.name for field in fields(Key)))


@dataclass(frozen=True, slots=True)
class Point:
    """Figures for one period that agree within their rounding and are as sure, drawn as the best supported."""

    mark: Mark
    same: tuple[Mark, ...]
    undisputed: bool
    start: date = field(init=False)
    end: date = field(init=False)
    at: date = field(init=False)

    def __post_init__(self) -> None:
        """Place the mark at the middle of its period, or at the end of a year to date: charts ask for it often."""
        start, end = self.mark.period_start or date.min, self.mark.period_end or date.max
        object.__setattr__(self, "start", start)
        object.__setattr__(self, "end", end)
        object.__setattr__(self, "at", end if self.mark.freq == "YTD" else start + (end - start) / 2)

    @property
    def article_ids(self) -> frozenset[str]:
        """The articles that state the figure."""
        return frozenset(mark.article_id for mark in self.same)

    @property
    def figures(self) -> int:
        """How many figures the mark stands for."""
        return sum(mark.figures for mark in self.same)


@dataclass(frozen=True, slots=True)
class Series:
    """One flow seen from one reporter: every figure as a point, and the points that its line runs through."""

    key: Key
    points: tuple[Point, ...]
    line: tuple[Point, ...]

    @property
    def converted(self) -> bool:
        """Whether its figures are converted from another currency."""
        return any(point.mark.printed for point in self.points)


def once(make: Callable[[pd.DataFrame], Made]) -> Callable[[pd.DataFrame], Made]:
    """Make something of a table once: its figure, caption, key and lead are all asked for, one after the other."""
    made: dict[int, Made] = {}

    @wraps(make)
    def kept(rows: pd.DataFrame) -> Made:
        key = id(rows)
        if key not in made:
            made[key] = make(rows)
            finalize(rows, made.pop, key, None)
        return made[key]

    return kept


@once
def marks(rows: pd.DataFrame) -> list[Mark]:
    """Return rows of the table as marks, with None for what is null."""
    columns = [plain(rows[field.name]) for field in fields(Mark) if field.name in rows]
    return [Mark(*values) for values in zip(*columns, strict=True)]


def plain(column: "pd.Series[Any]") -> list[Any]:
    """Return a column's values, with None for what is null and dates for moments; plain values stay as they are."""
    if column.dtype == object:
        return column.tolist()
    known = column.notna().tolist()
    values = column.dt.date.tolist() if column.dtype.kind == "M" else column.tolist()
    return [value if is_known else None for value, is_known in zip(values, known, strict=True)]


def build(of: Iterable[Mark]) -> list[Series]:
    """Return the series of marks that have a period, the leading one first."""
    groups: dict[Key, list[Mark]] = defaultdict(list)
    for mark in of:
        if mark.period_start is not None and mark.period_end is not None:
            groups[key_of(mark)].append(mark)
    made = [_series(key, group) for key, group in groups.items()]
    return sorted(made, key=lambda series: (-_weight(series), -len(series.points), repr(series.key)))


def _weight(series: Series) -> float:
    """Return how much a series leads: the periods on its line; half of a balance, which follows from others."""
    return len(series.line) * (0.5 if series.key.flow == "balance" else 1)


def key_of(mark: Stated) -> Key:
    """Return the series of a mark: trade is the same whoever reports it, a year has one year before."""
    key = Key(*OF_KEY(mark))
    if key.flow == "trade" and key.reporter and key.partner and key.reporter > key.partner:
        key = replace(key, reporter=key.partner, partner=key.reporter)
    if key.freq in ("A", "AF") and key.basis == "prev":
        key = replace(key, basis="yoy")
    return key


def _series(key: Key, group: list[Mark]) -> Series:
    cells: dict[tuple[Any, ...], list[Mark]] = defaultdict(list)
    for mark in group:
        cells[mark.period_end, mark.period_start, mark.status].append(mark)
    points: list[Point] = []
    line: list[Point] = []
    for cell in sorted(cells, key=repr):
        agreed = _points(cells[cell])
        points += agreed
        if cell[2] == "actual" and key.freq in JOINED_FREQUENCIES and agreed[0].mark.value_high is None:
            line.append(agreed[0])
    order = attrgetter("end", "start")
    return Series(key, tuple(sorted(points, key=order)), tuple(sorted(line, key=order)))


def _points(cell: Sequence[Mark]) -> list[Point]:
    """Return a cell's figures as points: most agreed on first, ties to the latest published."""
    if len(cell) == 1:
        return [Point(cell[0], tuple(cell), undisputed=True)]
    agreeing = _agreeing(cell)
    support = {mark.claim_id: _articles(agreeing[_value(mark)]) for mark in cell}
    ordered = sorted(cell, key=lambda mark: (support[mark.claim_id], _newness(mark)), reverse=True)
    undisputed = len(agreeing[_value(ordered[0])]) == len(cell)
    points: list[Point] = []
    taken: set[str] = set()
    for mark in ordered:
        if mark.claim_id not in taken:
            same = [other for other in agreeing[_value(mark)] if _is_drawn_as(mark, other, taken)]
            taken.update(other.claim_id for other in same)
            points.append(Point(mark, tuple(same), undisputed))
    return points


def _is_drawn_as(mark: Mark, other: Mark, taken: set[str]) -> bool:
    return other.qualifier == mark.qualifier and other.claim_id not in taken


def _value(mark: Mark) -> tuple[float, float | None]:
    return mark.value, mark.value_high


def _agreeing(cell: Sequence[Mark]) -> dict[tuple[float, float | None], list[Mark]]:
    """Return, for each value, the marks of its cell that agree with it; only near values are compared."""
    ordered = sorted(cell, key=attrgetter("value"))
    values = [mark.value for mark in ordered]
    widest = 1.001 * max(rounding(mark.value, mark.unit) for mark in cell)
    found: dict[tuple[float, float | None], list[Mark]] = {}
    for mark in ordered:
        if _value(mark) not in found:
            low, high = mark.value - widest, mark.value + widest
            near = ordered[bisect_left(values, low) : bisect_right(values, high)]
            found[_value(mark)] = [other for other in near if agree(mark, other)]
    return found


def _newness(mark: Mark) -> tuple[date, str]:
    return mark.published or date.min, mark.claim_id


def _articles(of: Iterable[Mark]) -> int:
    return len({mark.article_id for mark in of})


def agree(one: Figure, other: Figure) -> bool:
    """Tell whether two figures are the same within the coarser of their roundings.

    >>> rounding(240e9, "USD"), rounding(240.1e9, "USD"), rounding(26.3, "%")
    (500000000.0, 50000000.0, 0.05)
    """
    allowed = max(rounding(one.value, one.unit), rounding(other.value, other.unit))
    high, other_high = one.value_high or one.value, other.value_high or other.value
    slack = allowed * (1 + 1e-6)
    return abs(one.value - other.value) <= slack and abs(high - other_high) <= slack


@lru_cache(maxsize=10_000)
def rounding(value: float, unit: str) -> float:
    """Return half a unit of the last decimal that a figure is written with in its scale."""
    divisor = 1.0 if unit in ("%", "pp") else scale_of(value)[0]
    _, _, decimals = f"{value / divisor:.6f}".rstrip("0").partition(".")
    return 0.5 * divisor / float(10 ** len(decimals))


def consecutive(one: Point, other: Point) -> bool:
    """Tell whether a period follows another without a gap."""
    return other.start - one.end <= timedelta(days=1)


def leading(of: Sequence[Mark], name: str) -> Any:  # noqa: ANN401
    """Return the value of a field that most marks have, ties in alphabetical order."""
    counts = Counter(getattr(mark, name) for mark in of)
    return min(counts, key=lambda value: (-counts[value], repr(value)), default=None)
