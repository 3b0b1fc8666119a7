"""Servers on this machine for the tests of fetching."""

import asyncio
import gc
import time
import warnings
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from types import MappingProxyType
from typing import NamedTuple

from aiohttp import web

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def raw(handler: Handler, tls=None):
    """Serve with a handler that gets the streams of each connection; yield "host:port"."""
    running: set[asyncio.Task] = set()

    async def serve(reader, writer):
        running.add(asyncio.current_task())
        try:
            await handler(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client may leave at any time, and so may the test
        finally:
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    try:
        yield "{}:{}".format(*server.sockets[0].getsockname())
    finally:
        server.close()
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


async def path_of(reader: asyncio.StreamReader) -> str:
    """Read a request and return the path that it asks for."""
    return (await reader.readuntil(b"\r\n\r\n")).split()[1].decode()


def run(main: Coroutine):
    """Run to the end and return the result; nothing is left open behind it, and nothing complains."""
    complaints = []

    async def watched():
        asyncio.get_running_loop().set_exception_handler(lambda _, context: complaints.append(context))
        return await main

    gc.freeze()  # so that the collection below looks only at what this run made
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", ResourceWarning)
        with ThreadPoolExecutor(1) as thread:  # a test in a browser keeps a loop running in this one
            result = thread.submit(asyncio.run, watched()).result()
        gc.collect()
    gc.unfreeze()
    assert complaints == []
    assert [str(warning.message) for warning in caught if warning.category is ResourceWarning] == []
    return result


class Reply(NamedTuple):
    """What a site answers, after some seconds."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    seconds: float = 0.0


class Asked(NamedTuple):
    """A request as a site saw it: when it came and was answered, and how many were there with it, itself included."""

    path: str
    headers: Mapping[str, str]
    came: float
    went: float
    beside: int


class Site(NamedTuple):
    """A site and what it was asked, in the order of its answers."""

    place: str
    asked: list[Asked]

    def url(self, path: str) -> str:
        return f"http://{self.place}{path}"

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]


@asynccontextmanager
async def site(pages: Mapping[str, Sequence[Reply]], host="127.0.0.1"):
    """Serve pages: the first request for one gets its first reply and so on, and the last is given ever after."""
    asked: list[Asked] = []
    there: list[str] = []

    async def answer(request):
        came = time.time()
        there.append(request.path)
        beside = len(there)
        replies = pages.get(request.path, [Reply(status=404)])
        reply = replies[min(sum(one.path == request.path for one in asked), len(replies) - 1)]
        await asyncio.sleep(reply.seconds)
        there.remove(request.path)
        asked.append(Asked(request.path, request.headers, came, time.time(), beside))
        return web.Response(body=reply.body, status=reply.status, headers=reply.headers)

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, 0).start()
        yield Site("{}:{}".format(*runner.addresses[0]), asked)
    finally:
        await runner.cleanup()
