"""How sure a figure is: actual, forecast or target; a record or not; and whom the article credits."""

from etl.extraction.claims.line import Item, Line
from etl.extraction.claims.measure import Reading

STATUS_REACH = 30
RECORD_REACH = 7
RECORD_BEHIND = 4


def status(line: Line, i: int, reading: Reading) -> str:
    """Return actual, forecast or target: the nearest such word of its clause, never for a figure compared with."""
    if reading.base:
        return _status_behind(line, i, 3)
    for k, item in line.leftward(i):
        if i - k > STATUS_REACH or item.is_("boundary") or item.is_("past", "none") or item.text in (";", ":"):
            break
        meaning = item.meaning("status")
        if meaning:
            return "forecast" if meaning == "settled" else meaning
    return _status_behind(line, i, 5)


def _status_behind(line: Line, i: int, reach: int) -> str:
    for k, item in line.rightward(i):
        if k - i > reach or item.quantity or item.mark or item.is_("boundary") or item.is_("relation", "and"):
            break
        if item.is_("status", "forecast", "target"):
            return item.meaning("status") or "actual"
    return "actual"


def is_settled(line: Line) -> bool:
    """Tell whether a sentence guesses at a time that is over: exports likely rose in January."""
    return any(item.is_("status", "settled") for item in line.items)


def is_record(line: Line, i: int) -> bool:
    """Tell whether the text calls the amount at item `i` a record: before it, or right behind."""
    for k, item in line.leftward(i):
        if i - k > RECORD_REACH or item.quantity or item.is_("boundary"):
            break
        if item.is_("record"):
            return True
    start = line.over_bracket(i)
    for k, item in line.rightward(start):
        if k - start > RECORD_BEHIND or item.quantity or item.is_("boundary"):
            return False
        if item.is_("record"):
            return not _belongs_to_next(line, k)
    return False


def _belongs_to_next(line: Line, k: int) -> bool:
    for j, item in line.rightward(k):
        if item.quantity:
            return j - k <= 3
        if item.mark:
            return False
    return False


def adjustment(line: Line, i: int) -> str | None:
    """Return seasonal or real where the sentence says so, the nearest such word to the quantity at item `i`."""
    said = [(abs(k - i), item) for k, item in enumerate(line.items) if item.is_("adjustment")]
    return min(said, key=lambda pair: pair[0])[1].meaning("adjustment") if said else None


def growth_currency(line: Line, i: int) -> str | None:
    """Return the currency that a growth is measured in: up 32.7 % in yuan terms."""
    entries = line.sentence.entries
    closing = {entry.first for entry in entries if entry.section == "terms"}
    tokens = line.sentence.tokens
    near = [
        (abs(tokens[entry.first].start - line.items[i].start), entry.meaning.split()[0])
        for entry in entries
        if entry.section == "currencies" and _next_word(line, entry.last) in closing
    ]
    return min(near)[1] if near else None


def _next_word(line: Line, last: int) -> int:
    """Return the token behind `last`, over a hyphen."""
    tokens = line.sentence.tokens
    return last + (2 if last + 1 < len(tokens) and tokens[last + 1].text == "-" else 1)


def credited(line: Line) -> str | None:
    """Return whom the sentence credits: "according to X", "data from X", "X said"; as printed, without the verb."""
    for k, item in enumerate(line.items):
        if item.is_("credit", "said"):
            name = _name_before(line, k)
            if name:
                return name
        if item.is_("credit", "source"):
            name = _name_behind(line, k)
            if name:
                return name
    return None


def _name_before(line: Line, k: int) -> str | None:
    words: list[Item] = []
    for _, item in line.leftward(k):
        if not _in_name(item, bool(words)):
            break
        words.insert(0, item)
    return _printed(line, words)


def _name_behind(line: Line, k: int) -> str | None:
    words: list[Item] = []
    for _, item in line.rightward(k):
        if not words and item.is_("fillers"):
            continue
        if not _in_name(item, bool(words)) and not (not words and item.text.islower() and not item.mark):
            break
        words.append(item)
    while words and not words[0].text[0].isupper():
        words.pop(0)
    return _printed(line, words)


def _in_name(item: Item, begun: bool) -> bool:
    if item.quantity or item.period:
        return False
    capital = item.text[0].isupper()
    return capital or (begun and item.text in ("of", "for", "and", "'s", "’s", "-"))


def _printed(line: Line, words: list[Item]) -> str | None:
    while words and not words[0].text[0].isupper():
        words.pop(0)
    while words and not words[-1].text[0].isupper():
        words.pop()
    if not words:
        return None
    start = line.sentence.start
    return line.sentence.text[words[0].start - start : words[-1].end - start]
