"""What a request is about: the database behind it, and the address it asks for."""

from typing import Any, cast

import dash
from flask import current_app, g, has_request_context, request

from dashboard.selection import Selection, encode
from etl.store import Store

STORE = "TRADETRACE_STORE"
LOCATION = "_pages_location."
NOT_FOUND = "not_found_404"


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


def page() -> dict[str, Any]:
    """Return the page that is asked for; the one that says so where there is none."""
    path = request.path.rstrip("/")
    pages: list[dict[str, Any]] = list(dash.page_registry.values())
    found = next((page for page in pages if _is_at(page, path)), None)
    return found or next(page for page in pages if page["module"].endswith(NOT_FOUND))


def _is_at(page: dict[str, Any], path: str) -> bool:
    """Tell whether a page has a path: its own, or one that begins like its template."""
    if not page["path_template"]:
        return bool(page["relative_path"].rstrip("/") == path)
    begins = str(dash.get_relative_path(page["path_template"])).partition("<")[0]
    return path.startswith(begins)


def title(page: dict[str, Any]) -> str:
    """Return the title of a page as the request asks for it."""
    return str(page["title"]() if callable(page["title"]) else page["title"])


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
