"""Levels over time: the amounts that articles print, one line a series."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

import pandas as pd
import plotly.graph_objects as go

from dashboard import captions, naming, theme, wording
from dashboard.converting import asked, converted
from dashboard.labels import Canvas, broken, size, spread
from dashboard.plots import (
    BOTTOM,
    NARROW,
    TOP,
    Format,
    Spec,
    Surface,
    canvas,
    framed,
    halo_trace,
    middle,
    placed,
    points_trace,
    span,
    symbol,
    ticks,
    time_axis,
    words,
)
from dashboard.plots import figure as plotted
from dashboard.series import Mark, Point, Series, build, consecutive, leading, marks, once
from etl.language import currency_name

TITLE = "Levels over time"
QUESTION = "How large was the flow, as articles print it?"
MOST_LABELS, MOST_NOTED, MOST_BESIDE, NEAR_THE_END, BREAK = 8, 200, 6, 0.72, 21


def figure(rows: pd.DataFrame) -> go.Figure:
    """Return lines through printed amounts in the leading currency, and every other figure as a mark."""
    return plotted(spec(rows))


def spec(rows: pd.DataFrame) -> Spec:
    """Return the data and the layout of the figure."""
    drawn = _drawn(rows)
    first, last = span(marks(rows))
    low, high = _limits(drawn)
    data = [trace for one in drawn for trace in _traces(one)]

    def laid_out(form: Format) -> Spec:
        return _layout(Surface(form, first, last, low, high), drawn)

    return framed(data, laid_out)


def series_of(of: Sequence[Mark]) -> list[Series]:
    """Return the series that are drawn: levels in the leading currency that have a period."""
    unit = unit_of(of)
    return build(mark for mark in of if mark.measure == "level" and mark.unit == unit)


@once
def _drawn(rows: pd.DataFrame) -> list[Series]:
    """Return the series that are drawn, all of them in one currency where rows ask for one."""
    into = asked(rows)
    return converted(marks(rows), into) if into else printed(rows)


@once
def printed(rows: pd.DataFrame) -> list[Series]:
    """Return the series of the amounts as they are printed."""
    return series_of(marks(rows))


def unit_of(of: Sequence[Mark]) -> str | None:
    """Return the currency that most of the levels are in."""
    unit: str | None = leading([mark for mark in of if mark.measure == "level"], "unit")
    return unit


def _limits(drawn: Sequence[Series]) -> tuple[float, float]:
    values = [middle(point.mark) for series in drawn for point in series.points] or [0.0]
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.09 * ((high - low) or 1)
    return (low - room if low < 0 else 0.0), (high + room if high > 0 else 0.0)


def _traces(series: Series) -> Iterator[Spec]:
    colour = theme.LIGHT[series.key.flow]
    yield _stroke(series, colour, joined=True)
    yield _stroke(series, colour, joined=False)
    yield halo_trace(series.points, colour)
    yield points_trace(series, colour)


def _stroke(series: Series, colour: str, *, joined: bool) -> Spec:
    """Return the line's thick parts, or the thin ones over periods without a figure."""
    x: list[str | None] = []
    y: list[float | None] = []
    for one, other in pairwise(series.line):
        if consecutive(one, other) == joined:
            x += [one.at.isoformat(), other.at.isoformat(), None]
            y += [one.mark.value, other.mark.value, None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "cliponaxis": False,
        "line": {"color": colour, "width": 2.4 if joined else 1, "dash": "dot" if series.converted else "solid"},
    }


def _layout(surface: Surface, drawn: Sequence[Series]) -> Spec:
    form = surface.form
    return {
        "height": form.height + TOP + BOTTOM,
        "margin": form.margin,
        "xaxis": time_axis(surface.first, surface.last, form)
        | {"showline": surface.low == 0, "linecolor": theme.LIGHT["soft"]},
        "yaxis": _value_axis(surface, drawn),
        "annotations": _labels(surface, drawn),
    }


