"""What a user does with a site by hand: look for its feed, try a source, add one page, stop a refresh."""

import os
import signal
import subprocess
import sys

import pytest

from etl import sources
from etl.store import Store
from tests.making import ROOT, etl_here
from tests.site import serving

TRADE = "Trade between China and Russia rose 26.3% to $240 billion in 2023."
HEAD = (
    "<html><head><link rel='alternate' type='application/rss+xml' href='/news/feed'></head><body>Welcome</body></html>"
)


@pytest.fixture
def site(monkeypatch):
    with serving() as site:
        monkeypatch.setenv("TRADETRACE_TRUSTED", site.address.removeprefix("http://"))
        yield site


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "sources.toml"
    path.write_text(
        "# kept as it is\n[[source]]\nid = 'off'\nkind = 'files'\npath = '.'  # so is this\nenabled = false"
    )
    return path


WAYS = {
    "named in the head of a page": ("/", lambda site: site.serve("/", HEAD), "/news/feed", "feed"),
    "the feed itself": ("/news/feed", lambda site: None, "/news/feed", "feed"),
    "in a usual place": (
        "/",
        lambda site: (site.serve("/", "Welcome"), site.feed("/rss.xml", "/a")),
        "/rss.xml",
        "feed",
    ),
    "a sitemap of news that robots.txt names": (
        "/",
        lambda site: (
            site.serve("/", "Welcome"),
            site.serve("/robots.txt", f"Sitemap: {site.url('/news-map.xml')}", "text/plain"),
            site.serve("/news-map.xml", f"<urlset><url><loc>{site.url('/a')}</loc></url></urlset>", "text/xml"),
        ),
        "/news-map.xml",
        "sitemap",
    ),
}


@pytest.mark.parametrize("way", WAYS)
def test_the_feed_of_a_site_is_found_and_added_and_all_else_stays(site, file, way):
    start, make, found, kind = WAYS[way]
    site.feed("/news/feed", "/a")
    make(site)
    before = file.read_text()
    done = etl_here("sources", "add", site.url(start), "--sources", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"{kind} {site.url(found)}, which names 1 article now" in done.stdout
    assert file.read_text().startswith(before)
    added = sources.load(file).sources[-1]
    assert (added.kind, added.urls, added.enabled) == (kind, (site.url(found),), True)
    again = etl_here("sources", "add", site.url(start), "--sources", file)
    assert (again.returncode, again.stderr) == (1, f"{site.url(found)} is there already, as {added.id}\n")


REFUSED = {
    "nothing is found": (
        "/empty",
        (),
        1,
        "names no feed and no news sitemap: look for one on the site, and add its address",
    ),
    "not there": ("/gone", (), 1, "it answers 404: there is no such page"),
    "an id that is taken": ("/news/feed", ("--id", "off"), 2, "has a source 'off' already: choose another --id"),
    "an id that is none": (
        "/news/feed",
        ("--id", "My Feed"),
        2,
        "must be lower-case letters, digits, dots and hyphens",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_added_is_told_and_the_file_stays(site, file, case):
    path, options, code, words = REFUSED[case]
    site.serve("/empty", "Welcome")
    site.feed("/news/feed", "/a")
    before = file.read_text()
    done = etl_here("sources", "add", site.url(path), "--sources", file, *options)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == 1
    assert file.read_text() == before


def test_a_source_is_tried_and_nothing_is_stored(site, file, tmp_path):
    site.publish("/a", TRADE, title="China and Russia")
    site.publish("/b", "The weather stays fine.")
    feed = site.feed("/feed", "/a", "/b", "/gone", "/never")
    file.write_text(f"[[source]]\nid = 'news'\nkind = 'feed'\nurl = '{feed}'\nenabled = false\n")
    done = etl_here("sources", "check", "news", "--sources", file, TRADETRACE_DATABASE=str(tmp_path / "none.db"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        f"news: feed {feed} names 4 articles",
        f"  {site.url('/a')}: 2024-02-09, en, 'China and Russia', 2 claims",
        f"  {site.url('/b')}: it has no trade figure",
        f"  {site.url('/gone')}: it answers 404: there is no such page",
        f"It is switched off: take out `enabled = false` of news in {file}.",
    ]
    assert "/never" not in site.asked
    assert not (tmp_path / "none.db").exists()
    wrong = etl_here("sources", "check", "nws", "--sources", file)
    assert (wrong.returncode, wrong.stderr) == (1, f"{file} has no source 'nws': did you mean 'news'?\n")


def test_one_page_is_added_and_its_claims_are_printed(site, tmp_path):
    address = site.publish("/a", TRADE, title="China and Russia")
    database = tmp_path / "trade.db"
    done = etl_here("add", address, "--database", database)
    assert (done.returncode, done.stderr) == (0, "")
    assert "$240 billion: level of trade, China and Russia, 2023-01-01 to 2023-12-31" in done.stdout
    assert {claim.url for claim in Store.open(database).stated()} == {address}
    undated = site.publish("/b", TRADE + " Tin.", date=None)
    assert "no reliable date" in etl_here("add", undated, "--database", database).stderr
    assert etl_here("add", undated, "--date", "2024-03", "--database", database).returncode == 0
    empty = etl_here("add", site.publish("/c", "The weather."), "--database", database)
    assert (empty.returncode, "no trade figure" in empty.stderr) == (1, True)


@pytest.mark.skipif(os.name == "nt", reason="there are no such signals here")
def test_a_refresh_that_goes_on_ends_cleanly_while_it_waits_for_a_server(site, file, tmp_path):
    site.publish("/a", TRADE)
    feed = site.feed("/feed", "/a")
    file.write_text(f"[[source]]\nid = 'news'\nkind = 'feed'\nurl = '{feed}'\n")
    command = ["refresh", "--every", "1h", "--sources", file, "--database", tmp_path / "trade.db"]
    site.delay = 1_000
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", *map(str, command)], cwd=ROOT, stderr=subprocess.PIPE, text=True
    )
    site.reached.wait(60)
    process.send_signal(signal.SIGTERM)
    _, error = process.communicate(timeout=30)
    assert process.returncode == 0
    assert error == "stopped: what was reported is stored, and the next refresh goes on from there\n"


def test_how_long_to_wait_is_told_in_minutes_hours_or_days():
    done = etl_here("refresh", "--every", "soon")
    assert done.returncode == 2
    assert "'soon' is no stretch of time like 30m, 1h or 1d" in done.stderr
