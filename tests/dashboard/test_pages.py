"""What the server sends before any script runs: every page readable, and safe, by itself."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest

from tests.dashboard.conftest import client_of
from tests.dashboard.world import article, edition, fill

ADDRESSES = {
    "/": "What articles say about trade · tradetrace",
    "/?order=newest": "What articles say about trade · tradetrace",
    "/pair?reporter=CHN&partner=RUS": "China – Russia · tradetrace",
    "/pair?reporter=CHN": "China – world · tradetrace",
    "/pair?reporter=CAN+MEX&partner=USA": "Canada and Mexico – United States · tradetrace",
    "/country?reporter=CHN": "China · tradetrace",
    "/check": "Check a claim · tradetrace",
    "/claims": "Claims · tradetrace",
    "/search?q=china+240bn": "Search · tradetrace",
    "/claims?reporter=CHN&order=-value&page=2": "Claims · tradetrace",
}
MARKUP = '<img src=x onerror=alert(1)><script>alert(2)</script> rose 5% & "more".'


class Reader(HTMLParser):
    """Collects the text, the links and the scripts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._silent = 0
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._silent += tag in ("script", "style")

    def handle_endtag(self, tag):
        self._silent -= tag in ("script", "style")

    def handle_data(self, data):
        self.text += "" if self._silent else data

    def all(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]


def read(client, address) -> Reader:
    return Reader(client.get(address).get_data(as_text=True))


@pytest.mark.parametrize(("address", "title"), ADDRESSES.items())
def test_each_page_has_its_title_and_one_heading(client, address, title):
    answer = client.get(address)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert f"<title>{title}</title>" in page
    assert page.count("<h1") == 1
    assert '<html lang="en">' in page


def test_the_pair_page_can_be_read_without_scripts(client):
    page = read(client, "/pair?reporter=CHN&partner=RUS")
    text = page.text.replace("\u00a0", " ")
    assert "China – Russia" in text
    assert "Trade of China and Russia was lowest at" in text
    assert "Summary of figures reported by" in text
    assert "The claims behind these charts" in text
    links = [link for link in page.all("a") if link.get("target") == "_blank"]
    assert links
    assert all(link["rel"] == "noopener noreferrer" and link["href"].startswith("http") for link in links)


def test_a_brief_has_no_quotation_marks(client):
    text = read(client, "/pair?reporter=CHN&partner=RUS").text
    assert "“" not in text


def test_the_overview_names_flow_period_and_freshness(client):
    text = read(client, "/").text.replace("\u00a0", " ")
    assert "Trade of China and Russia" in text
    assert "US dollars, calendar years" in text
    assert "newest article" in text
    assert "last refresh" in text


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/pair?reporter=ZZZ", "“ZZZ” is not the code of an economy"),
        ("/pair?reporter=CHN&partner=QQQ", "“QQQ” is not the code"),
        ("/pair", "It names no country"),
        ("/pair?reporter=ISL&partner=FJI", "No article in the database states a figure for this pair"),
        ("/pair?reporter=CHN&partner=RUS&flow=foo", "Unknown flow “foo”"),
        ("/pair?reporter=CHN&partner=RUS&order=name", "Unknown order “name” here"),
        ("/pair?reporter=CHN&partner=RUS&kind=article", "No article states an amount"),
        ("/pair?reporter=CHN&partner=RUS&claim=0", "no longer in the database"),
        ("/country", "It names no country"),
        ("/country?reporter=QQQ", "“QQQ” is not the code"),
        ("/country?reporter=FJI", "No article in the database states an amount of its trade"),
        ("/country?reporter=CHN&until=1950&since=1950", "No article states such an amount"),
        ("/country?reporter=CHN&currency=XAU", "No article states such an amount"),
        ("/claims?text=xyzzyplugh", "No figure fits these filters"),
        ("/claims?page=9999", "No figures here"),
        ("/?order=value", "Unknown order “value” here"),
    ],
)
def test_a_wrong_address_is_a_page_that_says_so(client, address, said):
    answer = client.get(address)
    page = Reader(answer.get_data(as_text=True))
    assert answer.status_code == 200
    assert said in page.text
    assert any(link.get("href") == "/" for link in page.all("a"))


