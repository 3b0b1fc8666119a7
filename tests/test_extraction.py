"""What the extractor promises of any text: exact quotes, linked conversions, nothing where no trade is."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from etl.extraction import extract, mentions
from etl.model import Article, Claim

SEED_FAMILY = tomllib.loads((Path(__file__).parent / "data" / "seed_family.toml").read_text(encoding="utf-8"))["texts"]

NO_TRADE = [
    "Shares of Setia Exports fell 9% to 289.50 rupees in early trade.",
    "The budget deficit widened to $94.8 billion in January, the Treasury said.",
    "A tariff of 25% on imports of steel takes effect on Monday.",
    "The company said it had bought its rival for $2.2 billion; its sales rose 12%.",
    "Freight rates for shipments of oil rose by 25% in February.",
    "The economy grew 3.2% in 2023, and exports were strong.",
    "Exports of coffee came to 86,288 tons, up 4 per cent.",
]

ODD_TEXTS = [
    "",
    "Exports rose 5%.",
    "China’s exports rose 5\u00a0% to US$\u00a03.4\u202ftrillion in 2023.",
    "Tu\u0308rkiye's exports fell 3 per\ncent to 21.5 billion\ndollars in May.",
    "Exports " + "of goods " * 3000 + "rose 5% to $6bn.",
    "$" * 5000 + "5 billion exports " + "(" * 5000,
    "exports 1 " * 5000,
    "Exports rose 9" + "9" * 400 + "% to $1,2,3,4,5.6.7 bn in 2023, 0/0/0.",
]


def _read(text: str) -> list[Claim]:
    return extract(Article("article", text, date(2024, 2, 9), "day"))


@pytest.mark.parametrize("text", SEED_FAMILY)
def test_a_level_its_conversion_and_its_growth_are_read_in_any_words(text: str) -> None:
    claims = {(claim.measure, claim.unit): claim for claim in _read(text)}
    dollars, euros, growth = (claims.pop(key) for key in (("level", "USD"), ("level", "EUR"), ("growth", "%")))
    assert not claims
    assert (dollars.value, dollars.qualifier, dollars.record, dollars.converts) == (240e9, "at_least", True, None)
    assert (euros.value, euros.qualifier, euros.record, euros.converts) == (219e9, "about", True, dollars.claim_id)
    assert (growth.value, growth.qualifier, growth.basis) == (26.3, "exact", "yoy")
    for claim in (dollars, euros, growth):
        assert (claim.flow, {claim.reporter, claim.partner}, claim.status) == ("trade", {"CHN", "RUS"}, "actual")
        assert (claim.period_start, claim.period_end) == (date(2023, 1, 1), date(2023, 12, 31))
        assert text[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize("text", NO_TRADE)
def test_what_is_no_trade_figure_gives_no_claim(text: str) -> None:
    assert _read(text) == []


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_quotes_are_exact_in_odd_texts(text: str) -> None:
    assert all(text[claim.start : claim.end] == claim.quote for claim in _read(text))
    article = Article("article", text, date(2024, 2, 9), "day")
    assert all(text[mention.start : mention.end] == mention.quote for mention in mentions(article))


def test_ids_stay_when_a_paragraph_is_put_before() -> None:
    text = "China's exports to Russia rose 47% to $111bn in 2023."
    moved = "Something else happened.\n\n" + text
    assert [claim.claim_id for claim in _read(text)] == [claim.claim_id for claim in _read(moved)]


def test_a_figure_printed_twice_gives_two_ids() -> None:
    ids = [claim.claim_id for claim in _read("Chile's exports rose 5% in May and its imports rose 5% too.")]
    assert len(ids) == len(set(ids)) == 2


def test_without_a_date_only_printed_years_are_resolved() -> None:
    text = "Chile's exports rose 5% last year. They had fallen 3% in 2019."
    claims = extract(Article("article", text))
    assert [(claim.value, claim.period_start) for claim in claims] == [(5, None), (-3, date(2019, 1, 1))]


def test_what_came_from_the_context_is_said() -> None:
    text = "China's trade with Chile grew in 2023.\n\nExports rose 5% to $20bn, China's customs said."
    growth, level = _read(text)
    assert {growth.reporter, growth.partner} == {"CHN", "CHL"}
    assert "partner" in growth.inferred
    assert level.rule.count(";") == 2
