"""Sentence -> economies and groups of economies, by name, adjective or seat of government."""

from etl.model import Area, Entry, Sentence

SECTIONS = ("areas", "pairs", "places")


def find(sentence: Sentence, taken: frozenset[int] = frozenset()) -> list[Area]:
    """Return the areas of a sentence, in order, none of them on a token in `taken`."""
    entries = [entry for entry in sentence.entries if entry.section in SECTIONS]
    entries.sort(key=lambda entry: (entry.first, -entry.last))
    found: list[Area] = []
    covered = -1
    for entry in entries:
        if entry.first > covered and entry.first not in taken:
            covered = entry.last
            if entry.section != "places":
                found.append(_area(entry, sentence))
    return found


def _area(entry: Entry, sentence: Sentence) -> Area:
    start, end = sentence.tokens[entry.first].start, sentence.tokens[entry.last].end
    return Area(sentence.text[start - sentence.start : end - sentence.start], start, end, entry.meaning)
