"""The whole flow: sources -> articles -> claims -> database, batch by batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from time import monotonic

from etl import outcomes, sources
from etl.articles import Reader
from etl.copies import Originals
from etl.findings import Document, Empty, Finding, Listing, Receipt, Rejection, Unchanged
from etl.language import known as languages
from etl.model import Article
from etl.outcomes import Brought, Found, Outcome
from etl.sources import ADDED, CATALOGUE, Catalogue, Source, SourceError
from etl.sources.web.streams import Streams
from etl.store import Copy, Edition, Known, Store

BATCH_DOCUMENTS = 50
BATCH_BYTES = 5_000_000
BATCH_SECONDS = 5.0  # what a slow server brought is stored after so long

# Told after each batch, and while one is awaited: the source, how many of its documents are done, and how many it
# has, if known.
Progress = Callable[[str, int, int | None], None]


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
    empty: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    older: int = 0
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a refresh is asked to read: some sources, those on this machine, or what was published since a day."""

    only: frozenset[str] = frozenset()
    offline: bool = False
    since: date | None = None

    def has(self, source: Source) -> bool:
        """Tell whether a source is read: one that is asked for by name is, though it be switched off."""
        chosen = source.id in self.only if self.only else source.enabled
        return chosen and not (self.offline and source.remote)

    def is_older(self, result: Article | Rejection | Empty) -> bool:
        """Tell whether an article was published before the day."""
        published = result.published if isinstance(result, Article) else None
        return bool(self.since and published and published < self.since)


EVERYTHING = Scope()


@dataclass(frozen=True, slots=True)
class _Work:
    """A refresh at work."""

    store: Store
    number: int
    reader: Reader
    scope: Scope = EVERYTHING
    brought: Brought = field(default_factory=Brought)


def refresh(store: Store, catalogue: Catalogue, progress: Progress, scope: Scope = EVERYTHING) -> list[Report]:
    """Bring the database up to date with its sources; each batch is kept whatever happens to the next."""
    wanted = [source for source in catalogue.sources if scope.has(source)]
    remote = [source for source in wanted if source.remote]
    with store.alone(), Streams(remote, store.seen, scope.since) as streams, Reader() as reader:
        work = _Work(store, store.begin_refresh(), reader, scope)
        _write_problems(work, catalogue)
        reports = [_refresh_source(work, source, streams, progress) for source in wanted]
        store.finish_refresh(work.number)
    return reports + [Report(name, failure=problem) for name, problem in catalogue.problems]


def add(store: Store, document: Document, article: Article) -> Report:
    """Store one article by hand; no source replaces it."""
    work, report = _Work(store, store.begin_refresh(resumable=False), Reader()), Report(ADDED)
    _store(work, [Found(document, article)], report)
    store.finish_refresh(work.number)
    return report


def _write_problems(work: _Work, catalogue: Catalogue) -> None:
    """Write down which entries of the catalogue cannot be used, in the place of those of the last refresh."""
    problems = [Receipt(CATALOGUE, name, "down", problem) for name, problem in catalogue.problems]
    if set(problems) != set(work.store.seen(CATALOGUE).values()):
        work.store.remove(CATALOGUE)
        work.store.write(work.number, [], problems)


def _refresh_source(work: _Work, source: Source, streams: Streams, progress: Progress) -> Report:
    report, total = Report(source.id), None

    def tell() -> None:
        progress(source.id, report.documents, total)

    try:
        total = None if source.remote else sources.count(source)
        for batch in _batches(streams.read(source, tell) if source.remote else sources.read(source)):
            _store_batch(work, batch, report)
            tell()
        _write_up(work, source)
    except SourceError as error:
        report.failure = str(error)
        work.store.write(work.number, [], [Receipt(source.id, source.where, "down", report.failure)])
    return report


def _write_up(work: _Work, source: Source) -> None:
    """Write down that a source could be read, if it could not the last time."""
    down = [last.address for last in work.store.seen(source.id).values() if last.outcome == "down"]
    if down:
        work.store.write(work.number, [], [Receipt(source.id, address, "listed") for address in down])


def _batches(findings: Iterable[Finding]) -> Iterator[list[Finding]]:
    batch: list[Finding] = []
    size, begun = 0, monotonic()
    try:
        for finding in findings:
            batch.append(finding)
            size += len(finding.content) if isinstance(finding, Document) else 0
            if len(batch) >= BATCH_DOCUMENTS or size >= BATCH_BYTES or monotonic() - begun >= BATCH_SECONDS:
                yield batch
                batch, size, begun = [], 0, monotonic()
    except SourceError:
        yield batch  # what was found before counts too
        raise
    if batch:
        yield batch


def _store_batch(work: _Work, batch: Sequence[Finding], report: Report) -> None:
    known = sum(isinstance(finding, Unchanged) for finding in batch)
    report.documents += known
    report.unchanged += known
    _store(work, list(_articles(work.reader, batch)), report)
    lists = [finding for finding in batch if isinstance(finding, Listing)]
    # A list counts as read when all that it named is stored.
    receipts = [Receipt(one.source, one.address, "listed", None, None, one.etag, one.last_modified) for one in lists]
    if receipts:
        work.store.write(work.number, [], receipts)


def _articles(reader: Reader, batch: Iterable[Finding]) -> Iterator[Found]:
    for finding, result in reader.read(batch):
        if isinstance(finding, Document | Rejection) and isinstance(result, Article | Rejection | Empty):
            yield Found(finding, result)


def _store(work: _Work, batch: Sequence[Found], report: Report) -> None:
    wanted = [found for found in batch if not work.scope.is_older(found.result)]
    report.older += len(batch) - len(wanted)
    if not wanted:
        return
    read = [found.result for found in wanted if isinstance(found.result, Article)]
    known, originals = work.store.known([article.article_id for article in read]), Originals(work.store, read)
    became = [outcomes.outcome(found, known, work.brought, originals) for found in wanted]
    editions = [replace(one, words=originals.repeatable(one.article)) for one in became if isinstance(one, Edition)]
    repeated = [one for one in became if isinstance(one, Copy)]
    fresh = work.store.write(work.number, editions, outcomes.receipts(wanted, became), repeated).copies
    report.copies += fresh
    report.unchanged += len(repeated) - fresh
    report.documents += len({found.document.address for found in wanted})
    for found, outcome in zip(wanted, became, strict=True):
        _count(report, found, outcome, known)


def _count(report: Report, found: Found, outcome: Outcome, known: dict[str, Known]) -> None:
    match outcome:
        case Rejection():
            report.rejected.append(outcome)
        case Edition(article=article, claims=claims):
            report.new += article.article_id not in known
            report.changed += article.article_id in known
            report.claims += len(claims)
        case Empty():
            report.empty += 1
        case None:
            report.unchanged += 1
    if isinstance(found.result, Article) and found.result.language not in languages():
        report.unread[found.result.language] += 1
