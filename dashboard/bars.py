"""Rows of bars on one time axis, a series a row; growth that levels imply as long thin dashes beside them."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from math import inf

from dashboard import implied, naming, theme, wording
from dashboard.implied import Implied
from dashboard.plots import BOTTOM, TOP, WIDE, Format, Spec, Surface, framed, saying, ticks, time_axis
from dashboard.series import Key, Mark, Point, Series

ROW, GAP = 104, 40
WIDEST, SHARE = 22.0, 0.66
LABEL = 38
MONTH = 30
DAY = 86_400_000
KEYS = (
    ("bar", "exact"),
    ("bar-pale", "about"),
    ("triangle-up", "at least"),
    ("triangle-down", "at most"),
    ("range", "range"),
    ("bar-open", "target or forecast"),
)

Bar = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Row:
    """A series of bars with its heading, as safe markup, and its colour."""

    series: Series
    heading: str
    colour: str
    implied: tuple[Implied, ...] = ()


def spec(drawn: Sequence[Row], first: date, last: date) -> Spec:
    """Return the data and the layout of a row of bars for each series."""

    def laid_out(form: Format) -> Spec:
        return _layout(drawn, form, [_surface(row, form, first, last) for row in drawn])

    surfaces = [_surface(row, WIDE, first, last) for row in drawn]
    data = [
        trace
        for number, (row, surface) in enumerate(zip(drawn, surfaces, strict=True))
        for trace in _traces(row, surface, _axis("y", number))
    ]
    return framed(data, laid_out)


def _surface(row: Row, form: Format, first: date, last: date) -> Surface:
    values = [value for point in row.series.points for value in (point.mark.value, point.mark.value_high or 0)]
    values += [one.value for one in row.implied]
    low, high = min(0.0, *values), max(0.0, *values)
    room = 0.24 * ((high - low) or 1)
    inside = Format(form.width, ROW, form.left, form.right, form.year_width)
    return Surface(inside, first, last, low - (room if low < 0 else 0), high + (room if high > 0 else 0))


def _layout(drawn: Sequence[Row], form: Format, surfaces: Sequence[Surface]) -> Spec:
    inner = max(len(drawn), 1) * (ROW + GAP)
    layout: Spec = {
        "height": inner + TOP + BOTTOM - GAP // 2,
        "margin": form.margin | {"t": TOP - GAP // 2},
        "annotations": [],
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
    }
    for number, (row, surface) in enumerate(zip(drawn, surfaces, strict=True)):
        top = 1 - (number * (ROW + GAP) + GAP) / inner
        layout[_axis("yaxis", number)] = _value_axis(row, surface, [max(top - ROW / inner, 0.0), top])
        layout["annotations"] += [_heading(row, _axis("y", number)), *_values(row, surface, _axis("y", number))]
    if surfaces:
        anchor = {"anchor": _axis("y", len(drawn) - 1)}
        layout["xaxis"] = time_axis(surfaces[0].first, surfaces[0].last, form) | anchor
    return layout


def _axis(letters: str, number: int) -> str:
    return letters if number == 0 else f"{letters}{number + 1}"


def _value_axis(row: Row, surface: Surface, domain: Sequence[float]) -> Spec:
    values = ticks(surface.low, surface.high, 3)
    widest = max(values, key=abs, default=0.0)
    texts = [f"{_plus(row, value)}{wording.number(value)}" for value in values]
    return {
        "domain": domain,
        "range": [surface.low, surface.high],
        "tickvals": values,
        "ticktext": [
            f"{text}{wording.NBSP}{row.series.key.unit}" if value == widest else text
            for text, value in zip(texts, values, strict=True)
        ],
        "zeroline": True,
        "zerolinecolor": theme.LIGHT["soft"],
    }


def _plus(row: Row, value: float) -> str:
    return "+" if value > 0 and row.series.key.measure == "growth" else ""


def _traces(row: Row, surface: Surface, axis: str) -> Iterator[Spec]:
    bars = list(zip(row.series.points, _widths(row.series, surface), strict=True))
    yield _bars(bars, row.colour) | {"yaxis": axis}
    yield _bounds([(point, bar) for point, bar in bars if wording.bound(point.mark)], row.colour) | {"yaxis": axis}
    for trace in implied.traces(row.implied, row.colour):
        yield trace | {"yaxis": axis}


def _bounds(bounded: Sequence[tuple[Point, Bar]], colour: str) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_centre(point, bar) for point, bar in bounded],
        "y": [point.mark.value for point, _ in bounded],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "color": colour,
            "size": 10,
            "symbol": [f"triangle-{wording.bound(point.mark)}" for point, _ in bounded],
        },
    }


def _bars(bars: Sequence[tuple[Point, Bar]], colour: str) -> Spec:
    """Return the bars: full where exact, paler where about, hollow where forecast or target."""
    points = [point for point, _ in bars]
    hollow = [point.mark.status != "actual" for point in points]
    return {
        "type": "bar",
        "meta": "marks",
        "x": [point.at.isoformat() for point in points],
        "y": [point.mark.value for point in points],
        "offset": [offset for _, (offset, _) in bars],
        "width": [width for _, (_, width) in bars],
        **saying(points),
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


def _heading(row: Row, axis: str) -> Spec:
    return {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "yref": f"{axis} domain",
        "y": 1,
        "yanchor": "bottom",
        "yshift": 10,
        "text": row.heading,
        "showarrow": False,
        "font": {"color": theme.LIGHT["ink"], "size": 12},
    }


def heading(key: Key, *notes: str) -> str:
    """Return the heading of a series: its flow named whole, and what else must be known of it."""
    return ", ".join([f"<b>{escape(naming.series_name(key), quote=False)}</b>", *filter(None, notes)])


def _widths(series: Series, surface: Surface) -> list[Bar]:
    """Return each bar's offset and width in milliseconds; figures for one period stand side by side."""
    together = Counter(point.at for point in series.points)
    before: Counter[date] = Counter()
    day = (surface.last - surface.first).days / surface.form.width
    made = []
    for point in series.points:
        crowd = together[point.at]
        whole = min(SHARE * _slot(point), WIDEST * day) * DAY
        made.append((whole / crowd * before[point.at] - whole / 2, whole / crowd * (0.9 if crowd > 1 else 1)))
        before[point.at] += 1
    return made


