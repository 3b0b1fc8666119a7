"""A source -> what its list names, and a few of its pages; nothing is remembered."""

from dataclasses import dataclass

from etl.findings import Document, Rejection, Unchanged
from etl.sources import Entry, Source, kind_of
from etl.sources.web.fetching import Web
from etl.sources.web.findings import fetch
from etl.sources.web.running import run
from etl.sources.web.streams import trusted

PAGES = 3


@dataclass(frozen=True, slots=True)
class Trial:
    """What a source was found to hold."""

    entries: list[Entry]
    pages: list[Document | Rejection | Unchanged]


def trial(source: Source) -> Trial:
    """Return what a source of the network holds. Raises SourceError when its list cannot be read."""
    return run(_trial(source))


async def _trial(source: Source) -> Trial:
    async with Web(trusted=trusted()) as web:
        listed = [one async for one in kind_of(source.kind).entries(source, web, {}) if isinstance(one, Entry)]
        return Trial(listed, [await fetch(source, web, entry) for entry in listed[:PAGES]])
