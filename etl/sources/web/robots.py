"""An address -> whether its site lets programs read it, and how slowly."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from protego import Protego
from yarl import URL

from etl.sources.web.errors import ClosedError, FetchError, RefusedError

Read = Callable[[URL], Awaitable[bytes]]

NAME = "tradetrace"
SIZE = 500_000  # bytes of a robots.txt
WORK = 2_000_000  # Protego keeps each rule once per agent of its group
EVERYTHING = Protego.parse("")  # is what a site without rules allows


@dataclass(slots=True)
class _Site:
    """What a site allows, once it was asked: its rules, or why there are none."""

    asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    rules: Protego | None = None
    error: FetchError | None = None


class Robots:
    """What sites allow. Each is asked once for its robots.txt, which `read` reads."""

    def __init__(self, read: Read, patience: float) -> None:
        self._read = read
        self._patience = patience
        self._sites: dict[URL, _Site] = {}

    async def pause(self, url: URL) -> float:
        """Return the seconds that a site wants between requests. Raises FetchError when it forbids an address."""
        rules = await self._rules(url)
        if not rules.can_fetch(str(url), NAME):
            raise FetchError(f"the robots.txt of {url.host} forbids it")
        pause = rules.crawl_delay(NAME) or 0.0
        if pause > self._patience:
            wanted = f"the robots.txt of {url.host} wants {pause:g} s between requests"
            raise FetchError(f"{wanted}, and {self._patience:g} is the most that is waited", passing=True)
        return pause

    async def _rules(self, url: URL) -> Protego:
        site = self._sites.setdefault(url.origin(), _Site())
        async with site.asking:
            if site.rules is None and site.error is None:
                await self._ask(site, url.origin() / "robots.txt")
        if site.error:
            raise FetchError(str(site.error), passing=site.error.passing)
        return site.rules or EVERYTHING

    async def _ask(self, site: _Site, url: URL) -> None:
        try:
            site.rules = _parsed(await self._read(url))
        except RefusedError:
            site.rules = EVERYTHING
        except ClosedError as error:
            site.error = error
        except FetchError as error:
            site.error = FetchError(f"the robots.txt of {url.host} cannot be read: {error}", passing=True)


def _parsed(content: bytes) -> Protego:
    text = content.decode("utf-8-sig", "replace")
    lines = text.lower().splitlines()
    agents = sum("agent" in line for line in lines)
    if agents * len(lines) > WORK:
        raise FetchError("it names too many agents and rules")
    return Protego.parse(text)
