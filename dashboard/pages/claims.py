"""Every claim: a table with filters and pages, all of them in the address."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Literal
from urllib.parse import parse_qsl

from dash import register_page

from dashboard import components, html, naming, wording
from dashboard.attributes import aria
from dashboard.context import answer_with, href, search, store
from dashboard.controls import menu
from dashboard.options import Choice
from dashboard.selection import (
    CLAIM_ORDERS,
    CODES,
    LAST_REFRESH,
    NULL,
    USUAL_COLUMNS,
    AddressError,
    Selection,
    decode,
    encode,
    readable,
)
from dashboard.tables import claims_table, heading, pager
from etl.model import FLOWS, FREQUENCIES, KINDS, MEASURES, QUALIFIERS, STATUSES

Child = Any
PATH, SIZE = "/claims", 50
Options = Sequence[tuple[str, str]]
QUALIFIER_WORDS = {"at_least": "At least", "at_most": "At most", "between": "Range"}
UNFILTERED = ("order", "page", "claim", "columns", "converted", "base", "quote")
UNASKED = ("order", "columns", "currency", "language", "article")
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
)


def build() -> list[Child]:
    """Return the claims that the address asks for."""
    try:
        selection = decode(search(), strict=True)
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
        _active(selection),
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
            _text("text", "Words of the sentence", selection.text, "search"),
            _select("reporter", "Economy", areas, selection.reporter),
            _select(
                "partner",
                "Partner",
                [(NULL, "All partners together"), *areas],
                NULL if selection.partner == "" else selection.partner,
            ),
            _select("flow", "Flow", _capitalised(FLOWS), _only(selection.flow)),
            _select("measure", "Measure", _capitalised(MEASURES), _only(selection.measure)),
            _select(
                "freq",
                "Period",
                [(freq, naming.FREQUENCIES[freq]) for freq in FREQUENCIES],
                _only(selection.freq),
            ),
            _text("since", "From", selection.since, "text", "2013"),
            _text("until", "To", selection.until, "text", "2024-06"),
            _select("qualifier", "Qualifier", _capitalised(QUALIFIERS), _only(selection.qualifier)),
            _select("status", "Status", _capitalised(STATUSES), _only(selection.status)),
            _select("kind", "Source", _capitalised(KINDS), _only(selection.kind)),
            _text("publisher", "Publisher", _only(selection.publisher), "text"),
            _more(selection),
            *_kept(selection),
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
    new = [(LAST_REFRESH, "The last refresh")]
    new += [(selection.new, f"Refreshes since {selection.new}")] if selection.new not in (None, LAST_REFRESH) else []
    fields = [
        _text("product", "Product", _only(selection.product), "text", "crude oil"),
        _text("unit", "Unit", _only(selection.unit), "text", "USD, % or pp"),
        _select("coverage", "Coverage", list(naming.COVERAGES.items()), _only(selection.coverage)),
        _select("adjustment", "Adjustment", list(naming.ADJUSTMENTS.items()), _only(selection.adjustment)),
        _select("basis", "Growth on", list(naming.BASES.items()), _only(selection.basis)),
        _select("record", "Record", [("true", "Called a record"), ("false", "Not called one")], selection.record),
        _text("according_to", "Credited", _only(selection.according_to), "text"),
        _text("rule", "Rule", _only(selection.rule), "text"),
        _text("published_since", "Published from", selection.published_since, "text", "2024"),
        _text("published_until", "Published to", selection.published_until, "text", "2024-06-30"),
        _select("new", "New since", new, selection.new),
    ]
    used = any(getattr(selection, name) for name in RARER)
    summary = html.Summary("Other columns")
    return html.Details(
        [summary, html.Div(fields, className="rarer")], className="others-too", open="open" if used else None
    )


def _kept(selection: Selection) -> list[Child]:
    """Return what the form does not ask for but the address holds, so that sending the form keeps it."""
    return [
        html.Input(id=f"kept-{number}", name=name, type="hidden", value=value)
        for number, (name, value) in enumerate(parse_qsl(encode(selection)))
        if name in UNASKED
    ]


def _capitalised(codes: Sequence[str]) -> Options:
    return [(code, QUALIFIER_WORDS.get(code, code.capitalize())) for code in codes]


def _only(values: tuple[str, ...]) -> str | None:
    return values[0] if len(values) == 1 else None


def _areas() -> Options:
    codes = {code for pair in store().pairs() for code in (pair.one, pair.other) if code}
    return [(code, naming.area(code)) for code in sorted(codes, key=naming.area)]


def _text(name: str, label: str, value: str | None, kind: Literal["text", "search"], example: str = "") -> Child:
    field = html.Input(id=f"filter-{name}", name=name, type=kind, value=value or "", placeholder=example, maxLength=200)
    return html.Div([html.Label(label, htmlFor=f"filter-{name}"), field], className=f"filter {name}")


def _select(name: str, label: str, options: Options, value: str | None) -> Child:
    listed = [html.Option("Any", value="", **_chosen(not value))]
    listed += [html.Option(text, value=code, **_chosen(code == value)) for code, text in options]
    select = html.Select(listed, id=f"filter-{name}", name=name, key=f"{name}={value}")
    return html.Div([html.Label(label, htmlFor=f"filter-{name}"), select], className=f"filter {name}")


def _chosen(chosen: bool) -> dict[str, Any]:
    return {"selected": True} if chosen else {}


def _active(selection: Selection) -> Child:
    """Return what is filtered by, each with a link that takes it away."""
    links = [
        html.Li(
            html.A(
                [f"{_label(field.name)}: {_value(selection, field.name)}", _cross()],
                href=href(PATH, selection.but(**{field.name: field.default})),
            )
        )
        for field in fields(Selection)
        if field.name not in UNFILTERED and getattr(selection, field.name) != field.default
    ]
    if not links:
        return None
    return html.Ul(
        [*links, html.Li(html.A("Remove all", href=href(PATH)))],
        className="active",
        **aria(label="Filters in force"),
    )


def _cross() -> Child:
    return html.Span([" ✕", html.Span(" remove", className="hidden")])


def _label(name: str) -> str:
    named = {
        "reporter": "Economy",
        "since": "From",
        "until": "To",
        "freq": "Period",
        "kind": "Source",
        "according_to": "Credited",
        "new": "New since",
        "published_since": "Published from",
        "published_until": "Published to",
    }
    return named.get(name, name.capitalize())


def _value(selection: Selection, name: str) -> str:
    value = getattr(selection, name)
    if name in ("reporter", "partner"):
        return naming.area(value) if value else "all partners together"
    values = value if isinstance(value, tuple) else (value,)
    return ", ".join(_said_value(str(one)) for one in values)


def _said_value(code: str) -> str:
    if code == LAST_REFRESH:
        return "the last refresh"
    return naming.FREQUENCIES.get(code, code) if code else "not stated"
