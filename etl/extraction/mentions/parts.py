"""The elements of an expression of time, read by letter; and what a builder makes of them."""

from collections.abc import Callable

from etl.extraction.mentions.clock import Clock
from etl.extraction.mentions.elements import Element
from etl.model import Period

Built = tuple[Period | None, str, bool]  # the period, its relation to another, and whether its year was not printed


class Parts:
    """The elements that a pattern matched, read by letter."""

    def __init__(self, row: list[Element], now: Clock) -> None:
        self.row = row
        self.now = now

    def all(self, letters: str) -> list[Element]:
        """Return the elements whose letter is one of `letters`."""
        return [element for element in self.row if element.letter in letters]

    def has(self, letters: str) -> bool:
        """Tell whether there is such an element."""
        return bool(self.all(letters))

    def numbers(self, letters: str) -> list[int]:
        """Return what those elements mean, as whole numbers."""
        return [int(float(element.meaning)) for element in self.all(letters)]

    def year(self) -> int | None:
        """Return the year that is printed or pointed at (of last year), or None."""
        printed = self.numbers("Y")
        if printed:
            return printed[-1]
        if self.now.year is None or not self.has("a"):
            return None
        if self.has("LP"):
            return self.now.year - 1
        return self.now.year + (1 if self.has("X") else 0) if self.has("TX") else None

    def ordinal(self) -> int:
        """Return the number of the quarter or half: an ordinal word or a digit."""
        words = (int(letter) for letter in "1234" if self.has(letter))
        return next(words, (self.numbers("N") or [0])[0])


Builder = Callable[[Parts], Built]
