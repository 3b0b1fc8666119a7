"""The table of claims: its columns, and Claims <-> DataFrame.

pandas is imported where a table is made: the columns and rows alone are used by commands that need none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from etl.model import Claim

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its dtype whatever the rows, and its meaning."""

    name: str
    dtype: str
    group: str
    meaning: str


TEXT, DAY, NUMBER, WHOLE, TRUTH = "str", "datetime64[us]", "float64", "Int64", "bool"

COLUMNS = (
    Column("claim_id", TEXT, "identity", "Stable id: the same article, sentence and quote give the same id."),
    Column("article_id", TEXT, "identity", "The article that states the figure."),
    Column("measure", TEXT, "what", "level, growth (percent), change (money or percentage points) or share."),
    Column(
        "flow",
        TEXT,
        "what",
        "exports, imports, trade (total) or balance (surplus positive, deficit negative).",
    ),
    Column("reporter", TEXT, "what", "Whose flow it is: ISO 3166 alpha-3, a group's code, or codes joined by +."),
    Column("partner", TEXT, "what", "The other side, same codes; null for all partners."),
    Column("product", TEXT, "what", "Short lower-case name of a product or sector; null for all."),
    Column("coverage", TEXT, "what", "goods, services or goods_services, where the article says so."),
    Column("adjustment", TEXT, "what", "seasonal (seasonally adjusted) or real (in volume), where said."),
    Column(
        "value",
        NUMBER,
        "value",
        "In full units (240100000000, 26.3); negative for a fall or deficit; a growing deficit has a positive growth.",
    ),
    Column("value_high", NUMBER, "value", "The upper end of a range, else null."),
    Column("unit", TEXT, "value", "ISO 4217 code, % or pp (percentage points)."),
    Column("growth_currency", TEXT, "value", "ISO 4217 code of the currency a growth is measured in, where said."),
    Column("qualifier", TEXT, "value", "exact, about, at_least, at_most or between (a range)."),
    Column("record", TRUTH, "value", "True when the article calls this number a record."),
    Column("period_start", DAY, "when", "First day of the period."),
    Column("period_end", DAY, "when", "Last day of the period, included."),
    Column("freq", TEXT, "when", "A, AF (fiscal year), H, Q, M, YTD (year to date) or other."),
    Column("basis", TEXT, "when", "Of growth and change: yoy, prev (the preceding period) or other."),
    Column("status", TEXT, "standing", "actual, forecast or target."),
    Column("according_to", TEXT, "standing", "The office or person that the article credits, as printed."),
    Column("converts", TEXT, "standing", "claim_id of the amount that this one restates in another currency."),
    Column(
        "flags",
        TEXT,
        "standing",
        "Names of the checks that the claim fails, and `corrected` where a user set it right; sorted, comma-joined.",
    ),
    Column("inferred", TEXT, "standing", "Fields taken from the article's context, sorted and joined by commas."),
    Column("url", TEXT, "provenance", "Address of the article."),
    Column("publisher", TEXT, "provenance", "Who published it."),
    Column("title", TEXT, "provenance", "Its title."),
    Column(
        "published",
        DAY,
        "provenance",
        "Day of publication: the first of its month or year where no more is known.",
    ),
    Column("published_precision", TEXT, "provenance", "day, month or year."),
    Column("language", TEXT, "provenance", "ISO 639 code of the article's language."),
    Column("kind", TEXT, "provenance", "article, or brief (a summary of reported figures in other words)."),
    Column("sentence", TEXT, "provenance", "The sentence that states the figure."),
    Column("quote", TEXT, "provenance", "The figure as printed."),
    Column("start", WHOLE, "provenance", "Offset of the quote's first character in the article's text."),
    Column("end", WHOLE, "provenance", "Offset behind its last character."),
    Column("rule", TEXT, "provenance", "Name of the rule that made the claim."),
    Column(
        "first_seen",
        WHOLE,
        "provenance",
        "Number of the refresh that brought the claim; null outside a database.",
    ),
)
NAMES = tuple(column.name for column in COLUMNS)
DTYPES = {column.name: column.dtype for column in COLUMNS}
JOINED = ("flags", "inferred")
FIELDS = tuple(field.name for field in fields(Claim))
VALUES = attrgetter(*FIELDS)


def row(claim: Claim) -> dict[str, Any]:
    """Return a claim as plain values under the table's names, `flags` and `inferred` joined."""
    values = dict(zip(FIELDS, VALUES(claim), strict=True))
    return values | {name: ",".join(values[name]) for name in JOINED}


def to_frame(claims: Iterable[Claim]) -> pd.DataFrame:
    """Return claims as a table, one row each, in the declared dtypes whatever the rows."""
    return frame(row(claim) for claim in claims)


def frame(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Return rows (dicts under the table's names; missing names are null) as a table."""
    return typed(([values.get(name) for name in NAMES] for values in rows), DTYPES)


def typed(rows: Iterable[Sequence[Any]], dtypes: Mapping[str, str]) -> pd.DataFrame:
    """Return rows as a table of the columns that `dtypes` names, in these dtypes whatever the rows."""
    import pandas as pd

    columns = list(zip(*rows, strict=True)) or [()] * len(dtypes)
    values = {name: pd.Series(column, dtype=object) for name, column in zip(dtypes, columns, strict=True)}
    return pd.DataFrame(values).astype(dict(dtypes))


def from_frame(table: pd.DataFrame) -> list[Claim]:
    """Return the claims of a table: the inverse of `to_frame`."""
    return [Claim(**_claim_values(values)) for values in table[list(NAMES)].to_dict("records")]


def _claim_values(values: dict[Any, Any]) -> dict[str, Any]:
    plain = {name: _plain(value, DTYPES[name]) for name, value in values.items()}
    return plain | {name: tuple(plain[name].split(",")) if plain[name] else () for name in JOINED}


def _plain(value: Any, dtype: str) -> Any:  # noqa: ANN401
    import pandas as pd

    if pd.isna(value):
        return None
    if dtype == DAY:
        return datetime.date(value)
    return int(value) if dtype == WHOLE else value
