"""Serving the dashboard: gunicorn, or waitress where gunicorn does not run."""

import gc
import socket
import sys
from typing import Any

from dash import Dash
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard import static

# How many new objects are looked through for garbage at once: those of a page or so.
LITTER = 20_000


class PortError(OSError):
    """An address that cannot be listened on: one clear line."""


def claim(host: str, port: int) -> None:
    """Make sure that an address is free. Raises PortError."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as trial:
            if sys.platform != "win32":
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        raise PortError(f"cannot listen on {host}:{port} ({_reason(error)}): choose another with --port") from None


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def serve(app: Dash, host: str, port: int, workers: int, *, proxied: bool = False) -> None:
    """Serve until interrupted, and say where once browsers are answered; `proxied` trusts one proxy's headers."""
    if proxied:
        app.server.wsgi_app = ProxyFix(app.server.wsgi_app, x_for=1, x_proto=1, x_host=1)
    if sys.platform == "win32":
        _waitress(app, host, port, workers)
    else:
        _gunicorn(app, host, port, workers)


def _waitress(app: Dash, host: str, port: int, workers: int) -> None:
    from waitress import serve as waitress_serve  # only there on Windows

    _begin(app, host, port)
    waitress_serve(app.server, host=host, port=port, threads=max(4, workers))


def _gunicorn(app: Dash, host: str, port: int, workers: int) -> None:
    from gunicorn.app.base import BaseApplication  # not there on Windows

    class Server(BaseApplication):  # type: ignore[misc]
        """Gunicorn with our application, loaded before it forks."""

        def load_config(self) -> None:
            """Take the settings from here, not from a command line."""
            for name, value in _settings(app, host, port, workers).items():
                self.cfg.set(name, value)

        def load(self) -> Any:  # noqa: ANN401
            """Return the application."""
            return app.server

    Server().run()


def _settings(app: Dash, host: str, port: int, workers: int) -> dict[str, Any]:
    shown = f"[{host}]" if ":" in host else host
    return {
        "bind": f"{shown}:{port}",
        "workers": workers,
        "threads": 4,
        "worker_class": "gthread",
        "preload_app": True,
        "loglevel": "warning",
        "timeout": 60,
        # Gunicorn itself believes no header of a proxy.
        "forwarded_allow_ips": "",
        "when_ready": lambda _: _begin(app, host, port),
    }


def _begin(app: Dash, host: str, port: int) -> None:
    static.compress(app)
    # What is loaded by now stays: to look through it for garbage, again and again, would make every tenth page late.
    gc.collect()
    gc.freeze()
    gc.set_threshold(LITTER)
    root = app.config.requests_pathname_prefix.rstrip("/")
    print(f"tradetrace on http://{host}:{port}{root}  (Ctrl-C ends it)", flush=True)  # noqa: T201 - for who started it
