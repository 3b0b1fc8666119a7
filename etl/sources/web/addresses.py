"""An address -> the URL to ask, and a host -> where it is: only public places of the internet, and trusted ones."""

import asyncio
import re
import socket
from collections.abc import Awaitable, Callable, Collection, Sequence
from ipaddress import IPv4Address, ip_address, ip_network

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from etl.sources.web.errors import ClosedError, FetchError

Lookup = Callable[[str, int], Awaitable[Sequence[str]]]

SCHEMES = ("http", "https")
PORTS = (80, 443)
LONGEST = 4_000  # characters of an address
SHOWN = 100  # of them in a message
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
NAME = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*")
# Networks that are no place of the public internet, or that carry on to one that nobody checked.
CLOSED = {
    kind: [ip_network(network) for network in networks.split()]
    for kind, networks in {
        "an address of this machine": "0.0.0.0/8 127.0.0.0/8 ::/128 ::1/128",
        "a private address": "10.0.0.0/8 100.64.0.0/10 172.16.0.0/12 192.168.0.0/16 fc00::/7 fec0::/10",
        "an address of one link": "169.254.0.0/16 fe80::/10",
        "an address of many machines": "224.0.0.0/4 ff00::/8",
        "a cloud's own service": "168.63.129.16/32",
        "a way into another network": "::/96 ::ffff:0:0/96 64:ff9b:1::/48 2001::/32 2002::/16 192.88.99.0/24",
        "a reserved address": "192.0.0.0/24 192.0.2.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4"
        " 2001::/23 2001:db8::/32 3fff::/20",
    }.items()
}
OPEN = ip_network("2000::/3")  # all of IPv6 that was ever given out
TRANSLATED = ip_network("64:ff9b::/96")  # how a network of IPv6 alone shows the hosts of IPv4


class Guard:
    """Which addresses may be asked.

    `trusted` are places, "host:port", that may be private and have any port.
    """

    def __init__(self, trusted: Collection[str]) -> None:
        self._trusted = frozenset(place.lower() for place in trusted)

    def checked(self, address: str) -> URL:
        """Return the address as it is asked. Raises FetchError."""
        if len(address) > LONGEST:
            raise FetchError(f"it is longer than {LONGEST} characters")
        try:
            if CONTROL.search(address):
                raise ValueError
            return self._checked(URL(address).with_fragment(None))
        except ValueError:
            raise FetchError("it is no valid address") from None

    def joined(self, url: URL, location: str) -> URL:
        """Return the address that another redirects to. Raises FetchError."""
        try:
            target = str(url.join(URL(location)))
        except ValueError:
            raise FetchError("it redirects to what is no address") from None
        try:
            return self.checked(target)
        except FetchError as error:
            raise FetchError(f"it redirects to {target[:SHOWN]!a}: {error}") from None

    def trusts(self, host: str, port: int) -> bool:
        """Return whether a place is trusted."""
        return f"{host}:{port}" in self._trusted

    def _checked(self, url: URL) -> URL:
        if url.scheme not in SCHEMES:
            raise FetchError("only http and https are asked")
        if url.raw_user is not None or url.raw_password is not None:
            raise FetchError("it holds a user's name or password: leave them out")
        if not url.host:  # which is read out of its coding: one that cannot be is a ValueError
            raise ValueError
        host = str(url.raw_host).removesuffix(".")
        printed, port = f"[{host}]" if ":" in host else host, url.port or 0
        if not self.trusts(printed, port):
            if port not in PORTS:
                raise FetchError(f"its port is {port}: only {PORTS[0]} and {PORTS[1]} are asked")
            _check_host(host)
        return url if host == url.raw_host else url.with_host(host)


class Resolver(AbstractResolver):
    """Where hosts are. Every connection goes to the very addresses that were checked: nothing looks up twice."""

    def __init__(self, guard: Guard, lookup: Lookup) -> None:
        self._guard = guard
        self._lookup = lookup

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Return the addresses of a host. Raises ClosedError if one is not public, OSError if there are none."""
        found = await self._lookup(host, port)
        if not found:
            raise OSError
        if not self._guard.trusts(host, port):
            for address in found:
                if kind := _closed(address):
                    raise ClosedError(f"it is not public: {host} is at {address}, {kind}")
        return [_place(host, address, port) for address in found]

    async def close(self) -> None:
        """Do nothing: it holds nothing open."""


async def lookup(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host, as the system knows them. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return [str(place[0]) for *_, place in found]


def _check_host(host: str) -> None:
    if ":" in host or _is_number(host):
        if kind := _closed(host):
            raise FetchError(f"it is not public: {host} is {kind}")
    elif not NAME.fullmatch(host):
        raise FetchError("its host is no valid name")


def _is_number(host: str) -> bool:
    """Return whether a host is an address: the last part of a name never begins with a digit."""
    return host.rpartition(".")[2][:1].isdigit()


def _closed(address: str) -> str | None:
    """Return what an address is if it is not a public one."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "an address in an unusual form"
    if ip.version == 6 and ip.scope_id is not None:
        return "an address of one link"
    if ip in TRANSLATED:
        ip = IPv4Address(int(ip) & 0xFFFFFFFF)
    for kind, networks in CLOSED.items():
        if any(ip in network for network in networks):
            return kind
    return "a reserved address" if ip.version == 6 and ip not in OPEN else None


def _place(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
