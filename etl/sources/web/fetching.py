"""An address -> what a server answers, politely and within limits."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Self

import aiohttp
import stamina
from stamina.instrumentation import set_on_retry_hooks
from yarl import URL

from etl.sources.web import bodies, robots
from etl.sources.web.addresses import Guard, Lookup, Resolver, lookup
from etl.sources.web.errors import AgainError, FetchError, refusal, told
from etl.sources.web.robots import Robots
from etl.sources.web.sockets import Sockets
from etl.sources.web.turns import Turns

Admit = Callable[[URL], Awaitable[None]]

HEADERS = {
    "User-Agent": f"{robots.NAME}/{version('tradetrace')}",
    "Accept": "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
REDIRECTS = (301, 302, 303, 307, 308)
GIVEN = (200, 203)
UNCHANGED = 304
KNOWN_FOR = 300  # seconds that the place of a host is known for
BACKOFF = 0.5  # seconds before the second try, and their jitter

set_on_retry_hooks(())  # a try that fails is told by the last one's error, not printed


@dataclass(frozen=True, slots=True)
class Limits:
    """What a fetch may take: seconds and bytes an answer, redirects, tries, seconds to wait for a server."""

    seconds: float = 20.0
    size: int = 5_000_000
    redirects: int = 5
    tries: int = 3
    patience: float = 60.0
    per_host: int = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered at the address where it was found in the end.

    `unchanged` when it said that the etag or date that it was asked with still holds: there is no content then.
    """

    address: str
    content: bytes
    media_type: str | None
    charset: str | None
    etag: str | None
    last_modified: str | None
    unchanged: bool = False


class Web:
    """A session on the network, for one refresh. `trusted` are places, "host:port", that need not be public."""

    def __init__(self, limits: Limits | None = None, trusted: Collection[str] = (), lookup: Lookup = lookup) -> None:
        self._limits = limits or Limits()
        self._guard = Guard(trusted)
        self._lookup = lookup
        self._turns = Turns(self._limits.per_host, self._limits.patience)
        self._robots = Robots(self._robots_txt, self._limits.patience)
        self._retried = stamina.AsyncRetryingCaller(
            attempts=self._limits.tries,
            timeout=None,
            wait_initial=BACKOFF,
            wait_jitter=BACKOFF,
            wait_max=self._limits.patience,
        ).on(self._again)

    async def __aenter__(self) -> Self:
        self._sockets = Sockets()
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=Resolver(self._guard, self._lookup),
                socket_factory=self._sockets.make,
                ttl_dns_cache=KNOWN_FOR,
                limit=0,
            ),
            headers=HEADERS,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            # Half of the time is for the connection, so that a host that is down is told from a slow answer.
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=self._limits.seconds / 2),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()
        await self._sockets.close()

    async def get(
        self,
        address: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        size: int | None = None,
        pause: float = 0.0,
    ) -> Answer:
        """Return what a server answers. Raises FetchError.

        `size` overrules the limit of bytes; `pause` is the least seconds between two requests to this host.
        """

        async def admit(url: URL) -> None:
            wanted = await self._robots.pause(url)
            self._turns.slow(url.raw_host or "", max(pause, wanted))

        known = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in known.items() if value}
        return await self._followed(self._guard.checked(address), headers, size or self._limits.size, admit)

    async def _robots_txt(self, url: URL) -> bytes:
        async def admit(url: URL) -> None:
            """Ask no robots.txt for a robots.txt."""

        answer = await self._followed(url, {}, robots.SIZE, admit)
        return answer.content

    async def _followed(self, url: URL, headers: Mapping[str, str], size: int, admit: Admit) -> Answer:
        """Return the answer at the end of an address's redirects."""
        for _ in range(self._limits.redirects + 1):
            await admit(url)
            found = await self._retried(self._asked, url, headers, size)
            if isinstance(found, Answer):
                return found
            url = found
        raise FetchError(f"it redirects more than {self._limits.redirects} times")

    async def _asked(self, url: URL, headers: Mapping[str, str], size: int) -> Answer | URL:
        """Return what a server answers this once, or where it redirects to."""
        host = url.raw_host or ""
        async with self._turns.turn(host):
            try:
                async with asyncio.timeout(self._limits.seconds), self._request(url, headers) as response:
                    return await self._read(url, response, size, bool(headers))
            except AgainError as error:
                self._turns.rest(host, error.after or 0.0)
                raise
            except (aiohttp.ClientError, OSError, ValueError) as error:
                raise told(error, self._limits.seconds) from None

    @asynccontextmanager
    async def _request(self, url: URL, headers: Mapping[str, str]) -> AsyncIterator[aiohttp.ClientResponse]:
        async with self._session.get(url, headers=headers, allow_redirects=False) as response:
            try:
                yield response
            finally:
                if response.connection and response.connection.transport:  # it was not read to its end
                    response.connection.transport.abort()

    async def _read(self, url: URL, response: aiohttp.ClientResponse, size: int, known: bool) -> Answer | URL:
        headers = response.headers
        if response.status in REDIRECTS and "Location" in headers:
            return self._guard.joined(url, headers["Location"])
        unchanged = known and response.status == UNCHANGED
        if not unchanged and response.status not in GIVEN:
            raise refusal(response.status, headers, self._limits.patience)
        return Answer(
            address=str(url),
            content=b"" if unchanged else await bodies.content(response, size),
            media_type=_word(response.content_type) if "Content-Type" in headers else None,
            charset=_word(response.charset),
            etag=_word(headers.get("ETag")),
            last_modified=_word(headers.get("Last-Modified")),
            unchanged=unchanged,
        )

    def _again(self, error: Exception) -> bool | float:
        """Return whether to try again: where the server names the time, the host's turn waits for it."""
        if not isinstance(error, AgainError):
            return False
        if error.after is None:
            return True
        return 0.0 if error.after <= self._limits.patience else False


def _word(printed: str | None) -> str | None:
    """Return what a server says of its answer, if it can be stored and sent back."""
    return printed if printed and printed.isascii() and printed.isprintable() else None
