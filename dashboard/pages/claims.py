"""Every claim: a table with filters and pages, all of them in the address."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Literal

from dash import dcc, html, register_page

from dashboard import components, naming, wording
from dashboard.attributes import aria
from dashboard.context import href, search, store
from dashboard.selection import CLAIM_ORDERS, NULL, Selection, decode
from dashboard.tables import claims_table, pager
from etl.model import FLOWS, FREQUENCIES, KINDS, MEASURES, QUALIFIERS, STATUSES
from etl.table import from_frame

Child = Any
PATH, SIZE = "/claims", 50
Options = Sequence[tuple[str, str]]
QUALIFIER_WORDS = {"at_least": "At least", "at_most": "At most", "between": "Range"}
UNFILTERED = ("order", "page", "claim", "converted", "base", "quote")


def build() -> list[Child]:
    """Return the claims that the address asks for."""
    selection = decode(search())
    query, order = selection.query(), selection.ordered(CLAIM_ORDERS)
    total = store().count(query)
    claims = from_frame(store().page(query, order, selection.page, SIZE))
    return components.frame(
        PATH,
        html.Div(
            [html.Div([html.H1("Claims"), html.P(_said(total))]), components.downloads(selection)],
            className="heading",
        ),
        _filters(selection),
        _active(selection),
        pager(PATH, selection, total, SIZE, len(claims)),
        claims_table(claims, PATH, selection, "Claims") if claims else _none(),
        pager(PATH, selection, total, SIZE, len(claims)) if len(claims) > 20 else None,
    )


layout = components.guarded(build)
register_page(__name__, path=PATH, title=components.window_title("Claims"), layout=layout)


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
            html.Button("More filters", type="button", className="button quiet more", **aria(expanded="false")),
            html.Button("Apply", type="submit", className="button"),
        ],
        action=href(PATH),
        method="get",
        className="filters",
        **aria(label="Filters"),
    )


def _capitalised(codes: Sequence[str]) -> Options:
    return [(code, QUALIFIER_WORDS.get(code, code.capitalize())) for code in codes]


def _only(values: tuple[str, ...]) -> str | None:
    return values[0] if len(values) == 1 else None


def _areas() -> Options:
    known = store().pairs()
    codes = sorted({code for name in ("pair_a", "pair_b") for code in known[name].dropna()}, key=naming.area)
    return [(str(code), naming.area(str(code))) for code in codes]


def _text(name: str, label: str, value: str | None, kind: Literal["text", "search"], example: str = "") -> Child:
    field = dcc.Input(id=f"filter-{name}", name=name, type=kind, value=value or "", placeholder=example, maxLength=200)
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
    }
    return named.get(name, name.capitalize())


def _value(selection: Selection, name: str) -> str:
    value = getattr(selection, name)
    if name in ("reporter", "partner"):
        return naming.area(value) if value else "all partners together"
    values = value if isinstance(value, tuple) else (value,)
    return ", ".join(_said_value(str(one)) for one in values)


def _said_value(code: str) -> str:
    return naming.FREQUENCIES.get(code, code) if code else "not stated"
