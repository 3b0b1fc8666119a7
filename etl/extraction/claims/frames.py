"""Line -> the flows it speaks of: which, whose, with whom, of what; as far as the words around say."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from etl.extraction.claims.line import Item, Line
from etl.language import area_name

WORLD = "WLD"
OTHER_SIDE = "@"  # stands for the party that the context gives
OUTSIDE = "NON-"  # codes of the rest of the world beside a group
NEW_SUBJECT = ("flow", "weak_flow", "verb_flow", "change", "credit", "boundary", "anaphor", "noise")
NOUN_REACH = 9  # how many items a noun phrase may take before its flow
PHRASE_REACH = 24  # and how far behind it a party may stand
INSIDE_NOUN = ("-", "–", "/", "&", "'s", "’s", "’", "'")
SIGNS = {"surplus": 1, "deficit": -1, "balance": 1}
PARTNER_TIES = {
    "exports": ("to",),
    "imports": ("from",),
    "trade": ("with",),
    "balance": ("with",),
}
REPORTER_TIES = {"exports": ("from", "by"), "imports": ("by", "to"), "trade": ("by",), "balance": ("by",)}


@dataclass(frozen=True, slots=True)
class Frame:
    """A flow named at an item of a line, and the parties and product that the words beside it name.

    `sign` is -1 for a deficit. `overall` is True when the words rule out one partner (total exports);
    `foreign` when the flow is that of a firm or another owner that is no economy; `beside` when its owner stands
    right before it, without a possessive (EU exports).
    """

    at: int
    flow: str
    sign: int = 1
    reporter: str | None = None
    partner: str | None = None
    product: str | None = None
    coverage: str | None = None
    overall: bool = False
    pair: bool = False
    own: bool = False
    verb: bool = False
    foreign: bool = False
    weak: bool = False
    beside: bool = False


def find(line: Line, dense: bool) -> list[Frame]:
    """Return the flows of a line, in order; `dense` in an article that speaks mostly of trade."""
    found = (_led(line, _frame(line, i, flow)) for i, flow in _flows(line))
    return _merged(line, [frame for frame in found if not _is_bare(line, frame, dense)])


def _led(line: Line, frame: Frame) -> Frame:
    """Return a flow with the partner that opens its sentence, or that is said to be its market or supplier.

    With Mexico, trade came to; Canada was the largest market for U.S. exports.
    """
    if frame.partner or not line.items:
        return frame
    opening = _opening(line)
    if opening and opening[0] < frame.at and frame.reporter not in opening[1]:
        return partnered(frame, opening[1])
    if frame.pair and not frame.reporter and _role_before(line, frame.at) is not None:
        codes = list(dict.fromkeys(item.area.code for item in line.items[: frame.at] if item.area))
        return replace(frame, reporter=codes[-1], partner=codes[0]) if len(codes) == 2 else frame
    if frame.reporter and not frame.verb and (role := _role_before(line, frame.at)) is not None:
        owner = subject(line, role)
        return replace(frame, partner=owner) if owner not in (None, frame.reporter) else frame
    return frame


def _opening(line: Line) -> tuple[int, list[str]] | None:
    """Return the parties that a sentence opens with (With Mexico; Against the U.S.; - Asia:), and where they end."""
    first = next((k for k, item in enumerate(line.items) if not item.mark), 0)
    areas = [k for k, item in enumerate(line.items) if item.area]
    if not areas:
        return None
    colon = line.at(areas[0] + 1)
    if areas[0] <= first + 1 and colon is not None and colon.text == ":":
        return areas[0], [line.items[areas[0]].area.code]  # type: ignore[union-attr] - it is an area
    if line.items[first].is_("place", "with", "to", "from"):
        parties = [code for code in _parties_behind(line, first) if code != OTHER_SIDE]
        return (areas[0], parties) if parties and not _possessive(line, areas[0]) else None
    return None


def _role_before(line: Line, at: int) -> int | None:
    """Return the item that says what an economy is to a flow: the largest market for U.S. exports."""
    near = (k for k, item in line.leftward(at) if item.is_("role") and at - k <= NOUN_REACH)
    return next(near, None)


def _merged(line: Line, found: list[Frame]) -> list[Frame]:
    """Fold a flow that only says where a balance arises into the balance: a surplus in goods trade with China."""
    kept: list[Frame] = []
    for frame in found:
        balance = kept[-1] if kept else None
        if balance and balance.flow == "balance" and not frame.verb and _hangs_on(line, balance.at, frame):
            kept[-1] = _folded(balance, frame)
        else:
            kept.append(frame)
    return kept


def _folded(balance: Frame, frame: Frame) -> Frame:
    partner = balance.partner if balance.partner != frame.reporter else None
    return replace(
        balance,
        reporter=balance.reporter or frame.reporter,
        partner=partner or frame.partner,
        coverage=balance.coverage or frame.coverage,
        overall=balance.overall or frame.overall,
    )


def _hangs_on(line: Line, at: int, frame: Frame) -> bool:
    inner = line.items[at + 1 : frame.at]
    if not inner or len(inner) > 6:
        return False
    linked = inner[0].is_("place", "in", "of", "between") or inner[0].is_("relation", "in")
    odd = [item for item in inner if not (item.area or item.is_("overall") or item.is_("coverage") or item.is_("anaphor") or _links(item))]
    earned = inner[0].area is not None and len(odd) == 1 and _is_word(odd[0])
    return (linked and not odd) or earned


def _links(item: Item) -> bool:
    return (
        item.is_("place", "in", "of", "between")
        or item.is_("relation", "in", "and")
        or item.is_("flow")
        or item.text in INSIDE_NOUN
    )


def _is_bare(line: Line, frame: Frame, dense: bool) -> bool:
    """Tell whether a word that states a flow only beside an economy stands alone.

    In an article that speaks mostly of trade it states one by itself.
    """
    if frame.verb and frame.flow == "trade":
        return not (frame.partner or frame.pair)
    said = frame.reporter or frame.partner or frame.own or frame.pair or dense
    return line.items[frame.at].is_("weak_flow") and not said


def _flows(line: Line) -> Iterator[tuple[int, str]]:
    for i, item in enumerate(line.items):
        if item.is_("not_flow"):
            continue
        flow = item.meaning("flow") or item.meaning("weak_flow") or item.meaning("verb_flow")
        if flow:
            yield i, flow


def _frame(line: Line, i: int, word: str) -> Frame:
    flow = "balance" if word in SIGNS else word
    verb = line.items[i].is_("verb_flow")
    bare = Frame(i, flow, SIGNS.get(word, 1), verb=verb, weak=line.items[i].is_("weak_flow"))
    return _actors(line, bare) if verb else _nouns(line, bare)


def joined(codes: list[str]) -> str | None:
    """Return several parties as one code, in alphabetical order."""
    parts = sorted({part for code in codes if code != OTHER_SIDE for part in code.split("+")})
    return "+".join(parts) or None


# Noun flows: China's exports of rice to Japan ----------------------------------------------------------------------


def _nouns(line: Line, frame: Frame) -> Frame:
    frame = _before(line, frame)
    return _behind(line, frame)


def _before(line: Line, frame: Frame) -> Frame:
    """Read the noun phrase before a flow: its owner, its product and what makes it total."""
    owners: list[tuple[int, str]] = []
    words: list[str] = []
    own = pair = overall = foreign = closed = False
    coverage = None
    for k, item in line.leftward(frame.at):
        if frame.at - k > NOUN_REACH or _breaks_noun(line, k):
            tie = item.is_("place", *PARTNER_TIES[frame.flow]) and owners and owners[0][0] <= k + 2
            if tie and _closes(line.items[owners[0][0] + 1]):
                frame, owners = replace(frame, partner=owners[0][1]), owners[1:]
            break
        if item.area:
            owners.insert(0, (k, item.area.code))
            closed = True
        elif item.text in ("'s", "’s"):
            foreign = foreign or _named(line.at(k - 1))
        elif item.is_("anaphor", "owner"):
            owners.extend(_nearest_owner(line, k))
        elif item.is_("anaphor"):
            pair = pair or item.is_("anaphor", "pair")
            own = own or item.is_("anaphor", "reporter", "place")
            if own:
                break
        elif item.is_("coverage"):
            coverage = item.meaning("coverage")
        elif item.is_("article"):
            closed = True
        elif item.is_("overall"):
            overall = overall or item.is_("total")
        elif _is_word(item) and not closed:
            words.insert(0, item.text)
    frame = replace(frame, own=own, pair=pair, overall=overall, coverage=coverage, product=_product(words))
    frame = _owners(line, frame, owners)
    firm = frame.reporter is None and not pair and any(item.is_("company") for item in line.items[: frame.at])
    return replace(frame, foreign=foreign and not owners or firm)


def _nearest_owner(line: Line, k: int) -> list[tuple[int, str]]:
    """Return the party right before a relative: Kazakhstan, whose turnover."""
    return next(([(j, item.area.code)] for j, item in line.leftward(k) if item.area), [])


def _named(item: Item | None) -> bool:
    """Tell whether an owner is a name that is no economy: Toyota's."""
    return bool(item and item.mention is None and not item.tags and item.text[0].isupper())


