"""Stored texts are extracted anew after an upgrade: only what differs is written, and it is told."""

import json
from dataclasses import replace

import pytest

from etl import again, articles
from etl.extraction import extract
from etl.findings import Document
from etl.store import Anew, Edition, Store
from tests.making import etl_here
from tests.test_corrections import assert_summaries_are_right, dump

TRADE = "Trade between China and Russia rose 26.3% to $240 billion in 2023."
NOTHING = {"articles": 1, "changed_articles": 0, "added": 0, "gone": 0, "changed": 0}


@pytest.fixture
def store(tmp_path):
    return Store.open(tmp_path / "trade.db")


def article(name="a.txt", text=TRADE):
    return next(articles.read(Document("news", name, f"date 2024-02-09\n\n{text}".encode())))


def stored(store, *editions):
    """Store articles with the claims that another program made of them."""
    number = store.begin_refresh()
    store.write(number, editions)
    store.finish_refresh(number)
    return number


def edition(made, claims, **state):
    return Edition("news", made.article_id, articles.digest(made.text), made, tuple(claims), **state)


def everything(store):
    return again.everything(store, lambda *_: None)


def test_what_another_program_read_is_replaced_and_told(store, tmp_path):
    made = article()
    growth, level = extract(made)
    strange = replace(level, claim_id="strange", quote="in 2023", value=2023.0)
    first = stored(store, edition(made, [replace(level, partner="KAZ", value=24e9), strange]))
    report = everything(store)
    assert report.counts() == {"articles": 1, "changed_articles": 1, "added": 1, "gone": 1, "changed": 1}
    (change,) = report.changes
    assert (change.added, change.gone) == ((growth.claim_id,), ("strange",))
    assert {key: set(names) for key, names in change.changed.items()} == {level.claim_id: {"partner", "value"}}
    rows = store.claims().set_index("claim_id")
    assert rows["first_seen"].to_dict() == {level.claim_id: first, growth.claim_id: first + 1}
    assert [replace(one, first_seen=None) for one in store.stated()] == [growth, level]
    assert store.said("26.3") == (growth.claim_id,)
    assert len(store.versions(made.article_id)) == 1
    assert_summaries_are_right(store, tmp_path)


def test_an_article_whose_claims_are_the_same_is_not_written(store):
    made = article()
    stored(store, edition(made, extract(made)))
    before = dump(store.path)
    for _ in range(2):
        assert everything(store).counts() == NOTHING
    assert dump(store.path) == before


def test_an_article_is_read_when_its_language_has_got_a_file(store):
    made = article()
    foreign = replace(article("b.txt"), language="xx")
    stored(store, edition(made, [], extracted=False), edition(foreign, [], extracted=False))
    report = everything(store)
    assert (report.counts()["added"], report.unread) == (2, {"xx": 1})
    assert store.known([made.article_id])[made.article_id].extracted
    assert not store.known([foreign.article_id])[foreign.article_id].extracted


def test_an_article_that_gives_nothing_is_marked_as_read(store):
    made = article(text="No figure.")
    stored(store, edition(made, [], extracted=False))
    assert everything(store).counts() == NOTHING
    assert store.known([made.article_id])[made.article_id].extracted


def test_one_that_was_stopped_goes_on_where_it_was(store, monkeypatch):
    total = 2 * again.BATCH_ARTICLES + 1
    made = [article(f"{number:03}.txt") for number in range(total)]
    stored(store, *(edition(one, []) for one in made))
    told = []

    def stop(*call):
        told.append(call)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        again.everything(store, stop)
    assert told == [(again.ALL, again.BATCH_ARTICLES, total)]
    assert len(store.claims()) == 2 * again.BATCH_ARTICLES
    with pytest.raises(KeyboardInterrupt):
        again.everything(store, stop)
    assert told[1:] == [(again.ALL, again.BATCH_ARTICLES, total - again.BATCH_ARTICLES)]
    monkeypatch.setattr(again, "_program", lambda: "another")
    assert (report := everything(store)).articles == total
    assert not report.resumed
    monkeypatch.undo()
    report = everything(store)
    assert (report.resumed, report.articles, report.changes) == (True, 1, [])
    assert not everything(store).resumed


def test_an_article_that_the_extractor_cannot_bear_keeps_its_claims(store, monkeypatch):
    made, other = article(), article("b.txt")
    stored(store, edition(made, extract(made)), edition(other, []))

    def fail_on_the_first(one):
        return [][1] if one == made else extract(one)

    monkeypatch.setattr(again, "extract", fail_on_the_first)
    report = everything(store)
    assert "the extractor failed, please report it" in report.failures[made.article_id]
    assert len(store.claims()) == 4


def test_an_article_that_has_changed_in_between_is_left_alone(store):
    made = article()
    stored(store, edition(made, extract(made)))
    assert store.replace([Anew(made.article_id, "another", ())]) == []
    assert len(store.claims()) == 2


def test_the_command_fetches_nothing_and_tells_what_changed(store, tmp_path):
    made = article()
    growth, level = extract(made)
    stored(store, edition(made, [replace(growth, value=2.0), level]))
    command = ("refresh", "--again", "--sources", tmp_path / "none.toml", "--database", store.path)
    done = etl_here(*command)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1 article extracted anew, 1 changed: figures 0 added, 0 gone, 1 changed (value 1)\n"
    assert "0 gone, 0 changed\n" in etl_here(*command).stdout
    report = json.loads(etl_here(*command, "--json").stdout)
    assert {name: report["again"][name] for name in NOTHING} == NOTHING
