"""What is written to the database and what it answers about itself."""

from dataclasses import dataclass
from datetime import date, datetime

from etl.model import Article, Claim


@dataclass(frozen=True, slots=True)
class Receipt:
    """A line of the ledger: what became of a document."""

    source: str
    address: str
    outcome: str
    reason: str | None = None
    digest: str | None = None
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of an article with its claims, or without them when its language cannot be read yet."""

    source: str
    address: str
    digest: str
    article: Article
    claims: tuple[Claim, ...]
    extracted: bool = True


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds of an article: which document brought it, and in which state."""

    source: str
    digest: str
    extracted: bool


@dataclass(frozen=True, slots=True)
class Written:
    """How much a transaction wrote: versions of articles, and figures that were not known before."""

    articles: int
    figures: int


@dataclass(frozen=True, slots=True)
class Holdings:
    """What stands under an article or a source, earlier versions not counted."""

    articles: int
    figures: int
    documents: int


@dataclass(frozen=True, slots=True)
class Refresh:
    """A refresh: its number, when it ended, and the figures that it brought."""

    number: int
    finished: datetime
    articles: int
    figures: int


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """What the ledger says of a source: documents by outcome, and when the last one was written down."""

    source: str
    stored: int
    rejected: int
    seen: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A version of an article: when it was seen, when it was replaced, and the figures that it states."""

    number: int
    seen: datetime
    replaced: datetime | None
    figures: int


@dataclass(frozen=True, slots=True)
class Titled:
    """An article as it is listed: without its text."""

    article_id: str
    title: str
    publisher: str | None
    published: date | None
    published_precision: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What the database holds, and how fresh it is."""

    figures: int
    articles: int
    briefs: int
    languages: tuple[str, ...]
    pairs: int
    newest: date | None
    refresh: Refresh | None
