"""A pasted text as it is read: its figures, economies, times and words for flows, each marked."""

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard import html
from dashboard.quoting import apart
from etl import explanation
from etl.model import Article, Claim, Cue, Mention

Child = Any
ORDER = ("quantity", "area", "period", "cue")
KEYS = (
    (html.Mark("figure", className="other"), "stated for a flow, numbered below"),
    (html.Span("economy", className="area"), ""),
    (html.Span("time", className="period"), ""),
    (html.B("flow", className="trade"), ""),
    (html.Span("number", className="quantity"), "that states no trade figure"),
)


def text(article: Article, mentions: Sequence[Mention], claims: Sequence[Claim]) -> Child:
    """Return the text with what was seen in it marked."""
    return html.Div(list(_parts(article.text, mentions, claims)), className="sentence read")


def _parts(text: str, mentions: Sequence[Mention], claims: Sequence[Claim]) -> Iterator[Child]:
    ordered = sorted(mentions, key=lambda mention: ORDER.index(explanation.kind(mention)))
    spans = [(one.start, one.end, f"claim {number}") for number, one in enumerate(claims, 1)]
    spans += [(one.start, one.end, name) for one in ordered if (name := _class(one))]
    at = 0
    for start, end, key in apart(spans):
        yield text[at:start]
        yield _marked(text[start:end], key)
        at = end
    yield text[at:]


def _class(mention: Mention) -> str:
    """Return how a mention is marked; of the cues only the words for flows are, the table has all."""
    if isinstance(mention, Cue):
        return f"flow {mention.meaning}" if mention.section == "flow" else ""
    return explanation.kind(mention)


def _marked(words: str, key: str) -> Child:
    kind, _, number = key.partition(" ")
    if kind != "claim":
        return html.Span(words, className=key)
    return html.A([html.Mark(words, className="other"), html.Sup(number)], href=f"#claim-{number}", className="claim")


def key() -> Child:
    """Return what the marks mean."""
    return html.Ul([html.Li([sign, f" {meaning}"]) for sign, meaning in KEYS], className="keys")


def mentions_table(mentions: Sequence[Mention]) -> Child:
    """Return everything that was seen, each with what it is read as."""
    rows = [
        html.Tr(
            [html.Td(" ".join(one.quote.split())), html.Td(explanation.kind(one)), html.Td(explanation.meaning(one))]
        )
        for one in mentions
    ]
    head = html.Tr([html.Th(name, scope="col") for name in ("Words", "Kind", "Read as")])
    return html.Table([html.Thead(head), html.Tbody(rows)], className="mentions")


def fields(claim: Claim) -> Child:
    """Return every field of a claim, its rule, and which fields the context gave."""
    said = [
        part
        for name, value, inferred in explanation.fields(claim)
        for part in (html.Dt(name.replace("_", " ")), html.Dd([value, html.I(" from the context") if inferred else ""]))
    ]
    return html.Dl([*said, html.Dt("rule"), html.Dd(claim.rule.replace("_", " "))], className="fields")