def _value_axis(surface: Surface, drawn: Sequence[Series]) -> Spec:
    if not drawn:
        return {"range": [0, 1], "tickvals": [], "ticktext": []}
    values = ticks(surface.low, surface.high, 6)
    divisor = wording.scale_of(max(abs(surface.low), surface.high))[0]
    texts = [wording.number(value / divisor) for value in values]
    texts[-1] = wording.money(values[-1], drawn[0].key.unit) if values[-1] else texts[-1]
    return {
        "range": [surface.low, surface.high],
        "tickvals": values,
        "ticktext": texts,
        "zeroline": surface.low < 0,
        "zerolinecolor": theme.LIGHT["soft"],
    }


def _labels(surface: Surface, drawn: Sequence[Series]) -> list[Spec]:
    surfaced = canvas(surface, drawn)
    lines = [series for series in drawn if series.points][:MOST_LABELS]
    ends = list(_ends(surface, lines, surfaced))
    crowded = sum(len(series.points) for series in drawn) > MOST_NOTED
    noted = [(series, _extremes(series) if crowded else series.points) for series in drawn]
    return [*ends, *(label for one, points in noted for label in _notes(surface, one, points, surfaced))]


def _ends(surface: Surface, lines: Sequence[Series], on: Canvas) -> Iterator[Spec]:
    """Yield the names of the lines: in the margin beside their ends, inside where there is no margin."""
    beside = _beside(lines, surface)
    for series in lines:
        if series not in beside:
            yield from _inside(surface, series, on)
    yield from _column(surface, beside)


def _beside(lines: Sequence[Series], surface: Surface) -> list[Series]:
    """Return the lines that are named in the margin: those that end near it, and single figures if they fit."""
    if surface.form is NARROW:
        return []
    near = [series for series in lines if _end(series, surface) >= NEAR_THE_END]
    return sorted(near, key=lambda series: len(series.line or series.points) < 2)[:MOST_BESIDE]


def _inside(surface: Surface, series: Series, on: Canvas) -> Iterator[Spec]:
    point, text = _last(series), _name(series, surface)
    at = (point.at, middle(point.mark))
    box = on.place_name(surface.x(at[0]), surface.y(at[1]), *size([line.strip("\u200b") for line in text]))
    if box:
        written = words([_bold_name(text)], surface, at, theme.LIGHT[series.key.flow], box)
        yield written | {"align": "right"}


def _column(surface: Surface, lines: Sequence[Series]) -> Iterator[Spec]:
    texts = [_name(series, surface) for series in lines]
    wanted = [surface.y(middle(_last(series).mark)) for series in lines]
    places = spread(wanted, [size(text)[1] + 6 for text in texts], -10, surface.form.height + 14)
    for series, text, place, at in zip(lines, texts, places, wanted, strict=True):
        yield {
            "xref": "paper",
            "x": 1,
            "y": middle(_last(series).mark),
            "xanchor": "left",
            "align": "left",
            "xshift": 6,
            "yshift": round(place - at),
            "text": _bold_name(text),
            "showarrow": False,
            "font": {"color": theme.LIGHT[series.key.flow], "size": 12},
        }


def _last(series: Series) -> Point:
    return (series.line or series.points)[-1]


def _end(series: Series, surface: Surface) -> float:
    return surface.x(_last(series).at) / surface.form.width


def _name(series: Series, surface: Surface) -> list[str]:
    """Return a line's name and last value, broken to the width of the margin."""
    point = _last(series)
    value = _short(point.mark, surface)
    late = point.end >= surface.last
    tail = value if late else f"{value} in {naming.period(point.start, point.end, point.mark.freq)}"
    lines = broken(naming.series_name(point.mark), BREAK)
    if len(lines[-1]) + len(tail) < BREAK:
        return [*lines[:-1], f"{lines[-1]} \u200b{tail}"]
    return [*lines, f"\u200b{tail}"]


def _bold_name(lines: Sequence[str]) -> str:
    named, _, tail = "<br>".join(escape(line, quote=False) for line in lines).partition("\u200b")
    return f"<b>{named}</b>{tail}"


