"""A host -> a turn to ask it: few at once, and not before it wants to be asked again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field

from etl.sources.web.errors import FetchError, span


@dataclass(slots=True)
class _Host:
    """A host: at what time it was asked last, from when it may be asked again, and the least seconds between."""

    slots: asyncio.Semaphore
    alone: asyncio.Lock = field(default_factory=asyncio.Lock)
    asked: float = 0.0
    rests: float = 0.0
    pause: float = 0.0

    def wait(self) -> float:
        """Return for how long it is not asked yet."""
        return max(self.rests, self.asked + self.pause if self.asked else 0.0) - _now()


class Turns:
    """The turns of all hosts. `per_host` requests are at one at once, and one where there is a pause between them.

    A host that rests is waited for, if it is not for longer than the seconds of `patience`.
    """

    def __init__(self, per_host: int, patience: float) -> None:
        self._per_host = per_host
        self._patience = patience
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn to ask a host, and hold it. Raises FetchError when the host rests for too long."""
        state = self._host(host)
        async with state.alone if state.pause else nullcontext(), state.slots:
            while (wait := state.wait()) > 0:
                if (rest := state.rests - _now()) > self._patience:
                    raise FetchError(f"its host asks to be left alone for {span(rest)}", passing=True)
                await asyncio.sleep(wait)
            try:
                yield
            finally:
                state.asked = _now()

    def slow(self, host: str, pause: float) -> None:
        """Keep `pause` seconds between two requests to a host from now on, or more."""
        state = self._host(host)
        state.pause = max(state.pause, pause)

    def rest(self, host: str, seconds: float) -> None:
        """Ask a host nothing for some seconds."""
        state = self._host(host)
        state.rests = max(state.rests, _now() + seconds)

    def _host(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(asyncio.Semaphore(self._per_host)))


def _now() -> float:
    return asyncio.get_running_loop().time()
