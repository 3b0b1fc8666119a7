"""The markup of a page -> what it says about itself: language, title, publisher, address."""

import re
from collections.abc import Collection
from functools import cached_property
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_,].*)?")
BETWEEN = (" | ", " - ", " – ", " — ", " :: ", " · ")  # a title and the name of its site
NAMES = ("property", "name", "itemprop", "http-equiv")
LINKED = 'script[type*="ld+json" i]'


class Head:
    """What a page says about itself; what it does not say is None."""

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._tree = tree
        self.linked = [node.text() for node in tree.css(LINKED)]

    @cached_property
    def metas(self) -> dict[str, str]:
        """Return what its meta elements say by their names in small letters, the first of each."""
        said = dict[str, str]()
        for node in self._tree.css("meta[content]"):
            content = _line(node.attributes["content"])
            for name in (node.attributes.get(key) for key in NAMES):
                if name and content:
                    said.setdefault(name.lower(), content)
        return said

    @property
    def language(self) -> str | None:
        """Return the code of its language."""
        root = self._tree.root
        printed = [root.attributes.get("lang")] if root else []
        printed += [self.metas.get("content-language"), self.metas.get("og:locale")]
        found = (LANGUAGE.fullmatch(one.strip().lower()) for one in printed if one)
        return next((one[1] for one in found if one), None)

    @property
    def publisher(self) -> str | None:
        """Return the name of its site."""
        return self.metas.get("og:site_name")

    def title(self, names: Collection[str | None]) -> str | None:
        """Return its title, without the name of its site at the end."""
        titles = (_line(node.text()) for node in [*self._tree.css("h1")[:1], *self._tree.css("title")[:1]])
        title = self.metas.get("og:title") or next(filter(None, titles), None)
        known = {name.casefold() for name in names if name}
        for sign in BETWEEN:
            first, _, last = (title or "").rpartition(sign)
            if first and last.casefold() in known:
                return first
        return title

    def address(self, found: str | None) -> str | None:
        """Return the address that it gives as its own; one of another site than where it was found is not believed."""
        links = [node.attributes.get("href") for node in self._tree.css("link[rel=canonical i][href]")[:1]]
        for link in [*links, self.metas.get("og:url")]:
            address = _joined(found or "", link or "")
            if is_address(address) and (found is None or _is_same(address, found)):
                return address
        return found


def is_address(address: str) -> bool:
    """Tell whether an address is one of the web that anybody can open."""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and parts.hostname and not parts.username and parts.port != 0
    except ValueError:
        return False
    return bool(usable) and not re.search(r"\s", address)


def _is_same(address: str, found: str) -> bool:
    """Tell whether two addresses are of one site; a site's own page is not that of its articles."""
    one, other = urlsplit(address), urlsplit(found)
    hosts = [(parts.hostname or "").removeprefix("www.") for parts in (one, other)]
    related = hosts[0] == hosts[1] or hosts[0].endswith(f".{hosts[1]}") or hosts[1].endswith(f".{hosts[0]}")
    return related and (one.path.strip("/") != "" or other.path.strip("/") == "")


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link.strip())
    except ValueError:
        return ""


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
