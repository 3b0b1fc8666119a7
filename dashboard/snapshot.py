"""A page of the dashboard as one file: its charts answer from what the file holds, and nothing is asked elsewhere."""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from dash import dcc
from dash.development.base_component import Component
from flask import Flask
from markupsafe import escape

from dashboard import components, context, html, prerender, security, skeleton, static, theme, wording
from dashboard.attributes import aria, data
from dashboard.context import store
from dashboard.html import Element
from dashboard.panel import source
from dashboard.selection import decode
from dashboard.tables import claims_table
from etl.errors import PlainError
from etl.model import Claim
from etl.store import Query

Child = Any
MOST = 500
SCRIPT = "snapshot.js"
ASSETS = Path(__file__).parent / "assets"
# What asks a server, or leads about in the dashboard.
TAGS = frozenset(("Nav", "Form", "Header"))
CLASSES = frozenset(("skip", "controls", "pager", "downloads", "related", "menu"))


class SnapshotError(PlainError):
    """Why an address cannot be kept as a file: one line that says what, and what would do."""


@dataclass(slots=True)
class Taken:
    """What a page leaves for its file: its charts, the figure it opens with, and its table of claims."""

    charts: dict[str, Any] = field(default_factory=dict)
    picked: str | None = None
    table: Element | None = None

    def claim_ids(self) -> tuple[str, ...]:
        """Return the claims that the marks stand for."""
        marks = (trace for chart in self.charts.values() for trace in chart["data"] if trace.get("meta") == "marks")
        carried = (one for trace in marks for one in trace["customdata"])
        return tuple(dict.fromkeys(claim for one in carried for claim in one[2].split(" ")))


def taken(server: Flask, address: str) -> str:
    """Return the page at an address, a path or a full address of this dashboard, as one file.

    Raises SnapshotError or AddressError where there is no such page.
    """
    asked = _split(address)
    origin = f"{asked.scheme}://{asked.netloc}" if asked.netloc else ""
    with server.test_request_context(f"{quote(asked.path)}?{asked.query}"):
        return _file(address, origin)


def base_of(address: str) -> str:
    """Return the path under which the dashboard of an address lies: that of /trade/pair is /trade/."""
    path = _split(address).path
    return f"{path.rpartition('/article/' if '/article/' in path else '/')[0]}/"


def _split(address: str) -> SplitResult:
    """Return the parts of a path, or of a full address."""
    if not (components.is_web(address) or re.match("/(?!/)", address)):
        raise SnapshotError(f"{address} is no address of a page: give one such as /pair?reporter=CHN&partner=RUS")
    return urlsplit(address)


def _file(address: str, origin: str) -> str:
    page = context.page()
    build = getattr(sys.modules[page["module"]], "build", None)
    if build is None or page["module"].endswith(context.NOT_FOUND):
        raise SnapshotError(f"{address} is no page with figures: give one such as /pair?reporter=CHN&partner=RUS")
    kept = Taken()
    frame = _pruned(build(), kept)
    claims = _claims(kept)
    if claims:
        _tabulate(frame, kept, claims)
    panels = [html.Template(source(claim.claim_id), **data(source=claim.claim_id)) for claim in claims]
    whole = [_header(address, origin), *frame, *panels, *_shell()]
    _link(whole, origin, frozenset(claim.claim_id for claim in claims))
    return _html(context.title(page), prerender.html_of(html.Div(whole, id="react-entry-point")), kept)


def _tabulate(frame: Sequence[Element], kept: Taken, claims: Sequence[Claim]) -> None:
    """Put all claims of the charts into the page's table, or into one of their own below the charts."""
    table = claims_table(claims, "/pair", decode(context.search()), "The claims behind the charts")
    if kept.table:
        kept.table["props"] = table["props"]
    else:
        main = next(part for part in frame if part["type"] == "Main")
        main["props"]["children"] += [html.H2("The claims behind these charts"), table]


