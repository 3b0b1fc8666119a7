"""Sentence -> the words that say which flow, direction, status or basis a number has."""

from collections.abc import Mapping

from etl.language import NO_CUES
from etl.model import Cue, Entry, Sentence


def phrases(sentence: Sentence, taken: frozenset[int] = frozenset()) -> dict[int, list[Entry]]:
    """Return the phrases for cues of a sentence by their first token, in order, none on a token in `taken`.

    Of the phrases that begin at a word the longest counts, and those of its length: a sentence lists these first.
    """
    found: dict[int, list[Entry]] = {}
    covered = -1
    for entry in sentence.entries:
        first, last, section, _ = entry
        if section in NO_CUES or first in taken:
            continue
        if first > covered:
            found[first] = [entry]
            covered = last
        elif last == covered and first in found:
            found[first].append(entry)
    return found


def of(sentence: Sentence, spoken: Mapping[int, list[Entry]]) -> list[Cue]:
    """Return the cues that phrases are: a phrase of several sections gives one for each."""
    return [_cue(sentence, entry) for here in spoken.values() for entry in here]


def _cue(sentence: Sentence, entry: Entry) -> Cue:
    start, end = sentence.tokens[entry.first].start, sentence.tokens[entry.last].end
    return Cue(sentence.text[start - sentence.start : end - sentence.start], start, end, entry.section, entry.meaning)
