"""What a figure is of, where the words right before it name other goods than its flow does."""

from dataclasses import replace

from etl.extraction.claims.frame import Frame
from etl.extraction.claims.line import Item, Line
from etl.extraction.claims.parties import is_word

LONGEST = 5  # words that a name of goods may take


def named(line: Line, i: int, frame: Frame) -> Frame:
    """Return a flow with the goods that stand beside a figure: plastics ($5bn), cars worth $5bn, sold $5bn of wine."""
    if frame.verb and (sold := _sold(line, i)):
        return replace(frame, product=sold)
    if goods := _subject(line, i):
        return replace(frame, product=goods)
    before = line.at(i - 1)
    if not before or not (before.text == "(" or before.is_("worth")) or _is_between(line, i, frame):
        return frame
    goods = _goods(line, i - 1)
    return replace(frame, product=goods) if goods else frame


def _subject(line: Line, i: int) -> str | None:
    """Return the goods that begin a clause and move in it: computers, lifted by drives, rose 3 % to $5bn."""
    for k, item in line.leftward(i):
        if item.is_flow or item.area or item.is_("boundary") or item.text == ";":
            return None
        if item.start in line.goods:
            begin = line.back(k, lambda before: is_word(before) or before.is_("relation", "and"))
            opens = begin < 0 or line.items[begin].text in (",", ";", ":") or line.items[begin].is_("article")
            moved = line.any_between(k, i + 1, lambda one: one.is_("change") or _multiplies(one))
            return _joined(list(line.items[begin + 1 : k + 1])) if opens and moved else None
    return None


def _multiplies(item: Item) -> bool:
    """Tell whether a figure is a move itself: doubled."""
    return item.quantity is not None and item.quantity.word == "multiple"


def _sold(line: Line, i: int) -> str | None:
    """Return the goods that a verb's figure is of."""
    of = line.at(i + 1)
    if of is None or not of.is_("place", "of"):
        return None
    words: list[Item] = []
    for _, item in line.rightward(i + 1):
        if not (is_word(item) and item.text.islower()):
            break
        words.append(item)
    return _joined(words[:LONGEST])


def _is_between(line: Line, i: int, frame: Frame) -> bool:
    """Tell whether a flow stands right before a figure, with only its own phrase between: exports of cars worth."""
    return 0 <= frame.at < i and not line.any_between(frame.at, i, lambda item: bool(item.quantity or item.mark))


def _goods(line: Line, end: int) -> str | None:
    """Return the plain words before item `end`, if they begin a clause, or stand in a list or behind a preposition."""
    words: list[Item] = []
    for _, item in line.leftward(end):
        joins = item.is_("relation", "and") and bool(words)
        if not ((is_word(item) and (item.text.islower() or item is line.items[0])) or joins):
            begins = item.text in (",", ";", ":") or item.is_("place") or item.is_("verb_flow") or item.area is not None
            return _joined(words) if begins else None
        words.insert(0, item)
        if len(words) > LONGEST:
            return None
    return _joined(words)


def _joined(words: list[Item]) -> str | None:
    """Return words as a name; an "and" before them joins them to a list."""
    while words and words[0].is_("relation", "and"):
        words = words[1:]
    return " ".join(item.text for item in words).lower() or None