def subject(line: Line, at: int) -> str | None:
    """Return the nearest party before a flow, first one that hangs on no preposition: the US said its trade."""
    areas = [(k, item.area.code) for k, item in line.leftward(at) if item.area]
    free = [code for k, code in areas if not _tied(line, k)]
    return next(iter(free or [code for _, code in areas]), None)


def holder(line: Line, i: int, whose: str | None) -> str | None:
    """Return who holds the share at item `i` of the flow of `whose`.

    The U.S. took 41 % of, India's share of; or behind it: 95 % of it with the U.S.
    """
    for k in range(i + 1, min(i + 4, len(line.items))):
        if line.items[k].is_("place", "with", "to", "from") and (behind := _parties_behind(line, k)):
            return joined(behind)
    for k, item in line.leftward(i):
        if item.quantity or item.is_("boundary") or item.text in (";", "("):
            return None
        if item.area and item.area.code != whose:
            return joined(_list_up_to(line, k)) if _holds(line, k, i) else None
    return None


def _holds(line: Line, k: int, i: int) -> bool:
    """Tell whether no flow parts an economy from its share, unless it is the whole of the share."""
    return _in_share(line, k, i) or not line.any_between(k, i, lambda item: item.is_("flow"))


def _list_up_to(line: Line, k: int) -> list[str]:
    """Return the economies of the list that ends at item `k`: China, Canada and Mexico."""
    found: list[str] = []
    for j in range(k, -1, -1):
        area = line.items[j].area
        if area:
            found.append(area.code)
        elif not _continues(line.items[j]):
            break
    return found


