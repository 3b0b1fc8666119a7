"""A chart in its card: title, caption, key of its shapes, and the place where the browser paints it."""

from types import ModuleType
from typing import Any

import pandas as pd
from dash import dcc

from dashboard import components, html, wording
from dashboard.attributes import UNSEEN, aria, data

Child = Any


def graph(name: str, chart: ModuleType, rows: pd.DataFrame) -> Child:
    """Return a chart of the folder over rows; without a mark, what its caption says of that."""
    figure = chart.spec(rows)
    drawn = any(trace.get("meta") == "marks" for trace in figure["data"])
    keys = html.Ul([components.key(*key) for key in chart.keys(rows)], className="keys")
    return html.Section(
        [
            html.H2(chart.TITLE, id=f"{name}-title"),
            html.P(wording.unbroken(chart.caption(rows)), className="caption", id=f"{name}-caption"),
            *([keys, _plot(name, figure)] if drawn else []),
        ],
        className="card",
        **aria(labelledby=f"{name}-title"),
    )


def _plot(name: str, figure: dict[str, Any]) -> Child:
    """Return a chart's place: the browser paints the stored figure in its colours and for its width."""
    layout = figure["layout"]
    heights = {"wide": layout["height"]} | {name: form["height"] for name, form in layout["meta"].items()}
    return html.Div(
        [
            dcc.Store(id={"part": "figure", "chart": name}, data=figure),
            html.Div(
                dcc.Graph(
                    id={"part": "graph", "chart": name},
                    figure={"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False}}},
                    config={"displayModeBar": False, "doubleClick": False},
                    responsive=True,
                ),
                **UNSEEN,
            ),
        ],
        className="plot",
        tabIndex="0",
        role="application",
        style={f"--{name}": f"{height}px" for name, height in heights.items()},
        **data(chart=name),
        **aria(
            labelledby=f"{name}-title",
            describedby=f"{name}-caption",
            roledescription="chart: arrow keys walk from mark to mark, Enter opens the source",
        ),
    )
