"""The command line of the dashboard: host, port, workers, database."""

import re
from typing import Annotated

import typer

from dashboard.app import create_app
from dashboard.server import PortError, claim, serve
from etl.store import Store, StoreError, default_database

command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]
Workers = Annotated[int, typer.Option(help="How many processes answer.", min=1, max=64)]
Database = Annotated[
    str | None,
    typer.Option(help="Path of an SQLite file, or an SQLAlchemy URL.", show_default="TRADETRACE_DATABASE"),
]
BasePath = Annotated[str, typer.Option(help="Path under which all addresses lie, as in /trade/.")]
Proxied = Annotated[bool, typer.Option("--behind-proxy", help="Believe the X-Forwarded headers of one proxy.")]


@command.command()
def main(
    host: Host = "127.0.0.1",
    port: Port = 8050,
    database: Database = None,
    workers: Workers = 2,
    url_base_path: BasePath = "/",
    behind_proxy: Proxied = False,
) -> None:
    """Serve the charts of a database to browsers."""
    try:
        store = Store.open(database or default_database(), create=False)
        claim(host, port)
    except (StoreError, PortError) as error:
        typer.echo(f"dashboard: {error}", err=True)
        raise typer.Exit(1) from None
    serve(create_app(store, _rooted(url_base_path)), host, port, workers, proxied=behind_proxy)


def _rooted(path: str) -> str:
    """Return a path that begins and ends with a slash."""
    parts = [part for part in path.split("/") if part]
    if not all(re.fullmatch(r"[\w.~-]+", part) for part in parts):
        raise typer.BadParameter("a path of letters, digits, dots, dashes and slashes is asked for, as in /trade/")
    return "/".join(["", *parts, ""])


if __name__ == "__main__":
    command(prog_name="python -m dashboard")
