"""Conversions: the rates that articles imply by stating one amount in two currencies, on the reference rate."""

from collections.abc import Sequence
from datetime import date
from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard import naming, theme, wording
from dashboard.conversions import Conversion, Pair, among, conversions, currency_pairs, near, per, written
from dashboard.plots import BOTTOM, NARROW, TOP, Format, Spec, framed, ticks, time_axis
from dashboard.plots import figure as plotted
from dashboard.series import once
from etl import rates
from etl.table import from_frame

TITLE = "Rates implied by articles, on the ECB rate"
QUESTION = "At which exchange rate do articles restate an amount?"
MOST, MOST_DAYS = 2_000, 1_500
INK, SOFT = theme.LIGHT["ink"], theme.LIGHT["soft"]
Rates = tuple[rates.Rate, ...]


def figure(rows: pd.DataFrame) -> go.Figure:
    """Return implied rates at the day of publication, on the line of the European Central Bank’s rate."""
    return plotted(spec(rows))


def spec(rows: pd.DataFrame) -> Spec:
    """Return the data and the layout of the figure."""
    drawn, pair = _drawn(rows)
    first, last = _span(drawn)
    line = _thinned(rates.between(*pair, first, last)) if pair and drawn else ()
    low, high = _limits(drawn, pair, line)

    def laid_out(form: Format) -> Spec:
        return {
            "height": form.height + TOP + BOTTOM,
            "margin": form.margin,
            "xaxis": time_axis(first, last, form) | {"showline": True, "linecolor": SOFT},
            "yaxis": _rate_axis(low, high),
            "annotations": [] if form is NARROW or not line else [_name(line[-1])],
        }

    data = [_line(line), _halos(drawn, pair), _spans(drawn, pair), _marks(drawn, pair)] if pair and drawn else []
    return framed(data, laid_out)


@once
def _drawn(rows: pd.DataFrame) -> tuple[list[Conversion], Pair | None]:
    """Return the newest dated conversions between the two currencies that are asked for, or the commonest two."""
    known = conversions(from_frame(rows))
    pair = _asked(rows) or next((pair for pair, _ in currency_pairs(known)), None)
    dated = [one for one in among(known, pair) if one.published()] if pair else []
    return dated[-MOST:], pair


def between(rows: pd.DataFrame, pair: Pair) -> pd.DataFrame:
    """Return rows that ask for their conversions between two currencies, the first as the base."""
    return rows.assign(base=pair[0], quote_unit=pair[1])


def _asked(rows: pd.DataFrame) -> Pair | None:
    return (rows["base"].iloc[0], rows["quote_unit"].iloc[0]) if "base" in rows and len(rows) else None


def _days(of: Conversion) -> tuple[date, date]:
    return of.published() or (date.min, date.min)


def _at(of: Conversion) -> date:
    first, last = _days(of)
    return first + (last - first) / 2


def _span(drawn: Sequence[Conversion]) -> tuple[date, date]:
    if not drawn:
        return date(2000, 1, 1), date(2000, 12, 31)
    years = [_at(one).year for one in drawn]
    return date(min(years), 1, 1), date(max(years), 12, 31)


def _thinned(line: Rates) -> Rates:
    """Return a line in at most so many days, the last one among them."""
    step = len(line) // MOST_DAYS + 1
    return line[::-step][::-1]


def _limits(drawn: Sequence[Conversion], pair: Pair | None, line: Rates) -> tuple[float, float]:
    if not pair or not drawn:
        return 0.0, 1.0
    values = [*(bound for one in drawn for bound in one.bounds(pair)), *(rate.value for rate in line)]
    room = 0.09 * (max(values) - min(values) or max(values))
    return min(values) - room, max(values) + room


def _rate_axis(low: float, high: float) -> Spec:
    values = [value for value in ticks(low, high, 6) if value >= low]
    return {"range": [low, high], "tickvals": values, "ticktext": [wording.number(value) for value in values]}


def _name(last: rates.Rate) -> Spec:
    return {
        "xref": "paper",
        "x": 1,
        "y": last.value,
        "xanchor": "left",
        "align": "left",
        "xshift": 6,
        "text": f"<b>ECB reference rate</b><br>{written(last.value)}, {naming.published(last.day)}",
        "showarrow": False,
        "font": {"color": SOFT, "size": 12},
    }


def _line(line: Rates) -> Spec:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [rate.day.isoformat() for rate in line],
        "y": [rate.value for rate in line],
        "hoverinfo": "skip",
        "line": {"color": SOFT, "width": 1},
        "opacity": 0.65,
    }


def _halos(drawn: Sequence[Conversion], pair: Pair) -> Spec:
    """Return the pale rings around rates of amounts that are not printed as exact."""
    return _dots([one for one in drawn if not one.exact], pair) | {
        "hoverinfo": "skip",
        "marker": {"color": INK, "size": 18, "opacity": 0.28, "line": {"width": 0}},
    }