def _in_share(line: Line, k: int, i: int) -> bool:
    return line.any_between(k, i, lambda item: item.is_("share", "before"))


def _closes(item: Item) -> bool:
    """Tell whether an item ends the party before it: with Canada the deficit, not for Chinese tables."""
    return bool(item.period) or item.is_("article") or item.is_("flow") or item.is_("weak_flow") or item.is_("apart") or item.text == ","


def _possessive(line: Line, k: int) -> bool:
    after = line.at(k + 1)
    return bool(after and after.text in ("'s", "’s"))


def _breaks_noun(line: Line, k: int) -> bool:
    item = line.items[k]
    if item.quantity or (item.mark and not _inside_noun(line, k)):
        return True
    if item.is_("anaphor") or item.area or item.is_("overall") or item.is_("coverage"):
        return False
    if item.is_("relation", "and") and _links_areas(line, k):
        return False
    return any(item.is_(section) for section in ("place", "relation", "reference", "boundary", "flow", "credit")) or (
        item.is_("change") and not item.is_("degree") and not item.text.casefold().endswith("ing")
    )


def _inside_noun(line: Line, k: int) -> bool:
    """Tell whether a sign binds words into one noun (US-China), rather than parting them."""
    before = line.at(k - 1)
    return line.items[k].text in INSIDE_NOUN and before is not None and before.end == line.items[k].start


