"""Whether a flow is of goods, of services, or of both, where its words say so."""

from etl.extraction.claims.line import Line
from etl.model import Entry

REACH = 6  # tokens that the goods behind a flow may stand away from it: traded a record £27.7bn of goods
TIES = (("place", "of"), ("place", "in"), ("relation", "in"), ("worth", "none"), ("flow", "trade"))


def said(line: Line, at: int, begins: int) -> str | None:
    """Return the coverage of the flow at item `at`, whose noun phrase begins at item `begins`.

    Inside its words (merchandise trade deficit), before it (services exports), behind it (exports of goods, exported
    goods worth), or where the sentence opens with it (In services, the EU had a deficit).
    """
    found = _longest(line)
    if not found:
        return None
    first, start, end = line.items[max(begins, 0)].start, line.items[at].start, line.items[at].end
    inside = [entry for entry in found if first <= _start(line, entry) < end]
    if inside:
        return inside[-1].meaning
    behind = next((entry for entry in found if _start(line, entry) >= end), None)
    if behind and _hangs(line, end, behind):
        return behind.meaning
    opening = found[0] if found[0].first <= 1 and _start(line, found[0]) < start else None
    return opening.meaning if opening else None


def _longest(line: Line) -> list[Entry]:
    """Return the words for coverage of a sentence, the longest where several begin at one."""
    listed = sorted(line.sentence.of("coverage"), key=lambda entry: (entry.first, -entry.last))
    found: list[Entry] = []
    for entry in listed:
        if not found or entry.first > found[-1].last:
            found.append(entry)
    return found


def _start(line: Line, entry: Entry) -> int:
    return line.sentence.tokens[entry.first].start


def _hangs(line: Line, end: int, entry: Entry) -> bool:
    """Tell whether words for coverage hang on the flow before them: no change, other flow or clause lies between."""
    between = [item for item in line.items if end <= item.start < _start(line, entry)]
    if len(between) > REACH or any(item.is_("change") or item.is_("boundary") or item.text == ";" for item in between):
        return False
    return not any(item.is_("verb_flow") or item.is_("relation", "to") for item in between[:-1])
