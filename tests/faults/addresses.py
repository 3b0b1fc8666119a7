"""Addresses that must never be asked: at least 520, made from tables."""

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import NamedTuple

PUBLIC = "93.184.216.34"
PRIVATE4 = (
    "127.0.0.1",
    "127.255.255.254",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
)
NETWORKS = [
    "0.0.0.0/8",
    "10.0.0.0/8",
    "100.64.0.0/10",
    "127.0.0.0/8",
    "169.254.0.0/16",
    "172.16.0.0/12",
    "192.0.0.0/24",
    "192.0.2.0/24",
    "192.88.99.0/24",
    "192.168.0.0/16",
    "198.18.0.0/15",
    "198.51.100.0/24",
    "203.0.113.0/24",
    "224.0.0.0/4",
    "240.0.0.0/4",
    "168.63.129.16/32",
    "::/96",
    "::1/128",
    "::ffff:0:0/96",
    "64:ff9b:1::/48",
    "100::/64",
    "2001::/32",
    "2001:2::/48",
    "2001:10::/28",
    "2001:20::/28",
    "2001:db8::/32",
    "2002::/16",
    "3fff::/20",
    "5f00::/16",
    "fc00::/7",
    "fd00:ec2::254/128",
    "fe80::/10",
    "fec0::/10",
    "ff00::/8",
    "4000::/16",
    "e000::/16",
]
# Ways to write the four bytes a.b.c.d, or the number n of them, that some programs read as an IPv4 address.
FORMS = (
    "{n}",
    "{n:#x}",
    "0{n:o}",
    "{n:#X}",
    "{a:#x}.{b:#x}.{c:#x}.{d:#x}",
    "{a:#x}.{b}.{c}.{d}",
    "0{a:o}.0{b:o}.0{c:o}.0{d:o}",
    "0{a:o}.{b}.{c}.{d}",
    "{a:03}.{b:03}.{c:03}.{d:03}",
    "{a}.{low3}",
    "{a}.{b}.{low2}",
    "{a}.{b}.{c}.{d}.",
    "{a}.{b}.{c}.{d}.0",
    "{a}。{b}。{c}。{d}",
    "{a}%2e{b}%2e{c}%2e{d}",
    "[::ffff:{a}.{b}.{c}.{d}]",
    "[::ffff:{high:x}:{low2:x}]",
    "[::{a}.{b}.{c}.{d}]",
    "[2002:{high:x}:{low2:x}::1]",
    "[64:ff9b::{a}.{b}.{c}.{d}]",
    "[64:ff9b:1::{a}.{b}.{c}.{d}]",
    "[2001:0:{high:x}:{low2:x}::1]",
)
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SCHEMES = (
    "file:///etc/passwd",
    "file://localhost/etc/passwd",
    "FILE:/etc/hosts",
    "ftp://example.org/a",
    "ftps://example.org/a",
    "sftp://example.org/a",
    "tftp://example.org/a",
    "gopher://example.org:70/1",
    "dict://example.org:2628/d:x",
    "ldap://example.org/dc=x",
    "ldaps://example.org/dc=x",
    "smb://example.org/share",
    "nfs://example.org/share",
    "ws://example.org/a",
    "wss://example.org/a",
    "data:text/html,x",
    "javascript:alert(1)",
    "view-source:http://example.org/",
    "jar:http://example.org/a.jar!/b",
    "blob:http://example.org/1",
    "about:blank",
    "mailto:a@example.org",
    "tel:+100",
    "ssh://example.org/",
    "git://example.org/a.git",
    "svn://example.org/a",
    "telnet://example.org/",
    "redis://example.org/",
    "unix:///run/a.sock",
    "http+unix://%2Frun%2Fa.sock/a",
    "netdoc:///etc/passwd",
    "php://filter/resource=/etc/passwd",
    "expect://id",
    "phar://a.phar",
    "zip://a.zip",
    "urn:isbn:1",
    "magnet:?xt=urn:x",
    "httpx://example.org/",
    "h2://example.org/",
    "https+insecure://example.org/",
)
SIGNED = (
    "http://user@example.org/",
    "http://user:word@example.org/",
    "https://user:@example.org/",
    "http://:word@example.org/",
    "http://example.org@127.0.0.1/",
    "http://example.org:80@127.0.0.1/",
    "http://example.org%40x@127.0.0.1/",
    "https://a:b@[::1]/",
    "http://user@10.0.0.1:80/",
    "http://a@b@127.0.0.1/",
    "http://@127.0.0.1/",
    "http://127.0.0.1%20@example.org/",
)
PORTS = (
    *(0, 1, 7, 21, 22, 23, 25, 53, 79, 81, 110, 111, 135, 139, 143, 389, 444, 445, 465, 587, 631, 873, 993, 1433, 1521),
    *(2049, 2375, 3000, 3306, 3389, 4444, 5000, 5432, 5601, 5900, 6379, 8000, 8080, 8443, 8888, 9200, 11211, 27017),
    *(50070, 65535),
)
MALFORMED = (
    "",
    " ",
    "example.org",
    "//example.org/",
    "/a",
    "http:",
    "http:/",
    "http://",
    "http:///a",
    "http:example.org",
    "http:/example.org/",
    "http://:80/",
    "http://?a",
    "http://#a",
    "http://example.org:99999/",
    "http://example.org:-1/",
    "http://example.org:http/",
    "http://[::1/",
    "http://::1/",
    "http://[]/",
    "http://[:::]/",
    "http://[1.2.3.4]/",
    "http://[fe80::1%25eth0]/",
    "http://[2606:4700::1%251]/",
    "http://[::ffff:7f00:1%25lo]/",
    "http://exa mple.org/",
    "http://example.org\r\nHost: a/",
    "http://example.org/\r\nX: a",
    "http://example.org/\x00",
    "http://exa\tmple.org/",
    "http://example.org\\@127.0.0.1/",
    "http://127.0.0.1\\.example.org/",
    "http://a..b/",
    "http://.example.org/",
    "http://example.org../",
    "http://exa%6dple.org/",
    "http://exa%00mple.org/",
    "http://exa|mple.org/",
    "http://<script>/",
    "http://*.example.org/",
    "http://\ud800.org/",
    "http://xn--/",
    "http://1.2.3.4.5/",
    "http://256.1.1.1/",
    "http://1.2.3/",
    "http://example.0x7f/",
    "http://example.1/",
    "http://00000000000000000000000000000000177.0.0.1/",
    "http://" + "a" * 64 + ".org/",
    "http://" + "a." * 127 + "org/",
    "http://example.org/" + "a" * 5_000,
)
NAMES = ("localhost", "intranet", "printer.local", "metadata.internal", "127.0.0.1.example.org", "rebind.example.org")
NAMED = (
    *PRIVATE4,
    *("::1", "::", "fe80::1", "fe80::1%2", "fc00::1", "fd12:3456::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:a00:1::"),
    *("168.63.129.16", "2606:4700::1%1", "not an address", ""),
)


