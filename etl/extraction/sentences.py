"""Article -> Sentences, with their tokens and the lexicon's phrases."""

import re
from collections.abc import Iterator

from etl.language import Language
from etl.lexicon import tokenise
from etl.model import Sentence

PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*|\n(?=[^\S\n]*[-•*–] )")
STOP = re.compile(r"[.!?](?<![.!?]{2})[.!?]*+[\"'”’)\]]*+\s++(?=[\"'“‘(\[]?[^\W_])")
LONGEST = 2000  # characters
LONGEST_WORD = 100  # characters of a word that may be an abbreviation
FOLLOWING = re.compile(r"[\"'“‘(\[]?(\w+)")
INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]$")


def split(text: str, language: Language) -> list[Sentence]:
    """Return the sentences of a text, in order, without the white space around them."""
    return [
        _sentence(text, start, end, number, language)
        for number, (first, last) in enumerate(_paragraphs(text))
        for begin, stop in _spans(text, first, last, language)
        for start, end in _pieces(text, begin, stop)
        if start < end
    ]


def headline(text: list[Sentence]) -> list[Sentence]:
    """Return the first sentence of a text that prints its headline first: a paragraph of its own, without a stop."""
    if len(text) < 2 or text[0].paragraph == text[1].paragraph or text[0].tokens[-1].text in ".,:;":
        return []
    return text[:1]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence at white space, so that the work on a text grows with its length alone."""
    while end - start > LONGEST:
        cut = max(text.rfind(" ", start, start + LONGEST), text.rfind("\n", start, start + LONGEST))
        cut = cut if cut > start else start + LONGEST
        yield _trim(text, start, cut)
        start = cut
    yield _trim(text, start, end)


def _sentence(text: str, start: int, end: int, paragraph: int, language: Language) -> Sentence:
    tokens = tokenise(text, start, end)
    return Sentence(text[start:end], start, end, paragraph, tokens, tuple(language.lexicon.scan(tokens)))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in PARAGRAPH.finditer(text):
        yield start, gap.start()
        start = gap.end()
    yield start, len(text)


def _spans(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in STOP.finditer(text, start, end):
        if _ends(text, begin, stop, language):
            yield _trim(text, begin, stop.end())
            begin = stop.end()
    yield _trim(text, begin, end)


def _ends(text: str, begin: int, stop: re.Match[str], language: Language) -> bool:
    """Tell whether a full stop ends a sentence, rather than an abbreviation inside one."""
    following = FOLLOWING.match(text, stop.end())
    word = following[1] if following else ""
    if not word[:1].isupper() and not word[:1].isdigit():
        return stop[0][0] != "."
    if stop[0][0] != ".":
        return True
    before = text[max(begin, stop.start() - LONGEST_WORD) : stop.start()].rsplit(None, 1)[-1:] or [""]
    last = before[0].lstrip("(\"'“‘[")
    if INITIALS.search(last) or (len(last) == 1 and last.isupper()):
        return word in language.starters
    return last not in language.abbreviations


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())
