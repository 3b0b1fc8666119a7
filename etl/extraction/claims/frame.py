"""A flow that a sentence names, and the parties and product that it names with it."""

from dataclasses import dataclass, replace

WORLD = "WLD"
OTHER_SIDE = "@"  # stands for the party that the context gives
THERE = "@there"  # stands for the economy named last: imports from there
HOME = "@home"  # stands for the economy that the article speaks for: its surplus with us
PARTNER_TIES = {"exports": ("to",), "imports": ("from",), "trade": ("with",), "balance": ("with",)}
CODE_LENGTH = 3  # of an economy; a group among whose members trade flows has another
REPORTER_TIES = {"exports": ("from", "by"), "imports": ("by", "to"), "trade": ("by",), "balance": ("by",)}


@dataclass(frozen=True, slots=True)
class Frame:
    """A flow named at an item of a line, and the parties and product that the words beside it name.

    `sign` is -1 for a deficit, 0 where only what was said before tells (the difference). `overall` is True when the
    words rule out one partner (total exports); `foreign` when the flow is that of a firm or another owner that is no
    economy; `beside` when its owner stands right before it, without a possessive (EU exports); `compared` is where
    the other side of a comparison stands (bought more than it sold), 0 where there is none.
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
    compared: int = 0


def joined(codes: list[str]) -> str | None:
    """Return several parties as one code, in alphabetical order."""
    parts = sorted({part for code in codes if code not in (OTHER_SIDE, HOME, THERE) for part in code.split("+")})
    return "+".join(parts) or None


def partnered(frame: Frame, parties: list[str]) -> Frame:
    """Return a flow with its partner, unless it has one; the world as a partner means all of them."""
    if frame.partner or not parties:
        return frame
    if parties == [WORLD]:
        return replace(frame, overall=True)
    return replace(frame, partner=parties[0] if parties[0] in (OTHER_SIDE, HOME, THERE) else joined(parties))


def of_one(last: Frame, partners: list[str | None]) -> Frame:
    """Return the flow last spoken of in a sentence, without its partner if the sentence names several in turn."""
    named = {partner for partner in partners if partner and partner[0].isalpha()} - {last.reporter}
    return replace(last, partner=None) if len(named) > 1 else last
