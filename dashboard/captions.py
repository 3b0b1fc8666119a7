"""What a chart shows, in words: its caption is its text alternative too."""

from collections.abc import Iterable, Sequence

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
    """Say how many articles a chart rests on, and what its marks stand for where not every figure is drawn."""
    points = [point for series in drawn for point in series.points]
    articles = wording.count(len({article for point in points for article in point.article_ids}), "article")
    figures, shown = sum(point.figures for point in points), sum(len(point.same) for point in points)
    if figures == shown:
        return f"As reported by {articles}."
    stand = f"{wording.count(len(points), 'mark')} stand for {wording.count(figures, 'figure')}"
    return f"As reported by at least {articles}: {stand}, each the latest of its series in a year."
