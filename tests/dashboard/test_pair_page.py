"""Walks over the pair page in a real Chromium: implied growth, the filters behind its controls, a day in the past."""

import re

import pytest
from playwright.sync_api import expect

from tests.dashboard.conftest import barriers
from tests.dashboard.test_browser import PAIR, PHONE, SHOWN, scrolls_sideways, visit, visit_pair

IMPLIED = (
    "document.querySelector('[data-chart=growth] .js-plotly-plot').data.filter(trace => trace.meta === 'marks')"
    ".flatMap(trace => trace.customdata).map(carried => carried[0]).find(name => name.includes('~'))"
)


def test_an_implied_growth_leads_to_the_two_levels_that_it_follows_from(watch, server):
    page = watch()
    visit_pair(page, server)
    page.locator("[data-chart=growth]").focus()
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    name = page.evaluate(IMPLIED)
    later, earlier = name.split("~")
    visit(page, f"{server}{PAIR}&claim={name}")
    source = page.locator("#source")
    expect(source.locator(".chip")).to_have_text("implied")
    expect(source.locator(".figure")).to_have_text(re.compile("^≈.[+−]"))
    expect(source.locator("mark.chosen")).to_have_count(2)
    links = source.locator(".implied a")
    assert [link.get_attribute("data-claim") for link in links.all()] == [later, earlier]
    assert barriers(page) == ""
    level = links.first.inner_text().split("\u00a0in ")[0].split(" in ")[0]
    links.first.click()
    expect(source.locator(".figure")).to_have_text(level)
    expect(page).to_have_url(re.compile(f"claim={later}$"))


def test_a_click_on_a_thin_dash_opens_what_it_follows_from(watch, server):
    page = watch()
    visit_pair(page, server)
    chart = page.locator("[data-chart=growth]")
    chart.scroll_into_view_if_needed()
    mark = chart.locator(".scatterlayer .points path").first
    box = mark.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#source .chip")).to_have_text("implied")
    expect(page).to_have_url(re.compile("claim=[0-9a-f]+(~|%7E)[0-9a-f]+"))


@pytest.mark.parametrize("settings", [{}, PHONE, {"java_script_enabled": False}], ids=["wide", "phone", "no scripts"])
def test_rarer_filters_stand_behind_a_button_and_in_the_address(watch, server, settings):
    page = watch(**settings)
    page.goto(f"{server}{PAIR}&flow=trade")
    expect(page.locator("h1").last).to_have_text("China – Russia")
    if "java_script_enabled" not in settings:
        visit(page, f"{server}{PAIR}&flow=trade")
    page.get_by_text("More filters").click()
    assert not scrolls_sideways(page)
    if "java_script_enabled" not in settings:
        assert barriers(page) == ""
    page.get_by_label("Periods from").fill("2020")
    page.get_by_label("As known on").fill("2024-02-09")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("flow=trade"))
    expect(page).to_have_url(re.compile("since=2020"))
    expect(page.locator("main .heading p").first).to_contain_text("As known on 9 Feb 2024")
    in_force = page.get_by_role("list", name="Filters in force")
    expect(in_force.get_by_role("listitem")).to_have_count(3)
    expect(page.locator("#levels-caption")).not_to_contain_text("2024")
    in_force.get_by_role("link", name="Remove all").click()
    expect(page).to_have_url(re.compile(r"\?reporter=CHN&partner=RUS&flow=trade$"))


def test_a_publisher_is_chosen_from_those_that_there_are(watch, server):
    page = watch()
    visit_pair(page, server)
    page.get_by_text("More filters").click()
    page.get_by_label("Publisher", exact=True).select_option("RIA Novosti")
    expect(page).to_have_url(re.compile("publisher=RIA"))
    publishers = page.locator("table.claims td[data-label=Publisher]")
    expect(publishers.first).to_contain_text("RIA Novosti")
    assert all("RIA Novosti" in cell for cell in publishers.all_inner_texts())
    page.get_by_text("More filters").click()
    expect(page.get_by_label("Publisher", exact=True).locator("option", has_text="bne IntelliNews")).to_have_count(1)


def test_shares_have_a_chart_that_opens_sentences(watch, server):
    page = watch()
    visit(page, f"{server}/pair?reporter=BRA&partner=CHN")
    chart = page.locator("[data-chart=shares]")
    expect(chart.locator(".annotation-text").first).to_be_visible()
    chart.focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator("#source h2")).to_contain_text("Share of Brazil’s exports to China")
    expect(page.locator(SHOWN)).to_have_text("Brazil – China")
