"""What the lists of articles share: how they are asked for, and how their times are read."""

from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from etl.findings import Receipt
from etl.sources import SourceError
from etl.sources.web.errors import FetchError
from etl.sources.web.fetching import Answer, Web

LARGEST = 50_000_000  # bytes of a list: the most that a sitemap may have
# What may be better next time, and is asked for again.
OPEN = ("failed", "down")


async def fetched(web: Web, address: str, seen: Mapping[str, Receipt], pause: float = 0.0) -> Answer:
    """Return a list, or that it is unchanged since all that it named was read. Raises SourceError."""
    before = seen.get(address)
    # What failed last time is named by the whole list alone.
    whole = before is None or any(receipt.outcome in OPEN for receipt in seen.values())
    validators = {} if before is None or whole else {"etag": before.etag, "last_modified": before.last_modified}
    try:
        return await web.get(address, size=LARGEST, pause=pause, **validators)
    except FetchError as error:
        raise SourceError(f"{address}: {error}") from None


def moment(printed: object) -> str | None:
    """Return a time of ISO 8601 or of e-mail as ISO 8601, in its own zone; None for what is neither."""
    words = str(printed or "").strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(words).isoformat()
        except (ValueError, TypeError, IndexError):
            continue
    return None
