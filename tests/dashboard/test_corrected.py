"""What the pages show of figures that were corrected or hidden, of copies, and of what a refresh brought."""

import pytest
from playwright.sync_api import expect

from etl.store import Store
from tests.dashboard.conftest import barriers, client_of, serving
from tests.dashboard.test_browser import visit
from tests.dashboard.test_pages import read
from tests.making import article_file, etl_here, sources_file

TRADE = "Trade between China and Russia rose 26.3% to $24 billion in 2023. "
LONG = TRADE + "The customs office of China said so in Beijing on Friday when it gave out its figures. " * 4
PAIR = "/pair?reporter=CHN&partner=RUS"
MARKUP = "<b>It says</b> $240 bn."


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """A database with a corrected level, a hidden growth and a copy; its path, and the ids of article and figures."""
    folder = tmp_path_factory.mktemp("corrected")
    for name in ("The Paper", "The Gazette"):
        article_file(folder / "news", f"{name}.txt", LONG, publisher=name, url=f"https://example.org/{name[4:]}")
    common = ("--database", folder / "trade.db")
    assert etl_here("refresh", "--sources", sources_file(folder, news=folder / "news"), *common).returncode == 0
    ids = Store.open(folder / "trade.db").claims().set_index("quote")["claim_id"]
    for quote, *changes, why in (
        ("$24 billion", "value=240e9", "according_to=Customs", MARKUP),
        ("26.3%", "hide", "A joke."),
    ):
        correct = ("correct", ids[quote], *changes, "--why", why, "--file", folder / "corrections.toml", *common)
        assert etl_here(*correct).returncode == 0
    article_id = Store.open(folder / "trade.db").claims()["article_id"].item()
    return folder / "trade.db", article_id, ids


def test_the_panel_shows_what_was_extracted_and_why_it_was_corrected(told):
    path, _, ids = told
    level = ids["$24 billion"]
    text = read(client_of(path), f"{PAIR}&claim={level}").text
    assert "$240\u00a0bn" in text
    assert f"Corrected by hand: extraction read $24\u00a0bn; according to: none. Why: {MARKUP}" in text


def test_the_panel_says_that_a_figure_is_hidden(told):
    path, _, ids = told
    assert "hidden by hand. Why: A joke." in read(client_of(path), f"{PAIR}&claim={ids['26.3%']}").text
    assert "no longer in the database" in read(client_of(path), f"{PAIR}&claim=none").text


def test_the_article_shows_what_is_corrected_what_is_hidden_and_where_else_it_stands(told):
    path, article_id, _ = told
    page = read(client_of(path), f"/article/{article_id}")
    assert f"extraction read $24\u00a0bn; according to: none. Why: {MARKUP}" in page.text
    assert "Hidden figures" in page.text
    assert f"+26.3\u00a0% Growth of trade of China and Russia, 2023. “{TRADE.strip()}” Why: A joke." in page.text
    assert "Also at" in page.text
    copies = [link for link in page.all("a") if link.get("target") == "_blank"]
    assert "https://example.org/Paper" in {link["href"] for link in copies}
    assert "The Paper" in page.text
    assert "9 Feb 2024" in page.text


def test_files_have_the_corrected_value_and_the_flag(told):
    client = client_of(told[0])
    (row,) = client.get("/api/claims.json?flags=corrected").json["claims"]
    assert (row["value"], row["according_to"], row["flags"]) == (240e9, "Customs", "corrected")
    assert "240000000000" in client.get("/api/claims.csv").get_data(as_text=True)


def test_the_data_page_leads_to_what_the_last_refresh_brought(told):
    client = client_of(told[0])
    page = read(client, "/data")
    links = [link["href"] for link in page.all("a") if "new=refresh" in (link.get("href") or "")]
    assert links == ["/claims?reporter=CHN&partner=RUS&new=refresh", "/claims?new=refresh"]
    assert "New in the last refresh" in page.text
    assert "1\u00a0figure," in read(client, links[0]).text


def test_in_a_browser_a_corrected_mark_tells_so_and_raises_no_barrier(watch, told):
    path, article_id, ids = told
    page = watch()
    with serving(path) as address:
        visit(page, f"{address}{PAIR}&claim={ids['$24 billion']}")
        expect(page.locator("#source .corrected")).to_contain_text("extraction read $24")
        expect(page.locator("#source .figure")).to_have_text("$240\u00a0bn")
        assert barriers(page, "#source") == ""
        visit(page, f"{address}/article/{article_id}")
        page.locator(".figure-of a").first.hover()
        expect(page.locator(".told .corrected")).to_be_visible()
        expect(page.get_by_text("Hidden figures")).to_be_visible()
        assert barriers(page) == ""
        page.context.close()
