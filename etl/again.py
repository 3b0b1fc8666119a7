"""What stored texts give when they are extracted anew: all of them, or those whose corrections changed."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from etl.attempt import AttemptError, attempt
from etl.corrections import Corrections
from etl.extraction import extract
from etl.language import known as languages
from etl.store import Anew, Change, Store, Stored

BATCH_ARTICLES = 50
ALL = "stored articles"  # what progress is told of
PACKAGE = Path(__file__).parent

# Told after each batch: of what, how much is done, and how much there is.
Progress = Callable[[str, int, int | None], None]


@dataclass(slots=True)
class Report:
    """What was extracted anew: how many articles, how their claims changed, and of which nothing could be extracted.

    `unread` counts the articles in languages without a file; `resumed` tells that an earlier run had begun the work.
    """

    articles: int = 0
    changes: list[Change] = field(default_factory=list)
    failures: dict[str, str] = field(default_factory=dict)
    unread: Counter[str] = field(default_factory=Counter)
    resumed: bool = False

    def counts(self) -> dict[str, int]:
        """Return how many articles were read and changed, and how many of their claims came, went and changed."""
        return {
            "articles": self.articles,
            "changed_articles": len(self.changes),
            "added": sum(len(change.added) for change in self.changes),
            "gone": sum(len(change.gone) for change in self.changes),
            "changed": sum(len(change.changed) for change in self.changes),
        }


def everything(store: Store, progress: Progress) -> Report:
    """Extract all stored texts anew, batch by batch; one that was cut short goes on where it stopped."""
    with store.alone():
        number, reached = store.begin_again(_program())
        report, total = Report(resumed=reached > 0), store.texts_behind(reached)
        while batch := store.texts(reached, BATCH_ARTICLES):
            reached = batch[-1].number
            report.changes += store.replace(_anew(batch, report), number, reached)
            progress(ALL, report.articles, total)
        store.finish_refresh(number)
    return report


def corrected(store: Store, file: Corrections) -> Report:
    """Make the corrections of the database those of a file: extract anew the articles whose corrections differ.

    A file with problems changes nothing: an entry that cannot be read is not one that was taken out.
    """
    wanted, held, report = file.listed, store.corrections(), Report()
    if file.problems:
        return report
    differing = {one for one in {*wanted, *held} if wanted.get(one) != held.get(one)}
    places = store.stated_in(differing)
    if homeless := differing.difference(places):
        store.replace((), corrections={one: wanted.get(one) for one in homeless})
    for ids in _batches(sorted(set(places.values()))):
        batch = _anew(store.texts_of(ids), report)
        done = {one.article_id for one in batch}
        changed = {one: wanted.get(one) for one, article_id in places.items() if article_id in done}
        report.changes += store.replace(batch, corrections=changed)
    return report


def _anew(batch: Sequence[Stored], report: Report) -> list[Anew]:
    """Return what some articles give now, and count those of which nothing is known: their claims stay."""
    found: list[Anew] = []
    for stored in batch:
        article = stored.article
        report.articles += 1
        if article.language not in languages():
            report.unread[article.language] += 1
            continue
        try:
            found.append(Anew(article.article_id, stored.digest, tuple(attempt(extract, article))))
        except AttemptError as error:
            report.failures[article.article_id] = str(error)
    return found


def _batches(ids: Collection[str]) -> Iterator[list[str]]:
    waiting = iter(ids)
    while some := list(islice(waiting, BATCH_ARTICLES)):
        yield some


def _program() -> str:
    """Return what stands for this program: another one does not go on with the work of this."""
    files = sorted(path for ending in ("*.py", "*.toml") for path in PACKAGE.rglob(ending))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:32]
