"""Check a claim: a pasted text as it is read, and beside each claim what articles state for the same cell."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from dashboard import components, html, naming, pasted, reading, wording
from dashboard.attributes import UNSEEN, aria, data
from dashboard.context import href
from dashboard.held import SAME, difference, fits, held, verdict
from dashboard.pasted import MOST, Pasted
from dashboard.quoting import around, pieces
from dashboard.selection import Selection
from dashboard.tables import chart_of
from etl.model import Article, Claim

Child = Any
PATH, FILE = "/check", "/check/article"
# A text of nothing but figures has thousands: the first ones are compared and listed.
SHOWN, COMPARED, LISTED = 3, 200, 1_000
SIGNS = {"agrees": "=", "differs": "≠", "not held": "?"}
HEADINGS = ("", "The text says", "Read as", "Articles state for this cell", "Verdict")
SAID = "Paste a text: each figure is read as articles are, and set beside what articles state for the same cell."
FIELDS = (
    ("date", "Published", "2024-02-09"),
    ("title", "Title", "if it has one"),
    ("publisher", "Publisher", "for the file"),
    ("url", "Address", "for the file"),
)


def empty() -> list[Child]:
    """Return the form, empty."""
    return components.frame(PATH, *_heading(), _form(Pasted()))


def refusal(given: Pasted, message: str) -> list[Child]:
    """Return the form as it was filled in, and why nothing was read."""
    said = html.Div(html.P(message), className="trouble", role="alert")
    return components.frame(PATH, *_heading(), said, _form(given))


def answer(given: Pasted) -> list[Child]:
    """Return a text as it is read, what is held beside each of its claims, and the form."""
    article = given.article()
    mentions, claims = pasted.mentions(article), pasted.claims(article)
    return components.frame(PATH, *_heading(), _read(article, mentions, claims), *_checked(claims), _form(given))


def _heading() -> list[Child]:
    return [html.Div(html.Div([html.H1("Check a claim"), html.P(f"{SAID} Nothing is stored.")]), className="heading")]


def _form(given: Pasted) -> Child:
    area = html.Textarea(given.text, id="check-text", name="text", rows="7", required=True)
    save = html.Button("Save as an article file", type="submit", className="button quiet", formAction=href(FILE))
    note = f"{MOST:,} characters at most. The file goes into data/articles/, where a refresh reads it."
    return html.Form(
        [
            html.Div([html.Label("Text", htmlFor="check-text"), area], className="filter whole"),
            *(_field(name, label, example, getattr(given, name)) for name, label, example in FIELDS),
            html.P(note, className="note"),
            # Enter sends a form by its first button.
            html.Div([html.Button("Check", type="submit", className="button"), save], className="actions"),
        ],
        action=href(PATH),
        method="post",
        className="card check",
        **aria(label="The text"),
    )


def _field(name: str, label: str, example: str, value: str) -> Child:
    field = html.Input(id=f"check-{name}", name=name, type="text", value=value, placeholder=example)
    return html.Div([html.Label(label, htmlFor=f"check-{name}"), field], className="filter")


def _read(article: Article, mentions: Sequence[Any], claims: Sequence[Claim]) -> Child:
    date = naming.published(article.published, article.published_precision)
    said = f"{wording.count(len(article.text), 'character')}, published {date}"
    if article.published is None:
        said = f"{wording.count(len(article.text), 'character')} without a date: a time like “last year” stays open"
    table = reading.mentions_table(mentions[:LISTED])
    seen = html.Details([html.Summary(_first(len(mentions), LISTED, "mention")), table])
    return html.Section(
        [
            html.Div([html.H2("As it is read"), html.P(said)], className="heading"),
            reading.text(article, mentions, claims[:COMPARED]),
            reading.key(),
            seen if mentions else None,
        ],
        className="card",
    )


def _checked(claims: Sequence[Claim]) -> list[Child]:
    if not claims:
        said = "No claim: no number of this text is tied to a trade flow of an economy it names."
        return [html.Div(html.P(said), className="trouble")]
    beside = [(claim, held(claim)) for claim in claims[:COMPARED]]
    compared = [(claim, others, verdict(claim, others)) for claim, others in beside]
    counts = Counter(word for _, _, word in compared)
    said = ", ".join(f"{counts[word]} {_agreeing(word, counts[word])}" for word in SIGNS if counts[word])
    head = html.Tr([html.Th(name, scope="col") if name else html.Td() for name in HEADINGS])
    rows = [_row(number, *one) for number, one in enumerate(compared, 1)]
    title = f"{_first(len(claims), COMPARED, 'claim')}: {said}"
    return [
        html.Div([html.H2(title), html.P(components.NOT_OFFICIAL)], className="heading"),
        html.Table([html.Thead(head), html.Tbody(rows)], className="checked"),
    ]


def _first(number: int, most: int, noun: str) -> str:
    counted = wording.count(number, noun)
    return f"The first {most:,} of {counted}" if number > most else counted


def _agreeing(word: str, number: int) -> str:
    return word if number == 1 or word == "not held" else word.removesuffix("s")


def _row(number: int, claim: Claim, others: Sequence[Claim], word: str) -> Child:
    read = [naming.when(claim), claim.measure, *(chip for chip in naming.chips(claim) if chip != "exact")]
    cells: dict[str, Child] = {
        "": str(number),
        "The text says": html.Mark(wording.figure(claim), className="other"),
        "Read as": [
            html.P(naming.full_name(claim), className="name"),
            html.P(" · ".join(dict.fromkeys(read)), className="facts"),
            html.Details([html.Summary("How it was read"), reading.fields(claim)]),
        ],
        "Articles state for this cell": _held(claim, others),
        "Verdict": _verdict(claim, others, word),
    }
    return html.Tr([html.Td(said, **data(label=name)) for name, said in cells.items()], id=f"claim-{number}")


def _held(claim: Claim, others: Sequence[Claim]) -> list[Child]:
    if not others:
        return [html.P("Nothing", className="name"), _way_on(claim)]
    shown = [part for other in others[:SHOWN] for part in _one_held(claim, other)]
    more = html.A(f"All {len(others)} figures", href=href("/claims", _cell(claim)))
    return [*shown, html.P(more, className="facts") if len(others) > SHOWN else None]


def _one_held(claim: Claim, other: Claim) -> list[Child]:
    cut = around(pieces(other, [other]), other.claim_id)
    said = [other.status] if other.status != "actual" else []
    facts = [naming.published(other.published, other.published_precision)]
    if other.kind != "brief":
        facts.insert(0, other.publisher or "Publisher not known")
    return [
        html.P(
            [
                html.A(wording.figure(other), href=chart_of(other), className="name"),
                " · ".join(["", *said, _apart(claim, other)]),
            ],
            className="facts",
        ),
        *components.quoted(other, cut, other.claim_id),
        html.P(
            [" · ".join(facts), *([" · ", components.outward("open article", other.url)] if other.url else [])],
            className="facts",
        ),
    ]


def _apart(claim: Claim, other: Claim) -> str:
    said = difference(claim, other)
    return said if said == SAME else f"the text is {said}"


def _cell(claim: Claim) -> Selection:
    return Selection(
        reporter=claim.reporter,
        partner=claim.partner or "",
        flow=(claim.flow,),
        measure=(claim.measure,),
        unit=(claim.unit,),
        product=(claim.product or "",),
        since=str(claim.period_start),
        until=str(claim.period_end),
    )


def _way_on(claim: Claim) -> Child:
    if claim.reporter is None:
        return html.P("The text leaves open whose figure it is.", className="facts")
    if claim.period_start is None:
        return html.P("The text leaves open which period it is for.", className="facts")
    pair = naming.pair_name(claim.reporter, claim.partner)
    link = html.A(f"What articles state for {pair}", href=components.pair_address(claim.reporter, claim.partner))
    return html.P(link, className="facts")


def _verdict(claim: Claim, others: Sequence[Claim], word: str) -> list[Child]:
    sign = html.Span(SIGNS[word], className=f"sign {word.replace(' ', '-')}", **UNSEEN)
    said = f"no article here states {_a(claim.status)} for {naming.when(claim)}"
    if word != "not held":
        same = [other for other in others if other.status == claim.status]
        unlike = sum(not fits(claim, other) for other in same)
        said = _apart(claim, same[0])
        said += f"; {unlike} of {wording.count(len(same), 'figure')} held differ" if 0 < unlike < len(same) else ""
    return [html.P([sign, word.capitalize()], className="name"), html.P(said, className="facts")]


def _a(status: str) -> str:
    return {"actual": "this figure", "forecast": "a forecast", "target": "a target"}[status]
