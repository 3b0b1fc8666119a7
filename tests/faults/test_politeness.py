"""A site is asked as it wishes: what it allows, as slowly as it says, and not again for what is known."""

import asyncio
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from etl.sources.web import Answer, FetchError, Limits, Web
from tests.faults.serving import Reply, Site, run, site

LIMITS = Limits(seconds=5, patience=3)
EARLY = 0.02  # seconds by which two clocks may differ
PAGE = Reply(b"Trade grew.")
BUSY = Reply(status=503)
GZIP, ZLIB, RAW = 31, 15, -15


def robots(*lines: str) -> dict[str, list[Reply]]:
    return {"/robots.txt": [Reply("\n".join(lines).encode())]}


def fetched(pages, *paths: str, limits: Limits = LIMITS, **asked) -> tuple[list[Answer | FetchError], Site]:
    """Return what became of fetching paths of a site, all at once, and the site."""

    async def everything():
        async with site(pages) as there, Web(limits, [there.place]) as web:
            fetching = [web.get(there.url(path), **asked) for path in paths]
            return await asyncio.gather(*fetching, return_exceptions=True), there

    return run(everything())


def fetched_once(pages, path: str = "/a", **asked) -> tuple[Answer | FetchError, Site]:
    (found,), there = fetched(pages, path, **asked)
    return found, there


@pytest.mark.parametrize(
    ("lines", "allowed"),
    [
        (["User-agent: *", "Disallow: /a"], False),
        (["User-agent: *", "Disallow: /"], False),
        (["User-agent: *", "Disallow: /b"], True),
        (["User-agent: *", "Disallow:"], True),
        (["User-agent: *", "Disallow: /", "Allow: /a$"], True),
        (["User-agent: tradetrace", "Disallow: /a", "", "User-agent: *", "Allow: /"], False),
        (["User-agent: TradeTrace", "Allow: /a", "", "User-agent: *", "Disallow: /"], True),
        (["User-agent: otherbot", "Disallow: /"], True),
        (["User-agent: trade", "Disallow: /"], False),
        (["\ufeffUser-agent: *", "Disallow: /a"], False),
        (["<html>", "<p>Not found", "</html>"], True),
    ],
)
def test_what_a_site_forbids_is_not_asked(lines, allowed):
    found, there = fetched_once({**robots(*lines), "/a": [PAGE]})
    assert there.paths() == ["/robots.txt", "/a"] if allowed else ["/robots.txt"]
    if not allowed:
        assert str(found) == "the robots.txt of 127.0.0.1 forbids it"
        assert not found.passing


@pytest.mark.parametrize(
    ("reply", "allowed"),
    [(Reply(status=404), True), (Reply(status=403), True), (Reply(status=410), True), (Reply(status=500), False)],
)
def test_a_site_that_gives_no_rules_allows_all_and_one_in_trouble_nothing(reply, allowed):
    found, there = fetched_once({"/robots.txt": [reply], "/a": [PAGE]}, limits=Limits(tries=1))
    assert isinstance(found, Answer) == allowed
    assert allowed or found.passing
    assert there.paths().count("/a") == allowed


def test_a_site_is_asked_once_for_its_rules():
    paths = [f"/{number}" for number in range(6)]
    found, there = fetched({**robots("User-agent: *"), **{path: [PAGE] for path in paths}}, *paths)
    assert [answer.content for answer in found] == [PAGE.body] * 6
    assert there.paths().count("/robots.txt") == 1


def test_a_redirect_to_another_site_asks_for_its_rules():
    async def both():
        async with site({**robots("User-agent: *", "Disallow: /no"), "/b": [PAGE]}, "127.0.0.2") as second:
            ways = {path: [Reply(status=302, headers={"Location": second.url(to)})] for path, to in WAYS}
            async with site(ways) as first, Web(LIMITS, [first.place, second.place]) as web:
                found = await web.get(first.url("/a"))
                with pytest.raises(FetchError, match=r"robots\.txt of 127\.0\.0\.2 forbids it"):
                    await web.get(first.url("/no"))
                return found, second

    found, second = run(both())
    assert found.content == PAGE.body
    assert found.address == second.url("/b?c")
    assert second.paths() == ["/robots.txt", "/b"]


