"""Growth over time: the per cents that articles state, a row of bars for each series."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard import captions, naming, theme, wording
from dashboard.plots import (
    BOTTOM,
    FORMATS,
    TOP,
    WIDE,
    Format,
    Spec,
    Surface,
    carried,
    framed,
    hover,
    span,
    ticks,
    time_axis,
)
from dashboard.plots import figure as plotted
from dashboard.series import Mark, Point, Series, build, marks, once
from etl.language import currency_name

TITLE = "Growth over time"
QUESTION = "How fast did the flow grow or shrink, as articles print it?"
MOST_ROWS, ROW, GAP = 4, 104, 40
WIDEST, SHARE = 22.0, 0.66
LABEL = 38
MONTH = 30
DAY = 86_400_000

Bar = tuple[float, float]


def figure(rows: pd.DataFrame) -> go.Figure:
    """Return a row of bars for each of the series with most growths, all on one time axis."""
    return plotted(spec(rows))


def spec(rows: pd.DataFrame) -> Spec:
    """Return the data and the layout of the figure."""
    drawn, (first, last) = _drawn(rows), span(marks(rows))

    def laid_out(form: Format) -> Spec:
        return _layout(drawn, form, [_surface(series, form, first, last) for series in drawn])

    rows_of_bars = [(series, _surface(series, WIDE, first, last)) for series in drawn]
    data = [trace for number, row in enumerate(rows_of_bars) for trace in _traces(*row, number)]
    return framed(data, laid_out(WIDE) | {"meta": {name: laid_out(form) for name, form in FORMATS.items()}})


@once
def _drawn(rows: pd.DataFrame) -> list[Series]:
    return series_of(marks(rows))


def series_of(of: Sequence[Mark]) -> list[Series]:
    """Return the series that are drawn: those with most periods."""
    made = build(mark for mark in of if mark.measure == "growth")
    return sorted(made, key=lambda series: -len(series.points))[:MOST_ROWS]


def _surface(series: Series, form: Format, first: date, last: date) -> Surface:
    values = [value for point in series.points for value in (point.mark.value, point.mark.value_high or 0)]
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.24 * ((high - low) or 1)
    row = Format(form.width, ROW, form.left, form.right, form.year_width)
    return Surface(row, first, last, low - (room if low < 0 else 0), high + (room if high > 0 else 0))


def _layout(drawn: Sequence[Series], form: Format, surfaces: Sequence[Surface]) -> Spec:
    inner = max(len(drawn), 1) * (ROW + GAP)
    layout: Spec = {
        "height": inner + TOP + BOTTOM - GAP // 2,
        "margin": form.margin | {"t": TOP - GAP // 2},
        "annotations": [],
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
    }
    for number, (series, surface) in enumerate(zip(drawn, surfaces, strict=True)):
        top = 1 - (number * (ROW + GAP) + GAP) / inner
        layout[_axis("yaxis", number)] = _value_axis(surface, [max(top - ROW / inner, 0.0), top])
        layout["annotations"] += [_heading(series, number), *_values(series, surface, number)]
    if surfaces:
        last = {"anchor": _axis("y", len(drawn) - 1)}
        layout["xaxis"] = time_axis(surfaces[0].first, surfaces[0].last, form) | last
    return layout


def _axis(letters: str, number: int) -> str:
    return letters if number == 0 else f"{letters}{number + 1}"


def _value_axis(surface: Surface, domain: Sequence[float]) -> Spec:
    values = ticks(surface.low, surface.high, 3)
    widest = max(values, key=abs, default=0.0)
    texts = [wording.number(value) if value <= 0 else f"+{wording.number(value)}" for value in values]
    return {
        "domain": domain,
        "range": [surface.low, surface.high],
        "tickvals": values,
        "ticktext": [
            f"{text}{wording.NBSP}%" if value == widest else text for text, value in zip(texts, values, strict=True)
        ],
        "zeroline": True,
        "zerolinecolor": theme.LIGHT["soft"],
    }


def _traces(series: Series, surface: Surface, number: int) -> Iterator[Spec]:
    bars = list(zip(series.points, bar_widths(series, surface), strict=True))
    yield _bars(bars, number)
    bounded = [(point, bar) for point, bar in bars if wording.bound(point.mark)]
    yield {
        "type": "scatter",
        "mode": "markers",
        "x": [_centre(point, bar) for point, bar in bounded],
        "y": [point.mark.value for point, _ in bounded],
        "yaxis": _axis("y", number),
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "color": theme.LIGHT["growth"],
            "size": 10,
            "symbol": [f"triangle-{wording.bound(point.mark)}" for point, _ in bounded],
        },
    }


def _centre(point: Point, bar: Bar) -> str:
    """Return the moment under a bar's middle."""
    offset, width = bar
    middle = datetime(point.at.year, point.at.month, point.at.day) + timedelta(milliseconds=offset + width / 2)
    return middle.isoformat(timespec="seconds")