def _slot(point: Point) -> int:
    """Return how many days a bar may take: its period's, a month's for the end of a year to date."""
    return MONTH if point.mark.freq == "YTD" else (point.end - point.start).days + 1


def _centre(point: Point, bar: Bar) -> str:
    """Return the moment under a bar's middle."""
    offset, width = bar
    middle = datetime(point.at.year, point.at.month, point.at.day) + timedelta(milliseconds=offset + width / 2)
    return middle.isoformat(timespec="seconds")


def _values(row: Row, surface: Surface, axis: str) -> Iterator[Spec]:
    """Yield the figures over their bars: all of them, or where they would touch, the extremes and the last."""
    bars = list(zip(row.series.points, _widths(row.series, surface), strict=True))
    told = {id(point) for point in _told_apart(row.series, surface)}
    ends = _ends(row, surface)
    for point, bar in bars:
        if id(point) in told:
            falling = point.mark.value < 0
            yield {
                "x": _centre(point, bar),
                "y": _reach(surface.x(point.at), ends, falling),
                "yref": axis,
                "yanchor": "top" if falling else "bottom",
                "yshift": (-1 if falling else 1) * (7 if wording.bound(point.mark) else 1),
                "text": _short(row, point.mark),
                "showarrow": False,
                "font": {"color": row.colour, "size": 12},
            }


def _ends(row: Row, surface: Surface) -> list[tuple[float, float]]:
    """Return where bars and dashes stand and where they end, from left to right."""
    bars = [(point.at, point.mark) for point in row.series.points]
    ends = [(at, mark.value if mark.value_high is None else mark.value_high) for at, mark in bars]
    ends += [(one.at, one.value) for one in row.implied]
    return sorted((surface.x(at), end) for at, end in ends)


def _reach(at: float, ends: Sequence[tuple[float, float]], falling: bool) -> float:
    """Return where the longest of the bars and dashes near a place ends, on one side of zero."""
    near = ends[bisect_right(ends, (at - LABEL / 2, inf)) : bisect_left(ends, (at + LABEL / 2, -inf))]
    reached = [0.0, *(end for _, end in near)]
    return min(reached) if falling else max(reached)


def _told_apart(series: Series, surface: Surface) -> list[Point]:
    """Return the points whose figures do not touch the one before, extremes and the last first."""
    by_value = sorted(series.points, key=lambda point: point.mark.value)
    first = [last(series), by_value[-1], by_value[0]] if by_value else []
    chosen: list[Point] = []
    taken: list[float] = []
    for point in {id(point): point for point in (*first, *series.line, *series.points)}.values():
        at = surface.x(point.at)
        place = bisect_left(taken, at)
        if all(abs(at - other) >= LABEL for other in taken[max(place - 1, 0) : place + 1]):
            taken.insert(place, at)
            chosen.append(point)
    return chosen


def last(series: Series) -> Point:
    """Return the last point that the line of a series runs through, or its last one."""
    return (series.line or series.points)[-1]


def _short(row: Row, mark: Mark) -> str:
    sign = {"up": ">", "down": "<"}.get(wording.bound(mark), "~" if mark.qualifier == "about" else "")
    high = "" if mark.value_high is None else f"{wording.DASH}{wording.number(mark.value_high)}"
    return f"{sign}{_plus(row, mark.value)}{wording.number(mark.value)}{high}"


def keys(drawn: Sequence[Row]) -> list[tuple[str, str]]:
    """Return the shapes that occur, each with its meaning."""
    found = {_key(point.mark) for row in drawn for point in row.series.points}
    dash = [("dash", "implied by two printed levels")] if any(row.implied for row in drawn) else []
    return [key for key in KEYS if key[0] in found] + dash


def _key(mark: Mark) -> str:
    if mark.status != "actual" or mark.value_high is not None:
        return "bar-open" if mark.status != "actual" else "range"
    if bound := wording.bound(mark):
        return f"triangle-{bound}"
    return "bar-pale" if mark.qualifier == "about" else "bar"