@pytest.mark.parametrize(
    ("search", "said", "kept"),
    [
        ("flow=imports&page=0", "“0” is not the number of a page", "imports"),
        ("flow=imports&until=soon", "“soon” in “until” is not a date", "imports"),
        ("flow=imports&measure=foo", "Unknown measure “foo”; known are", "imports"),
        ("flow=imports&order=name", "Unknown order “name” here", "imports"),
        ("flow=imports&columns=nose", "Unknown columns “nose”", "imports"),
        ("flow=imports&utm_source=x", "Unknown name “utm_source” in the address; known are", "imports"),
        ("measure=share&record=perhaps", "Unknown record “perhaps”", "share"),
    ],
)
def test_a_bad_filter_is_refused_and_the_form_is_kept(client, search, said, kept):
    answer = client.get(f"/claims?{search}")
    page = Reader(answer.get_data(as_text=True))
    assert answer.status_code == 400
    assert said in page.text
    assert {option["value"] for option in page.all("option") if "selected" in option and option["value"]} == {kept}


@pytest.mark.parametrize(
    ("name", "value"),
    [("since", "soon"), ("until", "2024-13"), ("value_from", "lots"), ("unit", "usd"), ("new", "yesterday")],
)
def test_a_refused_value_is_named_and_stays_in_its_field(client, name, value):
    page = read(client, f"/claims?{name}={value}&text=Russia")
    assert f"“{value}”" in page.text
    fields = {
        field["name"]: field.get("value") for field in page.all("input") if field.get("id", "").startswith("filter")
    }
    assert (fields[name], fields["text"]) == (value, "Russia")


FILTERS = {
    "value_from=200bn&unit=USD": ("Value from: 200bn", "$"),
    "value_to=-3.4&unit=%25": ("Value to: -3.4", "%"),
    "restates=true": ("Restates: true", "bn"),
    "url=menafn.com": ("Address: menafn.com", "menafn"),
    "inferred=-&flags=-": ("Inferred: not stated", "Russia"),
}


@pytest.mark.parametrize(("search", "said"), FILTERS.items(), ids=FILTERS)
def test_any_column_filters_the_table_and_its_files_alike(client, search, said):
    page = read(client, f"/claims?{search}")
    assert said[0] in page.text
    files = json.loads(client.get(f"/api/claims.json?{search}").data)["claims"]
    assert 0 < len(files) < 10_000
    assert f"{len(files):,}\u00a0figure" in page.text


def test_columns_are_chosen_and_kept_by_the_form(client):
    page = read(client, "/claims?columns=figure&columns=rule&columns=according_to&order=-value")
    assert [part for part in ("Figure", "Rule", "According to") if part in page.text]
    assert "annotated" in page.text
    assert len([cell for cell in page.all("th") if cell.get("scope") == "col"]) == 3
    hidden = [(field["name"], field["value"]) for field in page.all("input") if field.get("type") == "hidden"]
    assert sorted(hidden) == sorted(
        [("order", "-value"), *(("columns", name) for name in ("figure", "rule", "according_to"))]
    )


def test_claims_that_are_new_since_the_last_refresh_or_a_day(tmp_path):
    note = {"quote": "5%", "measure": "growth", "flow": "exports", "reporter": "CHN", "value": 5, "unit": "%"}
    for text in ("Early exports rose 5%.", "Late exports rose 5%."):
        fill(tmp_path / "new.db", [edition(article(text, text, date="2024-01-01"), [note])])
    client = client_of(tmp_path / "new.db")
    assert "1\u00a0figure," in read(client, "/claims?new=refresh").text
    assert "Late exports" in read(client, "/claims?new=refresh").text
    assert "2\u00a0figures," in read(client, "/claims?new=2020").text
    assert "No figure fits" in read(client, "/claims?new=2999-01-01").text


def test_an_unknown_page_is_not_found(client):
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert "There is no such page" in answer.get_data(as_text=True)


def test_an_empty_database_says_what_to_do(tmp_path):
    fill(tmp_path / "empty.db", [])
    client = client_of(tmp_path / "empty.db")
    assert "python -m etl refresh" in client.get("/").get_data(as_text=True)
    assert "No figure fits" in client.get("/claims").get_data(as_text=True)


@pytest.mark.parametrize("address", ["/", "/pair?reporter=CHN&partner=RUS", "/claims"])
def test_a_vanished_database_says_so(tmp_path, address):
    path = tmp_path / "gone.db"
    fill(path, [])
    client = client_of(path)
    for part in tmp_path.iterdir():
        part.unlink()
    page = client.get(address).get_data(as_text=True)
    assert "The database cannot be read" in page
    assert str(path) in page
    assert page.count("<h1") == 1


