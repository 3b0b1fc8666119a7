"""The whole flow: sources -> articles -> claims -> database, batch by batch."""

import hashlib
import json
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import NamedTuple

from etl import articles, sources
from etl.extraction import extract
from etl.language import known as languages
from etl.model import Article, Document, Rejection
from etl.sources import ADDED, Source, SourceError
from etl.store import Edition, Known, Receipt, Store

# Told after each batch: the source, how many of its documents are done, and how many it has, if known.
Progress = Callable[[str, int, int | None], None]

BATCH_DOCUMENTS = 50
BATCH_BYTES = 5_000_000


@dataclass(slots=True)
class Report:
    """What was found in a source; `failure` says why it could not be read at all."""

    source: str
    documents: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    claims: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)
    failure: str | None = None


class Found(NamedTuple):
    """A document, and the article that it holds or the reason why it holds none."""

    document: Document | Rejection
    result: Article | Rejection


Brought = dict[
    str, tuple[str, str]
]  # by article: the address of the document that brought it, and its digest


def refresh(store: Store, wanted: Iterable[Source], progress: Progress) -> list[Report]:
    """Bring the database up to date with its sources; each batch is kept whatever happens to the next."""
    number, brought = store.begin_refresh(), Brought()
    reports = []
    for source in wanted:
        reports.append(report := Report(source.id))
        try:
            total = sources.count(source)
            for batch in _batches(sources.read(source)):
                _store(
                    store, number, [found for document in batch for found in _read(document)], brought, report
                )
                progress(source.id, report.documents, total)
        except SourceError as error:
            report.failure = str(error)
    store.finish_refresh(number)
    return reports


def add(store: Store, document: Document, article: Article) -> Report:
    """Store one article by hand; no source replaces it."""
    number, report = store.begin_refresh(resumable=False), Report(ADDED)
    _store(store, number, [Found(document, article)], Brought(), report)
    store.finish_refresh(number)
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


def _read(document: Document | Rejection) -> Iterator[Found]:
    results = iter([document]) if isinstance(document, Rejection) else articles.read(document)
    return (Found(document, result) for result in results)


def _store(store: Store, number: int, batch: Sequence[Found], brought: Brought, report: Report) -> None:
    known = store.known([found.result.article_id for found in batch if isinstance(found.result, Article)])
    outcomes = [_outcome(found, known, brought) for found in batch]
    editions = [outcome for outcome in outcomes if isinstance(outcome, Edition)]
    store.write(number, editions, [_receipt(*both) for both in zip(batch, outcomes, strict=True)])
    report.documents += len({found.document.address for found in batch})
    for found, outcome in zip(batch, outcomes, strict=True):
        _count(report, found, outcome, known)


def _outcome(found: Found, known: dict[str, Known], brought: Brought) -> Edition | Rejection | None:
    """Return the edition to write, the reason to reject it, or None when all of it is known."""
    document, article = found
    if isinstance(article, Rejection):
        return article
    digest, place = _digest(article), f"{document.source}/{document.address}"
    first, same = brought.setdefault(article.article_id, (place, digest))
    if first != place:
        return (
            None
            if same == digest
            else Rejection(*_at(document), f"it has the address of {first}, which is kept")
        )
    return _compared(document, article, digest, known.get(article.article_id))


def _compared(
    document: Document | Rejection, article: Article, digest: str, before: Known | None
) -> Edition | Rejection | None:
    readable = article.language in languages()
    if before and before.digest == digest and (before.extracted or not readable):
        return None
    if before and before.source == ADDED != document.source:
        remove = f"python -m etl remove {article.article_id}"
        return Rejection(
            *_at(document), f"an article added by hand has its address: `{remove}` makes way for it"
        )
    try:
        claims = tuple(extract(article)) if readable else ()
    except Exception as error:  # an article that the extractor cannot bear must not take the others along
        return Rejection(*_at(document), _crash(error))
    return Edition(*_at(document), digest, article, claims, readable)


def _at(document: Document | Rejection) -> tuple[str, str]:
    return document.source, document.address


def _crash(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    message = f"{type(error).__name__}: {' '.join(str(error).split())}"
    return f"the extractor failed, please report it: {message} ({Path(last.filename).name}:{last.lineno})"


def _digest(article: Article) -> str:
    return articles.digest(json.dumps(asdict(article), default=str, sort_keys=True))


def _receipt(found: Found, outcome: Edition | Rejection | None) -> Receipt:
    document = found.document
    digest = hashlib.sha256(document.content).hexdigest() if isinstance(document, Document) else None
    if isinstance(outcome, Rejection):
        return Receipt(*_at(document), "rejected", outcome.reason, digest)
    return Receipt(*_at(document), "stored", None, digest)


def _count(
    report: Report, found: Found, outcome: Edition | Rejection | None, known: dict[str, Known]
) -> None:
    match outcome:
        case Rejection():
            report.rejected.append(outcome)
        case Edition():
            report.new += outcome.article.article_id not in known
            report.changed += outcome.article.article_id in known
            report.claims += len(outcome.claims)
        case None:
            report.unchanged += 1
    if isinstance(found.result, Article) and found.result.language not in languages():
        report.unread[found.result.language] += 1
