"""The page of an article, over a real database with two versions of it."""

import pytest

from etl.store import Store
from tests.dashboard.conftest import client_of
from tests.dashboard.test_pages import Reader
from tests.dashboard.world import article, edition, fill

NOTE = {
    "quote": "$5 billion",
    "measure": "level",
    "flow": "exports",
    "reporter": "CHN",
    "partner": "RUS",
    "unit": "USD",
}
NOTE |= {"value": 5e9, "period_start": "2023-01-01", "period_end": "2023-12-31"}
HEADER = {"date": "2024-02", "title": "Oil <b>up</b>", "publisher": "The Paper", "url": "https://example.org/a?b=1&c=2"}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    path = tmp_path_factory.mktemp("article") / "article.db"
    for text in ("China sold $5 billion to Russia.", "Oil <i>worth</i> $5 billion went from China to Russia."):
        stored = edition(article("one", text, **HEADER), [NOTE])
        fill(path, [stored])
    return path, stored.article.article_id


def page_of(told, name=None) -> Reader:
    path, article_id = told
    return Reader(client_of(path).get(f"/article/{name or article_id}").get_data(as_text=True))


def test_it_names_the_article_and_links_to_it_and_to_a_copy(told):
    page = page_of(told)
    assert "Oil <b>up</b>" in page.text
    assert "The Paper · Feb 2024, day not known · article" in page.text
    assert not [tag for tag, _ in page.tags if tag in ("i",)]
    away = [link["href"] for link in page.all("a") if link.get("target") == "_blank"]
    assert away == [HEADER["url"], f"https://web.archive.org/web/20240201/{HEADER['url']}"]


def test_each_figure_is_marked_and_leads_to_its_fields(told):
    page = page_of(told)
    (claim,) = Store.open(told[0]).claims()["claim_id"]
    assert [link for link in page.all("a") if link.get("href") == f"#{claim}"]
    assert [part for part in page.all("div") if part.get("id") == claim]
    assert "“Oil <i>worth</i>" in page.text


def test_earlier_versions_are_named(told):
    assert "Version 1: 1\u00a0figure, seen" in page_of(told).text


def test_a_brief_is_called_one(client, database):
    article_id = Store.open(database).claims()["article_id"].iloc[0]
    text = Reader(client.get(f"/article/{article_id}").get_data(as_text=True)).text
    assert "Summary of figures reported by" in text
    assert "in our own words" in text
    assert "“" not in text


@pytest.mark.parametrize("name", ["none", "a/b", "%3Cb%3E", "x" * 3000])
def test_an_unknown_article_is_not_found(told, name):
    answer = client_of(told[0]).get(f"/article/{name}")
    assert answer.status_code == 404
    assert "There is no such article" in answer.get_data(as_text=True)


def test_the_table_and_the_panel_lead_to_it(client):
    for address in ("/claims", "/pair?reporter=CHN&partner=RUS"):
        page = Reader(client.get(address).get_data(as_text=True))
        links = [link["href"] for link in page.all("a") if (link.get("href") or "").startswith("/article/")]
        assert links
        assert client.get(links[0]).status_code == 200
