"""An answer -> its content, unpacked as it comes and never larger than its limit."""

import zlib
from collections.abc import Iterable

from aiohttp import ClientResponse

from etl.sources.web.errors import FetchError

CHUNK = 65_536
ENCODINGS = ("gzip", "x-gzip", "deflate")
GZIP, ZLIB, RAW = 16 + zlib.MAX_WBITS, zlib.MAX_WBITS, -zlib.MAX_WBITS


class _Unpacking:
    """The content of a compressed answer, as far as it has come."""

    def __init__(self, encoding: str) -> None:
        self._gzip = encoding != "deflate"
        self._stream = zlib.decompressobj(GZIP) if self._gzip else None

    def more(self, packed: bytes, room: int) -> bytearray:
        """Return what a piece of the answer unpacks to, as far as there is room."""
        content = bytearray()
        while packed and len(content) < room:
            self._stream = self._stream or zlib.decompressobj(_form(packed))
            content += self._stream.decompress(packed, room - len(content))
            packed = self._stream.unused_data
            if packed and self._gzip:  # gzip may consist of several parts, one behind the other
                self._stream = zlib.decompressobj(GZIP)
            elif packed:
                raise zlib.error
        return content

    def end(self) -> None:
        """Raise zlib.error if the answer broke off."""
        if self._stream is None or not self._stream.eof:
            raise zlib.error


async def content(response: ClientResponse, size: int) -> bytes:
    """Return the content of an answer. Raises FetchError when it has more bytes than `size`, packed or not."""
    if int(response.headers.get("Content-Length", 0)) > size:
        raise _too_large(size)
    encoding = _encoding(response.headers.getall("Content-Encoding", ()))
    unpacking = _Unpacking(encoding) if encoding else None
    found, came = bytearray(), 0
    try:
        async for piece in response.content.iter_chunked(CHUNK):
            came += len(piece)
            found += unpacking.more(piece, size + 1 - len(found)) if unpacking else piece
            if max(came, len(found)) > size:
                raise _too_large(size)
        if unpacking and came:
            unpacking.end()
    except zlib.error:
        raise FetchError(f"its {encoding} is broken or breaks off", passing=True) from None
    return bytes(found)


def _encoding(printed: Iterable[str]) -> str | None:
    """Return how an answer is packed. Raises FetchError."""
    named = [name.strip().lower() for line in printed for name in line.split(",")]
    packed = [name for name in named if name not in ("", "identity")]
    if len(packed) > 1:
        raise FetchError("its content is packed more than once")
    if packed and packed[0] not in ENCODINGS:
        raise FetchError("its content is packed in a way that was not asked for")
    return packed[0] if packed else None


def _form(packed: bytes) -> int:
    """Return which of its two forms a deflate is in: what the standard says, or what some servers send."""
    return ZLIB if packed[0] & 0x0F == zlib.DEFLATED else RAW


def _too_large(size: int) -> FetchError:
    return FetchError(f"it is larger than {size:,} bytes")
