"""Amounts that articles restate in another currency: the implied rates on the reference rate, and the conversions."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import dcc, register_page

from dashboard import components, html, naming, wording
from dashboard.attributes import data
from dashboard.charts import conversions as chart
from dashboard.components import outward
from dashboard.context import href, search, store
from dashboard.controls import segments
from dashboard.conversions import Conversion, Pair, among, conversions, currency_pairs, distance, near, per, written
from dashboard.graph import graph
from dashboard.options import Choice
from dashboard.panel import panel, source
from dashboard.selection import AddressError, Selection, decode
from etl.language import currency_name
from etl.table import to_frame

Child = Any
PATH = "/conversions"
HEADINGS = ("What is converted", "Amounts", "Implied rate", "Nearest ECB rate", "Publisher", "Published", "Article")


def build() -> list[Child]:
    """Return the conversions between the two currencies that the address names."""
    selection = decode(search())
    claims = store().conversions(selection.query())
    known = conversions(claims)
    pairs = currency_pairs(known)
    between = _asked(selection, pairs)
    found = among(known, between) if between else []
    if between is None or not found:
        return _nothing(selection, between, pairs)
    asked = chart.between(to_frame(claims), between)
    return components.frame(
        PATH,
        _heading(found, between),
        _scope(selection),
        _controls(selection, between, pairs),
        html.Div(
            [html.Div(graph("conversions", chart, asked), className="charts"), _panel(selection, asked)],
            className="beside",
        ),
        _table(found, between, selection),
    )


layout = components.guarded(build)
register_page(__name__, path=PATH, title=components.window_title("Conversions"), layout=layout)


def _asked(selection: Selection, pairs: Sequence[tuple[Pair, int]]) -> Pair | None:
    """Return the two currencies of the address, or the commonest two."""
    if selection.base and selection.quote:
        if selection.base == selection.quote:
            raise AddressError("Base and quote are the same currency: two are asked for, as in ?base=EUR&quote=USD.")
        return selection.base, selection.quote
    wanted = {selection.base, selection.quote} - {None}
    return next((pair for pair, _ in pairs if wanted <= set(pair)), None)


def _nothing(selection: Selection, between: Pair | None, pairs: Sequence[tuple[Pair, int]]) -> list[Child]:
    named = f" between {currency_name(between[0])} and {currency_name(between[1])}" if between else ""
    links = [html.Li(html.A(_both(pair), href=href(PATH, _between(selection, pair)))) for pair, _ in pairs]
    said = f"No article here states an amount in two currencies{named}."
    help_ = ["Conversions that articles state: ", html.Ul(links)] if links else "Add articles that do, and refresh."
    return components.trouble("No conversions", said, help_)


def _both(pair: Pair) -> str:
    return f"{currency_name(pair[0])} and {currency_name(pair[1])}"


def _between(selection: Selection, pair: Pair) -> Selection:
    return selection.but(base=pair[0], quote=pair[1])


def _heading(found: Sequence[Conversion], between: Pair) -> Child:
    articles = len({one.restated.article_id for one in found})
    said = f"{wording.count(len(found), 'conversion')} from {wording.count(articles, 'article')}"
    undated = sum(one.published() is None for one in found)
    missing = f" · {undated} without a date of publication, in the table alone" if undated else ""
    heading = html.H1(f"Conversions between {_both(between)}")
    return html.Div(html.Div([heading, html.P(said + missing)]), className="heading")


def _scope(selection: Selection) -> Child:
    """Say which articles' conversions are shown, when not those of all."""
    every = Selection(base=selection.base, quote=selection.quote)
    if selection.but() == every:
        return None
    pair = naming.pair_name(selection.reporter, selection.partner) if selection.reporter else "a selection"
    return html.P([f"Only those in figures of {pair}. ", html.A("Show all", href=href(PATH, every))])


def _controls(selection: Selection, between: Pair, pairs: Sequence[tuple[Pair, int]]) -> Child:
    currencies = [
        Choice(
            f"{_titled(pair[0])}, {currency_name(pair[1], count=1)}",
            _between(selection, pair),
            number,
            set(pair) == set(between),
        )
        for pair, number in pairs
    ]
    turned = between[1], between[0]
    directions = [
        Choice(_capital(per(pair)), _between(selection, pair), None, pair == between)
        for pair in sorted((between, turned))
    ]
    return html.Div(
        [*segments("Currencies", PATH, currencies), *segments("Direction", PATH, directions)], className="controls"
    )


def _titled(unit: str) -> str:
    return _capital(currency_name(unit, count=1))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _panel(selection: Selection, rows: pd.DataFrame) -> Child:
    claim = selection.claim or chart.lead(rows)
    asked = selection.claim is not None
    inside = source(claim, "" if asked else "the newest conversion") if claim else []
    return html.Div(
        [dcc.Store(id="picked", data={"claim": claim, "asked": asked}), panel(inside, opened=asked)], className="side"
    )


def _table(found: Sequence[Conversion], between: Pair, selection: Selection) -> Child:
    head = html.Tr([html.Th(text, scope="col") for text in HEADINGS])
    rows = [_row(one, between, _between(selection, between)) for one in reversed(found[-chart.MOST :])]
    caption = html.Caption("Conversions", className="hidden")
    return html.Table([caption, html.Thead(head), html.Tbody(rows)], className="claims")


def _row(one: Conversion, between: Pair, selection: Selection) -> Child:
    claim = one.restated
    nearest = next(iter(near(one, between)), None)
    fits = "fits" if nearest and nearest.fits else f"{distance(nearest)}, beyond rounding" if nearest else ""
    link = html.A(
        written(one.rate(between)),
        href=href(PATH, selection.but(claim=claim.claim_id)),
        **data(claim=claim.claim_id),
    )
    cells = {
        "Flow": f"{naming.full_name(claim)}, {naming.when(claim)}",
        "Period": f"{wording.figure(one.stated)} as {wording.figure(claim)}",
        "Figure": link,
        "Status": f"{written(nearest.value)}, {nearest.what}: {fits}" if nearest else "none",
        "Publisher": claim.publisher or "not known",
        "Published": naming.published(claim.published, claim.published_precision),
        "Article": outward("open", claim.url) if claim.url else "no address",
    }
    return html.Tr(
        [html.Td(said, **data(label=label)) for label, said in cells.items()],
        className="chosen" if claim.claim_id == selection.claim else "",
        **data(row=claim.claim_id),
    )
