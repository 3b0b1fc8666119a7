"""As known on a day: what was published by then, of each article in the version that was current."""

import sqlite3
from contextlib import closing
from datetime import date

import pytest

from etl.store import Query, Store
from tests.making import claim, edition, write

FIRST, SECOND, LATER = "2024-03-01", "2024-05-01", date(2024, 4, 1)


@pytest.fixture
def store(tmp_path):
    """An article that was corrected, and one that appeared later; both were seen after they had been published."""
    made = Store.open(tmp_path / "trade.db")
    write(made, edition("a1", claim("c1", value=1.0), claim("gone", value=2.0)))
    write(made, edition("a1", claim("c1", value=3.0, according_to="Customs"), digest="2"))
    write(made, edition("a2", claim("c2", "a2", value=4.0, published=LATER), published=LATER))
    with closing(sqlite3.connect(made.path)) as connection, connection:
        for table in ("articles", "claims"):
            connection.execute(f"UPDATE {table} SET seen = ?", (f"{SECOND} 12:00:00.000000",))
            then = (f"{FIRST} 12:00:00.000000", f"{SECOND} 12:00:00.000000")
            connection.execute(f"UPDATE {table} SET seen = ?, replaced = ? WHERE replaced IS NOT NULL", then)
    return made


@pytest.mark.parametrize(
    ("known", "values"),
    [
        (date(2024, 2, 8), []),  # the day before the first was published
        (date(2024, 2, 9), [1.0, 2.0]),  # published, and read only later
        (date(2024, 3, 31), [1.0, 2.0]),
        (date(2024, 4, 1), [1.0, 2.0, 4.0]),
        (date(2024, 4, 30), [1.0, 2.0, 4.0]),
        (date(2024, 5, 1), [3.0, 4.0]),  # corrected on this day
        (None, [3.0, 4.0]),
    ],
)
def test_what_was_known_on_a_day(store, known, values):
    query = Query(pair=("CHN", "RUS"), known=known)
    assert sorted(store.marks(query)["value"]) == values
    assert sorted(one.value for one in store.stated(query)) == values
    assert sorted(one.value for one in store.page(query)) == values
    assert sorted(row["value"] for row in store.rows(query)) == values
    assert store.count(query) == sum(held.figures for held in store.held(query)) == len(values)


def test_a_claim_is_told_as_it_was(store):
    assert [store.claim("c1", known).value for known in (LATER, None)] == [1.0, 3.0]
    assert store.claim("gone", LATER).value == 2.0
    assert store.claim("gone") is None
    assert {one.claim_id for one in store.sentence_claims("a1", claim("c1").sentence, LATER)} == {"c1", "gone"}


def test_who_is_credited_follows_the_day(store):
    assert store.credited(Query(pair=("CHN", "RUS"))) == ["Customs"]
    assert store.credited(Query(pair=("CHN", "RUS"), known=LATER)) == []
