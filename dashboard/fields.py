"""Fields of forms that a browser sends by itself: their values become an address, with or without scripts."""

from collections.abc import Collection, Sequence
from typing import Any, Literal
from urllib.parse import parse_qsl

from dashboard import html
from dashboard.selection import Selection, encode

Child = Any
Options = Sequence[tuple[str, str]]
QUALIFIER_WORDS = {"at_least": "At least", "at_most": "At most", "between": "Range"}


def text_field(name: str, label: str, value: str | None, kind: Literal["text", "search"], example: str = "") -> Child:
    """Return a labelled field for a text."""
    field = html.Input(id=f"filter-{name}", name=name, type=kind, value=value or "", placeholder=example, maxLength=200)
    return html.Div([html.Label(label, htmlFor=f"filter-{name}"), field], className=f"filter {name}")


def select_field(name: str, label: str, options: Options, value: str | None) -> Child:
    """Return a labelled choice of one of several, or of none."""
    listed = [html.Option("Any", value="", **_chosen(not value))]
    listed += [html.Option(text, value=code, **_chosen(code == value)) for code, text in options]
    select = html.Select(listed, id=f"filter-{name}", name=name, key=f"{name}={value}")
    return html.Div([html.Label(label, htmlFor=f"filter-{name}"), select], className=f"filter {name}")


def _chosen(chosen: bool) -> dict[str, Any]:
    return {"selected": True} if chosen else {}


def kept(selection: Selection, names: Collection[str]) -> list[Child]:
    """Return what a form does not ask for but the address holds, so that sending the form keeps it."""
    return [
        html.Input(id=f"kept-{number}", name=name, type="hidden", value=value)
        for number, (name, value) in enumerate(parse_qsl(encode(selection)))
        if name in names
    ]


def capitalised(codes: Sequence[str]) -> Options:
    """Return codes with their words."""
    return [(code, QUALIFIER_WORDS.get(code, code.capitalize())) for code in codes]


def only(values: tuple[str, ...]) -> str | None:
    """Return the one value that is chosen, if it is one."""
    return values[0] if len(values) == 1 else None
