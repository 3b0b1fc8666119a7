"""An address -> what a server answers, politely and within limits."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Self

from etl.errors import PlainError


class FetchError(PlainError):
    """Why an address gave nothing; `passing` when it may do so later."""

    def __init__(self, reason: str, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing


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
    """A session on the network, for one refresh."""

    def __init__(self, limits: Limits | None = None, trusted: Collection[str] = ()) -> None:
        self._limits = limits or Limits()
        self._trusted = frozenset(trusted)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

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
        raise NotImplementedError
