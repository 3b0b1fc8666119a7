"""Articles that a sitemap names: news sitemaps, plain ones, and indexes of them, also as .gz."""

import zlib
from collections.abc import AsyncIterator, Iterator, Mapping
from io import BytesIO

from lxml import etree

from etl.findings import Listing, Receipt, Rejection
from etl.sources import Entry, Source, SourceError
from etl.sources.web import Answer, Web
from etl.sources.web.lists import LARGEST, fetched, moment

NEEDS = ("url",)
GZIP = b"\x1f\x8b"
# Of an index only the newest sitemaps are read: it may lead back through decades.
MOST_SITEMAPS = 50


async def entries(source: Source, web: Web, seen: Mapping[str, Receipt]) -> AsyncIterator[Entry | Listing | Rejection]:
    """Yield the pages that the sitemaps of a source name, in their order."""
    for address in source.urls:
        answer = await fetched(web, address, seen)
        if answer.unchanged:
            continue
        pages, sitemaps = parse(answer)
        for page in pages:
            yield page
        del pages
        async for found in _within(source, web, seen, sitemaps):
            yield found
        if len(sitemaps) > MOST_SITEMAPS:
            reason = f"it names {len(sitemaps):,} sitemaps, of which the {MOST_SITEMAPS} newest are read"
            yield Rejection(source.id, f"{address}#older", reason)
        yield Listing(source.id, address, answer.etag, answer.last_modified)


async def _within(
    source: Source, web: Web, seen: Mapping[str, Receipt], sitemaps: list[Entry]
) -> AsyncIterator[Entry | Listing | Rejection]:
    """Yield what the newest sitemaps of an index name; one that cannot be read stops no other."""
    newest = sorted(sitemaps, key=lambda sitemap: sitemap.updated or "", reverse=True)
    for sitemap in newest[:MOST_SITEMAPS]:
        try:
            answer = await fetched(web, sitemap.address, seen)
            if answer.unchanged:
                continue
            pages = parse(answer)[0]
        except SourceError as error:
            yield Rejection(source.id, sitemap.address, str(error), passing=True)
            continue
        for page in pages:
            yield page
        yield Listing(source.id, sitemap.address, answer.etag, answer.last_modified)


def parse(answer: Answer) -> tuple[list[Entry], list[Entry]]:
    """Return the pages and the sitemaps that a sitemap names. Raises SourceError when it is none."""
    pages: list[Entry] = []
    sitemaps: list[Entry] = []
    root = None
    try:
        for element, name in _elements(_unpacked(answer)):
            root = root or name
            if name in ("url", "sitemap"):
                if entry := _entry(element):
                    (pages if name == "url" else sitemaps).append(entry)
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{answer.address} is no sitemap ({error.msg}): correct its url") from None
    if root not in ("urlset", "sitemapindex"):
        raise SourceError(f"{answer.address} is no sitemap, but {root or 'empty'}: correct its url")
    return pages, sitemaps


def _elements(content: bytes) -> Iterator[tuple[etree._Element, str]]:
    """Yield the root when it begins, and each element when it ends, with its name without its name space."""
    events = etree.iterparse(
        BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
    )
    for number, (event, element) in enumerate(events):
        if isinstance(element.tag, str) and (event == "end" or number == 0):
            yield element, etree.QName(element).localname


def _entry(element: etree._Element) -> Entry | None:
    said = {
        etree.QName(part).localname: (part.text or "").strip() for part in element.iter() if isinstance(part.tag, str)
    }
    address = said.get("loc", "")
    if not address.startswith(("http://", "https://")):
        return None
    times = (moment(said.get("publication_date")), moment(said.get("lastmod")))
    return Entry(address, said.get("title") or None, *times, said.get("language") or None)


def _forget(element: etree._Element) -> None:
    """Let go of what was read, so that a sitemap of any length takes little memory."""
    element.clear()
    while element.getprevious() is not None:
        del element.getparent()[0]


def _unpacked(answer: Answer) -> bytes:
    if not answer.content.startswith(GZIP):
        return answer.content
    try:
        unpacker = zlib.decompressobj(wbits=31)
        content = unpacker.decompress(answer.content, LARGEST)
    except zlib.error as error:
        raise SourceError(f"{answer.address} is a broken gzip file: {error}") from None
    if unpacker.unconsumed_tail:
        raise SourceError(f"{answer.address} unpacks to more than {LARGEST / 1e6:.0f} MB, the most a sitemap may have")
    return content
