"""The keys that pairs and series are found by."""

from etl.model import Claim
from etl.store.schema import SERIES


def pair_key(reporter: str | None, partner: str | None) -> str:
    """Return the key of two economies in either order, or of one and the world; "" without a reporter."""
    if reporter is None:
        return ""
    return "/".join(sorted((reporter, partner))) if partner else reporter


def pair_codes(key: str) -> tuple[str | None, str | None]:
    """Return the two codes of a pair's key; the second is None for the world."""
    one, _, other = key.partition("/")
    return one or None, other or None


def cell_key(claim: Claim) -> str | None:
    """Return the key of a claim's series and year, or None when it has no reporter or no period."""
    if claim.reporter is None or claim.period_end is None:
        return None
    # A unit separator stands in no text that a claim can hold.
    return "\x1f".join([*(getattr(claim, name) or "" for name in SERIES), str(claim.period_end.year)])
