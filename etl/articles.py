"""Document -> Articles: their header, text and id; or the reason why one cannot be used."""

import hashlib
import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from etl.errors import PlainError
from etl.findings import Document, Empty, Finding, Rejection
from etl.model import KINDS, Article
from etl.pages import Page, Pages, Read

KEYS = ("date", "url", "title", "publisher", "language", "kind")
OF_RECORD = {"title": "title", "url": "url", "publisher": "publisher", "language": "lang"}
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ]\d{2}:\d{2}\S*)?)?)?")
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_].*)?")
HEADER = re.compile(r"[ \t]*(\w+)(:?)[ \t]*(.*)")
# Line breaks and tabs are text; other control characters, and halves of surrogate pairs, are not.
CONTROL = re.compile(r"[\x01-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|cmpid|ref_src")
Parts = tuple[Mapping[str, str], str]  # header and text
QUOTED = re.compile(r"""(["'])(.*)\1""")
FENCE = "---"  # before and behind a Markdown file's front matter
MANY = "mul"
LONG = 60
LONGEST = 150_000  # characters of an article; a text as dense with figures as can be takes some seconds to read then
AHEAD = 16  # documents whose pages are read while the first of them is waited for


class ArticleError(PlainError):
    """Why something is no article that can be used."""


class Reader:
    """Reads documents of any form; several pages at a time, in processes that end with the `with`."""

    def __init__(self) -> None:
        self._pages = Pages()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pages.stop()

    def read(
        self, findings: Iterable[Finding], given: Mapping[str, str] | None = None
    ) -> Iterator[tuple[Finding, Article | Finding | Empty]]:
        """Yield each finding, in order, with its article or why it has none; what is no document is its own result.

        What is given overrules what the documents say of themselves.
        """
        waiting = deque[tuple[Finding, Future[Read] | None]]()
        for finding in findings:
            waiting.append((finding, self._begun(finding)))
            if len(waiting) > AHEAD:
                yield self._read(*waiting.popleft(), given)
        while waiting:
            yield self._read(*waiting.popleft(), given)

    def _begun(self, finding: Finding) -> Future[Read] | None:
        return self._pages.begin(finding) if isinstance(finding, Document) and finding.form == "page" else None

    def _read(
        self, finding: Finding, begun: Future[Read] | None, given: Mapping[str, str] | None
    ) -> tuple[Finding, Article | Finding | Empty]:
        if not isinstance(finding, Document):
            return finding, finding
        if begun is None:
            return finding, next(read(finding, given))
        found = self._pages.end(finding, begun)
        return finding, next(read(finding, given, found)) if isinstance(found, Page) else found


def read(
    document: Document, given: Mapping[str, str] | None = None, page: Page | None = None
) -> Iterator[Article | Rejection]:
    """Yield the article of a document, or why it holds none; what is given overrules its header.

    Of a document that is a page, `page` is what was read in it.
    """
    try:
        header, text = _page_parts(page) if page else PARTS[document.form](document.content)
        yield _article(document, header, text, given or {})
    except ArticleError as error:
        yield Rejection(document.source, document.address, str(error))


def from_record(record: Mapping[str, Any]) -> Article:
    """Return the article of a mapping: id, text, date, and optionally url, title, lang, publisher."""
    header, text = _parts_of(record, ("id", "text", "date"))
    return _made(_cleaned(str(record["id"])), text, header)


def day(printed: str) -> tuple[date, str]:
    """Return the first day of a day, month or year, and which of these it is."""
    found = DATE.fullmatch(printed.strip())
    try:
        if found is None:
            raise ValueError
        year, month, of_month = (int(part) if part else None for part in found.groups())
        first = date(year or 0, month or 1, of_month or 1)
    except ValueError:
        raise ArticleError(f"the date {shown(printed)} is not YYYY-MM-DD, YYYY-MM or YYYY") from None
    return first, "day" if of_month else "month" if month else "year"


def digest(*parts: str) -> str:
    """Return 32 hex digits that stand for some words."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]


def canonical(url: str) -> str:
    """Return an address as it is compared: without fragment, default port and marks of tracking."""
    parts = urlsplit(url)
    asked = [(key, value) for key, value in parse_qsl(parts.query, True) if not TRACKING.fullmatch(key.lower())]
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = f"?{urlencode(asked)}" if asked else ""
    # The same page answers under both schemes.
    return f"https://{(parts.hostname or '').lower()}{port}{parts.path or '/'}{query}"


def host(url: str) -> str:
    """Return the host of an address without its www."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def _article(document: Document, header: Mapping[str, str], text: str, given: Mapping[str, str]) -> Article:
    usual = {
        "language": document.language if document.language != MANY else None,
        "publisher": document.publisher,
    }
    header = {key: value for key, value in usual.items() if value} | {**header}
    header |= {key: _cleaned(value) for key, value in given.items()}
    if text and "date" not in header:
        raise ArticleError("no date: begin with a line like `date 2024-02-09`, then a blank line")
    if len(text) > LONGEST:
        raise ArticleError(f"too long: {len(text):,} characters, and an article has {LONGEST:,} at most: split it")
    article = _made("", text, header)
    return replace(article, article_id=digest(*_identity(document, article)))


