"""What a browser may do with these pages."""

import base64
import hashlib
import re
from collections.abc import Iterable

SCRIPT = re.compile(r"<script[^>]*>(?P<body>.*?)</script>", re.DOTALL)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def policy(hashes: Iterable[str] = ()) -> str:
    """Return the Content-Security-Policy: nothing from elsewhere, and no inline script but these.

    plotly.js writes style attributes; it needs `unsafe-inline` for styles.
    """
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *hashes)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "connect-src 'self'",
            "font-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def enclosed(hashes: Iterable[str]) -> str:
    """Return the policy of a page that is a file: it asks nothing of anyone and runs only its own scripts."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src", *hashes)),
            "style-src 'unsafe-inline'",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def script_hashes(*parts: str) -> list[str]:
    """Return the hashes of the inline scripts in parts of a page that this program itself wrote."""
    bodies = (match["body"] for part in parts for match in SCRIPT.finditer(part))
    return [f"'sha256-{_digest(body)}'" for body in bodies if body]


def _digest(body: str) -> str:
    return base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
