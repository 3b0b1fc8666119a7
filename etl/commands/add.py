"""`add`: one article into the database, now."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etl import articles
from etl.commands.terminal import Database, claim_line, complain, fail, out
from etl.findings import Document, Rejection
from etl.model import Article
from etl.sources import ADDED
from etl.sources.unpacking.bounds import LARGEST

if TYPE_CHECKING:
    from etl.pipeline import Report


def add(
    file: Annotated[
        str,
        typer.Argument(help="An article file, - to read one from standard input, or an address.", metavar="FILE|URL"),
    ],
    date: Annotated[str, typer.Option(help="When it was published: YYYY-MM-DD, YYYY-MM or YYYY.")] = "",
    url: Annotated[str, typer.Option(help="Its address.")] = "",
    title: Annotated[str, typer.Option(help="Its title.")] = "",
    publisher: Annotated[str, typer.Option(help="Who published it.")] = "",
    language: Annotated[str, typer.Option(help="ISO 639 code of its language.")] = "",
    database: Database = None,
) -> None:
    """Store one article and print its claims.

    A header in the file (`date 2024-02-09` and so on, then a blank line) is read, and options overrule it.
    An article with the address of a stored one becomes its new version, which no refresh replaces; one that repeats
    a stored one word for word is noted as its copy.

    For example:

        python -m etl add https://example.org/trade

        python -m etl add article.txt --url https://example.org/trade

        xclip -o | python -m etl add - --date 2024-02-09 --title "China and Russia trade more"
    """
    from etl import pipeline
    from etl.store import Query, Store

    given = {"date": date, "url": url, "title": title, "publisher": publisher, "language": language}
    document = replace(_document(file), published=articles.day(date)[0].isoformat() if date else None)
    with articles.Reader() as reader:
        ((_, article),) = reader.read([document], {key: value for key, value in given.items() if value})
    if isinstance(article, Rejection):
        fail(f"{file}: {article.reason}")
    if not isinstance(article, Article):
        fail(f"{file}: it has no trade figure, so there is nothing to store")
    store = Store.open(database)
    report = pipeline.add(store, document, article)
    for rejection in report.rejected:
        fail(f"{file}: {rejection.reason}")
    copy = store.copy_at(document.source, document.address)
    article_id = copy.article_id if copy else article.article_id
    out.print(f"{'a copy of' if copy else _standing(report)}: {article_id}", soft_wrap=True)
    for language_code in report.unread:
        complain(f"there is no language file for {language_code!r} yet: the article is kept, its claims have to wait")
    for claim in store.rows(Query(article_id=article_id)):
        out.print(f"  {claim_line(claim)}", soft_wrap=True)


def _document(file: str) -> Document:
    if file == "-":
        content = sys.stdin.buffer.read(LARGEST + 1)
        address = f"standard input {hashlib.sha256(content).hexdigest()[:12]}"
    elif file.startswith(("http://", "https://")):
        from etl.sources.web.page import page

        return page(file)
    else:
        with Path(file).open("rb") as opened:
            content = opened.read(LARGEST + 1)
        address = str(Path(file).absolute())
    if len(content) > LARGEST:
        fail(f"{file}: too large: an article has {LARGEST / 1e6:.0f} MB at most")
    return Document(ADDED, address, content)


def _standing(report: Report) -> str:
    return "added" if report.new else "a new version of" if report.changed else "already there, unchanged"
