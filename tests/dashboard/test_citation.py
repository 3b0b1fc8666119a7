"""What a figure and a view are cited by, and how the citation leaves the page."""

import re

import pytest
from playwright.sync_api import expect

from tests.dashboard.conftest import barriers, serving
from tests.dashboard.test_browser import PAIR, PHONE, visit
from tests.dashboard.world import article, edition, fill

TEXT = "China's trade with Russia came to $240.1 billion in 2023."
NOTE = {"quote": "$240.1 billion", "measure": "level", "flow": "trade", "reporter": "CHN", "partner": "RUS"}
NOTE |= {"value": 240.1e9, "unit": "USD", "period_start": "2023-01-01", "period_end": "2023-12-31"}
NOTE |= {"according_to": "China's customs"}
FIGURE = "Trade of China and Russia, 2023: $240.1 bn."


@pytest.fixture(scope="module")
def stated(tmp_path_factory):
    """Two articles and a brief that state one figure, and one that states another."""
    path = tmp_path_factory.mktemp("cited") / "cited.db"
    header = {"date": "2024-01-12", "publisher": "The Gazette", "url": "https://example.org/a"}
    other = NOTE | {"quote": "$240.6 billion", "value": 240.6e9}
    editions = [
        edition(article("one", TEXT, **header), [NOTE]),
        edition(article("two", TEXT, **header | {"date": "2024-01"}), [NOTE]),
        edition(article("brief", TEXT, kind="brief", **header), [NOTE]),
        edition(article("other", TEXT.replace("240.1", "240.6"), **header), [other]),
    ]
    fill(path, editions)
    with serving(path) as address:
        yield address, [edition.claims[0].claim_id for edition in editions]


CITATIONS = {
    0: f"{FIGURE} “{TEXT}” The Gazette, 12 Jan 2024. https://example.org/a",
    1: f"{FIGURE} “{TEXT}” The Gazette, Jan 2024. https://example.org/a",
    2: f"{FIGURE} Summary of figures reported by The Gazette, 12 Jan 2024: {TEXT} https://example.org/a",
}


@pytest.mark.parametrize("number", CITATIONS)
def test_a_citation_is_copied_and_that_is_said(watch, stated, number):
    address, claims = stated
    page = watch(permissions=["clipboard-read", "clipboard-write"])
    visit(page, f"{address}{PAIR}&claim={claims[number]}")
    page.locator("#source").get_by_role("button", name="Copy citation").click()
    expect(page.locator("#live")).to_have_text("Citation copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("\u00a0", " ") == CITATIONS[number]


def test_where_the_clipboard_is_closed_the_citation_is_selected(watch, stated):
    address, claims = stated
    page = watch()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    visit(page, f"{address}{PAIR}&claim={claims[0]}")
    page.locator("#source").get_by_role("button", name="Copy citation").click()
    expect(page.locator("#live")).to_contain_text("The citation is selected")
    assert page.evaluate("String(getSelection())").replace("\u00a0", " ").strip() == CITATIONS[0]


def test_same_and_other_figures_are_told_apart_and_who_stands_behind_them(watch, stated):
    address, claims = stated
    page = watch()
    visit(page, f"{address}{PAIR}&claim={claims[0]}")
    source = page.locator("#source")
    expect(source.locator("h3")).to_have_text(
        [re.compile("Same figure in 2.other articles"), "Another figure for the same flow and period"]
    )
    expect(source.locator(".rest-on")).to_have_text(re.compile("3.articles, 1 credited source: China's customs"))


@pytest.mark.parametrize("settings", [{}, PHONE], ids=["wide", "phone"])
def test_a_view_has_a_permanent_address(watch, stated, settings):
    address, _ = stated
    page = watch(**settings)
    visit(page, f"{address}{PAIR}&flow=trade")
    link = page.get_by_role("link", name="Permanent address of this view")
    cited = page.locator("main > .cited .citation").text_content()
    assert cited.endswith(f"{address}{link.get_attribute('href')}")
    link.click()
    expect(page).to_have_url(re.compile(r"flow=trade.*known=\d{4}-\d\d-\d\d$"))
    expect(page.locator("main .heading").first).to_contain_text("As known on")
    assert barriers(page) == ""