def _short(mark: Mark, surface: Surface) -> str:
    """Return a figure without the unit that the axis names."""
    divisor = wording.scale_of(max(abs(surface.low), surface.high))[0]
    sign = {"up": ">", "down": "<"}.get(wording.bound(mark), "~" if mark.qualifier == "about" else "")
    high = "" if mark.value_high is None else f"{wording.DASH}{wording.number(mark.value_high / divisor)}"
    return f"{'≈' if mark.printed else ''}{sign}{wording.number(mark.value / divisor)}{high}"


def _notes(surface: Surface, series: Series, points: Sequence[Point], on: Canvas) -> Iterator[Spec]:
    """Yield short figures beside the marks that need a word, as far as there is room."""
    colour = theme.LIGHT[series.key.flow]
    told = {id(point) for point in series.line} - {id(point) for point in _extremes(series)}
    for point in points:
        mark = point.mark
        if mark.status != "actual":
            text = f"{mark.status}: {_short(mark, surface)} by {naming.period(point.start, point.end, mark.freq)}"
            yield from placed([text], surface, on, (point.at, middle(mark)), theme.LIGHT["soft"])
        elif id(point) not in told or mark.qualifier != "exact":
            lines = [_short(mark, surface), *([_months(mark)] if mark.freq == "YTD" else [])]
            yield from placed(lines, surface, on, (point.at, middle(mark)), colour)


def _months(mark: Mark) -> str:
    return naming.when(mark).rpartition(" ")[0]


def _extremes(series: Series) -> list[Point]:
    if len(series.line) < 3:
        return []
    by_value = sorted(series.line, key=lambda point: point.mark.value)
    return [point for point in (by_value[0], by_value[-1]) if point is not series.line[-1]]


def caption(rows: pd.DataFrame) -> str:
    """Say what the chart shows: unit, lowest, highest and last, where articles differ, and how many there are."""
    drawn = _drawn(rows)
    if not drawn:
        return "No article states an amount with a period for this selection."
    first, *rest = [naming.series_name(_last(series).mark) for series in drawn]
    also = captions.others(name for name in rest if name != first)
    said = (_unit(drawn), captions.course(drawn[0], first, _verb(drawn[0])), also, captions.differences(drawn))
    return " ".join(filter(None, (*said, captions.sources(drawn))))


def _verb(series: Series) -> str:
    return "were" if series.key.flow in ("exports", "imports") else "was"


def _unit(drawn: Sequence[Series]) -> str:
    values = [abs(middle(point.mark)) for series in drawn for point in series.points]
    scale = wording.scale_of(max(values))[2]
    currency = currency_name(drawn[0].key.unit)
    years = " and ".join(dict.fromkeys(naming.KINDS_OF_YEAR[series.key.freq or "other"] for series in drawn))
    unit = f"{scale} {currency}" if scale else currency[0].upper() + currency[1:]
    return f"{unit}, {years}."


def keys(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the shapes that occur, each with its meaning."""
    drawn = _drawn(rows)
    found = {_key(point.mark) for series in drawn for point in series.points}
    thin = any(not consecutive(*pair) for series in drawn for pair in pairwise(series.line))
    return [key for key in KEYS if key[0] in found] + ([THIN] if thin else [])


THIN = ("thin", "thin: no figure for the time between")
KEYS = (
    ("circle", "exact"),
    ("about", "about"),
    ("triangle-up", "at least"),
    ("triangle-down", "at most"),
    ("range", "range"),
    ("diamond-open", "target or forecast"),
    ("line-ew", "year to date"),
    ("square-open", "converted from another currency"),
    ("diamond-open-dot", "target or forecast, converted"),
)


def _key(mark: Mark) -> str:
    shape = symbol(mark)
    if mark.status == "actual" and not mark.printed and mark.value_high is not None:
        return "range"
    return "about" if shape == "circle" and mark.qualifier == "about" else shape


def lead(rows: pd.DataFrame) -> str | None:
    """Return the claim that a page opens with: the last figure of the first line."""
    drawn = _drawn(rows)
    return _last(drawn[0]).mark.claim_id if drawn else None
