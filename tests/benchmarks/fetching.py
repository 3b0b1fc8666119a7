"""Measure fetching beside one request at a time: `python -m tests.benchmarks.fetching`.

A server in a process of its own, which is this machine's at twenty addresses, answers each page in 100 ms. Both ways of
asking read the same pages in one run, the second with two at once a host; what sites allow was read before.
"""

import argparse
import asyncio
import multiprocessing
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from time import perf_counter

from aiohttp import web

from etl.sources.web import Limits, Web
from tests.benchmarks.report import Row, table

HOSTS = [f"127.0.0.{number}" for number in range(1, 21)]
SECONDS = 0.1  # that a page takes
PAGE = b"<p>Bilateral trade grew by 5% to $3 billion.</p>" * 400
PER_HOST = 2


def main() -> int:
    """Print what was measured; fail where it is worse than its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10, help="of each host")
    pages = parser.parse_args().pages
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    places = ours.recv()
    single, beside = asyncio.run(rates(places, pages))
    server.terminate()
    server.join()
    rows = [
        Row("one page at a time", single, "/s", more=True),
        Row(f"{len(places)} hosts, {PER_HOST} pages at once each", beside, "/s", more=True),
        Row("  in times of one at a time", beside / single, "x", 15, 19, more=True),
    ]
    sys.stdout.write(table(rows))
    return 1 if any(row.verdict == "below" for row in rows) else 0


async def rates(places: Sequence[str], pages: int) -> tuple[float, float]:
    """Return how many pages a second come one at a time, and how many beside each other."""
    addresses = [f"http://{place}/{number}" for number in range(pages) for place in places]
    async with Web(Limits(per_host=PER_HOST), places) as session:
        await asyncio.gather(*[session.get(f"http://{place}/") for place in places])
        began = perf_counter()
        for address in addresses:
            await session.get(address)
        between = perf_counter()
        await asyncio.gather(*[session.get(address) for address in addresses])
        return len(addresses) / (between - began), len(addresses) / (perf_counter() - between)


def serve(ready: Connection) -> None:
    """Answer at every host, and say where."""
    asyncio.run(_serve(ready))


async def _serve(ready: Connection) -> None:
    application = web.Application()
    application.router.add_get("/robots.txt", _nothing)
    application.router.add_get("/{page:.*}", _page)
    runner = web.AppRunner(application)
    await runner.setup()
    for host in HOSTS:
        await web.TCPSite(runner, host, 0).start()
    ready.send(["{}:{}".format(*address) for address in runner.addresses])
    await asyncio.Event().wait()


async def _nothing(request: web.Request) -> web.Response:
    return web.Response(status=404)


async def _page(request: web.Request) -> web.Response:
    await asyncio.sleep(SECONDS)
    return web.Response(body=PAGE, content_type="text/html")


if __name__ == "__main__":
    sys.exit(main())
