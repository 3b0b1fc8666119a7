"""Amounts that articles restate in another currency: the implied rates on the reference rate, and the conversions."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pandas as pd
from dash import dcc, register_page

from dashboard import components, html, naming, wording
from dashboard.attributes import data
from dashboard.charts import conversions as chart
from dashboard.components import outward
from dashboard.context import href, search, store
from dashboard.controls import menu, segments
from dashboard.conversions import Conversion, Pair, among, conversions, currency_pairs, distance, near, per, written
from dashboard.graph import graph
from dashboard.options import Choice, kind_choices
from dashboard.panel import panel, source
from dashboard.restated import asked
from dashboard.selection import Selection, decode
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
    between = asked(selection, pairs)
    found = among(known, between) if between else []
    if between is None or not found:
        return _nothing(selection, between, pairs)
    drawn = chart.between(to_frame(claims), between)
    return components.frame(
        PATH,
        _heading(found, between, selection),
        _scope(selection),
        _controls(selection, between, pairs),
        html.Div(
            [html.Div(graph("conversions", chart, drawn), className="charts"), _panel(selection, drawn)],
            className="beside",
        ),
        _table(found, between, selection),
    )


layout = components.guarded(build)
register_page(__name__, path=PATH, title=components.window_title("Conversions"), layout=layout)


def _nothing(selection: Selection, between: Pair | None, pairs: Sequence[tuple[Pair, int]]) -> list[Child]:
    named = f" between {currency_name(between[0])} and {currency_name(between[1])}" if between else ""
    links = [html.Li(html.A(_both(pair), href=href(PATH, _between(selection, pair)))) for pair, _ in pairs]
    said = f"No article here states an amount in two currencies{named}."
    help_ = ["Conversions that articles state: ", html.Ul(links)] if links else "Add articles that do, and refresh."
    return components.trouble("No conversions", said, help_, *filter(None, [_scope(selection)]))


def _both(pair: Pair) -> str:
    return f"{currency_name(pair[0])} and {currency_name(pair[1])}"


def _between(selection: Selection, pair: Pair) -> Selection:
    return selection.but(base=pair[0], quote=pair[1])


def _heading(found: Sequence[Conversion], between: Pair, selection: Selection) -> Child:
    articles = len({one.restated.article_id for one in found})
    said = f"{wording.count(len(found), 'conversion')} from {wording.count(articles, 'article')}"
    undated = sum(one.published() is None for one in found)
    missing = f" · {undated} without a date of publication, in the table alone" if undated else ""
    heading = html.H1(f"Conversions between {_both(between)}")
    files = components.downloads(_between(selection, between), of="conversions")
    return html.Div([html.Div([heading, html.P(said + missing)]), files], className="heading")


def _scope(selection: Selection) -> Child:
    """Say that not all conversions are shown, with a link to all of them."""
    every = Selection(base=selection.base, quote=selection.quote)
    if selection.but() == every:
        return None
    pair = f" in figures of {naming.pair_name(selection.reporter, selection.partner)}" if selection.reporter else ""
    return html.P([f"Only some{pair}. ", html.A("Show all", href=href(PATH, every))], className="scope")


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
        [
            *segments("Currencies", PATH, currencies),
            *segments("Direction", PATH, directions),
            *_filters(selection, between),
        ],
        className="controls",
    )


def _filters(selection: Selection, between: Pair) -> list[Child]:
    """Return menus of what the conversions between two currencies can be narrowed to."""
    every = among(conversions(store().conversions()), between)
    claims = [one.restated for one in every]
    pairs = Counter((claim.reporter, claim.partner or "") for claim in claims if claim.reporter)
    years = Counter(str(claim.period_end.year) for claim in claims if claim.period_end)
    publishers = Counter(claim.publisher for claim in claims if claim.publisher)
    of_pair = [(naming.pair_name(*pair), {"reporter": pair[0], "partner": pair[1]}, pairs[pair]) for pair in pairs]
    of_year = [(year, {"since": year, "until": year}, years[year]) for year in sorted(years, reverse=True)]
    of_publisher = [(name, {"publisher": (name,)}, publishers[name]) for name in sorted(publishers)]
    return [
        _menu("Pair", "All pairs", selection, sorted(of_pair, key=lambda named: named[0])),
        _menu("Period", "All periods", selection, of_year),
        _menu("Publisher", "All publishers", selection, of_publisher),
        menu("Kind of source", PATH, kind_choices(selection)),
    ]


def _menu(label: str, every: str, selection: Selection, named: Sequence[tuple[str, dict[str, Any], int]]) -> Child:
    unset = Selection()
    names = list(named[0][1]) if named else []
    choices = [
        Choice(text, selection.but(**given), number, all(getattr(selection, name) == given[name] for name in given))
        for text, given, number in named
    ]
    cleared = {name: getattr(unset, name) for name in names}
    free = all(getattr(selection, name) == cleared[name] for name in names)
    return menu(label, PATH, [Choice(every, selection.but(**cleared), None, free), *choices])


def _titled(unit: str) -> str:
    return _capital(currency_name(unit, count=1))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _panel(selection: Selection, rows: pd.DataFrame) -> Child:
    claim = selection.claim or chart.lead(rows)
    opened = selection.claim is not None
    inside = source(claim, "" if opened else "the newest conversion") if claim else []
    picked = dcc.Store(id="picked", data={"claim": claim, "asked": opened})
    return html.Div([picked, panel(inside, opened=opened)], className="side")


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
