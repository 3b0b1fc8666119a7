"""Claims as a plain table: one row a figure, with its sentence and its article."""

from collections.abc import Sequence
from typing import Any

from dashboard import html, naming, wording
from dashboard.attributes import UNSEEN, aria, data
from dashboard.components import article_address, outward, sentence
from dashboard.context import href
from dashboard.quoting import around, pieces
from dashboard.selection import Selection
from dashboard.series import Mark
from etl.model import Claim
from etl.table import row

Child = Any
ENOUGH = 10_000
SORTS = {"Period": "period_start", "Figure": "value", "Published": "published"}
HEADINGS = {
    "name": "Flow",
    "period": "Period",
    "figure": "Figure",
    "status": "Status",
    "sentence": "Sentence",
    "publisher": "Publisher",
    "published": "Published",
    "article": "Article",
}
ORDERS = {
    "-published": "newest first",
    "published": "oldest first",
    "-period_start": "latest period first",
    "period_start": "earliest period first",
    "-value": "largest first",
    "value": "smallest first",
}
NEWEST = "-published"


def claims_table(claims: Sequence[Claim], path: str, selection: Selection, caption: str) -> Child:
    """Return claims as a table whose figures open the source panel, or the page that has one."""
    head = html.Tr([_heading(heading(name), path, selection) for name in selection.columns or HEADINGS])
    rows = [_row(claim, claims, path, selection) for claim in claims]
    return html.Table(
        [html.Caption(caption, className="hidden"), html.Thead(head), html.Tbody(rows)], className="claims"
    )


def heading(column: str) -> str:
    """Return what a column of the table is headed."""
    plain = column.replace("_", " ").capitalize()
    # The flow named whole stands under the same word as its code.
    return HEADINGS.get(column) or (f"{plain} code" if plain in HEADINGS.values() else plain)


def _heading(text: str, path: str, selection: Selection) -> Child:
    name = SORTS.get(text)
    number = "number" if text == "Figure" else ""
    if name is None:
        return html.Th(text, className=number, scope="col")
    order = selection.order or NEWEST
    turned = name if order == f"-{name}" else f"-{name}"
    sorted_so = {f"-{name}": "descending", name: "ascending"}.get(order)
    said = aria(sort=sorted_so) if sorted_so else {}
    arrow = {"descending": " ↓", "ascending": " ↑"}.get(sorted_so or "", "")
    link = html.A(
        [text, html.Span(arrow, **UNSEEN)],
        href=href(path, selection.but(order=None if turned == NEWEST else turned)),
    )
    return html.Th(link, className=number, scope="col", **said)


def _row(claim: Claim, others: Sequence[Claim], path: str, selection: Selection) -> Child:
    cells: dict[str, Child] = {
        "Flow": naming.full_name(claim),
        "Period": naming.when(claim),
        "Figure": html.A(wording.figure(claim), **_opening(claim, path, selection)),
        "Status": ", ".join(_standing(claim)),
        "Sentence": _sentence(claim, others),
        "Publisher": [_publisher(claim), *_brief(claim)],
        "Published": naming.published(claim.published, claim.published_precision),
        "Article": outward("open", claim.url) if claim.url else "no address",
    }
    if selection.columns:
        plain = row(claim)
        usual = {name: cells[label] for name, label in HEADINGS.items()}
        cells = {heading(name): usual[name] if name in usual else _plain(plain[name]) for name in selection.columns}
    kinds = {"Figure": "number", "Sentence": "words"}
    return html.Tr(
        [
            html.Td(
                said, className=kinds.get(label, "" if label in HEADINGS.values() else "extra"), **data(label=label)
            )
            for label, said in cells.items()
        ],
        className="chosen" if claim.claim_id == selection.claim else "",
        **data(row=claim.claim_id),
    )


def _plain(value: object) -> str:
    return "" if value is None else f"{value:,.15g}" if isinstance(value, float) else str(value)


def _opening(claim: Claim, path: str, selection: Selection) -> dict[str, Any]:
    """Return where a figure's link goes: the panel of this page, or the page of the pair."""
    if path == "/pair":
        address = href(path, selection.but(claim=claim.claim_id, page=selection.page))
        return {"href": address, "data-claim": claim.claim_id}
    return {"href": chart_of(claim)} if claim.reporter else {}


def chart_of(claim: Claim | Mark) -> str:
    """Return the address at which a claim is charted and chosen."""
    pair = Selection(reporter=claim.reporter, partner=claim.partner, freq=frequency(claim))
    product = (claim.product,) if claim.product else ()
    currency = claim.unit if len(claim.unit) == 3 else None
    return href("/pair", pair.but(product=product, currency=currency, claim=claim.claim_id))


def frequency(claim: Claim | Mark) -> tuple[str, ...]:
    """Return the frequencies of the chart that shows a claim; none for the usual, annual one."""
    if claim.freq in ("A", "AF"):
        return ()
    return (claim.freq,) if claim.freq and claim.freq != "other" else ("other", "")


def _standing(claim: Claim) -> list[str]:
    return [claim.status, *(["record"] if claim.record else [])]


def _publisher(claim: Claim) -> Child:
    return html.A(claim.publisher or "not known", href=article_address(claim.article_id))


def _brief(claim: Claim) -> list[Child]:
    return [" ", html.Span("brief", className="chip")] if claim.kind == "brief" else []


def _sentence(claim: Claim, others: Sequence[Claim]) -> Child:
    together = [other for other in others if _sentence_of(other) == _sentence_of(claim)]
    cut = around(pieces(claim, together), claim.claim_id)
    return html.Span(sentence(cut, ""))


def _sentence_of(claim: Claim) -> tuple[str, str]:
    return claim.article_id, claim.sentence


def pager(path: str, selection: Selection, total: int, size: int, shown: int) -> Child:
    """Return where in the table one is, with links to the pages before and behind."""
    first = (selection.page - 1) * size + 1
    many = f"more than {ENOUGH:,}" if total > ENOUGH else f"{total:,}"
    words = f"{first:,}–{first + shown - 1:,} of {many} figures" if shown else "No figures here"
    order = ORDERS[selection.order or NEWEST]
    return html.Div(
        [
            html.P(f"{words} · {order}"),
            _step("Previous", selection.page > 1, path, selection, -1),
            _step("Next", selection.page * size < total, path, selection, 1),
        ],
        className="pager",
    )


def _step(text: str, possible: bool, path: str, selection: Selection, by: int) -> Child:
    if not possible:
        return None
    return html.A(text, href=href(path, selection.but(page=selection.page + by)), className="button quiet")