WAYS = (("/a", "/b?c#d"), ("/no", "/no"))


@pytest.mark.parametrize(
    ("lines", "pause"),
    [
        (["User-agent: *", "Crawl-delay: 0.2"], 0.0),
        (["User-agent: *"], 0.2),
        (["User-agent: *", "Crawl-delay: 0.1"], 0.2),
    ],
)
def test_a_pause_is_kept_between_all_requests_to_a_host(lines, pause):
    paths = ["/a", "/b", "/c"]
    _, there = fetched({**robots(*lines), **{path: [PAGE] for path in paths}}, *paths, pause=pause)
    gaps = [later.came - one.went for one, later in zip(there.asked, there.asked[1:], strict=False)]
    assert len(gaps) == 3
    assert min(gaps) >= 0.2 - EARLY
    assert {one.beside for one in there.asked} == {1}


def test_a_site_that_wants_longer_pauses_than_are_waited_is_left_alone():
    found, there = fetched_once({**robots("User-agent: *", "Crawl-delay: 4"), "/a": [PAGE]})
    assert str(found) == "the robots.txt of 127.0.0.1 wants 4 s between requests, and 3 is the most that is waited"
    assert found.passing
    assert there.paths() == ["/robots.txt"]


@pytest.mark.parametrize("per_host", [1, 2, 4])
def test_few_requests_are_at_a_host_at_once(per_host):
    paths = [f"/{number}" for number in range(8)]
    limits = Limits(per_host=per_host)
    _, there = fetched({path: [Reply(b"x", seconds=0.05)] for path in paths}, *paths, limits=limits)
    assert max(one.beside for one in there.asked) == per_host


def test_hosts_do_not_wait_for_each_other():
    async def everything():
        slow = {"/a": [Reply(b"x", seconds=0.5)]}
        async with site(slow) as one, site(slow, "127.0.0.2") as other, site(slow, "127.0.0.3") as third:
            sites = (one, other, third)
            async with Web(Limits(per_host=1), [there.place for there in sites]) as web:
                await asyncio.gather(*[web.get(there.url("/a")) for there in sites])
            return [there.asked[-1] for there in sites]

    asked = run(everything())
    assert max(one.came for one in asked) < min(one.went for one in asked)


def test_a_server_in_trouble_is_asked_again():
    pages = {f"/{status}": [Reply(status=status), PAGE] for status in (429, 500, 502, 503, 504)}
    found, there = fetched(pages, *pages, limits=Limits(per_host=5))
    assert [answer.content for answer in found] == [PAGE.body] * 5
    for path in pages:
        first, second = (one for one in there.asked if one.path == path)
        assert second.came - first.went >= 0.5 - EARLY


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 410, 451, 501, 505])
def test_a_server_that_says_no_is_not_asked_again(status):
    found, there = fetched_once({"/a": [Reply(status=status), PAGE]})
    assert str(found).startswith(f"it answers {status}: ")
    assert found.passing == (status in (408, 501, 505))
    assert there.paths().count("/a") == 1


def test_a_server_in_lasting_trouble_is_asked_a_few_times(capfd):
    found, there = fetched_once({"/a": [BUSY]}, limits=Limits(tries=2))
    assert str(found) == "it answers 503: service unavailable"
    assert found.passing
    assert there.paths().count("/a") == 2
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_host_that_names_a_time_is_asked_nothing_before(form):
    then = (datetime.now(UTC) + timedelta(seconds=2)).replace(microsecond=0)
    after = "1" if form == "seconds" else format_datetime(then, usegmt=True)
    pages = {"/a": [Reply(status=429, headers={"Retry-After": after}), PAGE], "/b": [PAGE]}
    found, there = fetched(pages, "/a", "/b", limits=Limits(per_host=1))
    assert [answer.content for answer in found] == [PAGE.body] * 2
    refused, *others = there.asked[1:]
    until = refused.went + 1 if form == "seconds" else then.timestamp()
    assert min(one.came for one in others) >= until - EARLY


