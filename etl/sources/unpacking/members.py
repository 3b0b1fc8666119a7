"""A zip archive -> its members."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from etl.sources.unpacking.bounds import LARGEST, Budget, UnpackError

# The record at the end of an archive, and what stands before it in one of the 64-bit form.
END = struct.Struct("<4s4HLLH")
SIGNED, SIGNED_64 = b"PK\5\6", b"PK\6\7"
LOCATOR = 20  # bytes
TAIL = END.size + 65_535 + LOCATOR  # bytes in which they stand
DIRECTORY = 10_000_000  # bytes of the list of members, which is read whole
PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack more than they are asked for
ENCRYPTED = 1
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, NotImplementedError, RuntimeError)


def members(path: Path, endings: tuple[str, ...]) -> Iterator[tuple[str, bytes | str]]:
    """Yield the members with their content, or with the reason why one cannot be read.

    Names are only names, wherever they point. Raises UnpackError when the archive cannot be read or is a bomb.
    """
    _check(path)
    budget = Budget(path.stat().st_size)
    try:
        with zipfile.ZipFile(path) as archive:
            for member in filter(_is_meant, archive.infolist()):
                content = _problem(member, endings) or _content(archive, member)
                budget.spend(len(content))
                yield member.filename, content
    except BROKEN as error:
        raise UnpackError(f"its zip is broken: {error}") from None


def _check(path: Path) -> None:
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - TAIL))
        tail = file.read(TAIL)
    at = len(tail) - END.size if tail[-END.size :].startswith(SIGNED) else tail.rfind(SIGNED)
    if at < 0 or at + END.size > len(tail):
        raise UnpackError("it is no zip archive, or is cut off")
    if tail[max(0, at - LOCATOR) : at].startswith(SIGNED_64) or END.unpack_from(tail, at)[5] > DIRECTORY:
        raise UnpackError("it has too many members: make several archives of it")


def _is_meant(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    hidden = any(part.startswith(".") and part not in (".", "..") for part in parts)
    return not (member.is_dir() or hidden or member.filename.lower().endswith("readme.md"))


def _problem(member: zipfile.ZipInfo, endings: tuple[str, ...]) -> str | None:
    if not member.filename.lower().endswith(endings):
        return f"not a text: the names of articles in an archive end in {', '.join(endings)}"
    if member.flag_bits & ENCRYPTED:
        return "it is encrypted"
    if member.compress_type not in PACKINGS:
        return "it is packed in a way that is not read: pack it with deflate"
    return None


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes | str:
    try:
        with archive.open(member) as file:
            content = file.read(LARGEST + 1)
    except BROKEN as error:
        return f"it cannot be unpacked: {error}"
    return content if len(content) <= LARGEST else f"too large: {LARGEST / 1e6:.0f} MB are read at most"
