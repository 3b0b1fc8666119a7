"""A file of many documents -> what it holds, read as a stream and within bounds."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from etl.findings import Document, Rejection
from etl.sources import Source
from etl.sources.unpacking.bounds import Budget, UnpackError
from etl.sources.unpacking.members import members
from etl.sources.unpacking.records import Found, Record, records
from etl.sources.unpacking.rows import rows

FORMS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "page",
    ".htm": "page",
}
LINES = (".jsonl", ".ndjson")
FRUITLESS = 100  # records in a row that are no articles or the same one, after which the rest of their file is not read
LONGEST = 300  # characters of an id that may stand in an address


class Place(NamedTuple):
    """A file or a member of one: its source, and its address there."""

    source: Source
    address: str

    def document(self, content: bytes, form: str, part: str = "") -> Document:
        """Return what is here, or a part of it."""
        return Document(
            self.source.id,
            f"{self.address}{part}",
            content,
            language=self.source.language,
            publisher=self.source.publisher,
            form=form,
        )

    def rejection(self, reason: str, part: str = "") -> Rejection:
        """Return why what is here, or a part of it, cannot be used."""
        return Rejection(self.source.id, f"{self.address}{part}", reason)


def unpack(place: Place, path: Path) -> Iterator[Document | Rejection]:
    """Yield the documents of a file; when it breaks off or has none, why."""
    read, found = RECORDS.get(ending(path.name)), False
    try:
        for one in _documents(place, read(path)) if read else _archive(place, path):
            found = True
            yield one
    except UnpackError as error:
        yield place.rejection(str(error))
    else:
        if not found:
            yield place.rejection("empty: it holds no articles")


def ending(name: str) -> str:
    """Return the ending of a name that says how it is read, or nothing."""
    return next((one for one in (*CONTAINERS, *FORMS) if name.lower().endswith(one)), "")


def shown(name: str) -> str:
    """Return a name as it can be printed on a line and stored."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in name)


def _lines(path: Path) -> Iterator[Found]:
    with path.open("rb") as stream:
        yield from records(stream)


def _packed_lines(path: Path) -> Iterator[Found]:
    try:
        with gzip.open(path) as stream:
            yield from records(stream, Budget(path.stat().st_size))
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise UnpackError(f"its gzip is broken, and what follows is not read: {error}") from None


def _archive(place: Place, path: Path) -> Iterator[Document | Rejection]:
    for name, content in members(path, (*FORMS, *LINES)):
        inside = Place(place.source, f"{place.address}#{shown(name)}")
        if isinstance(content, str):
            yield inside.rejection(content)
        elif (end := ending(name)) in LINES:
            try:
                yield from _documents(inside, records(io.BytesIO(content)))
            except UnpackError as error:
                yield inside.rejection(str(error))
        else:
            yield inside.document(content, FORMS[end])


def _documents(place: Place, found: Iterable[Found]) -> Iterator[Document | Rejection]:
    fruitless, last = 0, ""
    for number, one in found:
        if isinstance(one, Record):
            name = _name(one.values, number)
            yield place.document(one.content, "record", f"#{name}")
            fruitful, last = isinstance(one.values.get("text"), str) and name != last, name
        else:
            yield place.rejection(one, f", line {number}")
            fruitful = False
        fruitless = 0 if fruitful else fruitless + 1
        if fruitless == FRUITLESS:
            raise UnpackError(f"{FRUITLESS} in a row are no new articles: what follows line {number} is not read")


def _name(values: Mapping[str, Any], number: int) -> str:
    """Return what a record is called: its id, else its address, else its number."""
    given = next((str(values[key]) for key in ("id", "url") if values.get(key) not in (None, "")), "")
    return shown(given) if 0 < len(given) <= LONGEST else str(number)


# What reads the records of a file.
RECORDS: Mapping[str, Callable[[Path], Iterator[Found]]] = {
    **dict.fromkeys(LINES, _lines),
    **dict.fromkeys([f"{one}.gz" for one in LINES], _packed_lines),
    ".parquet": rows,
}
CONTAINERS = (*RECORDS, ".zip")
