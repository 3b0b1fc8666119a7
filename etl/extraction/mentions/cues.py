"""Sentence -> the words that say which flow, direction, status or basis a number has."""

from etl.language import NO_CUES
from etl.model import Cue, Entry, Sentence


def find(sentence: Sentence, taken: frozenset[int] = frozenset()) -> list[Cue]:
    """Return the cues of a sentence, in order, none of them on a token in `taken`.

    Of the phrases that begin at a word the longest counts; a phrase of several sections gives a cue for each.
    """
    found: list[Cue] = []
    covered = -1
    entries: dict[int, list[Entry]] = {}
    for entry in sentence.entries:
        if entry.section not in NO_CUES:
            entries.setdefault(entry.first, []).append(entry)
    for first, here in entries.items():
        if first <= covered or first in taken:
            continue
        last = max(entry.last for entry in here)
        covered = last
        start, end = sentence.tokens[first].start, sentence.tokens[last].end
        quote = sentence.text[start - sentence.start : end - sentence.start]
        found += [Cue(quote, start, end, entry.section, entry.meaning) for entry in here if entry.last == last]
    return found
