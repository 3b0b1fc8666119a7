"""Check a claim: the form for a text; what it sends is answered without scripts."""

from dash import register_page

from dashboard import components
from dashboard.checking import PATH, empty

layout = components.guarded(empty)
register_page(__name__, path=PATH, title=components.window_title("Check a claim"), layout=layout)