def _links_areas(line: Line, k: int) -> bool:
    after = line.at(k + 1)
    before = line.at(k - 1)
    return bool(after and before and after.area and before.area)


def _is_word(item: Item) -> bool:
    return item.mention is None and not item.tags and item.text[0].isalpha() and len(item.text) > 1


def _product(words: list[str]) -> str | None:
    kept = [word for word in words if word[0].islower() or word.isupper()]
    return " ".join(kept[-3:]).lower() or None


def _owners(line: Line, frame: Frame, owners: list[tuple[int, str]]) -> Frame:
    if not owners:
        return frame
    codes = [code for _, code in owners]
    if len(codes) >= 2 and _coupled(line, owners[-2][0], owners[-1][0]):
        first, second = codes[-2:]
        if frame.flow in ("trade", "balance") or not _and_between(line, owners[-2][0], owners[-1][0]):
            return replace(frame, reporter=first, partner=second)
        return replace(frame, reporter=joined(codes[-2:]))
    if "+" in codes[-1] and frame.flow in ("trade", "balance"):
        first, second = codes[-1].split("+")
        return replace(frame, reporter=first, partner=second)
    beside = owners[-1][0] == frame.at - 1
    return replace(frame, reporter=codes[-1], beside=beside)


def _coupled(line: Line, i: int, j: int) -> bool:
    """Tell whether two areas stand side by side: US-China, China and Russia's."""
    return all(item.mark or item.is_("relation", "and") or item.is_("article") for item in line.items[i + 1 : j])


def coupled_areas(line: Line) -> bool:
    """Tell whether two economies stand side by side in a line: China-Russia, Cairo and Ankara."""
    places = [k for k, item in enumerate(line.items) if item.area]
    return any(_coupled(line, i, j) and j - i > 1 for i, j in pairwise(places))


def _and_between(line: Line, i: int, j: int) -> bool:
    return line.any_between(i, j, lambda item: item.is_("relation", "and"))


def _behind(line: Line, frame: Frame) -> Frame:
    """Read what follows a flow up to its figure: to Japan, from China, between A and B, of American wine."""
    done: set[str] = set()
    words: list[str] = []
    for k, item in line.rightward(frame.at):
        if k - frame.at > PHRASE_REACH or _ends_phrase(line, frame, k):
            break
        if item.area and item.area.code.startswith(OUTSIDE):
            frame = frame if frame.partner else replace(frame, partner=item.area.code)
        if item.is_("anaphor", "partner") and k == frame.at + 1 and not frame.partner:
            frame = replace(frame, partner=OTHER_SIDE)
        role = _role(line, frame, k)
        parties = _parties_behind(line, k) if role and role not in done else []
        if role and parties:
            done.add(role)
            frame = _with_party(frame, role, parties)
        elif item.is_("place", "of") and k == frame.at + 1:
            words = _product_words(line, k)
    if words and not frame.product:
        frame = replace(frame, product=_product(words))
    return _behind_figure(line, frame)


def _behind_figure(line: Line, frame: Frame) -> Frame:
    """Read a partner right behind the flow's first figure: a surplus of $5bn with the U.S."""
    figure = next((k for k, item in line.rightward(frame.at) if item.quantity), None)
    if frame.partner or figure is None or line.any_between(frame.at, figure, lambda item: item.is_("change")):
        return frame
    at = next((k for k, item in line.rightward(figure) if not item.period), None)
    if at is None or not line.items[at].is_("place", *PARTNER_TIES[frame.flow]):
        return frame
    return partnered(frame, _parties_behind(line, at))


