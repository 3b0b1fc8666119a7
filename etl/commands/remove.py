"""`remove`: an article, or all of a source, out of the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from etl.commands.terminal import Database, counted, fail, out

if TYPE_CHECKING:
    from etl.store import Holdings


def remove(
    target: Annotated[str, typer.Argument(help="The id of an article, or of a source.", metavar="ID|SOURCE")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    database: Database = None,
) -> None:
    """Remove an article, or all of a source, with its claims and every earlier version.

    A refresh brings back what its sources still hold: remove the file, or switch the source off, as well.

    For example:

        python -m etl remove 49b594443a438217cfc6ad4a9821f3d8

        python -m etl remove sample --yes
    """
    from etl.store import Store

    store = Store.open(database, create=False)
    held = store.holdings(target)
    if not (held.articles or held.documents):
        fail(f"{store.path} knows no article and no source {target!r}: `python -m etl sources` lists the sources")
    if not yes and not typer.confirm(f"Remove {_named(held)}?"):
        fail("nothing was removed")
    out.print(f"removed {_named(store.remove(target))} from {store.path}", soft_wrap=True)


def _named(holdings: Holdings) -> str:
    return f"{counted(holdings.articles, 'article')} with {counted(holdings.figures, 'figure')}"
