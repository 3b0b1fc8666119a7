"""What a chart shows, in words: its caption is its text alternative too."""

from collections.abc import Iterable, Sequence

import pandas as pd

from dashboard import naming, wording
from dashboard.plots import middle
from dashboard.series import Point, Series

MOST = 6


def course(series: Series, subject: str, verb: str = "was") -> str:
    """Say where a series is lowest and highest, and where it ends."""
    line = series.line or series.points
    if len(line) == 1:
        return f"{subject} {verb} {told(line[0])}."
    by_value = sorted(line, key=lambda point: middle(point.mark))
    lowest, highest, last = by_value[0], by_value[-1], line[-1]
    said = f"{subject} {verb} lowest at {told(lowest)} and highest at {told(highest)}"
    return f"{said}." if last in (lowest, highest) else f"{said}; {told(last)}."


def told(point: Point) -> str:
    """Return a figure with its period."""
    return f"{wording.figure(point.mark)} in {naming.when(point.mark)}"


def differences(drawn: Sequence[Series]) -> str:
    """Say for which periods articles state different figures."""
    disputed = [point for series in drawn for point in series.points if not point.undisputed]
    named = list(dict.fromkeys(naming.when(point.mark) for point in sorted(disputed, key=lambda point: point.end)))
    if not named:
        return ""
    periods = ", ".join(named) if len(named) <= MOST else f"{len(named)} periods"
    return f"Articles differ on {periods}: every figure is drawn."


def others(names: Iterable[str]) -> str:
    """Name what is drawn beside the series that was told of."""
    named = list(dict.fromkeys(names))
    if not named:
        return ""
    shown = ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
    return f"Also drawn: {shown}."


def sources(drawn: Sequence[Series]) -> str:
    """Say how many articles a chart rests on."""
    articles = {article for series in drawn for point in series.points for article in point.article_ids}
    return f"As reported by {wording.count(len(articles), 'article')}."


def chosen(rows: pd.DataFrame) -> str:
    """Say which figures are drawn where there are too many to draw them all."""
    figures = int(rows["figures"].sum()) if "figures" in rows else 0
    if figures <= len(rows):
        return ""
    return f"Of {figures:,} figures {len(rows):,} are drawn: the latest of each series in each year."
