"""Every claim: a table with filters and pages, all of them in the address."""

from typing import Any

from dash import register_page

from dashboard import components, html, naming, wording
from dashboard.attributes import aria
from dashboard.context import answer_with, href, search, store
from dashboard.controls import menu
from dashboard.fields import Options, capitalised, kept, only, select_field, text_field
from dashboard.filters import active
from dashboard.options import Choice
from dashboard.readable import readable
from dashboard.selection import (
    CLAIM_ORDERS,
    CODES,
    NAMES,
    NULL,
    USUAL_COLUMNS,
    AddressError,
    Selection,
    decode,
)
from dashboard.tables import claims_table, heading, pager
from etl.model import FLOWS, FREQUENCIES, KINDS, MEASURES, QUALIFIERS, STATUSES

Child = Any
PATH, SIZE = "/claims", 50
UNFILTERED = ("order", "page", "claim", "columns", "converted", "base", "quote", "q")
UNASKED = ("order", "columns", "currency", "language", "article", "known")
RARER = (
    "product",
    "unit",
    "coverage",
    "adjustment",
    "basis",
    "record",
    "according_to",
    "rule",
    "published_since",
    "published_until",
    "new",
    "value_from",
    "value_to",
    "growth_currency",
    "inferred",
    "flags",
    "restates",
    "title",
    "url",
)


def build() -> list[Child]:
    """Return the claims that the address asks for."""
    try:
        selection = decode(search(), strict=True).worded()
        order = selection.ordered(CLAIM_ORDERS)
    except AddressError as error:
        return _refused(str(error))
    query = selection.query()
    total = store().count(query)
    claims = store().page(query, order, selection.page, SIZE)
    return components.frame(
        PATH,
        html.Div(
            [html.Div([html.H1("Claims"), html.P(_said(total))]), components.downloads(selection)],
            className="heading",
        ),
        _filters(selection),
        active(PATH, selection, [name for name in NAMES if name not in UNFILTERED]),
        html.Div([pager(PATH, selection, total, SIZE, len(claims)), _columns(selection)], className="heading"),
        claims_table(claims, PATH, selection, "Claims") if claims else _none(),
        pager(PATH, selection, total, SIZE, len(claims)) if len(claims) > 20 else None,
    )


layout = components.guarded(build)
register_page(__name__, path=PATH, title=components.window_title("Claims"), layout=layout)


def _refused(message: str) -> list[Child]:
    """Return what is wrong with the filters, and the form with what can be read of them."""
    answer_with(400)
    said = html.Div([html.P(message), html.P(html.A("Remove all filters", href=href(PATH)))], className="trouble")
    return components.frame(PATH, html.H1("Claims"), said, _filters(readable(search())))


def _columns(selection: Selection) -> Child:
    """Return the columns to choose from: each is a link that shows or hides it."""
    shown = selection.columns or USUAL_COLUMNS
    choices = [
        Choice(heading(name), selection.but(columns=_turned(shown, name)), None, name in shown)
        for name in CODES["columns"]
    ]
    return menu("Show", PATH, choices, words="Columns")


def _turned(shown: tuple[str, ...], name: str) -> tuple[str, ...]:
    kept = {*shown} ^ {name}
    turned = tuple(column for column in CODES["columns"] if column in kept)
    return () if turned == USUAL_COLUMNS else turned


def _said(total: int) -> str:
    many = "More than 10,000 figures" if total > 10_000 else wording.count(total, "figure")
    return f"{many}, each with the sentence that states it"


def _none() -> Child:
    return html.Div(
        [html.P("No figure fits these filters."), html.P(html.A("Remove all filters", href=href(PATH)))],
        className="trouble",
    )


def _filters(selection: Selection) -> Child:
    """Return the filters as a form, which a browser sends by itself even without scripts."""
    areas = _areas()
    return html.Form(
        [
            text_field("text", "Words of the sentence", selection.text, "search"),
            select_field("reporter", "Economy", areas, selection.reporter),
            select_field(
                "partner",
                "Partner",
                [(NULL, "All partners together"), *areas],
                NULL if selection.partner == "" else selection.partner,
            ),
            select_field("flow", "Flow", capitalised(FLOWS), only(selection.flow)),
            select_field("measure", "Measure", capitalised(MEASURES), only(selection.measure)),
            select_field(
                "freq",
                "Period",
                [(freq, naming.FREQUENCIES[freq]) for freq in FREQUENCIES],
                only(selection.freq),
            ),
            text_field("since", "From", selection.since, "text", "2013"),
            text_field("until", "To", selection.until, "text", "2024-06"),
            select_field("qualifier", "Qualifier", capitalised(QUALIFIERS), only(selection.qualifier)),
            select_field("status", "Status", capitalised(STATUSES), only(selection.status)),
            select_field("kind", "Source", capitalised(KINDS), only(selection.kind)),
            text_field("publisher", "Publisher", only(selection.publisher), "text"),
            _more(selection),
            *kept(selection, UNASKED),
            html.Button("More filters", type="button", className="button quiet more", **aria(expanded="false")),
            html.Button("Apply", type="submit", className="button"),
        ],
        action=href(PATH),
        method="get",
        className="filters",
        **aria(label="Filters"),
    )


def _more(selection: Selection) -> Child:
    """Return the rarer filters, open when one of them is in force."""
    inferred = [(NULL, "Nothing"), *((name, heading(name)) for name in CODES["inferred"])]
    fields = [
        text_field("product", "Product", only(selection.product), "text", "crude oil"),
        text_field("unit", "Unit", only(selection.unit), "text", "USD, % or pp"),
        select_field("coverage", "Coverage", list(naming.COVERAGES.items()), only(selection.coverage)),
        select_field("adjustment", "Adjustment", list(naming.ADJUSTMENTS.items()), only(selection.adjustment)),
        select_field("basis", "Growth on", list(naming.BASES.items()), only(selection.basis)),
        select_field("record", "Record", [("true", "Called a record"), ("false", "Not called one")], selection.record),
        text_field("according_to", "Credited", only(selection.according_to), "text"),
        text_field("rule", "Rule", only(selection.rule), "text"),
        text_field("published_since", "Published from", selection.published_since, "text", "2024"),
        text_field("published_until", "Published to", selection.published_until, "text", "2024-06-30"),
        text_field("new", "New since", selection.new, "text", "refresh or 2026-11"),
        text_field("value_from", "Value from", selection.value_from, "text", "200bn"),
        text_field("value_to", "Value to", selection.value_to, "text", "26.3"),
        text_field("growth_currency", "Growth in", only(selection.growth_currency), "text", "CNY"),
        select_field("inferred", "Inferred", inferred, only(selection.inferred)),
        text_field("flags", "Flag", only(selection.flags), "text", "corrected"),
        select_field("restates", "Restates", [("true", "Another amount"), ("false", "None")], selection.restates),
        text_field("title", "Title", selection.title, "text"),
        text_field("url", "Address", selection.url, "text", "example.org"),
    ]
    used = any(getattr(selection, name) for name in RARER)
    summary = html.Summary("Other columns")
    return html.Details(
        [summary, html.Div(fields, className="rarer")], className="others-too", open="open" if used else None
    )


def _areas() -> Options:
    codes = {code for pair in store().pairs() for code in (pair.one, pair.other) if code}
    return [(code, naming.area(code)) for code in sorted(codes, key=naming.area)]
