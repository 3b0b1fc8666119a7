"""Walks through the dashboard in a real Chromium, against the real program."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from dashboard.theme import DARK, LIGHT
from etl.store import Query, Store
from tests.dashboard.conftest import barriers, faults, pale, serving
from tests.dashboard.world import article, edition, fill

PAIR = "/pair?reporter=CHN&partner=RUS"
PAGES = (
    "/",
    PAIR,
    f"{PAIR}&converted=EUR",
    "/pair?reporter=CHN",
    "/claims?reporter=CHN&flow=exports",
    "/pair?reporter=ZZZ",
    "/check",
    "/country?reporter=CHN",
    "/conversions",
    "/data",
    "/search?q=German+exports+240bn",
    "/search",
)
WITH_MENUS_OF_OTHERS = ("/pair?reporter=CHN", f"{PAIR}&converted=EUR")
WIDTHS = (390, 640, 768, 1000, 1280, 1920, 2560)
WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
MENUS = ("menu", "menu narrow")
SCHEMES = {"light": LIGHT, "dark": DARK}
SHOWN = "#react-entry-point main h1"


def visit(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator(SHOWN)).to_be_visible()


def visit_pair(page: Page, server: str, address: str = PAIR) -> None:
    visit(page, server + address)
    for chart in ("levels", "growth"):
        expect(page.locator(f"[data-chart={chart}] .annotation-text").first).to_be_visible()


def spot(page: Page, number: int) -> dict[str, float]:
    """Return where a mark of the levels stands on the screen."""
    mark = page.locator("[data-chart=levels] .points path").nth(number)
    mark.scroll_into_view_if_needed()
    box = mark.bounding_box()
    assert box is not None
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def scrolls_sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def colour(page: Page, selector: str, of: str) -> str:
    return str(page.locator(selector).first.evaluate(f"element => getComputedStyle(element).{of}"))


def test_from_the_overview_to_a_sentence_and_its_article(watch, server):
    page = watch()
    visit(page, server + "/")
    page.locator(".pair h3 a", has_text="China – Russia").click()
    expect(page.locator(SHOWN)).to_have_text("China – Russia")
    expect(page).to_have_title("China – Russia · tradetrace")
    expect(page.locator("[data-chart=levels] .points path").first).to_be_visible()
    page.mouse.click(**spot(page, 4))
    expect(page).to_have_url(re.compile("claim="))
    source = page.locator("#source")
    expect(source.locator(".position")).to_have_text(re.compile(r"Selected: mark \d+ of \d+"))
    expect(source.locator("mark.chosen")).to_have_count(1)
    expect(source.locator(".summary")).to_contain_text("Summary of figures reported by")
    link = source.locator("a.button")
    assert link.get_attribute("target") == "_blank"
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert (link.get_attribute("href") or "").startswith("http")


@pytest.mark.parametrize(
    ("qualifier", "sign", "shape"),
    [("exact", "$", "circle"), ("about", "~", "circle"), ("at_least", ">", "triangle-up")],
)
def test_mark_label_and_panel_say_the_same(watch, server, database, qualifier, sign, shape):
    asked = Query(pair=("CHN", "RUS"), measure=("level",), unit=("USD",), freq=("A",), flow=("trade",))
    found = Store.open(database).marks(replace(asked, qualifier=(qualifier,), status=("actual",), product=("",)))
    claim = found["claim_id"].iloc[0]
    page = watch()
    visit_pair(page, server, f"{PAIR}&claim={claim}")
    figure = page.locator("#source .figure").inner_text()
    assert figure.startswith(sign)
    expect(page.locator("#source .chip").first).to_have_text(qualifier.replace("_", " "))
    expect(page.locator("[data-chart=levels] .flag")).to_have_text(figure)
    drawn = page.evaluate(
        "claim => document.querySelector('[data-chart=levels] .js-plotly-plot').data"
        ".filter(trace => trace.meta === 'marks').flatMap(trace => trace.customdata.map("
        "(carried, i) => [carried[2], trace.marker.symbol[i]])).find(pair => pair[0].includes(claim))[1]",
        claim,
    )
    assert drawn == shape


def test_a_shared_address_shows_the_same_to_others(watch, server):
    page = watch()
    visit_pair(page, server, f"{PAIR}&flow=trade")
    page.mouse.click(**spot(page, 5))
    expect(page.locator("#source .position")).to_contain_text("mark")
    figure, heading = page.locator("#source .figure").inner_text(), page.locator("#source h2").inner_text()
    other = watch()
    visit(other, page.url)
    expect(other.locator("#source .figure")).to_have_text(figure)
    expect(other.locator("#source h2")).to_have_text(heading)
    expect(other.locator(".segments a[aria-current]").first).to_have_text("Trade")


def test_controls_are_addresses_back_and_forward_and_reload(watch, server):
    page = watch()
    visit_pair(page, server)
    flows = page.get_by_role("group", name="Flow")
    flows.get_by_role("link", name="Exports").click()
    expect(page).to_have_url(re.compile("flow=exports"))
    expect(flows.locator("a[aria-current]")).to_have_text("Exports")
    expect(page.locator("#levels-caption")).to_contain_text("exports to")
    page.locator("details.menu", has_text="Articles and briefs").locator("summary").click()
    page.get_by_role("link", name="Real articles only").click()
    expect(page.locator("#levels-caption")).to_contain_text("No article states an amount")
    page.go_back()
    expect(page.locator("#levels-caption")).to_contain_text("exports to")
    page.go_back()
    expect(flows.locator("a[aria-current]")).to_have_text("All flows")
    page.go_forward()
    expect(flows.locator("a[aria-current]")).to_have_text("Exports")
    page.reload()
    expect(page.locator(f"{SHOWN}")).to_be_visible()
    expect(flows.locator("a[aria-current]")).to_have_text("Exports")


def test_the_keyboard_walks_the_marks_and_opens_the_source(watch, server):
    page = watch()
    visit_pair(page, server)
    page.locator("[data-chart=levels]").focus()
    live = page.locator("#live")
    page.keyboard.press("Home")
    expect(live).to_contain_text("Mark 1 of")
    first = live.inner_text()
    page.keyboard.press("ArrowRight")
    expect(live).to_contain_text("Mark 2 of")
    assert live.inner_text() != first
    page.keyboard.press("ArrowLeft")
    expect(live).to_have_text(first)
    page.keyboard.press("Enter")
    expect(page.locator("#source .position")).to_contain_text("mark 1 of")
    expect(page.locator("#source")).to_be_focused()
    said = page.locator("#source .figure").inner_text()
    assert said.replace("\u00a0", " ") in first.replace("\u00a0", " ")
    page.get_by_role("button", name="Next mark").click()
    expect(page.locator("#source .position")).to_contain_text("mark 2 of")


def test_a_row_of_the_table_opens_its_source(watch, server):
    page = watch()
    visit_pair(page, server)
    figure = page.locator("table.claims tbody tr").nth(6).locator("td.number a")
    text = figure.inner_text()
    figure.click()
    expect(page.locator("#source .figure")).to_have_text(text)
    expect(page.locator("table.claims tr.chosen")).to_have_count(1)


def test_claims_are_filtered_sorted_and_paged_by_address(watch, server):
    page = watch()
    visit(page, server + "/claims")
    page.get_by_label("Flow", exact=True).select_option("imports")
    expect(page).to_have_url(re.compile(r"/claims\?flow=imports$"))
    expect(page.locator("table.claims td[data-label=Flow]").first).to_contain_text("imports")
    page.get_by_label("Words of the sentence").fill("Russia")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("text=Russia"))
    expect(page.get_by_label("Flow", exact=True)).to_have_value("imports")
    expect(page.locator("table.claims td.words").first).to_contain_text("Russia")
    page.get_by_role("list", name="Filters in force").get_by_role("link", name=re.compile("Text")).click()
    expect(page).to_have_url(re.compile(r"/claims\?flow=imports$"))
    expect(page.get_by_label("Words of the sentence")).to_have_value("")
    page.locator("th", has_text="Figure").get_by_role("link").click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Figure")
    page.get_by_role("link", name="Next").first.click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator(".pager").first).to_contain_text("51–")


@pytest.mark.parametrize("settings", [{}, PHONE], ids=["wide", "phone"])
def test_columns_are_chosen_by_address_and_survive_the_filters(watch, server, settings):
    page = watch(**settings)
    visit(page, server + "/claims?flow=imports")
    menu = page.locator("details.menu", has_text="Columns")
    menu.locator("summary").click()
    assert not scrolls_sideways(page)
    assert barriers(page) == ""
    menu.get_by_role("link", name="Rule", exact=True).click()
    expect(page.locator("table.claims td[data-label=Rule]").first).to_contain_text("annotated")
    page.get_by_label("Measure", exact=True).select_option("growth")
    expect(page).to_have_url(re.compile("measure=growth.*columns=rule"))
    expect(page.locator("table.claims td[data-label=Rule]").first).to_contain_text("annotated")


def test_a_claim_is_one_click_from_its_chart(watch, server):
    page = watch()
    visit(page, server + "/claims?reporter=CHN&partner=RUS&measure=level&freq=A&order=-published")
    figure = page.locator("table.claims td.number a").first
    text = figure.inner_text()
    figure.click()
    expect(page.locator(SHOWN)).to_have_text(re.compile("China|Russia"))
    expect(page.locator("#source .figure")).to_have_text(text)


def test_a_countrys_partners_are_ranked_for_a_year_and_open_their_pairs(watch, server):
    page = watch()
    visit(page, server + "/country?reporter=CHN&flow=trade&since=2024&until=2024&currency=USD")
    partners = page.locator("#partners")
    expect(partners.locator("h2")).to_have_text("Partners by trade, 2024")
    expect(partners.locator(".ranked li").first).to_contain_text("United States")
    widths = [bar.bounding_box()["width"] for bar in partners.locator(".bar").all()]
    assert widths == sorted(widths, reverse=True)
    partners.locator("summary", has_text="2024").click()
    partners.get_by_role("link", name="2023").click()
    expect(partners.locator("h2")).to_have_text("Partners by trade, 2023")
    expect(page.locator("[data-chart=levels] .points path").first).to_be_visible()
    partners.get_by_role("link", name="Russia").click()
    expect(page.locator(SHOWN)).to_have_text("China – Russia")


def test_what_is_typed_before_the_page_is_live_stays(watch, server):
    page = watch()
    held = []
    page.route("**/_dash-layout", lambda route: held.append(route))
    with page.expect_request("**/_dash-layout"):
        page.goto(server + "/check")
    text = page.get_by_label("Text", exact=True)
    text.fill("China's imports from Russia came to $119 billion in 2024.")
    held[0].continue_()
    expect(page.locator("#first")).to_have_count(0)
    expect(text).to_have_value("China's imports from Russia came to $119 billion in 2024.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_pasted_claim_is_checked(watch, server, scripts):
    page = watch(java_script_enabled=scripts)
    page.goto(server + "/check")
    page.get_by_label("Text", exact=True).fill("China's imports from Russia came to $119 billion in 2024.")
    page.get_by_label("Published").fill("2025-01-20")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as an article file").click()
    assert download.value.suggested_filename.startswith("2025-01-20-")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("table.checked tbody tr")).to_have_count(1)
    expect(page.locator("table.checked")).to_contain_text("Differs")
    assert page.locator("h1").count() == 1
    if scripts:
        assert barriers(page) == ""
        page.get_by_role("button", name=re.compile("^Theme")).click()
    page.locator("table.checked a.name").click()
    expect(page.locator("h1")).to_have_text("China – Russia")


def painted(page: Page, scheme: str = "light") -> None:
    """Wait until all charts of a page are there, in the colours of a scheme."""
    soft = tuple(bytes.fromhex(SCHEMES[scheme]["soft"].lstrip("#")))
    for chart in page.locator(".plot").all():
        expect(chart.locator(".points path").first).to_be_visible()
        expect(chart.locator(".xtick text").first).to_have_css("fill", f"rgb{soft}")


@pytest.mark.parametrize(("settings", "widths"), [(WIDE, WIDTHS), (PHONE, ())], ids=["wide", "phone"])
def test_pages_are_accessible_silent_and_never_scroll_sideways(watch, server, settings, widths):
    page = watch(**settings)
    for address in PAGES:
        page.emulate_media(color_scheme="light")
        visit(page, server + address)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            assert not scrolls_sideways(page), f"{address} at {width}"
        page.set_viewport_size(settings["viewport"])
        painted(page)
        assert page.locator("h1").count() == 1
        # Colours are judged below, where as much is seen and more.
        assert faults(page) == "", address
        if page.locator(".more:visible").count():
            page.locator(".more:visible").click()
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            painted(page, scheme)
            open_controls(page, barriers if scheme == "light" else pale, address not in WITH_MENUS_OF_OTHERS)
            assert pale(page) == "", f"{address} in {scheme}"
        assert faults(page) == "", address
        assert not scrolls_sideways(page), address


def open_controls(page: Page, judge, menus: bool) -> None:
    """Open what can be opened, each menu alone, as it is for a user: it may cover what stands under it."""
    # From the last on: what was opened is no longer counted.
    for control in page.locator("details:not([open]):visible > summary").all()[::-1]:
        is_menu = control.locator("xpath=..").get_attribute("class") in MENUS
        if menus or not is_menu:
            control.click()
        if menus and is_menu:
            assert judge(page, "details.menu[open]") == "", page.url
            assert not scrolls_sideways(page), page.url
            page.keyboard.press("Escape")


def test_open_menus_and_the_open_panel_are_accessible(watch, server):
    page = watch(**PHONE)
    visit_pair(page, server)
    page.touchscreen.tap(**spot(page, 4))
    expect(page.locator("#panel.opened")).to_be_visible()
    assert barriers(page) == ""
    page.get_by_role("button", name="Close the panel").click()
    expect(page.locator("#panel")).to_be_hidden()
    page.locator("details.menu:visible summary").first.click()
    assert barriers(page) == ""
    assert not scrolls_sideways(page)
    page.keyboard.press("Escape")
    expect(page.locator("details.menu[open]")).to_have_count(0)


def test_the_panel_slides_up_on_a_phone_only_when_asked(watch, server):
    page = watch(**PHONE)
    visit_pair(page, server)
    expect(page.locator("#panel")).to_be_hidden()
    page.touchscreen.tap(**spot(page, 3))
    expect(page.locator("#panel")).to_be_in_viewport()
    expect(page.locator("#source mark.chosen")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()


def test_the_theme_follows_the_system_and_is_remembered(watch, server):
    page = watch(color_scheme="dark")
    visit_pair(page, server)
    dark = colour(page, "body", "backgroundColor")
    line = "[data-chart=levels] .scatterlayer path.js-line"
    dark_line = colour(page, line, "stroke")
    assert (dark, dark_line) == ("rgb(16, 21, 28)", "rgb(125, 178, 255)")
    button = page.get_by_role("button", name=re.compile("^Theme"))
    button.click()
    expect(button).to_have_accessible_name("Theme: light. Change it")
    expect(page.locator("body")).to_have_css("background-color", "rgb(251, 250, 247)")
    expect(page.locator(line).first).to_have_css("stroke", "rgb(31, 95, 168)")
    page.reload()
    expect(page.locator("body")).to_have_css("background-color", "rgb(251, 250, 247)")
    expect(page.locator(line).first).to_have_css("stroke", "rgb(31, 95, 168)")


def test_pages_can_be_read_without_scripts(watch, server):
    page = watch(java_script_enabled=False)
    page.goto(server + PAIR)
    expect(page.locator("h1")).to_have_text("China – Russia")
    expect(page.locator("#levels-caption")).to_contain_text("was lowest at")
    expect(page.locator("table.claims tbody tr").first).to_be_visible()
    page.get_by_role("group", name="Flow").get_by_role("link", name="Exports").click()
    expect(page.locator("#levels-caption")).to_contain_text("exports to")


MARKUP = '<b>Oil</b><img src=x onerror="document.title=1">'


def test_article_text_is_never_markup_in_hovers_either(watch, tmp_path):
    text = f"{MARKUP} worth $5 billion went to Russia."
    note = {"quote": "$5 billion", "measure": "level", "flow": "exports", "reporter": "CHN", "partner": "RUS"}
    note |= {"value": 5e9, "unit": "USD", "period_start": "2023-01-01", "period_end": "2023-12-31"}
    header = {"date": "2024-01-01", "publisher": '<a href="javascript:alert(1)">P</a>', "title": MARKUP}
    fill(tmp_path / "hostile.db", [edition(article("hostile", text, **header), [note])])
    page = watch()
    with serving(tmp_path / "hostile.db") as address:
        visit(page, address + PAIR)
        expect(page.locator("[data-chart=levels] .points path").first).to_be_visible()
        page.mouse.move(**spot(page, 0))
        hover = page.locator(".hoverlayer .hovertext")
        expect(hover).to_contain_text('<a href="javascript:alert(1)">P</a>')
        assert hover.locator("a").count() == 0
        expect(page.locator("#source .sentence")).to_contain_text("<b>Oil</b><img src=x onerror")
        assert page.locator("main img").count() == 0
        expect(page).to_have_title("China – Russia · tradetrace")


def test_a_database_that_disappears_is_said(watch, tmp_path, database):
    path = tmp_path / "leaving.db"
    path.write_bytes(database.read_bytes())
    page = watch()
    with serving(path) as address:
        visit_pair(page, address)
        path.unlink()
        page.get_by_role("group", name="Flow").get_by_role("link", name="Exports").click()
        expect(page.locator(SHOWN)).to_have_text("The database cannot be read")
        expect(page.locator(".trouble")).to_contain_text("check the path")
