"""The address of a site -> the feed or news sitemap that names its articles."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from lxml import html
from lxml.etree import ParserError

from etl.sources import SourceError, feed, sitemap
from etl.sources.web.errors import FetchError
from etl.sources.web.fetching import Answer, Web
from etl.sources.web.lists import LARGEST
from etl.sources.web.running import run
from etl.sources.web.streams import trusted

FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
# Where sites keep their feeds that name none.
USUAL = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/feed.json")
NEWS = re.compile(r"^\s*sitemap:\s*(\S*news\S*)", re.IGNORECASE | re.MULTILINE)


class Discovery(NamedTuple):
    """What names the articles of a site: the kind of source, its address, and how many articles it names now."""

    kind: str
    url: str
    articles: int


def discover(address: str) -> Discovery:
    """Return what names the articles of a site. Raises SourceError when nothing is found."""
    return run(_discover(address))


async def _discover(address: str) -> Discovery:
    async with Web(trusted=trusted()) as web:
        try:
            answer = await web.get(address, size=LARGEST)
        except FetchError as error:
            raise SourceError(f"{address}: {error}") from None
        if found := _read(answer):
            return found
        for candidate in dict.fromkeys([*_named(answer), *await _of_robots(web, answer), *_usual(answer)]):
            if found := await _tried(web, candidate):
                return found
    raise SourceError(f"{address} names no feed and no news sitemap: look for one on the site, and add its address")


def _read(answer: Answer) -> Discovery | None:
    """Return what an answer is, if it names articles."""
    try:
        return Discovery("feed", answer.address, len(feed.parse(answer)))
    except SourceError:
        try:
            pages, sitemaps = sitemap.parse(answer)
        except SourceError:
            return None
    return Discovery("sitemap", answer.address, len(pages)) if pages or sitemaps else None


async def _tried(web: Web, address: str) -> Discovery | None:
    try:
        return _read(await web.get(address, size=LARGEST))
    except FetchError:
        return None


def _named(answer: Answer) -> Iterator[str]:
    """Yield the feeds that a page names in its head."""
    try:
        document = html.fromstring(answer.content)
    except (ParserError, ValueError):
        return
    for link in document.iter("link"):
        if link.get("type") in FEEDS and link.get("href"):
            yield urljoin(answer.address, link.get("href"))


async def _of_robots(web: Web, answer: Answer) -> list[str]:
    try:
        robots = await web.get(urljoin(answer.address, "/robots.txt"))
    except FetchError:
        return []
    return NEWS.findall(robots.content.decode(errors="replace"))


def _usual(answer: Answer) -> list[str]:
    return [urljoin(answer.address, path) for path in USUAL]
