"""What the day of publication allows to resolve."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from etl.extraction.mentions import calendar as cal
from etl.model import Sentence

YEAR_NUMBER = re.compile(r"(?:18|19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Clock:
    """What the publication date allows to resolve: its year, its month where known, and whose fiscal year counts.

    `day` is that of a publication dated to the day. `area` is whose "fiscal 2024" is meant, `split_area` whose
    "2023-24". Without a date, `printed` is the year that the text prints most.
    """

    year: int | None
    month: int | None
    day: int | None = None
    area: str | None = None
    split_area: str | None = None
    printed: int | None = None

    def latest(self, month: int) -> int | None:
        """Return the year of the latest such month that is over."""
        if self.year is None or self.month is None:
            return self.printed if self.year is None else None
        return self.year if month < self.month else self.year - 1

    def latest_day(self, month: int, day: int) -> int | None:
        """Return the year of the latest such day that is past."""
        if self.year is not None and self.day is not None and month == self.month and day <= self.day:
            return self.year
        return self.latest(month)


def clock(
    published: date | None, precision: str | None, sentences: Sequence[Sentence], reporter: str | None = None
) -> Clock:
    """Return the clock of an article: from its date, and from what its sentences say of years and economies.

    `reporter` is whose fiscal year counts, where that is known; else it is the economy named first that has one.
    """
    fiscal = [reporter] if reporter else []
    named = (entry.meaning for sentence in sentences for entry in sentence.of("areas"))
    fiscal += [area for area in named if area in cal.FISCAL_STARTS]
    area = next(iter(fiscal), None)
    split = next((code for code in fiscal if code not in cal.ONE_NUMBER), None)
    if published is None:
        years = (token.key for sentence in sentences for token in sentence.tokens if YEAR_NUMBER.fullmatch(token.key))
        told = Counter(int(year) for year in years)
        return Clock(None, None, None, area, split, max(told, key=lambda year: (told[year], year), default=None))
    month = None if precision == "year" else published.month
    return Clock(published.year, month, published.day if precision == "day" else None, area, split)
