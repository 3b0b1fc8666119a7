"""Files in a folder and the folders below it: texts, pages, and those that hold many of them."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from etl.findings import Document, Rejection
from etl.sources import Source, SourceError
from etl.sources.unpacking import CONTAINERS, FORMS, Place, ending, shown, unpack
from etl.sources.unpacking.bounds import LARGEST

NEEDS = ("path",)
READABLE = (*FORMS, *CONTAINERS)


def read(source: Source) -> Iterator[Document | Rejection]:
    """Yield the files of a folder in the order of their names."""
    if folder := _folder(source):
        for path in _paths(folder):
            yield from _read(source, folder, path)


def count(source: Source) -> int | None:
    """Return how many documents `read` will yield, where no file holds many."""
    folder = _folder(source)
    paths = list(_paths(folder)) if folder else []
    return None if any(ending(path.name) in CONTAINERS for path in paths) else len(paths)


def _read(source: Source, folder: Path, path: Path) -> Iterator[Document | Rejection]:
    # A name need not be UTF-8; a database wants nothing else.
    place = Place(source, shown(os.fsencode(path.relative_to(folder).as_posix()).decode(errors="replace")))
    try:
        if problem := _problem(path, folder):
            yield place.rejection(problem)
        elif (end := ending(path.name)) in CONTAINERS:
            yield from unpack(place, path)
        else:
            yield place.document(path.read_bytes(), FORMS[end])
    except OSError as error:
        yield place.rejection(f"it cannot be read: {error.strerror or error}")


def _folder(source: Source) -> Path | None:
    try:
        if source.path is not None and source.path.is_dir():
            return source.path.resolve()
        if source.path is not None and source.optional and not source.path.exists():
            return None
    except OSError as error:
        raise SourceError(f"the folder {source.path} cannot be read: {error.strerror}") from None
    raise SourceError(f"there is no folder {source.path}: correct the path of the source {source.id!r}")


def _paths(folder: Path) -> Iterator[Path]:
    """Yield all that is to be read, and the folders that cannot be entered."""
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        inside = _inside(path)
        if inside is None:
            yield path
        else:
            waiting.extend(sorted(filter(_is_meant, inside), reverse=True))


def _inside(path: Path) -> list[Path] | None:
    try:
        return None if path.is_symlink() or not path.is_dir() else list(path.iterdir())
    except OSError:
        # It is yielded as it is, and the reading of it tells why it cannot be read.
        return None


def _is_meant(path: Path) -> bool:
    return not path.name.startswith(".") and path.name.lower() != "readme.md"


def _problem(path: Path, folder: Path) -> str | None:
    if path.is_dir():
        return "a folder that may not be entered, or a link to one, which is not followed"
    if not ending(path.name):
        return f"not a text: the names of articles end in {', '.join(READABLE)}"
    if not Path(os.path.realpath(path)).is_relative_to(folder):
        return "a link that leads out of its folder, which is not followed"
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        return "not a file that can be read to its end"
    if found.st_size > LARGEST and ending(path.name) not in CONTAINERS:
        return f"too large: {found.st_size / 1e6:.1f} MB, and {LARGEST / 1e6:.0f} MB are read at most"
    return None
