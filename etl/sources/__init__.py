"""Where documents come from: data/sources.toml names the sources, each other module here reads one kind."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from etl import entries
from etl.entries import Entries, nearest
from etl.errors import PlainError
from etl.findings import Finding

ADDED = "added"  # the source of what `python -m etl add` stores
CATALOGUE = "sources.toml"  # under which the ledger keeps the entries that cannot be used
ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
TEXTS = (str, list)  # one text, or several
KEYS: Mapping[str, type | tuple[type, ...]] = {
    "id": str,
    "kind": str,
    "path": str,
    "url": TEXTS,
    "follow": str,
    "renewed": bool,
    "query": str,
    "language": str,
    "publisher": str,
    "group": str,
    "enabled": bool,
    "optional": bool,
}


class SourceError(PlainError):
    """A source that cannot be read: which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of sources.toml.

    `follow` is what the links of a page have in their addresses that lead to articles; `renewed` says that an address
    holds a new article every month, `optional` that a folder may be missing.
    """

    id: str
    kind: str
    path: Path | None = None
    urls: tuple[str, ...] = ()
    follow: str | None = None
    renewed: bool = False
    query: str | None = None
    language: str | None = None
    publisher: str | None = None
    group: str | None = None
    enabled: bool = True
    optional: bool = False

    @property
    def where(self) -> str:
        """Return its folder or its address, the first where there are several."""
        return str(self.path or self.urls[0])

    @property
    def remote(self) -> bool:
        """Tell whether it is read over the network."""
        return self.path is None


class Entry(NamedTuple):
    """An article's page as a list names it; times are ISO 8601."""

    address: str
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The sources of a file, and of each entry that cannot be used its name and what is wrong with it."""

    sources: tuple[Source, ...]
    problems: tuple[tuple[str, str], ...]


def default_sources() -> Path:
    """Return the file beside the packages that names the sources."""
    return Path(__file__).resolve().parents[2] / "data" / "sources.toml"


def load(path: Path) -> Catalogue:
    """Return the sources that a file names, and what is wrong with the entries that name none."""
    return _catalogue(entries.read(path, "source"))


def kinds() -> tuple[str, ...]:
    """Return the kinds of source that can be read, which are the modules of this folder."""
    return tuple(sorted(module.name for module in iter_modules(__path__) if not module.ispkg))


def read(source: Source) -> Iterator[Finding]:
    """Yield what a local source holds. Raises SourceError when it cannot be read at all."""
    findings: Iterator[Finding] = kind_of(source.kind).read(source)
    return findings


def count(source: Source) -> int | None:
    """Return how many documents a local source holds, where that can be known without reading them."""
    counted: int | None = kind_of(source.kind).count(source)
    return counted


@cache
def kind_of(name: str) -> ModuleType:
    """Return the module that reads a kind of source."""
    return import_module(f"{__name__}.{name}")


def _catalogue(file: Entries) -> Catalogue:
    sources: list[Source] = []
    problems: list[tuple[str, str]] = []
    for number, entry in enumerate(file.listed):
        key, problem = _problem(entry, {source.id for source in sources})
        if problem:
            problems.append((str(entry.get("id", f"entry {number + 1}")), file.problem(number, key, problem)))
        else:
            sources.append(_source(entry, file.path.parent))
    return Catalogue(tuple(sources), tuple(problems))


def _source(entry: Mapping[str, Any], folder: Path) -> Source:
    given = {key: value for key, value in entry.items() if key not in ("path", "url")}
    path = (folder / entry["path"]).absolute() if "path" in entry else None
    return Source(**given, path=path, urls=tuple(_texts(entry.get("url", []))))


def _texts(value: Any) -> list[Any]:  # noqa: ANN401
    return [value] if isinstance(value, str) else list(value)


def _problem(entry: Mapping[str, Any], known: set[str]) -> tuple[str, str | None]:
    """Return the key of an entry that is wrong, and what is wrong with it."""
    for key, value in entry.items():
        if key not in KEYS:
            return key, f"unknown key {key!r}{nearest(key, KEYS)}"
        if not isinstance(value, KEYS[key]) or not (isinstance(value, bool) or all(_texts(value))):
            return key, f"{key} must be {'true or false' if KEYS[key] is bool else 'a text in quotes'}"
    for key in ("id", "kind"):
        if key not in entry:
            return key, f"the source has no {key}"
    return _wrong_value(entry, known)


def _wrong_value(entry: Mapping[str, Any], known: set[str]) -> tuple[str, str | None]:
    name, kind = entry["id"], entry["kind"]
    if name in known or name == ADDED:
        return "id", f"the id {name!r} is taken: choose another"
    if not ID.fullmatch(name):
        return "id", f"the id {name!r} must be lower-case letters, digits, dots and hyphens"
    if kind not in kinds():
        return "kind", f"unknown kind {kind!r}{nearest(kind, kinds())}"
    missing = [key for key in kind_of(kind).NEEDS if not entry.get(key)]
    if missing:
        return missing[0], f"a source of kind {kind} needs a {missing[0]}"
    strange = [url for url in _texts(entry.get("url", [])) if not _is_address(url)]
    return ("url", f"{strange[0]!r} is not an http or https address") if strange else ("id", None)


def _is_address(url: object) -> bool:
    try:
        parts = urlsplit(str(url))
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
