"""What the extractor saw and made, in words: the kind and meaning of a mention, the fields of a claim."""

from collections.abc import Iterator

from etl.model import Area, Claim, Cue, Mention, Period, PeriodMention, Quantity
from etl.table import COLUMNS, row

KINDS: dict[type[Mention], str] = {Quantity: "quantity", Area: "area", PeriodMention: "period", Cue: "cue"}
GROUPS = ("what", "value", "when", "standing")


def kind(mention: Mention) -> str:
    """Return what a mention is: quantity, area, period or cue."""
    return next(name for cls, name in KINDS.items() if isinstance(mention, cls))


def meaning(mention: Mention) -> str:
    """Return what a mention is read as."""
    match mention:
        case Quantity(value=value, value_high=high, unit=unit, qualifier=qualifier):
            upper = "" if high is None else f" to {high:,.15g}"
            return f"{value:,.15g}{upper} {unit or 'of no unit'}, {qualifier}"
        case Area(code=code):
            return code
        case PeriodMention(period=Period(start=start, end=end, freq=freq)):
            return f"{start} to {end} ({freq})"
        case PeriodMention():
            return "a time that the date of publication does not settle"
        case Cue(section=section, meaning=meaning):
            return f"{section}: {meaning}"
    return ""


def fields(claim: Claim) -> Iterator[tuple[str, str, bool]]:
    """Yield each field that a claim fills: its name, its value, and whether the context gave it."""
    values = row(claim)
    for column in COLUMNS:
        value = values[column.name]
        if column.group in GROUPS and column.name != "inferred" and value not in (None, "", False):
            shown = f"{value:,.15g}" if isinstance(value, float) else str(value)
            yield column.name, shown, column.name in claim.inferred
