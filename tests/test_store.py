"""The database keeps what it is given, its versions and its summaries, and answers from them."""

import random
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from etl.findings import Receipt
from etl.store import Query, Store
from etl.table import DTYPES, from_frame, to_frame
from tests.making import YEAR, claim, edition, write


@pytest.fixture
def store(tmp_path):
    return Store.open(tmp_path / "trade.db")


def test_claims_come_back_as_they_were(store):
    given = [
        claim("c1"),
        claim("c2", value_high=250e9, flags=("rate",), partner=None, period_start=None, period_end=None),
    ]
    number = write(store, edition("a1", *given))
    expected = to_frame(replace(one, first_seen=number) for one in given)
    pd.testing.assert_frame_equal(store.claims(), expected)
    assert store.stated() == from_frame(expected)
    assert store.claim("c2") == from_frame(expected)[-1]
    assert store.claim("c9") is None
    assert pd.DataFrame(store.rows()).shape == expected.shape


def test_an_empty_database_has_the_dtypes_of_the_table(store):
    assert store.claims().dtypes.astype(str).to_dict() == DTYPES
    assert store.marks(Query()).empty
    assert store.pairs() == []
    assert store.series() == []
    assert store.summary().figures == 0
    assert store.article("a1") is None


def test_a_second_write_of_the_same_writes_nothing(store):
    write(store, edition("a1", claim("c1")))
    number = store.begin_refresh()
    written = store.write(number, [edition("a1", claim("c1"))], [Receipt("s", "a1.txt", "stored")])
    assert (written.articles, written.figures) == (0, 0)


def test_a_changed_article_is_a_new_version_and_the_old_one_stays(store):
    first = write(store, edition("a1", claim("c1"), claim("gone", value=1.0)))
    second = write(store, edition("a1", claim("c1"), claim("c2", value=2.0), digest="2", text="Corrected."))
    rows = store.claims().set_index("claim_id")
    assert rows["first_seen"].to_dict() == {"c1": first, "c2": second}
    assert store.article("a1").text == "Corrected."
    with closing(sqlite3.connect(store.path)) as connection:
        versions = connection.execute(
            "SELECT version, text, replaced IS NULL FROM articles ORDER BY version"
        ).fetchall()
        old = connection.execute("SELECT claim_id FROM claims WHERE version = 1 AND replaced IS NOT NULL").fetchall()
    assert versions == [(1, "Trade was more than $240bn.", 0), (2, "Corrected.", 1)]
    assert sorted(old) == [("c1",), ("gone",)]


def test_an_article_kept_unread_gets_its_claims_when_its_language_arrives(store):
    write(store, replace(edition("a1"), extracted=False))
    write(store, replace(edition("a1"), extracted=False))
    assert store.claims().empty
    write(store, edition("a1", claim("c1")))
    assert len(store.claims()) == 1


def test_a_batch_is_stored_together_or_not_at_all(store):
    number = store.begin_refresh()
    with pytest.raises(Exception, match="UNIQUE"):
        store.write(number, [edition("a1", claim("c1")), edition("a2", claim("same", "a2"), claim("same", "a2"))])
    assert store.summary().articles == 0
    assert store.claims().empty


def test_a_refresh_that_was_cut_short_goes_on_under_its_number(store):
    number = store.begin_refresh()
    assert store.begin_refresh(resumable=False) == number + 1
    assert store.begin_refresh() == number
    store.finish_refresh(number)
    assert store.begin_refresh() == number + 2


