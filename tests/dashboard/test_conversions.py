"""Conversions: implied rates, their rounding, and the reference rate that they fit."""

import csv
import json
import re
from datetime import date

import pytest
from playwright.sync_api import expect

from dashboard import conversions
from etl.table import from_frame
from tests.dashboard.conftest import client_of
from tests.dashboard.rows import row, table
from tests.dashboard.test_browser import SHOWN, visit
from tests.dashboard.world import fill

USUAL = ("EUR", "USD")


def one(**given):
    rows = table(row(1, value=240e9), row(2, **({"value": 219e9, "unit": "EUR", "converts": "claim1"} | given)))
    return conversions.conversions(from_frame(rows))


def test_the_rate_and_its_rounding_in_either_direction():
    (found,) = one()
    assert found.rate(USUAL) == pytest.approx(240 / 219)
    assert found.rate(("USD", "EUR")) == pytest.approx(219 / 240)
    assert found.bounds(USUAL) == pytest.approx((239.5 / 219.5, 240.5 / 218.5))
    assert found.bounds(("USD", "EUR")) == pytest.approx((218.5 / 240.5, 219.5 / 239.5))


def test_the_nearest_reference_rate_comes_first():
    (found,) = one()
    near = conversions.near(found, USUAL)
    assert [(found.what.split(",")[0], round(found.value, 4), found.fits) for found in near] == [
        ("publication day", 1.0942, True),
        ("end of 2023", 1.1050, False),
        ("average of 2023", 1.0813, False),
    ]


def test_a_month_of_publication_has_no_publication_day():
    (found,) = one(published=date(2024, 1, 1), published_precision="month")
    assert {near.what.split(" ")[0] for near in conversions.near(found, USUAL)} == {"end", "average"}


@pytest.mark.parametrize("given", [{"value": 0.0}, {"value_high": 220e9}, {"unit": "USD"}, {"converts": "gone"}])
def test_what_implies_no_rate_is_no_conversion(given):
    assert one(**given) == []


def test_a_currency_without_reference_rates_has_none_near():
    (found,) = one(unit="SAR")
    assert conversions.near(found, ("USD", "SAR")) == []


@pytest.mark.parametrize(
    ("search", "said"),
    [
        ("", "Conversions between US dollars and Chinese yuan"),
        ("?base=USD&quote=EUR", "Conversions between US dollars and euros"),
        ("?base=SAR&quote=USD", "no rate for them"),
        ("?reporter=CHN&partner=RUS", "Only some in figures of China – Russia"),
        ("?base=CHF&quote=SEK", "states an amount in two currencies between Swiss francs and Swedish kronor"),
        ("?base=USD&quote=USD", "the same currency"),
        ("?base=dollar", "Unknown currency"),
    ],
)
def test_each_address_says_what_it_shows(client, search, said):
    assert said in client.get(f"/conversions{search}").get_data(as_text=True)


@pytest.mark.parametrize(
    "search", ["base=USD&quote=EUR", "reporter=CHN&partner=RUS", "since=2023&until=2023", "publisher=Newszop", ""]
)
def test_the_files_hold_exactly_what_is_shown(client, search):
    page = client.get(f"/conversions?{search}").get_data(as_text=True)
    shown = re.findall(r'data-row="(\w+)"', page)
    answer = client.get(f"/api/conversions.csv?{search}")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.headers["Content-Disposition"].endswith('conversions.csv"')
    rows = list(csv.DictReader(answer.get_data(as_text=True).removeprefix("\ufeff").splitlines(keepends=True)))
    assert [row["claim_id"] for row in rows] == shown
    assert shown
    answer = client.get(f"/api/conversions.json?{search}")
    assert answer.headers["Content-Disposition"].endswith('conversions.json"')
    assert [one["claim_id"] for one in json.loads(answer.data)["conversions"]] == shown


@pytest.mark.parametrize("search", ["base=USD&quote=USD", "base=dollar", "nonsense=1"])
def test_files_refuse_what_cannot_be_in_one_line(client, search):
    answer = client.get(f"/api/conversions.csv?{search}")
    assert answer.status_code == 400
    assert list(json.loads(answer.data)) == ["error"]


def test_conversions_are_narrowed_by_menus_and_the_address_keeps_it(watch, server):
    page = watch()
    visit(page, server + "/conversions?base=USD&quote=EUR")
    every = page.locator("table.claims tbody tr").count()
    page.locator("details.menu", has_text="All publishers").locator("summary").click()
    page.get_by_role("link", name=re.compile("Pallade Veneta")).last.click()
    expect(page).to_have_url(re.compile("publisher=Pallade"))
    expect(page.locator(".scope")).to_contain_text("Only some")
    assert 0 < page.locator("table.claims tbody tr").count() < every
    page.get_by_role("link", name="Show all").click()
    expect(page.locator("table.claims tbody tr")).to_have_count(every)


def test_an_empty_database_has_no_conversions(tmp_path):
    fill(tmp_path / "empty.db", [])
    assert "No conversions" in client_of(tmp_path / "empty.db").get("/conversions").get_data(as_text=True)


def test_a_conversion_opens_its_sentence_by_keys_and_click(watch, server):
    page = watch()
    visit(page, server + "/pair?reporter=CHN&partner=RUS")
    page.get_by_role("link", name=re.compile("conversions? of this pair")).click()
    expect(page.locator(SHOWN)).to_contain_text("Conversions between")
    page.goto(f"{server}/conversions?base=USD&quote=EUR")
    expect(page.locator("[data-chart=conversions] .points path").first).to_be_visible()
    page.locator("[data-chart=conversions]").focus()
    page.keyboard.press("Home")
    expect(page.locator("#live")).to_contain_text("euros per US dollar")
    page.keyboard.press("Enter")
    expect(page.locator("#source")).to_contain_text("$1.28")
    expect(page.locator("#source")).to_contain_text("euros per US dollar, implied")
    rate = page.locator("table.claims tr", has_text="Pallade Veneta").locator("td[data-label=Figure] a")
    rate.click()
    expect(page.locator("#source .implied")).to_contain_text(f"{rate.inner_text()} euros per US dollar")
    expect(page.locator("#source .sentence")).to_contain_text("219 billion")
    expect(page.locator("#source a.button")).to_have_attribute("target", "_blank")
    expect(page.locator("[data-chart=conversions] .flag")).to_have_text(rate.inner_text())
