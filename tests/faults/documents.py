"""Hostile documents: a table of what a file may hold, times how it is written down and how much of it there is."""

import json
import os
import random
import socket
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.faults import containers

SIZES = (2_000, 140_000, 1_500_000)  # bytes; an article may have almost the second
SPARSE = 100_000_000
TRADE = "China's exports to Japan rose 5% to $3 billion in May, customs data showed. "
HEADER = b"date 2024-02-09\n\n"
HEAD = (
    b'<html lang="en"><head><title>Hostile</title>'
    b'<meta property="article:published_time" content="2024-02-09T10:00:00Z"></head><body><article><h1>Hostile</h1><p>'
)


class Fault(NamedTuple):
    """A file to be: its name, and what makes it at its place."""

    name: str
    make: Callable[[Path], object]


def _deep(opening: str) -> Callable[[int], bytes]:
    return lambda size: (opening * (size // len(opening))).encode() + TRADE.encode()


def _long(unit: str | bytes, end: str = "") -> Callable[[int], bytes]:
    raw = unit.encode("utf-8", "surrogatepass") if isinstance(unit, str) else unit
    return lambda size: TRADE.encode() + raw * (size // len(raw)) + end.encode()


def _coded(charset: str) -> Callable[[int], bytes]:
    return lambda size: (TRADE * (size // len(TRADE) + 1)).encode(charset, "replace")


def _said(charset: str) -> Callable[[int], bytes]:
    return lambda size: f'<meta charset="{charset}">'.encode() + _coded("utf-8")(size) + b"caf\xe9"


CONTENTS: dict[str, Callable[[int], bytes]] = {
    "noise": lambda size: random.Random(size).randbytes(size),
    "nuls": _long("\0"),
    "ff": _long(b"\xff"),
    "continuations": _long(b"\x80"),
    "overlong": _long(b"\xc0\xaf"),
    "surrogates": _long("\ud83d"),
    "controls": _long("".join(map(chr, range(1, 32)))),
    "escapes": _long("\x1b[2J\x1b]0;x\x07"),
    "newlines": _long("\n"),
    "blanks": _long(" "),
    "a word": _long("a"),
    "a number": _long("9"),
    "dollars": _long("$"),
    "sums": _long("$1 and "),
    "percent": _long("5% "),
    "flows": _long("exports rose "),
    "trade": _long(TRADE),
    "sentences": _long("It rose. "),
    "brackets": _long("("),
    "quotes": _long('"'),
    "accents": _long("e\u0301\u0302\u0303"),
    "right to left": _long("\u202e\u200f"),
    "emoji": _long("\U0001f468\u200d\U0001f469\u200d\U0001f467"),
    "opened": _long("<"),
    "ampersands": _long("&"),
    "entities": _long("&#xFFFFFFFF;&#0;&nosuch;"),
    "comment": lambda size: b"<!--" + _long("x")(size),
    "script": lambda size: b"<script>" + _long("exports 5;")(size),
    "style": lambda size: b"<style>" + _long("a{}")(size),
    "title": lambda size: b"<title>" + _long("x ")(size),
    "textarea": lambda size: b"<textarea>" + _long("x ")(size),
    "cdata": lambda size: b"<![CDATA[" + _long("]]")(size),
    "divs": _deep("<div>"),
    "bold": _deep("<b>"),
    "tables": _deep("<table><tr><td>"),
    "lists": _deep("<ul><li>"),
    "templates": _deep("<template>"),
    "frames": _deep("<iframe>"),
    "formulae": _deep("<svg><math><mi>"),
    "attributes": lambda size: (
        b"<p " + b" ".join(b"a%d" % number for number in range(size // 7)) + b">" + _long("x")(9)
    ),
    "an attribute": lambda size: b'<p title="' + _long("x")(size),
    "paragraphs": _long("<p>Exports rose 5%."),
    "closed": _long("</p></div>"),
    "links": _long('<a href="/trade">Trade 5</a>'),
    "images": _long('<img src="data:,x" alt="Trade 5">'),
    "metas": _long('<meta name="date" content="2024-13-99">'),
    "objects": lambda size: b'<script type="application/ld+json">' + b'{"a":[' * (size // 6) + TRADE.encode(),
    "laughs": lambda size: (
        b'<!DOCTYPE a [<!ENTITY a "trade 5">'
        + b"".join(b'<!ENTITY a%d "&a;&a;">' % number for number in range(size // 30))
        + b"]>&a;"
        + TRADE.encode()
    ),
    "declared": lambda size: b'<?xml version="1.0" encoding="utf-16"?>' + _coded("utf-8")(size),
    "PDF": lambda size: b"%PDF-1.7\n" + random.Random(size).randbytes(size),
    "gzip": lambda size: containers.gzipped(_long("x")(size)),
    **{
        f"in {charset}": _coded(charset) for charset in ("utf-16", "utf-32", "utf-7", "cp037", "utf-16-le", "utf-8-sig")
    },
    **{
        f"said {charset}": _said(charset)
        for charset in ("utf-16", "rot13", "unicode_escape", "punycode", "idna", "zlib", "nonsense", "gb2312", "x" * 30)
    },
}
FORMS: dict[str, Callable[[bytes], bytes]] = {
    "txt": lambda content: HEADER + content,
    "html": lambda content: HEAD + content,
    "jsonl": lambda content: _record(text=content.decode("utf-8", "replace")),
}
DATES = (
    "2024-13-01",
    "2024-02-30",
    "2024-00-10",
    "0000-01-01",
    "9999-12-31",
    "99999-01-01",
    "-2024-01-01",
    "2031-01-01",
    "1066-10-14",
    "today",
    "13/02/2024",
    "2024-02-09T99:99:99Z",
    "20240209",
    "Fri, 32 Feb 2024 10:00:00 GMT",
    "1707436800",
    "٢٠٢٤-٠٢-٠٩",
    "2024-02-09" * 50,
    "\\u0000",
)
DATED: dict[str, Callable[[str], bytes]] = {
    "txt": lambda day: f"date {day}\n\n{TRADE}".encode(),
    "html": lambda day: HEAD.replace(b"2024-02-09T10:00:00Z", day.encode()) + f"{TRADE * 5}</p></article>".encode(),
    "jsonl": lambda day: _record(date=day),
}
NAMES = (
    b"a\nb.txt",
    b"caf\xe9.txt",
    b"caf\xe8.txt",
    b"\x1b[31mred.txt",
    b"n" * 240 + b".html",
    "\u202etxt.\U0001f4a3.html".encode(),
    b"'; drop table claims;--.txt",
    b"#.jsonl",
    b" .txt",
    b"a.b.c.TXT",
)


def _record(**fields: object) -> bytes:
    return json.dumps({"id": "1", "date": "2024-02-09", "text": TRADE, **fields}).encode() + b"\n"


def faults(sizes: Sequence[int] = SIZES) -> list[Fault]:
    """Return all faults, in one order; contents are of each size."""
    return [*_contents(sizes), *_dates(), *_names(), *_places(), *_holding()]


def good(folder: Path, number: int) -> str:
    """Write an article that must be stored, and return its name."""
    name = f"good {number:03}.{tuple(DATED)[number % len(DATED)]}"
    text = TRADE.replace("5%", f"{number + 2}%")
    by_form = {
        "txt": lambda: HEADER + text.encode(),
        "html": lambda: HEAD.replace(b"Hostile", b"Good") + f"{text * 3}</p></article>".encode(),
        "jsonl": lambda: _record(text=text),
    }
    (folder / name).write_bytes(by_form[name.rpartition(".")[2]]())
    return name


def _contents(sizes: Sequence[int]) -> Iterator[Fault]:
    for name, content in CONTENTS.items():
        for size in sizes:
            for form, written in FORMS.items():
                yield _file(f"{name} {size}.{form}", lambda w=written, c=content, s=size: w(c(s)))


def _dates() -> Iterator[Fault]:
    for number, day in enumerate(DATES):
        for form, written in DATED.items():
            yield _file(f"dated {number}.{form}", lambda w=written, d=day: w(d))


def _names() -> Iterator[Fault]:
    for raw in NAMES:
        form = raw.rpartition(b".")[2].decode().lower()
        yield _file(os.fsdecode(raw), lambda f=form: FORMS[f](TRADE.encode()))


def _holding() -> Iterator[Fault]:
    for name, make in containers.CONTENTS.items():
        yield _file(name, make)


def _file(name: str, make: Callable[[], bytes]) -> Fault:
    return Fault(name, lambda path: path.write_bytes(make()))


def _places() -> Iterator[Fault]:
    """Yield what stands where a file is awaited."""
    for end in ("txt", "html", "jsonl", "jsonl.gz", "parquet", "zip"):
        yield Fault(f"pipe.{end}", os.mkfifo)
        yield Fault(f"sparse.{end}", lambda path: path.touch() or os.truncate(path, SPARSE))
        yield Fault(f"empty.{end}", Path.touch)
        yield Fault(f"loop.{end}", lambda path: path.symlink_to(path.name))
        yield Fault(f"nowhere.{end}", lambda path: path.symlink_to("nowhere"))
        yield Fault(f"away.{end}", lambda path: path.symlink_to("/dev/zero"))
        yield Fault(f"socket.{end}", _socket)
        yield Fault(f"folder.{end}", lambda path: (path.mkdir(), (path / "in it.txt").write_bytes(b"no date")))
    yield Fault("round", lambda path: path.symlink_to("."))


def _socket(path: Path) -> None:
    # The name of a socket may be no longer than some hundred bytes.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(here)
