"""Files of many articles are read as streams; what cannot be used of them is told with its place."""

import gzip
import io
import json
import zipfile

import pyarrow as pa
import pytest
from pyarrow import parquet

from etl import pipeline, sources
from etl.findings import Document, Rejection
from etl.sources import Source
from etl.store import Store
from tests.making import sources_file

TEXT = "Trade between China and Russia rose 26.3% to $240 billion in 2023."
RECORD = {"id": "7", "date": "2024-02-09", "text": TEXT, "title": "Trade"}
LINE = json.dumps(RECORD).encode() + b"\n"
OTHER = LINE.replace(b'"7"', b'"8"')


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def table(**columns):
    out = io.BytesIO()
    parquet.write_table(pa.table(columns), out)
    return out.getvalue()


# By file: its content, the addresses of its documents with their forms, and some words of what is refused.
CASES = {
    "a.jsonl": (LINE + b"\n" + OTHER, {"a.jsonl#7": "record", "a.jsonl#8": "record"}, {}),
    "bad.jsonl": (
        LINE + b"{\n[1]\n" + OTHER,
        {"bad.jsonl#7": "record", "bad.jsonl#8": "record"},
        {"bad.jsonl, line 2": "not a line of JSON", "bad.jsonl, line 3": "not a JSON object"},
    ),
    "long.jsonl": (
        b'{"id": "' + b"x" * 6_000_000 + b'"}\n' + LINE,
        {"long.jsonl#7": "record"},
        {"long.jsonl, line 1": "too large: a line has 5 MB at most"},
    ),
    "nameless.ndjson": (
        b'{"url": "https://example.org/a"}\n{"text": "x"}\n{"id": 5}\n',
        {f"nameless.ndjson#{name}": "record" for name in ("https://example.org/a", "2", "5")},
        {},
    ),
    "garbage.jsonl": (
        b"x\n" * 500 + LINE,
        {},
        {"garbage.jsonl": "100 in a row are no new articles: what follows line 100 is not read"},
    ),
    "a.jsonl.gz": (gzip.compress(LINE + OTHER), {"a.jsonl.gz#7": "record", "a.jsonl.gz#8": "record"}, {}),
    "cut.jsonl.gz": (
        gzip.compress(LINE) + gzip.compress(OTHER)[:-20],
        {"cut.jsonl.gz#7": "record"},
        {"cut.jsonl.gz": "its gzip is broken, and what follows is not read"},
    ),
    "bomb.jsonl.gz": (gzip.compress(b" " * 30_000_000), {}, {"bomb.jsonl.gz": "more than 100 times its size"}),
    "a.zip": (
        zipped(**{"b/c.txt": b"x", "d.html": b"<p>", "e.jsonl": LINE, ".git/f.txt": b"x", "README.md": b"x"}),
        {"a.zip#b/c.txt": "text", "a.zip#d.html": "page", "a.zip#e.jsonl#7": "record"},
        {},
    ),
    "bad.zip": (
        zipped(**{"../up.txt": b"x", "big.txt": b"x" * 5_000_001, "in.zip": b"PK", "f.pdf": b"%PDF"}),
        {"bad.zip#../up.txt": "text"},
        {"bad.zip#big.txt": "too large", "bad.zip#in.zip": "not a text", "bad.zip#f.pdf": "not a text"},
    ),
    "bombs.zip": (
        zipped(**{f"{number}.txt": b"\0" * 5_000_000 for number in range(3)}),
        {f"bombs.zip#{number}.txt": "text" for number in range(2)},
        {"bombs.zip": "more than 100 times its size comes out of it"},
    ),
    "cut.zip": (zipped(a=b"x")[:-30], {}, {"cut.zip": "no zip archive, or is cut off"}),
    "a.parquet": (
        table(id=[7, 8], date=["2024-02-09", "2024-02-10"], text=[TEXT, TEXT], more=[1, 2]),
        {"a.parquet#7": "record", "a.parquet#8": "record"},
        {},
    ),
    "columns.parquet": (table(id=[7], text=[TEXT]), {}, {"columns.parquet": "it has no column date"}),
    "no.parquet": (LINE, {}, {"no.parquet": "its Parquet is broken"}),
    "none.jsonl": (b"", {}, {"none.jsonl": "empty: it holds no articles"}),
}


@pytest.mark.parametrize("name", CASES)
def test_a_file_is_unpacked_as_its_case_says(tmp_path, name):
    content, documents, refused = CASES[name]
    (tmp_path / name).write_bytes(content)
    found = list(sources.read(Source("s", "files", tmp_path, language="en", publisher="P")))
    assert {one.address: one.form for one in found if isinstance(one, Document)} == documents
    assert all((one.language, one.publisher) == ("en", "P") for one in found if isinstance(one, Document))
    reasons = {one.address: one.reason for one in found if isinstance(one, Rejection)}
    assert all(words in reasons.get(address, "") for address, words in refused.items()), reasons


def test_how_many_there_are_is_not_known_before_they_are_read(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    source = Source("s", "files", tmp_path)
    assert sources.count(source) == 1
    (tmp_path / "b.jsonl").write_bytes(LINE)
    assert sources.count(source) is None


def test_the_articles_of_all_files_are_stored_once(tmp_path):
    folder = tmp_path / "news"
    folder.mkdir()
    lines = b"".join(json.dumps({**RECORD, "id": n, "text": f"{TEXT} {n}."}).encode() + b"\n" for n in range(60))
    (folder / "a.jsonl").write_bytes(lines + lines.splitlines()[0] + b"\n" + LINE.replace(b'"7"', b"59"))
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(LINE))
    days = pa.array([1_707_436_800_000_000_000], pa.timestamp("ns"))
    (folder / "c.parquet").write_bytes(table(id=["7"], date=days, text=[f"{TEXT} Parquet."]))
    store, catalogue = Store.open(tmp_path / "trade.db"), sources.load(sources_file(tmp_path, news=folder))
    (first,) = pipeline.refresh(store, catalogue, lambda *_: None)
    (second,) = pipeline.refresh(store, catalogue, lambda *_: None)
    assert (first.new, second.new, second.changed) == (62, 0, 0)
    (refused,) = first.rejected
    assert refused == Rejection("news", "a.jsonl#59", "it has the address of news/a.jsonl#59, which is kept")
    assert str(store.claims()["published"].max().date()) == "2024-02-09"
