"""A sentence as a row of elements, one letter each, so that a grammar is a regular expression over letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from etl.model import Entry, Sentence, Token

OTHER = "w"
DASHES = "-–—‐‑−"


@dataclass(frozen=True, slots=True)
class Element:
    """Tokens `first` to `last` read as one part of a grammar: its letter and what it means."""

    letter: str
    first: int
    last: int
    meaning: str


def elements(
    sentence: Sentence,
    letters: Mapping[tuple[str, str], str],
    skip: frozenset[int] = frozenset(),
) -> list[Element]:
    """Return the elements of a sentence, left to right, the longest entry first.

    `letters` gives the letter of (section, meaning), or of (section, "") for every meaning of a section. A number is
    `N`, a sign stands for itself (see `_dash`), a token in `skip` and any other word is `w`.
    """
    starts: dict[int, list[Entry]] = {}
    for entry in sentence.entries:
        if _letter(entry, letters):
            starts.setdefault(entry.first, []).append(entry)
    row: list[Element] = []
    i = 0
    while i < len(sentence.tokens):
        made = _element(sentence.tokens, i, starts.get(i, []), letters, i in skip)
        row.append(made)
        i = made.last + 1
    return row


def _letter(entry: Entry, letters: Mapping[tuple[str, str], str]) -> str | None:
    return letters.get((entry.section, entry.meaning)) or letters.get((entry.section, ""))


def _element(
    tokens: Sequence[Token],
    i: int,
    entries: list[Entry],
    letters: Mapping[tuple[str, str], str],
    skipped: bool,
) -> Element:
    token = tokens[i]
    if skipped:
        return Element(OTHER, i, i, "")
    if entries:
        best = max(entries, key=lambda entry: entry.last)
        return Element(_letter(best, letters) or OTHER, i, best.last, best.meaning)
    if token.key[0].isdigit():
        return Element("N", i, i, token.key)
    if not token.key[0].isalnum() and len(token.text) == 1 and token.text not in "'’":
        return Element(_dash(tokens, i) if token.text in DASHES else token.text, i, i, token.text)
    return Element(OTHER, i, i, token.key)


def _dash(tokens: Sequence[Token], i: int) -> str:
    """Tell a minus (`~`), which clings to the number behind it alone, from a hyphen (`-`) and from a dash (`_`)."""
    before = i > 0 and tokens[i - 1].end == tokens[i].start and tokens[i - 1].text != "("
    after = i + 1 < len(tokens) and tokens[i].end == tokens[i + 1].start
    return "-" if before and after else "~" if after else "_"


def spelled(row: list[Element]) -> str:
    """Return the letters of a row as one string: letter `k` is element `k`."""
    return "".join(element.letter for element in row)
