"""What the commands share: where they print, how they fail, the options that many of them take."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, BinaryIO, NoReturn

import typer
from rich.console import Console

from etl.language import area_name
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
CorrectionsFile = Annotated[
    Path | None,
    typer.Option(help="The file of corrections.", show_default="data/corrections.toml", metavar="FILE"),
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


def claim_line(claim: Mapping[str, Any]) -> str:
    """Return a claim in a line: the figure as printed, then what it is a figure of."""
    parties = " and ".join(area_name(claim[party]) for party in ("reporter", "partner") if claim[party])
    when = f", {claim['period_start']} to {claim['period_end']}" if claim["period_end"] else ""
    return f"{claim['quote']}: {claim['measure']} of {claim['flow']}, {parties or 'of whom is not said'}{when}"


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
