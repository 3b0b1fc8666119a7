"""Articles that a feed names: RSS, Atom or JSON Feed."""

import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from io import BytesIO
from time import struct_time
from typing import Any
from urllib.parse import urljoin

import feedparser

from etl.findings import Listing, Receipt
from etl.sources import Entry, Source, SourceError
from etl.sources.web import Answer, Web
from etl.sources.web.lists import fetched, moment

NEEDS = ("url",)
TAG = re.compile(r"<[^>]*>")  # a title may be marked up
# Where feeds keep the time of publication, the standard's own names first.
PUBLISHED = ("published", "created", "pubtime", "updated")


async def entries(source: Source, web: Web, seen: Mapping[str, Receipt]) -> AsyncIterator[Entry | Listing]:
    """Yield the articles that the feeds of a source name, newest first as they print them."""
    for address in source.urls:
        answer = await fetched(web, address, seen)
        if answer.unchanged:
            continue
        for entry in parse(answer):
            yield entry
        yield Listing(source.id, address, answer.etag, answer.last_modified)


def parse(answer: Answer) -> list[Entry]:
    """Return the articles that a feed names. Raises SourceError when it is none, or names none."""
    start = answer.content[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    found = list(_of_json(answer) if start.startswith(b"{") else _of_xml(answer))
    if found:
        return found
    if start[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise SourceError(
            f"{answer.address} answers with a web page, not a feed: `python -m etl sources add {answer.address}` "
            "looks for the feed of a site"
        )
    raise SourceError(f"{answer.address} names no article: open it in a browser, and correct the url if it has moved")


def _of_xml(answer: Answer) -> Iterator[Entry]:
    # A stream, since what is given as text may be taken for an address; markup is not looked at, so it stays as it is.
    media_type = answer.media_type or "application/xml"
    told = {"content-type": f"{media_type}; charset={answer.charset}" if answer.charset else media_type}
    content = BytesIO(answer.content)
    feed = feedparser.parse(content, response_headers=told, sanitize_html=False, resolve_relative_uris=False)
    language = feed.feed.get("language")
    for item in feed.entries:
        if link := item.get("link") or _permanent(item.get("id")):
            yield Entry(
                urljoin(answer.address, link.strip()),
                TAG.sub("", item.get("title", "")) or None,
                next(filter(None, (_time(item, name) for name in PUBLISHED)), None),
                _time(item, "updated"),
                language,
            )


def _permanent(name: str | None) -> str | None:
    return name if name and name.startswith(("http://", "https://")) else None


def _time(item: dict[str, Any], name: str) -> str | None:
    """Return a time as the feed prints it, in its own zone, else as the parser understands it."""
    # The parser's own `get` gives one time for another that is missing.
    printed, parsed = dict.get(item, name), dict.get(item, f"{name}_parsed")
    return moment(printed) or (_iso(parsed) if isinstance(parsed, struct_time) else None)


def _iso(time: struct_time) -> str:
    return f"{time.tm_year:04}-{time.tm_mon:02}-{time.tm_mday:02}T{time.tm_hour:02}:{time.tm_min:02}:00+00:00"


def _of_json(answer: Answer) -> Iterator[Entry]:
    try:
        feed = json.loads(answer.content.decode("utf-8-sig"))
        items = feed["items"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and (link := _text(item, "url") or _permanent(_text(item, "id"))):
            times = (moment(item.get("date_published")), moment(item.get("date_modified")))
            language = _text(item, "language") or _text(feed, "language")
            yield Entry(urljoin(answer.address, link), _text(item, "title"), *times, language)


def _text(item: Mapping[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) and value.strip() else None
