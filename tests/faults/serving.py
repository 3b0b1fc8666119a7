"""Servers on this machine for the tests of fetching."""

import asyncio
import gc
import warnings
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager

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
        result = asyncio.run(watched())
        gc.collect()
    gc.unfreeze()
    assert complaints == []
    assert [str(warning.message) for warning in caught if warning.category is ResourceWarning] == []
    return result