def test_a_host_that_wants_to_be_asked_much_later_is_left_alone():
    pages = {"/a": [Reply(status=503, headers={"Retry-After": "7200"}), PAGE], "/b": [PAGE]}
    found, there = fetched(pages, "/a", "/b", limits=Limits(per_host=1))
    assert [str(error) for error in found] == [
        "it answers 503: service unavailable; it asks to come back in 2 hours",
        "its host asks to be left alone for 2 hours",
    ]
    assert all(error.passing for error in found)
    assert there.paths() == ["/robots.txt", "/a"]


def test_what_is_known_is_not_sent_again():
    known = {"etag": 'W/"1"', "last_modified": "Fri, 09 Feb 2024 08:00:00 GMT"}
    found, there = fetched_once({"/a": [Reply(status=304, headers={"ETag": 'W/"1"'})]}, **known)
    assert (found.unchanged, found.content, found.etag) == (True, b"", 'W/"1"')
    assert there.asked[-1].headers["If-None-Match"] == known["etag"]
    assert there.asked[-1].headers["If-Modified-Since"] == known["last_modified"]
    assert "If-None-Match" not in there.asked[0].headers


def test_what_changed_is_sent_with_its_new_marks():
    headers = {
        "ETag": '"2"',
        "Last-Modified": "Sat, 10 Feb 2024 08:00:00 GMT",
        "Content-Type": "text/html; charset=koi8-r",
    }
    found, there = fetched_once({"/a": [Reply(b"New.", headers=headers)]}, etag='"1"')
    assert found == Answer(
        address=there.url("/a"),
        content=b"New.",
        media_type="text/html",
        charset="koi8-r",
        etag='"2"',
        last_modified=headers["Last-Modified"],
    )


@pytest.mark.parametrize(
    ("encoding", "form"), [("gzip", GZIP), ("x-gzip", GZIP), ("GZIP", GZIP), ("deflate", ZLIB), ("deflate", RAW)]
)
def test_what_is_sent_packed_is_unpacked(encoding, form):
    text = b"Trade grew by 5%. " * 5_000
    packing = zlib.compressobj(wbits=form)
    packed = packing.compress(text) + packing.flush()
    found, there = fetched_once({"/a": [Reply(packed, headers={"Content-Encoding": encoding})]})
    assert found.content == text
    assert there.asked[-1].headers["Accept-Encoding"] == "gzip, deflate"


def test_a_packed_file_stays_as_it_is():
    file = zlib.compress(b"<urlset/>", wbits=GZIP)
    found, _ = fetched_once({"/map.xml.gz": [Reply(file, headers={"Content-Type": "application/gzip"})]}, "/map.xml.gz")
    assert found.content == file


@pytest.mark.parametrize(("size", "enough"), [(11, True), (10, False), (None, True)])
def test_a_size_overrules_the_limit(size, enough):
    found, _ = fetched_once({"/a": [PAGE]}, size=size)
    assert (found.content == PAGE.body) if enough else (str(found) == "it is larger than 10 bytes")


def test_a_site_learns_who_asks_and_nothing_of_before():
    cookie = Reply(b"x", headers={"Set-Cookie": "who=you; Path=/"})
    _, there = fetched({"/robots.txt": [cookie], "/a": [cookie], "/b": [cookie]}, "/a", "/b", limits=Limits(per_host=1))
    for asked in there.asked:
        assert asked.headers["User-Agent"].startswith("tradetrace/")
        assert not {"Cookie", "Referer", "Authorization"} & set(asked.headers)
