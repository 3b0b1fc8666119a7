"""Sentence -> the words that say which flow, direction, status or basis a number has."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from etl.language import NO_CUES
from etl.model import Cue, Phrase, Said, Sentence


def phrases(sentence: Sentence, taken: frozenset[int] = frozenset()) -> dict[int, Phrase]:
    """Return the phrases for cues of a sentence by their first token, in order, none on a token in `taken`.

    Of the phrases that begin at a word the longest counts.
    """
    found: dict[int, Phrase] = {}
    covered = -1
    for phrase in sentence.phrases:
        first, last, said = phrase
        if first > covered and first not in taken and tags(said):
            found[first] = phrase
            covered = last
    return found


@lru_cache(4096)
def tags(said: Said) -> Mapping[str, tuple[str, ...]]:
    """Return the meanings of a phrase as a cue, by section."""
    sections = [section for section, _ in said if section not in NO_CUES]
    return {section: tuple(meaning for name, meaning in said if name == section) for section in sections}


def of(sentence: Sentence, spoken: Mapping[int, Phrase]) -> list[Cue]:
    """Return the cues that phrases are: a phrase of several sections gives one for each."""
    return [cue for phrase in spoken.values() for cue in _cues(sentence, phrase)]


def _cues(sentence: Sentence, phrase: Phrase) -> Iterator[Cue]:
    start, end = sentence.tokens[phrase.first].start, sentence.tokens[phrase.last].end
    quote = sentence.text[start - sentence.start : end - sentence.start]
    for section, meaning in phrase.said:
        if section not in NO_CUES:
            yield Cue(quote, start, end, section, meaning)
