"""A pasted text, read and set beside what articles state; sent as a browser without scripts sends it."""

import re

import pytest

from etl import articles
from etl.findings import Document
from etl.model import Article
from etl.store import Store
from tests.dashboard.test_pages import Reader

TEXT = (
    "Trade between China and Russia hit a record of 245 billion dollars in 2024. "
    "China's imports from Russia came to 119 billion dollars in 2024. "
    "Both sides aim at trade of 300 billion dollars by 2030."
)


def check(client, address="/check", **given) -> tuple[int, str]:
    answer = client.post(address, data={"text": TEXT, "date": "2025-01-20"} | given)
    return answer.status_code, answer.get_data(as_text=True)


def words(page: str) -> str:
    return Reader(page).text.replace("\u00a0", " ")


def test_each_claim_stands_beside_what_is_held(client):
    status, page = check(client)
    said = words(page)
    assert status == 200
    assert "3 claims: 1 agrees, 1 differs, 1 not held" in said
    assert "$129.32 bn" in said
    assert "the text is 8 % below" in said
    assert "within rounding" in said
    assert "no article here states a target for 2030" in said
    assert "Trade of China and Russia" in said
    links = [link for link in Reader(page).all("a") if link.get("target") == "_blank"]
    assert links
    assert all(link["rel"] == "noopener noreferrer" for link in links)


def test_figures_of_the_text_are_marked_and_lead_to_their_claims(client):
    page = Reader(check(client)[1])
    assert {link.get("href") for link in page.all("a") if link.get("class") == "claim"} == {
        "#claim-1",
        "#claim-2",
        "#claim-3",
    }
    assert {"claim-1", "claim-2", "claim-3"} <= {row.get("id") for row in page.all("tr")}
    assert "cue" in page.text
    assert "rule" in page.text


def test_relative_times_count_from_the_date(client):
    text = "China's imports from Russia came to 129.32 billion dollars last year."
    assert "the same figure" in words(check(client, text=text)[1])
    undated = words(check(client, text=text, date="")[1])
    assert "leaves open which period" in undated


def test_nothing_is_stored(client, database):
    before = Store.open(database).summary()
    check(client)
    assert Store.open(database).summary() == before


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": ""}, "There is no text"),
        ({"text": "x" * 50_001}, "The text has 50,001 characters; 50,000 at most"),
        ({"date": "last week"}, "The date 'last week' is not"),
        ({"url": "javascript:alert(1)"}, "is not an http or https address"),
        ({"title": "x" * 501}, "The title is longer"),
        ({"text": "a\0b"}, "NUL character"),
    ],
)
def test_what_cannot_be_read_is_said_and_the_form_is_kept(client, given, said):
    status, page = check(client, **given)
    assert status == 400
    assert said in words(page)
    assert page.count("<h1") == 1
    if len(given.get("text", "")) < 100 and "text" not in given:
        assert TEXT in words(page)


def test_fifty_thousand_characters_of_any_script_are_read(client):
    assert check(client, text=("俄" * 49_999) + "5")[0] == 200
    status, page = check(client, text="俄" * 400_000)
    assert status == 413
    assert "50,000 characters at most" in page


def test_a_text_of_nothing_but_numbers_is_answered(client):
    assert check(client, text="trade 5% " * 5_000)[0] == 200


def test_a_text_without_a_claim_says_so(client):
    assert "No claim" in words(check(client, text="He is 7 years old.")[1])


def test_text_is_never_markup(client):
    page = check(client, text="<script>alert(1)</script><img src=x> Exports of {%scripts%} rose 5%.", title="<b>x</b>")[
        1
    ]
    found = Reader(page)
    assert not found.all("img")
    assert "{%scripts%}" in found.text
    assert len(re.findall("<script", page)) == 3


def test_the_answer_is_as_guarded_as_every_page(client):
    policy = client.post("/check", data={"text": TEXT}).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


@pytest.mark.parametrize("text", [TEXT, "date 2011 was a year\nof Trade: 5%", "---\ndate 2019\n---\nExports rose 5%."])
def test_the_saved_file_is_an_article_file(client, text):
    header = {"date": "2025-01", "title": "A  title", "url": "https://example.org/a?b=1", "publisher": "The Paper"}
    answer = client.post("/check/article", data={"text": text.replace("\n", "\r\n")} | header)
    assert re.search(r'attachment; filename="2025-01-[0-9a-f]{8}\.txt"', answer.headers["Content-Disposition"])
    (read,) = articles.read(Document("mine", "a.txt", answer.data))
    assert isinstance(read, Article)
    assert (read.text, read.published_precision, read.title) == (text, "month", "A title")
    assert (read.url, read.publisher) == (header["url"], header["publisher"])


def test_a_file_without_a_date_is_refused(client):
    status, page = check(client, "/check/article", date="")
    assert status == 400
    assert "An article file needs a date" in page
