"""What a request is about: the database behind it, and the address it asks for."""

from typing import cast

import dash
from flask import current_app, has_request_context, request

from dashboard.selection import Selection, encode
from etl.store import Store

STORE = "TRADETRACE_STORE"
LOCATION = "_pages_location.search"


def store() -> Store:
    """Return the database that this server reads."""
    return cast(Store, current_app.config[STORE])


def search() -> str:
    """Return the query string of the page that is asked for, by the browser or by a change of its address."""
    if not has_request_context():
        return ""
    if request.method == "POST":
        asked = dash.callback_context.inputs | dash.callback_context.states
        return str(asked.get(LOCATION) or "")
    return request.query_string.decode("ascii", "replace")


def href(path: str, selection: Selection | None = None, anchor: str = "") -> str:
    """Return the address of a page for a selection."""
    asked = encode(selection) if selection else ""
    address = str(dash.get_relative_path(path))
    return address + (f"?{asked}" if asked else "") + (f"#{anchor}" if anchor else "")