@pytest.fixture
def hostile(tmp_path):
    note = {
        "quote": "5%",
        "measure": "growth",
        "flow": "exports",
        "reporter": "CHN",
        "partner": "RUS",
        "value": 5,
        "unit": "%",
    }
    note |= {"period_start": "2023-01-01", "period_end": "2023-12-31", "product": "<b>oil</b>", "basis": "yoy"}
    header = {"date": "2024-01-01", "title": "<h1>T</h1>", "publisher": "<i>P</i>", "url": "javascript:alert(1)"}
    fill(tmp_path / "hostile.db", [edition(article("hostile", MARKUP, **header), [note])])
    return client_of(tmp_path / "hostile.db")


@pytest.mark.parametrize("address", ["/", "/claims", "/pair?reporter=CHN&partner=RUS&product=%3Cb%3Eoil%3C/b%3E"])
def test_article_text_is_text(hostile, address):
    page = read(hostile, address)
    assert "onerror=alert(1)" in page.text
    assert not [tag for tag, _ in page.tags if tag in ("img", "i", "b")]
    assert len(page.all("h1")) == 1
    assert not [link for link in page.all("a") if (link.get("href") or "").startswith("javascript:")]


@pytest.mark.parametrize("address", ["/", "/claims", "/nowhere", "/api/claims.json", "/assets/style.css"])
def test_every_answer_is_guarded(client, address):
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'")
    for rule in ("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "connect-src 'self'"):
        assert rule in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"]


def test_the_policy_names_every_inline_script(client):
    answer = client.get("/")
    scripts = re.findall(r"<script([^>]*)>(.*?)</script>", answer.get_data(as_text=True), re.DOTALL)
    inline = {body for attributes, body in scripts if body and "json" not in attributes}
    named = set(re.findall(r"'sha256-([^']+)'", answer.headers["Content-Security-Policy"]))
    assert len(inline) >= 3
    assert named == {base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in inline}


def test_nothing_is_fetched_from_elsewhere(client):
    page = read(client, "/pair?reporter=CHN&partner=RUS")
    fetched = [tag.get("src") for tag in page.all("script")] + [tag.get("href") for tag in page.all("link")]
    assert all(address.startswith("/") for address in fetched if address)


@pytest.mark.parametrize(("address", "shown"), [("BRA&partner=CHN", True), ("CHN&partner=RUS", False)])
def test_shares_have_a_chart_only_where_an_article_states_one(client, address, shown):
    assert ("Shares over time" in read(client, f"/pair?reporter={address}").text) == shown


def test_a_pair_as_known_on_a_day_says_so_and_shows_nothing_later(client):
    text = read(client, "/pair?reporter=CHN&partner=RUS&known=2020-06").text.replace("\u00a0", " ")
    assert "As known on 30 Jun 2020: " in text
    assert "2024" not in text.split("Growth over time")[0].split("Levels over time")[1]
    downloads = [link["href"] for link in read(client, "/pair?reporter=CHN&partner=RUS&known=2020-06").all("a")]
    assert any(address.startswith("/api/claims.csv?") and "known=2020-06" in address for address in downloads)
    assert any(address.startswith("/claims?") and "known=2020-06" in address for address in downloads)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("publisher=Nobody", "No figure fits these choices"),
        ("coverage=services&since=2030", "No figure fits these choices"),
        ("known=1990", "No figure fits these choices"),
        ("known=soon", "“soon” in “known” is not a date: 2024, 2024-02 or 2024-02-09."),
    ],
)
def test_filters_that_leave_nothing_or_mean_nothing_are_told(client, asked, said):
    assert said in read(client, f"/pair?reporter=CHN&partner=RUS&{asked}").text


def test_only_what_can_be_chosen_is_offered(client):
    fields = {field.get("name") for field in read(client, "/pair?reporter=CHN&partner=RUS").all("select")}
    assert "publisher" in fields
    assert "according_to" not in fields


@pytest.mark.parametrize("host", ["one.example", "other.example"])
def test_a_view_is_cited_under_the_address_at_which_it_is_read(client, host):
    page = client.get("/pair?reporter=CHN&partner=RUS", headers={"Host": host}).get_data(as_text=True)
    assert f"tradetrace, http://{host}/pair?" in page


def test_words_of_the_search_box_are_words_of_the_sentence_for_a_table(client):
    pages = [Reader(client.get(f"/claims?{name}=Russia").get_data(as_text=True)) for name in ("q", "text")]
    assert pages[0].text == pages[1].text
    rows = [client.get(f"/api/claims.csv?{name}=Russia").text for name in ("q", "text")]
    assert rows[0] == rows[1] != client.get("/api/claims.csv").text
