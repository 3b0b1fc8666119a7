"""Shares over time: the part of a flow that articles state in per cent, a row of bars for each series."""

import pandas as pd
import plotly.graph_objects as go

from dashboard import bars, captions, naming, theme
from dashboard.bars import Row
from dashboard.plots import Spec, span
from dashboard.plots import figure as plotted
from dashboard.series import Series, build, marks, once

TITLE = "Shares over time"
QUESTION = "How large a part of the whole was the flow, as articles print it?"
MOST_ROWS = 4


def figure(rows: pd.DataFrame) -> go.Figure:
    """Return a row of bars for each of the series with most shares, all on one time axis."""
    return plotted(spec(rows))


def spec(rows: pd.DataFrame) -> Spec:
    """Return the data and the layout of the figure."""
    drawn = [Row(series, bars.heading(series.key), theme.LIGHT[series.key.flow]) for series in _drawn(rows)]
    return bars.spec(drawn, *span(marks(rows)))


@once
def _drawn(rows: pd.DataFrame) -> list[Series]:
    """Return the series that are drawn: those with most periods."""
    made = build(mark for mark in marks(rows) if mark.measure == "share")
    return sorted(made, key=lambda series: -len(series.points))[:MOST_ROWS]


def caption(rows: pd.DataFrame) -> str:
    """Say what the chart shows: the lowest, the highest and the last, where articles differ, and how many."""
    drawn = _drawn(rows)
    if not drawn:
        return "No article states a share with a period for this selection."
    first = naming.uncapped(naming.series_name(drawn[0].key))
    said = ("Per cent of the whole.", captions.course(drawn[0], f"The share of {first}"), captions.differences(drawn))
    return " ".join(filter(None, (*said, captions.sources(drawn))))


def keys(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the shapes that occur, each with its meaning."""
    return bars.keys([Row(series, "", "") for series in _drawn(rows)])
