"""Where documents come from: data/sources.toml names the sources, each other module here reads one kind."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

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


class SourceError(Exception):
    """A source that cannot be read: one line that says which, why, and what to do."""


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
    """The sources of a file, and a line for each entry that names none."""

    sources: tuple[Source, ...]
    problems: tuple[str, ...]


def default_sources() -> Path:
    """Return the file beside the packages that names the sources."""
    return Path(__file__).resolve().parents[2] / "data" / "sources.toml"
