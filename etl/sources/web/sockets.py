"""The sockets of a session, so that none is left open behind it."""

import asyncio
import socket
from contextlib import suppress
from weakref import WeakSet

from aiohttp.connector import AddrInfoType

ROUNDS = 100  # of the event loop, within which a socket that was shut down is closed: it takes a few


class Sockets:
    """Makes the sockets of a session. A farewell in TLS would wait for the server: here nothing waits for one."""

    def __init__(self) -> None:
        self._made = WeakSet[socket.socket]()

    def make(self, place: AddrInfoType) -> socket.socket:
        """Return a socket for a place."""
        family, kind, protocol, *_ = place
        made = socket.socket(family, kind, protocol)
        self._made.add(made)
        return made

    async def close(self) -> None:
        """Shut all down, and return when they are closed."""
        for made in self._open():
            with suppress(OSError):  # it is not connected any more
                made.shutdown(socket.SHUT_RDWR)
        for _ in range(ROUNDS):
            if not self._open():
                break
            await asyncio.sleep(0)

    def _open(self) -> list[socket.socket]:
        return [made for made in self._made if made.fileno() != -1]
