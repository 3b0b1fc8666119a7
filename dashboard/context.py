"""What a request is about: the database behind it, and the address it asks for."""

from typing import cast

import dash
from flask import current_app, g, has_request_context, request

from dashboard.selection import Selection, encode
from etl.store import Store

STORE = "TRADETRACE_STORE"
LOCATION = "_pages_location."


def store() -> Store:
    """Return the database that this server reads."""
    return cast(Store, current_app.config[STORE])


def search() -> str:
    """Return the query string of the page that is asked for, by the browser or by a change of its address."""
    if not has_request_context():
        return ""
    if request.method == "POST":
        asked = dash.callback_context.inputs | dash.callback_context.states
        return str(asked.get(f"{LOCATION}search") or "")
    return request.query_string.decode("ascii", "replace")


def name() -> str:
    """Return the last part of the path that is asked for: the id of an article's page."""
    if not has_request_context():
        return ""
    path = request.path
    if request.method == "POST":
        path = str(dash.callback_context.inputs.get(f"{LOCATION}pathname") or "")
    return path.rstrip("/").rpartition("/")[2]


def answer_with(status: int) -> None:
    """Answer the request for a page with a status; what changes an address inside a page is answered all the same."""
    if has_request_context() and request.method == "GET":
        g.status = status


def href(path: str, selection: Selection | None = None, anchor: str = "") -> str:
    """Return the address of a page for a selection."""
    asked = encode(selection) if selection else ""
    address = str(dash.get_relative_path(path))
    return address + (f"?{asked}" if asked else "") + (f"#{anchor}" if anchor else "")


def absolute(address: str) -> str:
    """Return an address of this server as others can open it."""
    return request.host_url.rstrip("/") + address if has_request_context() else address
