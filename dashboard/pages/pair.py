"""A pair of partners, or an economy's trade with all of them: charts, the source panel, the claims."""

from dataclasses import replace
from types import ModuleType
from typing import Any

import pandas as pd
from dash import dcc, html, register_page

from dashboard import components, naming, options, wording
from dashboard.attributes import UNSEEN, aria, data
from dashboard.charts import growth, levels
from dashboard.context import href, search, store
from dashboard.controls import menu, segments
from dashboard.panel import hint, panel, source
from dashboard.selection import CLAIM_ORDERS, AddressError, Selection, decode
from dashboard.tables import claims_table, pager
from etl.language import currency_name
from etl.store import Query
from etl.table import from_frame

Child = Any
PATH, SIZE = "/pair", 25
CHARTS: tuple[tuple[str, ModuleType], ...] = (("levels", levels), ("growth", growth))


def title() -> str:
    """Return the title of the pair that the address names."""
    try:
        selection = decode(search())
    except AddressError:
        return components.window_title("Not found")
    if selection.reporter is None:
        return components.window_title("No pair")
    return components.window_title(naming.pair_name(selection.reporter, selection.partner))


def build() -> list[Child]:
    """Return the page of the pair that the address names."""
    selection = decode(search())
    if selection.reporter is None:
        raise AddressError("It names no country: an address of this page is /pair?reporter=CHN&partner=RUS.")
    pair = (selection.reporter, selection.partner or None)
    years = store().held(Query(pair=pair))
    if not store().count(Query(pair=pair)):
        return _nothing(selection)
    resolved = options.resolve(selection, years)
    rows = store().marks(resolved.query())
    return components.frame(
        "",
        _heading(selection, resolved),
        _controls(selection, resolved, years),
        html.Div([html.Div(_charts(rows), className="charts"), _panel(selection, rows)], className="beside"),
        *_claims(selection, resolved),
        _neighbours(selection),
    )


layout = components.guarded(build)
register_page(__name__, path=PATH, title=title, layout=layout)


def _nothing(selection: Selection) -> list[Child]:
    named = naming.pair_name(selection.reporter or "", selection.partner)
    return components.trouble(
        named,
        "No article in the database states a figure for this pair.",
        "Add articles about it and refresh, or look at another pair.",
    )


def _heading(selection: Selection, resolved: Selection) -> Child:
    one, other = selection.reporter or "", selection.partner
    figures = store().count(Query(pair=(one, other or None)))
    known = store().pairs()
    here = known[_is_pair(known, one, other)]
    articles = int(here["articles"].sum())
    said = [
        f"{wording.count(figures, 'figure')} from {wording.count(articles, 'article')}",
        f"newest article {components.newest(Query(pair=(one, other or None)))}",
        components.refreshed(),
    ]
    return html.Div(
        [
            html.Div([html.H1(naming.pair_name(one, other)), html.P(" · ".join(filter(None, said)))]),
            components.downloads(resolved),
        ],
        className="heading",
    )


def _is_pair(known: pd.DataFrame, one: str, other: str | None) -> "pd.Series[bool]":
    if not other:
        return (known["pair_a"] == one) & known["pair_b"].isna()
    first, second = sorted((one, other))
    return (known["pair_a"] == first) & (known["pair_b"] == second)


def _controls(selection: Selection, resolved: Selection, years: pd.DataFrame) -> Child:
    products = options.product_choices(selection, resolved, years)
    currencies = options.currency_choices(selection, resolved, years)
    return html.Div(
        [
            *segments("Flow", PATH, options.flow_choices(selection, years)),
            *segments("Frequency", PATH, options.frequency_choices(selection, resolved, years)),
            menu("Currency as printed", PATH, currencies) if currencies else None,
            menu("Product", PATH, products) if len(products) > 1 else None,
            menu("Kind of source", PATH, options.kind_choices(selection)),
        ],
        className="controls",
    )


def _charts(rows: pd.DataFrame) -> list[Child]:
    return [_card(name, chart, rows) for name, chart in CHARTS]


def _card(name: str, chart: ModuleType, rows: pd.DataFrame) -> Child:
    figure = chart.figure(rows).to_plotly_json()
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


def _panel(selection: Selection, rows: pd.DataFrame) -> Child:
    claim = selection.claim or levels.lead(rows) or growth.lead(rows)
    inside = source(claim, "" if selection.claim else "the latest figure") if claim else hint()
    return html.Div(
        [
            dcc.Store(id="picked", data={"claim": claim, "asked": selection.claim is not None}),
            panel(inside, opened=selection.claim is not None),
        ],
        className="side",
    )


def _claims(selection: Selection, resolved: Selection) -> list[Child]:
    query, order = resolved.query(), selection.ordered(CLAIM_ORDERS)
    total = store().count(query)
    claims = from_frame(store().page(query, order, selection.page, SIZE))
    every = replace(Selection(), reporter=selection.reporter, partner=selection.partner or "")
    return [
        html.Div(
            [
                html.Div([html.H2("The claims behind these charts", id="claims"), html.P(_scope(resolved))]),
                pager(PATH, selection, total, SIZE, len(claims)),
            ],
            className="heading",
        ),
        claims_table(claims, PATH, selection, "The claims behind the charts"),
        html.P(
            html.A(
                "All claims of this pair, whatever their period, currency or product",
                href=href("/claims", every),
            )
        ),
    ]


def _scope(resolved: Selection) -> str:
    """Say which of the pair's claims are shown."""
    periods = " and ".join(naming.KINDS_OF_YEAR[freq] for freq in resolved.freq if freq in naming.KINDS_OF_YEAR)
    currency = f"{currency_name(resolved.currency)} and per cent" if resolved.currency else "per cent"
    products = " and ".join(product or "all goods together" for product in resolved.product)
    said = f"{periods}; {currency}; {products}"
    return said[:1].upper() + said[1:]


def _neighbours(selection: Selection) -> Child:
    """Return links to the other pages of the same economies."""
    known = store().pairs()
    codes = {selection.reporter, selection.partner} - {None, ""}
    near = known[known["pair_a"].isin(codes) | known["pair_b"].isin(codes)].head(13)
    links = [
        (one, None if pd.isna(other) else other)
        for one, other in zip(near["pair_a"], near["pair_b"], strict=True)
        if {one, None if pd.isna(other) else other} - {None} != codes
    ]
    if not links:
        return None
    items = [html.Li(html.A(naming.pair_name(*link), href=components.pair_address(*link))) for link in links[:12]]
    return html.Nav([html.H2("Related"), html.Ul(items)], className="related", **aria(label="Related pairs"))
