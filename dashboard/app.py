"""The dashboard as a Dash application over one database."""

import json
import logging
from pathlib import Path
from typing import Any

import dash
from dash import ClientsideFunction, Dash, Input, Output, State, dcc, html
from flask import Response, g
from markupsafe import escape

from dashboard import api, context, panel, posted, prerender, refusal, security, snapshot, static, theme
from dashboard.attributes import aria, data
from dashboard.skeleton import EARLY, INDEX
from etl.store import Store, StoreError

ENTRY = '<div id="first">{first}</div><div id="react-entry-point"></div>'
NOWHERE = "not-found"
PANEL_GONE = "This figure cannot be read now: "


class Pages(Dash):
    """Dash, with a first HTML that can be read, and its scripts named in a Content-Security-Policy."""

    style = ""

    def interpolate_index(self, **parts: Any) -> str:  # type: ignore[override]  # noqa: ANN401
        """Return the first HTML: the page as it will be, its title, and the scripts that bring it to life."""
        title, first = _first()
        g.hashes = security.script_hashes(EARLY, parts["scripts"], parts["renderer"])
        parts |= {
            # In the page itself: nothing is painted before the style is there, so it must not be waited for.
            "css": f"<style>{self.style}</style>",
            "title": str(escape(title)),
            "app_entry": ENTRY.format(first=first),
            "favicon": f'<link rel="icon" href="{self.get_asset_url("mark.svg")}" type="image/svg+xml">',
            "metas": f'{parts["metas"]}<meta name="color-scheme" content="light dark">',
        }
        return str(super().interpolate_index(**parts))  # type: ignore[no-untyped-call]

    def _config(self) -> dict[str, Any]:
        """Return Dash's own settings, with plotly.js at an address that a browser may keep."""
        settings: dict[str, Any] = super()._config()  # type: ignore[no-untyped-call]
        return settings | {"serve_locally": False, "plotlyjs_url": static.plotly_address(self)}


def _first() -> tuple[str, str]:
    """Return the title and the HTML of the page that a request names."""
    page = context.page()
    return context.title(page), prerender.html_of(page["layout"]())


def create_app(store: Store, base_path: str = "/") -> Dash:
    """Return the dashboard over a database, with all its addresses under a path; several may run in one process."""
    app = Pages(
        "dashboard",
        use_pages=True,
        index_string=INDEX,
        suppress_callback_exceptions=True,
        include_pages_meta=False,
        title="tradetrace",
        update_title="",
        serve_locally=True,
        assets_ignore=snapshot.SCRIPT,
        url_base_pathname=base_path,
    )
    app.server.config[context.STORE] = store
    app.style = (Path(app.config.assets_folder) / "style.css").read_text()
    app.server.logger.setLevel(logging.WARNING)
    app.layout = _shell()
    _wire(app)
    api.register(app.server, base_path)
    posted.register(app)
    refusal.register(app)
    app.server.after_request(_guard)
    static.register(app)
    _know_scripts(app, base_path)
    return app


def _know_scripts(app: Dash, base_path: str) -> None:
    """Make Dash list its scripts, which it does when it first writes a page: no process may be asked for one before."""
    app.server.test_client().get(base_path + NOWHERE)


def _shell() -> Any:  # noqa: ANN401
    """Return what stays when pages change: the theme, the size of the screen, the live region."""
    colours = json.dumps(theme.recolouring())
    return html.Div(
        [
            dash.page_container,
            dcc.Store(id="screen"),
            html.Div(id="live", className="hidden", role="status", **aria(live="polite")),
            html.Div(id="colours", hidden=True, **data(dark=colours)),
        ]
    )


def _wire(app: Dash) -> None:
    _in_browser(
        app,
        "paint",
        Output(_of("graph", dash.MATCH), "figure"),
        Input(_of("figure", dash.MATCH), "data"),
        Input("screen", "data"),
        State("picked", "data"),
    )
    _in_browser(
        app,
        "choose",
        Output("picked", "data"),
        Input(_of("graph", dash.ALL), "clickData"),
        prevent_initial_call=True,
    )
    _in_browser(app, "show", Input("picked", "data"))
    address = State("_pages_location", "search")
    app.callback(Output("source", "children"), Input("picked", "data"), address, prevent_initial_call=True)(_source)


def _of(part: str, chart: object) -> dict[str, object]:
    return {"part": part, "chart": chart}


def _in_browser(app: Dash, name: str, *wires: Any, **settings: bool) -> None:  # noqa: ANN401
    app.clientside_callback(ClientsideFunction("tradetrace", name), *wires, **settings)


def _source(picked: dict[str, Any] | None, _address: str | None) -> Any:  # noqa: ANN401
    if not picked or not isinstance(picked.get("claim"), str):
        return panel.hint()
    try:
        with context.store().moment():
            return prerender.settled(panel.source(picked["claim"], str(picked.get("position") or "")))
    except StoreError as error:
        return [html.P(f"{PANEL_GONE}{error}.")]


def _guard(response: Response) -> Response:
    """Set the headers of every answer, and the status that its page asked for."""
    response.headers.update(security.HEADERS)
    response.headers["Content-Security-Policy"] = security.policy(g.get("hashes", ()))
    response.status_code = g.get("status", response.status_code)
    return response