def _identity(document: Document, article: Article) -> Iterator[str]:
    """Yield what an article is known by: where it stands, and its month where each month brings another one."""
    yield from [canonical(article.url)] if article.url else [document.source, document.address]
    if document.renewed:
        yield f"{article.published:%Y-%m}"


def _page_parts(page: Page) -> Parts:
    return {key: _cleaned(value) for key, value in page.header.items()}, _cleaned(page.text)


def _text_parts(content: bytes) -> Parts:
    return _parts(_cleaned(_decoded(content)))


def _record_parts(content: bytes) -> Parts:
    try:
        record = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ArticleError(f"not a line of JSON: {error}") from None
    if not isinstance(record, dict):
        raise ArticleError("not a JSON object with id, date and text")
    return _parts_of(record, ("text", "date"))


def _parts_of(record: Mapping[str, Any], needed: Sequence[str]) -> Parts:
    for key in needed:
        if key not in record:
            raise ArticleError(f"it has no {key}: id, date and text must be there")
    if not isinstance(record["text"], str):
        raise ArticleError("its text is not a string")
    words = {key: value for key, value in record.items() if isinstance(value, str) and value.strip()}
    words = {key: words[name] for key, name in OF_RECORD.items() if name in words}
    words |= {"date": str(record["date"])} if record["date"] else {}
    return {key: _cleaned(value) for key, value in words.items()}, _cleaned(record["text"])


def _made(article_id: str, text: str, header: Mapping[str, str]) -> Article:
    if not text.strip():
        raise ArticleError("empty: it holds no text")
    published, precision = day(header["date"]) if "date" in header else (None, None)
    url = _address(header["url"]) if "url" in header else None
    return Article(
        article_id=article_id,
        text=text,
        published=published,
        published_precision=precision,
        title=header.get("title"),
        language=_language(header.get("language", "en")),
        url=url,
        publisher=header.get("publisher") or (host(url) if url else None),
        kind=_one_of(KINDS, header.get("kind", "article")),
    )


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        byte = content[error.start]
        raise ArticleError(f"not UTF-8 (byte 0x{byte:02x} at {error.start}): save it as UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _cleaned(text: str) -> str:
    """Blank out control characters, so that nothing moves; a NUL is no text's."""
    if "\0" in text:
        raise ArticleError(f"not a text: it holds a NUL character at {text.index(chr(0))}")
    return CONTROL.sub(" ", text)


def _parts(text: str) -> tuple[dict[str, str], str]:
    """Split a text file into header and prose; without a header line at its top, all of it is prose.

    In Markdown the header may stand between lines of three dashes.
    """
    lines = text.strip("\n").split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() == FENCE and FENCE in map(str.rstrip, lines[first + 1 :]):
        last = next(number for number, line in enumerate(lines) if number > first and line.rstrip() == FENCE)
        known = [line for line in lines[first + 1 : last] if _header_line(line)]  # other programs' keys are theirs
        header = {key: QUOTED.sub(r"\2", value) for key, value in _header(known).items()}
        return header, "\n".join(lines[last + 1 :]).strip()
    if _header_line(lines[first]) is None:
        return {}, text.strip()
    last = next((number for number, line in enumerate(lines) if number > first and not line.strip()), len(lines))
    return _header(lines[first:last]), "\n".join(lines[last:]).strip()


def _header(lines: Sequence[str]) -> dict[str, str]:
    header = dict[str, str]()
    for line in lines:
        key, value = _header_line(line) or (None, "")
        if key is None:
            raise ArticleError(
                f"the header line {shown(line)} begins with none of {', '.join(KEYS)} (a blank line ends it)"
            )
        if key in header:
            raise ArticleError(f"its header has {key} twice")
        header[key] = value
    return {key: value for key, value in header.items() if value}


def _header_line(line: str) -> tuple[str, str] | None:
    found = HEADER.fullmatch(line)
    if found is None:
        return None
    key, colon, value = found.groups()
    # `Date: ...` is a header, "Date palms ..." may well be prose.
    key = key.lower() if colon else key
    return (key, value.strip()) if key in KEYS else None


def _address(url: str) -> str:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and not parts.username and parts.port != 0
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", url):
        raise ArticleError(f"the address {shown(url)} is not an http or https address")
    return url


def _language(printed: str) -> str:
    found = LANGUAGE.fullmatch(printed.lower())
    if found is None:
        raise ArticleError(f"the language {shown(printed)} is not a code like en")
    return found[1]


def _one_of(kinds: Sequence[str], printed: str) -> str:
    if printed not in kinds:
        raise ArticleError(f"the kind {shown(printed)} is not one of {', '.join(kinds)}")
    return printed


def shown(words: str) -> str:
    """Return words as a message quotes them: on one line, and not at length."""
    return repr(words if len(words) <= LONG else f"{words[:LONG]}...")


PARTS: Mapping[str, Callable[[bytes], Parts]] = {"text": _text_parts, "record": _record_parts}
