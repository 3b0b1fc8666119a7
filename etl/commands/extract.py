"""`extract`: articles in, claims out, without a database."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from etl import articles, extraction, formats
from etl.attempt import attempt
from etl.commands.terminal import SHOWN, complain, opened
from etl.errors import PlainError
from etl.findings import Document, Rejection
from etl.model import Area, Article, Cue, Mention, PeriodMention, Quantity
from etl.sources.unpacking import RECORDS, ending
from etl.sources.unpacking.bounds import LARGEST
from etl.sources.unpacking.records import Record
from etl.table import DAY, DTYPES, NUMBER, TEXT, WHOLE, row

T = TypeVar("T")

KINDS: dict[type[Mention], str] = {Quantity: "quantity", Area: "area", PeriodMention: "period", Cue: "cue"}
MENTION_DTYPES = {
    "article_id": TEXT,
    "kind": TEXT,
    "quote": TEXT,
    "start": WHOLE,
    "end": WHOLE,
    "value": NUMBER,
    "value_high": NUMBER,
    "unit": TEXT,
    "qualifier": TEXT,
    "period_start": DAY,
    "period_end": DAY,
    "code": TEXT,
}


class Format(StrEnum):
    """The formats that are written."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


def extract(
    files: Annotated[
        list[Path],
        typer.Argument(help="Article files, or JSONL or Parquet files of articles (id, date, text, url, title, lang)."),
    ],
    form: Annotated[
        Format | None, typer.Option("--format", help="How to write the claims.", show_default="as OUT ends, else jsonl")
    ] = None,
    to: Annotated[Path | None, typer.Option(help="OUT: where to write them.", show_default="standard output")] = None,
    mentions: Annotated[
        bool, typer.Option("--mentions", help="Write what was recognised instead: quantities, areas, periods, cues.")
    ] = False,
) -> None:
    """Extract the claims of article files; nothing is stored.

    A claim's article_id is the id in the JSONL, or the name of an article file without its ending; `start` and
    `end` count in the article's text. What cannot be read is told, and the rest goes on.

    For example:

        python -m etl extract article.txt

        python -m etl extract news.jsonl --to claims.parquet

        python -m etl extract news.jsonl --mentions | head
    """
    reading = _Reading(files)
    rows, dtypes = (reading.mentions(), MENTION_DTYPES) if mentions else (reading.claims(), DTYPES)
    with opened(to) as out:
        formats.write(rows, dtypes, form or (to and formats.of(to)) or Format.JSONL, out)
        if reading.failures > SHOWN:
            complain(f"and {reading.failures - SHOWN:,} more could not be read")
        if reading.failures and not reading.read:
            raise typer.Exit(1)  # a file that is there already is left as it is
    if reading.failures:
        raise typer.Exit(1)


class _Reading:
    """A reading of files that goes on after what it could not read, and counts what that was."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._files = files
        self.failures = 0
        self.read = 0

    def claims(self) -> Iterator[dict[str, Any]]:
        for _, found in self._each(extraction.extract):
            yield from map(row, found)

    def mentions(self) -> Iterator[dict[str, Any]]:
        for article, found in self._each(extraction.mentions):
            yield from ({"article_id": article.article_id, **_facts(mention)} for mention in found)

    def _each(self, extractor: Callable[[Article], list[T]]) -> Iterator[tuple[Article, list[T]]]:
        for place, article in self._articles():
            with self._told(place):
                found = attempt(extractor, article)
                self.read += 1
                yield article, found

    def _articles(self) -> Iterator[tuple[str, Article]]:
        for file in self._files:
            with self._told(str(file)):
                if ending(file.name) in RECORDS:
                    yield from self._records(file)
                else:
                    yield str(file), _of_file(file)

    def _records(self, file: Path) -> Iterator[tuple[str, Article]]:
        for number, found in RECORDS[ending(file.name)](file):
            place = f"{file}, line {number}"
            with self._told(place):
                if not isinstance(found, Record):
                    raise articles.ArticleError(found)
                yield place, articles.from_record(found.values)

    @contextmanager
    def _told(self, place: str) -> Iterator[None]:
        try:
            yield
        except (PlainError, OSError) as error:
            self.failures += 1
            if self.failures <= SHOWN:
                complain(f"{place}: {error.strerror if isinstance(error, OSError) else error}")


def _of_file(file: Path) -> Article:
    if file.stat().st_size > LARGEST:
        raise articles.ArticleError(f"too large: an article has {LARGEST / 1e6:.0f} MB at most")
    article = next(articles.read(Document("", file.name, file.read_bytes())))
    if isinstance(article, Rejection):
        raise articles.ArticleError(article.reason)
    return replace(article, article_id=file.stem)


def _facts(mention: Mention) -> dict[str, Any]:
    kind = next(name for cls, name in KINDS.items() if isinstance(mention, cls))
    facts = {"kind": kind, "quote": mention.quote, "start": mention.start, "end": mention.end}
    match mention:
        case Quantity(value=value, value_high=high, unit=unit, qualifier=qualifier):
            facts |= {"value": value, "value_high": high, "unit": unit, "qualifier": qualifier}
        case PeriodMention(period=period):
            facts |= {"period_start": period and period.start, "period_end": period and period.end}
        case Area(code=code):
            facts |= {"code": code}
    return facts
