"""Measure the extractor against its floors of speed and memory: `python -m tests.benchmarks.extraction [ARTICLES]`.

ARTICLES is a file of JSONL; without it, the sample briefs are read. Every ratio is of times taken in turns in one run,
the best of several.
"""

import argparse
import gc
import json
import random
import re
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

import etl
from etl import articles, extraction
from etl.extraction.sentences import split
from etl.findings import Document
from etl.language import load
from etl.model import Article
from tests.benchmarks.report import Row, table
from tests.making import ROOT

Record = dict[str, Any]

MB = 1e6
DAY = date(2024, 6, 10)
ROUNDS = 5
MEMORY_MB = 100  # of articles
LINEAR = 2.7  # what twice the text may take at most, in times of the text
TOLD = 40  # of the articles in 100 MB, one in so many states trade figures

# What one would write to find amounts of money and percentages, without more.
NUMBER = r"\d[\d,]*(?:\.\d+)?(?:[\s-]?(?:thousand|million|billion|trillion|crore|lakh|mn|mln|m|bn|bln|b|tn|trn))?"
SCAN = re.compile(
    rf"(?:(?:US|A|C|HK)?\$|€|£|¥|₹|\b(?:USD|EUR|GBP|JPY|CNY|Rs\.?)\s?)\s?{NUMBER}\b"
    rf"|\b{NUMBER}\s?(?:%|(?:per\s?cent|pct|(?:U\.?S\.?\s)?(?:dollars?|dlrs?)|euros?|yuan|yen|pounds?|rupees?)\b)",
    re.IGNORECASE,
)
# None of these holds a word for a flow of trade, as "important" does.
NOVEL = """
the a of and to in that he she it was had his her with for on at by from they but not which all were so when one said
him no my me out up into them could who been would their what there more about some very only little upon before after
any down never time again long great old such house room door night day morning window letter road river hand eyes face
voice heart mother father sister brother child friend half an hour two three manner carriage walked looked thought
answered remembered smiled waited turned silence winter garden candle shadow fire rain
"""
LEAD = "China's exports to Japan rose 5% to $3 billion in May, "
ALONE = {"digits": "7", "brackets": "(", '"and"': "and ", "currency signs": "$", "one word": "a"}
MIXED = {'"$1 and"': "$1 and ", '"exports rose"': "exports rose ", '"5%"': "5% ", "brackets": "(", '"and"': "and "}

# Python -> the seconds that a first extraction takes with all imports.
FIRST = """
import time
start = time.perf_counter()
import etl
etl.extract("China's exports rose 7.1% in 2024.", published="2025-01-13")
print(time.perf_counter() - start)
"""
# Starts the command in a process of its own whose parent is small: a child's peak counts from that of its parent.
PEAK = """
import os, sys
child = os.spawnv(os.P_NOWAIT, sys.executable, [sys.executable, "-m", "etl", "extract", *sys.argv[1:]])
print(os.wait4(child, 0)[2].ru_maxrss)
"""
KILO = 1 if sys.platform == "darwin" else 1024  # bytes in a unit of ru_maxrss


def main() -> int:
    """Print what was measured; fail where it is worse than a floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "articles", type=Path, nargs="?", help="JSONL of articles: id, date, text, and optionally title"
    )
    records = _records(parser.parse_args().articles)
    rows = [*beside_others(records), without_figures(), first_extraction(), peak_memory(records), *linear()]
    sys.stdout.write(table(rows))
    return 1 if any(row.verdict == "below" for row in rows) else 0


def beside_others(records: Sequence[Record]) -> Iterator[Row]:
    """Compare claims and their table with one scan of the same sentences, and with quantulum3 on the same texts."""
    language = load("en")
    texts = [record["text"] for record in records]
    sentences = [sentence.text for text in texts for sentence in split(text, language)]
    size = sum(map(len, texts)) / MB
    ours, scan = _best(lambda: etl.extract_many(records), lambda: [list(SCAN.finditer(one)) for one in sentences])
    yield Row(f"claims and table of {size:.2f} MB of articles", size / ours, "MB/s", more=True)
    yield Row("one scan for money and percent over its sentences", size / scan, "MB/s", more=True)
    yield Row("  claims and table take, in times of the scan", ours / scan, "x", 12, 8)
    try:
        with warnings.catch_warnings(action="ignore"):  # it names what else it could use
            from quantulum3 import parser as quantulum
    except ImportError:
        yield Row("  quantulum3 takes, in times of the claims", None, "x", 20, 60, note="not installed: [bench]")
        return
    ours, theirs = _best(lambda: etl.extract_many(records), lambda: [quantulum.parse(text) for text in texts], rounds=2)
    yield Row("  quantulum3 takes, in times of the claims", theirs / ours, "x", 20, 60, more=True)


def without_figures() -> Row:
    """Read a long novel, which has numbers and states no trade figure."""
    novel = _novel(4_000_000)
    (seconds,) = _best(lambda: extraction.extract(Article("novel", novel, DAY, "day")))
    return Row("a text without trade figures", len(novel) / MB / seconds, "MB/s", 25, 100, more=True)


def first_extraction() -> Row:
    """Import the package and extract once, in a fresh process."""
    seconds = min(float(_run("-c", FIRST)) for _ in range(ROUNDS))
    return Row("import etl and the first extraction", seconds, "s", 0.8, 0.5)


def peak_memory(records: Sequence[Record]) -> Row:
    """Extract from many articles with the command."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        with file.open("w", encoding="utf-8") as out:
            out.writelines(_lines(records))
        start = perf_counter()
        peak = int(_run("-c", PEAK, str(file), "--to", str(Path(folder) / "claims.jsonl"))) * KILO / MB
        note = f"in {perf_counter() - start:.0f} s"
    return Row(f"peak memory for {MEMORY_MB} MB of articles", peak, "MB", 300, 150, note=note)


