"""What can be read of an address that was refused: the form of its page keeps it."""

from dataclasses import replace
from urllib.parse import parse_qsl

from dashboard.selection import LISTED, LONGEST, MOST_FIELDS, NAMES, AddressError, Selection, decode

# What is typed into a field of text stays in it, to be put right.
TYPED = ("since", "until", "published_since", "published_until", "value_from", "value_to", "unit", "new")


def readable(search: str) -> Selection:
    """Return what can be read of a query string, and what was typed as it is."""
    kept = Selection()
    for field in (search or "").removeprefix("?").split("&")[:MOST_FIELDS]:
        try:
            one = decode(field, strict=True)
        except AddressError:
            one = _typed(field)
        for name in NAMES:
            value, held = getattr(one, name), getattr(kept, name)
            if value != getattr(Selection(), name):
                kept = replace(kept, **{name: held + value if name in LISTED else value})
    return kept


def _typed(field: str) -> Selection:
    found = {name: value[:LONGEST] for name, value in parse_qsl(field) if name in TYPED and value.isprintable()}
    return Selection(**{name: (value,) if name in LISTED else value for name, value in found.items()})  # type: ignore[arg-type]
