"""Pairs as cards: the flow that is reported most, its latest figure and growth, and its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dashboard import html, naming, sparkline, wording
from dashboard.attributes import UNSEEN, aria
from dashboard.components import pair_address
from dashboard.series import Mark
from dashboard.sparkline import Year
from etl.language import currency_name
from etl.store import Leading

Child = Any


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair with what the overview knows of it."""

    one: str
    other: str | None
    articles: int
    glance: Leading | None


def card(pair: Pair, claims: Mapping[str, Mark]) -> Child:
    """Return a pair at a glance; `claims` holds the figures that it names."""
    head = [
        html.H3(html.A(naming.pair_name(pair.one, pair.other), href=pair_address(pair.one, pair.other))),
        html.P(wording.count(pair.articles, "article"), className="articles"),
    ]
    latest = claims.get(pair.glance.line[-1].claim_id) if pair.glance else None
    inside = _inside(pair.glance, latest, claims) if pair.glance and latest else _without()
    return html.Article([html.Div(head, className="head"), *inside], className="card pair")


def _without() -> list[Child]:
    return [html.P("No article states an amount for a whole year.", className="unit")]


def _inside(glance: Leading, latest: Mark, claims: Mapping[str, Mark]) -> list[Child]:
    unit = f"{currency_name(latest.unit)}, {naming.KINDS_OF_YEAR[latest.freq or 'other']}"
    return [
        html.P(naming.series_name(latest), className=f"flow {latest.flow}"),
        html.P(unit[0].upper() + unit[1:], className="unit"),
        html.Div(
            [
                html.P([html.Strong(wording.figure(latest)), " ", html.Span(naming.when(latest))], className="latest"),
                html.P(_growth(claims.get(glance.growth or "")), className="change"),
            ],
            className="figures",
        ),
        _line(glance, latest),
    ]


def _growth(growth: Mark | None) -> list[Child]:
    if growth is None:
        return ["no growth stated"]
    return [html.Strong(wording.figure(growth)), f" in {naming.when(growth)}"]


def _line(glance: Leading, latest: Mark) -> Child:
    """Return the sparkline with its first and last year."""
    years = [Year(row.year, row.value) for row in glance.line[:-1]]
    years.append(Year(glance.line[-1].year, latest.value, wording.bound(latest)))
    ends = [_end(row.year, latest.freq) for row in (glance.line[0], glance.line[-1])]
    drawing = html.Div(
        html.Div(className=f"ink {latest.flow}", style={"--drawn": sparkline.address(years)}),
        className="spark",
        role="img",
        style={"--zero": f"{100 * sparkline.zero(years):.1f}%"},
        **aria(label=_said(years, ends)),
    )
    labels = html.Div([html.Span(end) for end in dict.fromkeys(ends)], className="ends", **UNSEEN)
    return html.Div([drawing, labels])


def _end(year: int, freq: str | None) -> str:
    return f"{year - 1}{wording.DASH}{year % 100:02d}" if freq == "AF" else str(year)


def _said(years: list[Year], ends: list[str]) -> str:
    if len(years) == 1:
        return f"One year only: {ends[0]}."
    return f"{len(years)} years between {ends[0]} and {ends[1]}."
