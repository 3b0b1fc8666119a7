"""A refresh killed at an instant, and the rows that a database holds in the end."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from etl.store import Store, StoreError
from tests.making import ROOT, article_file, etl, sources_file
from tests.site import Site

SENTENCE = "Trade between China and Russia rose {growth}% to ${level} billion in 2023, customs data showed."


def world(folder: Path, articles: int, site: Site | None = None) -> Path:
    """Write articles and the sources.toml that names them; a site publishes half as many."""
    for number in range(articles):
        article_file(folder / "news", f"{number:04}.txt", _text(number), title=f"Article {number}")
    (folder / "news" / "broken.txt").write_text("no date")
    sources = sources_file(folder, news=folder / "news")
    if site:
        paths = [f"/{number}" for number in range(articles // 2)]
        for number, path in enumerate(paths):
            site.publish(path, _text(articles + number), title=f"Article {number} of the site")
        feed = site.feed("/feed.xml", *paths, "/gone")
        entry = f'[[source]]\nid = "site"\nkind = "feed"\nurl = "{feed}"\n'
        sources.write_text(f"{sources.read_text()}\n{entry}")
    return sources


def _text(number: int) -> str:
    return SENTENCE.format(growth=number / 10, level=number + 1)


def kill_at(share: float, seconds: float, *arguments: str | Path) -> float:
    """Kill a command at a share of the seconds that it takes; return them, fewer when it had ended before."""
    while not _killed_after(share * seconds, *arguments):
        Path(arguments[-1]).unlink()
        seconds *= 0.8
    return seconds


def _killed_after(seconds: float, *arguments: str | Path) -> bool:
    process = subprocess.Popen(
        [sys.executable, "-m", "etl", *map(str, arguments)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    return process.wait() == -signal.SIGKILL


def seconds_of_refresh(sources: Path, database: Path) -> float:
    """Refresh undisturbed, and return how long that took."""
    begin = time.perf_counter()
    done = etl("refresh", "--sources", sources, "--database", database)
    assert done.returncode == 0, done.stderr
    return time.perf_counter() - begin


def claims_by_article(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what is stored of each article at an instant; nothing when there is no database yet."""
    found: dict[str, list[tuple[object, ...]]] = {}
    try:
        for row in Store.open(database, create=False).rows():
            found.setdefault(row["article_id"], []).append(tuple(row.values()))
    except StoreError:
        # Killed before its tables were made.
        return {}
    return found


def rows(database: Path) -> list[tuple[object, ...]]:
    """Return all that a database holds, save for the times of writing."""
    store = Store.open(database, create=False)
    claims = [tuple(row.values()) for row in store.rows()]
    summaries = [*store.pairs(), *store.series()]
    standing = [(one.source, one.stored, one.rejected) for one in store.sources()]
    return [*claims, *summaries, *standing]
