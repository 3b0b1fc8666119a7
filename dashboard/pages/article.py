"""An article: where it stands, and the sentences of it that state figures, each with its fields."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from dash import register_page

from dashboard import components, corrected, html, naming, wording
from dashboard.attributes import aria
from dashboard.context import answer_with, name, store
from dashboard.quoting import Piece, pieces
from dashboard.reading import fields
from dashboard.tables import chart_of
from etl.model import Article, Claim
from etl.store import Copy, Corrected, Query, StoreError, Version

Child = Any
BRIEF = "A brief: what an article reported, summed up in our own words. The article itself is behind the link."


def title(**_: str) -> str:
    """Return the title of the article that the address names."""
    try:
        article = store().article(name())
    except StoreError:
        article = None
    return components.window_title((article.title if article else None) or "Article")


def build() -> list[Child]:
    """Return the page of the article that the address names."""
    article = store().article(name())
    if article is None:
        answer_with(404)
        return components.trouble(
            "There is no such article",
            "The database holds no article of this id: it was removed, or the address is mistyped.",
        )
    claims, held = store().stated(Query(article_id=article.article_id)), corrected.of_article(article.article_id)
    return components.frame(
        "",
        _heading(article),
        html.Section(_stated(claims, held), className="card stated", **aria(label="What it states")),
        corrected.hidden(held),
        _also_at(store().copies(article.article_id)),
        _earlier(store().versions(article.article_id)),
    )


layout = components.guarded(build)
register_page(__name__, path_template="/article/<article_id>", title=title, layout=layout)


def _heading(article: Article) -> Child:
    published = naming.published(article.published, article.published_precision)
    facts = [
        article.publisher or "Publisher not known",
        published + naming.precision_note(article.published_precision),
        article.kind,
    ]
    links = [components.outward("Open article", article.url, "button") if article.url else None, _archived(article)]
    return html.Div(
        [
            html.H1(article.title or "Article without a title"),
            html.P(" · ".join(facts)),
            html.P(BRIEF) if article.kind == "brief" else None,
            html.Div(links, className="actions"),
        ],
        className="article-heading",
    )


def _archived(article: Article) -> Child:
    """Return a link to a copy kept near the day of publication; nothing is asked there before it is followed."""
    if article.published is None or not components.is_web(article.url):
        return None
    address = f"https://web.archive.org/web/{article.published:%Y%m%d}/{article.url}"
    return components.outward("Archived copy near that date", address, "button quiet")


def _stated(claims: Sequence[Claim], held: Mapping[str, Corrected]) -> list[Child]:
    if not claims:
        return [html.P("It states no figure about trade that could be read.")]
    count = wording.count(len(claims), "figure")
    told = f"{count}, each marked in its sentence. Choose one: its fields appear below the sentence."
    sentences = [list(one) for _, one in groupby(claims, key=lambda claim: claim.sentence)]
    heading = components.summary_of(claims[0]) if claims[0].kind == "brief" else "What it states"
    return [html.H2(heading), html.P(told, className="caption"), *(_sentence(one, held) for one in sentences)]


def _sentence(claims: Sequence[Claim], held: Mapping[str, Corrected]) -> Child:
    of = {claim.claim_id: claim for claim in claims}
    marked = [_piece(piece, of, held) for piece in pieces(claims[0], claims)]
    quoted = marked if claims[0].kind == "brief" else ["“", *marked, "”"]
    return html.Div(quoted, className="sentence")


def _piece(piece: Piece, of: Mapping[str, Claim], held: Mapping[str, Corrected]) -> Child:
    claim = of.get(piece.claim_id or "")
    if claim is None:
        return piece.text
    figure = html.A(html.Mark(piece.text, className="other"), href=f"#{claim.claim_id}")
    return html.Span([figure, _told(claim, held)], className="figure-of")


def _told(claim: Claim, held: Mapping[str, Corrected]) -> Child:
    link = html.A("see chart", href=chart_of(claim)) if claim.reporter else None
    head: list[Child] = [html.B(wording.figure(claim)), f" {naming.full_name(claim)}, {naming.when(claim)} ", link]
    return html.Div([html.P(head), corrected.note(claim, held), fields(claim)], id=claim.claim_id, className="told")


def _also_at(copies: Sequence[Copy]) -> Child:
    """Return where else the same words stand."""
    items = [
        html.Li(
            [
                components.outward(one.publisher or one.url or one.address, one.url),
                f", {naming.published(one.published, one.published_precision)}",
            ]
        )
        for one in copies
    ]
    return html.Section([html.H2("Also at"), html.Ul(items)], className="related") if items else None


def _earlier(versions: Sequence[Version]) -> Child:
    """Return when earlier versions were seen, and what they stated."""
    if len(versions) < 2:
        return None
    items = [
        html.Li(
            f"Version {one.number}: {wording.count(one.figures, 'figure')}, "
            f"seen {components.moment(one.seen)}, replaced {components.moment(one.replaced)}"
        )
        for one in versions
        if one.replaced
    ]
    return html.Section([html.H2("Earlier versions"), html.Ul(items)], className="related")
