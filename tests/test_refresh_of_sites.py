"""A refresh of real servers on this machine: what is fetched, what is not fetched again, and what is told."""

from datetime import date

import pytest

from etl import pipeline, sources
from etl.pipeline import EVERYTHING, Scope
from etl.store import Store
from tests.making import article_file
from tests.site import serving

TRADE = "Trade between China and Russia rose 26.3% to $240 billion in 2023."
HIGHER = "Trade between China and Russia rose 27.4% to $242 billion in 2023."


@pytest.fixture
def site(monkeypatch):
    with serving() as site:
        monkeypatch.setenv("TRADETRACE_TRUSTED", site.address.removeprefix("http://"))
        yield site


@pytest.fixture
def store(tmp_path):
    return Store.open(tmp_path / "trade.db")


@pytest.fixture
def refresh(tmp_path, store):
    def run(entries, scope=EVERYTHING):
        path = tmp_path / "sources.toml"
        path.write_text("\n".join(entry(name, **keys) for name, keys in entries.items()))
        return {report.source: report for report in pipeline.refresh(store, sources.load(path), lambda *_: None, scope)}

    return run


def entry(name, **keys):
    lines = [f"{key} = {value!r}".replace("True", "true").replace("False", "false") for key, value in keys.items()]
    return "\n".join(["[[source]]", f"id = '{name}'", *lines])


def feed(site, *paths):
    return {"news": {"kind": "feed", "url": site.feed("/feed.xml", *paths)}}


def counts(report):
    return (report.documents, report.new, report.changed, report.unchanged, report.empty, len(report.rejected))


def test_the_articles_of_a_feed_are_stored_and_not_fetched_again(site, store, refresh):
    site.publish("/a", TRADE)
    site.publish("/b", "The weather stays fine.")
    source = feed(site, "/a", "/b")
    assert counts(refresh(source)["news"]) == (2, 1, 0, 0, 1, 0)
    (claim, *_) = store.stated()
    assert (claim.url, claim.title, claim.published) == (site.url("/a"), "Trade", date(2024, 2, 9))
    assert sorted(site.asked) == ["/a", "/b", "/feed.xml", "/robots.txt"]
    before = store.claims()
    for _ in range(2):
        site.asked.clear()
        assert counts(refresh(source)["news"])[1:3] == (0, 0)
        assert sorted(site.asked) == ["/feed.xml 304", "/robots.txt"]
    assert before.equals(store.claims())


def test_only_new_articles_of_a_feed_are_fetched(site, refresh):
    site.validators = False
    site.publish("/a", TRADE)
    refresh(feed(site, "/a"))
    site.asked.clear()
    site.publish("/b", HIGHER)
    assert counts(refresh(feed(site, "/b", "/a"))["news"]) == (2, 1, 0, 1, 0, 0)
    assert sorted(site.asked) == ["/b", "/feed.xml", "/robots.txt"]


def test_a_page_that_has_changed_is_a_new_version(site, store, refresh):
    source = {"page": {"kind": "pages", "url": site.publish("/a", TRADE)}}
    refresh(source)
    site.asked.clear()
    assert counts(refresh(source)["page"]) == (1, 0, 0, 1, 0, 0)
    assert sorted(site.asked) == ["/a 304", "/robots.txt"]
    site.publish("/a", HIGHER)
    assert counts(refresh(source)["page"]) == (1, 0, 1, 0, 0, 0)
    assert {claim.value for claim in store.stated() if claim.unit == "%"} == {27.4}


@pytest.mark.parametrize(("renewed", "kept"), [(True, {26.3, 27.4}), (False, {27.4})])
def test_a_page_with_a_new_article_every_month_keeps_the_last_one(site, store, refresh, renewed, kept):
    source = {"page": {"kind": "pages", "url": site.publish("/a", TRADE), "renewed": renewed}}
    refresh(source)
    site.publish("/a", HIGHER, date="2024-03-09")
    refresh(source)
    assert {claim.value for claim in store.stated() if claim.unit == "%"} == kept


def test_what_failed_is_asked_for_again_and_what_is_gone_is_not(site, refresh):
    site.serve("/busy", "", status=500)
    site.publish("/a", TRADE)
    source = feed(site, "/busy", "/gone", "/a")
    report = refresh(source)["news"]
    reasons = {rejection.address: rejection.reason for rejection in report.rejected}
    assert "500" in reasons[site.url("/busy")]
    assert "404" in reasons[site.url("/gone")]
    site.asked.clear()
    site.publish("/busy", HIGHER)
    assert refresh(source)["news"].new == 1
    assert sorted(site.asked) == ["/busy", "/feed.xml", "/robots.txt"]


def test_a_sitemap_and_an_index_name_pages(site, refresh):
    site.publish("/a", TRADE)
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    site.serve("/2024.xml", f"<urlset {space}><url><loc>{site.url('/a')}</loc></url></urlset>", "text/xml")
    index = f"<sitemapindex {space}><sitemap><loc>{site.url('/2024.xml')}</loc></sitemap></sitemapindex>"
    site.serve("/sitemap.xml", index, "text/xml")
    source = {"map": {"kind": "sitemap", "url": site.url("/sitemap.xml")}}
    assert counts(refresh(source)["map"]) == (1, 1, 0, 0, 0, 0)


