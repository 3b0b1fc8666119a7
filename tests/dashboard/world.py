"""A real database of the sample briefs and their annotated claims, so that these tests need no extractor."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from etl.findings import Receipt
from etl.model import Article, Claim
from etl.store import Edition, Store

ROOT = Path(__file__).resolve().parents[2]
BRIEFS, ANNOTATIONS = ROOT / "data" / "sample", ROOT / "tests" / "sample"


def fill(database: Path, editions: list[Edition]) -> Store:
    """Return a database that holds these articles."""
    store = Store.open(database)
    number = store.begin_refresh()
    receipts = [Receipt(edition.source, edition.address, "stored") for edition in editions]
    store.write(number, editions, receipts)
    store.finish_refresh(number)
    return store


def sample() -> list[Edition]:
    """Return every brief with its annotated claims."""
    return [edition(read(path), annotations(path)) for path in sorted(BRIEFS.glob("*.txt"))]


def edition(article: Article, annotated: list[dict[str, Any]]) -> Edition:
    """Return an article with the claims of its annotations."""
    digest = hashlib.sha256(article.text.encode()).hexdigest()
    return Edition("sample", article.article_id, digest, article, tuple(claims(article, annotated)))


def read(path: Path) -> Article:
    head, _, text = path.read_text(encoding="utf-8").strip().partition("\n\n")
    header = dict(line.split(" ", 1) for line in head.splitlines() if " " in line)
    return article(path.stem, text.strip(), **header)


def article(name: str, text: str, **header: str) -> Article:
    """Return an article; the header's date may be a day, a month or a year."""
    day = header.get("date", "")
    precision = {4: "year", 7: "month", 10: "day"}.get(len(day))
    published = date.fromisoformat(f"{day}-01-01"[:10]) if len(day) == 4 else None
    published = published or (date.fromisoformat(f"{day}-01"[:10]) if day else None)
    return Article(
        article_id=hashlib.sha256(name.encode()).hexdigest()[:32],
        text=text,
        published=published,
        published_precision=precision,
        title=header.get("title"),
        url=header.get("url"),
        publisher=header.get("publisher"),
        kind=header.get("kind", "article"),
    )


def annotations(path: Path) -> list[dict[str, Any]]:
    found = ANNOTATIONS / f"{path.stem}.jsonl"
    return [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines() if line.strip()]


def claims(article: Article, annotated: list[dict[str, Any]]) -> Iterator[Claim]:
    """Yield a claim of each annotation, anchored on its quote."""
    ids: dict[str, str] = {}
    for number, note in enumerate(annotated):
        key = f"{article.article_id}/{number}"
        occurrence = note.get("occurrence", 1)
        ids[f"{note['quote']}#{occurrence}"] = hashlib.sha256(key.encode()).hexdigest()[:32]
    for note in annotated:
        yield _claim(article, note, ids)


def _claim(article: Article, note: dict[str, Any], ids: dict[str, str]) -> Claim:
    start = -1
    for _ in range(note.get("occurrence", 1)):
        start = article.text.index(note["quote"], start + 1)
    first, last = (_day(note.get(name)) for name in ("period_start", "period_end"))
    converted = note.get("converts")
    if converted:
        converted = ids[converted if "#" in converted else f"{converted}#1"]
    given = {name: note.get(name) for name in ("product", "coverage", "adjustment", "growth_currency", "basis")}
    return Claim(
        claim_id=ids[f"{note['quote']}#{note.get('occurrence', 1)}"],
        article_id=article.article_id,
        measure=note["measure"],
        flow=note["flow"],
        reporter=note["reporter"],
        partner=note.get("partner"),
        **given,
        value=float(note["value"]),
        value_high=note.get("value_high"),
        unit=note["unit"],
        qualifier=note.get("qualifier", "exact"),
        record=bool(note.get("record")),
        period_start=first,
        period_end=last,
        freq=note.get("freq") or frequency(first, last),
        status=note.get("status", "actual"),
        according_to=note.get("according_to"),
        converts=converted,
        flags=(),
        inferred=tuple(note.get("inferred", ())),
        url=article.url,
        publisher=article.publisher,
        title=article.title,
        published=article.published,
        published_precision=article.published_precision,
        language=article.language,
        kind=article.kind,
        sentence=sentence(article.text, start),
        quote=note["quote"],
        start=start,
        end=start + len(note["quote"]),
        rule="annotated",
        first_seen=None,
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def sentence(text: str, at: int) -> str:
    """Return the sentence around an offset, roughly: up to a full stop and a space."""
    left = max((text.rfind(stop, 0, at) + 2 for stop in (". ", "! ", ".\n") if stop in text[:at]), default=0)
    right = min((text.find(stop, at) + 1 for stop in (". ", "! ", ".\n") if stop in text[at:]), default=len(text))
    return text[left:right].strip()


def frequency(first: date | None, last: date | None) -> str | None:
    """Return the frequency of a period by its length."""
    if first is None or last is None:
        return None
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return "other"
    if months == 12:
        return "A" if first.month == 1 else "AF"
    if months == 3 and first.month % 3 == 1:
        return "Q"
    if months == 6 and first.month in (1, 7):
        return "H"
    return "M" if months == 1 else "YTD" if first.month == 1 and first.year == last.year else "other"
