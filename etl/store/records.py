"""What is written to the database and what it answers about itself."""

from dataclasses import dataclass
from datetime import date, datetime

from etl.model import Article, Claim


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
class PairStanding:
    """What is known of a pair, or of an economy's trade with the world: `other` is None."""

    one: str
    other: str | None
    articles: int
    figures: int
    newest: date | None


@dataclass(frozen=True, slots=True)
class Held:
    """How many figures there are of one flow, frequency, unit, product and coverage."""

    flow: str
    freq: str | None
    unit: str
    product: str | None
    coverage: str | None
    figures: int


@dataclass(frozen=True, slots=True)
class SeriesYear:
    """One series in one year: how much is known of it, and the figure of the year's latest period."""

    measure: str
    flow: str
    reporter: str
    partner: str | None
    product: str | None
    coverage: str | None
    adjustment: str | None
    unit: str
    freq: str | None
    basis: str | None
    status: str
    year: int
    articles: int
    figures: int
    published: date | None
    period_end: date
    value: float
    claim_id: str


@dataclass(frozen=True, slots=True)
class Leading:
    """A pair's most reported annual flow: one amount a year, and the claim of its latest growth."""

    line: tuple[SeriesYear, ...]
    growth: str | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """That articles state annual amounts of a flow between two economies, in a year and a currency."""

    reporter: str
    partner: str | None
    flow: str
    year: int
    unit: str


@dataclass(frozen=True, slots=True)
class SourceStanding:
    """What the ledger says of a source: documents by outcome, when it last changed, and why it could not be read."""

    source: str
    stored: int
    empty: int
    rejected: int
    failed: int
    seen: datetime
    down: str | None


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