class Case(NamedTuple):
    """An address, what a lookup of its host answers, and whether a trusted server redirects to it."""

    address: str
    answer: tuple[str, ...] = ()
    redirected: bool = False


def cases() -> list[Case]:
    """Return every case once."""
    direct = [*_literals(), *map(Case, (*SCHEMES, *SIGNED, *MALFORMED)), *_ports(), *_names()]
    redirected = [Case(case.address, case.answer, True) for case in direct if _absolute(case.address)]
    return list(dict.fromkeys([*direct, *redirected[::4]]))


def _literals() -> Iterator[Case]:
    for network in map(ip_network, NETWORKS):
        last = int(network.broadcast_address)
        for number in (int(network.network_address), (int(network.network_address) + last) // 2, last):
            ip = ip_address(number) if network.version == 4 else IPv6Address(number)
            yield Case(f"http://{ip}/" if network.version == 4 else f"https://[{ip}]/a?b")
    for private in map(IPv4Address, PRIVATE4):
        yield from (Case(f"http://{form}/") for form in _forms(private))


def _forms(ip: IPv4Address) -> Iterator[str]:
    a, b, c, d = ip.packed
    n = int(ip)
    for form in FORMS:
        yield form.format(a=a, b=b, c=c, d=d, n=n, high=n >> 16, low2=n & 0xFFFF, low3=n & 0xFFFFFF)
    yield str(ip).translate(WIDE)


def _ports() -> Iterator[Case]:
    for port in PORTS:
        yield Case(f"http://example.org:{port}/")
    yield from (Case(f"https://{PUBLIC}:{port}/") for port in PORTS[::3])


def _names() -> Iterator[Case]:
    """Yield names with private places, alone and behind a public one."""
    for number, place in enumerate(NAMED):
        name = NAMES[number % len(NAMES)]
        yield Case(f"http://{name}/{number}", (place,))
        yield Case(f"https://{name}./{number}", (PUBLIC, place))


def _absolute(address: str) -> bool:
    """Return whether a redirect to an address is one to nowhere else, and can be sent in a header."""
    return ":" in address and address.isprintable() and address.isascii() and len(address) < 1_000
