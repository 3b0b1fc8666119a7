"""`explain`: what the extractor sees in a text, and the rule behind each claim."""

import sys
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from etl import articles, extraction
from etl.attempt import attempt
from etl.commands.terminal import out
from etl.model import Area, Article, Claim, Cue, Mention, Period, PeriodMention, Quantity
from etl.table import COLUMNS, row

STYLES: dict[type[Mention], tuple[str, str]] = {
    Quantity: ("quantity", "bold green"),
    Area: ("area", "cyan"),
    PeriodMention: ("period", "magenta"),
    Cue: ("cue", "yellow"),
}
GROUPS = ("what", "value", "when", "standing")
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
        text.stylize(_kind(mention)[1], mention.start, mention.end)
    return text


def _mentions(mentions: list[Mention]) -> Table:
    table = Table("mention", "words", "meaning", box=None)
    for mention in mentions:
        kind, style = _kind(mention)
        table.add_row(Text(kind, style), Text(" ".join(mention.quote.split())), Text(_meaning(mention)))
    return table


def _kind(mention: Mention) -> tuple[str, str]:
    return next(named for cls, named in STYLES.items() if isinstance(mention, cls))


def _meaning(mention: Mention) -> str:
    match mention:
        case Quantity(value=value, value_high=high, unit=unit, qualifier=qualifier):
            upper = "" if high is None else f" to {high:,.15g}"
            return f"{value:,.15g}{upper} {unit or 'of no unit'}, {qualifier}"
        case Area(code=code):
            return code
        case PeriodMention(period=Period(start=start, end=end, freq=freq)):
            return f"{start} to {end} ({freq})"
        case PeriodMention():
            return "a time that the date of publication does not settle"
        case Cue(section=section, meaning=meaning):
            return f"{section}: {meaning}"
    return ""


def _claim(claim: Claim) -> Table:
    table = Table("claim", box=None)
    table.add_column(Text(claim.quote, "bold green"))
    values = row(claim)
    for column in COLUMNS:
        value = values[column.name]
        if column.group in GROUPS and column.name != "inferred" and value not in (None, "", False):
            table.add_row(column.name, _value(value, inferred=column.name in claim.inferred))
    table.add_row("rule", Text(claim.rule))
    return table


def _value(value: Any, *, inferred: bool) -> Text:  # noqa: ANN401
    shown = f"{value:,.15g}" if isinstance(value, float) else str(value)
    return Text.assemble((shown, INFERRED), ("  inferred from the context", "dim")) if inferred else Text(shown)
