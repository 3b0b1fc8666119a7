"""The conversions that an address asks for, and each as a row of a file."""

from collections.abc import Sequence
from typing import Any

from dashboard.conversions import Conversion, Pair, among, conversions, currency_pairs, near
from dashboard.selection import AddressError, Selection
from dashboard.wording import NBSP
from etl.model import Claim

OF_FIGURE = ("reporter", "partner", "flow", "measure", "product", "period_start", "period_end", "freq", "status")
OF_ARTICLE = ("published", "published_precision", "publisher", "title", "url", "kind", "sentence")
NAMES = (
    *("claim_id", "converts", "value", "unit", "restated_value", "restated_unit"),
    *("base", "quote", "implied_rate", "nearest_rate", "nearest_is", "within_rounding"),
    *OF_FIGURE,
    *OF_ARTICLE,
)


def asked(selection: Selection, pairs: Sequence[tuple[Pair, int]]) -> Pair | None:
    """Return the two currencies of an address, or the commonest two."""
    if selection.base and selection.quote:
        if selection.base == selection.quote:
            raise AddressError("Base and quote are the same currency: two are asked for, as in ?base=EUR&quote=USD.")
        return selection.base, selection.quote
    wanted = {selection.base, selection.quote} - {None}
    return next((pair for pair, _ in pairs if wanted <= set(pair)), None)


def rows(claims: Sequence[Claim], selection: Selection) -> list[dict[str, Any]]:
    """Return the conversions that a page shows, as plain values, the newest first."""
    known = conversions(claims)
    between = asked(selection, currency_pairs(known))
    return [_row(one, between) for one in reversed(among(known, between))] if between else []


def _row(one: Conversion, between: Pair) -> dict[str, Any]:
    nearest = next(iter(near(one, between)), None)
    claim = one.restated
    amounts = (claim.claim_id, one.stated.claim_id, one.stated.value, one.stated.unit, claim.value, claim.unit)
    found = (nearest.value, nearest.what.replace(NBSP, " "), nearest.fits) if nearest else (None, None, None)
    said = (getattr(claim, name) for name in (*OF_FIGURE, *OF_ARTICLE))
    return dict(zip(NAMES, (*amounts, *between, one.rate(between), *found, *said), strict=True))
