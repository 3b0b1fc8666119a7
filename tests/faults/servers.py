"""Hostile servers, as what each sends: at least 100, made from tables, and what is said of each."""

import zlib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

SIZE = 100_000  # bytes that an answer may have


class Drip(NamedTuple):
    """Bytes that are sent one by one, with seconds between them."""

    content: bytes
    gap: float


class Endless(NamedTuple):
    """Bytes that are sent again and again, with seconds between."""

    content: bytes
    gap: float = 0.0


class Reset(NamedTuple):
    """The connection is torn down."""


class Hang(NamedTuple):
    """Nothing happens any more."""


class Packed(NamedTuple):
    """64 MB of nothing, packed into few bytes."""

    form: int


Step = bytes | Drip | Endless | Reset | Hang | Packed


class Hostile(NamedTuple):
    """What a server sends, to a request for a page or, where `at` says so, for its robots.txt; and what is said of it.

    `tls` says what it does about encryption: `none`, `garbage` or `silent` instead, or a `self-signed` certificate.
    """

    name: str
    steps: tuple[Step, ...]
    says: str
    at: str = "page"
    tls: str = "none"


OK = "200 OK"
CHUNKED = "Transfer-Encoding: chunked"
LATE = "takes longer"
BROKEN = "breaks off"
INVALID = "no valid HTTP"
LARGE = "larger than"
HANG, RESET = Hang(), Reset()
GZIP, ZLIB, RAW = 31, 15, -15


def head(status: str = OK, *fields: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status}", *fields, "", ""]).encode()


def packed(content: bytes, form: int) -> bytes:
    packing = zlib.compressobj(wbits=form)
    return packing.compress(content) + packing.flush()


@cache
def bomb(form: int) -> bytes:
    return packed(bytes(64_000_000), form)


def hostile() -> list[Hostile]:
    """Return every server."""
    return [
        *(*_slow(), *_endless(), *_lengths(), *_broken(), *_heads(), *_packed(), *_chunked()),
        *(*_statuses(), *_redirects(), *_robots(), *_encrypted()),
    ]


def _slow() -> Iterator[Hostile]:
    for gap in (0.01, 0.05, 0.2, 0.6):
        content = Drip(b"x" * 1_000, gap)
        yield Hostile(f"body drips each {gap}", (head(OK, "Content-Length: 1000"), content), LATE)
        yield Hostile(f"body drips each {gap} without an end", (head(), content, HANG), LATE)
        yield Hostile(f"chunks drip each {gap}", (head(OK, CHUNKED), Endless(b"1\r\nx\r\n", gap)), LATE)
        yield Hostile(f"head drips each {gap}", (Drip(head(OK, "X: " + "x" * 500), gap),), LATE)
        yield Hostile(
            f"head has a field each {gap}", (b"HTTP/1.1 200 OK\r\n", Endless(b"X: y\r\n", gap)), f"{LATE}|HTTP"
        )
    yield Hostile("says nothing", (HANG,), LATE)
    yield Hostile("stops within its head", (head()[:-2], HANG), LATE)
    yield Hostile("stops behind its head", (head(OK, "Content-Length: 10"), HANG), LATE)
    yield Hostile("stops within its body", (head(OK, "Content-Length: 10"), b"x", HANG), LATE)
    yield Hostile("stops within a chunk", (head(OK, CHUNKED), b"a\r\nx", HANG), LATE)


def _endless() -> Iterator[Hostile]:
    page = b"<p>Trade grew.</p>" * 1_000
    yield Hostile("body without an end", (head(), Endless(page)), f"{LARGE}|{LATE}")
    yield Hostile(
        "chunks without an end", (head(OK, CHUNKED), Endless(b"1000\r\n" + bytes(4_096) + b"\r\n")), f"{LARGE}|{LATE}"
    )
    yield Hostile("tiny chunks without an end", (head(OK, CHUNKED), Endless(b"1\r\nx\r\n" * 1_000)), f"{LARGE}|{LATE}")
    yield Hostile("fields without an end", (b"HTTP/1.1 200 OK\r\n", Endless(b"X: y\r\n" * 100)), f"{INVALID}|{LATE}")
    yield Hostile("one field without an end", (b"HTTP/1.1 200 OK\r\nX: ", Endless(b"y" * 1_000)), f"{INVALID}|{LATE}")
    yield Hostile("status without an end", (b"HTTP/1.1 200 ", Endless(b"y" * 1_000)), f"{INVALID}|{LATE}")
    yield Hostile("line without an end", (Endless(b"y" * 1_000),), f"{INVALID}|{LATE}")
    yield Hostile("empty lines without an end", (Endless(b"\r\n" * 1_000),), f"{INVALID}|{LATE}")
    yield Hostile("continues without an end", (Endless(head("100 Continue") * 50),), LATE)
    yield Hostile("hints without an end", (Endless(head("103 Early Hints", "Link: </a>") * 50),), LATE)


