"""The source panel: one figure, its sentence, its article, and what other articles say."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import html as live

from dashboard import citation, conversions, converting, corrected, html, implied, naming, wording
from dashboard.attributes import aria, data
from dashboard.components import article_address, outward, quoted
from dashboard.context import href, search, store
from dashboard.held import rivals
from dashboard.quoting import pieces
from dashboard.selection import AddressError, Selection, decode
from dashboard.series import agree
from etl.model import Claim
from etl.store import Query, Rival

Child = Any
MOST = 8
HINT = "Choose a mark, by a click, a tap, or the arrow keys and Enter: its sentence appears here."


def panel(children: Sequence[Child], *, opened: bool) -> Child:
    """Return the place of the source panel, open on small screens only when a figure was asked for."""
    return html.Aside(
        live.Div(list(children), id="source", tabIndex="-1"),
        id="panel",
        className="panel opened" if opened else "panel",
        **aria(label="Source of the selected figure"),
    )


def hint() -> list[Child]:
    """Return what stands in the panel before a figure is chosen."""
    return [html.P(HINT, className="hint")]


def source(claim_id: str, position: str = "") -> list[Child]:
    """Return everything about one claim, or about the two levels that imply a growth."""
    if implied.BETWEEN in claim_id:
        return _implied(claim_id, position)
    claim = store().claim(claim_id, _known())
    if claim is None:
        return _gone(position, corrected.gone(claim_id))
    return [
        _buttons(position),
        html.H2(f"{naming.full_name(claim)}, {naming.when(claim)}"),
        html.P([html.Span(wording.figure(claim), className="figure"), *map(_chip, naming.chips(claim))]),
        corrected.note(claim, corrected.of_article(claim.article_id)) if claim.flags else None,
        _converted(claim),
        *_conversion(claim),
        _quotation(claim),
        _fields(claim),
        *_other_articles(claim),
    ]


def _implied(name: str, position: str) -> list[Child]:
    """Return what two levels imply, and the sentence of each."""
    later, earlier = (store().claim(one, _known()) for one in name.split(implied.BETWEEN, 1))
    growth = implied.between(earlier, later) if earlier and later else None
    if growth is None or earlier is None or later is None:
        return _gone(position, "A figure that implies this one is no longer in the database.")
    levels = [_row_link(later, implied.told(later)), " and ", _row_link(earlier, implied.told(earlier))]
    return [
        _buttons(position),
        html.H2(implied.named(growth)),
        html.P([html.Span(implied.figure(growth), className="figure"), _chip("implied")]),
        html.P(
            ["Implied by ", *levels, f", {implied.open_to(growth)}. Computed here, not quoted."], className="implied"
        ),
        _quotation(later),
        _quotation(earlier),
    ]


def _gone(position: str, said: str) -> list[Child]:
    return [_buttons(position), html.P(said)]


def _buttons(position: str) -> Child:
    return html.Div(
        [
            html.P(f"Selected: {position}" if position else "Selected", className="position"),
            html.Button("‹", className="step", **data(step="-1"), **aria(label="Previous mark")),
            html.Button("›", className="step", **data(step="1"), **aria(label="Next mark")),
            html.Button("✕", className="close", **data(close="panel"), **aria(label="Close the panel")),
        ],
        className="buttons",
    )


def _chip(text: str) -> Child:
    return html.Span(text, className="chip")


def _quotation(claim: Claim) -> Child:
    others = store().sentence_claims(claim.article_id, claim.sentence, _known())
    published = naming.published(claim.published, claim.published_precision)
    facts = [
        claim.publisher or "Publisher not known",
        published + naming.precision_note(claim.published_precision),
        claim.kind,
    ]
    return html.Div(
        [
            *quoted(claim, pieces(claim, others), claim.claim_id),
            html.P(outward(claim.title or "Article without a title", claim.url), className="title"),
            html.P(
                [
                    " · ".join(facts),
                    html.Span(
                        [" · ", html.A("all its figures", href=article_address(claim.article_id))], className="away"
                    ),
                ],
                className="facts",
            ),
            citation.cited(
                citation.of_claim(claim), outward("Open article", claim.url, "button") if claim.url else None
            ),
        ],
        className="quotation",
    )


def _fields(claim: Claim) -> Child:
    rows = [
        ("Credited", claim.according_to or "no one is named"),
        ("Period", _period(claim)),
        *_parties(claim),
        ("Rule", claim.rule.replace("_", " ")),
        ("Inferred", _inferred(claim)),
    ]
    return html.Dl([part for label, said in rows if said for part in (html.Dt(label), html.Dd(said))])


def _period(claim: Claim) -> str:
    if claim.period_start is None or claim.period_end is None:
        return "not stated"
    return naming.days(claim.period_start, claim.period_end)


def _parties(claim: Claim) -> list[tuple[str, str]]:
    if claim.flow == "trade" and claim.partner:
        return [("Between", f"{naming.area(claim.reporter)} and {naming.area(claim.partner, running=True)}")]
    reporter = naming.area(claim.reporter) if claim.reporter else "not stated"
    partner = naming.area(claim.partner) if claim.partner else "all partners"
    return [("Reporter", reporter), ("Partner", partner)]


def _inferred(claim: Claim) -> str:
    """Say which fields the sentence itself does not state."""
    fields = [name.replace("_", " ") for name in claim.inferred]
    return f"{', '.join(fields)}: from elsewhere in the article" if fields else ""


def _converted(claim: Claim) -> Child:
    """Return the figure in the currency that the page shows, and at which rate."""
    currency = here().converted
    rate = (
        converting.rate(claim, currency) if currency and currency != claim.unit and claim.measure == "level" else None
    )
    if currency is None or rate is None:
        return None
    said = f"{conversions.written(rate)} {conversions.per((claim.unit, currency))}"
    shown = wording.money(converting.rounded(claim.value * rate), currency)
    return html.P(
        f"≈\u00a0{shown}, converted at {said}: the average ECB rate of {naming.when(claim)}.", className="implied"
    )


def _conversion(claim: Claim) -> list[Child]:
    """Return which amount this one restates, the rate that the two imply, and the reference rates near it."""
    base = store().claim(claim.converts, _known()) if claim.converts else None
    made = conversions.made(base, claim)
    if base is None or made is None:
        return []
    asked = here()
    between = conversions.usual((base.unit, claim.unit), [made])
    if {asked.base, asked.quote} == set(between):
        between = asked.base or "", asked.quote or ""
    implied = f"{conversions.written(made.rate(between))} {conversions.per(between)}"
    said = ["Restates ", _row_link(base, wording.figure(base)), f": {implied}, implied."]
    return [html.Div([html.P(said), *_reference_rates(conversions.near(made, between))], className="implied")]


def _reference_rates(near: Sequence[conversions.Near]) -> list[Child]:
    if not near:
        return [html.P("There is no ECB reference rate to compare it with.", className="hint")]
    fitting = next((one.what for one in near if one.fits), None)
    said = f"Within the rounding of the two amounts: {fitting}." if fitting else "None is within the rounding."
    rows = [
        html.Tr([html.Td(conversions.written(one.value)), html.Td(one.what), html.Td(conversions.distance(one))])
        for one in near
    ]
    return [
        html.H3("ECB reference rates, the nearest first"),
        html.Table(html.Tbody(rows), className="others"),
        html.P(said, className="hint"),
    ]


def _other_articles(claim: Claim) -> list[Child]:
    found = rivals(claim, Query(status=(claim.status,), known=_known()))
    others = [one for one in found if one.article_id != claim.article_id]
    same = [one for one in others if agree(one, claim)]
    different = [one for one in others if not agree(one, claim)]
    return [
        _one_credited(claim, same),
        *_listed(f"Same figure in {wording.count(_articles(same), 'other article')}", same),
        *_listed(_other(different), different),
    ]


def _one_credited(claim: Claim, same: Sequence[Rival]) -> Child:
    """Say that articles which state the same figure rest on one source, when they do."""
    articles, credited = 1 + _articles(same), {claim.according_to, *(one.according_to for one in same)}
    if articles < 2 or len(credited) > 1 or None in credited:
        return None
    return html.P(f"{wording.count(articles, 'article')}, 1 credited source: {claim.according_to}", className="rest-on")


def _other(different: Sequence[Rival]) -> str:
    return f"{'Another figure' if len(different) == 1 else 'Other figures'} for the same flow and period"


def _articles(of: Sequence[Rival]) -> int:
    return len({one.article_id for one in of})


def _listed(heading: str, of: Sequence[Rival]) -> list[Child]:
    if not of:
        return []
    shown = tuple(one.claim_id for one in of[:MOST])
    claims = {claim.claim_id: claim for claim in store().stated(Query(claim_ids=shown, known=_known()))}
    rows = [html.Tr(_row(claims[one])) for one in shown]
    more = html.P(f"and {len(of) - MOST} more in the table of claims") if len(of) > MOST else None
    return [html.H3(heading), html.Table(html.Tbody(rows), className="others"), more]


def _row(claim: Claim) -> list[Child]:
    return [
        html.Td(_row_link(claim, wording.figure(claim))),
        html.Td(claim.publisher or "publisher not known"),
        html.Td(naming.published(claim.published, claim.published_precision)),
    ]


def _row_link(claim: Claim, text: str) -> Child:
    return html.A(text, href=href("/pair", here().but(claim=claim.claim_id)), **data(claim=claim.claim_id))


def _known() -> date | None:
    """Return the day that the page is as known on."""
    return here().query().known


def here() -> Selection:
    """Return the selection of the page, or of nothing when its address cannot be read."""
    try:
        return decode(search())
    except AddressError:
        return Selection()
