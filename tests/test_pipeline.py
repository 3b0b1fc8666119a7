"""A refresh brings the database up to date, writes nothing twice, and says what became of every document."""

import pytest

import etl
from etl import outcomes, pipeline, sources
from etl.articles import read
from etl.findings import Document
from etl.store import Query, Store
from tests.making import article_file, sources_file

TRADE = "Trade between China and Russia rose 26.3% to $240 billion in 2023."
HIGHER = "Trade between China and Russia rose 27.4% to $242 billion in 2023."


@pytest.fixture
def news(tmp_path):
    return tmp_path / "news"


@pytest.fixture
def store(tmp_path):
    return Store.open(tmp_path / "trade.db")


def refresh(store, tmp_path, **folders):
    catalogue = sources.load(sources_file(tmp_path, **folders))
    return {report.source: report for report in pipeline.refresh(store, catalogue, lambda *_: None)}


def counts(report):
    return (report.documents, report.new, report.changed, report.unchanged, len(report.rejected))


def reasons(report):
    return {rejection.address: rejection.reason for rejection in report.rejected}


def test_a_second_refresh_writes_nothing(tmp_path, news, store):
    for number in range(3):
        article_file(news, f"{number}.txt", TRADE)
    first = refresh(store, tmp_path, news=news)["news"]
    before = store.claims()
    second = refresh(store, tmp_path, news=news)["news"]
    assert counts(first) == (3, 3, 0, 0, 0)
    assert first.claims == len(before) > 0
    assert counts(second) == (3, 0, 0, 3, 0)
    assert second.claims == 0
    assert before.equals(store.claims())


def test_a_changed_article_replaces_its_claims(tmp_path, news, store):
    article_file(news, "a.txt", TRADE)
    article_file(news, "b.txt", TRADE)
    refresh(store, tmp_path, news=news)
    article_file(news, "a.txt", HIGHER)
    assert counts(refresh(store, tmp_path, news=news)["news"]) == (2, 0, 1, 1, 0)
    rows = store.claims()
    assert set(rows.loc[rows["unit"] == "%", "value"]) == {26.3, 27.4}


def test_what_cannot_be_used_is_told_every_time_and_stops_nothing(tmp_path, news, store):
    article_file(news, "a.txt", TRADE)
    (news / "b.txt").write_text("No header.")
    (news / "c.txt").write_bytes(b"date 2024\n\n\xff")
    (news / "d.txt").write_bytes(b"")
    (news / "e.pdf").write_bytes(b"%PDF")
    with (news / "f.txt").open("wb") as huge:
        huge.truncate(100_000_000)
    article_file(news, "z.txt", TRADE)
    for new in (2, 0):
        report = refresh(store, tmp_path, news=news)["news"]
        assert counts(report) == (7, new, 0, 2 - new, 5)
        assert list(reasons(report)) == ["b.txt", "c.txt", "d.txt", "e.pdf", "f.txt"]
    assert reasons(report) == {one.address: one.reason for one in store.rejections()}
    article_file(news, "b.txt", TRADE)
    refresh(store, tmp_path, news=news)
    assert "b.txt" not in {one.address for one in store.rejections()}


def test_a_source_that_fails_does_not_stop_the_others(tmp_path, news, store):
    article_file(news, "a.txt", TRADE)
    reports = refresh(store, tmp_path, gone=tmp_path / "gone", news=news)
    assert "there is no folder" in reports["gone"].failure
    assert reports["news"].failure is None
    assert counts(reports["news"]) == (1, 1, 0, 0, 0)


def test_an_entry_with_a_typo_is_a_source_that_failed(tmp_path, news, store):
    article_file(news, "a.txt", TRADE)
    path = sources_file(tmp_path, news=news)
    path.write_text(path.read_text() + '[[source]]\nid = "typo"\nkind = "files"\npth = "."\n')
    reports = {report.source: report for report in pipeline.refresh(store, sources.load(path), lambda *_: None)}
    assert "unknown key 'pth': did you mean 'path'?" in reports["typo"].failure
    assert reports["news"].new == 1


