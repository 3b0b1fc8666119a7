"""Where documents come from: data/sources.toml names the sources, each other module here reads one kind."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from etl import entries
from etl.entries import Entries, nearest
from etl.errors import PlainError
from etl.model import Document, Rejection

ADDED = "added"  # the source of what `python -m etl add` stores
ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
KEYS: Mapping[str, type] = {
    "id": str,
    "kind": str,
    "path": str,
    "url": str,
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
    """An entry of sources.toml; `optional` says that it may be missing."""

    id: str
    kind: str
    path: Path | None = None
    url: str | None = None
    language: str | None = None
    publisher: str | None = None
    group: str | None = None
    enabled: bool = True
    optional: bool = False


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


def read(source: Source) -> Iterator[Document | Rejection]:
    """Yield what a source holds. Raises SourceError when it cannot be read at all."""
    documents: Iterator[Document | Rejection] = _kind(source.kind).read(source)
    return documents


def count(source: Source) -> int | None:
    """Return how many documents a source holds, where that can be known without reading them."""
    counted: int | None = _kind(source.kind).count(source)
    return counted


@cache
def _kind(name: str) -> ModuleType:
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
    where = {"path": (folder / entry["path"]).absolute()} if "path" in entry else {}
    return Source(**{**entry, **where})


def _problem(entry: Mapping[str, Any], known: set[str]) -> tuple[str, str | None]:
    """Return the key of an entry that is wrong, and what is wrong with it."""
    for key, value in entry.items():
        if key not in KEYS:
            return key, f"unknown key {key!r}{nearest(key, KEYS)}"
        if not isinstance(value, KEYS[key]):
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
    missing = [key for key in _kind(kind).NEEDS if not entry.get(key)]
    return (missing[0], f"a source of kind {kind} needs a {missing[0]}") if missing else ("id", None)
