"""Every kind of list names the articles that it lists, and says in a line when it is none."""

import gzip
import tomllib
import zlib

import pytest

from etl.sources import Entry, SourceError, kind_of
from etl.sources.web import Answer
from tests.making import ROOT

FOLDER = ROOT / "tests/data/lists"
CASES = tomllib.loads((ROOT / "tests/data/lists.toml").read_text(encoding="utf-8"))["case"]


def answer(content, at="https://example.org/list", media_type="text/xml", charset=None):
    return Answer(at, content, media_type, charset, None, None)


def parsed(kind, given, *more):
    found = kind_of(kind).parse(given, *more)
    return found[0] if kind == "sitemap" else found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_a_list_names_its_articles(case):
    given = answer((FOLDER / case["file"]).read_bytes(), case["at"])
    more = [case["follow"]] if "follow" in case else []
    assert parsed(case["kind"], given, *more) == [Entry(**entry) for entry in case["entries"]]


def test_every_recorded_list_is_tried():
    tried = {case["file"] for case in CASES} | {"sitemap-index.xml"}
    assert {path.name for path in FOLDER.iterdir()} == tried


def test_a_sitemap_may_name_sitemaps_and_may_be_packed():
    for pack in (bytes, gzip.compress):
        pages, sitemaps = kind_of("sitemap").parse(answer(pack((FOLDER / "sitemap-index.xml").read_bytes())))
        assert pages == []
        assert [(sitemap.address, sitemap.updated) for sitemap in sitemaps] == [
            ("https://gazette.example/sitemap-2025.xml", "2025-12-31T00:00:00"),
            ("https://gazette.example/sitemap-2026.xml", "2026-03-06T00:00:00"),
        ]


BOMB = (
    b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]><urlset><url><loc>https://x.example/&j;</loc></url></urlset>"
)
NO_LISTS = {
    "feed": {
        b"": "names no article",
        b"<!DOCTYPE html><html><body>Welcome</body></html>": "answers with a web page, not a feed: ",
        b"<rss><channel><title>Empty</title></channel></rss>": "names no article: open it in a browser",
        b'{"items": 7}': "names no article",
        b'{"items": [' + b"[" * 100_000: "names no article",
        b"\xff\xfe\x00\x01 garbage": "names no article",
    },
    "sitemap": {
        b"": "is no sitemap",
        b"<html><body>Not found</body></html>": "is no sitemap, but html: correct its url",
        b"<urlset><url><loc>https://x.example/": "is no sitemap",
        b"\x1f\x8b not gzip": "is a broken gzip file",
        BOMB: "is no sitemap",
        zlib.compress(b"x"): "is no sitemap",
    },
    "search": {
        b"The specified phrase is too short.": "the search answers 'The specified phrase is too short.'",
        b"[1, 2]": "the search answers '[1, 2]'",
        b'{"articles": [{"title": "no url"}]}': "correct the query, or try again later",
    },
}


@pytest.mark.parametrize(("kind", "content"), [(kind, content) for kind in NO_LISTS for content in NO_LISTS[kind]])
def test_what_is_no_list_is_told_in_one_line(kind, content):
    with pytest.raises(SourceError) as told:
        parsed(kind, answer(content))
    assert NO_LISTS[kind][content] in str(told.value)
    assert "\n" not in str(told.value)


def test_a_search_that_finds_nothing_is_no_failure():
    assert parsed("search", answer(b'{"articles": []}')) == []
    assert parsed("search", answer(b"{}")) == []


def test_a_page_that_links_to_nothing_that_is_followed_is_told():
    with pytest.raises(SourceError, match="links to no address with '/w/' in it: correct `follow`"):
        parsed("pages", answer(b"<html><a href='/x'>x</a></html>"), "/w/")
    with pytest.raises(SourceError, match="links to no address"):
        parsed("pages", answer(b""), "/w/")
