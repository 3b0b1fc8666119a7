"""The annotated texts: articles with the statements that a careful reader finds in them, and what is read today.

A file holds articles of one genre. What an annotated claim leaves out is null, `exact`, `actual` or no record. Its
`period` is short for its first and last day (`2024-07`, `2023-01/2023-09`), `occurrence` counts equal quotes of the
text, and `converts` names the quote that it restates. Numbers that are `optional` count neither way.
"""

import re
import tomllib
from calendar import monthrange
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from etl.extraction import extract
from etl.model import Article

FOLDER = Path(__file__).parent
GENRES = ("agencies", "dailies", "offices", "ministries", "features", "outlooks", "none")
FIELDS = ("according_to", "coverage", "adjustment", "growth_currency")
NOT_GIVEN = {
    **dict.fromkeys(("partner", "product", "value_high", "basis", "converts")),
    "qualifier": "exact",
    "status": "actual",
    "record": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A claim, annotated or extracted; `converts` is where the amount begins that it restates."""

    quote: str
    start: int
    end: int
    measure: str
    flow: str
    reporter: str | None
    partner: str | None
    product: str | None
    value: float
    value_high: float | None
    unit: str
    qualifier: str
    period_start: date | None
    period_end: date | None
    basis: str | None
    status: str
    record: bool
    converts: int | None


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article, its statements, and the spans of the numbers that count neither way."""

    article: Article
    statements: tuple[Statement, ...]
    optional: tuple[tuple[int, int], ...]


def texts(genre: str) -> list[Annotated]:
    """Return the annotated articles of a genre."""
    listed = _load(genre)["article"]
    return [_annotated(f"{genre}-{number}", given) for number, given in enumerate(listed, 1)]


def cases(field: str) -> list[tuple[Article, str, str | None]]:
    """Return the articles that test one field, each with the quote of a claim and what the field says of it."""
    data = _load(field)
    listed = enumerate(data["case"], 1)
    return [(_article(f"{field}-{k}", {**data, **case}), case["quote"], case.get("said")) for k, case in listed]


def extracted(article: Article) -> list[Statement]:
    """Return what the extractor reads in an article."""
    claims = extract(article)
    starts = {claim.claim_id: claim.start for claim in claims}
    names = [field.name for field in fields(Statement) if field.name != "converts"]
    return [
        Statement(**{name: getattr(claim, name) for name in names}, converts=starts.get(claim.converts or ""))
        for claim in claims
    ]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _article(name: str, given: dict[str, Any]) -> Article:
    published = given.get("date")
    return Article(name, given["text"], published, "day" if published else None, title=given.get("title"))


def _annotated(name: str, given: dict[str, Any]) -> Annotated:
    text = given["text"]
    statements = tuple(_statement(text, {**NOT_GIVEN, **claim}) for claim in given.get("claims", ()))
    return Annotated(_article(name, given), statements, tuple(_span(text, one) for one in given.get("optional", ())))


def _statement(text: str, given: dict[str, Any]) -> Statement:
    start, end = _span(text, f"{given['quote']}#{given.pop('occurrence', 1)}")
    first, last = _days(given.pop("period", None))
    origin = given.pop("converts")
    converts = _span(text, origin)[0] if origin else None
    return Statement(**given, start=start, end=end, period_start=first, period_end=last, converts=converts)


def _span(text: str, quote: str) -> tuple[int, int]:
    """Return where a quote stands, the second time for `quote#2`, and never inside a longer number."""
    words, _, occurrence = quote.partition("#")
    found = list(re.finditer(rf"(?<![\w.,]){re.escape(words)}(?!\w)", text))
    return found[int(occurrence or 1) - 1].span()


def _days(period: str | None) -> tuple[date | None, date | None]:
    if period is None:
        return None, None
    first, last = (period.split("/") * 2)[:2]
    return _day(first, month=1, last=False), _day(last, month=12, last=True)


def _day(printed: str, month: int, *, last: bool) -> date:
    year, *rest = map(int, printed.split("-"))
    month = rest[0] if rest else month
    return date(year, month, rest[1] if len(rest) == 2 else monthrange(year, month)[1] if last else 1)
