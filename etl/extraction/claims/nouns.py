"""Noun flows: China's exports of rice to Japan."""

from dataclasses import replace

from etl.extraction.claims import owners
from etl.extraction.claims.frame import (
    CODE_LENGTH,
    OTHER_SIDE,
    PARTNER_TIES,
    REPORTER_TIES,
    Frame,
    joined,
    partnered,
)
from etl.extraction.claims.line import Line
from etl.extraction.claims.parties import (
    is_word,
    parties_behind,
    possessive,
)
from etl.extraction.mentions.areas import OUTSIDE
from etl.language import area_name

PHRASE_REACH = 24  # and how far behind it a party may stand


def read(line: Line, frame: Frame) -> Frame:
    """Read whose flow a noun states, with whom and of what, from the words before and behind it."""
    frame = owners.read(line, frame)
    return _behind(line, frame)


def _behind(line: Line, frame: Frame) -> Frame:
    """Read what follows a flow up to its figure: to Japan, from China, between A and B, of American wine."""
    done: set[str] = set()
    words: list[str] = []
    for k, item in line.rightward(frame.at):
        if k - frame.at > PHRASE_REACH or _ends_phrase(line, frame, k):
            break
        if not item.tags and item.area is None:
            continue
        if item.area and item.area.code.startswith(OUTSIDE):
            frame = frame if frame.partner else replace(frame, partner=item.area.code)
        if item.is_("anaphor", "partner") and k == frame.at + 1 and not frame.partner:
            frame = replace(frame, partner=OTHER_SIDE)
        if k == frame.at + 1 and item.is_("total"):
            frame = replace(frame, overall=True)
        role = _role(line, frame, k)
        parties = parties_behind(line, k) if role and role not in done and not _is_rival(line, k) else []
        if role and parties:
            done.add(role)
            frame = _with_party(frame, role, parties)
        elif item.is_("place", "of") and k == frame.at + 1:
            words = _product_words(line, k)
    if words and not frame.product:
        frame = replace(frame, product=owners.product(words))
    return _behind_figure(line, frame)


def _is_rival(line: Line, k: int) -> bool:
    """Tell whether what stands behind a tie is another's flow: lost ground to Morocco's."""
    after, end = line.at(k + 1), line.at(k + 3)
    return bool(after and after.area and possessive(line, k + 1) and end and (end.mark or end.is_("change")))


def _behind_figure(line: Line, frame: Frame) -> Frame:
    """Read a partner right behind the flow's first figure: a surplus of $5bn with the U.S."""
    figure = next((k for k in line.quantities if k > frame.at), None)
    if frame.partner or figure is None or line.any_between(frame.at, figure, lambda item: item.is_("change")):
        return frame
    at = next((k for k, item in line.rightward(figure) if not item.period), None)
    if at is None or not line.items[at].is_("place", *PARTNER_TIES[frame.flow]):
        return frame
    return partnered(frame, parties_behind(line, at))


def _ends_phrase(line: Line, frame: Frame, k: int) -> bool:
    item = line.items[k]
    if item.is_("boundary") or item.text in (";", ":", "(", "—"):
        return True
    if item.quantity and not frame.verb:
        return True
    nested = item.is_flow and not item.is_("not_flow")
    return nested and not line.items[k - 1].is_("place", "of")


def _is_whose(line: Line, frame: Frame, k: int) -> bool:
    """Tell whether an "of" names who buys, not whose goods: imports of Singapore rose; not imports of Mexican beer."""
    whose, after = line.at(k + 1), line.at(k + 2)
    if frame.reporter or k != frame.at + 1 or whose is None or whose.area is None or after is None:
        return False
    return area_name(whose.area.code) == whose.text and not (is_word(after) or after.possesses or after.is_("relation"))


def _role(line: Line, frame: Frame, k: int) -> str | None:
    item = line.items[k]
    if not item.is_("place"):
        return "reporter" if frame.flow == "balance" and item.is_("holder") else None
    if item.is_("place", "between"):
        return "between"
    if item.is_("place", "of"):
        return "reporter" if frame.flow != "imports" or _is_whose(line, frame, k) else "partner"
    if frame.flow == "balance" and item.is_("holder"):
        return "reporter"
    for role, ties in (("partner", PARTNER_TIES), ("reporter", REPORTER_TIES)):
        if item.is_("place", *ties[frame.flow]):
            return role
    return None


def _with_party(frame: Frame, role: str, parties: list[str]) -> Frame:
    if role == "between":
        return _between(frame, parties)
    if role == "partner":
        return partnered(frame, parties)
    if role == "reporter" and frame.flow == "trade" and len(parties) > 1 and not frame.reporter:
        return _between(frame, parties)
    return frame if frame.reporter else replace(frame, reporter=joined(parties[:1]))


def _between(frame: Frame, parties: list[str]) -> Frame:
    if parties == [OTHER_SIDE]:
        return replace(frame, pair=True)
    parties = [code for code in parties if code != OTHER_SIDE]
    if frame.partner:
        return frame
    if len(parties) == 1:
        among = frame.reporter is None and len(parties[0]) != CODE_LENGTH
        return replace(frame, partner=parties[0], reporter=parties[0] if among else frame.reporter)
    return replace(frame, reporter=parties[0], partner=joined(parties[1:]), pair=False)


def _product_words(line: Line, k: int) -> list[str]:
    words: list[str] = []
    for _, item in line.rightward(k):
        if item.is_("overall") or item.is_("coverage"):
            continue
        if item.area:
            continue
        if not is_word(item) and not (words and item.is_("relation", "and")):
            break
        words.append(item.text)
    return words
