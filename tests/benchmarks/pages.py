"""Measure how fast pages are read, against trafilatura alone: `python -m tests.benchmarks.pages`.

The pages are made up, in six layouts of 10 to 300 KB, as a feed of general news brings them: of 100, eight state trade
figures and seven more have a trade word somewhere. Both read the same pages in turns, each in one process.
"""

import argparse
import gc
import logging
import random
import sys
from collections.abc import Callable, Sequence
from time import perf_counter

from trafilatura import bare_extraction

from etl.extraction.gate import passes
from etl.findings import Document, Empty
from etl.language import load
from etl.pages.page import page
from tests.benchmarks.extraction import NOVEL
from tests.benchmarks.report import Row, table

STATING, NAMING = 0.08, 0.07
ROUNDS = 3
TOLD = "China's exports to Japan rose {growth:.1f}% to ${level:.1f} billion in May, customs data showed on Friday."
NAMED = '<a href="/trade">Trade</a>'
WORDS = NOVEL.split()


def main() -> int:
    """Print what was measured; fail where it is worse than a floor or an article is lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    logging.disable()  # trafilatura tells of each page in which it finds nothing
    pages = [made(random.Random(options.seed * 1_000_000 + number), number) for number in range(options.pages)]
    passed, lost = _compared(pages)
    ours, theirs = _best(
        lambda: [page(document) for document in pages],
        lambda: [_alone(document) for document in pages],
    )
    size = sum(len(document.content) for document in pages) / 1e3 / len(pages)
    rows = [
        Row(f"pages of {size:.0f} KB on average through the cascade", len(pages) / ours, "/s", more=True),
        Row("pages with a number and a trade word anywhere", 100 * passed / len(pages), "%"),
        Row("pages through trafilatura alone", len(pages) / theirs, "/s", more=True),
        Row("  trafilatura alone takes, in times of the cascade", theirs / ours, "x", 5, 8, more=True),
        Row("articles lost", lost, "", 0, 0),
    ]
    sys.stdout.write(table(rows))
    return 1 if any(row.verdict == "below" for row in rows) else 0


def made(chance: random.Random, number: int) -> Document:
    """Return a page in one of the layouts."""
    stating, naming = number % 100 < 100 * STATING, 100 * STATING <= number % 100 < 100 * (STATING + NAMING)
    layout = LAYOUTS[number % len(LAYOUTS)]
    told = (
        [TOLD.format(growth=chance.uniform(1, 30), level=chance.uniform(1, 300)) for _ in range(3)] if stating else []
    )
    paragraphs = [_prose(chance, chance.randint(30, 90)) for _ in range(chance.randint(6, 25))]
    content = layout(chance, paragraphs[:2] + told + paragraphs[2:], NAMED if naming else "")
    address = f"https://www.example.org/{number}"
    return Document("pages", address, content.encode(), form="page", url=address)


def _alone(document: Document) -> str:
    found = bare_extraction(document.content.decode(), include_comments=False, include_tables=False)
    return (found.text if found is not None and not isinstance(found, dict) else None) or ""


def _compared(pages: Sequence[Document]) -> tuple[int, int]:
    """Return how many pages have a number and a trade word, and of how many an article is lost."""
    language = load("en")
    named = sum(passes(document.content.decode(), language) for document in pages)
    due = [document for document in pages if passes(_alone(document), language)]
    return named, sum(isinstance(page(document), Empty) for document in due)


def _best(*tasks: Callable[[], object]) -> list[float]:
    """Return the least seconds that each task takes, all of them done in turns."""
    best = [float("inf")] * len(tasks)
    for _ in range(ROUNDS):
        for number, task in enumerate(tasks):
            gc.collect()
            start = perf_counter()
            task()
            best[number] = min(best[number], perf_counter() - start)
    return best


def _prose(chance: random.Random, words: int) -> str:
    return f"{' '.join(chance.choices(WORDS, k=words)).capitalize()} in {chance.randint(1990, 2024)}."


def _links(chance: random.Random, number: int) -> str:
    return "".join(
        f'<li class="item item-{one}"><a class="link" href="/{one}/{chance.randrange(10**6)}" data-track="nav:{one}">'
        f"{_prose(chance, 6)}</a></li>"
        for one in range(number)
    )


def _script(chance: random.Random, size: int) -> str:
    return f"<script>window.data={[chance.randrange(10**9) for _ in range(size // 11)]};</script>"


def _page(chance: random.Random, head: str, body: str) -> str:
    title = _prose(chance, 8)
    metas = {"og:title": title, "og:site_name": "Example News", "article:published_time": "2024-06-07T08:00:00Z"}
    head += "".join(f'<meta property="{name}" content="{content}">' for name, content in metas.items())
    head += f'<meta charset="utf-8"><title>{title} - Example News</title>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def _paragraphs(paragraphs: Sequence[str]) -> str:
    return "\n".join(f"<p>{one}</p>" for one in paragraphs)


def _news(chance: random.Random, paragraphs: Sequence[str], named: str) -> str:
    body = (
        f"<header><nav><ul>{_links(chance, 40)}{named}</ul></nav></header><main><article><h1>{_prose(chance, 8)}</h1>"
        f'<div class="article-body">{_paragraphs(paragraphs)}</div></article>'
        f"<aside><ul>{_links(chance, 60)}</ul></aside></main><footer><ul>{_links(chance, 40)}</ul></footer>"
    )
    return _page(chance, _script(chance, 40_000), body)


def _blog(chance: random.Random, paragraphs: Sequence[str], named: str) -> str:
    entry = f'<div class="entry-content">{_paragraphs(paragraphs)}</div>'
    post = f'<div class="post"><h1>{_prose(chance, 6)}</h1>{entry}</div>'
    comments = "".join(f'<div class="comment"><p>{_prose(chance, 20)}</p></div>' for _ in range(15))
    return _page(chance, "", f"{named}{post}<div id='comments'>{comments}</div>")


def _portal(chance: random.Random, paragraphs: Sequence[str], named: str) -> str:
    teasers = "".join(
        f'<div class="card"><div class="card-image"><img src="/{one}.jpg" alt="{_prose(chance, 4)}"></div>'
        f'<div class="card-text"><h3><a href="/t/{one}">{_prose(chance, 9)}</a></h3>'
        f"<p>{_prose(chance, 18)}</p></div></div>"
        for one in range(220)
    )
    body = (
        f"<div class=top><ul>{_links(chance, 120)}{named}</ul></div><div class=main><h1>{_prose(chance, 8)}</h1>"
        f"<div class=story>{_paragraphs(paragraphs)}</div></div><div class=rail>{teasers}</div>"
    )
    return _page(chance, _script(chance, 120_000), body)


def _amp(chance: random.Random, paragraphs: Sequence[str], named: str) -> str:
    style = "<style amp-custom>" + "".join(f".c{one}{{margin:{one}px}}" for one in range(1_500)) + "</style>"
    body = (
        f"<amp-sidebar><ul>{_links(chance, 15)}{named}</ul></amp-sidebar><article>{_paragraphs(paragraphs)}</article>"
    )
    return _page(chance, style, body)


def _liveblog(chance: random.Random, paragraphs: Sequence[str], named: str) -> str:
    told = [*paragraphs, *(_prose(chance, 60) for _ in range(150))]
    posts = "".join(
        f'<div class="update" id="u{one}"><time datetime="2024-06-07T0{one % 10}:00">0{one % 10}.00</time>'
        f"<p>{text}</p></div>"
        for one, text in enumerate(told)
    )
    return _page(chance, _script(chance, 20_000), f"<nav>{named}{_links(chance, 30)}</nav><article>{posts}</article>")


def _tables(chance: random.Random, paragraphs: Sequence[str], named: str) -> str:
    cells = "".join(
        f"<tr>{''.join(f'<td class=n>{chance.random():.4f}</td>' for _ in range(8))}</tr>" for _ in range(350)
    )
    body = f"<nav>{named}{_links(chance, 30)}</nav><article>{_paragraphs(paragraphs)}<table>{cells}</table></article>"
    return _page(chance, "", body)


LAYOUTS: Sequence[Callable[[random.Random, Sequence[str], str], str]] = (
    _news,
    _blog,
    _portal,
    _amp,
    _liveblog,
    _tables,
)


if __name__ == "__main__":
    sys.exit(main())
