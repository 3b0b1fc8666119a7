"""Filters that stand behind a page's controls, and links that take away those in force."""

from collections import Counter
from collections.abc import Collection
from typing import Any

import pandas as pd

from dashboard import html, naming
from dashboard.attributes import aria
from dashboard.context import href
from dashboard.dates import last_day
from dashboard.fields import Options, capitalised, kept, only, select_field, text_field
from dashboard.selection import DEFAULTS, LAST_REFRESH, NAMES, NULL, Selection
from etl.model import STATUSES

Child = Any
# What the form behind a pair's controls asks for.
ASKED = ("coverage", "publisher", "according_to", "status", "since", "until", "known")
LABELS = {
    "reporter": "Economy",
    "since": "From",
    "until": "To",
    "freq": "Period",
    "kind": "Source",
    "according_to": "Credited",
    "new": "New since",
    "published_since": "Published from",
    "published_until": "Published to",
    "growth_currency": "Growth in",
    "value_from": "Value from",
    "value_to": "Value to",
    "flags": "Flag",
    "url": "Address",
    "known": "As known on",
}


def without(selection: Selection, names: Collection[str] = ASKED) -> Selection:
    """Return a selection without some filters."""
    return selection.but(**{name: DEFAULTS[name] for name in names})


def more(path: str, selection: Selection, rows: pd.DataFrame, credited: Collection[str]) -> Child:
    """Return the rarer filters as a form behind a button, each only where rows leave something to choose."""
    offered = {
        "coverage": _offer(rows["coverage"], {**naming.COVERAGES, NULL: "Not said"}),
        "publisher": _offer(rows["publisher"]),
        "according_to": [(name, name) for name in credited],
        "status": _offer(rows["status"], dict(capitalised(STATUSES))),
    }
    chosen = {name: only(getattr(selection, name)) for name in offered}
    selects = [
        select_field(name, _label(name), options, NULL if chosen[name] == "" else chosen[name])
        for name, options in offered.items()
        if len(options) > 1 or getattr(selection, name)
    ]
    texts = [
        text_field("since", "Periods from", selection.since, "text", "2013"),
        text_field("until", "Periods to", selection.until, "text", "2024-06"),
        text_field("known", "As known on", selection.known, "text", "2024-02-09"),
    ]
    form = html.Form(
        [
            *selects,
            *texts,
            *kept(selection, NAMES.difference(ASKED, ("page", "claim"))),
            html.Button("Apply", type="submit", className="button"),
        ],
        action=href(path),
        method="get",
        className="filters all",
        **aria(label="More filters"),
    )
    return html.Details([html.Summary("More filters"), form], className="more-filters")


def _offer(column: "pd.Series[Any]", words: dict[str, str] | None = None) -> Options:
    """Return the values of a column: in the order of their words, else the commonest first."""
    found = Counter(value or NULL for value in column.tolist())
    if words:
        return [(code, text) for code, text in words.items() if code in found]
    return [(value, value if value != NULL else "Not known") for value, _ in found.most_common()]


def active(path: str, selection: Selection, names: Collection[str] = ASKED) -> Child:
    """Return what is filtered by, each with a link that takes it away."""
    links = [
        html.Li(
            html.A(
                [f"{_label(name)}: {_value(selection, name)}", _cross()], href=href(path, without(selection, (name,)))
            )
        )
        for name in DEFAULTS
        if name in names and getattr(selection, name) != DEFAULTS[name]
    ]
    if not links:
        return None
    return html.Ul(
        [*links, html.Li(html.A("Remove all", href=href(path, without(selection, names))))],
        className="active",
        **aria(label="Filters in force"),
    )


def _cross() -> Child:
    return html.Span([" ✕", html.Span(" remove", className="hidden")])


def _label(name: str) -> str:
    return LABELS.get(name, name.capitalize())


def _value(selection: Selection, name: str) -> str:
    value = getattr(selection, name)
    if name in ("reporter", "partner"):
        return naming.area(value) if value else "all partners together"
    if name == "known":
        return day(value)
    values = value if isinstance(value, tuple) else (value,)
    return ", ".join(_said_value(str(one)) for one in values)


def day(known: str) -> str:
    """Write the day that a selection is as known on: the last one of a month or a year."""
    return naming.published(last_day(known))


def _said_value(code: str) -> str:
    if code == LAST_REFRESH:
        return "the last refresh"
    words = naming.FREQUENCIES | naming.COVERAGES
    return words.get(code, code) if code else "not stated"
