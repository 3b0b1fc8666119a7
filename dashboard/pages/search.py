"""What a searched text may mean: countries and pairs, figures, publishers, articles, sentences."""

from collections.abc import Sequence
from typing import Any

from dash import register_page

from dashboard import components, html
from dashboard.context import href, search
from dashboard.finding import Found, find
from dashboard.latest import cited
from dashboard.selection import Selection, decode
from etl.model import Claim

Child = Any
PATH, MOST = components.SEARCH, 12
EXAMPLES = ("China Russia", "German exports", "240bn", "26.3%", "record surplus")


def build() -> list[Child]:
    """Return what the text in the address may mean."""
    asked = decode(search()).q
    if asked is None:
        return components.frame(PATH, html.H1("Search"), _examples("Type into the box above"))
    found = find(asked, MOST)
    parts = [
        _listed("Countries and pairs", found.places),
        _cited("Figures", "Within the rounding of the figure as typed, the nearest first.", found.figures),
        _listed("Publishers", found.publishers),
        _listed("Articles", found.articles),
        _cited("Sentences", "The last read first.", found.sentences, _all_sentences(asked)),
    ]
    shown = [part for part in parts if part]
    return components.frame(PATH, html.H1(f"Search: {asked}"), *(shown or [_examples("Nothing fits. Search for")]))


layout = components.guarded(build)
register_page(__name__, path=PATH, title=components.window_title("Search"), layout=layout)


def _examples(said: str) -> Child:
    """Return what can be searched for, each with an example that is a link."""
    links = [html.Li(html.A(text, href=href(PATH, Selection(q=text)))) for text in EXAMPLES]
    words = "a country, a pair, a publisher, a title, a figure or words of a sentence. For example:"
    return html.Div([html.P(f"{said} {words}"), html.Ul(links, className="examples")], className="trouble")


def _listed(name: str, found: Sequence[Found]) -> Child:
    if not found:
        return None
    items = [html.Li([html.A(one.text, href=one.address), html.Span(one.note)]) for one in found]
    return html.Section([html.H2(name), html.Ul(items)], className="card found")


def _cited(name: str, said: str, claims: Sequence[Claim], more: Child = None) -> Child:
    if not claims:
        return None
    heading = html.Div([html.H2(name), more], className="heading")
    return html.Section([heading, html.P(said, className="caption"), *map(cited, claims)], className="card found")


def _all_sentences(asked: str) -> Child:
    return html.A("All sentences with these words", href=href("/claims", Selection(text=asked)))
