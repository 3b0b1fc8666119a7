"""Hostile files of many documents: JSONL, gzip, zip and Parquet."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from typing import Any

import pyarrow as pa
from pyarrow import parquet

TEXT = "Exports rose 5% in May."
RECORD = {"id": "1", "date": "2024-02-09", "text": TEXT}
LINE = json.dumps(RECORD).encode() + b"\n"


def gzipped(content: bytes) -> bytes:
    """Return content as gzip packs it."""
    return gzip.compress(content, 1)


def _bomb(unit: bytes, megabytes: int) -> bytes:
    """Return much of one thing as gzip packs it, made without having it all."""
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", compresslevel=9) as packed:
        for _ in range(megabytes):
            packed.write(unit * (1_000_000 // len(unit)))
    return out.getvalue()


def _zipped(members: dict[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _table(columns: dict[str, Any], **options: Any) -> bytes:
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def _lines(*lines: str | bytes) -> Callable[[], bytes]:
    raw = [line.encode() if isinstance(line, str) else line for line in lines]
    return lambda: b"\n".join(raw) + b"\n"


def _field(name: str, value: Any) -> Callable[[], bytes]:
    return lambda: json.dumps({**RECORD, name: value}).encode()


def _rows(**columns: Any) -> Callable[[], bytes]:
    return lambda: _table({"id": ["1"], "date": ["2024-02-09"], "text": [TEXT], **columns})


def _encrypted() -> bytes:
    archive = bytearray(_zipped({"a.txt": b"x"}))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        archive[archive.index(mark) + at] |= 1
    return bytes(archive)


def _cut(content: bytes, share: float) -> bytes:
    return content[: int(len(content) * share)]


SHARES = (0.1, 0.5, 0.9, 0.99)
PACKED = {"gz": lambda: gzipped(LINE * 5_000), "zip": lambda: _zipped({f"{n}.txt": LINE * 9 for n in range(50)})}
CONTENTS: dict[str, Callable[[], bytes]] = {
    "garbage.jsonl": _lines(*["{nonsense"] * 3_000),
    "values.jsonl": _lines("1", "null", "[]", '"x"', "true", "NaN", "{}"),
    "nested.jsonl": _lines('{"id":' + "[" * 200_000),
    "nested objects.jsonl": _lines('{"text":' * 100_000),
    "closed.jsonl": _lines('{"id":1,"date":"2024","text":' + "[" * 5_000 + "]" * 5_000 + "}"),
    "number.jsonl": _lines('{"id":' + "9" * 100_000 + "}"),
    "exponent.jsonl": _lines('{"id":1e999999999,"date":1e999,"text":1}'),
    "keys.jsonl": _lines('{"id":1,"id":2,"date":"x","date":"2024","text":1,"text":"x"}'),
    "halves.jsonl": _lines('{"id":"\\ud800","date":"2024","text":"\\udfff","title":"\\ud83d"}'),
    "nul.jsonl": _lines('{"id":"\\u0000","date":"2024","text":"a\\u0000b"}'),
    "not UTF-8.jsonl": _lines(b'{"id":"\xff"}'),
    "UTF-16.jsonl": lambda: LINE.decode().encode("utf-16"),
    "UTF-32.jsonl": lambda: LINE.decode().encode("utf-32"),
    "mark.jsonl": lambda: b"\xef\xbb\xbf" + LINE,
    "empty lines.jsonl": lambda: b"\n" * 3_000_000,
    "one line.jsonl": lambda: b'{"id":"' + b"x" * 6_000_000 + b'"}\n' + LINE,
    "endless.jsonl": lambda: b"x" * 120_000_000,
    "same.jsonl": lambda: LINE * 300,
    "same, other text.jsonl": lambda: b"".join(
        json.dumps({**RECORD, "text": f"{TEXT} {n}"}).encode() + b"\n" for n in range(60)
    ),
    "returns.jsonl": lambda: LINE.strip() + b"\r\r\r\n" + LINE,
    **{
        f"{name} {number}.jsonl": _field(name, value)
        for name in ("id", "date", "text", "url", "title", "lang", "publisher")
        for number, value in enumerate((None, 0, -1.5, True, [], {"a": 1}, "", " ", "\x00", "x" * 10_000, "\n\n"))
    },
    **{
        f"address {number}.jsonl": _field("url", url)
        for number, url in enumerate(
            (
                "javascript:alert(1)",
                "file:///etc/passwd",
                "http://",
                "http://[::1",
                "https://u:p@h/",
                "//h",
                "http://h:0",
            )
        )
    },
    "zeros.jsonl.gz": lambda: _bomb(b"\0", 600),
    "newlines.jsonl.gz": lambda: _bomb(b"\n", 300),
    "records.jsonl.gz": lambda: _bomb(LINE, 200),
    "twice.jsonl.gz": lambda: gzipped(gzipped(LINE)),
    "not packed.jsonl.gz": lambda: LINE,
    "many parts.jsonl.gz": lambda: gzipped(LINE) * 50,
    "rubbish behind.jsonl.gz": lambda: gzipped(LINE) + b"rubbish",
    "checksum.jsonl.gz": lambda: gzipped(LINE)[:-8] + b"12345678",
    **{f"cut {share}.jsonl.gz": lambda s=share: _cut(PACKED["gz"](), s) for share in SHARES},
    "zeros.zip": lambda: _zipped({"a.txt": b"\0" * 300_000_000}),
    "bombs.zip": lambda: _zipped({f"{number}.html": b"\0" * 4_900_000 for number in range(60)}),
    "nested.zip": lambda: _zipped({"a.zip": _zipped({"a.txt": LINE}), "b.jsonl.gz": gzipped(LINE)}),
    "names.zip": lambda: _zipped(
        dict.fromkeys(("../../up.txt", "/etc/passwd.txt", "c:\\x.txt", "a\nb.txt", "\x1b.txt", "a//b.txt"), b"x")
    ),
    "many.zip": lambda: _zipped({f"{number}": b"" for number in range(3_000)}),
    "long names.zip": lambda: _zipped({f"{number}{'n' * 60_000}.txt": b"" for number in range(200)}),
    "LZMA.zip": lambda: _zipped({"a.txt": LINE}, zipfile.ZIP_LZMA),
    "encrypted.zip": _encrypted,
    "lies.zip": lambda: _zipped({"a.txt": b"x" * 9_000}).replace(b"\x28\x23\0\0", b"\x01\0\0\0"),
    "no zip.zip": lambda: b"PK\3\4 and no more",
    "an end.zip": lambda: b"PK\5\6" + b"\xff" * 18,
    "text.zip": lambda: LINE,
    "records.zip": lambda: _zipped({"a.jsonl": LINE + b"nonsense\n" + LINE.replace(b'"1"', b'"2"')}),
    "garbage.zip": lambda: _zipped({"a.jsonl": b"nonsense\n" * 500}),
    **{f"cut {share}.zip": lambda s=share: _cut(PACKED["zip"](), s) for share in SHARES},
    "no Parquet.parquet": lambda: LINE,
    "magic.parquet": lambda: b"PAR1PAR1",
    "magic and rubbish.parquet": lambda: b"PAR1" + b"\xff" * 5_000 + b"\xff\0\0\0PAR1",
    "columns.parquet": lambda: _table({"a": [1]}),
    "no rows.parquet": _rows(id=[], date=[], text=[]),
    "no columns.parquet": lambda: _table({}),
    "nulls.parquet": _rows(date=[None], text=[None]),
    "numbers.parquet": _rows(id=[1.5], date=[2024], text=[7]),
    "lists.parquet": _rows(text=[["x"]]),
    "bytes.parquet": _rows(text=pa.array([b"\xff\xfe"])),
    "not UTF-8.parquet": _rows(text=pa.Array.from_buffers(pa.string(), 1, pa.array([b"\xff\xfe"]).buffers())),
    "days.parquet": _rows(date=pa.array([10**17], pa.timestamp("ms"))),
    "zeros.parquet": _rows(text=["\0" * 300_000_000]),
    "dictionary.parquet": lambda: _table(
        {name: pa.array([value] * 5_000) for name, value in {**RECORD, "text": "x" * 100_000}.items()}
    ),
    **{f"cut {share}.parquet": lambda s=share: _cut(_rows(text=[TEXT * 99])(), s) for share in SHARES},
}
