"""An address -> its page, fetched at once."""

from etl.findings import Document, Rejection
from etl.sources import ADDED, Entry, Source, SourceError
from etl.sources.web.fetching import Web
from etl.sources.web.findings import fetch
from etl.sources.web.running import run
from etl.sources.web.streams import trusted


def page(address: str) -> Document:
    """Return the page at an address, as one that is added by hand. Raises SourceError when there is none."""
    found = run(_page(address))
    if isinstance(found, Document):
        return found
    raise SourceError(f"{address}: {found.reason if isinstance(found, Rejection) else 'it gave nothing'}")


async def _page(address: str) -> object:
    async with Web(trusted=trusted()) as web:
        return await fetch(Source(ADDED, "pages", urls=(address,)), web, Entry(address))
