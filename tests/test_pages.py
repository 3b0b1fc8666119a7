"""Pages become articles as they say themselves, and what breaks the reading of one does no harm to the next."""

import os
import subprocess
import sys
import time
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest

from etl.articles import Reader
from etl.findings import Document, Empty, Rejection
from etl.model import Article
from tests.making import ROOT

CASES = tomllib.loads((ROOT / "tests/data/pages.toml").read_text(encoding="utf-8"))["case"]
PARAGRAPHS = [
    "Japan's exports to China fell 3% to $12.5 billion in May, the finance ministry said on Friday in Tokyo.",
    "Imports rose 4.1%, and economists had expected less than that, as a survey of thirty of them showed.",
]
BODY = f"<article><h1>Trade is up</h1>{''.join(f'<p>{one}</p>' for one in PARAGRAPHS)}</article>"
WHOLE = f"<html><body>{BODY}</body></html>"
TIMED = BODY.replace("</h1>", "</h1><time datetime='2024-02-09T10:00'>Friday</time>")
DEEP = b"<div>" * 900_000  # takes hours to read
OF_DOCUMENT = ("url", "published", "language", "publisher")


@pytest.fixture(scope="module")
def reader():
    with Reader() as reader:
        yield reader


def document(case):
    page = case.get("page", f"<html><head>{case.get('head', '')}</head><body>{case.get('body')}</body></html>")
    content = page.replace("BODYTIME", TIMED).replace("BODY", BODY).encode()
    known = {key: case[key] for key in OF_DOCUMENT if key in case}
    return Document("s", "a.html", content, form="page", title=case.get("listed"), **known)


def page(text, name="a.html", **known):
    return Document("s", name, text if isinstance(text, bytes) else text.encode(), form="page", **known)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_page_is_read_as_its_case_says(reader, case):
    ((_, result),) = reader.read([document(case)])
    if "reason" in case:
        assert isinstance(result, Rejection), result
        assert case["reason"] in result.reason
    elif case.get("empty"):
        assert result == Empty("s", "a.html")
    else:
        assert isinstance(result, Article), result
        expected = case.get("article", {})
        assert {key: asdict(result)[key] for key in expected} == expected
        assert case.get("text", result.text) == result.text


def test_paragraphs_stand_apart_and_the_headline_is_the_title(reader):
    ((_, article),) = reader.read([page(WHOLE, published="2024-02-09")])
    assert article.title == "Trade is up"
    assert article.text == "\n\n".join(PARAGRAPHS)


WORDS = "Café exports rose 5% to €3 billion in May – “a record”, it said."


@pytest.mark.parametrize(
    ("written", "declared", "charset"),
    [
        ("utf-8", "", None),
        ("cp1252", "", None),
        ("cp1252", "", "iso-8859-1"),
        ("cp1252", "", "utf-8"),
        ("utf-16", "", "utf-8"),
        ("utf-16-le", "", "utf-16le"),
        ("utf-32", "", None),
        ("utf-8-sig", "", "windows-1251"),
        ("cp1252", "<meta charset=windows-1252>", None),
        ("gb18030", "<meta charset='gb2312'>", None),
        ("utf-8", "<meta charset=utf-16>", None),
        ("utf-8", "<meta http-equiv=content-type content='text/html; charset=rot13'>", "no-such-charset"),
    ],
)
def test_a_page_is_read_in_its_charset(reader, written, declared, charset):
    whole = f"<html><head>{declared}</head><body><article><p>{WORDS}</p></article></body></html>"
    ((_, article),) = reader.read([page(whole.encode(written), charset=charset, published="2024-02-09")])
    assert isinstance(article, Article), article
    assert article.text == WORDS


def test_a_few_broken_bytes_are_no_other_charset(reader):
    whole = f"<html><body><article><p>{WORDS}</p><p>{'More of it. ' * 200}".encode() + b"\xe2\x82</p></article>"
    ((_, article),) = reader.read([page(whole, charset="utf-8", published="2024-02-09")])
    assert article.text.startswith(WORDS)


def test_a_page_that_takes_too_long_is_told_and_the_others_are_read_in_order(reader):
    good = [page(WHOLE, f"{number}.html", published="2024-02-09") for number in range(6)]
    documents = [*good[:3], page(DEEP, "deep.html"), *good[3:]]
    begun = time.monotonic()
    results = list(reader.read(documents))
    assert [found.address for found, _ in results] == [one.address for one in documents]
    assert {type(result) for found, result in results if found.address != "deep.html"} == {Article}
    (deep,) = (result for found, result in results if found.address == "deep.html")
    assert "takes more than 4 s" in deep.reason
    assert time.monotonic() - begun < 15


def test_texts_records_and_what_is_no_document_keep_their_places(reader):
    text = Document("s", "a.txt", b"date 2024-02-09\n\nIt grew.")
    record = Document("s", "a#1", b'{"date": "2024-02-09", "text": "It grew."}', form="record")
    refused = Rejection("s", "b.txt", "too large")
    given = [text, page(WHOLE, published="2024-02-09"), refused, record]
    results = list(reader.read(given))
    assert [found for found, _ in results] == given
    assert [type(result) for _, result in results] == [Article, Article, Rejection, Article]


ORPHANS = """
import sys
from etl.articles import Reader
from etl.findings import Document
if __name__ == "__main__":
    pages = [Document("s", "a", b"<p>x", form="page"), Document("s", "b", b"<div>" * 900_000, form="page")]
    with Reader() as reader:
        for found, _ in reader.read([pages[0]]):
            pass
        sys.stdout.write("read")
        sys.stdout.flush()
        list(reader.read([pages[1]]))
"""


@pytest.mark.skipif(not Path("/proc").exists(), reason="the processes of a session are listed in /proc")
def test_no_process_outlives_one_that_is_killed(tmp_path):
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, start_new_session=True, env=environment
    )
    with process:
        assert process.stdout.read(4) == b"read"
        assert len(_of(process.pid)) > 1
        process.kill()
    deadline = time.monotonic() + 20
    while _of(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)  # between two looks
    assert _of(process.pid) == []


def _of(session):
    """Return the processes of a session that run."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if os.getsid(int(status.parent.name)) == session and "State:\tZ" not in status.read_text():
                found.append(status.parent.name)
        except OSError:
            continue  # it has ended
    return found
