"""Whose flow a noun states: its owner, its product and what makes it total, from the words before it."""

from dataclasses import dataclass, field, replace

from etl.extraction.claims import coverage
from etl.extraction.claims.frame import CODE_LENGTH, OTHER_SIDE, PARTNER_TIES, Frame, joined
from etl.extraction.claims.line import Item, Line
from etl.extraction.claims.parties import (
    and_between,
    closes,
    coupled,
    inside_noun,
    is_word,
    levies,
    links_areas,
    tied,
)
from etl.language import area_name

NOUN_REACH = 9  # how many items a noun phrase may take before its flow
BREAKS = ("place", "relation", "reference", "boundary", "flow", "credit")


@dataclass(slots=True)
class _Phrase:
    """The noun phrase before a flow, as it is read from right to left."""

    owners: list[tuple[int, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    own: bool = False
    pair: bool = False
    overall: bool = False
    among: bool = False
    foreign: bool = False
    closed: bool = False  # an article or an owner ends what may name the product

    def take(self, line: Line, k: int) -> None:
        """Read one item more."""
        item = line.items[k]
        if item.area:
            self.owners.insert(0, (k, item.area.code))
            self.closed = True
        elif item.possesses:
            self.foreign = self.foreign or (_foreign(line.at(k - 1)) and not _holds_share(line, k))
        elif item.is_("intra"):
            self.among = True
        elif item.is_("region") or item.is_("company"):
            self.foreign = True
        elif item.is_("anaphor", "owner"):
            self.owners.extend(_nearest_owner(line, k))
        elif item.is_("anaphor"):
            self.pair = self.pair or item.is_("anaphor", "pair")
            self.own = item.is_("anaphor", "reporter", "place")
        else:
            self._describe(line, item)

    def _describe(self, line: Line, item: Item) -> None:
        if item.is_("article"):
            self.closed = True
        elif item.is_("overall"):
            self.overall = self.overall or item.is_("total")
        elif is_word(item) and not self.closed and not item.is_("coverage"):
            self.words.insert(0, item.text.lower() if item.start in line.goods else item.text)


def read(line: Line, frame: Frame) -> Frame:
    """Read the noun phrase before a flow: its owner, its product and what makes it total."""
    said = _Phrase()
    begins = 0
    for k, _ in line.leftward(frame.at):
        if frame.at - k > NOUN_REACH or _breaks_noun(line, k):
            begins = k + 1
            frame = _with_partner(line, k, frame, said)
            if line.items[k].is_("runs") and not (said.owners or said.own):
                frame = replace(frame, reporter=_runner(line, k))
            break
        said.take(line, k)
        if said.own:
            break
    frame = replace(
        frame,
        product=product(said.words),
        coverage=coverage.said(line, frame.at, begins),
        own=said.own,
        pair=said.pair,
        overall=said.overall,
    )
    frame = _owners(line, frame, said.owners)
    if said.among and frame.reporter and len(frame.reporter) != CODE_LENGTH:
        frame = replace(frame, partner=frame.reporter)
    firm = frame.reporter is None and not said.pair and _of_firm(line, frame.at)
    return replace(frame, foreign=True) if (said.foreign and not said.owners) or firm else frame


def _of_firm(line: Line, at: int) -> bool:
    """Tell whether a firm is spoken of before a flow, or a part of a country: Texas and its exports."""
    if any(k < at for k in line.where("company")):
        return True
    if not line.has("region"):
        return False
    end = next((k for k, item in line.rightward(at) if item.is_("past") or item.is_("boundary")), len(line.items))
    first = next((item for item in line.items[:end] if item.area or item.is_("region")), None)
    return first is not None and first.is_("region")


def _with_partner(line: Line, k: int, frame: Frame, said: _Phrase) -> Frame:
    """Return a flow with the party that stands before it on a preposition: with Canada the deficit."""
    if frame.flow == "balance" and (keeper := _left_with(line, k)):
        return replace(frame, reporter=keeper)
    tie = line.items[k].is_("place", *PARTNER_TIES[frame.flow]) and said.owners and said.owners[0][0] <= k + 2
    if not (tie and closes(line.items[said.owners[0][0] + 1])) or _is_adjective(line, said.owners[0][0], frame.at):
        return frame
    return replace(frame, partner=said.owners.pop(0)[1])


def _runner(line: Line, k: int) -> str | None:
    """Return who ends with a balance: Cyprus, in the same month, had a shortfall."""
    for j, item in line.leftward(k):
        if item.quantity or item.is_("boundary") or item.is_flow or item.is_("anaphor", "place", "reporter", "partner"):
            return None
        if item.area and not tied(line, j):
            return item.area.code
    return None


def _is_adjective(line: Line, k: int, at: int) -> bool:
    """Tell whether an area right before a flow owns it, behind an article: with an Indian deficit of $5bn."""
    area = line.items[k].area
    named = area is not None and area_name(area.code) == area.quote
    return k == at - 1 and line.items[k - 1].is_("article") and not named


def _left_with(line: Line, k: int) -> str | None:
    """Return the economy that is left with a balance: leaving Moscow with a surplus."""
    if k <= 1 or not line.items[k].is_("place", "with"):
        return None
    left = line.items[k - 1]
    verb = line.back(k - 1, lambda item: item.is_("article"))
    if not line.items[verb].is_("leaves"):
        return None
    return left.area.code if left.area else OTHER_SIDE if left.is_("anaphor", "place", "partner") else None


def _nearest_owner(line: Line, k: int) -> list[tuple[int, str]]:
    """Return the party right before a relative: Kazakhstan, whose turnover."""
    return next(([(j, item.area.code)] for j, item in line.leftward(k) if item.area), [])


def _holds_share(line: Line, k: int) -> bool:
    """Tell whether what a possessive ends owns a share, not the flow: oil's share of exports."""
    after = line.at(k + 1)
    return bool(after and after.is_("share", "before"))


def _foreign(item: Item | None) -> bool:
    """Tell whether an owner is no economy: Toyota's, the conglomerate's."""
    return bool(item and item.mention is None and not item.tags and item.text[0].isalpha())


def _breaks_noun(line: Line, k: int) -> bool:
    item = line.items[k]
    if item.quantity or (item.mark and not inside_noun(line, k)):
        return True
    if not item.tags:
        return False
    if item.is_("runs") or levies(line, k - 1):
        return True
    if item.is_("anaphor") or item.area or item.is_("overall") or item.is_("coverage") or item.is_("intra"):
        return False
    if item.is_("relation", "and") and links_areas(line, k):
        return False
    return not item.tags.keys().isdisjoint(BREAKS) or (
        item.is_("change") and not item.is_("degree") and not item.is_("rising")
    )


def product(words: list[str]) -> str | None:
    """Return the product that words before or behind a flow name: the last three that are no names."""
    kept = [word for word in words if word[0].islower() or word.isupper()]
    return " ".join(kept[-3:]).lower() or None


def _owners(line: Line, frame: Frame, owners: list[tuple[int, str]]) -> Frame:
    if not owners:
        return frame
    codes = [code for _, code in owners]
    if len(codes) >= 2 and coupled(line, owners[-2][0], owners[-1][0]):
        first, second = codes[-2:]
        if frame.flow in ("trade", "balance") or not and_between(line, owners[-2][0], owners[-1][0]):
            return replace(frame, reporter=first, partner=second)
        return replace(frame, reporter=joined(codes[-2:]))
    if "+" in codes[-1] and frame.flow in ("trade", "balance"):
        first, second = codes[-1].split("+")
        return replace(frame, reporter=first, partner=second)
    beside = owners[-1][0] == frame.at - 1
    return replace(frame, reporter=codes[-1], beside=beside)