QUERIES = {
    "everything": (Query(), {"c1", "c2", "c3", "c4"}),
    "pair, either direction": (Query(pair=("RUS", "CHN")), {"c1", "c2"}),
    "pair with the world": (Query(pair=("CHN", None)), {"c3"}),
    "reporter": (Query(reporter="RUS"), {"c2"}),
    "no partner": (Query(partner=""), {"c3"}),
    "several units": (Query(unit=("EUR", "%")), {"c2", "c4"}),
    "null or a code": (Query(coverage=("", "services")), {"c1", "c2", "c3", "c4"}),
    "a product or none": (Query(product=("cars",)), {"c4"}),
    "period from": (Query(period_from=date(2023, 1, 1)), {"c1", "c2", "c4"}),
    "period to": (Query(period_to=date(2022, 12, 31)), {"c3"}),
    "words": (Query(text="CARS sold"), {"c4"}),
    "words with signs of a pattern": (Query(text="100%_"), set()),
    "article": (Query(article_id="a2"), {"c3", "c4"}),
    "ids": (Query(claim_ids=("c1", "c4", "none")), {"c1", "c4"}),
    "a base": (Query(basis=("yoy",)), {"c4"}),
    "no base": (Query(basis=("",)), {"c1", "c2", "c3"}),
    "a record": (Query(record=True), {"c1", "c2", "c3"}),
    "no record": (Query(record=False), {"c4"}),
    "published": (Query(published_from=date(2024, 2, 9), published_to=date(2024, 2, 9)), {"c1", "c2", "c3", "c4"}),
    "published later": (Query(published_from=date(2024, 2, 10)), set()),
    "new in the last refresh": (Query(new_since=date.max), {"c1", "c2", "c3", "c4"}),
    "new since a day to come": (Query(new_since=date(2999, 1, 1)), set()),
    "a value from": (Query(value_from=30.0), {"c1", "c2", "c3"}),
    "a value to": (Query(value_to=30.0), {"c4"}),
    "the currency of a growth": (Query(growth_currency=("CNY",)), {"c4"}),
    "something inferred": (Query(inferred=("reporter",)), {"c4"}),
    "another thing inferred": (Query(inferred=("report",)), set()),
    "nothing inferred": (Query(inferred=("",)), {"c1", "c2", "c3"}),
    "a check that fails": (Query(flags=("period_in_future",)), {"c4"}),
    "restating an amount": (Query(restates=True), {"c2"}),
    "restating none": (Query(restates=False), {"c1", "c3", "c4"}),
    "words of a title": (Query(title="ARS R"), {"c3", "c4"}),
    "a host": (Query(url="cars.example"), {"c3", "c4"}),
    "both": (Query(flow=("exports",), kind=("article",)), {"c2"}),
}


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_finds_what_it_asks_for(store, name):
    early = {"period_start": date(2022, 1, 1), "period_end": date(2022, 12, 31)}
    other = {"basis": "yoy", "record": False, "value": 26.3, "growth_currency": "CNY"}
    other |= {"inferred": ("period_start", "reporter"), "flags": ("period_in_future",)}
    write(
        store,
        edition(
            "a1",
            claim("c1", inferred=()),
            claim("c2", flow="exports", reporter="RUS", partner="CHN", unit="EUR", converts="c1", inferred=()),
        ),
        edition(
            "a2",
            claim("c3", "a2", partner=None, inferred=(), **early),
            claim(
                "c4", "a2", reporter="USA", partner="MEX", unit="%", product="cars", sentence="Cars were sold.", **other
            ),
            title="Cars rise",
            url="https://cars.example.org/a",
        ),
    )
    query, expected = QUERIES[name]
    assert set(store.claims(query)["claim_id"]) == expected
    assert set(store.marks(query)["claim_id"]) == expected
    assert {claim.claim_id for claim in store.page(query)} == expected
    assert {row["claim_id"] for row in store.rows(query)} == expected
    assert store.count(query) == len(expected)


def test_only_what_the_last_refresh_brought_is_new(store):
    write(store, edition("a1", claim("c1")))
    write(store, edition("a1", claim("c1"), claim("c2", value=2.0), digest="2"))
    store.begin_refresh()  # one that has not ended brought nothing yet
    assert set(store.claims(Query(new_since=date.max))["claim_id"]) == {"c2"}
    assert set(store.claims(Query(new_since=date(2020, 1, 1)))["claim_id"]) == {"c1", "c2"}


def test_what_a_refresh_brought_is_counted_by_pair_most_first(store):
    first = write(store, edition("a1", claim("c1"), claim("c2", partner=None)))
    assert sum(one.figures for one in store.brought(first)) == 2
    nowhere = claim("c5", "a2", reporter=None, partner=None)
    second = write(store, edition("a2", claim("c3", "a2"), claim("c4", "a2", reporter="RUS", partner="CHN"), nowhere))
    assert [(one.one, one.other, one.figures) for one in store.brought(second)] == [("CHN", "RUS", 2), (None, None, 1)]
    added = store.begin_refresh(resumable=False)
    store.write(added, [edition("a3", claim("c6", "a3"))])
    store.finish_refresh(added)
    assert [one.figures for one in store.brought(second)] == [3, 1]
    assert set(store.claims(Query(new_since=date.max))["claim_id"]) == {"c3", "c4", "c5", "c6"}


def test_versions_of_an_article_are_told_with_their_figures(store):
    write(store, edition("a1", claim("c1"), claim("gone", value=1.0)))
    write(store, edition("a1", claim("c1"), digest="2"))
    current, first = store.versions("a1")
    assert (current.number, current.figures, current.replaced) == (2, 1, None)
    assert (first.number, first.figures) == (1, 2)
    assert first.seen <= first.replaced <= current.seen
    assert store.versions("none") == []