def test_of_two_documents_with_one_address_the_first_is_kept(tmp_path, news, store):
    article_file(news, "a.txt", TRADE, url="https://example.org/x")
    article_file(news, "b.txt", HIGHER, url="http://example.org/x")
    article_file(news, "c.txt", TRADE, url="https://example.org/x")
    for _ in range(2):
        report = refresh(store, tmp_path, news=news)["news"]
        assert reasons(report) == {"b.txt": "it has the address of news/a.txt, which is kept"}
    assert set(store.claims()["url"]) == {"https://example.org/x"}
    assert 26.3 in set(store.claims()["value"])


def test_an_article_in_another_language_is_kept_and_counted_but_not_read(tmp_path, news, store):
    article_file(news, "a.txt", TRADE, language="xx")
    for new in (1, 0):
        report = refresh(store, tmp_path, news=news)["news"]
        assert (report.new, report.claims, dict(report.unread)) == (new, 0, {"xx": 1})
    assert store.summary().articles == 1


def test_an_article_that_the_extractor_cannot_bear_is_told_and_tried_again(tmp_path, news, store, monkeypatch):
    for name in ("a.txt", "b.txt", "c.txt"):
        article_file(news, name, TRADE, title=name)
    real = outcomes.extract

    def fail_on_b(article):
        return [][1] if article.title == "b.txt" else real(article)

    monkeypatch.setattr(outcomes, "extract", fail_on_b)
    report = refresh(store, tmp_path, news=news)["news"]
    assert counts(report) == (3, 2, 0, 0, 1)
    assert "the extractor failed, please report it: IndexError: list index out of range" in reasons(report)["b.txt"]
    assert "test_pipeline.py" in reasons(report)["b.txt"]
    monkeypatch.setattr(outcomes, "extract", real)
    assert counts(refresh(store, tmp_path, news=news)["news"]) == (3, 1, 0, 2, 0)


def test_progress_is_told_with_its_end(tmp_path, news, store):
    for number in range(pipeline.BATCH_DOCUMENTS + 1):
        article_file(news, f"{number:03}.txt", "Nothing to extract.")
    told = []
    pipeline.refresh(store, sources.load(sources_file(tmp_path, news=news)), lambda *call: told.append(call))
    total = pipeline.BATCH_DOCUMENTS + 1
    assert told == [("news", pipeline.BATCH_DOCUMENTS, total), ("news", total, total)]


def test_an_article_added_by_hand_is_not_replaced_by_a_source(tmp_path, news, store):
    article_file(news, "a.txt", TRADE, url="https://example.org/x")
    refresh(store, tmp_path, news=news)
    document = Document("added", "mine.txt", f"date 2024\nurl https://example.org/x\n\n{HIGHER}".encode())
    (article,) = read(document)
    assert pipeline.add(store, document, article).changed == 1
    report = refresh(store, tmp_path, news=news)["news"]
    assert f"python -m etl remove {article.article_id}" in reasons(report)["a.txt"]
    assert 27.4 in set(store.claims(Query(article_id=article.article_id))["value"])
    store.remove(article.article_id)
    assert refresh(store, tmp_path, news=news)["news"].new == 1


def test_a_source_that_is_switched_off_is_not_read(tmp_path, news, store):
    article_file(news, "a.txt", TRADE)
    path = sources_file(tmp_path, news=news)
    path.write_text(path.read_text() + "enabled = false\n")
    assert pipeline.refresh(store, sources.load(path), lambda *_: None) == []


def test_the_public_verbs(tmp_path, news):
    article_file(news, "a.txt", TRADE)
    (report,) = etl.refresh(sources_file(tmp_path, news=news), tmp_path / "trade.db")
    stored = etl.claims(tmp_path / "trade.db")
    direct = etl.extract(TRADE, published="2024-02-09")
    many = etl.extract_many([{"id": "x", "text": TRADE, "date": "2024-02-09"}])
    what = ["measure", "flow", "reporter", "partner", "value", "unit", "period_start", "quote", "start"]
    assert report.claims == len(stored) > 0
    assert stored[what].equals(direct[what])
    assert many[what].equals(direct[what])
    assert set(many["article_id"]) == {"x"}
