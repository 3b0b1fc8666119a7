"""Measure the dashboard against its floors: `python -m tests.benchmarks.dashboard [--claims N] [--database PATH]`.

A large database is made first, unless one is given; all is measured on its largest pair, in a real Chromium and over
real connections on this machine.
"""

import argparse
import copy
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request, sync_playwright
from playwright.sync_api import TimeoutError as Late

from etl.store import Query, Store
from tests.benchmarks.big import PAIRS, fill
from tests.benchmarks.report import Row, table
from tests.dashboard.conftest import launch, running

Body = dict[str, Any]

PAIR = f"/pair?reporter={PAIRS[0][0]}&partner={PAIRS[0][1]}"
ADDRESSES = {
    "overview": ("/", "/?order=newest", "/?order=name"),
    "pair": (PAIR, f"{PAIR}&flow=exports", f"{PAIR}&freq=M", f"{PAIR}&currency=EUR", f"{PAIR}&freq=YTD&page=9"),
    "claims": (
        "/claims",
        "/claims?flow=imports",
        "/claims?order=-value&page=40",
        "/claims?text=USD+12.5",
        "/claims?text=exports",
    ),
}
ROUNDS, CLICKS, WORKERS, CLIENTS, SECONDS = 30, 15, 2, 8, 8
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
# Tells when title, caption and newest figures of the first HTML are there.
READABLE = """
(function look() {
  var all = ["h1", "#levels-caption", "#source .figure, table.claims tbody tr"];
  if (all.every(one => document.querySelector(one)) && performance.getEntriesByType("paint").length)
    window.readable = performance.now();
  else requestAnimationFrame(look);
})();
"""
# Tells how long after the press of a mark the link of its article is another one.
CLICKED = """
() => new Promise(done => {
  var link = () => (document.querySelector("#source a.button") || {}).href, before = link(), start;
  document.addEventListener("pointerdown", () => { start = performance.now(); }, { capture: true, once: true });
  new MutationObserver((_, watcher) => {
    if (start && link() && link() !== before) { watcher.disconnect(); done(performance.now() - start); }
  }).observe(document.getElementById("source"), { childList: true, subtree: true });
})
"""


