"""The page of the data: sources, what could not be used, columns, and everything as files."""

import io

import pandas as pd
import pytest

from etl.findings import Receipt
from etl.store import Store
from etl.table import DTYPES
from tests.dashboard.conftest import client_of
from tests.dashboard.world import fill

HOSTILE = "<b>no date</b>"


@pytest.fixture
def page(tmp_path):
    store = fill(tmp_path / "some.db", [])
    number = store.begin_refresh()
    refused = [Receipt("feed", address, "rejected", HOSTILE) for address in ("https://example.org/a", "javascript:x")]
    store.write(number, [], [*refused, Receipt("feed", "https://example.org/b", "stored")])
    store.write(
        number, [], [Receipt("gone", "https://example.net/feed", "down", "it answers 404: there is no such page")]
    )
    store.finish_refresh(number)
    return client_of(tmp_path / "some.db").get("/data").get_data(as_text=True)


def test_it_lists_sources_and_what_could_not_be_used_with_its_reason(page):
    assert "<td>feed</td><td>1</td><td>0</td><td>2</td>" in page
    assert "<td>it answers 404: there is no such page</td>" in page
    assert 'href="https://example.org/a"' in page
    assert "&lt;b&gt;no date&lt;/b&gt;" in page
    assert 'href="javascript:' not in page
    assert HOSTILE not in page


def test_it_explains_every_column(page):
    assert all(f"<code>{name}</code>" in page for name in DTYPES)


def test_an_empty_database_says_what_to_do(tmp_path):
    Store.open(tmp_path / "empty.db")
    said = client_of(tmp_path / "empty.db").get("/data").get_data(as_text=True)
    assert "Nothing has been read yet" in said
    assert "every document that was found could be used" in said


@pytest.mark.parametrize("name", ["csv", "json", "parquet"])
def test_it_links_to_everything_as_a_file(client, name):
    address = f"/api/claims.{name}"
    assert f'href="{address}"' in client.get("/data").get_data(as_text=True)
    assert client.get(address).status_code == 200


def test_parquet_is_the_same_table(client, database):
    body = client.get("/api/claims.parquet?flow=imports").data
    table = pd.read_parquet(io.BytesIO(body))
    everything = Store.open(database).claims()
    expected = everything[everything["flow"] == "imports"].reset_index(drop=True)
    pd.testing.assert_frame_equal(table, expected)
