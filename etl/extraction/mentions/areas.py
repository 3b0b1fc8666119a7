"""Sentence -> economies and groups of economies, by name, adjective or seat of government."""

from etl.model import Area, Entry, Sentence

SECTIONS = ("areas", "pairs", "places")
ALPHA3, WORLD = 3, "WLD"
OUTSIDE = "NON-"  # before the code of the economy that is left out


def find(sentence: Sentence, taken: frozenset[int] = frozenset()) -> list[Area]:
    """Return the areas of a sentence, in order, none of them on a token in `taken`."""
    entries = sorted(sentence.of(*SECTIONS), key=lambda entry: (entry.first, -entry.last))
    found: list[Area] = []
    covered = -1
    for entry in entries:
        if entry.first > covered and entry.first not in taken and not _is_epithet(entry, sentence):
            covered = entry.last
            if entry.section != "places":
                found.append(_area(entry, sentence))
    return found


def _is_epithet(entry: Entry, sentence: Sentence) -> bool:
    """Tell whether a name is only a part of what stands for another economy: the world's second-largest economy."""
    if entry.meaning != WORLD:
        return False
    return any(other.first == entry.last and other.last > entry.last for other in sentence.of("anaphor"))


def _area(entry: Entry, sentence: Sentence) -> Area:
    start, end = sentence.tokens[entry.first].start, sentence.tokens[entry.last].end
    excepted = len(entry.meaning) == ALPHA3 and entry.meaning != WORLD and _is_excepted(entry, sentence)
    quote = sentence.text[start - sentence.start : end - sentence.start]
    return Area(quote, start, end, OUTSIDE + entry.meaning if excepted else entry.meaning)


def _is_excepted(entry: Entry, sentence: Sentence) -> bool:
    """Tell whether an area is named as the one left out: non-U.S. markets, countries other than China."""
    before = entry.first - (2 if entry.first and sentence.tokens[entry.first - 1].text == "-" else 1)
    return any(other.last == before for other in sentence.of("except"))
