"""Which partner a figure has, where its words name another than its flow does."""

from dataclasses import replace

from etl.extraction.claims import governors
from etl.extraction.claims.frame import HOME, OTHER_SIDE, PARTNER_TIES, THERE, WORLD, Frame, joined
from etl.extraction.claims.line import Item, Line
from etl.extraction.claims.parties import continues, is_aside, list_up_to, parties_behind, tied

NEW_SUBJECT = ("flow", "weak_flow", "verb_flow", "change", "credit", "boundary", "anaphor", "noise")


def switched(line: Line, i: int, frame: Frame) -> Frame | None:
    """Return a flow with the partner that stands between an earlier figure and the one at `i`.

    With a word that ties it (and with Japan 3 %), or alone in a list (Japan (5 %), Mexico (3 %)).
    """
    listed = respective(line, i) or _in_turn(line, i, frame) or _follower(line, i)
    behind = listed or tied_behind(line, i, frame) or _taker(line, i, frame)
    if behind:
        return replace(frame, partner=behind) if behind != frame.reporter else None
    passed: list[str] = []
    alone = bool(frame.partner)
    for k, item in line.leftward(i):
        if k <= frame.at:
            return None
        if item.is_("place", *PARTNER_TIES[frame.flow]) and _figure_between(line, frame.at, k):
            parties = [code for code in parties_behind(line, k) if code not in (HOME, OTHER_SIDE, THERE)]
            if parties:
                return replace(frame, partner=joined(parties))
        if item.quantity and passed and alone and frame.reporter not in passed:
            return replace(frame, partner=joined(passed))
        passed += [item.area.code] if item.area else []
        alone = alone and item.tags.keys().isdisjoint(NEW_SUBJECT)
    return None


def respective(line: Line, i: int) -> str | None:
    """Return the economy that a figure of a list belongs to: to Japan and China rose 3 % and 5 % respectively."""
    end = next((k for k in line.where("respectively") if k > i), None)
    return None if end is None else _among(line, i, _run_up_to(line, end))


def _in_turn(line: Line, i: int, frame: Frame) -> str | None:
    """Return the economy of a figure where as many stand side by side as partners do: to A and B rose 3 % and 5 %."""
    end = i + 1
    for k, item in line.rightward(i):
        if item.quantity:
            end = k + 1
        elif not (item.mark or item.is_("relation", "and")):
            break
    figures = _run_up_to(line, end)
    listed = all(
        item.quantity or item.text == "," or item.is_("relation", "and") for item in line.items[figures[0] : end]
    )
    partners = (frame.partner or "").split("+")
    return _among(line, i, figures) if listed and len(partners) == len(figures) else None


def _follower(line: Line, i: int) -> str | None:
    """Return the economy that is next in a ranking: Spain bought most, followed by France with $5bn."""
    tie = governors.link(line, i)
    named, before = line.at(tie - 1), line.at(tie - 2)
    if not (named and named.area and line.items[tie].is_("place", "with") and _figure_between(line, -1, tie)):
        return None
    listed = before is not None and (before.is_("place", "by") or before.is_("relation", "and") or before.text == ",")
    return named.area.code if listed or (before and before.is_("article")) else None


def _among(line: Line, i: int, figures: list[int]) -> str | None:
    """Return the economy that stands where the figure at `i` does in its list."""
    named = [k for k, item in enumerate(line.items[: figures[0]]) if item.area]
    lists = [list_up_to(line, k)[::-1] for k in reversed(named)]
    lists.append([item.area.code for item in line.items[: figures[0]] if item.area][-len(figures) :])
    names = next((listed for listed in lists if len(listed) == len(figures)), None)
    return names[figures.index(i)] if names and len(figures) > 1 and i in figures else None


def _run_up_to(line: Line, end: int) -> list[int]:
    """Return the figures of the list that ends before item `end`: 3 %, 5 % and 2 % respectively."""
    run: list[int] = []
    for k, item in line.leftward(end):
        if item.quantity:
            run.insert(0, k)
        elif run and not (item.mark or item.is_("relation", "and")):
            break
    return run


def _taker(line: Line, i: int, frame: Frame) -> str | None:
    """Return who buys a part of what is sold, or sells one of what is bought: China took $5bn of it."""
    verb = governors.link(line, i)
    if verb <= frame.at or not line.items[verb].is_("takes", frame.flow) or not line.items[verb - 1].area:
        return None
    parties = [code for code in list_up_to(line, verb - 1) if code != frame.reporter]
    return joined(parties)