def _ends_phrase(line: Line, frame: Frame, k: int) -> bool:
    item = line.items[k]
    if item.is_("boundary") or item.text in (";", ":", "(", "—"):
        return True
    if item.quantity and not frame.verb:
        return True
    nested = item.is_("flow") and not item.is_("not_flow")
    return nested and not line.items[k - 1].is_("place", "of")


def _role(line: Line, frame: Frame, k: int) -> str | None:
    item = line.items[k]
    if item.is_("place", "between"):
        return "between"
    if item.is_("place", "of"):
        return "reporter" if frame.flow != "imports" else "partner"
    for role, ties in (("partner", PARTNER_TIES), ("reporter", REPORTER_TIES)):
        if item.is_("place", *ties[frame.flow]):
            return role
    return None


def _parties_behind(line: Line, k: int) -> list[str]:
    """Return the parties listed right behind a word that ties them: the U.S., Japan and China; Western nations."""
    found: list[str] = []
    words: list[Item] = []
    for at, item in line.rightward(k):
        if item.is_("anaphor", "partner", "pair", "place") and not found:
            found.append(OTHER_SIDE)
            continue
        if item.is_("group") and not found and words and all(word.is_("everyone") for word in words):
            return [WORLD]
        if item.area and found and _possessive(line, at):
            break
        if item.area:
            found.append(item.area.code)
        elif item.is_("group") and not found:
            return [" ".join(word.text for word in (*words, item)).upper()] if words else []
        elif found and not _continues(item):
            break
        elif not found and not (item.is_("overall") or item.is_("total") or _is_word(item) or item.text.isdigit()):
            break
        elif not found and (item.is_("everyone") or not item.is_("overall")):
            words.append(item)
    return found


def _continues(item: Item) -> bool:
    """Tell whether a list of parties may go on over an item."""
    linked = item.text in (",", "/", "-", "'s", "’s") or item.is_("relation", "and")
    return linked or item.is_("article") or item.is_("group")


def _with_party(frame: Frame, role: str, parties: list[str]) -> Frame:
    if role == "between":
        return _between(frame, parties)
    if role == "partner":
        return partnered(frame, parties)
    return frame if frame.reporter else replace(frame, reporter=joined(parties[:1]))


def _between(frame: Frame, parties: list[str]) -> Frame:
    if parties == [OTHER_SIDE]:
        return replace(frame, pair=True)
    parties = [code for code in parties if code != OTHER_SIDE]
    if len(parties) == 1:
        return replace(frame, partner=parties[0])
    return replace(frame, reporter=parties[0], partner=joined(parties[1:]), pair=False)


def partnered(frame: Frame, parties: list[str]) -> Frame:
    """Return a flow with its partner, unless it has one; the world as a partner means all of them."""
    if frame.partner or not parties:
        return frame
    if parties == [WORLD]:
        return replace(frame, overall=True)
    return replace(frame, partner=OTHER_SIDE if parties == [OTHER_SIDE] else joined(parties))


def _product_words(line: Line, k: int) -> list[str]:
    words: list[str] = []
    for _, item in line.rightward(k):
        if item.is_("overall") or item.is_("coverage"):
            continue
        if item.area:
            continue
        if not _is_word(item) and not (words and item.is_("relation", "and")):
            break
        words.append(item.text)
    return words


