"""The command line of the dashboard: host, port, workers, database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from dashboard.app import create_app
from dashboard.selection import AddressError
from dashboard.server import PortError, claim, serve
from dashboard.snapshot import SnapshotError, base_of, taken
from etl.store import Store, StoreError, default_database

command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]
Workers = Annotated[int, typer.Option(help="How many processes answer.", min=1, max=64)]
Database = Annotated[
    str | None,
    typer.Option(help="Path of an SQLite file, or an SQLAlchemy URL.", show_default="TRADETRACE_DATABASE"),
]
Address = Annotated[str, typer.Argument(help="Address of a page, as in '/pair?reporter=CHN&partner=RUS'.")]
To = Annotated[Path, typer.Option("--to", help="The HTML file to write.", dir_okay=False)]
BasePath = Annotated[str, typer.Option(help="Path under which all addresses lie, as in /trade/.")]
Proxied = Annotated[bool, typer.Option("--behind-proxy", help="Believe the X-Forwarded headers of one proxy.")]


@command.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = 8050,
    database: Database = None,
    workers: Workers = 2,
    url_base_path: BasePath = "/",
    behind_proxy: Proxied = False,
) -> None:
    """Serve the charts of a database to browsers."""
    if context.invoked_subcommand:
        return
    with _told():
        store = Store.open(database or default_database(), create=False)
        claim(host, port)
    serve(create_app(store, _rooted(url_base_path)), host, port, workers, proxied=behind_proxy)


@command.command()
def snapshot(address: Address, to: To, database: Database = None) -> None:
    """Write a page of the dashboard as one file that needs no server and can be mailed."""
    with _told():
        if not to.absolute().parent.is_dir():
            raise SnapshotError(f"{to} cannot be written: there is no folder {to.parent}")
        app = create_app(Store.open(database or default_database(), create=False), base_of(address))
        written = taken(app.server, address).encode()
        part = to.with_name(f"{to.name}.part")
        part.write_bytes(written)
        part.replace(to)
    typer.echo(f"{to}: {len(written) / 1e6:.1f} MB")


@contextmanager
def _told() -> Iterator[None]:
    """Tell in one line what went wrong."""
    try:
        yield
    except (StoreError, PortError, SnapshotError, AddressError, OSError) as error:
        typer.echo(f"dashboard: {error}", err=True)
        raise typer.Exit(1) from None


def _rooted(path: str) -> str:
    """Return a path that begins and ends with a slash."""
    parts = [part for part in path.split("/") if part]
    if not all(re.fullmatch(r"[\w.~-]+", part) for part in parts):
        raise typer.BadParameter("a path of letters, digits, dots, dashes and slashes is asked for, as in /trade/")
    return "/".join(["", *parts, ""])


if __name__ == "__main__":
    command(prog_name="python -m dashboard")
