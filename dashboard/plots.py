"""What the charts share: the surface they are drawn on, its axes, their marks and the words beside them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from math import floor, log10
from typing import Any

import plotly.graph_objects as go

from dashboard import naming, theme, wording
from dashboard.labels import Box, Canvas, size
from dashboard.series import Mark, Point, Series

Spec = dict[str, Any]
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
TOP, BOTTOM = 28, 32


@dataclass(frozen=True, slots=True)
class Format:
    """How large a chart is taken to be: the browser gives it at least this width."""

    width: int
    height: int
    left: int
    right: int
    year_width: int

    @property
    def margin(self) -> Spec:
        """The margins of the plot."""
        return {"l": self.left, "r": self.right, "t": TOP, "b": BOTTOM, "pad": 0}


WIDE = Format(width=460, height=300, left=62, right=152, year_width=38)
NARROW = Format(width=270, height=280, left=52, right=12, year_width=44)
BROAD = Format(width=700, height=320, left=62, right=152, year_width=38)
FORMATS = {"narrow": NARROW, "broad": BROAD}


@dataclass(frozen=True, slots=True)
class Surface:
    """Pixels of a format for days and values; both run from the lower left corner."""

    form: Format
    first: date
    last: date
    low: float
    high: float

    def x(self, day: date) -> float:
        """Return where a day stands."""
        return self.form.width * (day - self.first).days / max((self.last - self.first).days, 1)

    def y(self, value: float) -> float:
        """Return where a value stands."""
        return self.form.height * (value - self.low) / ((self.high - self.low) or 1)


def span(of: Iterable[Mark]) -> tuple[date, date]:
    """Return the first and last day that the time axis of a page shows, whole years."""
    dated = [(mark.period_start, mark.period_end) for mark in of if mark.period_start and mark.period_end]
    if not dated:
        return date(2000, 1, 1), date(2000, 12, 31)
    first, last = min(start for start, _ in dated), max(end for _, end in dated)
    return date(first.year, 1, 1), date(last.year, 12, 31)


def time_axis(first: date, last: date, form: Format) -> Spec:
    """Return a time axis: a label under the middle of its year, as many as fit."""
    years = range(first.year, last.year + 1)
    fitting = max(1, form.width // form.year_width)
    step = next((step for step in (1, 2, 3, 5, 10, 20, 50) if len(years) / step <= fitting), 100)
    shown = [year for year in years if (last.year - year) % step == 0]
    if len(years) <= 2:
        return _months_axis(first, last, form)
    return _axis(first, last, [date(year, 7, 2) for year in shown], [str(year) for year in shown])


def _months_axis(first: date, last: date, form: Format) -> Spec:
    step = 1 if form.width > 400 and first.year == last.year else 3
    middles = [date(year, month, 15) for year in range(first.year, last.year + 1) for month in range(1, 13, step)]
    # A year's name stands for its January: there is room for one line.
    texts = [str(day.year) if day.month == 1 else naming.MONTHS[day.month - 1] for day in middles]
    return _axis(first, last, middles, texts)


def _axis(first: date, last: date, at: Sequence[date], texts: Sequence[str]) -> Spec:
    limits = [first.isoformat(), last.isoformat()]
    return {"range": limits, "tickvals": [day.isoformat() for day in at], "ticktext": list(texts)}


def nice_step(reach: float, most: int) -> float:
    """Return the smallest round step that divides a reach into at most so many parts.

    >>> nice_step(250, 5), nice_step(7, 5)
    (50.0, 2.0)
    """
    least = max(reach, 1e-9) / most
    power = 10.0 ** floor(log10(least))
    return next(power * nice for nice in NICE if power * nice >= least * (1 - 1e-9))


def ticks(low: float, high: float, most: int) -> list[float]:
    """Return round values between two limits."""
    step = nice_step(high - low, most)
    return [step * i for i in range(floor(low / step), floor(high / step) + 1) if step * i >= low - step * 1e-6]


def points_trace(series: Series, colour: str) -> Spec:
    """Return a series' marks as a trace; every mark carries its claim."""
    points, on_line = series.points, {id(point) for point in series.line}
    symbols = [symbol(point.mark) for point in points]
    hollow = ["-open" in symbol or symbol == "line-ew" for symbol in symbols]
    outline = [colour if is_hollow else theme.LIGHT["panel"] for is_hollow in hollow]
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": "marks",
        "x": [point.at.isoformat() for point in points],
        "y": [middle(point.mark) for point in points],
        **saying(points),
        "hoverinfo": "text",
        "cliponaxis": False,
        "marker": {
            "color": colour,
            "symbol": symbols,
            "size": [_size(shape, id(point) in on_line) for point, shape in zip(points, symbols, strict=True)],
            "opacity": [int(point.mark.value_high is None or bool(point.mark.printed)) for point in points],
            "line": {"color": outline, "width": [2 if is_hollow else 1.5 for is_hollow in hollow]},
        },
        "error_y": _whiskers(points, colour),
    }