def main() -> int:
    """Print what was measured; fail where it is worse than a floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--database", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database, empty = options.database or Path(folder) / "big.db", Path(folder) / "empty.db"
        if not database.exists():
            fill(Store.open(database), options.claims)
        Store.open(empty)
        rows = list[Row]()
        for row in measured(database, empty):
            sys.stderr.write(f"{row.name}: {row.value} {row.unit} {row.note}\n")
            rows.append(row)
    sys.stdout.write(table(rows))
    return 1 if any(row.verdict == "below" for row in rows) else 0


def measured(database: Path, empty: Path) -> Iterator[Row]:
    """Measure one after the other, since all share one machine."""
    with running(empty, workers=WORKERS) as (process, address):
        bodies = recorded(address)
        used(address, bodies, database)
        blank = memory(process.pid)
    with running(database, workers=WORKERS) as (process, address), sync_playwright() as playwright:
        browser = launch(playwright)
        yield from loads(browser, address)
        yield slow(browser, address)
        yield clicks(browser, address)
        browser.close()
        yield from callbacks(address, bodies, database)
        yield many(address, bodies, database)
        yield Row("memory of a worker above an empty database", memory(process.pid) - blank, "MB", 150, 30)


def loads(browser: Browser, address: str) -> Iterator[Row]:
    """Load pages with nothing kept from before, and listen to what goes wrong."""
    elsewhere, complaints, violations = 0, 0, 0
    for path, name, floor, aim in (("/", "overview", 600, 450), (PAIR, "pair page", 1800, 1550)):
        page = browser.new_page()
        requests, errors = list[Request](), list[str]()
        page.on("requestfinished", lambda request, requests=requests: requests.append(request))
        page.on("console", lambda said, errors=errors: errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error, errors=errors: errors.append(str(error)))
        opened(page, address + path)
        sizes = [request.sizes() for request in requests]
        sent = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes) / 1000
        yield Row(f"cold first load of the {name}, transferred", sent, "KB", floor, aim)
        marks = (25, 18) if path == "/" else (None, None)
        yield Row(f"cold first load of the {name}, requests", len(requests), "", *marks)
        elsewhere += sum(not request.url.startswith((address, "data:", "blob:")) for request in requests)
        complaints += len(errors)
        violations += Axe().run(page).violations_count
        page.close()
    yield Row("requests to any other host", elsewhere, "", 0, 0)
    yield Row("console errors", complaints, "", 0, 0)
    yield Row("axe violations", violations, "", 0, 0)


def opened(page: Page, address: str) -> None:
    page.goto(address, wait_until="networkidle")
    page.locator("#react-entry-point main h1").wait_for()
    if page.locator(".plot").count():
        page.locator(".plot .points path").first.wait_for()


def slow(browser: Browser, address: str) -> Row:
    """Open the pair page over slow 4G on a processor four times as slow."""
    page = browser.new_page(bypass_csp=True)
    page.add_init_script(READABLE)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", SLOW)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address + PAIR, wait_until="commit")
    seconds = page.wait_for_function("window.readable", timeout=60_000).json_value() / 1000
    page.close()
    return Row("slow 4G, slow processor: pair page readable", seconds, "s", 1.5, 0.8)


def clicks(browser: Browser, address: str) -> Row:
    """Click marks of the largest pair and wait for the links to their articles."""
    page = browser.new_page(bypass_csp=True, viewport={"width": 1280, "height": 900})
    opened(page, address + PAIR)
    marks, taken = page.locator("[data-chart=levels] .points path"), list[float]()
    step = max(1, marks.count() // (CLICKS + 1))
    for number in range(step, step * CLICKS + 1, step):
        box = marks.nth(number).bounding_box()
        assert box is not None
        page.evaluate(f"window.clicked = ({CLICKED})().then(spent => window.spent = spent); window.spent = 0; 0")
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        try:
            page.wait_for_function("window.spent", timeout=5_000)
            taken.append(page.evaluate("window.spent"))
        except Late:  # another mark of the same article lay above
            continue
    page.close()
    return Row(
        "click on a mark to link visible, median",
        median(taken) if taken else None,
        "ms",
        150,
        80,
        note=f"{len(taken)} clicks",
    )


def recorded(address: str) -> list[Body]:
    """Return what a browser asks the server for when a page is opened."""
    found = list[Body]()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        page = browser.new_page()
        page.on("request", lambda sent: found.append(sent.post_data_json) if sent.method == "POST" else None)
        opened(page, f"{address}/claims")
        browser.close()
    return found


def bodies_of(recorded: Sequence[Body], database: Path) -> dict[str, list[bytes]]:
    """Return the requests of each kind of callback."""
    turned = next(body for body in recorded if "_pages_content" in json.dumps(body.get("output")))
    asked = {kind: [_to(turned, path) for path in paths] for kind, paths in ADDRESSES.items()}
    claims = Store.open(database, create=False).page(Query(pair=PAIRS[0]), size=200)
    return asked | {"source panel": [_chosen(turned, claim.claim_id) for claim in claims]}


def _to(turned: Body, address: str) -> bytes:
    body, parts = copy.deepcopy(turned), urlsplit(address)
    for one in body["inputs"]:
        value = {"pathname": parts.path, "search": f"?{parts.query}" if parts.query else ""}
        one["value"] = value.get(one["property"], one.get("value"))
    return json.dumps(body).encode()


def _chosen(turned: Body, claim: str) -> bytes:
    picked = {"id": "picked", "property": "data", "value": {"claim": claim, "asked": True, "position": ""}}
    output = {"id": "source", "property": "children"}
    body = {"output": "source.children", "outputs": output, "inputs": [picked], "changedPropIds": ["picked.data"]}
    return json.dumps(body).encode()


def callbacks(address: str, recorded: Sequence[Body], database: Path) -> Iterator[Row]:
    """Ask for each kind of callback again and again, one at a time."""
    for kind, bodies in bodies_of(recorded, database).items():
        connection = _connection(address)
        taken = [_asked(connection, body) for body in (bodies * ROUNDS)[: max(ROUNDS * 5, len(bodies))]]
        note = f"median {1000 * median(taken):.1f}"
        yield Row(f"callback: {kind}, p95", 1000 * quantiles(taken, n=20)[-1], "ms", 60, 25, note=note)


def many(address: str, recorded: Sequence[Body], database: Path) -> Row:
    """Let clients ask for source panels at once."""
    bodies = bodies_of(recorded, database)["source panel"]
    end = perf_counter() + SECONDS

    def client(number: int) -> int:
        connection, done = _connection(address), 0
        while perf_counter() < end:
            _asked(connection, bodies[(number * 25 + done) % len(bodies)])
            done += 1
        return done

    with ThreadPoolExecutor(CLIENTS) as pool:
        done = sum(pool.map(client, range(CLIENTS)))
    name = f"callbacks a second, {WORKERS} workers, {CLIENTS} clients, no error"
    return Row(name, done / SECONDS, "/s", 120, 250, more=True)


def used(address: str, recorded: Sequence[Body], database: Path) -> None:
    """Ask a server for everything once, so that its memory is that of one in use."""
    connection = _connection(address)
    for bodies in bodies_of(recorded, database).values():
        for body in bodies * 2:
            _asked(connection, body)


def _connection(address: str) -> HTTPConnection:
    return HTTPConnection(urlsplit(address).netloc, timeout=60)


def _asked(connection: HTTPConnection, body: bytes) -> float:
    """Return how long an answer takes; it must be one."""
    start = perf_counter()
    head = {"Content-Type": "application/json", "Accept-Encoding": "gzip, deflate, br"}
    connection.request("POST", "/_dash-update-component", body, head)
    answer = connection.getresponse()
    answer.read()
    if answer.status not in (200, 204):
        raise RuntimeError(f"{answer.status} for {body!r}")
    return perf_counter() - start


def memory(master: int) -> float:
    """Return the megabytes that the largest worker of a server holds."""
    sleep(0.5)
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return max(_resident(child) for child in children) / 1000


def _resident(process: str) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    sys.exit(main())