def test_pages_are_in_order_and_lose_nothing(store):
    days = [date(2024, 1, 1 + number % 5) for number in range(23)]
    write(store, edition("a1", *(claim(f"c{n}", value=float(n % 3), published=day) for n, day in enumerate(days))))
    for order in ("published", "-published", "value", "-value", "period_start", "-period_start"):
        pages = [store.page(Query(), order, number, size=5) for number in range(1, 6)]
        rows = [one for page in pages for one in page]
        column = [getattr(one, order.removeprefix("-")) for one in rows]
        assert column == sorted(column, reverse=order.startswith("-")), order
        assert len({one.claim_id for one in rows}) == len(rows) == 23


def test_a_page_in_an_unknown_order_is_refused(store):
    with pytest.raises(ValueError, match="published, period_start, value"):
        store.page(Query(), "quote")


def test_counting_stops_where_it_is_enough(store):
    number = store.begin_refresh()
    store.write(number, [edition("a1", *(claim(f"c{n}") for n in range(10_010)))])
    assert store.count(Query()) == 10_001
    assert store.count(Query(claim_ids=("c1",))) == 1


def test_within_a_moment_all_answers_are_of_one_state_whatever_is_written(store):
    write(store, edition("a1", claim("c1")))
    with store.moment():
        before = store.state()
        write(Store.open(store.path), edition("a2", claim("c2", article_id="a2")))
        assert (store.state(), store.count(Query()), store.claim("c2")) == (before, 1, None)
    assert store.state() != before
    assert store.count(Query()) == 2


def test_the_claims_of_one_sentence_come_in_its_order(store):
    write(
        store,
        edition("a1", claim("c2", start=9), claim("c1", start=1), claim("c3", sentence="Another.")),
        edition("a2", claim("c4", "a2")),
    )
    assert [one.claim_id for one in store.sentence_claims("a1", claim("c1").sentence)] == ["c1", "c2"]


def test_removal_takes_an_article_or_a_source_and_says_what_went(store):
    write(store, edition("a1", claim("c1")), edition("a2", claim("c2", "a2")), edition("a3", source="t"))
    assert store.holdings("a1") == store.remove("a1")
    gone = store.remove("s")
    assert (gone.articles, gone.figures, gone.documents) == (1, 1, 1)
    assert store.claims().empty
    assert [standing.source for standing in store.sources()] == ["t"]
    with closing(sqlite3.connect(store.path)) as connection:
        assert connection.execute("SELECT count(*) FROM claims").fetchone() == (0,)


def test_the_ledger_keeps_the_last_outcome_of_a_document(store):
    number = store.begin_refresh()
    store.write(number, [], [Receipt("s", "a.txt", "rejected", "no date"), Receipt("s", "b.txt", "rejected", "empty")])
    store.write(number, [], [Receipt("s", "a.txt", "stored")])
    assert [(one.address, one.reason) for one in store.rejections()] == [("b.txt", "empty")]
    (standing,) = store.sources()
    assert (standing.stored, standing.rejected) == (1, 1)


def test_the_summary_counts_articles_and_briefs_apart(store):
    number = write(store, edition("a1", claim("c1")), edition("a2", claim("c2", "a2"), kind="brief", language="de"))
    summary = store.summary()
    assert (summary.figures, summary.articles, summary.briefs, summary.pairs) == (2, 1, 1, 1)
    assert summary.languages == ("de", "en")
    assert summary.newest == date(2024, 2, 9)
    assert (summary.refresh.number, summary.refresh.articles, summary.refresh.figures) == (number, 2, 2)


def test_a_year_of_a_series_shows_its_latest_period_as_most_articles_state_it(store):
    month = {"freq": "M", "period_start": date(2023, 11, 1), "period_end": date(2023, 11, 30)}
    december = {"freq": "M", "period_start": date(2023, 12, 1), "period_end": date(2023, 12, 31)}
    write(
        store,
        edition("a1", claim("c1", value=9.0, **month), claim("c2", value=2.0, **december)),
        edition("a2", claim("c3", "a2", value=2.0, **december)),
        edition("a3", claim("c4", "a3", value=3.0, published=date(2024, 3, 1), **december)),
    )
    (year,) = store.series(Query(pair=("CHN", "RUS")))
    assert (year.value, year.year, year.articles, year.figures) == (2.0, 2023, 3, 4)
    assert year.published == date(2024, 3, 1)
    with pytest.raises(ValueError, match="publisher"):
        store.series(Query(publisher=("example.org",)))


