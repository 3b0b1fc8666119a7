"""Pages -> the text and header of their articles, read in processes that can be killed."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
from concurrent.futures import Future, wait
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from etl.findings import Document, Empty, Rejection

if TYPE_CHECKING:
    from pebble import ProcessPool

SECONDS = 4.0  # a page may take; to end its process and begin another takes some more
MEMORY = 800_000_000  # bytes a process may have beside what its libraries reserve
PROCESSES = min(4, os.cpu_count() or 1)
TASKS = 500  # pages that a process reads before another one takes its place, since libraries keep what they met
TICK = 1.0  # seconds
SCRIPT = "a script must call refresh under `if __name__ == '__main__':`"  # its processes read the script anew


class Page(NamedTuple):
    """What an article's page says: a header with the keys of a text file's, and the text."""

    header: dict[str, str]
    text: str


Read = Page | Empty | Rejection


class Pages:
    """Processes that read pages; they begin with the first page."""

    def __init__(self) -> None:
        self._pool: ProcessPool | None = None

    def stop(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()

    def begin(self, document: Document) -> Future[Read]:
        """Have a page read when a process is free."""
        if self._pool is None or not self._pool.active:
            self._pool = _pool()
        begun: Future[Read] = self._pool.schedule(_read, args=(document,), timeout=SECONDS)
        return begun

    def end(self, document: Document, begun: Future[Read]) -> Read:
        """Wait for a page that was begun, and return what it holds or why it holds nothing."""
        # When no process can be had, what still waits for one is never told so.
        while not wait([begun], TICK).done and self._pool is not None and self._pool.active:
            pass
        if not begun.done():
            return Rejection(document.source, document.address, "no process could be had to read it", passing=True)
        error = begun.exception()
        return begun.result() if error is None else _rejection(document, error)


def _rejection(document: Document, error: BaseException) -> Rejection:
    from pebble import ProcessExpired

    reason, passing = f"it cannot be read, please report it: {type(error).__name__}: {error}", False
    match error:
        case TimeoutError():
            reason = f"it takes more than {SECONDS:g} s to read"
        case MemoryError():
            reason = f"it takes more than {MEMORY / 1e9:g} GB to read"
        case ProcessExpired():
            reason = f"the process that read it broke down ({error.exitcode})"
        case multiprocessing.ProcessError() | OSError() | RuntimeError():
            reason, passing = f"the processes that read pages do not stay: {error} ({SCRIPT})", True
    return Rejection(document.source, document.address, " ".join(reason.split()), passing)


def _pool() -> ProcessPool:
    from pebble import ProcessPool

    # A process of threads must not fork: a server without any does it, and has the libraries ready for each new one.
    method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    context.set_forkserver_preload(["etl.pages.page"])
    return ProcessPool(PROCESSES, TASKS, initializer=_bound, context=context)


def _bound() -> None:
    """Bound what this process may take, and let it be ended at once."""
    logging.disable()  # what there is to say of a page is its result
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        import resource

        most = _reserved() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _reserved() -> int:
    """Return the bytes of addresses that this process has, where the system tells."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * os.sysconf("SC_PAGESIZE") if statm.exists() else 0


def _read(document: Document) -> Read:
    from etl.pages.page import PageError, page

    _alarm(SECONDS + TICK)
    try:
        return page(document)
    except PageError as error:
        return Rejection(document.source, document.address, str(error))
    finally:
        _alarm(0)


def _alarm(seconds: float) -> None:
    """End this process after a while, also when nobody is left to do it."""
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_REAL, seconds)
