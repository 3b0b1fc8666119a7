"""A source of the network -> what it holds, many pages at a time and yet in the order of its list."""

import asyncio
import hashlib
from collections import deque
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime
from urllib.parse import urldefrag

from etl.findings import Document, Finding, Listing, Receipt, Rejection, Unchanged
from etl.sources import Entry, Source, SourceError, kind_of
from etl.sources.web.errors import FetchError
from etl.sources.web.fetching import Web
from etl.sources.web.lists import OPEN

AHEAD = 48  # pages of a source that are fetched or wait to be read
PAGES = (None, "text/html", "application/xhtml+xml")
Answered = Document | Rejection | Unchanged


async def findings(
    source: Source, web: Web, seen: Mapping[str, Receipt], since: date | None = None
) -> AsyncIterator[Finding]:
    """Yield what a source holds. Raises SourceError when its list or none of its pages can be fetched."""
    reasons, answered = list[str](), False
    async for finding in _in_order(_begun(source, web, seen, since)):
        if isinstance(finding, Rejection):
            reasons.append(finding.reason)
        answered |= isinstance(finding, Document | Unchanged)
        yield finding
    if reasons and not answered:
        raise SourceError(f"none of its {len(reasons)} pages could be read, the last because: {reasons[-1]}")


async def _in_order(begun: AsyncIterator[asyncio.Task[Answered] | Finding]) -> AsyncIterator[Finding]:
    """Yield what was begun in the order of its beginning, with some of it always under way."""
    waiting = deque[asyncio.Task[Answered] | Finding]()
    try:
        async for one in begun:
            waiting.append(one)
            while waiting and (len(waiting) >= AHEAD or not isinstance(waiting[0], asyncio.Task)):
                yield await _ended(waiting.popleft())
        while waiting:
            yield await _ended(waiting.popleft())
    finally:
        for one in waiting:
            if isinstance(one, asyncio.Task):
                one.cancel()


async def _ended(one: asyncio.Task[Answered] | Finding) -> Finding:
    return await one if isinstance(one, asyncio.Task) else one


async def _begun(
    source: Source, web: Web, seen: Mapping[str, Receipt], since: date | None
) -> AsyncIterator[asyncio.Task[Answered] | Finding]:
    """Yield a fetch for each page that is to be read, and all else as it is."""
    named = set[str]()
    async for entry in kind_of(source.kind).entries(source, web, seen):
        if isinstance(entry, Listing | Rejection):
            yield entry
            continue
        address = urldefrag(entry.address)[0]
        if address in named or (since and entry.published and entry.published < since.isoformat()):
            continue
        named.add(address)
        before = seen.get(address)
        if before and address not in source.urls and _is_settled(entry, before):
            yield Unchanged(source.id, address)
        else:
            yield asyncio.create_task(fetch(source, web, entry, before))


def _is_settled(entry: Entry, before: Receipt) -> bool:
    """Tell whether a page was read, and not changed since as far as its list knows."""
    if before.outcome in OPEN:
        return False
    if entry.updated is None or before.seen is None:
        return True
    updated = datetime.fromisoformat(entry.updated)
    return (updated if updated.tzinfo else updated.replace(tzinfo=UTC)) <= before.seen.replace(tzinfo=UTC)


async def fetch(source: Source, web: Web, entry: Entry, before: Receipt | None = None) -> Answered:
    """Return the page of an entry, or why there is none, or that it is as it was before."""
    address = urldefrag(entry.address)[0]
    known = before if before and before.outcome not in OPEN else Receipt(source.id, address, "new")
    try:
        answer = await web.get(address, etag=known.etag, last_modified=known.last_modified)
    except FetchError as error:
        return Rejection(source.id, address, str(error), error.passing)
    if answer.unchanged or known.digest == hashlib.sha256(answer.content).hexdigest():
        return Unchanged(source.id, address)
    if answer.media_type not in PAGES:
        return Rejection(source.id, address, f"it is {answer.media_type}, not a page")
    return Document(
        source.id,
        address,
        answer.content,
        language=entry.language or source.language,
        publisher=source.publisher,
        form="page",
        charset=answer.charset,
        url=answer.address,
        published=entry.published,
        title=entry.title,
        renewed=source.renewed,
        etag=answer.etag,
        last_modified=answer.last_modified,
    )