def _bars(bars: Sequence[tuple[Point, Bar]], number: int) -> Spec:
    """Return the bars: full where exact, paler where about, hollow where forecast or target."""
    points, colour = [point for point, _ in bars], theme.LIGHT["growth"]
    hollow = [point.mark.status != "actual" for point in points]
    return {
        "type": "bar",
        "meta": "marks",
        "x": [point.at.isoformat() for point in points],
        "y": [point.mark.value for point in points],
        "yaxis": _axis("y", number),
        "offset": [offset for _, (offset, _) in bars],
        "width": [width for _, (_, width) in bars],
        "customdata": [carried(point) for point in points],
        "hovertext": [hover(point) for point in points],
        "hoverinfo": "text",
        "textposition": "none",
        "marker": {
            "color": ["rgba(0,0,0,0)" if is_hollow else colour for is_hollow in hollow],
            "opacity": [0.5 if point.mark.qualifier == "about" else 1 for point in points],
            "line": {"color": colour, "width": [1.5 if is_hollow else 0.5 for is_hollow in hollow]},
        },
        "error_y": _whiskers(points, colour),
    }


def _whiskers(points: Sequence[Point], colour: str) -> Spec:
    reach = [(point.mark.value_high or point.mark.value) - point.mark.value for point in points]
    return {
        "type": "data",
        "symmetric": False,
        "array": [max(length, 0) for length in reach],
        "arrayminus": [max(-length, 0) for length in reach],
        "visible": any(reach),
        "color": colour,
        "thickness": 2,
        "width": 4,
    }


def bar_widths(series: Series, surface: Surface) -> list[Bar]:
    """Return each bar's offset and width in milliseconds; figures for one period stand side by side."""
    together = Counter(point.at for point in series.points)
    before: Counter[date] = Counter()
    day = (surface.last - surface.first).days / surface.form.width
    widths = []
    for point in series.points:
        crowd = together[point.at]
        whole = min(SHARE * _slot(point), WIDEST * day) * DAY
        widths.append((whole / crowd * before[point.at] - whole / 2, whole / crowd * (0.9 if crowd > 1 else 1)))
        before[point.at] += 1
    return widths


def _slot(point: Point) -> int:
    """Return how many days a bar may take: its period's, a month's for the end of a year to date."""
    return MONTH if point.mark.freq == "YTD" else (point.end - point.start).days + 1


def _heading(series: Series, number: int) -> Spec:
    mark = series.points[-1].mark
    notes = [naming.BASES.get(mark.basis or "", "base not stated"), _terms(mark)]
    named = escape(naming.series_name(mark), quote=False)
    return {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "yref": f"{_axis('y', number)} domain",
        "y": 1,
        "yanchor": "bottom",
        "yshift": 10,
        "text": f"<b>{named}</b>, {', '.join(filter(None, notes))}",
        "showarrow": False,
        "font": {"color": theme.LIGHT["ink"], "size": 12},
    }


