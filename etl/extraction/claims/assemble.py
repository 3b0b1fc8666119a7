"""Drafts -> claims, with their ids and their provenance."""

import hashlib
from collections import Counter

from etl.extraction.claims import terms
from etl.extraction.claims.credit import credited
from etl.extraction.claims.drafts import Draft
from etl.extraction.claims.line import Line
from etl.model import Article, Claim


def claims(article: Article, lines: list[Line], made: list[Draft]) -> list[Claim]:
    """Return the finished claims of an article."""
    credit = credited(lines, {draft.line for draft in made})
    seen: Counter[tuple[str, str]] = Counter()
    ids: dict[tuple[int, int], str] = {}
    done: list[Claim] = []
    for draft in made:
        sentence = lines[draft.line].sentence.text
        key = (sentence, draft.quantity.quote)
        seen[key] += 1
        ids[draft.line, draft.at] = _claim_id(article.article_id, *key, seen[key])
        done.append(_claim(article, lines[draft.line], draft, ids, credit[draft.line]))
    return done


def _claim_id(article_id: str, sentence: str, quote: str, occurrence: int) -> str:
    printed = "\x1f".join((article_id, sentence, quote, str(occurrence)))
    return hashlib.sha256(printed.encode()).hexdigest()[:32]


def _claim(article: Article, line: Line, draft: Draft, ids: dict[tuple[int, int], str], credit: str | None) -> Claim:
    quantity, frame, period = draft.quantity, draft.frame, draft.when.period
    sign = _sign(draft)
    origin = draft.converts
    return Claim(
        claim_id=ids[draft.line, draft.at],
        article_id=article.article_id,
        measure=draft.reading.measure,
        flow=frame.flow,
        reporter=frame.reporter,
        partner=frame.partner,
        product=frame.product,
        coverage=frame.coverage,
        adjustment=terms.adjustment(line, draft.at),
        value=sign * quantity.value,
        value_high=None if quantity.value_high is None else sign * quantity.value_high,
        unit=quantity.unit or "",
        growth_currency=_growth_currency(line, draft),
        qualifier=quantity.qualifier,
        record=draft.record,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        freq=period.freq if period else None,
        basis=draft.basis,
        status=draft.status,
        according_to=credit,
        converts=ids[origin.line, origin.at] if origin else None,
        flags=(),
        inferred=tuple(sorted(set(draft.inferred))),
        url=article.url,
        publisher=article.publisher,
        title=article.title,
        published=article.published,
        published_precision=article.published_precision,
        language=article.language,
        kind=article.kind,
        sentence=line.sentence.text,
        quote=quantity.quote,
        start=quantity.start,
        end=quantity.end,
        rule=draft.rule,
        first_seen=None,
    )


def _growth_currency(line: Line, draft: Draft) -> str | None:
    if draft.reading.measure != "growth":
        return None
    return terms.growth_currency(line, draft.at, draft.frame.reporter)


def _sign(draft: Draft) -> int:
    """Return -1 for the level of a deficit, and for a growth or change that goes down."""
    if draft.reading.measure == "level":
        return draft.frame.sign
    if draft.reading.measure == "share" or draft.quantity.value < 0:
        return 1
    return draft.reading.direction or 1