def _claims(kept: Taken) -> list[Claim]:
    """Return the claims of the charts, newest first."""
    ids = kept.claim_ids()
    if len(ids) > MOST:
        raise SnapshotError(
            f"it draws {wording.count(len(ids), 'figure')}, a snapshot holds {MOST} at most: "
            "choose a flow, a product or fewer years"
        )
    return store().stated(Query(claim_ids=ids))[::-1] if ids else []


def _pruned(part: Child, kept: Taken) -> Child:
    """Return a page without what a server must answer; its charts and its table are noted."""
    if isinstance(part, list | tuple):
        return [one for one in (_pruned(one, kept) for one in part) if one is not None]
    if isinstance(part, dcc.Store):
        return _noted(part, kept)
    if isinstance(part, dcc.Graph):
        return html.Div(className="dash-graph")
    if isinstance(part, Component):
        part = part.to_plotly_json()
    if not isinstance(part, dict):
        return part
    properties = part["props"]
    classes = str(properties.get("className")).split()
    if part["type"] in TAGS or not CLASSES.isdisjoint(classes):
        return None
    if part["type"] == "Table" and "claims" in classes:
        kept.table = part
    properties["children"] = _pruned(properties.get("children"), kept)
    return part


def _noted(part: Any, kept: Taken) -> None:  # noqa: ANN401
    if isinstance(part.id, dict):
        kept.charts[part.id["chart"]] = part.data
    elif part.id == "picked":
        kept.picked = part.data["claim"]


def _link(part: Child, origin: str, held: frozenset[str]) -> None:
    """Let links open what the file holds, else the dashboard it was taken from; where that is not known, nothing."""
    for properties in _properties(part):
        claim, address = properties.get("data-claim"), properties.get("href") or ""
        if claim in held:
            properties["href"] = "?"
        elif address.startswith("/"):
            properties["href"] = f"{origin}{address}" if origin else None
            properties.pop("data-claim", None)


def _properties(part: Child) -> Iterator[dict[str, Any]]:
    if isinstance(part, list | tuple):
        for one in part:
            yield from _properties(one)
    elif isinstance(part, dict):
        yield part["props"]
        yield from _properties(part["props"].get("children"))


def _header(address: str, origin: str) -> Child:
    """Return what the file is: of which page, and how old its data are."""
    page = components.outward(address, address) if origin else html.Code(address)
    said = html.P(["Snapshot of ", page, f", {components.refreshed()}"], className="taken")
    brand = html.Span(["trade", html.Mark("trace")], className="brand")
    return html.Header([brand, said, components.theme_button()])


def _shell() -> list[Child]:
    colours = json.dumps(theme.recolouring())
    return [
        html.Div(id="live", className="hidden", role="status", **aria(live="polite")),
        html.Div(id="colours", hidden=True, **data(dark=colours)),
    ]


def _html(title: str, main: str, kept: Taken) -> str:
    drawing = [static.plotly_file()] if kept.charts else []
    files = [*drawing, ASSETS / SCRIPT, ASSETS / "app.js"]
    scripts = "".join(f"<script>{file.read_text(encoding='utf-8')}</script>" for file in files)
    policy = security.enclosed(security.script_hashes(skeleton.EARLY, scripts))
    carried = json.dumps({"charts": kept.charts, "picked": kept.picked}).replace("<", "\\u003c")
    icon = quote((ASSETS / "mark.svg").read_text(encoding="utf-8"))
    return skeleton.filled(
        metas=f'{skeleton.METAS}<meta http-equiv="Content-Security-Policy" content="{policy}">',
        title=str(escape(title)),
        favicon=f'<link rel="icon" href="data:image/svg+xml,{icon}">',
        css=f"<style>{(ASSETS / 'style.css').read_text(encoding='utf-8')}</style>",
        config=f'<script type="application/json" id="kept">{carried}</script>',
        scripts=scripts,
        app_entry=main,
    )
