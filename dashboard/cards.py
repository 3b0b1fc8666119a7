"""Pairs as small multiples: what the summary of a pair's series says at a glance."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.store import SeriesYear

ANNUAL = ("A", "AF")


@dataclass(frozen=True, slots=True)
class Glance:
    """A pair's most reported flow: one amount a year, and the claim of its latest growth."""

    line: tuple[SeriesYear, ...]
    growth: str | None


def glance(of: Sequence[SeriesYear]) -> Glance | None:
    """Return a pair's most reported annual flow, or None when no article states an annual amount."""
    lines: dict[tuple[str | None, ...], list[SeriesYear]] = defaultdict(list)
    for row in of:
        if _drawn(row) and row.measure == "level":
            lines[_line(row)].append(row)
    if not lines:
        return None
    key = max(sorted(lines, key=repr), key=lambda key: _reported(lines[key]))
    line = _one_a_year(lines[key])
    return Glance(line, _growth(of, line[-1]))


def _drawn(row: SeriesYear) -> bool:
    return row.product is None and row.status == "actual" and row.freq in ANNUAL


def _line(row: SeriesYear) -> tuple[str | None, ...]:
    return (*_whose(row), row.unit, row.freq, row.coverage, row.adjustment)


def _whose(row: SeriesYear) -> tuple[str | None, ...]:
    """Return a flow and its sides; total trade is the same from either."""
    sides = [row.reporter, row.partner]
    if row.flow == "trade" and row.reporter and row.partner:
        sides.sort(key=str)
    return (row.flow, *sides)


def _reported(line: Sequence[SeriesYear]) -> tuple[bool, int, int]:
    """Return how much a line is reported: several years before one, then more figures, then more years."""
    years = len({row.year for row in line})
    return years > 1, sum(row.figures for row in line), years


def _one_a_year(line: Iterable[SeriesYear]) -> tuple[SeriesYear, ...]:
    best = {row.year: row for row in sorted(line, key=lambda row: (row.articles, row.claim_id))}
    return tuple(best[year] for year in sorted(best))


def _growth(of: Iterable[SeriesYear], like: SeriesYear) -> str | None:
    """Return the claim of the latest growth of the same flow on the year before."""
    same = [
        row
        for row in of
        if _drawn(row) and row.measure == "growth" and row.basis != "other" and row.freq == like.freq
        if _whose(row) == _whose(like)
    ]
    latest = max(same, key=lambda row: (row.period_end, row.articles, row.claim_id), default=None)
    return latest.claim_id if latest else None
