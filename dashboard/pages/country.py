"""An economy: its trade with all partners over time, and its partners ranked for one year."""

from typing import Any

import pandas as pd
from dash import dcc, register_page

from dashboard import components, html, naming, options, wording
from dashboard.attributes import UNSEEN
from dashboard.charts import levels
from dashboard.context import href, search, store
from dashboard.controls import menu, segments
from dashboard.graph import graph
from dashboard.options import Choice
from dashboard.panel import hint, panel, source
from dashboard.ranking import Ranking, partner, ranking
from dashboard.selection import AddressError, Selection, decode
from dashboard.series import Mark, marks
from dashboard.tables import chart_of
from etl.language import currency_name
from etl.store import Query

Child = Any
PATH = "/country"


def title(**_: str) -> str:
    """Return the title of the economy that the address names."""
    try:
        code = decode(search()).reporter
    except AddressError:
        return components.window_title("Not found")
    return components.window_title(naming.area(code) if code else "No country")


def build() -> list[Child]:
    """Return the page of the economy that the address names."""
    selection = decode(search())
    code = selection.reporter
    if code is None:
        raise AddressError("It names no country: an address of this page is /country?reporter=CHN.")
    ranked = ranking(code, selection)
    years = store().series(Query(pair=(code, None)))
    if ranked is None and not years:
        return components.trouble(
            naming.area(code),
            "No article in the database states an amount of its trade for a whole year.",
            "Add articles about it and refresh, or look at another country.",
        )
    total = options.resolve(Selection(reporter=code, partner="", currency=selection.currency), years)
    rows = store().marks(total.query())
    return components.frame(
        "",
        _heading(code),
        html.Div(
            [html.Div(graph("levels", levels, rows), className="charts"), _panel(selection, rows)], className="beside"
        ),
        _ranked(code, selection, ranked) if ranked else None,
    )


layout = components.guarded(build)
register_page(__name__, path=PATH, title=title, layout=layout)


def _heading(code: str) -> Child:
    here = store().pairs((code,))
    partners = sum(pair.other is not None for pair in here)
    figures = wording.count(sum(pair.figures for pair in here), "figure")
    said = f"{figures}, {wording.count(partners, 'partner')} · {components.refreshed()}"
    total = html.A("Growth and claims of these totals", href=components.pair_address(code, None))
    every = html.A("All claims", href=href("/claims", Selection(reporter=code)))
    return html.Div(
        [html.Div([html.H1(naming.area(code)), html.P(said)]), html.P([total, every], className="downloads")],
        className="heading",
    )


def _panel(selection: Selection, rows: pd.DataFrame) -> Child:
    claim = selection.claim or levels.lead(rows)
    inside = source(claim, "" if selection.claim else "the latest figure") if claim else hint()
    picked = dcc.Store(id="picked", data={"claim": claim, "asked": selection.claim is not None})
    return html.Div([picked, panel(inside, opened=selection.claim is not None)], className="side")


def _ranked(code: str, selection: Selection, ranked: Ranking) -> Child:
    found = store().marks(Query(claim_ids=tuple(row.claim_id for row in ranked.figures)))
    claims = {mark.claim_id: mark for mark in marks(found)} if ranked.figures else {}
    partners = [(partner(row, code), claims[row.claim_id]) for row in ranked.figures if row.claim_id in claims]
    largest = max((abs(mark.value) for _, mark in partners), default=1.0)
    items = [_item(code, other, mark, largest) for other, mark in partners]
    return html.Section(
        [
            html.H2(f"Partners by {ranked.flow}, {ranked.year}"),
            html.P(_caption(ranked), className="caption"),
            _controls(selection, ranked),
            html.Ol(items, className="ranked") if items else html.P("No article states such an amount."),
        ],
        className="card",
        id="partners",
    )


def _caption(ranked: Ranking) -> str:
    currency = currency_name(ranked.unit) if ranked.unit else "No currency"
    said = f"{currency[:1].upper()}{currency[1:]}, as articles print them; partners without a figure are not listed."
    others = sum(number for unit, number in ranked.units.items() if unit != ranked.unit)
    return f"{said} {wording.count(others, 'partner')} in other currencies." if others else said


def _controls(selection: Selection, ranked: Ranking) -> Child:
    flows = [
        Choice(
            flow.capitalize(),
            selection.but(flow=(flow,), since=None, until=None),
            ranked.flows[flow],
            flow == ranked.flow,
        )
        for flow in options.FLOWS
        if ranked.flows[flow] or flow == ranked.flow
    ]
    years = [
        Choice(str(year), selection.but(since=str(year), until=str(year)), ranked.years[year], year == ranked.year)
        for year in sorted({*ranked.years, ranked.year}, reverse=True)
    ]
    units = [
        Choice(currency_name(unit), selection.but(currency=unit), ranked.units[unit], unit == ranked.unit)
        for unit in sorted({*ranked.units, ranked.unit} - {None}, key=lambda unit: (-ranked.units[unit], unit))
    ]
    return html.Div(
        [*segments("Flow", PATH, flows), menu("Year", PATH, years), menu("Currency", PATH, units) if units else None],
        className="controls",
    )


def _item(code: str, other: str, mark: Mark, largest: float) -> Child:
    share = f"{100 * abs(mark.value) / (largest or 1):.1f}%"
    below = " below" if mark.value < 0 else ""
    note = f" in {naming.when(mark)}" if mark.freq == "AF" else ""
    return html.Li(
        [
            html.A(naming.area(other), href=components.pair_address(code, other), className="name"),
            html.Span(
                html.Span(className=f"bar {mark.flow}{below}", style={"--share": share}), className="track", **UNSEEN
            ),
            html.Span([html.A(wording.figure(mark), href=chart_of(mark)), note], className="amount"),
        ]
    )