def _lengths() -> Iterator[Hostile]:
    for length in (SIZE + 1, 10**12, 10**30):
        yield Hostile(
            f"length {length}", (head(OK, f"Content-Length: {length}"), Endless(b"x" * 1_000)), f"{LARGE}|HTTP"
        )
    for length in ("-1", "+5", "5.0", "0x5", "five", "5, 6", "5 5", "9" * 5_000):
        yield Hostile(f"length {length[:5]}", (head(OK, f"Content-Length: {length}"), b"x" * 5), f"{INVALID}|malformed")
    yield Hostile("two lengths", (head(OK, "Content-Length: 5", "Content-Length: 6"), b"x" * 6), INVALID)
    yield Hostile("length and chunks", (head(OK, "Content-Length: 5", CHUNKED), b"0\r\n\r\n"), INVALID)
    for sent in (0, 1, 999):
        yield Hostile(f"{sent} bytes of 1000", (head(OK, "Content-Length: 1000"), b"x" * sent), BROKEN)


def _broken() -> Iterator[Hostile]:
    begins = {
        "at once": (),
        "within the status": (b"HTTP/1.1 2",),
        "within a field": (b"HTTP/1.1 200 OK\r\nContent-Len",),
        "behind the head": (head(OK, "Content-Length: 10"),),
        "within the body": (head(OK, "Content-Length: 10"), b"xxx"),
        "within a size": (head(OK, CHUNKED), b"a"),
        "within a chunk": (head(OK, CHUNKED), b"a\r\nxxx"),
        "before the last chunk": (head(OK, CHUNKED), b"1\r\nx\r\n"),
    }
    for name, steps in begins.items():
        yield Hostile(f"closes {name}", steps, f"{BROKEN}|HTTP")
        yield Hostile(f"resets {name}", (*steps, RESET), BROKEN)


def _heads() -> Iterator[Hostile]:
    for size in (10_000, 100_000, 1_000_000):
        yield Hostile(f"field of {size}", (head(OK, "X: " + "y" * size),), INVALID)
        yield Hostile(f"name of {size}", (head(OK, "x" * size + ": y"),), INVALID)
    for number in (200, 20_000):
        yield Hostile(f"{number} fields", (head(OK, *[f"X-{one}: y" for one in range(number)]),), INVALID)
    for name, field in {
        "no colon": "Content-Length 5",
        "no name": ": 5",
        "a space in its name": "Content Length: 5",
        "a NUL": "X: a\0b",
        "a lone return": "X: a\rContent-Length: 9",
    }.items():
        yield Hostile(f"field with {name}", (head(OK, field), b"xxxxx"), INVALID)


def _packed() -> Iterator[Hostile]:
    whole = packed(b"Trade grew by 5%. " * 500, GZIP)
    for name, form in {"gzip": GZIP, "deflate": ZLIB, "deflate raw": RAW}.items():
        field = f"Content-Encoding: {name.split()[0]}"
        yield Hostile(f"{name} bomb", (head(OK, field), Packed(form)), LARGE)
        yield Hostile(f"{name} bomb in chunks", (head(OK, field, CHUNKED), b"10000\r\n", Packed(form)), LARGE)
        yield Hostile(f"{name} breaks off", (head(OK, field), packed(b"Trade" * 99, form)[:-3]), "broken")
    field = "Content-Encoding: gzip"
    yield Hostile("gzip bomb in parts", (head(OK, field), Endless(packed(bytes(1_000), GZIP) * 50)), f"{LARGE}|{LATE}")
    yield Hostile("gzip of nothing in parts", (head(OK, field), Endless(packed(b"", GZIP) * 50)), f"{LARGE}|{LATE}")
    for name, content in {
        "no gzip": b"<p>Trade grew.</p>",
        "gzip of one byte": whole[:1],
        "gzip within its head": whole[:7],
        "gzip with a wrong sum": whole[:-8] + b"12345678",
        "gzip with a wrong middle": whole[:20] + b"\xff" * 20 + whole[40:],
        "gzip with more behind": whole + b"<p>Trade grew.</p>",
    }.items():
        yield Hostile(name, (head(OK, field), content), "broken")
    yield Hostile("no deflate", (head(OK, "Content-Encoding: deflate"), b"\xff" * 99), "broken")
    for printed in (
        "gzip, gzip",
        "deflate, gzip",
        "gzip, identity, gzip",
        "gzip, br",
        "gzip\r\nContent-Encoding: gzip",
    ):
        yield Hostile(f"packed as {printed!a}", (head(OK, f"Content-Encoding: {printed}"), whole), "more than once")
    for printed in ("br", "zstd", "compress", "exi", "aes128gcm", "x", "gzip;q=1", "*"):
        yield Hostile(f"packed as {printed}", (head(OK, f"Content-Encoding: {printed}"), whole), "not asked for")


