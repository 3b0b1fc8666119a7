"""Text -> tokens, and the phrases of a language found among them in linear time."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby
from operator import attrgetter

from etl.model import Phrase, Said, Token

LETTER = r"[^\W\d_][\u0300-\u036f]*"
LETTERS = r"[^\W\d_][a-z]*[^\W\d_]*(?:[\u0300-\u036f]+[^\W\d_]*)*"
TOKEN = re.compile(
    r"[a-z]{2,}+(?![\w'’\u0300-\u036f])"  # a plain word, as most are: it needs none of the looks below
    r"|\d\d{0,2}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?=[ \u00a0\u202f]?[a-z%])"  # a number in groups: 4 804 million
    r"|\d\d*(?:[.,]\d+)*"  # a number with its separators
    rf"|{LETTER}\.(?:{LETTER}\.)+"  # initials: U.S.
    r"|['’][sS]\b"  # a possessive ending
    rf"|{LETTERS}(?:['’](?![sS]\b){LETTERS})*"  # a word
    r"|[^\w\s]"  # a sign
)
HYPHENS = frozenset("-‐‑–")
TOKEN_OF = partial(tuple.__new__, Token)  # quicker than Token._make, which counts the fields
PHRASE_OF = partial(tuple.__new__, Phrase)
KNOWN = 2**14  # words and pairs of words that are remembered with what was found out about them


def fold(word: str) -> str:
    """Return a word without accents, with straight apostrophes; case is kept."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word).replace("’", "'")
    return "".join(char for char in decomposed if not unicodedata.combining(char)) or word


def tokenise(text: str, start: int = 0, end: int | None = None) -> tuple[Token, ...]:
    """Return the tokens of a text, or of a stretch of it; offsets count in the text."""
    matches = list(TOKEN.finditer(text, start, len(text) if end is None else end))
    words = [match[0] for match in matches]
    begins, ends = map(re.Match.start, matches), map(re.Match.end, matches)
    return tuple(map(TOKEN_OF, zip(words, begins, ends, map(_key, words), strict=True)))


@lru_cache(KNOWN)
def _key(word: str) -> str:
    return fold(word).casefold()


def spoken(tokens: Sequence[Token]) -> Sequence[int]:
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
    number: int

    @property
    def length(self) -> int:
        """Return how many words it has."""
        return len(self.words)

    @property
    def rank(self) -> tuple[int, ...]:
        """Return what puts the longest phrases first, and in the order of the file those of a length."""
        return -len(self.words), -len(self.words[-1]), len(self.words[0]) * self.prefixes[0], self.number

    def fits(self, keys: Sequence[str], texts: Sequence[str], i: int) -> bool:
        """Tell whether the phrase, whose first word is that at `i`, goes on to its end there."""
        words = len(self.words)
        if i + words > len(keys):
            return False
        for k in range(1, words):
            if not self._fits_word(k, keys[i + k]):
                return False
        return self.cased is None or self._fits_case([fold(text) for text in texts[i : i + words]])

    def _fits_word(self, k: int, key: str) -> bool:
        return key.startswith(self.words[k]) if self.prefixes[k] else key == self.words[k]

    def _fits_case(self, texts: Sequence[str]) -> bool:
        """Tell whether every word that the phrase writes with a capital is so written, or in capitals."""
        return all(
            word == word.lower() or text == text.upper() or (text.startswith(word) if prefix else text == word)
            for text, word, prefix in zip(texts, self.cased or (), self.prefixes, strict=True)
        )


LENGTH, RANK = attrgetter("length"), attrgetter("rank")

_Phrases = tuple[_Phrase, ...]
ANY = ""  # stands for the second word of a phrase that has any ending


