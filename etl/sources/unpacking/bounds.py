"""How much may come out of a file."""

from etl.errors import PlainError

LARGEST = 5_000_000  # bytes of a document
RATIO = 100  # times its size that may come out of a packed file; texts come to ten times
FREE = 10_000_000  # bytes that may come out of any


class UnpackError(PlainError):
    """Why nothing more is read of a file."""


class Budget:
    """The bytes that may come out of a packed file."""

    def __init__(self, packed: int) -> None:
        self._left = max(FREE, RATIO * packed)

    def spend(self, size: int) -> None:
        """Count what came out. Raises UnpackError when it is more than any text can have been packed into."""
        self._left -= size
        if self._left < 0:
            raise UnpackError(f"more than {RATIO} times its size comes out of it: what follows is not read")