def test_the_links_of_a_page_are_followed(site, refresh):
    site.publish("/w/one", TRADE)
    site.serve("/list", "<html><body><a href='/w/one'>One</a> <a href='/about'>About</a></body></html>")
    source = {"list": {"kind": "pages", "url": site.url("/list"), "follow": "/w/"}}
    assert counts(refresh(source)["list"]) == (1, 1, 0, 0, 0, 0)
    assert "/about" not in site.asked


def test_a_search_finds_pages(site, refresh):
    site.publish("/a", TRADE)
    asked = "/doc?query=trade&mode=artlist&format=json&maxrecords=250&timespan=1w&sort=datedesc"
    site.serve(asked, f'{{"articles": [{{"url": "{site.url("/a")}", "title": "Trade"}}]}}', "application/json")
    source = {"found": {"kind": "search", "url": site.url("/doc?timespan=1w"), "query": "trade"}}
    assert counts(refresh(source)["found"]) == (1, 1, 0, 0, 0, 0)


TROUBLE = {
    "not there": (lambda site: None, "404"),
    "a page, no feed": (lambda site: site.publish("/bad", "Welcome."), "answers with a web page, not a feed"),
    "an empty feed": (lambda site: site.feed("/bad"), "names no article"),
    "busy": (lambda site: site.serve("/bad", "", status=429, Retry_After="3600"), "come back"),
    "forbidden": (lambda site: site.serve("/robots.txt", "User-agent: *\nDisallow: /bad", "text/plain"), "robots.txt"),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_source_that_is_down_is_told_and_kept_in_mind_and_stops_no_other(site, store, refresh, trouble):
    make, words = TROUBLE[trouble]
    good = {"kind": "pages", "url": site.publish("/a", TRADE)}
    make(site)
    reports = refresh({"bad": {"kind": "feed", "url": site.url("/bad")}, "good": good})
    assert words in reports["bad"].failure
    assert "\n" not in reports["bad"].failure
    assert (reports["good"].failure, reports["good"].new) == (None, 1)
    down = {standing.source: standing.down for standing in store.sources()}
    assert down == {"bad": reports["bad"].failure, "good": None}
    site.pages.pop("/robots.txt", None)
    # It may have moved.
    moved = {"kind": "feed", "url": site.feed("/moved", "/a")}
    assert refresh({"bad": moved, "good": good})["bad"].failure is None
    assert {standing.down for standing in store.sources()} == {None}


def test_a_source_none_of_whose_pages_can_be_had_has_failed(site, refresh):
    report = refresh(feed(site, "/gone", "/lost"))["news"]
    assert (
        report.failure == "none of its 2 pages could be read, the last because: it answers 404: there is no such page"
    )
    assert len(report.rejected) == 2


def test_what_is_to_be_read_can_be_narrowed(site, tmp_path, store, refresh):
    article_file(tmp_path / "own", "a.txt", TRADE)
    site.publish("/old", TRADE, date="2020-01-01")
    site.publish("/new", HIGHER, date="2024-01-01")
    entries = feed(site, "/old", "/new") | {
        "own": {"kind": "files", "path": "own"},
        "off": {"kind": "pages", "url": site.url("/new"), "enabled": False},
    }
    assert list(refresh(entries, Scope(offline=True))) == ["own"]
    assert site.asked == []
    assert list(refresh(entries, Scope(only=frozenset({"off"})))) == ["off"]
    report = refresh(entries, Scope(only=frozenset({"news"}), since=date(2023, 1, 1)))["news"]
    assert (report.new, report.older) == (0, 1)
    assert {str(claim.published)[:4] for claim in store.stated()} == {"2024"}


def test_two_refreshes_at_once_are_one_too_many(store, refresh, tmp_path):
    article_file(tmp_path / "own", "a.txt", TRADE)
    with store.alone(), pytest.raises(Exception, match=r"another refresh of .*trade\.db is at work: try again when"):
        refresh({"own": {"kind": "files", "path": "own"}})
    assert refresh({"own": {"kind": "files", "path": "own"}})["own"].new == 1


def test_an_article_in_a_language_without_a_file_is_kept_and_counted(site, store, refresh):
    site.publish("/a", "Der Handel mit Russland stieg um 26,3 Prozent auf 240 Milliarden Dollar.", language="de")
    report = refresh(feed(site, "/a"))["news"]
    assert (report.new, report.claims, dict(report.unread)) == (1, 0, {"de": 1})


def test_an_article_at_several_addresses_is_stored_once_with_all_of_them(site, store, refresh):
    site.publish("/a?utm_source=feed", TRADE, canonical=site.url("/a"))
    site.publish("/amp/a", HIGHER, canonical=site.url("/a"))
    site.publish("/m/a", TRADE, canonical=site.url("/a"))
    first = refresh(feed(site, "/a?utm_source=feed", "/amp/a"))["news"]
    assert (first.new, first.copies, len(first.rejected)) == (1, 1, 0)
    later = refresh(feed(site, "/a?utm_source=feed", "/amp/a", "/m/a"))["news"]
    assert (later.new, later.changed, later.copies, later.unchanged) == (0, 0, 1, 2)
    (article,) = {claim.article_id for claim in store.stated()}
    assert {copy.address for copy in store.copies(article)} == {site.url("/amp/a"), site.url("/m/a")}
    assert {claim.value for claim in store.stated() if claim.unit == "%"} == {26.3}
