"""Every brief of the sample is read as the figures it was written from say."""

import json
from pathlib import Path
from typing import Any

import pytest

from etl.articles import read
from etl.extraction import extract
from etl.findings import Document
from etl.model import Article, Claim

ROOT = Path(__file__).parents[1]
BRIEFS = {path.stem: path for path in sorted((ROOT / "data" / "sample").glob("*.txt"))}
EXPECTED = {path.stem: path for path in sorted((ROOT / "tests" / "sample").glob("*.jsonl"))}
NOT_GIVEN = {
    "partner": None,
    "value_high": None,
    "qualifier": "exact",
    "status": "actual",
    "period_start": None,
    "period_end": None,
}


def test_every_brief_has_its_claims_and_the_other_way_round() -> None:
    assert len(BRIEFS) >= 100
    assert sorted(BRIEFS) == sorted(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_brief_is_read_as_written(name: str) -> None:
    article = _article(name)
    claims = extract(article)
    expected = [json.loads(line) for line in EXPECTED[name].read_text(encoding="utf-8").splitlines()]
    assert [_fields(claim) for claim in claims] == [_expected(fields) for fields in expected]
    assert article.kind == "brief"
    assert all(article.text[claim.start : claim.end] == claim.quote for claim in claims)


def test_conversions_in_the_sample_are_linked() -> None:
    linked, stated = 0, 0
    for name, path in EXPECTED.items():
        claims = extract(_article(name))
        quotes = {claim.claim_id: claim.quote for claim in claims}
        for fields in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if fields.get("converts"):
                stated += 1
                linked += any(
                    claim.quote == fields["quote"]
                    and quotes.get(claim.converts or "") == fields["converts"].split("#")[0]
                    for claim in claims
                )
    assert linked == stated > 0


def _article(name: str) -> Article:
    (article,) = read(Document("sample", f"{name}.txt", BRIEFS[name].read_bytes()))
    assert isinstance(article, Article)
    return article


def _fields(claim: Claim) -> dict[str, Any]:
    parties = [claim.reporter, claim.partner]
    return {
        "quote": claim.quote,
        "measure": claim.measure,
        "flow": claim.flow,
        "parties": sorted(map(str, parties)) if claim.flow == "trade" else parties,
        "value": pytest.approx(claim.value, rel=1e-4),
        "value_high": claim.value_high,
        "unit": claim.unit,
        "qualifier": claim.qualifier,
        "status": claim.status,
        "period": _period(claim.period_start, claim.period_end),
    }


def _expected(fields: dict[str, Any]) -> dict[str, Any]:
    given = NOT_GIVEN | fields
    parties = [given["reporter"], given["partner"]]
    kept = ("quote", "measure", "flow", "value", "value_high", "unit", "qualifier", "status")
    return {
        **{name: given[name] for name in kept},
        "parties": sorted(map(str, parties)) if given["flow"] == "trade" else parties,
        "period": _period(given["period_start"], given["period_end"]),
    }


def _period(start: object, end: object) -> str | None:
    return f"{start}/{end}" if start else None
