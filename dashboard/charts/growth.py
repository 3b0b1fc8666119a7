"""Growth over time: the per cents that articles state, a row of bars for each series, and what levels imply."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go

from dashboard import bars, captions, implied, naming, theme, wording
from dashboard.bars import Row
from dashboard.charts import levels
from dashboard.implied import Implied
from dashboard.plots import Spec, span
from dashboard.plots import figure as plotted
from dashboard.series import Key, Mark, Series, build, marks, once
from etl.language import currency_name

TITLE = "Growth over time"
QUESTION = "How fast did the flow grow or shrink, as articles print it?"
MOST_ROWS = 4


def figure(rows: pd.DataFrame) -> go.Figure:
    """Return a row of bars for each of the series with most growths, all on one time axis."""
    return plotted(spec(rows))


def spec(rows: pd.DataFrame) -> Spec:
    """Return the data and the layout of the figure."""
    return bars.spec(_drawn(rows), *span(marks(rows)))


def series_of(of: Sequence[Mark]) -> list[Series]:
    """Return the series of stated growths, those with most periods first."""
    made = build(mark for mark in of if mark.measure == "growth")
    return sorted(made, key=lambda series: -len(series.points))


@once
def _stated_series(rows: pd.DataFrame) -> list[Series]:
    return series_of(marks(rows))


@once
def _drawn(rows: pd.DataFrame) -> list[Row]:
    """Return the rows that are drawn: of stated growths, and where there is room of those that are only implied."""
    left = implied.by_series(levels.printed(rows))
    stated = [_row(series, _beside(series.key, left)) for series in _stated_series(rows)[:MOST_ROWS]]
    alone = [_row(Series(key, (), ()), growths) for key, growths in left.items()]
    return [*stated, *alone][:MOST_ROWS]


def _beside(key: Key, left: dict[Key, list[Implied]]) -> list[Implied]:
    """Take the implied growths of a series: in its own currency, or in that of the levels where it names none."""
    of = next((one for one in left if key in (one, replace(one, growth_currency=None))), None)
    return left.pop(of) if of else []


def _row(series: Series, growths: Sequence[Implied]) -> Row:
    key = series.key
    base = naming.BASES.get(key.basis or "", "base not stated")
    terms = f"in {currency_name(key.growth_currency)}" if key.growth_currency else ""
    return Row(series, bars.heading(key, base, terms), theme.LIGHT["growth"], tuple(growths))


def caption(rows: pd.DataFrame) -> str:
    """Say what the chart shows: the lowest, the highest and the last, where articles differ, and how many."""
    drawn = _drawn(rows)
    stated = [row.series for row in drawn if row.series.points]
    if not drawn:
        return "No article states a growth with a period for this selection."
    sources = captions.sources(stated or levels.printed(rows))
    said = ["Per cent.", *_stated(stated), _dashes(drawn), _left_out(rows), sources]
    return " ".join(filter(None, said))


def _stated(drawn: Sequence[Series]) -> list[str]:
    if not drawn:
        return ["No article states a growth."]
    first = naming.uncapped(naming.series_name(drawn[0].key))
    return [captions.course(drawn[0], f"Stated growth of {first}"), captions.differences(drawn)]


def _left_out(rows: pd.DataFrame) -> str:
    """Say how many series of stated growths have no room: each flow alone shows more of its own."""
    more = len(_stated_series(rows)) - MOST_ROWS
    return f"No room for {wording.count(more, 'more series', 'more series')}: choose a flow." if more > 0 else ""


def _dashes(drawn: Sequence[Row]) -> str:
    number = sum(len(row.implied) for row in drawn)
    return f"Thin dashes: {wording.count(number, 'growth')} implied by two printed levels each." if number else ""


def keys(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the shapes that occur, each with its meaning."""
    return bars.keys(_drawn(rows))


def lead(rows: pd.DataFrame) -> str | None:
    """Return the claim that a page opens with: the last figure of the first row."""
    stated = [row.series for row in _drawn(rows) if row.series.points]
    return bars.last(stated[0]).mark.claim_id if stated else None
