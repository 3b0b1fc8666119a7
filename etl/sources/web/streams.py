"""Sources of the network, read ahead by a thread of their own while others are stored."""

import asyncio
import concurrent.futures
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from threading import Event, Thread
from typing import Self

from etl.findings import Document, Finding, Receipt
from etl.sources import Source, SourceError
from etl.sources.web.fetching import Web
from etl.sources.web.findings import findings

ACTIVE = 8  # sources that are read at once
WAITING = 8  # groups of findings of a source that wait to be stored
MOST = 200  # findings in a group
TICK = 0.2  # seconds between two signs of waiting
Group = list[Finding] | SourceError | None


def trusted() -> frozenset[str]:
    """Return the hosts, with their ports, that may be asked though they are private: TRADETRACE_TRUSTED names them."""
    return frozenset(re.findall(r"[^\s,]+", os.environ.get("TRADETRACE_TRUSTED", "")))


class Streams(AbstractContextManager["Streams"]):
    """What several sources hold; each is read in its order, and they may be asked for in theirs alone."""

    def __init__(
        self, sources: Sequence[Source], seen: Callable[[str], Mapping[str, Receipt]], since: date | None = None
    ) -> None:
        self._sources = sources
        self._seen = seen
        self._since = since
        self._queues: dict[str, asyncio.Queue[Group]] = {source.id: asyncio.Queue(WAITING) for source in sources}
        self._ready = Event()
        self._thread = Thread(target=lambda: asyncio.run(self._run()), name="sources", daemon=True)

    def __enter__(self) -> Self:
        if self._sources:
            self._thread.start()
            self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()

    def read(self, source: Source, waiting: Callable[[], None]) -> Iterator[Finding]:
        """Yield what a source holds, and say so while it is awaited. Raises SourceError when it cannot be read."""
        while (group := self._next(source, waiting)) is not None:
            if isinstance(group, SourceError):
                raise group
            yield from group

    def _next(self, source: Source, waiting: Callable[[], None]) -> Group:
        group = asyncio.run_coroutine_threadsafe(self._queues[source.id].get(), self._loop)
        while not concurrent.futures.wait((group,), timeout=TICK).done:
            waiting()
        return group.result()

    async def _run(self) -> None:
        self._loop, self._stop, self._active = asyncio.get_running_loop(), asyncio.Event(), asyncio.Semaphore(ACTIVE)
        async with Web(trusted=trusted()) as web:
            reading = [asyncio.create_task(self._read_ahead(source, web)) for source in self._sources]
            self._ready.set()
            await self._stop.wait()
            for task in reading:
                task.cancel()
            await asyncio.gather(*reading, return_exceptions=True)

    async def _read_ahead(self, source: Source, web: Web) -> None:
        queue = self._queues[source.id]
        # Waiting for a turn is in the order of the sources, so those that are stored first are read first.
        async with self._active:
            try:
                await self._fill(queue, source, web)
                await queue.put(None)
            except SourceError as error:
                await queue.put(error)
            except Exception as error:
                message = f"reading it failed, please report it: {type(error).__name__}: {error}"
                await queue.put(SourceError(message))

    async def _fill(self, queue: asyncio.Queue[Group], source: Source, web: Web) -> None:
        group: list[Finding] = []
        try:
            async for finding in findings(source, web, self._seen(source.id), self._since):
                group.append(finding)
                if isinstance(finding, Document) or len(group) == MOST:
                    await queue.put(group)
                    group = []
        except SourceError:
            await queue.put(group)  # what was found before counts too
            raise
        await queue.put(group)