def switched(line: Line, i: int, frame: Frame) -> Frame | None:
    """Return a flow with the partner that stands between an earlier figure and the one at `i`.

    With a word that ties it (and with Japan 3 %), or alone in a list (Japan (5 %), Mexico (3 %)).
    """
    behind = tied_behind(line, i, frame)
    if behind:
        return replace(frame, partner=behind)
    for k, item in line.leftward(i):
        if k <= frame.at:
            return None
        if item.is_("place", *PARTNER_TIES[frame.flow]) and _figure_between(line, frame.at, k):
            parties = [code for code in _parties_behind(line, k) if code != OTHER_SIDE]
            if parties:
                return replace(frame, partner=joined(parties))
        if item.quantity and (listed := _listed(line, k, i, frame)):
            return replace(frame, partner=listed)
    return None


def tied_behind(line: Line, i: int, frame: Frame) -> str | None:
    """Return the partner right behind a figure: $8.1bn to Japan; of a purchase, $365bn of Chinese goods."""
    after = line.at(i + 1)
    start = next((k for k, item in line.rightward(i) if item.text == ")"), i) if after and after.text == "(" else i
    for k, item in line.rightward(start):
        if k - start > 5 or item.quantity or item.mark or item.is_("change") or item.is_("relation", "and"):
            return None
        bought = frame.flow == "imports" and frame.verb and item.is_("place", "of")
        if bought or item.is_("place", *PARTNER_TIES[frame.flow]):
            parties = [code for code in _parties_behind(line, k) if code not in (OTHER_SIDE, WORLD, frame.reporter)]
            return joined(parties[:1] if bought else parties)
    return None


def mentioned(line: Line, i: int) -> str | None:
    """Return the only economy that stands between the figure before and the one at item `i`."""
    codes: list[str] = []
    for _, item in line.leftward(i):
        if item.quantity:
            break
        if item.area:
            codes.append(item.area.code)
    return codes[0] if len(set(codes)) == 1 else None


def _listed(line: Line, k: int, i: int, frame: Frame) -> str | None:
    """Return the economy that alone stands between two figures of a list."""
    inner = line.items[k + 1 : i]
    codes = [item.area.code for item in inner if item.area]
    plain = not any(any(item.is_(section) for section in NEW_SUBJECT) for item in inner)
    return joined(codes) if codes and plain and frame.partner and frame.reporter not in codes else None


def _figure_between(line: Line, i: int, k: int) -> bool:
    return line.any_between(i, k, lambda item: bool(item.quantity))


# Verb flows: China sold Russia goods worth ... --------------------------------------------------------------------


def _actors(line: Line, frame: Frame) -> Frame:
    """Read who sold or bought, and to or from whom; the other side may stand behind the figure."""
    owners = [
        (k, item.area.code)
        for k, item in line.leftward(frame.at)
        if item.area and not line.any_between(k, frame.at, lambda between: between.is_("boundary") or bool(between.quantity))
    ]
    actor = next((code for k, code in owners if not _tied(line, k)), None)
    frame = replace(frame, reporter=actor)
    if frame.flow == "trade" and len(owners) >= 2 and _coupled(line, owners[1][0], owners[0][0]):
        frame = replace(frame, reporter=owners[1][1], partner=owners[0][1])
    return _objects(line, frame)


def _tied(line: Line, k: int) -> bool:
    """Tell whether an area hangs on a preposition, and so is no subject."""
    before = line.at(k - 1)
    return bool(before and (before.is_("place") or before.is_("reference")))


def _objects(line: Line, frame: Frame) -> Frame:
    for k, item in line.rightward(frame.at):
        if item.is_("boundary") or item.text == ";" or (item.is_("flow") and not item.is_("not_flow")):
            break
        if item.is_("place", *PARTNER_TIES[frame.flow]):
            frame = partnered(frame, _parties_behind(line, k))
        elif item.area and k == frame.at + 1 and not frame.partner and item.area.code != frame.reporter:
            after = line.at(k + 1)
            adjective = bool(after and (after.is_("coverage") or _is_word(after))) and frame.flow == "exports"
            named = area_name(item.area.code) == item.text or bool(after and after.is_("role"))
            adjective = adjective and not named
            frame = frame if adjective else replace(frame, partner=item.area.code)
    return frame
