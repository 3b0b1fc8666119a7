"""Print how well the annotated texts are read, by genre; and with `--errors N` what goes wrong."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import fields

from tests.gold.corpus import GENRES, Statement, texts
from tests.gold.score import CHECKS, Error, Score, score

DEGREES = ("found", "amount", "exact")
SHOWN = [field.name for field in fields(Statement) if field.name not in ("start", "end", "converts")]


def main() -> None:
    """Score every genre and all of them together."""
    parser = argparse.ArgumentParser(prog="python -m tests.gold", description=__doc__)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="print the first N errors with their text")
    sys.stdout.writelines(f"{line}\n" for line in _report(parser.parse_args().errors))


def _report(errors: int) -> Iterator[str]:
    listed = {genre: texts(genre) for genre in GENRES}
    total = score(text for of_genre in listed.values() for text in of_genre)
    yield f"{'':12}{'texts':>6}{'claims':>8}{'read':>6}" + "".join(f"{degree:>22}" for degree in DEGREES)
    for genre, of_genre in listed.items():
        yield _row(genre, len(of_genre), score(of_genre))
    yield _row("all", sum(map(len, listed.values())), total)
    yield "Each: precision, recall, F1."
    yield "Fields right of those found, in %: " + ", ".join(f"{name} {total.agreement(name):.1f}" for name in CHECKS)
    for error in total.errors[:errors]:
        yield from _described(error)


def _row(name: str, size: int, result: Score) -> str:
    scores = (
        f"{result.precision(degree):>8.1f}{result.recall(degree):>7.1f}{result.f1(degree):>7.1f}" for degree in DEGREES
    )
    return f"{name:12}{size:>6}{result.annotated:>8}{result.read:>6}{''.join(scores)}"


def _described(error: Error) -> Iterator[str]:
    article = error.text.article
    yield f"\n{error.kind} [{article.article_id}, {article.published}]\n  {article.text}"
    if error.truth:
        yield f"  annotated  {_fields(error.truth)}"
    if error.read:
        yield f"  read       {_fields(error.read)}"


def _fields(statement: Statement) -> str:
    given = ((name, getattr(statement, name)) for name in SHOWN)
    return "  ".join(f"{name}={value}" for name, value in given if value not in (None, False))


if __name__ == "__main__":
    main()
