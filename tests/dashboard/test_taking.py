"""Charts as pictures: the file that arrives, and the words that it carries."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.dashboard.test_browser import PAIR, visit, visit_pair

PICTURES = [
    (PAIR, "levels", "china-russia-levels", ("China – Russia", "Levels over time", "Billion US dollars", "at least")),
    (PAIR, "growth", "china-russia-growth", ("China – Russia", "Growth over time", "Per cent", "about")),
    ("/country?reporter=CHN", "levels", "china-levels", ("China", "Levels over time", "US dollars", "exact")),
    (
        "/conversions?base=EUR&quote=USD",
        "conversions",
        "conversions-between-euros-and-us-dollars",
        ("Conversions between euros and US dollars", "US dollars per euro", "what rounding leaves open"),
    ),
]


def taken(page, chart, form) -> tuple[str, bytes]:
    """Return the name and the content of the picture that a button saves."""
    card = page.locator("section.card", has=page.locator(f"[data-chart={chart}]"))
    with page.expect_download() as download:
        card.get_by_role("button", name=form).press("Enter")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("address", "chart", "name", "words"), PICTURES)
def test_a_chart_is_taken_away_with_what_it_needs_to_be_read(watch, server, address, chart, name, words, scheme):
    page = watch(color_scheme=scheme)
    visit(page, server + address)
    page.locator(f"[data-chart={chart}] .annotation-text").first.wait_for()
    saved, svg = taken(page, chart, "SVG")
    assert re.fullmatch(rf"{name}-\d{{4}}(-\d\d){{0,2}}\.svg", saved)
    text = re.sub(r"<[^>]*>", "", svg.decode()).replace("\u00a0", " ")
    assert re.search(r"As reported by \d+ articles; not official statistics\. Newest article: .*\d{4}\.", text)
    assert [word for word in words if word not in text] == []
    assert "#FFFFFF" in svg.decode().upper() or "rgb(255, 255, 255)" in svg.decode()
    saved, png = taken(page, chart, "PNG")
    assert png.startswith(b"\x89PNG")
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    assert width == 2000
    assert 800 < height < 2000


def test_the_buttons_are_large_enough_for_a_finger(watch, server):
    page = watch()
    visit(page, server + PAIR)
    for button in page.locator(".take button").all():
        box = button.bounding_box()
        assert box["width"] >= 24
        assert box["height"] >= 24


def test_paper_has_charts_source_and_table_in_light_colours_and_no_controls(watch, server):
    page = watch(color_scheme="dark", viewport={"width": 1600, "height": 900})
    visit_pair(page, server)
    line = page.locator("[data-chart=levels] .scatterlayer path.js-line").first
    expect(line).to_have_css("stroke", "rgb(125, 178, 255)")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(line).to_have_css("stroke", "rgb(31, 95, 168)")
    expect(page.locator("h1")).to_have_css("color", "rgb(27, 36, 48)")
    for shown in ("#levels-caption", "[data-chart=growth] .bars path", "#source mark.chosen", "table.claims thead"):
        expect(page.locator(shown).first).to_be_visible()
    for control in ("header nav", ".controls", ".take", ".downloads", "#source .buttons", ".search"):
        expect(page.locator(control).first).to_be_hidden()
    assert page.locator(".plot .main-svg").first.bounding_box()["width"] <= 690
    page.emulate_media(media="screen")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    expect(line).to_have_css("stroke", "rgb(125, 178, 255)")
    assert page.locator(".plot .main-svg").first.bounding_box()["width"] > 690
    assert page.pdf().startswith(b"%PDF")
