"""In which terms a figure is: adjusted for the season or for prices, and the currency that a growth is measured in."""

from collections.abc import Sequence

from etl.extraction.claims.line import Line
from etl.language import currencies_of
from etl.model import Entry

PLAIN = "plain"  # said to be as it is: unadjusted, in nominal terms


def adjustment(line: Line, i: int) -> str | None:
    """Return seasonal or real where the words about the quantity at item `i` say so."""
    entries = line.sentence.of("adjustment")
    entries = [one for one in entries if not any(_within(one, other) for other in entries)]
    entries = [one for one in entries if _is_term(line, one)]
    meaning = _nearest(line, i, entries)
    return None if meaning in (None, PLAIN) else meaning


def growth_currency(line: Line, i: int, reporter: str | None) -> str | None:
    """Return the currency of a growth: up 32.7 % in yuan terms; one that several economies share is the reporter's."""
    sentence = line.sentence
    closing = {entry.first for entry in sentence.of("terms")}
    opening = {entry.last for entry in sentence.of("measured")}
    adjusted = {token for entry in sentence.of("adjustment") for token in _tokens(entry)}
    named = [
        entry
        for entry in sentence.of("currencies")
        if (_next_word(line, entry.last) in closing or entry.first - 1 in opening)
        and not adjusted & set(_tokens(entry))
    ]
    named = [one for one in named if not any(_within(one, other) for other in named)]
    codes = (_nearest(line, i, named) or "").split()
    own = currencies_of(reporter) if reporter else frozenset()
    return next((code for code in codes if code in own), codes[0] if codes else None)


def _tokens(entry: Entry) -> range:
    return range(entry.first, entry.last + 1)


def _within(one: Entry, other: Entry) -> bool:
    """Tell whether an entry is a part of a longer one."""
    inside = other.first <= one.first and one.last <= other.last
    return inside and other.last - other.first > one.last - one.first


def _is_term(line: Line, entry: Entry) -> bool:
    """Tell whether a word for an adjustment is one: `real` stands right before a flow (real exports)."""
    if entry.meaning != "real_flow":
        return True
    end = line.sentence.tokens[entry.last].end
    follower = next((item for item in line.items if item.start >= end), None)
    return bool(follower and (follower.is_flow or follower.is_("coverage")))


def _nearest(line: Line, i: int, entries: Sequence[Entry]) -> str | None:
    """Return what the words say that belong to a quantity: right before it, else behind it, else before all others."""
    if not entries:
        return None
    figures = line.quantities
    owned: dict[int, str] = {}
    for entry in entries:
        start, end = line.sentence.tokens[entry.first].start, line.sentence.tokens[entry.last].end
        ahead = next((k for k in figures if line.items[k].start >= end), None)
        before = next((k for k in reversed(figures) if line.items[k].start < start), None)
        if before is None:
            owned |= {k: entry.meaning for k in figures if k not in owned}
        elif ahead is not None and not _parts(line, end, ahead):
            owned[ahead] = entry.meaning
        else:
            owned |= {k: entry.meaning for k in figures if before - 1 <= k <= before}
    meaning = owned.get(i)
    return "real" if meaning == "real_flow" else meaning


def _parts(line: Line, end: int, ahead: int) -> bool:
    """Tell whether anything but the closing word lies between an expression and the quantity behind it."""
    between = [item for item in line.items[:ahead] if item.start >= end]
    return any(not (item.is_("terms") or item.text == "-") for item in between)


def _next_word(line: Line, last: int) -> int:
    """Return the token behind `last`, over a hyphen."""
    tokens = line.sentence.tokens
    return last + (2 if last + 1 < len(tokens) and tokens[last + 1].text == "-" else 1)
