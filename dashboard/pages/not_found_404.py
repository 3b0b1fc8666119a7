"""What is shown for an address that no page has."""

from typing import Any

from dash import register_page

from dashboard import components
from dashboard.context import answer_with


def build() -> list[Any]:
    """Return a page that says so."""
    answer_with(404)
    return components.trouble("There is no such page", "Its address is mistyped, or the page has moved.")


layout = components.guarded(build)
register_page(__name__, path="/not-found", title=components.window_title("Not found"), layout=layout)
