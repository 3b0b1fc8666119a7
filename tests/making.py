"""Claims, articles and databases made for tests."""

import io
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from etl.__main__ import main
from etl.findings import Receipt
from etl.model import Article, Claim
from etl.store import Edition, Store

ROOT = Path(__file__).parents[1]
DAY = date(2024, 2, 9)
YEAR = (date(2023, 1, 1), date(2023, 12, 31))

CLAIM = Claim(
    claim_id="c1",
    article_id="a1",
    measure="level",
    flow="trade",
    reporter="CHN",
    partner="RUS",
    product=None,
    coverage=None,
    adjustment=None,
    value=240e9,
    value_high=None,
    unit="USD",
    growth_currency=None,
    qualifier="at_least",
    record=True,
    period_start=YEAR[0],
    period_end=YEAR[1],
    freq="A",
    basis=None,
    status="actual",
    according_to=None,
    converts=None,
    flags=(),
    inferred=("partner", "reporter"),
    url="https://example.org/a1",
    publisher="example.org",
    title="Trade grows",
    published=DAY,
    published_precision="day",
    language="en",
    kind="article",
    sentence="Trade was more than $240bn.",
    quote="$240bn",
    start=20,
    end=26,
    rule="amount",
    first_seen=None,
)


def claim(claim_id: str, article_id: str = "a1", **changes) -> Claim:
    """Return a claim like CLAIM."""
    return replace(CLAIM, claim_id=claim_id, article_id=article_id, **changes)


def edition(article_id: str, *claims: Claim, source: str = "s", digest: str = "1", **changes) -> Edition:
    """Return a version of an article with claims."""
    article = Article(article_id, "Trade was more than $240bn.", DAY, "day", "Trade grows", url=CLAIM.url)
    article = replace(article, publisher="example.org", **changes)
    return Edition(source, f"{article_id}.txt", digest, article, claims)


def write(store: Store, *editions: Edition) -> int:
    """Store articles in a refresh of their own; return its number."""
    number = store.begin_refresh()
    store.write(number, editions, [Receipt(one.source, one.address, "stored") for one in editions])
    store.finish_refresh(number)
    return number


def article_file(folder: Path, name: str, text: str, **header: str) -> Path:
    """Write an article file."""
    lines = [f"{key} {value}" for key, value in ({"date": "2024-02-09"} | header).items()]
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([*lines, "", text]), encoding="utf-8")
    return path


def sources_file(folder: Path, **folders: Path) -> Path:
    """Write a sources.toml that names folders."""
    path = folder / "sources.toml"
    entries = (f'[[source]]\nid = "{name}"\nkind = "files"\npath = "{at}"\n' for name, at in folders.items())
    path.write_text("\n".join(entries), encoding="utf-8")
    return path


def etl(*arguments: str | Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        input=stdin.encode(),
        capture_output=True,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", **environment},
        cwd=ROOT,
        timeout=60,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def etl_here(*arguments: str | Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in this process, which spares it the start of Python; all else is the same."""
    given, out, err = (
        io.TextIOWrapper(io.BytesIO(content), encoding="utf-8") for content in (stdin.encode(), b"", b"")
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["etl", *map(str, arguments)])
        for name, stream in (("stdin", given), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, stream)
        for name, value in environment.items():
            patch.setenv(name, value)
        code = _exit_code()
        for stream in (out, err):
            stream.flush()
    printed, complained = (stream.buffer.getvalue().decode() for stream in (out, err))
    return subprocess.CompletedProcess(arguments, code, printed, complained)


def _exit_code() -> int:
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0
