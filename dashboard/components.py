"""The parts of pages: the frame, links, sentences with their figures marked, and what went wrong."""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from dashboard import html, naming
from dashboard.attributes import UNSEEN, aria, data
from dashboard.context import href, search, store
from dashboard.kept import Kept
from dashboard.prerender import settled
from dashboard.quoting import Piece
from dashboard.readable import readable
from dashboard.selection import AddressError, Selection
from etl.model import Claim
from etl.store import Query, StoreError

Child = Any
PAGES = (
    ("/", "Overview"),
    ("/claims", "Claims"),
    ("/conversions", "Conversions"),
    ("/check", "Check a claim"),
    ("/data", "Data"),
)
SEARCH = "/search"
NOT_OFFICIAL = "Figures as reported by articles; not official statistics."


def frame(current: str, *children: Child) -> list[Child]:
    """Return a whole page: header, main part, footer."""
    return [
        html.A("Skip to the content", href="#main", className="skip"),
        _header(current),
        html.Main(list(children), id="main", tabIndex="-1"),
        html.Footer(html.P(f"{NOT_OFFICIAL} Every figure opens the sentence that states it.")),
    ]


def _header(current: str) -> Child:
    links = [_page_link(path, name, current) for path, name in PAGES]
    return html.Header(
        [
            html.A(["trade", html.Mark("trace")], href=href("/"), className="brand"),
            html.Nav(links, **aria(label="Pages")),
            _search(readable(search()).q if current == SEARCH else None),
            theme_button(),
        ]
    )


def theme_button() -> Child:
    """Return the button that changes between the system's scheme, light and dark."""
    return html.Button(
        [html.Span(className="half", **UNSEEN), html.Span("System", className="theme-name")], className="theme"
    )


def _page_link(path: str, name: str, current: str) -> Child:
    here = aria(current="page") if path == current else {}
    return html.A(name, href=href(path), **here)


def _search(asked: str | None) -> Child:
    return html.Form(
        [
            html.Label("Search", htmlFor="search", className="hidden"),
            html.Input(
                id="search",
                name="q",
                type="search",
                value=asked or "",
                placeholder="Country, pair, publisher, words, 240bn",
                autoComplete="off",
                maxLength=200,
            ),
            html.Div(id="suggestions", role="listbox", hidden=True, **aria(label="Suggestions")),
        ],
        action=href(SEARCH),
        method="get",
        role="search",
        className="search",
        **data(suggest=href("/api/suggest")),
    )


def trouble(title: str, *said: Child) -> list[Child]:
    """Return a page that says what is wrong and what to do."""
    return frame("", html.H1(title), html.Div([html.P(one) for one in said], className="trouble"), _way_out())


def _way_out() -> Child:
    return html.P(
        [html.A("Go to the overview", href=href("/")), " or ", html.A("see all claims", href=href("/claims"))]
    )


def guarded(build: Callable[[], list[Child]]) -> Callable[..., list[Child]]:
    """Make a page's layout say what is wrong with its address or with the database, instead of failing."""
    kept = Kept()

    def layout(**_: object) -> list[Child]:
        try:
            with store().moment():
                return kept.page(lambda: list(settled(build())))
        except AddressError as error:
            return list(settled(trouble("This address asks for what is not there", str(error))))
        except StoreError as error:
            said = f"{str(error)[:1].upper()}{str(error)[1:]}."
            return list(settled(trouble("The database cannot be read", said)))

    return layout


def sentence(cut: Sequence[Piece], selected: str) -> list[Child]:
    """Return a sentence with its figures marked: the selected one fully, the others paler."""
    return [_piece(piece, selected) for piece in cut if piece.text]


def _piece(piece: Piece, selected: str) -> Child:
    if piece.claim_id is None:
        return piece.text
    return html.Mark(piece.text, className="chosen" if piece.claim_id == selected else "other")


def is_web(url: str | None) -> bool:
    """Tell whether an address may become a link: http or https, with a host."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def outward(text: Child, url: str | None, className: str | None = None) -> Child:  # noqa: N803 - a name of Dash
    """Return a link to an article, in a tab of its own; plain text where there is no web address."""
    if not is_web(url):
        return html.Span(text, className="no-link")
    arrow = html.Span("\u00a0↗", **UNSEEN)
    hidden = html.Span(" (opens in a new tab)", className="hidden")
    return html.A([text, arrow, hidden], href=url, target="_blank", rel="noopener noreferrer", className=className)


def summary_of(claim: Claim) -> str:
    """Return the heading of a brief: whose figures it sums up."""
    return f"Summary of figures reported by {claim.publisher or 'an article'}"


def quoted(claim: Claim, cut: Sequence[Piece], selected: str) -> list[Child]:
    """Return a sentence as it may be shown: an article's in quotation marks, a brief's under its heading."""
    marked = sentence(cut, selected)
    if claim.kind == "brief":
        return [html.P(summary_of(claim), className="summary"), html.P(marked, className="sentence")]
    return [html.P(["“", *marked, "”"], className="sentence")]


def refreshed() -> str:
    """Say when the database was last refreshed."""
    refresh = store().last_refresh()
    return f"refreshed {moment(refresh.finished)}" if refresh else ""


def newest(query: Query) -> str:
    """Return the date of the newest article that states a figure, as precisely as it is known."""
    found = store().page(query, "-published", 1, 1)
    return naming.published(found[0].published, found[0].published_precision) if found else "none"


def pair_address(one: str, other: str | None) -> str:
    """Return the address of a pair's page."""
    return href("/pair", Selection(reporter=one, partner=other))


def country_address(code: str) -> str:
    """Return the address of an economy's page."""
    return href("/country", Selection(reporter=code))


def article_address(article_id: str) -> str:
    """Return the address of an article's page."""
    return href(f"/article/{article_id}")


def moment(when: Any) -> str:  # noqa: ANN401
    """Write a moment: `23 Nov 2026, 20:14 UTC`."""
    return f"{naming.published(when.date())}, {when:%H:%M} UTC"


def downloads(selection: Selection, *more: Child, of: str = "claims") -> Child:
    """Return the links to the same rows as files, and more files."""
    return html.P(
        [
            html.A("CSV", href=href(f"/api/{of}.csv", selection), download=""),
            html.A("JSON", href=href(f"/api/{of}.json", selection), download=""),
            *more,
        ],
        className="downloads",
        **aria(label="The same figures as files"),
    )


def key(shape: str, meaning: str) -> Child:
    """Return a shape of a chart with its meaning."""
    return html.Li([html.Span(className=f"shape {shape}", **UNSEEN), meaning])


def window_title(name: str) -> str:
    """Return the title of a page in the browser."""
    return f"{name} · tradetrace"
