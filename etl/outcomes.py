"""A document, and what is known -> what becomes of it: a version to write, a copy, or neither."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import NamedTuple

from etl import articles, copies
from etl.attempt import AttemptError, attempt
from etl.copies import Originals
from etl.extraction import extract
from etl.findings import Document, Empty, Receipt, Rejection
from etl.language import known as languages
from etl.model import Article
from etl.sources import ADDED
from etl.store import Copy, Edition, Known

# What becomes of an article: a version to write, a copy of another, the reason why it is neither, or nothing when all
# is known.
Outcome = Edition | Copy | Rejection | Empty | None
# By article: the place of the document that brought it in this refresh, its digest, and its words'.
Brought = dict[str, tuple[str, str, str]]


class Found(NamedTuple):
    """A document, with the article that it holds or the reason why it holds none."""

    document: Document | Rejection
    result: Article | Rejection | Empty

    def rejected(self, reason: str) -> Rejection:
        """Return the rejection of this document for a reason."""
        return Rejection(self.document.source, self.document.address, reason)


def outcome(found: Found, known: dict[str, Known], brought: Brought, originals: Originals) -> Outcome:
    """Return what becomes of a document; it is noted among what this refresh brought."""
    article = found.result
    if not isinstance(article, Article):
        return article
    digest, words = _digest(article), originals.words(article)
    place = f"{found.document.source}/{found.document.address}"
    again = article.article_id in brought
    first, its_digest, its_words = brought.setdefault(article.article_id, (place, digest, words))
    before = known.get(article.article_id)
    original = originals.of(article) if before is None else None
    if again and digest == its_digest:
        return None
    if original or (again and words == its_words) or _is_elsewhere(found.document, before, again=again):
        return copies.copy(found.document, article, original or article.article_id)
    if again:
        return found.rejected(f"it has the address of {first}, which is kept")
    result = _compared(found, article, digest, before)
    if isinstance(result, Edition):
        originals.keep(article)
    return result


def _is_elsewhere(document: Document | Rejection, before: Known | None, *, again: bool) -> bool:
    """Tell whether a page is that of a known article at another address: a mobile one, or one that tracks."""
    known = again or (before is not None and before.address != document.address)
    return known and isinstance(document, Document) and document.form == "page"


def _compared(found: Found, article: Article, digest: str, before: Known | None) -> Outcome:
    readable = article.language in languages()
    if before and before.digest == digest and (before.extracted or not readable):
        return None
    if before and before.source == ADDED != found.document.source:
        removal = f"python -m etl remove {article.article_id}"
        return found.rejected(f"an article added by hand has its address (`{removal}` makes way)")
    try:
        claims = tuple(attempt(extract, article)) if readable else ()
    except AttemptError as error:
        return found.rejected(str(error))
    return Edition(found.document.source, found.document.address, digest, article, claims, readable)


def _digest(article: Article) -> str:
    return articles.digest(json.dumps(asdict(article), default=str, sort_keys=True))


def receipts(batch: Sequence[Found], outcomes: Sequence[Outcome]) -> list[Receipt]:
    """Return what became of documents; where two have one address, of the last."""
    each = (_receipt(found.document, outcome) for found, outcome in zip(batch, outcomes, strict=True))
    return list({(receipt.source, receipt.address): receipt for receipt in each}.values())


def _receipt(document: Document | Rejection, outcome: Outcome) -> Receipt:
    became, reason = "stored", None
    if isinstance(outcome, Rejection):
        became, reason = "failed" if outcome.passing else "rejected", outcome.reason
    elif isinstance(outcome, Empty):
        became = "empty"
    if isinstance(document, Rejection):
        return Receipt(document.source, document.address, became, reason)
    digest = hashlib.sha256(document.content).hexdigest()
    return Receipt(document.source, document.address, became, reason, digest, document.etag, document.last_modified)
