"""Articles that GDELT's document search finds: of the last three months, 250 at most a question.

Described at https://blog.gdeltproject.org/gdelt-doc-2-0-api-debuts/. It sheds load, so a refusal is told and no more.
"""

import json
from collections.abc import AsyncIterator, Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from etl.findings import Receipt
from etl.sources import Entry, Source, SourceError
from etl.sources.web import Answer, Web
from etl.sources.web.lists import fetched

NEEDS = ("url", "query")
PAUSE = 5.5  # seconds: one request every five is what it asks for
USUAL = {"mode": "artlist", "format": "json", "maxrecords": "250", "timespan": "3d", "sort": "datedesc"}


async def entries(source: Source, web: Web, seen: Mapping[str, Receipt]) -> AsyncIterator[Entry]:
    """Yield the articles that a search finds, newest first."""
    for address in source.urls:
        answer = await fetched(web, _asked(address, source.query or ""), seen, PAUSE)
        for entry in parse(answer):
            yield entry


def parse(answer: Answer) -> list[Entry]:
    """Return the articles of an answer; `seendate` is no time of publication. Raises SourceError when it is none."""
    text = answer.content.decode(errors="replace")
    try:
        # Titles may hold control characters.
        found = json.loads(text, strict=False)
        listed = found.get("articles", [])
        return [Entry(item["url"], item.get("title")) for item in listed]
    except (ValueError, RecursionError, AttributeError, KeyError, TypeError):
        said = " ".join(text.split())[:200]
        raise SourceError(f"the search answers {said!r}: correct the query, or try again later") from None


def _asked(address: str, query: str) -> str:
    given = dict(parse_qsl(urlsplit(address).query))
    return f"{address.partition('?')[0]}?{urlencode({'query': query} | USUAL | given)}"
