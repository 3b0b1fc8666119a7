"""What the commands share: where they print, how they fail, the options that many of them take."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO, NoReturn

import typer
from rich.console import Console

from etl.whole import whole

SHOWN = 20  # complaints of one kind

# Words of articles are shown as they are: nothing in them is markup.
out = Console(markup=False, highlight=False, emoji=False)
err = Console(stderr=True, markup=False, highlight=False, emoji=False)

Database = Annotated[
    str | None,
    typer.Option(
        envvar="TRADETRACE_DATABASE",
        help="Path of an SQLite file, or its SQLAlchemy URL.",
        show_default="data/tradetrace.db",
        metavar="URL",
    ),
]
Sources = Annotated[
    Path | None,
    typer.Option(help="The file that names the sources.", show_default="data/sources.toml", metavar="FILE"),
]


def complain(line: str) -> None:
    """Print one line for whoever runs the command."""
    err.print(line, soft_wrap=True)


def fail(line: str, code: int = 1) -> NoReturn:
    """Print one line and end the command: 1 for work that could not be done, 2 for wrong usage."""
    complain(line)
    raise typer.Exit(code)


def counted(number: int, noun: str) -> str:
    """Return a number of things: 1 article, 2,000 articles."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


@contextmanager
def opened(path: Path | None) -> Iterator[BinaryIO]:
    """Open a file that appears when it is whole, or standard output."""
    if path is None:
        yield typer.get_binary_stream("stdout")
    elif path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
    elif not path.parent.is_dir():
        fail(f"{path} cannot be written: there is no folder {path.parent}")
    else:
        with whole(path) as file:
            yield file
