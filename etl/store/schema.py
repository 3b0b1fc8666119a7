"""The tables of the database, and the keys that they are found by."""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Date,
    DateTime,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

VERSION = 5

metadata = MetaData()


def _index_current(table: Table, name: str, *columns: ColumnElement[Any]) -> None:
    """Index the rows of current versions alone, which is what almost every question is about."""
    current = table.c.replaced.is_(None)
    Index(name, *columns, sqlite_where=current, postgresql_where=current)


# One row: which layout of tables this database has, which database it is, and how often it was written.
layout = Table(
    "tradetrace",
    metadata,
    Column("version", Integer, nullable=False),
    Column("identity", Text, nullable=False),
    Column("writes", Integer, nullable=False),
)

refreshes = Table(
    "refreshes",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("started", DateTime, nullable=False),
    Column("finished", DateTime),
    Column("resumable", Boolean, nullable=False),
    # Of an extraction anew: which program did it, and the last article that it read.
    Column("program", Text),
    Column("reached", Integer),
    Column("articles", Integer, nullable=False),
    Column("figures", Integer, nullable=False),
)

# The ledger of every document seen, as it was last found.
documents = Table(
    "documents",
    metadata,
    Column("source", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("digest", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("outcome", Text, nullable=False),
    Column("reason", Text),
    Column("seen", DateTime, nullable=False),
)

# Every version of every article; `replaced` is null in the current one.
articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("source", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("extracted", Boolean, nullable=False),
    Column("words", Text),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("published", Date),
    Column("published_precision", Text),
    Column("language", Text, nullable=False),
    Column("url", Text),
    Column("publisher", Text),
    Column("kind", Text, nullable=False),
    Column("seen", DateTime, nullable=False),
    Column("replaced", DateTime),
    UniqueConstraint("article_id", "version"),
    Index("articles_by_source", "source", "address"),
)

_index_current(articles, "articles_by_publisher", articles.c.publisher)
_index_current(articles, "articles_by_words", articles.c.words)
_index_current(articles, "articles_by_kind", articles.c.kind, articles.c.language, articles.c.published)

# Other documents with the words of an article that is stored.
copies = Table(
    "copies",
    metadata,
    Column("source", Text, primary_key=True),
    Column("address", Text, primary_key=True),
    Column("article_id", Text, nullable=False),
    *(Column(name, Text) for name in ("url", "publisher", "title")),
    Column("published", Date),
    Column("published_precision", Text),
    Column("seen", DateTime, nullable=False),
    Index("copies_of_article", "article_id"),
)

# What a user has set right, in JSON, null in a claim that is hidden; `extracted` is what an article gave for it,
# and `problem` why it does not stand in any.
corrections = Table(
    "corrections",
    metadata,
    Column("claim_id", Text, primary_key=True),
    Column("why", Text, nullable=False),
    Column("changes", Text),
    Column("article_id", Text),
    Column("extracted", Text),
    Column("problem", Text),
    Index("corrections_of_article", "article_id"),
)

# What a series is: a line of a chart is never drawn across two of them.
SERIES = (
    "reporter",
    "partner",
    "flow",
    "measure",
    "unit",
    "freq",
    "product",
    "coverage",
    "adjustment",
    "growth_currency",
    "basis",
    "status",
)

# What tells the yearly series of one measure of all goods apart.
LINE = ("flow", "reporter", "partner", "unit", "coverage", "adjustment")

# What an economy's partners are ranked by.
RANKED = ("measure", "status", "product", "freq", "flow", "year", "unit")

# What a chart draws; the index below holds all of it, so that no row of the table is read.
DRAWN = (
    "published",
    "claim_id",
    "article_id",
    "measure",
    "flow",
    "reporter",
    "partner",
    "product",
    "coverage",
    "adjustment",
    "value",
    "value_high",
    "unit",
    "growth_currency",
    "qualifier",
    "record",
    "period_start",
    "period_end",
    "freq",
    "basis",
    "status",
    "publisher",
    "kind",
    "converts",
)

# What the table of claims can be ordered by.
ORDERS = ("published", "period_start", "value")

# `id` keeps the order of writing; `pair`, `cell`, `seen` and `replaced` serve the queries alone.
claims = Table(
    "claims",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("claim_id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("article_id", Text, nullable=False),
    Column("pair", Text, nullable=False),
    Column("cell", Text),
    Column("measure", Text, nullable=False),
    Column("flow", Text, nullable=False),
    Column("reporter", Text),
    Column("partner", Text),
    Column("product", Text),
    Column("coverage", Text),
    Column("adjustment", Text),
    Column("value", Float, nullable=False),
    Column("value_high", Float),
    Column("unit", Text, nullable=False),
    Column("growth_currency", Text),
    Column("qualifier", Text, nullable=False),
    Column("record", Boolean, nullable=False),
    Column("period_start", Date),
    Column("period_end", Date),
    Column("freq", Text),
    Column("basis", Text),
    Column("status", Text, nullable=False),
    Column("according_to", Text),
    Column("converts", Text),
    Column("flags", Text, nullable=False),
    Column("inferred", Text, nullable=False),
    Column("publisher", Text),
    Column("published", Date),
    Column("language", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("sentence", Text, nullable=False),
    Column("quote", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("rule", Text, nullable=False),
    Column("first_seen", Integer),
    Column("seen", DateTime, nullable=False),
    Column("replaced", DateTime),
    UniqueConstraint("claim_id", "version"),
    ForeignKeyConstraint(["article_id", "version"], ["articles.article_id", "articles.version"], ondelete="CASCADE"),
)
Index("claims_of_article", claims.c.article_id, claims.c.version)
Index("claims_in_cell", claims.c.cell, claims.c.replaced)
Index("claims_drawn", claims.c.pair, claims.c.replaced, *(claims.c[name] for name in DRAWN))
_index_current(
    claims,
    "claims_of_period",
    *(claims.c[name] for name in ("pair", "period_start", "period_end", "flow", "measure", "unit")),
)
for order in ORDERS:
    # Values are also looked for in one currency.
    unit = (claims.c.unit,) if order == "value" else ()
    _index_current(claims, f"claims_by_{order}", claims.c[order].desc(), claims.c.id, *unit)
_index_current(claims, "claims_by_refresh", claims.c.first_seen)

Index(
    "claims_converting",
    claims.c.converts,
    sqlite_where=claims.c.replaced.is_(None) & claims.c.converts.is_not(None),
    postgresql_where=claims.c.replaced.is_(None) & claims.c.converts.is_not(None),
)

# How many articles there are of each kind and language.
kinds = Table(
    "kinds",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("articles", Integer, nullable=False),
    Column("newest", Date),
)

# How much is known of each pair; `pair_b` is null for a country's trade with the world.
pairs = Table(
    "pairs",
    metadata,
    Column("pair", Text, primary_key=True),
    Column("pair_a", Text),
    Column("pair_b", Text),
    Column("articles", Integer, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("newest", Date),
)

# One row per series and year: how much is known, and the year's latest figure.
series = Table(
    "series",
    metadata,
    Column("cell", Text, primary_key=True),
    Column("pair", Text, nullable=False),
    Column("year", Integer, nullable=False),
    *(Column(name, Text) for name in SERIES),
    Column("articles", Integer, nullable=False),
    Column("figures", Integer, nullable=False),
    Column("published", Date),
    Column("period_start", Date),
    Column("period_end", Date, nullable=False),
    Column("value", Float, nullable=False),
    Column("claim_id", Text, nullable=False),
    Index("series_of_pair", "pair", "year"),
    Index("series_of_reporter", "reporter", *RANKED, "partner"),
    Index("series_of_partner", "partner", *RANKED, "reporter"),
    Index("series_drawn", "pair", "measure", "status", "freq", "product", *LINE, "year", "figures"),
)

# How much is stated of each pair for periods within each year.
coverage = Table(
    "coverage",
    metadata,
    Column("pair", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("articles", Integer, nullable=False),
    Column("figures", Integer, nullable=False),
)
