"""Which of several currencies of one name an article means."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from etl.language import currencies_of
from etl.model import Entry, Sentence

DOLLARS = frozenset({"USD", "AUD", "NZD", "CAD", "HKD", "SGD", "TWD"})
PLAIN_DOLLARS = frozenset({"AUD", "NZD", "CAD"})
CONTRAST = re.compile(r"(?<![A-Z])\$[\d.,]+[^($]{0,20}\([^)]{0,12}US\$")
CHIEF_AREAS = 4  # how many of its most named economies decide whose rupee an article means


@dataclass(frozen=True, slots=True)
class Tender:
    """The economies that an article names, most often first, and the currencies that it names beyond doubt.

    `contrasted` when it restates plain dollars in American ones: $10.6 billion (US$9.7 billion).
    """

    areas: tuple[str, ...]
    certain: frozenset[str]
    contrasted: bool = False

    def choose(self, codes: str) -> str:
        """Return which of several currencies of one name is meant; the usual one comes first in `codes`."""
        usual, *others = codes.split()
        if not others:
            return usual
        if usual in DOLLARS:
            local = currencies_of(self.areas[0]) if self.areas else frozenset()
            named = self.certain & DOLLARS - ({usual} if self.contrasted else frozenset())
            return next(
                (code for code in others if code in local and (named == {code} or _is_plain(code, named))), usual
            )
        for area in self.areas[:CHIEF_AREAS]:
            tender = currencies_of(area)
            if code := next((code for code in (usual, *others) if code in tender), None):
                return code
        return usual


NO_TENDER = Tender((), frozenset())


def tender(sentences: Sequence[Sentence]) -> Tender:
    """Return what an article's sentences say about its currencies."""
    areas = Counter(entry.meaning for sentence in sentences for entry in sentence.of("areas"))
    named = ((entry, sentence) for sentence in sentences for entry in sentence.of("currencies"))
    certain = {entry.meaning for entry, sentence in named if _is_certain(entry, sentence)}
    contrasted = any("$" in sentence.text and CONTRAST.search(sentence.text) for sentence in sentences)
    return Tender(tuple(code for code, _ in areas.most_common()), frozenset(certain), contrasted)


def _is_plain(code: str, named: frozenset[str]) -> bool:
    """Tell whether papers at home print a dollar plainly as theirs, where they name no other."""
    return not named and code in PLAIN_DOLLARS


def _is_certain(entry: Entry, sentence: Sentence) -> bool:
    """Tell whether a currency is named beyond doubt; whose dollar "the dollar" is depends on the paper."""
    if " " in entry.meaning:
        return False
    return entry.meaning not in DOLLARS or entry.last > entry.first or sentence.tokens[entry.first].text.isupper()