def linear() -> Iterator[Row]:
    """Read long texts of one thing: alone, and as the end of a sentence on trade."""
    for name, unit in ALONE.items():
        yield _growth(f"1 MB of {name}", "", unit, 1)
    for name, unit in MIXED.items():
        yield _growth(f"{name} without end in a sentence on trade, per MB", LEAD, unit, 0.03)


def _growth(name: str, lead: str, unit: str, size: float) -> Row:
    once, twice = (_read(lead + unit * int(times * size * MB / len(unit))) for times in (1, 2))
    one, two = _best(once, twice, rounds=3)
    grows = "" if two < 0.01 else f"twice as much takes {two / one:.1f} x"
    grows += ": not linear" if two > max(LINEAR * one, 0.01) else ""
    return Row(name, one / size, "s", 1, 0.2, note=grows)


def _read(text: str) -> Callable[[], object]:
    return lambda: extraction.extract(Article("text", text, DAY, "day"))


def _best(*tasks: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """Return the least seconds that each task takes, all of them done in turns."""
    best = [float("inf")] * len(tasks)
    for _ in range(rounds):
        for number, task in enumerate(tasks):
            gc.collect()
            gc.freeze()  # what others left behind is not looked through again in this task's time
            start = perf_counter()
            task()
            best[number] = min(best[number], perf_counter() - start)
    return best


def _run(*arguments: str) -> str:
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, cwd=ROOT, check=True)
    return done.stdout


def _records(path: Path | None) -> list[Record]:
    """Return the articles of a file, or the sample briefs."""
    if path is not None:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    files = sorted((ROOT / "data" / "sample").glob("*"))
    read = (next(articles.read(Document("", file.name, file.read_bytes()))) for file in files)
    return [
        {"id": one.article_id, "date": one.published, "title": one.title, "text": one.text}
        for one in read
        if isinstance(one, Article)
    ]


def _lines(records: Sequence[Record]) -> Iterator[str]:
    """Yield JSONL of articles of all lengths, some of which state trade figures."""
    chance, written, number = random.Random(1), 0, 0
    pages = _novel(1_000_000)
    while written < MEMORY_MB * MB:
        told = records[number % len(records)]["text"] + "\n\n" if number % TOLD == 0 else ""
        start = chance.randrange(len(pages) // 2)
        text = told + pages[start : start + int(chance.lognormvariate(8, 1)) * (not told)]
        line = json.dumps({"id": str(number), "date": "2024-06-10", "title": "A report", "text": text}) + "\n"
        number, written = number + 1, written + len(line)
        yield line


@cache
def _novel(size: int) -> str:
    chance, parts, written, chapter = random.Random(1), list[str](), 0, 0
    while written < size:
        chapter += 1
        paragraphs = [" ".join(_sentence(chance) for _ in range(chance.randint(2, 9))) for _ in range(40)]
        parts.append("\n\n".join([f"Chapter {chapter}", *paragraphs, f"It was in {1800 + chapter % 99}."]))
        written += len(parts[-1]) + 2
    return "\n\n".join(parts)


def _sentence(chance: random.Random) -> str:
    words = chance.choices(NOVEL.split(), k=chance.randint(5, 30))
    said = f"{' '.join(words)}{chance.choice('...?!')}".capitalize()
    return f"“{said}”" if chance.random() < 0.3 else said


if __name__ == "__main__":
    sys.exit(main())
