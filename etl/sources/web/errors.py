"""What goes wrong on the network -> FetchError: one line each, and whether it may pass."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import aiohttp

from etl.errors import PlainError

BUSY = frozenset({429, 500, 502, 503, 504})  # worth asking again in a moment
LATER = frozenset({408, 425})
MEANINGS = {
    401: "it asks for a password",
    403: "it is not given to programs like this one",
    404: "there is no such page",
    410: "the page is gone for good",
    429: "it was asked too often",
    451: "it is withheld for legal reasons",
}
# The first kind that an exception is of counts, and whether to ask again in a moment.
KINDS: tuple[tuple[type[Exception], str, bool], ...] = (
    (aiohttp.ConnectionTimeoutError, "it cannot be reached in time", True),
    (TimeoutError, "its answer takes longer than {seconds:g} s", False),
    (aiohttp.ClientConnectorCertificateError, "its certificate fails", False),
    (aiohttp.ClientConnectorSSLError, "it agrees on no encryption (TLS)", False),
    (aiohttp.ClientConnectorDNSError, "its host is not found: check its spelling and your connection", False),
    (aiohttp.ClientConnectorError, "it takes no connection", True),
    (aiohttp.ClientResponseError, "its answer is no valid HTTP", False),
    (aiohttp.ClientPayloadError, "its answer breaks off", True),
    (aiohttp.ClientConnectionError, "the connection breaks off", True),
    (OSError, "the connection breaks off", True),
)
UNTOLD = (aiohttp.ClientConnectorDNSError, aiohttp.ClientSSLError)  # words for those who know the library


class FetchError(PlainError):
    """Why an address gave nothing; `passing` when it may do so later."""

    def __init__(self, reason: str, *, passing: bool = False) -> None:
        super().__init__(reason)
        self.passing = passing


class ClosedError(FetchError):
    """The host is at no place that may be asked."""


class RefusedError(FetchError):
    """The server says that this address has nothing for us."""


class AgainError(FetchError):
    """What is worth asking again in a moment, or after the seconds that the server names."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason, passing=True)
        self.after = after


def told(error: Exception, seconds: float) -> FetchError:
    """Return what an exception of the network means; `seconds` is the limit that an answer had."""
    for kind, reason, again in KINDS:
        if isinstance(error, kind):
            words = reason.format(seconds=seconds) + _detail(error)
            return AgainError(words) if again else FetchError(words, passing=True)
    return FetchError("it cannot be asked: the address or its answer is malformed")


def refusal(status: int, headers: Mapping[str, str], patience: float) -> FetchError:
    """Return what a status means that gives no content."""
    words = f"it answers {status}: {MEANINGS.get(status) or _phrase(status)}"
    if status in BUSY:
        after = _seconds(headers.get("Retry-After", ""))
        if after is not None and after > patience:
            words += f"; it asks to come back in {span(after)}"
        return AgainError(words, after)
    if status in LATER or status >= 500:
        return FetchError(words, passing=True)
    return RefusedError(words) if status >= 400 else FetchError(words)


def span(seconds: float) -> str:
    """Return seconds in words, in the largest unit that they fill."""
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if round(seconds) >= 2 * length:
            return f"{seconds / length:,.0f} {unit}"
    return f"{seconds:.0f} seconds"


def _detail(error: Exception) -> str:
    """Return what the system says of a certificate or a connection; what the server says is not repeated."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f": {getattr(error.certificate_error, 'verify_message', '') or 'it cannot be verified'}"
    if isinstance(error, aiohttp.ClientConnectorError) and not isinstance(error, UNTOLD):
        return f": {error.strerror}" if error.strerror else ""
    return ""


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase.lower()
    except ValueError:
        return "nobody knows what that means"


def _seconds(printed: str) -> float | None:
    """Return how long Retry-After asks to wait: it names seconds or an instant."""
    try:
        if printed.strip().isdecimal():
            return float(int(printed))
        then = parsedate_to_datetime(printed)
        wait = then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)
        return max(0.0, wait.total_seconds())
    except (ValueError, OverflowError):
        return None
