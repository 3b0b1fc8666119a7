"""Which words for a flow state an economy's, and which are a firm's, a market's, or too few to tell."""

from etl.extraction.claims.frame import Frame
from etl.extraction.claims.line import Line

OBJECT_REACH = 6  # items that the goods behind a verb or a flow may take
NOISE_REACH = 3  # items on each side of a balance that say what it is of


def is_bare(line: Line, frame: Frame, dense: bool, near: bool) -> bool:
    """Tell whether the words around a flow are too few to make it an economy's.

    In an article that speaks mostly of trade, a word that firms use too (sales, sold, gap) states one by itself.
    """
    item = line.items[frame.at]
    if _is_name(line, frame.at):
        return True
    if frame.verb and frame.flow == "trade":
        return not (frame.partner or frame.pair or (dense and _of_goods(line, frame.at)))
    if item.is_("loose_verb"):
        return _is_loose(line, frame, dense)
    if item.is_("weak_flow"):
        return not (dense or frame.partner or frame.pair or _abroad_behind(line, frame.at))
    if item.is_("bare_flow") or item.is_("stands"):
        return _is_bare_balance(line, frame, dense or near)
    return frame.flow == "trade" and _is_bare_trade(line, frame, dense)


def _is_loose(line: Line, frame: Frame, dense: bool) -> bool:
    """Tell whether a verb that firms and people use too (sold, bought, earned) is not said of an economy."""
    item = line.items[frame.at]
    of_other = frame.at > 0 and line.items[frame.at - 1].is_("noise")
    if of_other or (item.is_("takes") and _takes_share(line, frame.at)):
        return True
    worth = frame.partner or frame.pair or _worth_behind(line, frame.at)
    return not (dense or _abroad_behind(line, frame.at) or (worth and _acts_itself(line, frame)))


def _is_bare_balance(line: Line, frame: Frame, near: bool) -> bool:
    """Tell whether a surplus or a deficit may be another than that of trade; `near` words on trade it is one."""
    item = line.items[frame.at]
    if item.is_("stands") and item.is_("degree") and not _ends_an_economy(line, frame.at):
        return True
    other = _noise_near(line, frame.at) or line.has("account")
    return not (frame.partner or frame.pair or frame.coverage) and (not near or other)


def _is_bare_trade(line: Line, frame: Frame, dense: bool) -> bool:
    """Tell whether the word trade alone speaks of no economy's: afternoon trade."""
    item = line.items[frame.at]
    alone = item.end - item.start == len(item.text)
    if alone and not item.is_("weak_flow") and line.has("market"):
        return True
    spoken = any(word.is_("anaphor", "pair") for word in line.items[: frame.at])
    told = frame.partner or frame.pair or frame.reporter or frame.own or frame.overall
    return alone and not (dense or told or spoken)


def _acts_itself(line: Line, frame: Frame) -> bool:
    """Tell whether an economy stands right before its verb: Taiwan bought; not London-listed Shell said it buys."""
    for _, item in line.leftward(frame.at):
        if item.area:
            return item.area.code == frame.reporter
        if not (item.is_("overall") or item.is_("auxiliary") or item.is_("status") or item.is_("apart") or item.period):
            return False
    return False


def _takes_share(line: Line, at: int) -> bool:
    """Tell whether a verb only says who takes a part in percent: Japan bought 21 pct."""
    figure = next(
        (item.quantity for _, item in line.rightward(at) if not (item.is_("overall") or item.is_("apart"))), None
    )
    return figure is not None and figure.unit == "%"


def _worth_behind(line: Line, at: int) -> bool:
    """Tell whether a verb moves goods of a stated worth: Ecuador shipped shrimp worth $6bn."""
    behind = line.items[at + 1 : at + 1 + OBJECT_REACH]
    return any(item.is_("worth") for item in behind) and any(item.quantity for item in behind)


def _abroad_behind(line: Line, at: int) -> bool:
    """Tell whether sales are said to be abroad: sales of whisky abroad."""
    for k, item in line.rightward(at):
        if item.quantity or item.mark or k - at > OBJECT_REACH:
            return False
        if item.is_("abroad"):
            return True
    return False


def _of_goods(line: Line, at: int) -> bool:
    """Tell whether goods stand before a verb as what is exchanged: goods worth $5bn went back and forth."""
    return any(item.is_("coverage") for item in line.items[:at])


def _is_name(line: Line, at: int) -> bool:
    """Tell whether a flow word is a part of a name: Setia Exports."""
    word, before = line.items[at].text, line.at(at - 1)
    return word.istitle() and bool(before and before.mention is None and not before.tags and before.text.istitle())


def _noise_near(line: Line, at: int) -> bool:
    """Tell whether the words beside one speak of something else than trade."""
    return any(item.is_("noise") for item in line.items[max(0, at - NOISE_REACH) : at + NOISE_REACH + 1])


def _ends_an_economy(line: Line, at: int) -> bool:
    """Tell whether it is an economy itself that a figure leaves short: the country was $5bn short."""
    figure = line.back(at, lambda item: not item.quantity)
    verb = line.back(at, lambda item: bool(item.quantity) or item.is_("overall") or item.text in ("(", ")"))
    if figure <= verb:
        return False
    owner = line.at(verb - 1)
    return line.items[verb].is_("relation", "to") and bool(owner and (owner.area or owner.is_("anaphor", "place")))
