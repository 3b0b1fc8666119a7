"""What is in the database: how much and how fresh, where the figures are, the latest, and the pairs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from dash import register_page

from dashboard import components, html, naming, wording
from dashboard.context import search, store
from dashboard.controls import segments
from dashboard.glances import Pair as Card
from dashboard.glances import card
from dashboard.grid import grid
from dashboard.latest import latest
from dashboard.options import Choice
from dashboard.selection import PAIR_ORDERS, Selection, decode
from dashboard.series import Mark, marks
from etl.store import Leading, Pair, PairStanding, Query, Refresh

Child = Any
PATH = "/"
CARDS, ROWS = 24, 16
ORDER_NAMES = {"reported": "Most reported", "newest": "Newest", "name": "Name"}


def build() -> list[Child]:
    """Return the overview."""
    selection = decode(search())
    order = selection.ordered(PAIR_ORDERS)
    known = store().pairs()
    if not known:
        return _empty()
    shown = _pairs(known, order)
    counts = store().coverage(_named(known[:ROWS]))
    of = store().leading(shown)
    newest = max((pair.newest for pair in known if pair.newest), default=date.min)
    return components.frame(
        PATH,
        html.H1("What articles say about trade"),
        _holdings(known),
        html.Div([grid(counts, _articles(known), newest.year), latest()], className="overview"),
        _heading(order),
        html.Div(_cards(known, of), className="cards", id="pairs"),
        _more(known),
    )


layout = components.guarded(build)
register_page(__name__, path=PATH, title=components.window_title("What articles say about trade"), layout=layout)


def _empty() -> list[Child]:
    return components.trouble(
        "The database is empty",
        "No article has been read yet. Put articles into data/articles/, then run `python -m etl refresh`.",
    )


def _holdings(known: Sequence[PairStanding]) -> Child:
    """Return what is in the database and how fresh it is."""
    summary = store().summary()
    totals = sum(pair.other is None for pair in known)
    kinds = f"articles: {summary.articles:,} in full, {wording.count(summary.briefs, 'brief')}"
    languages = wording.count(len(summary.languages), "language")
    held = [
        (f"{summary.figures:,}", "figures, each one click from its sentence"),
        (f"{summary.articles + summary.briefs:,}", f"{kinds}, {languages}"),
        (
            f"{len(known) - totals:,}",
            f"pairs of partners, {wording.count(totals, 'country', 'countries')}’ totals",
        ),
        (components.newest(Query()), "newest article"),
        _refresh(summary.refresh),
    ]
    return html.Dl([html.Div([html.Dt(said), html.Dd(number)]) for number, said in held], className="holdings")


def _refresh(refresh: Refresh | None) -> tuple[str, str]:
    if refresh is None:
        return "never", "last refresh"
    return components.moment(refresh.finished), f"last refresh, {wording.count(refresh.figures, 'new figure')}"


def _pairs(known: Sequence[PairStanding], order: str) -> list[Pair]:
    if order == "newest":
        known = sorted(known, key=lambda pair: pair.newest or date.min, reverse=True)
    if order == "name":
        return sorted(_named(known), key=lambda pair: naming.pair_name(*pair))[:CARDS]
    return _named(known[:CARDS])


def _named(known: Sequence[PairStanding]) -> list[Pair]:
    return [(pair.one, pair.other) for pair in known]


def _articles(known: Sequence[PairStanding]) -> dict[Pair, int]:
    return {(pair.one, pair.other): pair.articles for pair in known}


def _heading(order: str) -> Child:
    choices = [
        Choice(name, Selection(order=None if code == PAIR_ORDERS[0] else code), None, code == order)
        for code, name in ORDER_NAMES.items()
    ]
    said = "Each pair’s most reported flow. Lines run through printed figures, from zero; thin over years without."
    return html.Div(
        [html.Div([html.H2("Pairs"), html.P(said)]), *segments("Order of the pairs", PATH, choices)],
        className="heading pairs",
    )


def _cards(known: Sequence[PairStanding], of: Mapping[Pair, Leading | None]) -> list[Child]:
    articles = _articles(known)
    claims = _figures([found for found in of.values() if found])
    return [card(Card(*pair, articles[pair], found), claims) for pair, found in of.items()]


def _figures(leading: Sequence[Leading]) -> dict[str, Mark]:
    named = [found.line[-1].claim_id for found in leading] + [found.growth for found in leading if found.growth]
    found = marks(store().marks(Query(claim_ids=tuple(named)))) if named else []
    return {mark.claim_id: mark for mark in found}


def _more(known: Sequence[PairStanding]) -> Child:
    """Return links to the pairs that have no card."""
    rest = sorted(_named(known)[CARDS:], key=lambda pair: naming.pair_name(*pair))
    if not rest:
        return None
    items = [html.Li(html.A(naming.pair_name(*pair), href=components.pair_address(*pair))) for pair in rest]
    summary = html.Summary(f"{wording.count(len(rest), 'more pair')}")
    return html.Details([summary, html.Ul(items)], className="related")
