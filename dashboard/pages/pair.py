"""A pair of partners, or an economy's trade with all of them: charts, the source panel, the claims."""

from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

import pandas as pd
from dash import dcc, register_page

from dashboard import citation, components, converting, html, naming, options, wording
from dashboard.attributes import aria
from dashboard.charts import growth, levels, shares
from dashboard.context import href, search, store
from dashboard.controls import menu, segments
from dashboard.conversions import conversions
from dashboard.filters import active, day, more, without
from dashboard.graph import graph
from dashboard.panel import hint, panel, source
from dashboard.selection import CLAIM_ORDERS, AddressError, Selection, decode
from dashboard.series import marks
from dashboard.tables import ENOUGH, claims_table, pager
from etl.language import currency_name
from etl.store import Held, PairStanding, Query

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
    years = store().held(Query(pair=pair, known=selection.query().known))
    known = next((one for one in store().pairs((pair[0],)) if {one.one, one.other} == {*pair}), None)
    if known is None:
        return _nothing(selection)
    resolved = options.resolve(selection, years)
    rows = converting.into(store().marks(resolved.query()), selection.converted)
    return components.frame(
        "",
        _heading(selection, resolved, known),
        _controls(selection, resolved, years, rows),
        active(PATH, selection),
        html.Div(
            [html.Div([*_charts(rows), _unconverted(rows)], className="charts"), _panel(selection, rows)],
            className="beside",
        ),
        *_claims(selection, resolved),
        _citation(selection),
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


def _heading(selection: Selection, resolved: Selection, known: PairStanding) -> Child:
    one, other = selection.reporter or "", selection.partner
    pair = Query(pair=(one, other or None), known=selection.query().known)
    said = [
        f"As known on {day(selection.known)}: {_many(store().count(pair))}" if selection.known else _held(known),
        f"newest article {components.newest(pair)}",
        components.refreshed(),
    ]
    return html.Div(
        [
            html.Div([html.H1(naming.pair_name(one, other)), html.P(" · ".join(filter(None, said)))]),
            components.downloads(resolved, _snapshot(selection)),
        ],
        className="heading",
    )


def _snapshot(selection: Selection) -> Child:
    """Return a link to the page as one file, which needs no server."""
    return html.A("Snapshot (5 MB)", href=href("/api/snapshot", selection), download="")


def _held(known: PairStanding) -> str:
    return f"{wording.count(known.figures, 'figure')} from {wording.count(known.articles, 'article')}"


def _many(figures: int) -> str:
    return "more than 10,000 figures" if figures > ENOUGH else wording.count(figures, "figure")


def _controls(selection: Selection, resolved: Selection, years: Sequence[Held], rows: pd.DataFrame) -> Child:
    products = options.product_choices(selection, resolved, years)
    currencies = options.currency_choices(selection, resolved, years)
    return html.Div(
        [
            *segments("Flow", PATH, options.flow_choices(selection, years)),
            *segments("Frequency", PATH, options.frequency_choices(selection, resolved, years)),
            menu("Currency as printed", PATH, currencies) if currencies and not selection.converted else None,
            menu("Conversion", PATH, options.conversion_choices(selection, years)),
            menu("Product", PATH, products) if len(products) > 1 else None,
            menu("Kind of source", PATH, options.kind_choices(selection)),
            _more(selection, resolved, rows),
        ],
        className="controls",
    )


def _more(selection: Selection, resolved: Selection, rows: pd.DataFrame) -> Child:
    """Return the other filters; they offer what there is without them."""
    every = replace(without(resolved), known=resolved.known)
    offered = rows if every == resolved.but() else store().marks(every.query())
    credited = store().credited(Query(pair=every.query().pair, known=every.query().known))
    return more(PATH, selection, offered, credited)


def _charts(rows: pd.DataFrame) -> list[Child]:
    """Return the charts; shares are so rarely stated that they have one only where they are."""
    stated = [("shares", shares)] if "share" in rows["measure"].tolist() else []
    return [graph(name, chart, rows) for name, chart in (*CHARTS, *stated)]


def _unconverted(rows: pd.DataFrame) -> Child:
    """Return the amounts that cannot be shown in the currency that is asked for."""
    currency = converting.asked(rows)
    left = converting.without_rate(marks(rows), currency) if currency else []
    if not left:
        return None
    said = f"{wording.count(len(left), 'figure')} cannot be converted: the ECB has no average rate for the period"
    items = [html.Li(f"{naming.full_name(mark)}, {naming.when(mark)}: {wording.figure(mark)}") for mark in left]
    return html.Details([html.Summary(said), html.Ul(items)], className="card unconverted")


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
    claims = store().page(query, order, selection.page, SIZE)
    every = _every(selection)
    return [
        html.Div(
            [
                html.Div([html.H2("The claims behind these charts", id="claims"), html.P(_scope(resolved))]),
                pager(PATH, selection, total, SIZE, len(claims)),
            ],
            className="heading",
        ),
        claims_table(claims, PATH, selection, "The claims behind the charts") if claims else _none(),
        html.P(
            html.A(
                "All claims of this pair, whatever their period, currency or product",
                href=href("/claims", every),
            ),
            className="away",
        ),
        _conversions(selection),
    ]


def _every(selection: Selection) -> Selection:
    """Return all claims of the pair, as known on the same day."""
    return Selection(reporter=selection.reporter, partner=selection.partner or "", known=selection.known)


def _none() -> Child:
    return html.Div(html.P("No figure fits these choices: take one of them away."), className="trouble")


def _conversions(selection: Selection) -> Child:
    """Return a link to the amounts of this pair that articles restate in another currency, if there are any."""
    of = _every(selection)
    found = conversions(store().conversions(of.query()))
    if not found:
        return None
    said = f"{wording.count(len(found), 'conversion')} of this pair’s amounts into another currency"
    return html.P(html.A(said, href=href("/conversions", of)), className="away")


def _citation(selection: Selection) -> Child:
    """Return a permanent address of the view, and what to cite it by."""
    name = naming.pair_name(selection.reporter or "", selection.partner)
    link = html.A("Permanent address of this view", href=href(PATH, citation.permanent(selection)))
    return citation.cited(citation.of_view(name, PATH, selection), link)


def _scope(resolved: Selection) -> str:
    """Say which of the pair's claims are shown."""
    periods = " and ".join(naming.KINDS_OF_YEAR[freq] for freq in resolved.freq if freq in naming.KINDS_OF_YEAR)
    if resolved.converted:
        currency = f"all currencies, charted in {currency_name(resolved.converted)}, and per cent"
    else:
        currency = f"{currency_name(resolved.currency)} and per cent" if resolved.currency else "per cent"
    products = " and ".join(product or "all goods together" for product in resolved.product)
    said = f"{periods}; {currency}; {products}"
    return said[:1].upper() + said[1:]


def _neighbours(selection: Selection) -> Child:
    """Return links to the other pages of the same economies."""
    codes = {code for code in (selection.reporter, selection.partner) if code}
    near = [(pair.one, pair.other) for pair in store().pairs(codes)[:13]]
    links = [pair for pair in near if {*pair} - {None} != codes]
    countries = [(f"{naming.area(code)}: all partners", components.country_address(code)) for code in sorted(codes)]
    named = [(naming.pair_name(*link), components.pair_address(*link)) for link in links[:12]]
    items = [html.Li(html.A(name, href=address)) for name, address in [*countries, *named]]
    return html.Nav([html.H2("Related"), html.Ul(items)], className="related", **aria(label="Related pages"))
