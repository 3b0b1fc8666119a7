"""Pairs as small multiples: what the summary of a pair's series says at a glance."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.series import plain
from etl.store import Pair

ANNUAL = ("A", "AF")


@dataclass(frozen=True, slots=True)
class Stated:
    """A row of the summary: one series in one year, and the figure of its latest period."""

    measure: str
    flow: str
    reporter: str | None
    partner: str | None
    product: str | None
    coverage: str | None
    adjustment: str | None
    unit: str
    freq: str | None
    basis: str | None
    status: str
    year: int
    articles: int
    figures: int
    period_end: date
    value: float
    claim_id: str


@dataclass(frozen=True, slots=True)
class Glance:
    """A pair's most reported flow: one amount a year, and the claim of its latest growth."""

    line: tuple[Stated, ...]
    growth: str | None


def summaries(series: pd.DataFrame) -> list[Stated]:
    """Return the rows of the summary."""
    columns = [plain(series[name]) for name in Stated.__slots__]
    return [Stated(*values) for values in zip(*columns, strict=True)]


def by_pair(pairs: Sequence[Pair], series: pd.DataFrame) -> dict[Pair, list[Stated]]:
    """Return the rows of the summary of each pair."""
    found: dict[Pair, list[Stated]] = {pair: [] for pair in pairs}
    for one, other, row in zip(plain(series["pair_a"]), plain(series["pair_b"]), summaries(series), strict=True):
        found[one, other].append(row)
    return found


def glance(of: Sequence[Stated]) -> Glance | None:
    """Return a pair's most reported annual flow, or None when no article states an annual amount."""
    lines: dict[tuple[str | None, ...], list[Stated]] = defaultdict(list)
    for row in of:
        if _drawn(row) and row.measure == "level":
            lines[_line(row)].append(row)
    if not lines:
        return None
    key = max(sorted(lines, key=repr), key=lambda key: _reported(lines[key]))
    line = _one_a_year(lines[key])
    return Glance(line, _growth(of, line[-1]))


def _drawn(row: Stated) -> bool:
    return row.product is None and row.status == "actual" and row.freq in ANNUAL


def _line(row: Stated) -> tuple[str | None, ...]:
    return (*_whose(row), row.unit, row.freq, row.coverage, row.adjustment)


def _whose(row: Stated) -> tuple[str | None, ...]:
    """Return a flow and its sides; total trade is the same from either."""
    sides = [row.reporter, row.partner]
    if row.flow == "trade" and row.reporter and row.partner:
        sides.sort(key=str)
    return (row.flow, *sides)


def _reported(line: Sequence[Stated]) -> tuple[bool, int, int]:
    """Return how much a line is reported: several years before one, then more figures, then more years."""
    years = len({row.year for row in line})
    return years > 1, sum(row.figures for row in line), years


def _one_a_year(line: Iterable[Stated]) -> tuple[Stated, ...]:
    best = {row.year: row for row in sorted(line, key=lambda row: (row.articles, row.claim_id))}
    return tuple(best[year] for year in sorted(best))


def _growth(of: Iterable[Stated], like: Stated) -> str | None:
    """Return the claim of the latest growth of the same flow on the year before."""
    same = [
        row
        for row in of
        if _drawn(row) and row.measure == "growth" and row.basis != "other" and row.freq == like.freq
        if _whose(row) == _whose(like)
    ]
    latest = max(same, key=lambda row: (row.period_end, row.articles, row.claim_id), default=None)
    return latest.claim_id if latest else None


def per_year(pairs: Sequence[Pair], coverage: pd.DataFrame) -> dict[Pair, Counter[int]]:
    """Return how many articles state figures of each pair for periods within each year."""
    counts: dict[Pair, Counter[int]] = {pair: Counter() for pair in pairs}
    columns = [plain(coverage[name]) for name in ("pair_a", "pair_b", "year", "articles")]
    for one, other, year, articles in zip(*columns, strict=True):
        counts[one, other][year] = articles
    return counts
