"""Search: what a typed text finds, as suggestions, on the page of results, and in a browser."""

import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.dashboard.conftest import barriers, client_of
from tests.dashboard.test_browser import PHONE, SHOWN, scrolls_sideways, visit
from tests.dashboard.world import fill

PLACES = {
    "china russia": ("China – Russia", "/pair?reporter=CHN&partner=RUS"),
    "Russia, China": ("China – Russia", "/pair?reporter=CHN&partner=RUS"),
    "Sino-Russian": ("China – Russia", "/pair?reporter=CHN&partner=RUS"),
    "RUS CHN": ("China – Russia", "/pair?reporter=CHN&partner=RUS"),
    "china ru": ("China – Russia", "/pair?reporter=CHN&partner=RUS"),
    "Chinese exports to Germany": ("China – Germany", "/pair?reporter=CHN&partner=DEU&flow=exports"),
    "German exports": ("Germany", "/country?reporter=DEU&flow=exports"),
    "us": ("United States", "/country?reporter=USA"),
    "türk": ("Türkiye", "/country?reporter=TUR"),
    "deu": ("Germany", "/country?reporter=DEU"),
}
FIGURES = {
    "240bn": {"$240 bn", ">\u00a0$240\u00a0bn", "$240.1 bn", "$240.11 bn"},
    "$240.1 billion": {"$240.1 bn", "$240.11 bn"},
    "26.3%": {"+26.3 %"},
    "-26.3 per cent": {"+26.3 %"},
}
OPTION = "#suggestions [role=option]"
HOSTILE = (
    '"',
    "'",
    "*",
    "a AND",
    "NEAR(",
    "(",
    "%",
    "_",
    "\\",
    "\u202e",
    "😀",
    "^x",
    "col:x",
    "-",
    "0 trillion",
    "9" * 200,
)


def suggested(client, text):
    answer = client.get(f"/api/suggest?q={quote(text)}")
    assert answer.status_code == 200
    return {kind["name"]: kind["found"] for kind in json.loads(answer.data)["kinds"]}


@pytest.mark.parametrize(("text", "first"), PLACES.items())
def test_names_adjectives_codes_and_beginnings_find_countries_and_pairs(client, text, first):
    found = suggested(client, text)["Countries and pairs"][0]
    assert (found["text"], found["address"]) == first


@pytest.mark.parametrize(("text", "figures"), FIGURES.items())
def test_a_figure_is_found_within_its_rounding_as_typed(client, text, figures):
    found = {one["text"].replace("\u00a0", " ") for one in suggested(client, text)["Figures"]}
    assert found <= {figure.replace("\u00a0", " ") for figure in figures}


def test_the_nearest_figure_comes_first(client):
    away = [abs(float(one["text"].strip("~<>≈ \u00a0$bn")) - 240) for one in suggested(client, "$240bn")["Figures"]]
    assert away == sorted(away)


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("moscow", "Publishers", "The Moscow Times"),
        ("overall trade def", "Sentences", "overall trade deficit"),
        ("record again", "Articles", "Russia and China break their trade record again"),
    ],
)
def test_publishers_titles_and_words_of_sentences_are_found(client, text, kind, words):
    assert any(words in one["text"] for one in suggested(client, text)[kind])


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_the_search(client, text):
    assert client.get(f"/api/suggest?q={quote(text)}").status_code in (200, 400)
    assert client.get(f"/search?q={quote(text)}").status_code == 200


@pytest.mark.parametrize("asked", ["", "q=", "q=%00", f"q={'x' * 201}", "q=%ff", "&" * 100, "reporter=XXX"])
def test_what_cannot_be_read_is_said(client, asked):
    answer = client.get(f"/api/suggest?{asked}")
    assert answer.status_code in (200, 400)
    assert json.loads(answer.data).get("kinds", []) == []


def test_an_empty_database_finds_nothing_and_says_so(tmp_path):
    fill(tmp_path / "empty.db", [])
    empty = client_of(tmp_path / "empty.db")
    assert suggested(empty, "china 240bn") == {}
    assert "Nothing fits" in empty.get("/search?q=china").get_data(as_text=True)


def test_the_box_is_on_every_page_and_keeps_what_was_asked(client):
    for address in ("/", "/claims", "/check", "/search?q=china+russia", "/nowhere"):
        assert 'action="/search"' in client.get(address).get_data(as_text=True)
    assert 'value="china russia"' in client.get("/search?q=china+russia").get_data(as_text=True)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_enter_opens_the_page_of_results(watch, server, scripts):
    page = watch(java_script_enabled=scripts)
    page.goto(server + "/")
    if scripts:
        expect(page.locator(SHOWN)).to_be_visible()
    page.locator("input[name=q]").fill("$240.1 billion")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search\?q=%24240\.1\+billion"))
    expect(page.locator("main h1")).to_have_text("Search: $240.1 billion")
    expect(page.locator(".found mark.chosen").first).to_contain_text("240.1")
    page.locator(".found").get_by_role("link", name="see chart").first.click()
    expect(page.locator("main h1")).to_have_text("China – Russia")


@pytest.mark.parametrize("settings", [{}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_suggestions_are_walked_by_keys_and_open_a_page(watch, server, settings, scheme):
    page = watch(color_scheme=scheme, **settings)
    visit(page, server + "/")
    box = page.locator("#search")
    box.press_sequentially("china ru")
    expect(page.locator(OPTION).first).to_contain_text("China – Russia")
    expect(page.locator("#live")).to_contain_text("suggestions")
    box.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text("China – Russia")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id") or "")
    assert barriers(page) == ""
    assert not scrolls_sideways(page)
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("china ru")
    box.press("a")
    box.press("Backspace")
    expect(page.locator(OPTION).first).to_contain_text("China – Russia")
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator(SHOWN)).to_have_text("China – Russia")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_suggestion_opens_by_a_click(watch, server):
    page = watch()
    visit(page, server + "/claims")
    page.locator("#search").fill("26.3%")
    page.locator(OPTION).first.click()
    expect(page.locator("#source mark.chosen")).to_contain_text("26.3")


def test_that_nothing_fits_is_said_where_suggestions_would_be(watch, server):
    page = watch()
    visit(page, server + "/")
    page.locator("#search").fill("xyzzy")
    expect(page.get_by_role("listbox")).to_have_text("No match")
    expect(page.locator("#live")).to_have_text("No suggestions.")
    assert barriers(page) == ""
    page.locator("#search").fill("")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_late_answer_never_replaces_a_newer_one(watch, server):
    page = watch()
    late = []
    page.route("**/api/suggest?q=russia", lambda route: late.append(route))
    visit(page, server + "/")
    with page.expect_request("**/api/suggest?q=russia"):
        page.locator("#search").fill("russia")
    page.locator("#search").fill("japan")
    expect(page.locator(OPTION).first).to_contain_text("Japan")
    late[0].continue_()
    page.locator("#search").press("ArrowDown")
    expect(page.locator(OPTION).first).to_contain_text("Japan")
