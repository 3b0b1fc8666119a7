"""A sentence as a row of items, in the order of the text: what the attachment rules walk along."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from etl.extraction.mentions import areas, cues, periods, quantities
from etl.extraction.mentions.clock import Clock
from etl.extraction.mentions.tender import Tender
from etl.language import Language
from etl.model import Area, Cue, Mention, PeriodMention, Quantity, Sentence, Token

TABLE = re.compile(r"\S {3,}\S.* {3,}\S")
POSSESSIVE = frozenset({"'s", "’s", "'S", "’S"})


@dataclass(frozen=True, slots=True)
class Item:
    """A mention, or a word or sign that means nothing to the extractor."""

    text: str
    mention: Quantity | Area | PeriodMention | None
    tags: frozenset[tuple[str, str]]
    start: int
    end: int

    @property
    def quantity(self) -> Quantity | None:
        """Return the mention if it is a quantity."""
        return self.mention if isinstance(self.mention, Quantity) else None

    @property
    def area(self) -> Area | None:
        """Return the mention if it is an area."""
        return self.mention if isinstance(self.mention, Area) else None

    @property
    def period(self) -> PeriodMention | None:
        """Return the mention if it is a time."""
        return self.mention if isinstance(self.mention, PeriodMention) else None

    @property
    def is_flow(self) -> bool:
        """Tell whether it is a noun for a flow."""
        return self.is_("flow") or self.is_("bare_flow")

    @property
    def possesses(self) -> bool:
        """Tell whether it is the ending of an owner: China's."""
        return self.text in POSSESSIVE

    @property
    def mark(self) -> bool:
        """Tell whether it is punctuation."""
        return self.mention is None and not self.text[0].isalnum()

    def is_(self, section: str, *meanings: str) -> bool:
        """Tell whether it is a cue of a section, of one of the meanings if any are given."""
        if not meanings:
            return any(tag[0] == section for tag in self.tags)
        return any((section, meaning) in self.tags for meaning in meanings)

    def meaning(self, section: str) -> str | None:
        """Return what it means in a section, or None."""
        return next((meaning for name, meaning in self.tags if name == section), None)


@dataclass(frozen=True, slots=True)
class Line:
    """The items of a sentence."""

    sentence: Sentence
    items: tuple[Item, ...]
    mentions: tuple[Mention, ...] = field(repr=False, default=())

    @property
    def is_table(self) -> bool:
        """Tell whether a sentence is a row of a table: its words stand in columns."""
        return TABLE.search(self.sentence.text) is not None

    def leftward(self, i: int) -> Iterator[tuple[int, Item]]:
        """Walk from the item before `i` to the first."""
        return ((k, self.items[k]) for k in range(i - 1, -1, -1))

    def rightward(self, i: int) -> Iterator[tuple[int, Item]]:
        """Walk from the item behind `i` to the last."""
        return ((k, self.items[k]) for k in range(i + 1, len(self.items)))

    def at(self, i: int) -> Item | None:
        """Return an item, or None beyond the ends."""
        return self.items[i] if 0 <= i < len(self.items) else None

    def back(self, i: int, over: Callable[[Item], bool]) -> int:
        """Return the index of the nearest item before `i` that `over` does not pass; -1 when there is none."""
        return next((k for k, item in self.leftward(i) if not over(item)), -1)

    def over_bracket(self, i: int) -> int:
        """Return the index of the bracket that closes the one right behind item `i`: 5bn (3 %); `i` if none opens."""
        after = self.at(i + 1)
        if after is None or after.text != "(":
            return i
        return next((k for k, item in self.rightward(i) if item.text == ")"), i)

    def before_bracket(self, i: int) -> int:
        """Return the index of the bracket that opens the one right before item `i`: (3 %) in May; `i` if none closes."""
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
        taken |= _tokens(sentence, mention)
    for time in periods.find(sentence, now, frozenset(taken)):
        found.append(time)
        taken |= _tokens(sentence, time)
    for area in areas.find(sentence, frozenset(taken)):
        found.append(area)
        taken |= _tokens(sentence, area)
    led = {i for mention in found if isinstance(mention, Quantity) for i in _led(sentence, mention)}
    spoken = cues.find(sentence, frozenset(taken | led))
    items = tuple(_plain(list(_items(sentence, found, spoken))))
    return Line(sentence, items, tuple(sorted((*found, *spoken), key=lambda mention: mention.start)))


def _plain(items: list[Item]) -> Iterator[Item]:
    """Take the meaning from a contrast between two commas: it parts no clauses (China, however, sold more)."""
    for k, item in enumerate(items):
        inserted = item.is_("boundary") and 0 < k < len(items) - 1 and items[k - 1].text == items[k + 1].text == ","
        yield replace(item, tags=frozenset()) if inserted else item


def _tokens(sentence: Sentence, mention: Mention) -> set[int]:
    return {i for i, token in enumerate(sentence.tokens) if mention.start <= token.start < mention.end}


def _led(sentence: Sentence, mention: Quantity) -> set[int]:
    """Return the tokens of a quantity's qualifier: more than, exceeded."""
    return {i for i, token in enumerate(sentence.tokens) if mention.lead <= token.start < mention.start}


def _items(sentence: Sentence, found: list[Mention], spoken: list[Cue]) -> Iterator[Item]:
    starts: dict[int, Mention] = {mention.start: mention for mention in found}
    cues: dict[int, list[Cue]] = {}
    for cue in spoken:
        cues.setdefault(cue.start, []).append(cue)
    covered = sentence.start
    for token in sentence.tokens:
        if token.start >= covered:
            item = _item(token, starts.get(token.start), cues.get(token.start, []))
            covered = item.end
            yield item


def _item(token: Token, mention: Mention | None, cues: list[Cue]) -> Item:
    if isinstance(mention, Quantity | Area | PeriodMention):
        return Item(mention.quote, mention, frozenset(), mention.start, mention.end)
    tags = frozenset((cue.section, cue.meaning) for cue in cues)
    return Item(token.text, None, tags, token.start, cues[0].end if cues else token.end)
