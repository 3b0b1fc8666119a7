"""Where documents come from: data/sources.toml names the sources, each other module here reads one kind."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from etl.errors import PlainError
from etl.model import Finding

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
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path}, {_located(str(error), text)}") from None
    entries = data.pop("source", [])
    if data or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise SourceError(f"{path}: {next(iter(data), 'source')!r} is no list of sources: begin each with [[source]]")
    return _catalogue(path, entries, text.splitlines())


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


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise SourceError(f"{path} is not UTF-8: save it as UTF-8") from None
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}") from None


def _located(message: str, text: str) -> str:
    """Return the parser's message with its line first, and the line itself."""
    found = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", message)
    if found is None:
        return f"line {text.count(chr(10)) + 1}: {message}"
    line = text.splitlines()[int(found[2]) - 1]
    return f"line {found[2]}: {found[1]}: {line.strip()}"


def _catalogue(path: Path, entries: list[dict[str, Any]], lines: list[str]) -> Catalogue:
    sources: list[Source] = []
    problems: list[tuple[str, str]] = []
    for number, entry in enumerate(entries):
        key, problem = _problem(entry, {source.id for source in sources})
        if problem:
            name = str(entry.get("id", f"entry {number + 1}"))
            problems.append((name, f"{path}, line {_line(lines, number, key)}: {problem}"))
        else:
            sources.append(_source(entry, path.parent))
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


def nearest(word: str, words: Iterable[str]) -> str:
    """Return a half sentence that names the word most like one, or all words."""
    near = get_close_matches(word, list(words), n=1)
    return f": did you mean {near[0]!r}?" if near else f": it is one of {', '.join(words)}"


def _line(lines: list[str], number: int, key: str) -> int:
    """Return the line on which an entry has a key, or on which it begins."""
    begins = [at for at, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*source\s*\]\]", line)]
    first, *rest = begins[number:] or [1]
    last = rest[0] if rest else len(lines) + 1
    has_key = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
    return next((at for at in range(first, last) if has_key.match(lines[at - 1])), first)
