"""The records that flow from an article to a claim, and the code lists of their fields."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

MEASURES = ("level", "growth", "change", "share")
FLOWS = ("exports", "imports", "trade", "balance")
COVERAGES = ("goods", "services", "goods_services")
ADJUSTMENTS = ("seasonal", "real")
QUALIFIERS = ("exact", "about", "at_least", "at_most", "between")
FREQUENCIES = ("A", "AF", "H", "Q", "M", "YTD", "other")
BASES = ("yoy", "prev", "other")
STATUSES = ("actual", "forecast", "target")
KINDS = ("article", "brief")


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its provenance.

    `published` is the first day of the day, month or year that `published_precision` names.
    """

    article_id: str
    text: str
    published: date | None = None
    published_precision: str | None = None
    title: str | None = None
    language: str = "en"
    url: str | None = None
    publisher: str | None = None
    kind: str = "article"


# Tokens and phrases are tuples: a text has so many of them that the time to make one counts.


class Token(NamedTuple):
    """A word, number or sign; offsets count in the text it was cut from, `key` is folded for comparison."""

    text: str
    start: int
    end: int
    key: str


Said = tuple[tuple[str, str], ...]  # what a phrase may mean: sections and meanings


class Phrase(NamedTuple):
    """A phrase of the lexicon found at tokens `first` to `last`, both included, with all that it may mean."""

    first: int
    last: int
    said: Said


class Entry(NamedTuple):
    """One thing that a phrase may mean."""

    first: int
    last: int
    section: str
    meaning: str


@dataclass(frozen=True)
class Sentence:
    """A stretch of an article's text: `article.text[start:end] == text`; offsets of its tokens count in the article.

    Of the phrases that begin at one token the longest comes first.
    """

    text: str
    start: int
    end: int
    paragraph: int
    tokens: tuple[Token, ...]
    phrases: tuple[Phrase, ...]

    def of(self, *sections: str) -> Sequence[Entry]:
        """Return what its phrases mean in a section, or in one of several, in order."""
        if self._sections.isdisjoint(sections):
            return ()
        if sections not in self._listed:
            self._listed[sections] = [
                Entry(first, last, *one) for first, last, said in self.phrases for one in said if one[0] in sections
            ]
        return self._listed[sections]

    @cached_property
    def _sections(self) -> frozenset[str]:
        return frozenset().union(*[_sections(said) for _, _, said in self.phrases])

    @cached_property
    def _listed(self) -> dict[tuple[str, ...], Sequence[Entry]]:
        return {}

    @cached_property
    def starts(self) -> Sequence[int]:
        """Return where its tokens begin."""
        return [token.start for token in self.tokens]

    @cached_property
    def signs(self) -> Sequence[int]:
        """Return the indices of its tokens that are no words: signs and numbers."""
        return [i for i, token in enumerate(self.tokens) if not token.key[0].isalpha()]


@lru_cache(4096)
def _sections(said: Said) -> tuple[str, ...]:
    """Return the sections of a phrase, each once."""
    return tuple(dict(said))


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends included, and the statistical frequency (SDMX CL_FREQ and our own)."""

    start: date
    end: date
    freq: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words of a sentence that mean something; offsets count in the article's text."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity(Mention):
    """A number with its unit: an ISO 4217 code, `%`, `pp`, or None for a bare number.

    `lead` is where its qualifier begins (its own start where it has none); `word` the kind of expression it is.
    """

    value: float
    value_high: float | None
    unit: str | None
    qualifier: str
    word: str
    lead: int


@dataclass(frozen=True, slots=True)
class Area(Mention):
    """An economy or a group of economies: ISO 3166 alpha-3 or a group's code."""

    code: str


@dataclass(frozen=True, slots=True)
class PeriodMention(Mention):
    """Words for a time.

    `period` is None when neither the words nor the publication date give it; `relation` says how it hangs on
    another period: `yoy` (the same stretch a year earlier), `prev` (the stretch before), `same` (that stretch).
    `floating` is True when the year was not printed; `fiscal` when it depends on whose fiscal year is meant.
    """

    period: Period | None
    relation: str = ""
    floating: bool = False
    fiscal: bool = False


@dataclass(frozen=True, slots=True)
class Cue(Mention):
    """A word that says which flow, direction, status, basis or qualifier a number has."""

    section: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One number printed in an article that states a trade statistic; a row of the table.

    Values are in full units. `flags` and `inferred` are sorted.
    """

    claim_id: str
    article_id: str
    measure: str
    flow: str
    reporter: str | None
    partner: str | None
    product: str | None
    coverage: str | None
    adjustment: str | None
    value: float
    value_high: float | None
    unit: str
    growth_currency: str | None
    qualifier: str
    record: bool
    period_start: date | None
    period_end: date | None
    freq: str | None
    basis: str | None
    status: str
    according_to: str | None
    converts: str | None
    flags: tuple[str, ...]
    inferred: tuple[str, ...]
    url: str | None
    publisher: str | None
    title: str | None
    published: date | None
    published_precision: str | None
    language: str
    kind: str
    sentence: str
    quote: str
    start: int
    end: int
    rule: str
    first_seen: int | None
