"""A news site on this machine: what it serves, and what it was asked for."""

import asyncio
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from threading import Event, Thread
from xml.sax.saxutils import escape as escape_xml

from aiohttp import web

PARAGRAPH = "The figures were published by the customs office, which keeps them for all partners of the country. "


@dataclass(frozen=True)
class Served:
    """What the site answers at a path."""

    content: bytes
    media_type: str = "text/html"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """A site; `asked` holds the paths of its requests, with a `304` behind those that were answered as unchanged."""

    address: str = ""
    pages: dict[str, Served] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    delay: float = 0.0
    reached: Event = field(default_factory=Event)
    validators: bool = True

    def url(self, path: str) -> str:
        return self.address + path

    def serve(self, path: str, content: str | bytes, media_type: str = "text/html", status: int = 200, **headers: str):
        """Serve something from now on."""
        content = content.encode() if isinstance(content, str) else content
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Served(content, media_type, status, named)

    def publish(self, path: str, text: str, title: str = "Trade", date: str | None = "2024-02-09", **head: str) -> str:
        """Serve an article; return its address."""
        self.serve(path, article(text, title, date, **head))
        return self.url(path)

    def feed(self, path: str, *articles: str) -> str:
        """Serve a feed that names articles by their paths; return its address."""
        items = "".join(
            f"<item><title>Article</title><link>{escape_xml(self.url(article))}</link></item>" for article in articles
        )
        self.serve(path, f"<rss version='2.0'><channel><title>Site</title>{items}</channel></rss>", "text/xml")
        return self.url(path)

    async def answer(self, request: web.Request) -> web.Response:
        """Answer a request."""
        path = request.path_qs
        self.reached.set()
        await asyncio.sleep(self.delay)
        served = self.pages.get(path)
        if served is None:
            self.asked.append(path)
            return web.Response(status=404)
        tag = f'"{hashlib.sha256(served.content).hexdigest()[:16]}"'
        headers = dict(served.headers) | ({"ETag": tag} if self.validators and served.status == 200 else {})
        if self.validators and request.headers.get("If-None-Match") == tag:
            self.asked.append(f"{path} 304")
            return web.Response(status=304)  # many servers repeat no validator
        self.asked.append(path)
        return web.Response(body=served.content, status=served.status, content_type=served.media_type, headers=headers)


def article(text: str, title: str = "Trade", date: str | None = "2024-02-09", **head: str) -> str:
    """Return the page of an article, with a head, a menu and a footer as sites have them."""
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in [*text.split("\n\n"), PARAGRAPH * 3, PARAGRAPH * 3])
    dated = f'<meta property="article:published_time" content="{date}T09:00:00Z">' if date else ""
    canonical = f'<link rel="canonical" href="{head["canonical"]}">' if "canonical" in head else ""
    language = head.get("language", "en")
    return f"""<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>{dated}{canonical}</head>
<body><header><nav><a href="/">Home</a> <a href="/economy">Economy</a></nav></header>
<main><article><h1>{escape(title)}</h1>{paragraphs}</article></main>
<footer>All rights kept.</footer></body></html>"""


@contextmanager
def serving(*hosts: str) -> Iterator[Site]:
    """Serve a site on loopback, under all of some addresses (127.0.0.1 unless told)."""
    site, ready, done = Site(), Event(), []

    async def run() -> None:
        app = web.Application()
        app.router.add_get("/{path:.*}", site.answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        first, *more = hosts or ("127.0.0.1",)
        listening = web.TCPSite(runner, first, 0)
        await listening.start()
        port = runner.addresses[0][1]
        for host in more:
            await web.TCPSite(runner, host, port).start()
        site.address = f"http://{first}:{port}"
        stop = asyncio.Event()
        done.append(lambda: loop.call_soon_threadsafe(stop.set))
        loop = asyncio.get_running_loop()
        ready.set()
        await stop.wait()
        await runner.cleanup()

    thread = Thread(target=lambda: asyncio.run(run()))
    thread.start()
    ready.wait()
    try:
        yield site
    finally:
        done[0]()
        thread.join()
