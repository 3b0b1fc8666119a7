"""Flows of a line that are one, and flows that only a possessive or a pronoun names."""

from collections.abc import Iterator
from dataclasses import replace

from etl.extraction.claims.frame import HOME, OTHER_SIDE, PARTNER_TIES, THERE, Frame, joined
from etl.extraction.claims.line import Item, Line
from etl.extraction.claims.parties import INSIDE_NOUN, is_word, parties_behind, possessive

OPPOSITE = {"exports": "imports", "imports": "exports"}


def merged(line: Line, found: list[Frame]) -> list[Frame]:
    """Fold a flow that only says where a balance arises into the balance: a surplus in goods trade with China."""
    kept: list[Frame] = []
    for frame in found:
        balance = kept[-1] if kept else None
        if balance and (whole := _both_ways(line, balance, frame)):
            kept[-1] = whole
        elif balance and frame.verb and _is_between(line, balance, frame):
            partner = balance.partner if balance.partner != frame.reporter else None
            kept[-1] = replace(balance, reporter=balance.reporter or frame.reporter, partner=partner)
        elif balance and balance.flow == "balance" and not frame.verb and _hangs_on(line, balance.at, frame):
            kept[-1] = _folded(balance, frame)
        else:
            kept.append(frame)
    return kept


def _both_ways(line: Line, one: Frame, other: Frame) -> Frame | None:
    """Return the trade that purchases from and sales to an economy are together."""
    inner = line.items[one.at + 1 : other.at]
    joined = len(inner) == 2 and inner[0].is_("place") and inner[1].is_("relation", "and")
    if not joined or OPPOSITE.get(one.flow) != other.flow:
        return None
    return replace(other, flow="trade", reporter=one.reporter or other.reporter, own=one.own)


def _is_between(line: Line, balance: Frame, frame: Frame) -> bool:
    """Tell whether a balance is said to be between what is bought and what is sold."""
    after = line.at(balance.at + 1)
    figure = line.any_between(balance.at, frame.at, lambda item: bool(item.quantity))
    return balance.flow == "balance" and not figure and bool(after and after.is_("place", "between"))


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
    if inner and inner[0].is_("place", "of") and any(item.quantity for item in inner):
        last = max(k for k, item in enumerate(inner) if item.quantity)
        inner = inner[last + 1 :]
    if not inner or len(inner) > 6:
        return not inner and frame.flow == "trade"
    linked = inner[0].is_("place", "in", "of", "between") or inner[0].is_("relation", "in")
    odd = [
        item
        for item in inner
        if not (item.area or item.is_("overall") or item.is_("coverage") or item.is_("anaphor") or _links(item))
    ]
    earned = inner[0].area is not None and len(odd) == 1 and is_word(odd[0])
    return (linked and not odd) or earned


def _links(item: Item) -> bool:
    return (
        item.is_("place", "in", "of", "between")
        or item.is_("relation", "in", "and")
        or item.is_flow
        or item.text in INSIDE_NOUN
        or item.possesses
    )


def compared(line: Line, found: list[Frame]) -> list[Frame]:
    """Fold a purchase that is compared with a sale into the balance: bought $6bn more from China than it sold."""
    folded: list[Frame] = []
    for frame in found:
        first = folded[-1] if folded else None
        if not (first and first.verb and frame.verb and OPPOSITE.get(first.flow) == frame.flow):
            folded.append(frame)
            continue
        more = [item for item in line.items[first.at : frame.at] if item.is_("degree") and not item.is_("particle")]
        than = line.back(frame.at, lambda item: bool(item.area) or item.is_("figure") or item.is_("verb_flow"))
        if not more or not line.items[than].is_("reference", "base"):
            folded.append(frame)
            continue
        sign = 1 if (first.flow == "exports") == more[0].is_("degree", "up") else -1
        partner = first.partner or frame.partner
        folded[-1] = replace(first, flow="balance", sign=sign, partner=partner, compared=frame.at)
    return folded


def elliptic(line: Line, named: list[Frame]) -> Iterator[Frame]:
    """Yield the flows that only a possessive names: Thailand's gap with the U.S. widened while Vietnam's soared."""
    for k in line.where("those"):
        yield from _with_another(line, k, named)
    for at in line.areas:
        owner, k = line.items[at].area, at + 1
        if owner is None or not possessive(line, at):
            continue
        after = line.at(k + 1)
        after = line.at(k + 2) if after and after.is_("overall") else after
        if after is None or not (
            after.is_("change") or after.is_("relation", "to", "by") or after.is_("boundary") or after.mark
        ):
            continue
        before = next((frame for frame in reversed(named) if frame.at < k and not frame.verb), None)
        if before and any(word.is_("share", "before") for word in line.items[: before.at]):
            yield replace(before, at=k, partner=owner.code)  # another's share of the same whole
        elif before and before.reporter != owner.code:
            partner = before.partner if before.partner != owner.code else None
            yield replace(before, at=k, reporter=owner.code, partner=partner, own=False, pair=False)


def _with_another(line: Line, k: int, named: list[Frame]) -> Iterator[Frame]:
    """Yield the flow named before with the partner that a pronoun ties to it: those with Africa."""
    before = next((frame for frame in reversed(named) if frame.at < k and not frame.verb), None)
    after = line.at(k + 1)
    if before and after and after.is_("place", *PARTNER_TIES[before.flow]):
        parties = [code for code in parties_behind(line, k + 1) if code not in (OTHER_SIDE, HOME, THERE)]
        if parties:
            yield replace(before, at=k, partner=joined(parties), overall=False)
