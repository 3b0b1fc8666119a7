"""Claims as CSV and JSON, over a real database."""

import csv
import io
import json
from datetime import date
from urllib.parse import parse_qs

import pytest

from dashboard.api import cell
from etl.store import Store
from etl.table import NAMES
from tests.dashboard.conftest import client_of
from tests.dashboard.world import article, edition, fill

HOSTILE = '=HYPERLINK("http://x") Ölförderung, “€1 bn”\nrose -17.6%.'


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    note = {"quote": "-17.6%", "measure": "growth", "flow": "exports", "reporter": "CHN", "value": -17.6, "unit": "%"}
    header = {"date": "2024-02-09", "publisher": "+Café", "title": "@SUM(A1)", "url": "https://example.org/a"}
    fill(path, [edition(article("hostile", HOSTILE, **header), [note])])
    return client_of(path)


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"), newline="")))


def test_csv_opens_in_a_spreadsheet(client):
    answer = client.get("/api/claims.csv?reporter=CHN&partner=RUS")
    assert answer.data.startswith(b"\xef\xbb\xbf")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    rows = rows_of(answer)
    assert tuple(rows[0]) == NAMES
    assert {"CHN", "RUS"} == {row["reporter"] for row in rows} == {row["partner"] for row in rows}
    assert any(row["value"] == "240100000000" and row["period_start"] == "2023-01-01" for row in rows)


def test_the_same_rows_as_json(client):
    search = "reporter=CHN&partner=RUS&flow=exports&freq=A"
    answer = client.get(f"/api/claims.json?{search}")
    found = json.loads(answer.data)
    assert found["complete"] is True
    assert [claim["claim_id"] for claim in found["claims"]] == [
        row["claim_id"] for row in rows_of(client.get(f"/api/claims.csv?{search}"))
    ]
    assert tuple(found["claims"][0]) == NAMES
    assert all(claim["flow"] == "exports" and claim["freq"] == "A" for claim in found["claims"])


@pytest.mark.parametrize(
    ("search", "column", "values"),
    [
        ("record=true", "record", {"true"}),
        ("basis=prev", "basis", {"prev"}),
        ("status=target", "status", {"target"}),
        ("rule=annotated", "rule", {"annotated"}),
        ("flow=imports&measure=share", "measure", {"share"}),
        ("published_since=2024&published_until=2024-01-12", "published_precision", {"day", "month", "year"}),
    ],
)
def test_a_file_holds_exactly_what_is_filtered(client, search, column, values):
    rows = rows_of(client.get(f"/api/claims.csv?{search}"))
    assert rows
    assert {row[column] for row in rows} <= values
    if "published_since" in search:
        assert {row["published"][:7] for row in rows} == {"2024-01"}
    answer = client.get(f"/api/claims.json?{search}")
    assert len(json.loads(answer.data)["claims"]) == len(rows)
    codes = [value[0].lower() for name, value in parse_qs(search).items() if name in ("reporter", "partner")]
    name = "-".join([*codes, "claims.json"])
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_the_rows_are_those_of_the_store(client, database):
    found = json.loads(client.get("/api/claims.json").data)["claims"]
    assert len(found) == Store.open(database).summary().figures


def test_formulas_are_quoted_and_signed_numbers_are_not(hostile):
    (row,) = rows_of(hostile.get("/api/claims.csv"))
    assert row["sentence"].startswith("'=HYPERLINK")
    assert row["publisher"] == "'+Café"
    assert row["title"] == "'@SUM(A1)"
    assert row["quote"] == "-17.6%"
    assert row["value"] == "-17.6"
    assert row["url"] == "https://example.org/a"


def test_json_tells_the_text_as_it_is(hostile):
    (claim,) = json.loads(hostile.get("/api/claims.json").data)["claims"]
    assert claim["publisher"] == "+Café"
    assert claim["published"] == "2024-02-09"
    assert claim["product"] is None


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "true"),
        (240.1e9, "240100000000"),
        (26.3, "26.3"),
        (0.1 + 0.2, "0.3"),
        (date(2024, 2, 9), "2024-02-09"),
        ("+8.7%", "+8.7%"),
        ("-3.4", "-3.4"),
        ("-3.4+cmd|x", "'-3.4+cmd|x"),
        ("\t=1", "'\t=1"),
        ("a=1", "a=1"),
    ],
)
def test_cells(value, written):
    assert cell(value) == written


@pytest.mark.parametrize("kind", ["csv", "json"])
@pytest.mark.parametrize(
    "search",
    [
        "reporter=ZZZ",
        "nonsense=1",
        "flow=",
        "flow=%00",
        "text=%FF%FE",
        "text=%25_%5C'\"--",
        "page=99999999999999",
        "since=9999-99",
        "since=0001&until=9999",
        "&&&===;;;",
        "reporter=CHN&reporter=RUS&reporter=%2B",
        "product=-&freq=-&coverage=-",
        "%F0%9F%92%A9=%F0%9F%92%A9",
        "x" * 5000,
        "text=" + "%C3%A4" * 3000,
        "a=1&" * 1000,
        "claim=\u0645",
    ],
)
def test_no_query_string_breaks_it(client, kind, search):
    answer = client.get(f"/api/claims.{kind}?{search}")
    assert answer.status_code in (200, 400)
    if answer.status_code == 400:
        assert list(json.loads(answer.data)) == ["error"]
        assert answer.data.count(b"\n") == 1


def test_a_vanished_database_is_said_in_one_line(tmp_path):
    path = tmp_path / "gone.db"
    fill(path, [])
    client = client_of(path)
    for part in tmp_path.iterdir():
        part.unlink()
    answer = client.get("/api/claims.json")
    assert answer.status_code == 503
    assert str(path) in json.loads(answer.data)["error"]