def _terms(mark: Mark) -> str:
    return f"in {currency_name(mark.growth_currency)}" if mark.growth_currency else ""


def _values(series: Series, surface: Surface, number: int) -> Iterator[Spec]:
    """Yield the figures over their bars: all of them, or where they would touch, the extremes and the last."""
    bars = list(zip(series.points, bar_widths(series, surface), strict=True))
    told = {id(point) for point in _told_apart(series, surface)}
    for point, bar in bars:
        if id(point) in told:
            falling = point.mark.value < 0
            yield {
                "x": _centre(point, bar),
                "y": _reach(point, series, surface),
                "yref": _axis("y", number),
                "yanchor": "top" if falling else "bottom",
                "yshift": (-1 if falling else 1) * (7 if wording.bound(point.mark) else 1),
                "text": _short(point.mark),
                "showarrow": False,
                "font": {"color": theme.LIGHT["growth"], "size": 12},
            }


def _reach(point: Point, series: Series, surface: Surface) -> float:
    """Return where the longest of the bars near a point ends, on the side of its own."""
    at = surface.x(point.at)
    together = [other.mark for other in series.points if abs(surface.x(other.at) - at) < LABEL / 2]
    ends = [mark.value if mark.value_high is None else mark.value_high for mark in together]
    return min(0.0, *ends) if point.mark.value < 0 else max(0.0, *ends)


def _told_apart(series: Series, surface: Surface) -> list[Point]:
    """Return the points whose figures do not touch the one before, extremes and the last first."""
    by_value = sorted(series.points, key=lambda point: point.mark.value)
    chosen: list[Point] = []
    for point in dict.fromkeys([_last(series), by_value[-1], by_value[0], *series.line, *series.points]):
        if all(abs(surface.x(point.at) - surface.x(other.at)) >= LABEL for other in chosen):
            chosen.append(point)
    return chosen


def _last(series: Series) -> Point:
    return (series.line or series.points)[-1]


def _short(mark: Mark) -> str:
    sign = {"up": ">", "down": "<"}.get(wording.bound(mark), "~" if mark.qualifier == "about" else "")
    high = "" if mark.value_high is None else f"{wording.DASH}{wording.number(mark.value_high)}"
    return f"{sign}{'+' if mark.value > 0 else ''}{wording.number(mark.value)}{high}"


def caption(rows: pd.DataFrame) -> str:
    """Say what the chart shows: the lowest, the highest and the last, where articles differ, and how many."""
    drawn = _drawn(rows)
    if not drawn:
        return "No article states a growth with a period for this selection."
    first = naming.uncapped(naming.series_name(_last(drawn[0]).mark))
    said = ("Per cent.", captions.course(drawn[0], f"Stated growth of {first}"), captions.differences(drawn))
    return " ".join(filter(None, (*said, captions.sources(drawn))))


def keys(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the shapes that occur, each with its meaning."""
    points = [point for series in _drawn(rows) for point in series.points]
    found = {_key(point.mark) for point in points}
    return [key for key in KEYS if key[0] in found]


KEYS = (
    ("bar", "exact"),
    ("bar-pale", "about"),
    ("triangle-up", "at least"),
    ("triangle-down", "at most"),
    ("range", "range"),
    ("bar-open", "target or forecast"),
)


def _key(mark: Mark) -> str:
    if mark.status != "actual" or mark.value_high is not None:
        return "bar-open" if mark.status != "actual" else "range"
    if bound := wording.bound(mark):
        return f"triangle-{bound}"
    return "bar-pale" if mark.qualifier == "about" else "bar"


def lead(rows: pd.DataFrame) -> str | None:
    """Return the claim that a page opens with: the last figure of the first row."""
    drawn = _drawn(rows)
    return _last(drawn[0]).mark.claim_id if drawn else None
