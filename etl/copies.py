"""Which articles repeat another one word for word: what an agency wrote and many print."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from etl.articles import digest
from etl.findings import Document, Rejection
from etl.model import Article
from etl.store import Copy, Store, Worded

FEWEST = 60  # words: shorter texts may be alike by chance
APART = timedelta(days=3)
WORD = re.compile(r"[^\W_]+")


class _Said(NamedTuple):
    """What stands for the words of a text, whatever their case and the signs between them."""

    words: str
    repeatable: bool


class Originals:
    """The articles that those of a batch may repeat: stored ones, and earlier ones of the batch."""

    def __init__(self, store: Store, batch: Iterable[Article]) -> None:
        self._said = {article: _said(article) for article in batch}
        self._known = store.worded({said.words for said in self._said.values() if said.repeatable})

    def words(self, article: Article) -> str:
        """Return what stands for the words of an article of the batch."""
        return self._said[article].words

    def repeatable(self, article: Article) -> str | None:
        """Return the same of an article that others may repeat: of no short text, and of no brief."""
        return self.words(article) if self._said[article].repeatable else None

    def of(self, article: Article) -> str | None:
        """Return the id of the article that one repeats, which is the first stored; None when it is the first."""
        return next((known.article_id for known in self._known if self._repeats(article, known)), None)

    def keep(self, article: Article) -> None:
        """Note that an article of the batch is to be stored, so that others may repeat it."""
        if words := self.repeatable(article):
            when = article.published, article.published_precision
            self._known.append(Worded(words, article.article_id, article.language, *when))

    def _repeats(self, article: Article, known: Worded) -> bool:
        same = known.words == self.repeatable(article) and known.language == article.language
        return same and known.article_id != article.article_id and _near(article, known)


def copy(document: Document | Rejection, article: Article, original: str) -> Copy:
    """Return what is kept of a document that holds a copy of an article."""
    of_article = {name: getattr(article, name) for name in ("url", "publisher", "title", "published")}
    precision = article.published_precision
    return Copy(document.source, document.address, original, published_precision=precision, **of_article)


def _said(article: Article) -> _Said:
    words = WORD.findall(article.text.casefold())
    return _Said(digest("".join(words)), article.kind == "article" and len(words) >= FEWEST)


def _near(one: Article | Worded, other: Article | Worded) -> bool:
    """Tell whether both may have appeared within three days."""
    if one.published is None or other.published is None:
        return True
    first = max(one.published, other.published)
    last = min(_last(one.published, one.published_precision), _last(other.published, other.published_precision))
    return first - last <= APART


def _last(first: date, precision: str | None) -> date:
    """Return the last day of a day, month or year."""
    if precision == "day":
        return first
    month = first.month if precision == "month" else 12
    return date(first.year, month, monthrange(first.year, month)[1])
