"""What to write beside a figure or a view that is used elsewhere, and the button that copies it."""

from dataclasses import replace
from datetime import UTC, datetime

from dashboard import html, naming, wording
from dashboard.components import Child, summary_of
from dashboard.context import absolute, href
from dashboard.dates import last_day
from dashboard.html import Element
from dashboard.selection import Selection
from etl.model import Claim


def of_claim(claim: Claim) -> str:
    """Return the citation of a figure: what it is, its sentence, who published it, when and where."""
    published = naming.published(claim.published, claim.published_precision)
    if claim.kind == "brief":
        said = f"{summary_of(claim)}, {published}: {claim.sentence}"
    else:
        said = f"“{claim.sentence}” {claim.publisher or 'Publisher not known'}, {published}."
    what = f"{naming.full_name(claim)}, {naming.when(claim)}: {wording.figure(claim)}."
    return " ".join(filter(None, (what, said, claim.url)))


def permanent(selection: Selection) -> Selection:
    """Return a selection that keeps answering as it does today."""
    return replace(selection, known=selection.known or datetime.now(UTC).date().isoformat())


def of_view(name: str, path: str, selection: Selection) -> str:
    """Return the citation of a page, with its permanent address."""
    lasting = permanent(selection)
    day = naming.published(last_day(lasting.known))
    said = f"{name}: figures as reported by articles, not official statistics; as known on {day}."
    return f"{said} tradetrace, {absolute(href(path, lasting))}"


def cited(text: str, *before: Child) -> Element:
    """Return a button that copies a citation, behind other actions; without scripts the citation itself."""
    button = html.Button("Copy citation", type="button", className="button quiet copy")
    said = html.P(text, className="citation")
    return html.Div([html.P([*before, button], className="actions"), said], className="cited")