class Lexicon:
    """The phrases of a language, each with its section and meaning.

    A trailing `*` on a word stands for any ending; a phrase with a capital letter matches only so, or in capitals.
    """

    def __init__(self, phrases: Iterable[tuple[str, str, str]]) -> None:
        self._exact: dict[str, list[_Phrase]] = {}
        self._prefix: dict[str, list[_Phrase]] = {}
        for number, (phrase, section, meaning) in enumerate(phrases):
            self._add(phrase, section, meaning, number)
        self._lengths = sorted({len(prefix) for prefix in self._prefix})
        self._begun = lru_cache(KNOWN)(self._beginning)
        self._paired = lru_cache(KNOWN)(self._going_on)

    def _add(self, phrase: str, section: str, meaning: str, number: int) -> None:
        words: list[Token] = []
        prefixes: list[bool] = []
        for part in phrase.split():
            tokens = tokenise(part.rstrip("*"))
            here = [tokens[i] for i in spoken(tokens)]
            words += here
            prefixes += [part.endswith("*") and word is here[-1] for word in here]
        keys = tuple(word.key for word in words)
        cased = tuple(fold(word.text) for word in words) if phrase != phrase.lower() else None
        made = _Phrase(keys, tuple(prefixes), cased, section, meaning, number)
        (self._prefix if prefixes[0] else self._exact).setdefault(keys[0], []).append(made)

    def scan(self, tokens: Sequence[Token]) -> list[Phrase]:
        """Return every section's longest phrases at each token, in the order of the text, the longest first."""
        texts = [token.text for token in tokens]
        keys = [token.key for token in tokens]
        visible: Sequence[int] = range(len(tokens))
        if not HYPHENS.isdisjoint(texts):
            visible = spoken(tokens)
            texts, keys = [texts[i] for i in visible], [keys[i] for i in visible]
        found: list[tuple[int, int, Said]] = []
        begun = zip(visible, [*keys[1:], ANY], map(self._begun, texts), strict=True)
        for i, (at, following, (alone, longer)) in enumerate(begun):
            if (following in longer or ANY in longer) and (going_on := self._fitting(keys, texts, i)):
                for words, listed in groupby(going_on, LENGTH):
                    found.append((at, visible[i + words - 1], tuple((one.section, one.meaning) for one in listed)))
                sections = {one.section for one in going_on}
                alone = tuple(said for said in alone if said[0] not in sections)
            if alone:
                found.append((at, at, alone))
        return list(map(PHRASE_OF, found))

    def _beginning(self, word: str) -> tuple[Said, Mapping[str, _Phrases]]:
        """Return what a word as printed means alone, and the longer phrases that it begins, by their second word.

        Under `ANY` stand those whose second word has any ending.
        """
        key = _key(word)
        found = list(self._exact.get(key, ()))
        for length in self._lengths:
            if length > len(key):
                break
            found += self._prefix.get(key[:length], ())
        found.sort(key=RANK)
        longer: dict[str, _Phrases] = {}
        for phrase in found:
            if len(phrase.words) > 1:
                second = ANY if phrase.prefixes[1] else phrase.words[1]
                longer[second] = (*longer.get(second, ()), phrase)
        alone = [phrase for phrase in found if len(phrase.words) == 1 and phrase.fits([key], [word], 0)]
        return tuple((phrase.section, phrase.meaning) for phrase in alone), longer

    def _fitting(self, keys: Sequence[str], texts: Sequence[str], i: int) -> Sequence[_Phrase]:
        """Return every section's longest phrases that the word at `i` begins and the words behind it go on with."""
        candidates = self._paired(texts[i], keys[i + 1]) if i + 1 < len(keys) else ()
        found = [phrase for phrase in candidates if phrase.fits(keys, texts, i)]
        if len(found) < 2:
            return found
        longest: dict[str, int] = {}
        return [one for one in found if longest.setdefault(one.section, len(one.words)) == len(one.words)]

    def _going_on(self, word: str, following: str) -> _Phrases:
        """Return the phrases that begin with a word as printed and another behind it, the longest first."""
        _, longer = self._begun(word)
        opened = [phrase for phrase in longer.get(ANY, ()) if following.startswith(phrase.words[1])]
        return tuple(sorted([*longer.get(following, ()), *opened], key=RANK))
