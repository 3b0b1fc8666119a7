"""What a page and the list that named it say of its date -> the day when it was published."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from email.utils import parsedate
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from etl.pages.head import Head

# The names under which meta elements give it, the most reliable first.
METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "article:published",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
)
MARKED = "[itemprop=datePublished], time[pubdate]"
TIMES = "article time[datetime], main time[datetime]"
ISO = re.compile(r"(\d{4})([-/]?)(\d{2})\2(\d{2})(?!\d)")
ARTICLES = ("article", "posting", "report")  # how the types of articles end
COMMENT = re.compile(r"<!--|-->|/?\*?<!\[CDATA\[\*?/?|/?\*?\]\]>\*?/?")
EARLIEST = date(1995, 1, 1)  # what is said to be older is no date of a page
NEAR = timedelta(days=3)


def published(tree: LexborHTMLParser, head: Head, listed: str | None) -> date | None:
    """Return the day when a page was published, if it or the list that named it says so.

    Where they agree within the time that lists are late, the page is right. Otherwise the earlier is: what is later is
    most often the day of a change, or today.
    """
    said = next(filter(None, map(day, _said(tree, head))), None)
    other = day(listed or "")
    if said is None or other is None:
        return said or other
    return said if abs(said - other) < NEAR else min(said, other)


def day(printed: str) -> date | None:
    """Return the day of a time in the forms of ISO 8601 or of RFC 822, as it was where it was written."""
    found = ISO.match(printed.strip())
    parts = [int(found[group]) for group in (1, 3, 4)] if found else list((parsedate(printed) or ())[:3])
    try:
        said = date(*parts) if parts else EARLIEST
    except ValueError:
        return None
    return said if said > EARLIEST else None


def _said(tree: LexborHTMLParser, head: Head) -> Iterator[str]:
    """Yield what a page says of its date, the most reliable first."""
    things = [thing for block in head.linked for thing in _things(block)]
    yield from _dates(thing for thing in things if _is_article(thing))
    yield from (head.metas[name] for name in METAS if name in head.metas)
    yield from _attributes(tree, MARKED)
    yield from _dates(things)
    yield from _attributes(tree, TIMES)
    # Elsewhere than in the article it may be that of another one.
    alone = list(_attributes(tree, "time[datetime]"))
    yield from alone if len(alone) == 1 else ()


def _attributes(tree: LexborHTMLParser, selector: str) -> Iterator[str]:
    for node in tree.css(selector):
        yield node.attributes.get("datetime") or node.attributes.get("content") or ""


def _dates(things: Iterable[dict[str, Any]]) -> Iterator[str]:
    for thing in things:
        if isinstance(printed := thing.get("datePublished"), str):
            yield printed


def _is_article(thing: dict[str, Any]) -> bool:
    types = thing.get("@type")
    named = types if isinstance(types, list) else [types]
    return any(isinstance(one, str) and one.lower().endswith(ARTICLES) for one in named)


def _things(block: str) -> Sequence[dict[str, Any]]:
    """Return the objects that a block of JSON-LD is about; one that is no JSON is about nothing."""
    try:
        waiting = [json.loads(COMMENT.sub("", block), strict=False)]
    except (ValueError, RecursionError):
        return ()
    found = list[dict[str, Any]]()
    for one in waiting:  # it grows on the way
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            found.append(one)
            waiting.extend(one[key] for key in ("@graph", "mainEntity") if key in one)
    return found
