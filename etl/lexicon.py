"""Text -> tokens, and the phrases of a language found among them in linear time."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from etl.model import Entry, Token

LETTER = r"[^\W\d_][\u0300-\u036f]*"
TOKEN = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?=[ \u00a0\u202f]?[a-z%])"  # a number in groups: 4 804 million
    r"|\d+(?:[.,]\d+)*"  # a number with its separators
    rf"|(?:{LETTER}\.){{2,}}"  # initials: U.S.
    r"|['’][sS]\b"  # a possessive ending
    rf"|(?:{LETTER})+(?:['’](?![sS]\b)(?:{LETTER})+)*"  # a word
    r"|[^\w\s]"  # a sign
)
HYPHENS = frozenset("-‐‑–")


def fold(word: str) -> str:
    """Return a word without accents, with straight apostrophes; case is kept."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word).replace("’", "'")
    return "".join(char for char in decomposed if not unicodedata.combining(char)) or word


def tokenise(text: str, offset: int = 0) -> tuple[Token, ...]:
    """Return the tokens of a text; offsets count from `offset`."""
    return tuple(
        Token(match[0], offset + match.start(), offset + match.end(), fold(match[0]).casefold())
        for match in TOKEN.finditer(text)
    )


def spoken(tokens: Sequence[Token]) -> list[int]:
    """Return the indices of the tokens that a phrase is matched against: all but hyphens inside words."""
    return [i for i, token in enumerate(tokens) if not (token.text in HYPHENS and _joins(tokens, i))]


def _joins(tokens: Sequence[Token], i: int) -> bool:
    if not 0 < i < len(tokens) - 1:
        return False
    before, hyphen, after = tokens[i - 1 : i + 2]
    tight = before.end == hyphen.start and hyphen.end == after.start
    return tight and before.key[-1].isalnum() | (before.key[-1] == ".") and after.key[0].isalpha()


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    prefixes: tuple[bool, ...]
    cased: tuple[str, ...] | None
    section: str
    meaning: str

    def fits(self, keys: Sequence[str], texts: Sequence[str], i: int) -> bool:
        """Tell whether the phrase stands at word `i`."""
        if i + len(self.words) > len(keys):
            return False
        for k, (word, prefix) in enumerate(zip(self.words, self.prefixes, strict=True)):
            key = keys[i + k]
            if not (key.startswith(word) if prefix else key == word):
                return False
        return self.cased is None or self._fits_case(texts[i : i + len(self.words)])

    def _fits_case(self, texts: Sequence[str]) -> bool:
        """Tell whether every word that the phrase writes with a capital is so written, or in capitals."""
        return all(
            word == word.lower() or text == text.upper() or (text.startswith(word) if prefix else text == word)
            for text, word, prefix in zip(texts, self.cased or (), self.prefixes, strict=True)
        )


class Lexicon:
    """The phrases of a language, each with its section and meaning.

    A trailing `*` on a word stands for any ending; a phrase with a capital letter matches only so, or in capitals.
    """

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        self._exact: dict[str, list[_Phrase]] = {}
        self._prefix: dict[str, list[_Phrase]] = {}
        for phrase, section, meaning in phrases:
            self._add(phrase, section, meaning)
        for listed in (*self._exact.values(), *self._prefix.values()):
            listed.sort(key=lambda phrase: -len(phrase.words))
        self._lengths = sorted({len(prefix) for prefix in self._prefix})

    def _add(self, phrase: str, section: str, meaning: str) -> None:
        words: list[Token] = []
        prefixes: list[bool] = []
        for part in phrase.split():
            tokens = tokenise(part.rstrip("*"))
            here = [tokens[i] for i in spoken(tokens)]
            words += here
            prefixes += [part.endswith("*") and word is here[-1] for word in here]
        keys = tuple(word.key for word in words)
        cased = tuple(fold(word.text) for word in words) if phrase != phrase.lower() else None
        made = _Phrase(keys, tuple(prefixes), cased, section, meaning)
        (self._prefix if prefixes[0] else self._exact).setdefault(keys[0], []).append(made)

    def scan(self, tokens: Sequence[Token]) -> list[Entry]:
        """Return every section's longest phrases at each token, in the order of the text."""
        visible = spoken(tokens)
        keys = [tokens[i].key for i in visible]
        texts = [fold(tokens[i].text) for i in visible]
        found: list[Entry] = []
        for i, key in enumerate(keys):
            longest: dict[str, int] = {}
            for phrase in self._candidates(key):
                words = len(phrase.words)
                if longest.get(phrase.section, words) == words and phrase.fits(keys, texts, i):
                    longest[phrase.section] = words
                    found.append(Entry(visible[i], visible[i + words - 1], phrase.section, phrase.meaning))
        return found

    def _candidates(self, key: str) -> list[_Phrase]:
        found = list(self._exact.get(key, ()))
        for length in self._lengths:
            if length > len(key):
                break
            found += self._prefix.get(key[:length], ())
        if len(found) > 1:
            found.sort(key=lambda phrase: (-len(phrase.words), -len(phrase.words[-1])))
        return found
