"""A sentence as a row of elements, one letter each, so that a grammar is a regular expression over letters."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from etl.model import Phrase, Said, Sentence, Token

OTHER = "w"
DASHES = "-–—‐‑−"
NAME = re.compile(r"\?P<\w+>")  # of a part of a pattern
SYNTAX = frozenset("()[]{}?:|<>=!*\\")  # of regular expressions: no grammar's letter
NEW = tuple.__new__  # makes an element in half of the time that its class takes
SHORT = 40  # letters of a run that is worth remembering


class Element(NamedTuple):
    """Tokens `first` to `last` read as one part of a grammar: its letter and what it means."""

    letter: str
    first: int
    last: int
    meaning: str


WORD = Element(OTHER, -1, -1, "")  # any word that no grammar knows


class Alphabet:
    """The letters of a grammar: section -> meaning -> letter, under "" that of any other meaning."""

    def __init__(self, letters: Mapping[str, Mapping[str, str]]) -> None:
        self._letters = letters
        self.of = lru_cache(4096)(self._of)

    def _of(self, said: Said) -> tuple[str, str]:
        """Return the letter of a phrase, "" for none, and the meaning that has it."""
        for section, meaning in said:
            of_section = self._letters.get(section, {})
            if letter := of_section.get(meaning) or of_section.get(""):
                return letter, meaning
        return "", ""


class Grammar:
    """Patterns over letters; `rules` are the regular expressions of their names."""

    def __init__(self, patterns: Iterable[str]) -> None:
        patterns = tuple(patterns)
        self.rules = tuple(map(re.compile, patterns))
        self._any = re.compile("|".join(NAME.sub("?:", pattern) for pattern in patterns))
        unnamed = [NAME.sub("", pattern) for pattern in patterns]
        letters = re.escape("".join(sorted(set("".join(unnamed)) - SYNTAX)))
        self._run = re.compile(f"[{letters}]+")

    def runs(self, row: list[Element]) -> Iterator[tuple[str, int]]:
        """Yield the letters of the stretches of a row that may hold something, each with the element it begins at.

        No pattern reads over another letter, so what is found in a run depends on its letters alone.
        """
        for run in self._run.finditer("".join([element.letter for element in row])):
            yield run[0], run.start()

    def next(self, letters: str, k: int) -> int | None:
        """Return where, at `k` or later, the next pattern begins, or None."""
        hit = self._any.search(letters, k)
        return hit.start() if hit else None


def elements(sentence: Sentence, alphabet: Alphabet, skip: frozenset[int] = frozenset()) -> list[Element]:
    """Return the elements of a sentence, left to right, the longest entry first.

    A phrase has its letter, a number is `N`, a sign stands for itself (see `_dash`), a token in `skip` and any other
    word is `w`; several words in a row are one.
    """
    starts = _starts(sentence.phrases, alphabet)
    row: list[Element] = []
    end = 0
    for i in sorted({*starts, *sentence.signs}):
        if i < end:
            continue
        made = WORD if i in skip else starts.get(i) or _sign_or_number(sentence.tokens, i)
        if i > end or made is WORD:
            row.append(WORD)
        if made is not WORD:
            row.append(made)
        end = i + 1 if made is WORD else made.last + 1
    return row


def _starts(phrases: Sequence[Phrase], alphabet: Alphabet) -> dict[int, Element]:
    """Return the longest phrase that begins at each token and has a letter."""
    found: dict[int, Element] = {}
    for first, last, said in phrases:
        letter, meaning = alphabet.of(said)
        if letter and first not in found:
            found[first] = NEW(Element, (letter, first, last, meaning))
    return found


def _sign_or_number(tokens: Sequence[Token], i: int) -> Element:
    token = tokens[i]
    if token.key[0].isdigit():
        return NEW(Element, ("N", i, i, token.key))
    if not token.key[0].isalnum() and len(token.text) == 1 and token.text not in "'’":
        return NEW(Element, (_dash(tokens, i) if token.text in DASHES else token.text, i, i, token.text))
    return WORD


def _dash(tokens: Sequence[Token], i: int) -> str:
    """Tell a minus (`~`), which clings to the number behind it alone, from a hyphen (`-`) and from a dash (`_`)."""
    before = i > 0 and tokens[i - 1].end == tokens[i].start and tokens[i - 1].text != "("
    after = i + 1 < len(tokens) and tokens[i].end == tokens[i + 1].start
    return "-" if before and after else "~" if after else "_"
