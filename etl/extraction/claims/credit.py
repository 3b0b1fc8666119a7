"""Whom a sentence credits with its figures: an office, a ministry, a bank, a person; as printed, without title."""

from collections.abc import Sequence, Set

from etl.extraction.claims.line import Item, Line

LEAD = 3  # sentences at the beginning of an article whose credit holds for those that have none


def credited(lines: Sequence[Line], stating: Set[int]) -> dict[int, str | None]:
    """Return whom each of the sentences `stating`, those that state a figure, credits.

    One that credits nobody goes by the lead, if that credits somebody with a figure.
    """
    named = {k: _credited(lines[k]) for k in sorted(stating)}
    lead = next((name for k, name in named.items() if name and k < LEAD), None)
    return {k: name or lead for k, name in named.items()}


def _credited(line: Line) -> str | None:
    """Return whom a sentence credits: "according to X", "data from X", "X said", "X data showed"."""
    for k in line.where("credit"):
        item, name = line.items[k], None
        if item.is_("credit", "said"):
            name = _before(line, k)
        elif item.is_("credit", "puts"):
            name = _office(line, k)
        if name is None and item.is_("credit", "source"):
            name = _behind(line, k)
        if name:
            return name
    return None


def _office(line: Line, k: int) -> str | None:
    """Return the subject of a verb that persons share with goods (puts, expects), if it opens the sentence."""
    name = _before(line, k)
    start = line.sentence.text.find(name) + line.sentence.start if name else -1
    return name if any(token.start == start for token in line.sentence.tokens[:2]) else None


def _before(line: Line, k: int) -> str | None:
    end = k - 1
    while end >= 0 and (_is_data(line.items[end]) or line.items[end].is_("auxiliary")):
        end -= 1
    if end >= 0 and line.items[end].text == ",":
        end = _before_apposition(line, end)
    words: list[Item] = []
    for at in range(end, -1, -1):
        item = line.items[at]
        if not _in_name(line, at, bool(words)):
            break
        words.insert(0, item)
    return _printed(line, words)


def _is_data(item: Item) -> bool:
    """Tell whether a word only says that it is figures that show something, and is no part of a name."""
    return item.is_("credit", "data") and item.text[0].islower()


def _before_apposition(line: Line, end: int) -> int:
    """Return the item before what stands between commas behind a name: Zhang Min, a spokesman of the office, said."""
    opened = next((k for k, item in line.leftward(end) if item.text == ","), None)
    follower = line.at(opened + 1) if opened is not None else None
    described = follower and (follower.is_("article") or follower.text[0].islower() or follower.is_("title"))
    return opened - 1 if opened is not None and described else end


def _behind(line: Line, k: int) -> str | None:
    words: list[Item] = []
    for at in range(k + 1, len(line.items)):
        item = line.items[at]
        if not words and _leads_to_name(item):
            continue
        if not _in_name(line, at, bool(words)):
            break
        words.append(item)
    return _printed(line, words)


def _leads_to_name(item: Item) -> bool:
    """Tell whether a word may stand between "according to" and a name: provisional data of."""
    lower = item.text[0].islower() and item.mention is None and not item.is_("office")
    return item.is_("article") or lower or item.is_("title")


def _in_name(line: Line, at: int, begun: bool) -> bool:
    item = line.items[at]
    if item.quantity or item.period or item.is_("nobody"):
        return False
    if item.text[0].isupper() or item.is_("office"):
        return True
    if item.text == ",":
        return begun and _lists_on(line, at)
    linked = item.is_("place", "of") or item.is_("holder") or item.is_("relation", "and") or item.is_("article")
    return begun and (linked or item.possesses or item.text in ("-", "&"))


def _lists_on(line: Line, at: int) -> bool:
    """Tell whether a comma stands inside a name: Ministry of Trade, Industry and Energy."""
    after, then = line.at(at + 1), line.at(at + 2)
    before = line.items[:at]
    named = any(item.is_("place", "of") or item.is_("not_flow") for item in before[-4:])
    goes_on = bool(after and after.text[0].isupper() and then and (then.is_("relation", "and") or then.text == ","))
    return named and goes_on


def _printed(line: Line, words: list[Item]) -> str | None:
    title = max((k for k, item in enumerate(words) if _is_title(line, item)), default=-1)
    if title >= 0 and not any(item.is_("place", "of") for item in words[title:]):
        words = words[title + 1 :]
    while words and (not _is_head(words[0]) or (words[0].is_("office") and _is_named(words[1:]))):
        words = words[1:]
    while words and not _is_head(words[-1]):
        words = words[:-1]
    named = words if len(words) > 1 else [item for item in words if not item.is_("credit", "data")]  # Data show
    if all((item.area and not item.is_("office")) or _ties(item) for item in named):
        return None
    start = line.sentence.start
    return line.sentence.text[_behind_article(line, words[0].start) - start : words[-1].end - start]


def _ties(item: Item) -> bool:
    """Tell whether a word names nobody, though it opens a sentence with a capital: To be sure, he said."""
    return item.is_("place") or item.is_("relation") or item.is_("boundary")


def _behind_article(line: Line, start: int) -> int:
    """Return where a name begins behind the article that its first words hold (The World)."""
    tokens = line.sentence.tokens
    articles = {tokens[entry.first].start for entry in line.sentence.of("article")}
    return next((token.start for token in tokens if token.start >= start and token.start not in articles), start)


def _is_title(line: Line, item: Item) -> bool:
    """Tell whether a title ends with an item, also one that is a part of a longer phrase (Trade Minister)."""
    tokens = line.sentence.tokens
    ends = (tokens[entry.last].end for entry in line.sentence.of("title"))
    return item.end in ends


def _is_named(words: list[Item]) -> bool:
    """Tell whether a name stands behind what an office is called: statistics institute INDEC."""
    return bool(words) and words[0].text[0].isupper()


def _is_head(item: Item) -> bool:
    return (item.text[0].isupper() and not item.is_("article")) or item.is_("office")
