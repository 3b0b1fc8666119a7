"""What is written to the database and what it answers about itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from etl.corrections import Value
from etl.model import Article, Claim


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of an article with its claims, or without them when its language cannot be read yet.

    `words` stands for the words of a text that another article may repeat.
    """

    source: str
    address: str
    digest: str
    article: Article
    claims: tuple[Claim, ...]
    extracted: bool = True
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What the database holds of an article: which document brought it, and in which state."""

    source: str
    address: str
    digest: str
    extracted: bool


@dataclass(frozen=True, slots=True)
class Stored:
    """The current version of an article as it is stored, and its place in the order of writing."""

    number: int
    digest: str
    article: Article


@dataclass(frozen=True, slots=True)
class Anew:
    """The claims that the current version of an article now gives."""

    article_id: str
    digest: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """How the claims of an article changed: the ids that came, that went, and the fields of those that differ."""

    article_id: str
    added: tuple[str, ...]
    gone: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction as the database holds it.

    `extracted` is what the article gave for the fields that were set; `hidden` the whole claim where it is not shown;
    `problem` why the correction changes nothing.
    """

    claim_id: str
    why: str
    article_id: str | None = None
    changes: Mapping[str, Value] | None = None
    extracted: Mapping[str, Value] | None = None
    hidden: Claim | None = None
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A document with the words of an article that is stored."""

    source: str
    address: str
    article_id: str
    url: str | None
    publisher: str | None
    title: str | None
    published: date | None
    published_precision: str | None


@dataclass(frozen=True, slots=True)
class Worded:
    """An article that has certain words, and what else tells whether another is a copy of it."""

    words: str
    article_id: str
    language: str
    published: date | None
    published_precision: str | None


@dataclass(frozen=True, slots=True)
class Brought:
    """How many figures were first seen of a pair, or of an economy's trade with the world; no `one` names none."""

    one: str | None
    other: str | None
    figures: int


@dataclass(frozen=True, slots=True)
class Written:
    """How much a transaction wrote: versions of articles, and figures and copies that were not known before."""

    articles: int
    figures: int
    copies: int = 0


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
class Yearly:
    """The best supported amount of a line in a year, and its claim."""

    year: int
    value: float
    claim_id: str


@dataclass(frozen=True, slots=True)
class Leading:
    """A pair's most reported annual flow: one amount a year, and the claim of its latest growth."""

    line: tuple[Yearly, ...]
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
class Rival:
    """A figure for the same cell of the statistics, as much of it as tells who agrees with whom."""

    claim_id: str
    article_id: str
    measure: str
    value: float
    value_high: float | None
    unit: str
    qualifier: str
    according_to: str | None


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