def tied_behind(line: Line, i: int, frame: Frame) -> str | None:
    """Return the partner right behind a figure: $8.1bn to Japan; of a purchase, $365bn of Chinese goods."""
    start = line.over_bracket(i)
    for k, item in line.rightward(start):
        if k - start > 5 or item.quantity or item.mark or item.is_("change") or item.is_("relation", "and"):
            return None
        if item.is_("past"):
            return None  # after traders sent it to the U.S.
        bought = frame.flow == "imports" and frame.verb and item.is_("place", "of")
        if bought or item.is_("place", *PARTNER_TIES[frame.flow]):
            parties = [
                code for code in parties_behind(line, k) if code not in (HOME, OTHER_SIDE, THERE, WORLD, frame.reporter)
            ]
            return joined(parties[:1] if bought else parties)
    return None


def mentioned(line: Line, i: int, whose: str | None) -> str | None:
    """Return the only economy beside `whose` that stands between the figure before and the one at item `i`."""
    codes: list[str] = []
    for k, item in line.leftward(i):
        if item.quantity:
            break
        if item.area and item.area.code != whose and not _is_rival(line, k):
            codes.append(item.area.code)
    return codes[0] if len(set(codes)) == 1 else None


def _is_rival(line: Line, k: int) -> bool:
    """Tell whether an economy is only one that another is compared with: the third market after the US and the UAE."""
    first = line.back(k, lambda item: bool(item.area) or continues(item))
    flow = line.at(first - 1)
    return first >= 0 and line.items[first].is_("reference", "base") and not (flow and flow.is_("those"))


def holder(line: Line, i: int, whose: str | None) -> str | None:
    """Return who holds the share at item `i` of the flow of `whose`.

    The U.S. took 41 % of, India's share of; or behind it: 95 % of it with the U.S.
    """
    if beside := _bracketed(line, i):
        return beside if beside != whose else None
    behind = _holder_behind(line, i)
    if behind:
        return joined(behind) if behind != [WORLD] else None
    return _holder_before(line, i, whose)


def _holder_behind(line: Line, i: int) -> list[str]:
    for k in range(i + 1, min(i + 4, len(line.items))):
        item = line.items[k]
        if item.text == ",":
            break
        if (item.is_("place", "with", "to", "from") or item.is_("holder")) and (behind := parties_behind(line, k)):
            return behind
    return []


def _holder_before(line: Line, i: int, whose: str | None) -> str | None:
    for k, item in line.leftward(i):
        if (_is_other_figure(item) and not governors.restates(line, i)) or item.is_("boundary"):
            return None
        if item.text in (";", "("):
            return None
        if item.is_("anaphor", "partner", "place") and _in_share(line, k, i) and not item.is_("anaphor", "reporter"):
            return OTHER_SIDE
        if item.is_("figure") and (acting := _first_free(line, k)) not in (None, whose):
            return acting
        if item.area and item.area.code != whose and not is_aside(line, k, i):
            again = governors.restates(line, i) and not line.any_between(k, i, lambda between: between.is_("role"))
            return joined(list_up_to(line, k)) if _holds(line, k, i) and not again else None
    return None


def _bracketed(line: Line, i: int) -> str | None:
    """Return the economy right before a figure in brackets, behind another one: 83 %, followed by Canada (10 %)."""
    opened, listed = line.at(i - 1), line.at(i - 2)
    in_list = opened is not None and opened.text == "(" and _figure_between(line, -1, i)
    return listed.area.code if in_list and listed and listed.area else None


def is_added(line: Line, i: int) -> bool:
    """Tell whether a share only adds to the figure before it: the US took $5bn, accounting for 55 % of exports."""
    verb = governors.link(line, i)
    comma = line.at(verb - 1)
    return verb > 0 and line.items[verb].is_("share", "before") and comma is not None and comma.text == ","


def moves_share(line: Line, i: int) -> bool:
    """Tell whether the figure at `i` is the points by which a share moved: China's share in exports rose by 2."""
    quantity = line.items[i].quantity
    return quantity is not None and quantity.unit == "pp" and _in_share(line, -1, i)


def _is_other_figure(item: Item) -> bool:
    """Tell whether an item is a figure of its own, and not the points by which a share moved."""
    return item.quantity is not None and item.quantity.unit != "pp"


def _first_free(line: Line, i: int) -> str | None:
    """Return the economy that acts in what goes before a pronoun: Beijing displaced Canberra: it took 21 percent."""
    return next((item.area.code for k, item in enumerate(line.items[:i]) if item.area and not tied(line, k)), None)


def _holds(line: Line, k: int, i: int) -> bool:
    """Tell whether no flow parts an economy from its share, unless it is the whole of the share."""
    return _in_share(line, k, i) or not line.any_between(k, i, lambda item: item.is_flow)


def _in_share(line: Line, k: int, i: int) -> bool:
    return line.any_between(k, i, lambda item: item.is_("share", "before"))


def _figure_between(line: Line, i: int, k: int) -> bool:
    return line.any_between(i, k, lambda item: bool(item.quantity))
