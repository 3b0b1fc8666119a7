"""What sources hold, and what became of it: documents, lists, and the lines of the ledger."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Document:
    """What a source holds at one address, unread: bytes, and what the source knows about them.

    `form` says how they are read: `text` (a file with a header), `page` (HTML) or `record` (a JSON object).
    `url` is where a page was found in the end, `published` and `title` what the list that named it says of it;
    `renewed` that its address holds a new article every month.
    """

    source: str
    address: str
    content: bytes
    language: str | None = None
    publisher: str | None = None
    form: str = "text"
    charset: str | None = None
    url: str | None = None
    published: str | None = None
    title: str | None = None
    renewed: bool = False
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that cannot be used, and why; `passing` when it may be better next time."""

    source: str
    address: str
    reason: str
    passing: bool = False


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A document that was seen before and is not read again."""

    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Empty:
    """A document that was read and has no trade figure."""

    source: str
    address: str


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of addresses that was read to its end, with all that it named."""

    source: str
    address: str
    etag: str | None = None
    last_modified: str | None = None


Finding = Document | Rejection | Unchanged | Listing


@dataclass(frozen=True, slots=True)
class Receipt:
    """A line of the ledger: what became of a document.

    It was `stored`; was `empty`, since it has no trade figure; was `rejected`; or `failed`, and is tried again. A list
    of addresses was `listed`; a whole source that could not be read is `down`. `seen` is in UTC.
    """

    source: str
    address: str
    outcome: str
    reason: str | None = None
    digest: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    seen: datetime | None = field(default=None, compare=False)
