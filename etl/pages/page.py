"""A page -> the text and header of its article, if it may state a trade figure."""

import re
from datetime import UTC, date, datetime, timedelta

from selectolax.lexbor import LexborHTMLParser
from trafilatura import bare_extraction

from etl.errors import PlainError
from etl.extraction.gate import passes
from etl.findings import Document, Empty
from etl.language import known, load
from etl.pages import Page
from etl.pages.head import Head, is_address
from etl.pages.markup import markup
from etl.pages.published import published

USUAL = "en"
MANY = "mul"
UNSEEN = ["script", "style"]
ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
BREAK = re.compile(r"\s*\n\s*")


class PageError(PlainError):
    """Why a page is no article that can be used."""


def page(document: Document) -> Page | Empty:
    """Return the article of a page. Raises PageError.

    To find an article among what stands around it takes long. So the words of the whole page are judged first, as
    those of the article are afterwards: they hold all that the article can.
    """
    html = markup(document.content, document.charset)
    tree = LexborHTMLParser(html)
    head = Head(tree)
    language = head.language or (document.language if document.language != MANY else None) or USUAL
    if not _may_state(_words(tree, head), language):
        return Empty(document.source, document.address)
    text = _article(html)
    if not text:
        raise PageError("no article was found in it")
    if not _may_state(text, language):
        return Empty(document.source, document.address)
    header = _header(document, tree, head, language)
    return Page(header, text.removeprefix(f"{header.get('title')}\n\n"))


def _may_state(text: str, language: str) -> bool:
    """Tell whether a text may state a trade figure; in a language that is not read, who knows."""
    return language not in known() or passes(text, load(language))


def _words(tree: LexborHTMLParser, head: Head) -> str:
    """Return all words of a page without any space between elements, which may stand inside a word."""
    told = (ESCAPED.sub(lambda found: chr(int(found[1], 16)), block) for block in head.linked)
    seen = tree.clone()
    seen.strip_tags(UNSEEN)
    parts = [seen.root, *seen.template_fragments()]
    return "\n".join([*(part.text() for part in parts if part), *told])


def _article(html: str) -> str:
    """Return the paragraphs of the article, between blank lines; tables and comments are not prose of its author."""
    found = bare_extraction(html, include_comments=False, include_tables=False)
    text = found.text if found is not None and not isinstance(found, dict) else None
    return BREAK.sub("\n\n", text or "").strip()


def _header(document: Document, tree: LexborHTMLParser, head: Head, language: str) -> dict[str, str]:
    found = next((one for one in (document.url, document.address) if one and is_address(one)), None)
    address = head.address(found)
    publisher = document.publisher or head.publisher
    header = {
        "date": _day(published(tree, head, document.published)).isoformat(),
        "language": language,
        "url": address,
        "title": head.title([publisher, head.publisher, document.publisher]) or document.title,
        "publisher": publisher,
    }
    return {key: value for key, value in header.items() if value}


def _day(said: date | None) -> date:
    if said is None:
        raise PageError("no reliable date: neither its metadata nor the list that names it says when it was published")
    if said > datetime.now(UTC).date() + timedelta(days=1):
        raise PageError(f"its date, {said}, lies in the future")
    return said
