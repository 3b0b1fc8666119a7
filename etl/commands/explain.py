"""`explain`: what the extractor sees in a text, and the rule behind each claim."""

import sys
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from etl import articles, explanation, extraction
from etl.attempt import attempt
from etl.commands.terminal import out
from etl.model import Article, Claim, Mention

STYLES = {"quantity": "bold green", "area": "cyan", "period": "magenta", "cue": "yellow"}
INFERRED = "italic yellow"


def explain(
    text: Annotated[str, typer.Argument(help="The text, or - to read it from standard input.")],
    date: Annotated[
        str, typer.Option(help="When it was published: YYYY-MM-DD, YYYY-MM or YYYY. Relative dates count from it.")
    ] = "",
    title: Annotated[str, typer.Option(help="Its title, which is context to it.")] = "",
    language: Annotated[str, typer.Option(help="ISO 639 code of its language.")] = "en",
) -> None:
    """Show the mentions and claims of a text in colour, each claim with its rule and what it inferred.

    For example:

        python -m etl explain "China's exports rose 7.1% last year to $3.58 trillion." --date 2025-01-13
    """
    words = sys.stdin.read() if text == "-" else text
    article = articles.from_record({"id": "text", "text": words, "date": date, "title": title, "lang": language})
    mentions = attempt(extraction.mentions, article)
    out.print(_coloured(article, mentions), soft_wrap=True)
    out.print(_mentions(mentions))
    for claim in (claims := attempt(extraction.extract, article)):
        out.print(_claim(claim))
    if not claims:
        out.print("No claim: no number of this text is tied to a trade flow of an economy it names.")


def _coloured(article: Article, mentions: list[Mention]) -> Text:
    text = Text(article.text)
    for mention in mentions:
        text.stylize(STYLES[explanation.kind(mention)], mention.start, mention.end)
    return text


def _mentions(mentions: list[Mention]) -> Table:
    table = Table("mention", "words", "meaning", box=None)
    for mention in mentions:
        kind = explanation.kind(mention)
        words = " ".join(mention.quote.split())
        table.add_row(Text(kind, STYLES[kind]), Text(words), Text(explanation.meaning(mention)))
    return table


def _claim(claim: Claim) -> Table:
    table = Table("claim", box=None)
    table.add_column(Text(claim.quote, STYLES["quantity"]))
    for name, value, inferred in explanation.fields(claim):
        table.add_row(name, _value(value, inferred=inferred))
    table.add_row("rule", Text(claim.rule))
    return table


def _value(shown: str, *, inferred: bool) -> Text:
    return Text.assemble((shown, INFERRED), ("  inferred from the context", "dim")) if inferred else Text(shown)
