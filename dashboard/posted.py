"""Answers to a form: whole pages and a file, made for this one request and not kept."""

from collections.abc import Callable
from typing import Any

from dash import Dash, get_asset_url
from flask import Response, g, request
from markupsafe import escape
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from dashboard import checking, components, prerender, security, skeleton
from dashboard.pasted import MOST, Pasted
from etl.errors import PlainError
from etl.store import StoreError

# A character is four bytes at most, each three characters in what a form sends.
LARGEST = 12 * MOST + 20_000
TITLE = components.window_title("Check a claim")


def register(app: Dash) -> None:
    """Let a server answer the form."""

    def whole(children: Any, status: int) -> Answer:  # noqa: ANN401
        g.hashes = security.script_hashes(skeleton.EARLY)
        return Response(page_of(prerender.html_of(children)), status)

    def check() -> Answer:
        return _answered(lambda given: whole(checking.answer(given), 200), whole)

    def save() -> Answer:
        return _answered(_file, whole)

    app.server.add_url_rule(app.get_relative_path(checking.PATH), "check", check, methods=["POST"])
    app.server.add_url_rule(app.get_relative_path(checking.FILE), "check file", save, methods=["POST"])


def _answered(answer: Callable[[Pasted], Answer], whole: Callable[[Any, int], Answer]) -> Answer:
    """Answer a form, or say what is wrong with it and keep what was filled in."""
    request.max_content_length = request.max_form_memory_size = LARGEST
    given = Pasted()
    try:
        given = Pasted.of(request.form)
        return answer(given)
    except RequestEntityTooLarge:
        return whole(checking.refusal(given, f"The text is too long: {MOST:,} characters at most are read."), 413)
    except StoreError as error:
        return whole(checking.refusal(given, f"The database cannot be read: {error}."), 503)
    except PlainError as error:
        return whole(checking.refusal(given, f"{str(error)[:1].upper()}{str(error)[1:]}"), 400)


def _file(given: Pasted) -> Answer:
    head = {"Content-Disposition": f'attachment; filename="{given.name()}"'}
    return Response(given.file(), mimetype="text/plain", headers=head)


def page_of(main: str) -> str:
    """Return a page on which Dash does not run: its links and forms are the browser's own."""
    return skeleton.filled(
        metas=skeleton.METAS,
        title=str(escape(TITLE)),
        favicon=f'<link rel="icon" href="{get_asset_url("mark.svg")}" type="image/svg+xml">',
        css=f'<link rel="stylesheet" href="{get_asset_url("style.css")}">',
        scripts="".join(f'<script src="{get_asset_url(name)}"></script>' for name in ("app.js", "search.js")),
        app_entry=main,
    )