def _told(point: Point) -> tuple[list[str], str]:
    """Return what a mark brings to the browser, and its short summary.

    The first is its claim, what is read aloud, all claims that it stands for, and the figure of each: what is chosen is
    named by its own. In the second what articles say is escaped, since Plotly reads tags.
    """
    mark = point.mark
    name, when, figure, articles = (
        naming.full_name(mark),
        naming.when(mark),
        wording.figure(mark),
        len(point.article_ids),
    )
    chips = [*naming.chips(mark), *_notes(point)]
    aloud = f"{name}, {when}: {figure}, {', '.join(chips)}. {wording.count(articles, 'article')}."
    figures = (figure if one is mark else wording.figure(one) for one in point.same)
    claims = " ".join(one.claim_id for one in point.same)
    chosen = ", ".join(chip for chip in chips if chip != "exact")
    more = f" and {wording.count(articles - 1, 'other article')}" if articles > 1 else ""
    short = (
        f"<b>{figure}</b>{f' · {chosen}' if chosen else ''}<br>{escape(name, quote=False)}, {when}"
        f"<br>{escape(mark.publisher or 'publisher not known', quote=False)}{more}"
    )
    return [mark.claim_id, aloud, claims, "|".join(figures)], short


def saying(points: Iterable[Point]) -> Spec:
    """Return what the marks of a trace say: to the browser, and where one points at them."""
    each = [_told(point) for point in points]
    return {"customdata": [carried for carried, _ in each], "hovertext": [hover for _, hover in each]}


def middle(mark: wording.Figure) -> float:
    """Return where on the value axis a figure stands; a range at its middle."""
    return mark.value if mark.value_high is None else (mark.value + mark.value_high) / 2


def _size(shape: str, on_line: bool) -> int:
    return 11 if shape != "circle" else 9 if on_line else 7


def _whiskers(points: Sequence[Point], colour: str) -> Spec:
    reach = [abs((point.mark.value_high or point.mark.value) - middle(point.mark)) for point in points]
    shown = any(point.mark.value_high is not None for point in points)
    return {"type": "data", "array": reach, "visible": shown, "color": colour, "thickness": 2, "width": 4}


def symbol(mark: Mark) -> str:
    """Return the shape that says how a figure stands, and whether it is converted."""
    if mark.status != "actual":
        return "diamond-open-dot" if mark.printed else "diamond-open"
    if mark.printed:
        return "square-open"
    if mark.freq == "YTD":
        return "line-ew"
    return {"up": "triangle-up", "down": "triangle-down"}.get(wording.bound(mark), "circle")


def halo_trace(points: Sequence[Point], colour: str) -> Spec:
    """Return the pale rings around figures that are printed as about."""
    about = [point for point in points if point.mark.qualifier == "about" and point.mark.status == "actual"]
    about = [point for point in about if not point.mark.printed]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.at.isoformat() for point in about],
        "y": [middle(point.mark) for point in about],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"color": colour, "size": 18, "opacity": 0.28, "line": {"width": 0}},
    }


def _notes(point: Point) -> list[str]:
    """Return what else must be said of a mark: what was printed, and how many figures it stands for."""
    notes = [f"converted from {point.mark.printed}"] if point.mark.printed else []
    if point.figures > len(point.same):
        notes.append(f"latest of {point.end.year}, for {wording.count(point.figures, 'figure')}")
    return notes


def words(of: Iterable[str], surface: Surface, at: tuple[date, float], colour: str, box: Box) -> Spec:
    """Return a placed text as an annotation that keeps its distance in pixels from its mark."""
    day, value = at
    return {
        "x": day.isoformat(),
        "y": value,
        "xshift": round(box.x - surface.x(day)),
        "yshift": round(box.y - surface.y(value)),
        "text": "<br>".join(of),
        "showarrow": False,
        "font": {"color": colour, "size": 12},
    }


def canvas(surface: Surface, drawn: Iterable[Series]) -> Canvas:
    """Return a chart's surface with its lines and marks on it."""
    made = Canvas(surface.form.width, surface.form.height)
    if surface.low < 0:
        made.take_line([(0, surface.y(0)), (surface.form.width, surface.y(0))])
    for series in drawn:
        made.take_line((surface.x(point.at), surface.y(point.mark.value)) for point in series.line)
        for point in series.points:
            made.take(Box(surface.x(point.at), surface.y(middle(point.mark)), 11, 11))
    return made


def placed(lines: Sequence[str], surface: Surface, on: Canvas, at: tuple[date, float], colour: str) -> Iterator[Spec]:
    """Yield a text beside its mark, if there is room."""
    box = on.place(surface.x(at[0]), surface.y(at[1]), *size(lines))
    if box:
        yield words([escape(line, quote=False) for line in lines], surface, at, colour, box)


def framed(data: Sequence[Spec], laid_out: Callable[[Format], Spec]) -> Spec:
    """Return a figure's data and layout on the one template, with its layouts for the other formats beside it."""
    others = {name: laid_out(form) for name, form in FORMATS.items()}
    return {"data": list(data), "layout": {"template": theme.template(), **laid_out(WIDE), "meta": others}}


def figure(spec: Spec) -> go.Figure:
    """Return a figure without Plotly's own, slow check of it."""
    return go.Figure(spec, _validate=False)