def _chunked() -> Iterator[Hostile]:
    for name, chunk in {
        "word": b"five\r\nxxxxx\r\n0\r\n\r\n",
        "negative": b"-5\r\nxxxxx\r\n0\r\n\r\n",
        "0x": b"0x5\r\nxxxxx\r\n0\r\n\r\n",
        "empty": b"\r\nxxxxx\r\n0\r\n\r\n",
        "too short": b"3\r\nxxxxx\r\n0\r\n\r\n",
        "beyond 64 bits": b"f" * 40 + b"\r\nxxxxx\r\n0\r\n\r\n",
    }.items():
        yield Hostile(f"size of a chunk: {name}", (head(OK, CHUNKED), chunk), f"{BROKEN}|{INVALID}")
    extension = (head(OK, CHUNKED), b"5;", Endless(b"x" * 1_000))
    yield Hostile("extension of a chunk without an end", extension, f"{BROKEN}|{INVALID}|{LATE}")
    trailers = (head(OK, CHUNKED), b"1\r\nx\r\n0\r\n", Endless(b"X: y\r\n" * 100))
    yield Hostile("trailers without an end", trailers, f"{BROKEN}|{INVALID}|{LATE}")
    for coding in ("gzip, chunked", "chunked, gzip", "gzip", "x"):
        steps = (head(OK, f"Transfer-Encoding: {coding}"), b"xxxxx", HANG)
        yield Hostile(f"transferred as {coding}", steps, f"{BROKEN}|{INVALID}|{LATE}")


def _statuses() -> Iterator[Hostile]:
    for name, content in {
        "HTTP/0.9": b"<html>Trade grew.</html>",
        "no number": b"HTTP/1.1 abc OK\r\n\r\n",
        "two digits": b"HTTP/1.1 99 OK\r\n\r\n",
        "four digits": b"HTTP/1.1 2000 OK\r\n\r\n",
        "negative": b"HTTP/1.1 -200 OK\r\n\r\n",
        "no version": b"HTTP 200 OK\r\n\r\n",
        "radio": b"ICY 200 OK\r\n\r\n",
        "mail": b"220 mail.example.org ESMTP\r\n",
        "shell": b"SSH-2.0-OpenSSH_9.6\r\n",
        "zeros": bytes(5_000),
        "all bytes": bytes(range(256)) * 20,
        "a TLS alert": b"\x15\x03\x01\x00\x02\x02\x28",
        "half of HTTP/2": b"\x00\x00\x12\x04" + bytes(20),
        "a picture": b"\x89PNG\r\n\x1a\n" + bytes(5_000),
        "a request": b"GET / HTTP/1.1\r\n\r\n",
    }.items():
        yield Hostile(f"instead of a status: {name}", (content,), f"{INVALID}|{BROKEN}|answers")
    for status in (101, 204, 206, 226, 300, 301, 302, 304, 305, 306, 308, 400, 401, 403, 404, 405, 406, 408, 410, 418):
        yield Hostile(f"status {status}", (head(f"{status} No", "Content-Length: 0"),), f"answers {status}")
    for status in (421, 425, 429, 451, 500, 501, 502, 503, 504, 505, 511, 520, 599, 600, 777, 999):
        yield Hostile(f"status {status}", (head(f"{status} No", "Content-Length: 0"),), f"answers {status}")
    for status in ("429 Slow", "503 Busy"):
        for after in (
            "1000000000",
            "9" * 4_000,
            "9" * 5_000,
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "soon",
            "-1",
            "1.5",
            "²",
        ):
            steps = (head(status, f"Retry-After: {after}", "Content-Length: 0"),)
            yield Hostile(f"{status}, come back in {len(after)} {after[:6]!a}", steps, f"answers {status[:3]}")


