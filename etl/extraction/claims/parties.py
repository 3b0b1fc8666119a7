"""Words that stand together -> the economies they list, and how they hang together."""

from itertools import pairwise

from etl.extraction.claims.frame import HOME, OTHER_SIDE, THERE, WORLD
from etl.extraction.claims.line import Item, Line

ANAPHORS = ("partner", "pair", "place")
INSIDE_NOUN = ("-", "–", "/", "&", "’", "'")


def parties_behind(line: Line, k: int) -> list[str]:
    """Return the parties listed right behind a word that ties them: the U.S., Japan and China; Western nations."""
    words: list[Item] = []
    for at, item in line.rightward(k):
        if item.area:
            return [OTHER_SIDE] if _neighbour_of(line, at) else _listed_from(line, k, at)
        if stand_in := _stands_for(line, k, at):
            return [stand_in]
        if item.is_("group"):
            return _group(line, words, at)
        if item.is_("anaphor", *ANAPHORS) or _apposed(line, k, at):
            continue
        if not _describes(item):
            return []
        if item.is_("everyone") or not item.is_("overall"):
            words.append(item)
    return []


def _listed_from(line: Line, k: int, at: int) -> list[str]:
    """Return the economies of the list that begins with the one at item `at`, behind the tie at `k`."""
    found: list[str] = []
    for j in range(at, len(line.items)):
        area = line.items[j].area
        if area and found and (possessive(line, j) or not _lists(line, k, j)):
            break
        if area:
            found.append(area.code)
        elif not continues(line.items[j]):
            break
    return found


def _stands_for(line: Line, k: int, at: int) -> str | None:
    """Return what stands for a party that a pronoun names: us, there, its neighbour."""
    item = line.items[at]
    if item.is_("anaphor", "us"):
        return HOME
    if item.is_("anaphor", "there"):
        return THERE
    it = item.is_("figure", "one") and at == k + 1 and not is_word(line.at(at + 1) or item)
    return OTHER_SIDE if it or (item.is_("anaphor", *ANAPHORS) and not _counts(line, at)) else None


def _group(line: Line, words: list[Item], at: int) -> list[str]:
    """Return the economies of a group that a noun names: all countries are the world, Western nations a group."""
    if words and all(word.is_("everyone") for word in words):
        return [WORLD]
    if named := _named_behind(line, at):
        return named
    return [" ".join(word.text for word in (*words, line.items[at])).upper()] if words else []


def _named_behind(line: Line, at: int) -> list[str]:
    """Return the economies that say which a group is: its two neighbours in the north, Burkina Faso and Mali."""
    comma = next((k for k in range(at + 1, min(at + 6, len(line.items))) if line.items[k].text == ","), None)
    if comma is None or any(item.quantity for item in line.items[at:comma]):
        return []
    return parties_behind(line, comma) if (line.at(comma + 1) or line.items[comma]).area else []


def _neighbour_of(line: Line, at: int) -> bool:
    """Tell whether an area only says whose neighbour or partner is meant: to Finland's eastern neighbour."""
    if not possessive(line, at):
        return False
    near = line.items[at + 2 : at + 5]
    anaphor = next((k for k, item in enumerate(near) if item.is_("anaphor", "partner")), None)
    return anaphor is not None and all(is_word(item) or item.is_("overall") for item in near[:anaphor])


def _describes(item: Item) -> bool:
    """Tell whether an item may stand between a tie and its economies: from the next two suppliers, Chile."""
    return (
        item.is_("overall")
        or item.is_("total")
        or item.is_("role")
        or item.is_("degree")
        or is_word(item)
        or item.text.isdigit()
    )


def _counts(line: Line, at: int) -> bool:
    """Tell whether words only count the economies named behind them: the four Mercosur countries."""
    after = line.at(at + 1)
    return bool(after and after.area)


def _apposed(line: Line, k: int, at: int) -> bool:
    """Tell whether an item leads to a name that stands in apposition: with its most important ally, China,."""
    if line.items[at].is_("anaphor", "reporter") and at == k + 1:
        return True
    name = next((k for k, item in line.rightward(at) if not item.is_("article")), at)
    close = line.at(name + 1)
    if line.items[at].text != "," or not line.items[name].area or close is None:
        return False
    return close.text in (",", ".") or close.is_("relation", "and")


def _lists(line: Line, k: int, at: int) -> bool:
    """Tell whether the area at item `at` goes on with a list, and is no subject of its own: from Japan China bought."""
    between = line.items[at - 1] if not line.items[at - 1].is_("article") else line.items[at - 2]
    if not (between.text in (",", "/", "-", "–") or between.is_("relation", "and")):
        return False
    return between.text != "," or not _acts(line, at)


def _acts(line: Line, at: int) -> bool:
    """Tell whether a verb stands right behind an area: China, the United States ran a deficit."""
    after = line.at(at + 1)
    return bool(after and (after.is_("verb_flow") or after.is_("runs")))


def continues(item: Item) -> bool:
    """Tell whether a list of parties may go on over an item."""
    linked = item.text in (",", "/", "-") or item.possesses or item.is_("relation", "and")
    return linked or item.is_("article") or item.is_("group")


def list_up_to(line: Line, k: int) -> list[str]:
    """Return the economies of the list that ends at item `k`: China, Canada and Mexico."""
    found: list[str] = []
    for j in range(k, -1, -1):
        area = line.items[j].area
        if area:
            found.append(area.code)
        elif not continues(line.items[j]):
            break
    return found


