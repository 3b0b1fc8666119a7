"""Take the pictures of the README anew, from the sample: `python -m tests.screenshots`."""

import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.dashboard.conftest import launch, running
from tests.making import ROOT

FOLDER = ROOT / "data" / "screenshots"
PAIR = "/pair?reporter=CHN&partner=RUS&flow=trade"
TEXT = (
    "Trade between China and Russia reached a record $240.1 billion in 2023, up 26.3% from a year earlier. "
    "China's exports to Russia came to $105 billion."
)


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: the page that it shows, and how."""

    address: str
    width: int = 1200
    height: int = 640
    settings: dict[str, Any] = field(default_factory=dict)


SHOTS = {
    "overview": Shot("/", height=660),
    "pair": Shot(PAIR),
    "pair-dark": Shot(PAIR, settings={"color_scheme": "dark"}),
    "pair-phone": Shot(PAIR, 390, 780, {"has_touch": True}),
    "check": Shot("/check", height=700),
}


def main() -> int:
    """Write every picture into the folder of the README's pictures."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        database = Path(folder) / "sample.db"
        subprocess.run([sys.executable, "-m", "etl", "refresh", "--database", str(database)], cwd=ROOT, check=True)
        with running(database) as (_, server):
            browser = launch(playwright)
            for name, shot in SHOTS.items():
                _take(browser, server, shot, FOLDER / f"{name}.png")
            browser.close()
    return 0


def _take(browser: Browser, server: str, shot: Shot, file: Path) -> None:
    size: Any = {"width": shot.width, "height": shot.height}
    page = browser.new_page(viewport=size, reduced_motion="reduce", **shot.settings)
    page.goto(server + shot.address)
    expect(page.locator("#react-entry-point main h1")).to_be_visible()
    if shot.address == PAIR:
        expect(page.locator("[data-chart=levels] .annotation-text").first).to_be_visible()
    if shot.address == "/check":
        _check(page)
    page.screenshot(path=file)
    page.close()
    sys.stdout.write(f"{file.relative_to(ROOT)}: {file.stat().st_size / 1e3:.0f} KB\n")


def _check(page: Page) -> None:
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_label("Published").fill("2024-01-12")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("table.checked")).to_be_visible()
    page.locator("table.checked").scroll_into_view_if_needed()


if __name__ == "__main__":
    sys.exit(main())
