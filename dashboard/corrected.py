"""What was set right in a figure by hand, beside what had been extracted, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard import html, naming, wording
from dashboard.context import store
from etl.model import Claim
from etl.store import Corrected

Child = Any
NAMED = frozenset(("measure", "flow", "reporter", "partner", "product", "coverage", "adjustment"))
FIGURE = frozenset(("value", "value_high", "unit", "qualifier"))
PERIOD = frozenset(("period_start", "period_end", "freq"))


def of_article(article_id: str) -> Mapping[str, Corrected]:
    """Return what is corrected of an article, by claim."""
    return store().corrected(article_id)


def note(claim: Claim, held: Mapping[str, Corrected]) -> Child:
    """Return what was extracted of a figure that was corrected, and why it is not shown so."""
    found = held.get(claim.claim_id)
    # An earlier version of an article states what was extracted then.
    if found is None or not found.extracted or not claim.flags:
        return None
    extracted: Mapping[str, Any] = found.extracted
    read = "; ".join(_read(replace(claim, **extracted), extracted))
    return html.P(f"Corrected by hand: extraction read {read}. Why: {found.why}", className="implied corrected")


def gone(claim_id: str) -> str:
    """Say why no figure of this id is shown."""
    article_id = store().stated_in([claim_id]).get(claim_id)
    found = of_article(article_id).get(claim_id) if article_id else None
    if found and found.hidden:
        return f"This figure was hidden by hand. Why: {found.why}"
    return "This figure is no longer in the database: its article has changed."


def _read(extracted: Claim, fields: Mapping[str, Any]) -> Iterator[str]:
    """Yield the parts of what was extracted that were corrected, in words."""
    if FIGURE.intersection(fields):
        yield wording.figure(extracted)
    if NAMED.intersection(fields):
        yield naming.full_name(extracted)
    if PERIOD.intersection(fields):
        yield naming.when(extracted)
    for name in sorted(set(fields) - FIGURE - NAMED - PERIOD):
        yield f"{name.replace('_', ' ')}: {fields[name] or 'none'}"


def hidden(held: Mapping[str, Corrected]) -> Child:
    """Return the figures of an article that are hidden, each with its sentence and the reason."""
    found = [one for one in held.values() if one.hidden]
    if not found:
        return None
    said = "Extracted, and hidden by hand: no chart, table or file shows them."
    return html.Section(
        [html.H2("Hidden figures"), html.P(said, className="caption"), html.Ul(list(_items(found)))],
        className="related hidden-figures",
    )


def _items(found: Sequence[Corrected]) -> Iterator[Child]:
    for one in found:
        if claim := one.hidden:
            what = f" {naming.full_name(claim)}, {naming.when(claim)}. "
            quoted = claim.sentence if claim.kind == "brief" else f"“{claim.sentence}”"
            yield html.Li([html.B(wording.figure(claim)), what, quoted, f" Why: {one.why}"])