def subject(line: Line, at: int) -> str | None:
    """Return the nearest party before a flow, first one that hangs on no preposition: the US said its trade."""
    named = [(k, line.items[k].area) for k in reversed(line.areas) if k < at]
    areas = [(k, area.code) for k, area in named if area and area.code != WORLD]
    free = [code for k, code in areas if not (tied(line, k) or is_aside(line, k, at) or levies(line, k))]
    return next(iter(free or [code for _, code in areas]), None)


def levies(line: Line, k: int) -> bool:
    """Tell whether an area only says whose levy it is: U.S. tariffs hit shipments."""
    after = line.at(k + 1)
    return bool(after and after.is_("levy"))


def is_aside(line: Line, k: int, at: int) -> bool:
    """Tell whether an item stands in a relative clause that ends before `at`: Kenya, whose jeans are worn, sold."""
    opens = _aside_opening(line, k, at)
    return bool(opens and (opens.is_("anaphor", "owner") or opens.is_("relative") or opens.is_("when")))


def is_of_whose(line: Line, k: int, at: int) -> bool:
    """Tell whether an item stands in what is said of a party's own before `at`: Oman, whose pact began in May, sold."""
    opens = _aside_opening(line, k, at)
    return bool(opens and opens.is_("anaphor", "owner"))


def _aside_opening(line: Line, k: int, at: int) -> Item | None:
    """Return the word behind the comma before an item, if another comma stands between it and `at`."""
    comma = line.back(k, lambda item: item.text != ",")
    closed = comma > 0 and line.any_between(k, at, lambda item: item.text == ",")
    return line.at(comma + 1) if closed else None


def owner(line: Line, at: int) -> str | None:
    """Return whose "its" before a flow is: the subject, unless it only takes a part of what another sells."""
    taker = next((k for k in line.areas if k < at and _takes(line, k)), None)
    if taker is None:
        return subject(line, at)
    areas = [line.items[k].area for k in line.areas if k < at and k != taker]
    return areas[-1].code if areas and areas[-1] else None


def _takes(line: Line, k: int) -> bool:
    """Tell whether an area takes or supplies a part, or has a share: China took 58 % of its exports, China's share."""
    start = _behind_aside(line, k)
    after = next((item for _, item in line.rightward(start) if not (item.is_("apart") or item.is_("overall"))), None)
    share = line.at(k + 2)
    takes = after is not None and (after.is_("takes") or after.is_("share", "before"))
    return takes or (possessive(line, k) and bool(share and share.is_("share", "before")))


def _behind_aside(line: Line, k: int) -> int:
    """Return the comma that ends a relative clause right behind item `k`: Chile, which is near, takes; or `k`."""
    comma, opens = line.at(k + 1), line.at(k + 2)
    if comma is None or comma.text != "," or opens is None or not opens.is_("relative"):
        return k
    return next((j for j, item in line.rightward(k + 1) if item.text == ","), k)


def tied(line: Line, k: int) -> bool:
    """Tell whether an area hangs on a preposition, and so is no subject."""
    before = line.at(k - 1)
    return bool(before and (before.is_("place") or before.is_("reference")))


def belongs(line: Line, k: int) -> bool:
    """Tell whether an area is only what another belongs to: the heavyweights of Mercosur."""
    before = line.at(k - 1)
    return bool(before and before.is_("place", "of"))


def possessive(line: Line, k: int) -> bool:
    """Tell whether an area owns what follows: China's."""
    after = line.at(k + 1)
    return bool(after and after.possesses)


def closes(item: Item) -> bool:
    """Tell whether an item ends the party before it: with Canada the deficit, not for Chinese tables."""
    return (
        bool(item.period)
        or item.is_("article")
        or item.is_flow
        or item.is_("weak_flow")
        or item.is_("apart")
        or item.text == ","
    )


def coupled(line: Line, i: int, j: int) -> bool:
    """Tell whether two areas stand side by side: US-China, China and Russia's."""
    return all(item.mark or item.is_("relation", "and") or item.is_("article") for item in line.items[i + 1 : j])


def coupled_areas(line: Line) -> bool:
    """Tell whether two economies stand side by side in a line: China-Russia, Cairo and Ankara; not Beijing - China."""
    return any(
        coupled(line, i, j) and j - i > 1 and not _listed(line, i, j) and not _same(line, i, j)
        for i, j in pairwise(line.areas)
    )


def _same(line: Line, i: int, j: int) -> bool:
    one, other = line.items[i].area, line.items[j].area
    return one is not None and other is not None and one.code == other.code


def _listed(line: Line, i: int, j: int) -> bool:
    """Tell whether two areas hang on what stands before: from Belgium and France; its neighbours, Mali and Niger,."""
    at = i - 2 if i > 1 and line.items[i - 1].is_("article") else i - 1
    before, listed, after = line.at(at), line.at(at - 1), line.at(j + 1)
    if before and before.text == ",":
        return bool((listed and listed.area) or (after and after.text == ","))
    return bool(before and before.is_("place", "from", "to", "in"))


def and_between(line: Line, i: int, j: int) -> bool:
    """Tell whether an "and" stands between two items."""
    return line.any_between(i, j, lambda item: item.is_("relation", "and"))


def links_areas(line: Line, k: int) -> bool:
    """Tell whether an item stands between two areas."""
    after = line.at(k + 1)
    before = line.at(k - 1)
    return bool(after and before and after.area and before.area)


def inside_noun(line: Line, k: int) -> bool:
    """Tell whether a sign binds words into one noun (US-China), rather than parting them."""
    before = line.at(k - 1)
    return (
        (line.items[k].text in INSIDE_NOUN or line.items[k].possesses)
        and before is not None
        and before.end == line.items[k].start
    )


def is_word(item: Item) -> bool:
    """Tell whether an item is a word without a meaning of its own."""
    return item.mention is None and not item.tags and item.text[0].isalpha() and len(item.text) > 1
