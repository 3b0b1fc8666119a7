"""Controls whose choices are links, so that a view's whole state is its address."""

from collections.abc import Sequence
from typing import Any

from dashboard import html, wording
from dashboard.attributes import aria
from dashboard.context import href
from dashboard.options import Choice, chosen

Child = Any
MOST = 5


def segments(label: str, path: str, choices: Sequence[Choice]) -> list[Child]:
    """Return a row of choices, and the same as a menu for narrow screens or where they are many."""
    if len(choices) > MOST:
        return [menu(label, path, choices)]
    row = html.Div(
        [_link(choice, path, counted=False) for choice in choices],
        className="segments",
        role="group",
        **aria(label=label),
    )
    return [row, menu(label, path, choices, className="menu narrow")]


def menu(
    label: str,
    path: str,
    choices: Sequence[Choice],
    className: str = "menu",  # noqa: N803
    words: str | None = None,
) -> Child:
    """Return a button that opens a list of choices; it says what is chosen, or its own words."""
    items = html.Ul([html.Li(_link(choice, path, counted=True)) for choice in choices])
    name = html.Span(f"{label}: ", className="hidden")
    return html.Details([html.Summary([name, words or chosen(choices)]), items], className=className)


def _link(choice: Choice, path: str, *, counted: bool) -> Child:
    here = aria(current="true") if choice.current else {}
    text: list[Child] = [choice.text]
    if counted and choice.figures is not None:
        text.append(html.Span(f" {choice.figures:,}", className="count", title=wording.count(choice.figures, "figure")))
    return html.A(text, href=href(path, choice.selection), **here)