def _spans(drawn: Sequence[Conversion], pair: Pair) -> Spec:
    """Return strokes through the days on which an article may have appeared, where only its month or year is known."""
    x: list[str | None] = []
    y: list[float | None] = []
    for one in drawn:
        first, last = _days(one)
        if first < last:
            x += [first.isoformat(), last.isoformat(), None]
            y += [one.rate(pair), one.rate(pair), None]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "line": {"color": INK, "width": 1.5},
    }


def _marks(drawn: Sequence[Conversion], pair: Pair) -> Spec:
    bounds = [(one.rate(pair), *one.bounds(pair)) for one in drawn]
    return _dots(drawn, pair) | {
        "meta": "marks",
        "customdata": [_carried(one, pair) for one in drawn],
        "hovertext": [_hover(one, pair) for one in drawn],
        "hoverinfo": "text",
        "marker": {"color": INK, "size": 9, "line": {"color": theme.LIGHT["panel"], "width": 1.5}},
        "error_y": {
            "type": "data",
            "color": INK,
            "thickness": 1.5,
            "width": 3,
            "symmetric": False,
            "array": [high - rate for rate, _, high in bounds],
            "arrayminus": [rate - low for rate, low, _ in bounds],
        },
    }


def _dots(of: Sequence[Conversion], pair: Pair) -> Spec:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [_at(one).isoformat() for one in of],
        "y": [one.rate(pair) for one in of],
        "cliponaxis": False,
    }


def _carried(of: Conversion, pair: Pair) -> list[str]:
    rate = written(of.rate(pair))
    return [of.restated.claim_id, _spoken(of, pair), f"{of.restated.claim_id} {of.stated.claim_id}", f"{rate}|{rate}"]


def _spoken(of: Conversion, pair: Pair) -> str:
    return f"{written(of.rate(pair))} {per(pair)}: {_amounts(of)}. {_who(of)}."


def _amounts(of: Conversion) -> str:
    return f"{wording.figure(of.stated)}, restated as {wording.figure(of.restated)}"


def _who(of: Conversion) -> str:
    claim = of.restated
    return f"{claim.publisher or 'Publisher not known'}, {naming.published(claim.published, claim.published_precision)}"


def _hover(of: Conversion, pair: Pair) -> str:
    lines = (f"<b>{written(of.rate(pair))}</b> {per(pair)}", _amounts(of), escape(_who(of), quote=False))
    return "<br>".join(lines)


def caption(rows: pd.DataFrame) -> str:
    """Say what the chart shows: unit, lowest and highest, how many fit a reference rate, and how many there are."""
    drawn, pair = _drawn(rows)
    if not drawn or not pair:
        return "No article states such a conversion."
    ordered = sorted(drawn, key=lambda one: one.rate(pair))
    told = [f"{written(one.rate(pair))} ({_when(one)})" for one in (ordered[0], ordered[-1])]
    course = f"lowest at {told[0]} and highest at {told[1]}" if len(drawn) > 1 else told[0]
    articles = len({one.restated.article_id for one in drawn})
    newest = f" The newest {MOST:,} are drawn." if len(drawn) == MOST else ""
    return (
        f"{per(pair)[:1].upper()}{per(pair)[1:]}, by day of publication. Implied rates: {course}. "
        f"{_fitting(drawn, pair)}{newest} As reported by {wording.count(articles, 'article')}."
    )


def _when(of: Conversion) -> str:
    return naming.published(of.restated.published, of.restated.published_precision)


def _fitting(drawn: Sequence[Conversion], pair: Pair) -> str:
    beside = [found for one in drawn if (found := near(one, pair))]
    if not beside:
        return "The European Central Bank published no rate for them."
    fitting = sum(any(one.fits for one in found) for found in beside)
    return f"{fitting} of {len(beside)} fit an ECB rate within the rounding of their two amounts."


UNDATED = ("thin", "day of publication not known")


def keys(rows: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the shapes that occur, each with its meaning."""
    drawn, _ = _drawn(rows)
    found = {"circle" if one.exact else "about" for one in drawn}
    shapes = [("circle", "both amounts exact"), ("about", "one or both not exact")]
    shapes += [("range", "what rounding leaves open")] if drawn else []
    dated = all(_days(one)[0] == _days(one)[1] for one in drawn)
    return [shape for shape in shapes if shape[0] in found | {"range"}] + ([] if dated else [UNDATED])


def lead(rows: pd.DataFrame) -> str | None:
    """Return the claim that a page opens with: the newest conversion."""
    drawn, _ = _drawn(rows)
    return drawn[-1].restated.claim_id if drawn else None
