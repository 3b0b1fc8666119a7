"""Amounts in one currency: at which rate, told apart from printed ones, and what cannot be converted."""

from datetime import date

import pytest
from playwright.sync_api import expect

from dashboard import converting
from dashboard.charts import levels
from dashboard.series import marks
from etl import rates
from tests.dashboard.rows import row, table
from tests.dashboard.test_browser import PAIR, visit

YEAR = date(2023, 1, 1), date(2023, 12, 31)


def mixed():
    return table(
        row(1, value=240e9),
        row(2, value=240.1e9),
        row(3, value=221e9, unit="EUR"),
        row(4, 2022, value=190e9, qualifier="about"),
        row(5, 2023, value=100e9, unit="SAR"),
        row(6, None, value=7e9),
    )


def drawn(rows):
    return [trace for trace in levels.figure(rows).to_plotly_json()["data"] if trace.get("meta") == "marks"]


def test_amounts_are_converted_at_the_average_rate_of_their_own_period():
    found = {
        claim: (y, symbol)
        for trace in drawn(converting.into(mixed(), "EUR"))
        for (claim, *_), y, symbol in zip(trace["customdata"], trace["y"], trace["marker"]["symbol"], strict=True)
    }
    assert found["claim3"] == (221e9, "circle")
    assert found["claim2"] == (pytest.approx(240.1e9 * rates.average("USD", "EUR", *YEAR), rel=1e-3), "square-open")
    assert found["claim4"][1] == "square-open"
    assert set(found) == {"claim2", "claim3", "claim4"}


def test_a_converted_figure_says_what_was_printed():
    texts = [text for trace in drawn(converting.into(mixed(), "EUR")) for text in trace["hovertext"]]
    assert sum("converted from $240.1" in text.replace("\u00a0", " ") for text in texts) == 1
    assert sum("≈" in text for text in texts) == 2


@pytest.mark.parametrize("status", ["target", "forecast"])
def test_a_converted_target_or_forecast_keeps_its_hollow_shape_and_says_that_it_is_converted(status):
    rows = converting.into(table(row(1, value=240e9), row(2, value=300e9, status=status)), "EUR")
    shapes = {
        claim: symbol
        for trace in drawn(rows)
        for (claim, *_), symbol in zip(trace["customdata"], trace["marker"]["symbol"], strict=True)
    }
    assert shapes == {"claim1": "square-open", "claim2": "diamond-open-dot"}
    assert dict(levels.keys(rows))["diamond-open-dot"] == "target or forecast, converted"


def test_converted_and_printed_figures_share_no_line():
    lines = [
        (trace["line"]["dash"], trace["x"])
        for trace in levels.figure(converting.into(mixed(), "EUR")).to_plotly_json()["data"]
        if trace["mode"] == "lines" and trace["x"]
    ]
    assert [(dash, len(x)) for dash, x in lines] == [("dot", 3)]


def test_what_cannot_be_converted_is_listed():
    left = converting.without_rate(marks(mixed()), "EUR")
    assert [mark.claim_id for mark in left] == ["claim5", "claim6"]


def test_the_page_lists_them_and_the_panel_names_the_rate(watch, server, client):
    text = client.get("/pair?reporter=TUN&partner=DZA&converted=EUR").get_data(as_text=True)
    assert "cannot be converted" in text
    page = watch()
    visit(page, server + PAIR)
    page.locator("details.menu", has_text="Conversion:").locator("summary").click()
    page.get_by_role("link", name="In euros").click()
    expect(page.locator("#levels-caption")).to_contain_text("Billion euros")
    expect(page.locator("#source .implied").first).to_contain_text("converted at")
    expect(page.locator("#source .implied").first).to_contain_text("the average ECB rate of")
    page.locator("table.claims tr", has_text="$244.819").locator("td.number a").first.click()
    expect(page.locator("#source .figure")).to_contain_text("$244.819")
    expect(page.locator("#source .implied").first).to_contain_text("the average ECB rate of 2024")
