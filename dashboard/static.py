"""Files that do not change: compressed ahead into the user's cache folder, and kept by browsers."""

import gzip
import hashlib
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from threading import Thread

import brotli
import plotly
from dash import Dash
from dash.fingerprint import build_fingerprint, check_fingerprint
from flask import Response, request, send_file

PLOTLY = "package_data/plotly.min.js"
SUITES = "_dash-component-suites/"
FOREVER = "public, max-age=31536000, immutable"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
# What is tried in this order for each encoding; the best takes long and replaces the good one when it is there.
GOOD, BEST = 9, 11
VARIANTS: Mapping[str, tuple[str, ...]] = {"br": (f"br{BEST}", f"br{GOOD}"), "gzip": ("gz",)}
PASSES: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    (f"br{GOOD}", lambda content: brotli.compress(content, quality=GOOD)),
    ("gz", lambda content: gzip.compress(content, mtime=0)),
    (f"br{BEST}", lambda content: brotli.compress(content, quality=BEST)),
)
SMALLEST, FAST = 1_000, 4


def register(app: Dash) -> None:
    """Answer for the files of an app before Dash does, and compress what else it answers."""
    # Dash lists its scripts when it first writes a page, which is before anyone asks for one.
    known = cache(partial(_files, app))
    folders = tuple(app.config.requests_pathname_prefix + name for name in (SUITES, "assets/"))

    def answer() -> Response | None:
        path, versioned = check_fingerprint(request.path)
        file = known().get(path) if path.startswith(folders) else None
        return _sent(file, versioned or "m" in request.args) if file else None

    app.server.before_request(answer)
    app.server.after_request(_compressed)


def plotly_file() -> Path:
    """Return where plotly.js is."""
    return Path(plotly.__file__).parent / PLOTLY


def plotly_address(app: Dash) -> str:
    """Return the address of plotly.js with its version, which Dash itself leaves out."""
    name = build_fingerprint(PLOTLY, plotly.__version__, int(plotly_file().stat().st_mtime))
    return f"{app.config.requests_pathname_prefix}{SUITES}plotly/{name}"


def compress(app: Dash) -> Thread:
    """Begin to compress the files of an app, in the background."""
    work = Thread(target=_compress, args=(sorted(set(_files(app).values())),), daemon=True)
    work.start()
    return work


def _files(app: Dash) -> dict[str, Path]:
    """Return the files of an app by their address without a version."""
    prefix = app.config.requests_pathname_prefix
    found = {
        f"{prefix}{SUITES}{package}/{path}": Path(str(sys.modules[package].__file__)).parent / path
        for package, paths in app.registered_paths.items()
        for path in paths
    }
    found |= {app.get_asset_url(path.name): path for path in Path(app.config.assets_folder).iterdir()}
    return {address: path for address, path in found.items() if path.suffix in TYPES and path.exists()}


def _sent(file: Path, versioned: bool) -> Response:
    encoding, stored = next(_stored(file), (None, file))
    sent = send_file(stored, mimetype=TYPES[file.suffix], conditional=True)
    sent.headers["Vary"] = "Accept-Encoding"
    if encoding:
        sent.headers["Content-Encoding"] = encoding
    if versioned:
        sent.headers["Cache-Control"] = FOREVER
    return sent


def _stored(file: Path) -> Iterator[tuple[str, Path]]:
    """Yield the compressed copies that the browser takes, the smallest first."""
    for encoding, variants in VARIANTS.items():
        if request.accept_encodings[encoding]:
            yield from ((encoding, copy) for name in variants if (copy := _copy(file, name)).exists())


def _copy(file: Path, variant: str) -> Path:
    status = file.stat()
    key = hashlib.sha256(f"{file}:{status.st_mtime_ns}:{status.st_size}".encode()).hexdigest()[:24]
    return _cache() / f"{key}.{variant}"


def _cache() -> Path:
    given = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(given) if given else Path.home() / ".cache") / "tradetrace"


def _compress(files: list[Path]) -> None:
    try:
        _cache().mkdir(parents=True, exist_ok=True)
        for variant, squeeze in PASSES:
            for file in files:
                _write(file, _copy(file, variant), squeeze)
    except OSError:
        return  # without a folder to keep them in, files are sent as they are


def _write(file: Path, copy: Path, squeeze: Callable[[bytes], bytes]) -> None:
    if not copy.exists():
        part = copy.with_suffix(f".{os.getpid()}.part")
        part.write_bytes(squeeze(file.read_bytes()))
        part.replace(copy)


def _compressed(response: Response) -> Response:
    """Compress an answer that is made for this request, fast."""
    encoding = "br" if request.accept_encodings["br"] else "gzip" if request.accept_encodings["gzip"] else None
    whole = not (response.is_streamed or response.direct_passthrough or response.headers.get("Content-Encoding"))
    if encoding and whole and response.status_code == 200 and len(response.data) >= SMALLEST:
        plain = response.get_data()
        short = brotli.compress(plain, quality=FAST) if encoding == "br" else gzip.compress(plain, FAST, mtime=0)
        response.set_data(short)
        response.headers["Content-Encoding"] = encoding
        response.headers["Vary"] = "Accept-Encoding"
    return response
