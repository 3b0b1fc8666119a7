"""Verb flows: China sold Russia goods worth $5bn."""

from dataclasses import replace

from etl.extraction.claims import coverage
from etl.extraction.claims.frame import OTHER_SIDE, PARTNER_TIES, WORLD, Frame, joined, partnered
from etl.extraction.claims.line import Line
from etl.extraction.claims.parties import coupled, is_aside, is_word, parties_behind, possessive, tied
from etl.language import area_name

ABROAD_REACH = 4  # items between a verb and "abroad": earned US$23.6 billion abroad
PAIR = 2  # goods are exchanged between two at least


def read(line: Line, frame: Frame) -> Frame:
    """Read who sold or bought, and to or from whom; the other side may stand behind the figure."""
    owners = [
        (k, item.area.code)
        for k, item in line.leftward(frame.at)
        if item.area
        and not line.any_between(k, frame.at, lambda between: between.is_("boundary") or bool(between.quantity))
    ]
    owners = [(k, code) for k, code in owners if not (tied(line, k) or is_aside(line, k, frame.at))]
    owners = [(k, code) for k, code in owners if code != WORLD or not possessive(line, k)]  # the world's best seller
    actor = next((code for _, code in owners), None)
    frame = replace(frame, coverage=coverage.said(line, frame.at, frame.at))
    frame = replace(frame, reporter=actor, foreign=_of_name(line, frame.at))
    if frame.flow == "trade" and len(owners) >= 2 and coupled(line, owners[1][0], owners[0][0]):
        frame = replace(frame, reporter=owners[1][1], partner=owners[0][1])
    if frame.flow == "trade" and not owners and _pair_before(line, frame.at):
        frame = replace(frame, pair=True)
    return _objects(line, frame)


def _of_name(line: Line, at: int) -> bool:
    """Tell whether a name that is no economy acts: Apple exported phones."""
    actor = line.at(at - 1)
    return bool(actor and at > 1 and is_word(actor) and actor.text[0].isupper())


def _pair_before(line: Line, at: int) -> bool:
    """Tell whether two that were named before stand as the subject: in March the two countries traded."""
    for _, item in line.leftward(at):
        if item.quantity or item.is_("boundary") or item.is_flow:
            return False
        if item.is_("anaphor", "pair"):
            return True
    return False


def _objects(line: Line, frame: Frame) -> Frame:
    for k, item in line.rightward(frame.at):
        if item.is_("abroad") and not frame.partner and k - frame.at <= ABROAD_REACH:
            frame = replace(frame, overall=True)
        if item.is_("boundary") or item.text == ";" or (item.is_flow and not item.is_("not_flow")):
            break
        if item.is_("place", "between") and frame.flow == "trade":
            frame = _between(frame, parties_behind(line, k))
        elif item.is_("place", *PARTNER_TIES[frame.flow]) or (frame.flow == "exports" and _sold_in(line, k, frame)):
            frame = partnered(frame, parties_behind(line, k))
        elif frame.flow == "imports" and item.is_("place", "of") and (goods := line.at(k + 1)) and goods.area:
            frame = partnered(frame, [goods.area.code]) if goods.area.code != frame.reporter else frame
        elif item.area and _is_object(line, frame.at, k) and not frame.partner and item.area.code != frame.reporter:
            after = line.at(k + 1)
            adjective = bool(after and (after.is_("coverage") or is_word(after))) and frame.flow == "exports"
            named = area_name(item.area.code) == item.text or bool(after and after.is_("role"))
            adjective = adjective and not named
            frame = frame if adjective else replace(frame, partner=item.area.code)
    return frame


def _is_object(line: Line, at: int, k: int) -> bool:
    """Tell whether an economy is right behind a verb as the one it is sold to: sold the United States."""
    return k == at + 1 or (k == at + 2 and line.items[at + 1].is_("article"))


def _sold_in(line: Line, k: int, frame: Frame) -> bool:
    """Tell whether an item leads to the market that goods are sold in: sold on the continent."""
    behind = parties_behind(line, k) if line.items[k].is_("place", "in") else []
    return bool(behind) and frame.reporter not in behind


def _between(frame: Frame, parties: list[str]) -> Frame:
    if parties == [OTHER_SIDE]:
        return replace(frame, pair=True)
    if len(parties) < PAIR:
        return frame
    return replace(frame, reporter=parties[0], partner=joined(parties[1:]))