def _redirects() -> Iterator[Hostile]:
    for status in (301, 302, 303, 307, 308):
        yield _to(f"redirects {status} to itself", "/", "more than 5 times", status)
    yield _to("redirects to ever new pages", "{path}x", "more than 5 times")
    for target in (
        *("file:///etc/passwd", "ftp://example.org/", "javascript:alert(1)", "data:text/html,x"),
        *("http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::1]/", "http://2130706433/"),
        *("http://127.0.0.1:1/", "https://user:word@example.org/", "//192.168.0.1/", "http://\x1b[31m/", "http://[/"),
        *("http://xn--/", "http://" + "a" * 5_000 + "/"),
    ):
        yield _to(f"redirects to {target[:40]!a}", target, "it redirects to")


def _to(name: str, target: str, says: str, status: int = 302) -> Hostile:
    return Hostile(name, (head(f"{status} There", f"Location: {target}", "Content-Length: 0"),), says)


def _robots() -> Iterator[Hostile]:
    field = "Content-Encoding: gzip"
    agents = "".join(f"User-agent: a{number}\n" for number in range(12_000))
    rules = agents + "Disallow: /a\n" * 12_000
    for name, steps, says in (
        ("hangs", (HANG,), LATE),
        ("drips", (head(), Drip(b"User-agent: *\nDisallow: /private\n" * 9, 0.05)), LATE),
        ("has no end", (head(), Endless(b"Disallow: /a\n" * 1_000)), f"{LARGE}|{LATE}"),
        ("is large", (head(OK, "Content-Length: 500001"), HANG), LARGE),
        ("is a bomb", (head(OK, field), Packed(GZIP)), LARGE),
        ("is broken", (head(OK, field), b"Disallow: /"), "broken"),
        ("multiplies", (head(OK, f"Content-Length: {len(rules)}"), rules.encode()), "too many"),
        ("answers 500", (head("500 No", "Content-Length: 0"),), "answers 500"),
        ("answers 503", (head("503 No", "Retry-After: 99999", "Content-Length: 0"),), "28 hours"),
        ("answers 429", (head("429 No", "Content-Length: 0"),), "answers 429"),
        ("redirects to itself", (head("301 There", "Location: /robots.txt", "Content-Length: 0"),), "more than 5"),
        ("redirects inside", (head("301 There", "Location: http://10.0.0.1/", "Content-Length: 0"),), "private"),
        ("is reset", (RESET,), BROKEN),
        ("is no HTTP", (b"User-agent: *\nDisallow:\n",), INVALID),
        ("forbids all", (head(), b"User-agent: *\nDisallow: /\n"), "forbids it"),
        ("forbids us", (head(), b"User-agent: tradetrace\nDisallow: /\n\nUser-agent: *\nDisallow:\n"), "forbids it"),
        ("wants a day", (head(), b"User-agent: *\nCrawl-delay: 86400\n"), "wants 86400 s"),
    ):
        yield Hostile(f"robots.txt {name}", steps, says, "robots.txt")


def _encrypted() -> Iterator[Hostile]:
    yield Hostile("does not shake hands", (HANG,), "in time", tls="silent")
    yield Hostile("speaks no TLS", (head(OK, "Content-Length: 1"), b"x"), "TLS", tls="garbage")
    yield Hostile("sends garbage for TLS", (bytes(range(256)),), "TLS", tls="garbage")
    yield Hostile("drips its handshake", (Drip(b"\x16\x03\x03\x40\x00" + bytes(999), 0.05),), "in time", tls="garbage")
    yield Hostile("closes within its handshake", (b"\x16\x03\x03",), "TLS|connection|in time", tls="garbage")
    yield Hostile("resets within its handshake", (b"\x16\x03\x03", RESET), "TLS|connection|in time", tls="garbage")
    yield Hostile("signs for itself", (head(OK, "Content-Length: 1"), b"x"), "certificate fails", tls="self-signed")
