"""Sentence -> the words that say which flow, direction, status or basis a number has."""

from etl.language import NO_CUES
from etl.model import Cue, Sentence


def find(sentence: Sentence, taken: frozenset[int] = frozenset()) -> list[Cue]:
    """Return the cues of a sentence, in order, none of them on a token in `taken`.

    Of the phrases that begin at a word the longest counts; a phrase of several sections gives a cue for each.
    """
    found: list[Cue] = []
    covered = -1
    entries = [entry for entry in sentence.entries if entry.section not in NO_CUES]
    for first in sorted({entry.first for entry in entries}):
        if first <= covered or first in taken:
            continue
        here = [entry for entry in entries if entry.first == first]
        last = max(entry.last for entry in here)
        covered = last
        start, end = sentence.tokens[first].start, sentence.tokens[last].end
        quote = sentence.text[start - sentence.start : end - sentence.start]
        found += [Cue(quote, start, end, entry.section, entry.meaning) for entry in here if entry.last == last]
    return found
