"""A chart in its card: title, caption, key of its shapes, and the place where the browser paints it."""

from types import ModuleType
from typing import Any

import pandas as pd
from dash import dcc

from dashboard import components, html, naming, wording
from dashboard.attributes import UNSEEN, aria, data
from dashboard.context import store
from etl.model import Claim

Child = Any


def graph(name: str, chart: ModuleType, rows: pd.DataFrame) -> Child:
    """Return a chart of the folder over rows; without a mark, what its caption says of that."""
    figure, caption = chart.spec(rows), chart.caption(rows)
    drawn = any(trace.get("meta") == "marks" for trace in figure["data"])
    keys = html.Ul([components.key(*key) for key in chart.keys(rows)], className="keys")
    return html.Section(
        [
            html.H2(chart.TITLE, id=f"{name}-title"),
            html.P(wording.unbroken(caption), className="caption", id=f"{name}-caption"),
            *([keys, _plot(name, figure), _take(chart.TITLE, caption, rows)] if drawn else []),
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


def _take(title: str, caption: str, rows: pd.DataFrame) -> Child:
    """Return the buttons that save a chart as a picture, with the words that it needs away from its page."""
    newest = _newest(rows)
    unit, reported = caption.partition(". ")[0], caption[caption.rindex("As reported by") :].rstrip(".")
    said = {
        "unit": f"{unit}.",
        "note": f"{reported}; not official statistics. Newest article: {_date(newest)}.",
        "date": _date(newest, dashed=True),
    }
    buttons = [
        html.Button(
            form.upper(), type="button", **data(take=form, **said), **aria(label=f"{form.upper()} picture: {title}")
        )
        for form in ("png", "svg")
    ]
    return html.Div(buttons, className="take")


def _newest(rows: pd.DataFrame) -> Claim | None:
    """Return a claim of the newest article, which alone knows how precisely its date is known."""
    dated = rows["published"].dropna()
    return store().claim(str(rows["claim_id"][dated.sort_values().index[-1]])) if len(dated) else None


def _date(newest: Claim | None, *, dashed: bool = False) -> str:
    """Return the day, month or year of an article, as precisely as it is known."""
    if newest is None or newest.published is None:
        return "" if dashed else naming.published(None)
    precision = newest.published_precision or "day"
    known = {"year": 4, "month": 7}.get(precision, 10)
    return newest.published.isoformat()[:known] if dashed else naming.published(newest.published, precision)
