"""Pages by their addresses, or the pages that they link to."""

import re
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urldefrag, urljoin

from lxml import html
from lxml.etree import ParserError

from etl.findings import Listing, Receipt
from etl.sources import Entry, Source, SourceError
from etl.sources.web import Answer, Web
from etl.sources.web.lists import fetched

NEEDS = ("url",)
SPACE = re.compile(r"\s+")


async def entries(source: Source, web: Web, seen: Mapping[str, Receipt]) -> AsyncIterator[Entry | Listing]:
    """Yield the pages of a source, or those of their links whose address has what is to be followed."""
    if source.follow is None:
        for address in source.urls:
            yield Entry(address)
        return
    for address in source.urls:
        answer = await fetched(web, address, seen)
        if answer.unchanged:
            continue
        for entry in parse(answer, source.follow):
            yield entry
        yield Listing(source.id, address, answer.etag, answer.last_modified)


def parse(answer: Answer, follow: str) -> list[Entry]:
    """Return the pages that a page links to. Raises SourceError when none has what is to be followed."""
    try:
        document = html.fromstring(answer.content)
    except (ParserError, ValueError):
        document = html.Element("html")
    found = dict[str, Entry]()
    for link in document.iter("a"):
        address = urldefrag(_joined(answer.address, link.get("href") or ""))[0]
        if follow in address and address.startswith(("http://", "https://")) and address != answer.address:
            found.setdefault(address, Entry(address, SPACE.sub(" ", link.text_content()).strip() or None))
    if not found:
        raise SourceError(f"{answer.address} links to no address with {follow!r} in it: correct `follow`")
    return list(found.values())


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""
