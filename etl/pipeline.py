"""The whole flow: sources -> articles -> claims -> database, batch by batch."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import NamedTuple

from etl import articles, copies, sources
from etl.attempt import AttemptError, attempt
from etl.copies import Originals
from etl.extraction import extract
from etl.language import known as languages
from etl.model import Article, Document, Receipt, Rejection
from etl.sources import ADDED, Catalogue, Source, SourceError
from etl.store import Copy, Edition, Known, Store

BATCH_DOCUMENTS = 50
BATCH_BYTES = 5_000_000

# Told after each batch: the source, how many of its documents are done, and how many it has, if known.
Progress = Callable[[str, int, int | None], None]
# What becomes of an article: a version to write, a copy of another, the reason to reject it, or nothing when all is
# known.
Outcome = Edition | Copy | Rejection | None
# By article: the place of the document that brought it in this refresh, its digest, and its words'.
Brought = dict[str, tuple[str, str, str]]


@dataclass(slots=True)
class Report:
    """What was found in a source; `failure` says why it could not be read at all."""

    source: str
    documents: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    copies: int = 0
    claims: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    failure: str | None = None


class Found(NamedTuple):
    """A document, with the article that it holds or the reason why it holds none."""

    document: Document | Rejection
    result: Article | Rejection

    def rejected(self, reason: str) -> Rejection:
        """Return the rejection of this document for a reason."""
        return Rejection(self.document.source, self.document.address, reason)


def refresh(store: Store, catalogue: Catalogue, progress: Progress) -> list[Report]:
    """Bring the database up to date with its sources; each batch is kept whatever happens to the next."""
    number, brought = store.begin_refresh(), Brought()
    wanted = [source for source in catalogue.sources if source.enabled]
    reports = [_refresh_source(store, number, source, brought, progress) for source in wanted]
    store.finish_refresh(number)
    return reports + [Report(name, failure=problem) for name, problem in catalogue.problems]


def add(store: Store, document: Document, article: Article) -> Report:
    """Store one article by hand; no source replaces it."""
    number, report = store.begin_refresh(resumable=False), Report(ADDED)
    _store(store, number, [Found(document, article)], Brought(), report)
    store.finish_refresh(number)
    return report


def _refresh_source(store: Store, number: int, source: Source, brought: Brought, progress: Progress) -> Report:
    report = Report(source.id)
    try:
        total = sources.count(source)
        for batch in _batches(sources.read(source)):
            _store(store, number, list(_articles(batch)), brought, report)
            progress(source.id, report.documents, total)
    except SourceError as error:
        report.failure = str(error)
    return report


def _batches(documents: Iterable[Document | Rejection]) -> Iterator[list[Document | Rejection]]:
    batch: list[Document | Rejection] = []
    size = 0
    for document in documents:
        batch.append(document)
        size += len(document.content) if isinstance(document, Document) else 0
        if len(batch) >= BATCH_DOCUMENTS or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _articles(batch: Iterable[Document | Rejection]) -> Iterator[Found]:
    for document in batch:
        results = [document] if isinstance(document, Rejection) else articles.read(document)
        yield from (Found(document, result) for result in results)


def _store(store: Store, number: int, batch: Sequence[Found], brought: Brought, report: Report) -> None:
    read = [found.result for found in batch if isinstance(found.result, Article)]
    known, originals = store.known([article.article_id for article in read]), Originals(store, read)
    outcomes = [_outcome(found, known, brought, originals) for found in batch]
    editions = [replace(one, words=originals.repeatable(one.article)) for one in outcomes if isinstance(one, Edition)]
    repeated = [outcome for outcome in outcomes if isinstance(outcome, Copy)]
    receipts = [_receipt(*both) for both in zip(batch, outcomes, strict=True)]
    report.copies += (fresh := store.write(number, editions, receipts, repeated).copies)
    report.unchanged += len(repeated) - fresh
    report.documents += len({found.document.address for found in batch})
    for found, outcome in zip(batch, outcomes, strict=True):
        _count(report, found, outcome, known)


def _outcome(found: Found, known: dict[str, Known], brought: Brought, originals: Originals) -> Outcome:
    article = found.result
    if isinstance(article, Rejection):
        return article
    digest, words = _digest(article), originals.words(article)
    place = f"{found.document.source}/{found.document.address}"
    first, its_digest, its_words = brought.setdefault(article.article_id, (place, digest, words))
    original = None if article.article_id in known else originals.of(article)
    if first != place and digest == its_digest:
        return None
    if original or (first != place and words == its_words):
        return copies.copy(found.document, article, original or article.article_id)
    if first != place:
        return found.rejected(f"it has the address of {first}, which is kept")
    outcome = _compared(found, article, digest, known.get(article.article_id))
    if isinstance(outcome, Edition):
        originals.keep(article)
    return outcome


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


def _receipt(found: Found, outcome: Outcome) -> Receipt:
    document = found.document
    digest = hashlib.sha256(document.content).hexdigest() if isinstance(document, Document) else None
    if isinstance(outcome, Rejection):
        return Receipt(document.source, document.address, "rejected", outcome.reason, digest)
    return Receipt(document.source, document.address, "stored", None, digest)


def _count(report: Report, found: Found, outcome: Outcome, known: dict[str, Known]) -> None:
    match outcome:
        case Rejection():
            report.rejected.append(outcome)
        case Edition(article=article, claims=claims):
            report.new += article.article_id not in known
            report.changed += article.article_id in known
            report.claims += len(claims)
        case None:
            report.unchanged += 1
    if isinstance(found.result, Article) and found.result.language not in languages():
        report.unread[found.result.language] += 1
