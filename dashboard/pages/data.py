"""What the database was made from: sources, documents that could not be used, every column, and all of it as files."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from dash import register_page

from dashboard import components, html, naming, wording
from dashboard.api import MOST
from dashboard.components import outward
from dashboard.context import href, store
from dashboard.selection import LAST_REFRESH, Selection
from etl.findings import Rejection
from etl.store import Brought, SourceStanding, Summary
from etl.table import COLUMNS

Child = Any
PATH, MOST_SHOWN, MOST_PAIRS = "/data", 200, 20
FORMATS = (("CSV", "/api/claims.csv"), ("JSON", "/api/claims.json"), ("Parquet", "/api/claims.parquet"))


def build() -> list[Child]:
    """Return the page of the data."""
    summary, rejected = store().summary(), store().rejections()
    return components.frame(
        PATH,
        html.Div([html.H1("Data"), html.P(_said(summary))], className="heading"),
        _section("Downloads", _downloads(summary)),
        _section("Sources", _sources(store().sources())),
        _section("New in the last refresh", _new()),
        _section("Documents that could not be used", _rejections(rejected)),
        _section("The columns of the table", _columns()),
    )


layout = components.guarded(build)
register_page(__name__, path=PATH, title=components.window_title("Data"), layout=layout)


def _said(summary: Summary) -> str:
    held = [
        wording.count(summary.figures, "figure"),
        wording.count(summary.articles, "article"),
        wording.count(summary.briefs, "brief"),
        components.refreshed() or "never refreshed",
    ]
    return " · ".join(held)


def _section(title: str, inside: Sequence[Child]) -> Child:
    return html.Section([html.H2(title), *inside], className="card data")


def _downloads(summary: Summary) -> list[Child]:
    links = [html.A(name, href=href(path), download="") for name, path in FORMATS]
    said = "Every figure with its sentence and its article, one row each; the columns are explained below."
    if summary.figures > MOST:
        said = f"The first {MOST:,} figures; “python -m etl export claims.parquet” writes them all."
    return [html.P(said), html.P(links, className="downloads")]


def _sources(standings: Sequence[SourceStanding]) -> list[Child]:
    if not standings:
        return [html.P("Nothing has been read yet: “python -m etl refresh” reads the sources.")]
    rows = [_source(one) for one in sorted(standings, key=lambda one: one.source)]
    return [_table(("Source", "Documents used", "Without figures", "Not used", "Last change", "Last outcome"), rows)]


def _source(one: SourceStanding) -> list[Child]:
    numbers = (f"{number:,}" for number in (one.stored, one.empty, one.rejected + one.failed))
    return [one.source, *numbers, components.moment(one.seen), one.down or "read"]


def _new() -> list[Child]:
    """Return which pairs the last refresh brought figures of, each with the way to them."""
    refresh = store().last_refresh()
    brought = store().brought(refresh.number) if refresh else []
    if not brought:
        return [html.P("Nothing was new.")]
    rows = [[_new_of(one), f"{one.figures:,}"] for one in brought[:MOST_PAIRS]]
    every = html.A("all new figures", href=href("/claims", Selection(new=LAST_REFRESH)))
    more = len(brought) - len(rows)
    rest = f"and others on {wording.count(more, 'more pair')}: " if more else ""
    return [_table(("Pair", "New figures"), rows), html.P([rest, every])]


def _new_of(pair: Brought) -> Child:
    if pair.one is None:
        return "No economy is named"
    asked = Selection(reporter=pair.one, partner=pair.other or "", new=LAST_REFRESH)
    return html.A(naming.pair_name(pair.one, pair.other), href=href("/claims", asked))


def _rejections(rejected: Sequence[Rejection]) -> list[Child]:
    if not rejected:
        return [html.P("None: every document that was found could be used.")]
    rows = [[one.source, outward(one.address, one.address), one.reason] for one in rejected[:MOST_SHOWN]]
    more = len(rejected) - len(rows)
    return [_table(("Source", "Document", "Why"), rows), html.P(f"and {more:,} more.") if more else None]


def _columns() -> list[Child]:
    return [
        part
        for group, columns in groupby(COLUMNS, key=lambda column: column.group)
        for part in (
            html.H3(group.capitalize()),
            _table(("Column", "Type", "Meaning"), [[html.Code(c.name), c.dtype, c.meaning] for c in columns]),
        )
    ]


def _table(headings: Sequence[str], rows: Sequence[Sequence[Child]]) -> Child:
    head = html.Tr([html.Th(text, scope="col") for text in headings])
    body = [html.Tr([html.Td(cell) for cell in row]) for row in rows]
    return html.Table([html.Thead(head), html.Tbody(body)], className="listed")
