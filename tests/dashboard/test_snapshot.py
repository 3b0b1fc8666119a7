"""A snapshot: one file that answers by itself, from the command line and from the server."""

import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from dashboard.app import create_app
from dashboard.snapshot import taken
from etl.store import Store
from tests.dashboard.conftest import barriers, client_of
from tests.dashboard.test_browser import MARKUP, PAIR, PHONE, scrolls_sideways, spot
from tests.dashboard.world import article, edition, fill


def run(*arguments):
    program = [sys.executable, "-m", "dashboard", "snapshot", *map(str, arguments)]
    return subprocess.run(program, capture_output=True, text=True, timeout=60)


@pytest.fixture(scope="session")
def file(database, tmp_path_factory):
    path = tmp_path_factory.mktemp("snapshot") / "pair.html"
    result = run(PAIR, "--to", path, "--database", database)
    assert result.returncode == 0, result.stderr
    assert re.fullmatch(rf"{re.escape(str(path))}: \d\.\d MB\n", result.stdout)
    assert [one.name for one in path.parent.iterdir()] == ["pair.html"]
    return path


@pytest.fixture
def alone(watch):
    """Open a file in a page that may ask for nothing but the file itself."""
    asked = []

    def open_file(path, **settings):
        page = watch(**settings)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        expect(page.locator("[data-chart=levels] .annotation-text").first).to_be_visible()
        return page

    yield open_file
    assert len(asked) == 1


@pytest.mark.parametrize("settings", [{}, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_mark_opens_its_sentence_without_a_server(alone, file, settings, scheme):
    page = alone(file, color_scheme=scheme, **settings)
    place = spot(page, 4)
    page.touchscreen.tap(**place) if settings else page.mouse.click(**place)
    source = page.locator("#source")
    expect(source.locator(".position")).to_have_text("Selected: mark 4 of 45")
    expect(source.locator(".figure")).to_contain_text("$70\u00a0bn")
    expect(source.locator("mark.chosen")).to_contain_text("70 billion dollars")
    assert (source.locator("a.button").get_attribute("href") or "").startswith("https://")
    expect(page.locator("tr.chosen")).to_have_count(1)
    assert barriers(page) == ""
    assert not scrolls_sideways(page)


def test_keys_rows_and_the_theme_work_in_the_file(alone, file):
    page = alone(file)
    page.locator("[data-chart=levels]").focus()
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    expect(page.locator("#source .position")).to_have_text("Selected: mark 1 of 45")
    page.get_by_role("button", name="Next mark").click()
    expect(page.locator("#source .position")).to_have_text("Selected: mark 2 of 45")
    row = page.locator("table.claims tbody tr").nth(3)
    row.locator("td.number a").click()
    expect(page.locator("#source .figure")).to_have_text(row.locator("td.number").inner_text())
    page.get_by_role("button", name=re.compile("^Theme")).dblclick()
    expect(page.locator("body")).to_have_css("background-color", "rgb(16, 21, 28)")
    expect(page.locator("[data-chart=levels] path.js-line").first).to_have_css("stroke", "rgb(125, 178, 255)")


def test_the_file_says_what_it_is_and_leads_nowhere_by_mistake(file):
    text = file.read_text(encoding="utf-8")
    assert "Content-Security-Policy" in text
    assert "/pair?reporter=CHN&amp;partner=RUS</code>" in text
    assert "<form" not in text
    assert not re.search(r'(?:href|src)="/', text)


def test_the_server_gives_the_same_file_with_links_to_itself(client):
    answer = client.get("/api/snapshot?reporter=CHN&partner=RUS&flow=exports")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    text = answer.get_data(as_text=True)
    assert 'href="http://localhost/pair?reporter=CHN&amp;partner=RUS&amp;flow=exports"' in text
    assert 'href="/api/snapshot?reporter=CHN&amp;partner=RUS&amp;flow=exports"' in client.get(
        "/pair?reporter=CHN&partner=RUS&flow=exports"
    ).get_data(as_text=True)


@pytest.mark.parametrize("asked", ["", "reporter=XYZ", "nonsense=1", "reporter=CHN&since=soon"])
def test_the_server_refuses_what_is_no_pair(client, asked):
    answer = client.get(f"/api/snapshot?{asked}")
    assert answer.status_code == 400
    assert answer.json["error"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/pair?reporter=XYZ", "“XYZ” is not the code of an economy"),
        ("/nowhere", "no page with figures"),
        ("/check", "no page with figures"),
        ("pair", "no address of a page"),
        ("ftp://example.org/pair", "no address of a page"),
        ("http://[", "no address of a page"),
    ],
)
def test_an_address_that_cannot_be_read_is_refused_in_one_line(database, tmp_path, address, said):
    result = run(address, "--to", tmp_path / "none.html", "--database", database)
    assert (result.returncode, result.stdout) == (1, "")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(database, tmp_path):
    result = run(PAIR, "--to", tmp_path / "no" / "pair.html", "--database", database)
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1


def test_more_figures_than_a_file_can_hold_are_refused(tmp_path):
    notes = [
        {"quote": f"${number} bn", "measure": "level", "flow": "trade", "reporter": "CHN", "partner": "RUS"}
        | {"value": number * 1e9, "unit": "USD", "period_start": "2023-01-01", "period_end": "2023-12-31"}
        for number in range(1001, 1600)
    ]
    text = "Trade came to " + ", ".join(note["quote"] for note in notes) + "."
    fill(tmp_path / "many.db", [edition(article("many", text, date="2024-01-01"), notes)])
    answer = client_of(tmp_path / "many.db").get("/api/snapshot?reporter=CHN&partner=RUS")
    assert answer.status_code == 400
    assert "500 at most" in answer.json["error"]


@pytest.mark.parametrize("address", ["/", "/claims?flow=imports", "/country?reporter=CHN", "/conversions", "/data"])
def test_every_page_can_be_kept(database, address):
    text = taken(create_app(Store.open(database)).server, address)
    assert text.count("<h1") == 1


def test_article_text_is_no_markup_in_a_file_either(alone, tmp_path):
    text = f"{MARKUP}</script><script>document.title=2</script> worth $5 billion went to Russia."
    note = {"quote": "$5 billion", "measure": "level", "flow": "exports", "reporter": "CHN", "partner": "RUS"}
    note |= {"value": 5e9, "unit": "USD", "period_start": "2023-01-01", "period_end": "2023-12-31"}
    header = {"date": "2024-01-01", "publisher": "</script><b>P</b>", "title": "{%scripts%}" + MARKUP}
    fill(tmp_path / "hostile.db", [edition(article("hostile", text, **header), [note])])
    (tmp_path / "hostile.html").write_text(
        taken(create_app(Store.open(tmp_path / "hostile.db")).server, PAIR), encoding="utf-8"
    )
    page = alone(tmp_path / "hostile.html")
    expect(page.locator("#source .sentence")).to_contain_text("<b>Oil</b><img src=x onerror")
    assert page.locator("main img, main b").count() == 0
    expect(page).to_have_title("China – Russia · tradetrace")