@pytest.mark.parametrize("seed", range(3))
def test_kept_summaries_equal_summaries_made_anew(store, seed):
    """Whatever is written, changed and removed, in whatever order."""
    chance = random.Random(seed)
    for step in range(25):
        if chance.random() < 0.2:
            store.remove(f"a{chance.randrange(8)}")
        else:
            write(store, _any_edition(chance, str(step)))
    _assert_summaries(store)


def _any_edition(chance, digest):
    article_id = f"a{chance.randrange(8)}"
    figures = [
        claim(
            f"{article_id}-{number}",
            article_id,
            reporter=chance.choice(["CHN", "RUS", None]),
            partner=chance.choice(["CHN", "RUS", "USA", None]),
            flow=chance.choice(["exports", "trade"]),
            value=float(chance.randrange(3)),
            period_start=chance.choice([YEAR[0], date(2022, 1, 1)]),
            period_end=chance.choice([YEAR[1], None]),
            published=date(2024, 1, chance.randint(1, 28)),
        )
        for number in range(chance.randrange(5))
    ]
    return edition(article_id, *figures, digest=digest)


def _assert_summaries(store):
    rows = store.claims()
    known = rows[rows["reporter"].notna()]
    keys = ["/".join(sorted(filter(pd.notna, pair))) for pair in zip(known["reporter"], known["partner"], strict=True)]
    kept = {"/".join(filter(None, (pair.one, pair.other))): pair for pair in store.pairs()}
    assert {key: one.figures for key, one in kept.items()} == dict(Counter(keys))
    for key, group in known.groupby(keys):
        newest = group["published"].max().date()
        assert (kept[key].articles, kept[key].newest) == (group["article_id"].nunique(), newest)
    series = store.series()
    assert sum(year.figures for year in series) == known["period_end"].notna().sum()
    for year in series:
        same = known[(known["reporter"] == year.reporter) & (known["flow"] == year.flow)]
        same = same[same["partner"].eq(year.partner) | (same["partner"].isna() & pd.isna(year.partner))]
        same = same[same["period_end"].dt.year == year.year]
        assert (len(same), same["article_id"].nunique()) == (year.figures, year.articles)
        assert year.claim_id in set(same["claim_id"])
        latest = same["published"].max().date(), same["period_end"].max().date()
        assert (year.published, year.period_end) == latest
    assert store.summary().figures == len(rows)


def test_the_overview_counts_articles_once_a_year_and_follows_their_changes(store):
    last = {"period_start": date(2022, 1, 1), "period_end": date(2022, 12, 31)}
    write(store, edition("a1", claim("c1"), claim("c2", flow="exports"), claim("c3", **last)))
    write(store, edition("a2", claim("c4", "a2")))
    assert store.coverage([("CHN", "RUS")]) == {("CHN", "RUS"): {2022: 1, 2023: 2}}
    store.remove("a1")
    assert store.coverage([("CHN", "RUS")]) == {("CHN", "RUS"): {2023: 1}}


def test_above_2000_figures_a_chart_draws_one_of_each_series_and_year(store):
    many = [claim(f"c{number}", value=float(number), product="oil") for number in range(2_001)]
    write(store, edition("a1", *many))
    for query in (Query(pair=("CHN", "RUS")), Query(pair=("CHN", "RUS"), publisher=("example.org",))):
        drawn = store.marks(query)
        assert drawn["figures"].tolist() == [2_001]


def test_figures_are_found_nearest_first_whatever_their_sign(store):
    amounts = {"far": 241e9, "near": 240.2e9, "fall": -239.9e9, "same": 240e9, "euros": 240e9}
    claims = [
        replace(claim(name), value=value, unit="EUR" if name == "euros" else "USD") for name, value in amounts.items()
    ]
    write(store, edition("a1", *claims, replace(claim("rate"), value=240.0, unit="%")))
    assert store.near(240e9, 0.5e9, ("USD",)) == ("same", "fall", "near")
    assert set(store.near(240e9, 0.5e9)) == {"same", "euros", "fall", "near"}
    assert store.near(240.0, 0.5, ("%",)) == ("rate",)
    assert store.near(240e9, 1e12, ("USD",), 2) == ("same", "fall")


def test_titles_sentences_and_publishers_are_found_until_their_article_goes(store):
    write(store, edition("a1", claim("c1"), title="Über Zölle"))
    assert [one.article_id for one in store.titled("uber zol")] == ["a1"]
    assert store.said("trade 240bn") == ("c1",)
    assert store.said("trade 24") == store.said("trad 240bn") == ()
    assert store.publishers("exam") == ("example.org",)
    store.remove("a1")
    assert (store.titled("uber"), store.said("trade"), store.publishers("exam")) == ([], (), ())
