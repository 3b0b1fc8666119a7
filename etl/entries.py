"""A TOML file that lists entries and that its user edits: what it holds, and where in it a problem stands."""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from etl.errors import PlainError


class EntriesError(PlainError):
    """A file whose entries cannot be read: which, why, and what to do."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The entries of a file, each begun with `[[name]]`, and its lines."""

    path: Path
    name: str
    listed: Sequence[dict[str, Any]]
    lines: Sequence[str]

    def problem(self, number: int, key: str, said: str) -> str:
        """Return a problem with a key of the n-th entry in a line that says where it is."""
        return f"{self.path}, line {self._line(number, key)}: {said}"

    def without(self, number: int) -> str:
        """Return the text of the file without its n-th entry; comments behind the entry's last line stay."""
        first, after = self._span(number)
        spoken = (at for at in range(first, after) if not re.match(r"\s*(#|$)", self.lines[at - 1]))
        kept = [*self.lines[: first - 1], *self.lines[max(spoken) :]]
        text = "".join(f"{line}\n" for line in kept)
        if not self._holds(text, [*self.listed[:number], *self.listed[number + 1 :]]):
            raise EntriesError(f"{self.path}, line {first}: the entry does not stand in lines of its own: remove it")
        return text

    def _holds(self, text: str, entries: Sequence[dict[str, Any]]) -> bool:
        try:
            return bool(tomllib.loads(text).get(self.name, []) == entries)
        except tomllib.TOMLDecodeError:
            return False

    def _line(self, number: int, key: str) -> int:
        """Return the line on which an entry has a key (`inside.key`, or else `inside`), or on which it begins."""
        first, after = self._span(number)
        for part in reversed(key.split(".")):
            has_key = re.compile(rf"\s*[\"']?{re.escape(part)}[\"']?\s*=")
            for at in range(first, after):
                if has_key.match(self.lines[at - 1]):
                    return at
        return first

    def _span(self, number: int) -> tuple[int, int]:
        """Return the line on which an entry begins, and the one behind its last."""
        opens = re.compile(rf"\s*\[\[\s*{re.escape(self.name)}\s*\]\]")
        begins = [at for at, line in enumerate(self.lines, 1) if opens.match(line)]
        first, *rest = begins[number:] or [1]
        return first, rest[0] if rest else len(self.lines) + 1


def read(path: Path, name: str) -> Entries:
    """Return the entries of a file. Raises EntriesError when it is no TOML, or holds anything else."""
    text = _text(path)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise EntriesError(f"{path}, {_located(str(error), text)}") from None
    entries = data.pop(name, [])
    if data or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise EntriesError(f"{path}: {next(iter(data), name)!r} is no list of {name}s: begin each with [[{name}]]")
    return Entries(path, name, entries, text.splitlines())


def nearest(word: str, words: Iterable[str]) -> str:
    """Return what a mistyped word may stand for, as the end of a sentence about it."""
    near = get_close_matches(word, list(words), n=1)
    return f": did you mean {near[0]!r}?" if near else f": it is one of {', '.join(words)}"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise EntriesError(f"{path} is not UTF-8: save it as UTF-8") from None
    except OSError as error:
        raise EntriesError(f"{path} cannot be read: {error.strerror}") from None


def _located(message: str, text: str) -> str:
    """Return the parser's message with its line first, and the line itself."""
    found = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", message)
    if found is None:
        return f"line {text.count(chr(10)) + 1}: {message}"
    line = text.splitlines()[int(found[2]) - 1]
    return f"line {found[2]}: {found[1]}: {line.strip()}"
