"""The language files: each example is read as it says, and every meaning of every section stands in an example."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from etl.extraction import extract
from etl.extraction.sentences import split
from etl.language import FOLDER, area_codes, area_name, known, load
from etl.lexicon import tokenise
from etl.model import Article

EXAMPLES = [(code, number) for code in known() for number in range(len(load(code).examples))]
NOT_GIVEN: dict[str, Any] = {
    "partner": None,
    "value_high": None,
    "qualifier": "exact",
    "status": "actual",
    "record": False,
    "basis": None,
}


# What an example need not tell of its claims; where one of them does, all do.
MAY_BE_GIVEN = ("product", "coverage", "adjustment", "according_to")


@pytest.mark.parametrize(("code", "number"), EXAMPLES)
def test_an_example_is_read_as_it_says(code: str, number: int) -> None:
    example = load(code).examples[number]
    article = Article("example", example["text"], example["date"], "day", language=code)
    claims = extract(article)
    quotes = {claim.claim_id: claim.quote for claim in claims}
    said = {name for claim in example["claims"] for name in MAY_BE_GIVEN if name in claim}
    read = [
        {
            **{name: getattr(claim, name) for name in said},
            **{name: getattr(claim, name) for name in ("quote", "measure", "flow", "reporter", "unit", *NOT_GIVEN)},
            "value": pytest.approx(claim.value, rel=1e-6),
            "period": f"{claim.period_start}/{claim.period_end}" if claim.period_start else None,
            "converts": quotes.get(claim.converts or ""),
        }
        for claim in claims
    ]
    usual = {**NOT_GIVEN, **dict.fromkeys(said), "period": None, "converts": None}
    assert read == [{**usual, **expected} for expected in example["claims"]]


def _phrases(code: str) -> Iterator[tuple[str, str, str]]:
    data = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    cues = data.pop("cues")
    sections = {
        **{name: data[name] for name in data if name not in ("example", "abbreviations", "epithets", "names")},
        **cues,
    }
    for section, meanings in sections.items():
        for meaning, phrases in meanings.items():
            yield from ((section, meaning, phrase) for phrase in phrases)


@pytest.mark.parametrize("code", known())
def test_every_phrase_is_found_where_it_is_written(code: str) -> None:
    lexicon = load(code).lexicon
    lost = []
    for section, meaning, phrase in _phrases(code):
        found = lexicon.scan(tokenise(phrase.replace("*", "")))
        if not any(
            one == section and meaning in (other, *other.split()) and first == 0
            for first, _, said in found
            for one, other in said
        ):
            lost.append((section, meaning, phrase))
    assert lost == []


@pytest.mark.parametrize("code", known())
def test_no_phrase_is_listed_twice_under_one_meaning(code: str) -> None:
    seen = list(_phrases(code))
    assert sorted({entry for entry in seen if seen.count(entry) > 1}) == []


def test_areas_have_names() -> None:
    assert [area_name(code) for code in ("CHN", "HKG", "EU", "CAN+MEX", "LATIN AMERICA", "QQQ")] == [
        "China",
        "Hong Kong",
        "European Union",
        "Canada and Mexico",
        "Latin America",
        "QQQ",
    ]
    assert {"CHN", "EU", "EZ", "AFRICA", "WLD"} <= area_codes()


def test_sentences_end_at_full_stops_but_not_at_abbreviations() -> None:
    prose = "The U.S. deficit was $5.1 bn in Jan. 2024, St. Louis said. It had been Rs. 3 crore."
    text = f"{prose}\n\nA heading\n\n- A point: 3%."
    assert [sentence.text for sentence in split(text, load("en"))] == [
        "The U.S. deficit was $5.1 bn in Jan. 2024, St. Louis said.",
        "It had been Rs. 3 crore.",
        "A heading",
        "- A point: 3%.",
    ]
