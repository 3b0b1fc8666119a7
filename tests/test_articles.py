"""Documents become articles, or are refused with a reason that says what to do."""

import tomllib
from dataclasses import asdict
from datetime import date

import pytest

from etl.articles import ArticleError, canonical, from_record, read
from etl.findings import Document, Rejection
from etl.model import Article
from tests.making import ROOT

CASES = tomllib.loads((ROOT / "tests/data/articles.toml").read_text(encoding="utf-8"))["case"]


def read_one(content: str | bytes, address: str = "a.txt", source: str = "s", **changes) -> Article | Rejection:
    content = content.encode() if isinstance(content, str) else content
    (result,) = read(Document(source, address, content, **changes))
    return result


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_file_is_read_as_its_case_says(case):
    result = read_one(case["content"])
    expected = {key: value for key, value in case.items() if key not in ("name", "content", "reason")}
    if "reason" in case:
        assert isinstance(result, Rejection), result
        assert case["reason"] in result.reason
        assert "\n" not in result.reason
    else:
        assert isinstance(result, Article), result
        assert {key: asdict(result)[key] for key in expected} == expected


def test_bytes_that_are_not_utf_8_are_refused_with_their_place():
    result = read_one(b"date 2024\n\nCaf\xe9")
    assert isinstance(result, Rejection)
    assert result.reason == "not UTF-8 (byte 0xe9 at 14): save it as UTF-8"


def test_a_source_gives_what_an_article_leaves_open():
    assert read_one("date 2024\n\nx", language="de", publisher="P").publisher == "P"
    assert read_one("date 2024\n\nx", language="de").language == "de"
    assert read_one("date 2024\nlanguage fr\n\nx", language="de").language == "fr"
    assert read_one("date 2024\n\nx", language="mul").language == "en"


def test_what_is_given_overrules_the_header():
    (article,) = read(Document("s", "a", b"date 2024\ntitle Old\n\nx"), {"title": "New", "date": "2025-01-02"})
    assert (article.title, article.published) == ("New", date(2025, 1, 2))
    (article,) = read(Document("s", "a", b"Prose alone."), {"date": "2025"})
    assert article.text == "Prose alone."


def test_an_article_is_known_by_its_address_wherever_it_lies():
    header = "date 2024\nurl https://example.org/a?id=1\n\n"
    first = read_one(header + "x", "a.txt", "s")
    same = read_one(header.replace("https://example.org/a?", "http://EXAMPLE.org:80/a?utm_source=x&") + "y", "b", "t")
    assert first.article_id == same.article_id
    assert len(first.article_id) == 32
    assert first.article_id != read_one(header.replace("id=1", "id=2") + "x").article_id


def test_an_article_without_an_address_is_known_by_source_and_path():
    ids = {read_one("date 2024\n\nx", path, source).article_id for path in ("a", "b/a") for source in ("s", "t")}
    assert len(ids) == 4
    assert read_one("date 2024\n\nx").article_id == read_one("date 2025\n\ny").article_id


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("http://Example.org", "https://example.org/"),
        ("https://example.org:443/a#part", "https://example.org/a"),
        ("https://example.org/a?fbclid=1&b=2&utm_medium=x", "https://example.org/a?b=2"),
        ("https://example.org:8080/a?b=", "https://example.org:8080/a?b="),
    ],
)
def test_addresses_are_compared_without_what_does_not_matter(address, same):
    assert canonical(address) == same


def test_a_record_keeps_its_id_and_its_text_as_they_are():
    article = from_record(
        {"id": 7, "text": "  Trade\r\ngrew. ", "date": "2024-02", "lang": "de", "url": "", "title": None}
    )
    assert article == Article("7", "  Trade\r\ngrew. ", date(2024, 2, 1), "month", language="de")


def test_a_record_may_lack_its_date_but_not_the_key():
    assert from_record({"id": "1", "text": "x", "date": ""}).published is None
    with pytest.raises(ArticleError, match="has no date"):
        from_record({"id": "1", "text": "x"})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"text": None}, "its text is not a string"),
        ({"text": " "}, "empty"),
        ({"text": "a\0b"}, "NUL"),
        ({"date": "soon"}, "is not YYYY-MM-DD"),
        ({"lang": "English"}, "is not a code"),
        ({"url": "ftp://example.org"}, "not an http or https address"),
    ],
)
def test_a_record_that_cannot_be_used_is_refused(changes, reason):
    with pytest.raises(ArticleError, match=reason):
        from_record({"id": "1", "text": "x", "date": "2024"} | changes)


def test_halves_of_surrogate_pairs_never_reach_the_database():
    assert from_record({"id": "1", "text": "a\ud800b", "date": "2024"}).text == "a b"
