"""A refusal, in one line, of a question that no page of this dashboard asks: it is no error of the program."""

from collections.abc import Iterable
from typing import Any

from dash import Dash
from flask import Response, request

PATH = "/_dash-update-component"
REFUSED = "This is no question that a page of this dashboard asks.\n"
# What the parts of an address are, whoever asks.
TEXTS = ("pathname", "search")


def register(app: Dash) -> None:
    """Let a server refuse what does not name a callback with its own outputs, inputs and states."""
    path = app.get_relative_path(PATH)

    def refuse() -> Response | None:
        if request.path != path or request.method != "POST":
            return None
        return None if _is_asked(app, request.get_json(silent=True)) else Response(REFUSED, 400, mimetype="text/plain")

    app.server.before_request(refuse)


def _is_asked(app: Dash, body: Any) -> bool:  # noqa: ANN401
    if not isinstance(body, dict) or not isinstance(body.get("output"), str):
        return False
    asked = app.callback_map.get(body["output"], {})
    given = [body.get("inputs", []), body.get("state", [])]
    if "callback" not in asked or not all(map(_is_named, (*given, _listed(body.get("outputs"))))):
        return False
    known = [*map(_names, (asked["inputs"], asked["state"]))]
    changed = body.get("changedPropIds", [])
    return known == [*map(_names, given)] and isinstance(changed, list) and all(isinstance(one, str) for one in changed)


def _listed(outputs: Any) -> Any:  # noqa: ANN401
    return [outputs] if isinstance(outputs, dict) else outputs


def _is_named(parts: Any) -> bool:  # noqa: ANN401
    """Tell whether these are properties of components, each of an address a text."""
    return isinstance(parts, list) and all(
        isinstance(part, dict)
        and isinstance(part.get("id"), str)
        and isinstance(part.get("property"), str)
        and (part["property"] not in TEXTS or isinstance(part.get("value"), str | None))
        for part in parts
    )


def _names(parts: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(part["id"], part["property"]) for part in parts]
