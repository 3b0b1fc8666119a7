"""A sentence as a row of items, in the order of the text: what the attachment rules walk along."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import NamedTuple

from etl.extraction.mentions import areas, cues, periods, quantities
from etl.extraction.mentions.clock import Clock
from etl.extraction.mentions.tender import Tender
from etl.language import Language
from etl.model import Area, Mention, PeriodMention, Phrase, Quantity, Sentence

NO_TAGS: Mapping[str, tuple[str, ...]] = {}
START = attrgetter("start")
NEW = tuple.__new__  # makes an item in a third of the time that its class takes; a text has very many


GAP = "   "  # between columns
TABLE = re.compile(rf"\S{GAP} *\S.*{GAP} *\S")
POSSESSIVE = frozenset({"'s", "’s", "'S", "’S"})


class Item(NamedTuple):
    """A mention, or a word or sign that means nothing to the extractor.

    `tags` are its meanings by section; `mark` tells whether it is punctuation. The mention stands once more under its
    kind.
    """

    text: str
    mention: Quantity | Area | PeriodMention | None
    tags: Mapping[str, tuple[str, ...]]
    start: int
    end: int
    mark: bool = False
    quantity: Quantity | None = None
    area: Area | None = None
    period: PeriodMention | None = None

    @property
    def is_flow(self) -> bool:
        """Tell whether it is a noun for a flow."""
        return "flow" in self.tags or "bare_flow" in self.tags

    @property
    def possesses(self) -> bool:
        """Tell whether it is the ending of an owner: China's."""
        return self.text in POSSESSIVE

    def is_(self, section: str, *meanings: str) -> bool:
        """Tell whether it is a cue of a section, of one of the meanings if any are given."""
        said = self.tags.get(section)
        if said is None or not meanings:
            return said is not None
        for meaning in meanings:  # noqa: SIM110 - asked so often that a generator would take most of the time
            if meaning in said:
                return True
        return False

    def meaning(self, section: str) -> str | None:
        """Return what it means in a section, or None."""
        said = self.tags.get(section)
        return said[0] if said else None


@dataclass(frozen=True)
class Line:
    """The items of a sentence; `links` remembers which word governs which of them."""

    sentence: Sentence
    items: tuple[Item, ...]
    named: tuple[Mention, ...]
    spoken: Mapping[int, Phrase]
    links: dict[int, int] = field(default_factory=dict, compare=False)

    @property
    def mentions(self) -> list[Mention]:
        """Return its mentions and cues, in the order of the text."""
        return sorted((*self.named, *cues.of(self.sentence, self.spoken)), key=START)

    @cached_property
    def goods(self) -> frozenset[int]:
        """Return where in the text its names of goods stand; as for rules, they are plain words."""
        return frozenset(self.sentence.tokens[entry.first].start for entry in self.sentence.of("goods"))

    @property
    def is_table(self) -> bool:
        """Tell whether a sentence is a row of a table: its words stand in columns."""
        return GAP in self.sentence.text and TABLE.search(self.sentence.text) is not None

    def where(self, *sections: str) -> Sequence[int]:
        """Return the indices of the items that are cues of one of some sections, in order."""
        found = [at for section in sections if (at := self._places.get(section))]
        return found[0] if len(found) == 1 else sorted({k for at in found for k in at})

    def has(self, *sections: str) -> bool:
        """Tell whether any item is a cue of one of some sections: if not, no rule need look for one."""
        return not self._places.keys().isdisjoint(sections)

    @property
    def quantities(self) -> Sequence[int]:
        """Return the indices of its quantities."""
        return self._places.get(Quantity, ())

    @property
    def areas(self) -> Sequence[int]:
        """Return the indices of its areas."""
        return self._places.get(Area, ())

    @property
    def periods(self) -> Sequence[int]:
        """Return the indices of its times."""
        return self._places.get(PeriodMention, ())

    @cached_property
    def _places(self) -> Mapping[str | type[Mention], Sequence[int]]:
        """Return where the items of each section stand, and the mentions of each kind."""
        found: dict[str | type[Mention], list[int]] = {}
        for k, item in enumerate(self.items):
            for key in item.tags if item.mention is None else (type(item.mention),):
                found.setdefault(key, []).append(k)
        return found

    def leftward(self, i: int) -> Iterator[tuple[int, Item]]:
        """Walk from the item before `i` to the first."""
        return zip(range(i - 1, -1, -1), self.items[i - 1 :: -1] if i > 0 else (), strict=True)

    def rightward(self, i: int) -> Iterator[tuple[int, Item]]:
        """Walk from the item behind `i` to the last."""
        return enumerate(self.items[i + 1 :], i + 1)

    def at(self, i: int) -> Item | None:
        """Return an item, or None beyond the ends."""
        return self.items[i] if 0 <= i < len(self.items) else None

    def back(self, i: int, over: Callable[[Item], bool]) -> int:
        """Return the index of the nearest item before `i` that `over` does not pass; -1 when there is none."""
        for k, item in self.leftward(i):
            if not over(item):
                return k
        return -1

    def over_bracket(self, i: int) -> int:
        """Return the index of the bracket that closes the one right behind item `i`: 5bn (3 %); `i` if none opens."""
        after = self.at(i + 1)
        if after is None or after.text != "(":
            return i
        return next((k for k, item in self.rightward(i) if item.text == ")"), i)

    def before_bracket(self, i: int) -> int:
        """Return the index of the bracket that opens the one right before item `i`: (3 %) in May; or `i`."""
        before = self.at(i - 1)
        if before is None or before.text != ")":
            return i
        return next((k for k, item in self.leftward(i) if item.text == "("), i)

    def any_between(self, i: int, j: int, test: Callable[[Item], bool]) -> bool:
        """Tell whether an item strictly between `i` and `j` passes a test."""
        return any(test(item) for item in self.items[min(i, j) + 1 : max(i, j)])


