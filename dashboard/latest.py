"""The latest figures, each in its sentence."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard import html, naming
from dashboard.components import outward, quoted
from dashboard.context import href, store
from dashboard.quoting import pieces
from dashboard.tables import chart_of
from etl.model import Claim
from etl.store import Query

Child = Any
SHOWN, READ = 3, 60


def latest() -> Child:
    """Return the newest articles' leading figures, one an article."""
    return html.Section(
        [
            html.Div([html.H2("Latest figures"), html.A("All claims", href=href("/claims"))], className="heading"),
            *map(cited, _leading(store().page(Query(), "-published", 1, READ))),
        ],
        className="card latest-figures",
    )


def _leading(claims: Sequence[Claim]) -> list[Claim]:
    """Return one claim of each of the newest articles: a level where there is one, the first of the text."""
    best: dict[str, Claim] = {}
    for claim in sorted(claims, key=lambda claim: (claim.measure != "level", claim.start)):
        best.setdefault(claim.article_id, claim)
    newest = dict.fromkeys(claim.article_id for claim in claims)
    return [best[article] for article in newest][:SHOWN]


def cited(claim: Claim) -> Child:
    """Return a figure in its sentence, with its article and its chart."""
    others = store().sentence_claims(claim.article_id, claim.sentence)
    return html.Article(
        [
            *quoted(claim, pieces(claim, others), claim.claim_id),
            html.P(list(_facts(claim)), className="facts"),
        ],
        className="quotation",
    )


def _facts(claim: Claim) -> Iterator[Child]:
    published = naming.published(claim.published, claim.published_precision)
    yield f"{claim.publisher or 'Publisher not known'} · {published} · {claim.kind} · "
    if claim.url:
        yield outward("open article", claim.url)
        yield " · "
    if claim.reporter:
        yield html.A("see chart", href=chart_of(claim))
