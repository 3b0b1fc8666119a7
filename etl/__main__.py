"""The command line: `python -m etl --help`."""

import sys

import typer

from etl.commands import sources
from etl.commands.add import add
from etl.commands.correct import correct
from etl.commands.explain import explain
from etl.commands.export import export
from etl.commands.extract import extract
from etl.commands.languages import languages
from etl.commands.refresh import refresh
from etl.commands.remove import remove
from etl.commands.terminal import complain
from etl.errors import PlainError

COMMANDS = (refresh, add, correct, extract, explain, languages, export, remove)

app = typer.Typer(
    help="Trade figures out of news articles, into a table of claims that each lead back to their sentence.",
    epilog="Begin with `python -m etl refresh`, then `python -m dashboard`.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(sources.app, name="sources")


def main() -> None:
    """Run a command; what goes wrong is one line and an exit code: 1 could not do its work, 2 wrong usage."""
    try:
        app(prog_name="python -m etl")
    except PlainError as error:
        complain(str(error))
        sys.exit(1)
    except OSError as error:
        complain(f"{error.filename or 'a file'}: {error.strerror}")
        sys.exit(1)


if __name__ == "__main__":
    main()