def read(sentence: Sentence, language: Language, now: Clock, tender: Tender) -> Line:
    """Return the line of a sentence: quantities first, then times, areas and cues on the words that are left."""
    found: list[Mention] = []
    taken: set[int] = set()
    for mention in quantities.find(sentence, language, tender):
        found.append(mention)
        taken.update(_tokens(sentence, mention))
    for time in periods.find(sentence, now, frozenset(taken)):
        found.append(time)
        taken.update(_tokens(sentence, time))
    for area in areas.find(sentence, frozenset(taken)):
        found.append(area)
        taken.update(_tokens(sentence, area))
    led = {i for mention in found if isinstance(mention, Quantity) for i in _led(sentence, mention)}
    spoken = cues.phrases(sentence, frozenset(taken | led))
    return Line(sentence, tuple(_plain(_items(sentence, found, spoken))), tuple(found), spoken)


def _plain(items: list[Item]) -> list[Item]:
    """Take the meaning from a contrast between two commas: it parts no clauses (China, however, sold more)."""
    for k in range(1, len(items) - 1):
        if items[k].is_("boundary") and items[k - 1].text == items[k + 1].text == ",":
            items[k] = items[k]._replace(tags=NO_TAGS)
    return items


def _between(sentence: Sentence, start: int, end: int) -> range:
    """Return the tokens that begin in a stretch of the text."""
    return range(bisect_left(sentence.starts, start), bisect_left(sentence.starts, end))


def _tokens(sentence: Sentence, mention: Mention) -> range:
    return _between(sentence, mention.start, mention.end)


def _led(sentence: Sentence, mention: Quantity) -> range:
    """Return the tokens of a quantity's qualifier: more than, exceeded."""
    return _between(sentence, mention.lead, mention.start)


def _items(sentence: Sentence, found: list[Mention], spoken: Mapping[int, Phrase]) -> list[Item]:
    starts: dict[int, Mention] = {mention.start: mention for mention in found}
    items: list[Item] = []
    covered = sentence.start
    for i, (text, start, end, _) in enumerate(sentence.tokens):
        if start < covered:
            continue
        if start in starts:
            item = _named(starts[start])
            covered = item.end
        elif i in spoken:
            covered, tags = sentence.tokens[spoken[i].last].end, cues.tags(spoken[i].said)
            item = NEW(Item, (text, None, tags, start, covered, not text[0].isalnum(), None, None, None))
        else:
            item = NEW(Item, (text, None, NO_TAGS, start, end, not text[0].isalnum(), None, None, None))
        items.append(item)
    return items


def _named(mention: Mention) -> Item:
    kinds = [mention if isinstance(mention, kind) else None for kind in (Quantity, Area, PeriodMention)]
    return NEW(Item, (mention.quote, mention, NO_TAGS, mention.start, mention.end, False, *kinds))
