"""Real parts for the tests of the dashboard: databases, a client, a server process, a browser."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import DEFAULT_OPTIONS, Axe
from playwright.sync_api import Browser, BrowserContext, Error, Page, Playwright, expect, sync_playwright

from dashboard.app import create_app
from etl.store import Store
from tests.dashboard.world import fill, sample

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
COLOURS = "color-contrast"
# A busy machine may be slow to paint; what is awaited either comes or does not.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def database(tmp_path_factory) -> Path:
    """A database of the sample."""
    path = tmp_path_factory.mktemp("sample") / "sample.db"
    fill(path, sample())
    return path


@pytest.fixture(scope="session")
def client(database):
    return client_of(database)


def client_of(database: Path):
    """Return a client of a dashboard over a database."""
    return create_app(Store.open(database)).server.test_client()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def running(database: Path, *options: str, workers: int = 1) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the real program on a port of its own; yield its process and its address once it answers."""
    port = free_port()
    program = [sys.executable, "-m", "dashboard", "--port", str(port), "--workers", str(workers), *options]
    process = subprocess.Popen([*program, "--database", str(database)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert "http://" in process.stdout.readline()
        yield process, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def serving(database: Path, workers: int = 1) -> Iterator[str]:
    """Run the real program; yield its address."""
    with running(database, workers=workers) as (_, address):
        yield address


@pytest.fixture(scope="session")
def server(database) -> Iterator[str]:
    with serving(database) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium from the PATH, else Playwright's own; without any, skipped aloud, and a failure under CI."""
    with sync_playwright() as playwright:
        try:
            chromium = launch(playwright)
        except Error as error:
            if os.environ.get("CI") == "true":
                pytest.fail(f"no Chromium to test with: {error}")
            pytest.skip("NO BROWSER: neither chromium nor google-chrome on the PATH, nor Playwright's own")
        yield chromium
        chromium.close()


def launch(playwright: Playwright) -> Browser:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    return playwright.chromium.launch(executable_path=found, args=list(FLAGS))


def barriers(page: Page, within: str = "html") -> str:
    """Return what axe holds against a page, or against a part of it; "" when that is nothing."""
    return _held_against(page, within)


def faults(page: Page) -> str:
    """Return what axe holds against a page whatever its colours."""
    return _held_against(page, "html", rules={COLOURS: {"enabled": False}})


def pale(page: Page, within: str = "html") -> str:
    """Return what is hard to read in its colours.

    This is what takes axe most of its time, so that of many rows made alike the first must do.
    """
    judged = {"include": [[within]], "exclude": [["tbody tr:nth-child(n+9)"]]}
    return _held_against(page, judged, runOnly=[COLOURS])


def _held_against(page: Page, judged: str | dict, **asked) -> str:
    # A page comes as HTML that is replaced by the same page, live; between the two it is neither.
    expect(page.locator("#first")).to_have_count(0)
    # While another page is made this one fades.
    for content in page.locator("#_pages_content").all():
        expect(content).not_to_have_attribute("data-dash-is-loading", "true")
        expect(content).to_have_css("opacity", "1")
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    answer = page.evaluate("([judged, asked]) => axe.run(judged, asked)", [judged, DEFAULT_OPTIONS | asked])
    found = AxeResults(answer)
    return found.generate_report() if found.violations_count else ""


class Watched:
    """A page that remembers what went wrong on it, and which hosts it asked."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        context.on("request", self._see)

    def _hear(self, message) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.text} ({self.page.url})")

    def _see(self, request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:", "file:")):
            self.elsewhere.append(request.url)


@pytest.fixture
def watch(browser):
    """Open pages that must stay silent and at home; checked when the test ends."""
    opened: list[Watched] = []

    def open_page(**settings) -> Page:
        watched = Watched(browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | settings)))
        opened.append(watched)
        return watched.page

    yield open_page
    for watched in opened:
        watched.page.context.close()
        assert watched.complaints == []
        assert watched.elsewhere == []
