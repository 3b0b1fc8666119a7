"""Sentence -> numbers with their unit, scale and qualifier."""

import math
import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from etl.extraction.mentions.elements import SHORT, Alphabet, Element, Grammar, elements
from etl.extraction.mentions.tender import NO_TENDER, Tender
from etl.language import Language
from etl.model import Entry, Quantity, Sentence

LETTERS = {
    "currencies": {"": "C"},
    "scales": {"": "S"},
    "numbers": {"": "W"},
    "units": {
        "%": "P",
        "pp": "D",
        "physical": "U",
    },
    "multiples": {"": "M"},
    "fractions": {"": "F"},
    "fold": {"": "O"},
    "periods": {
        "through": "T",
        "and": "A",
    },
}
NUMBERS = frozenset({"numbers", "multiples", "fractions"})  # words that may stand without a digit
NUMBER = "[NW]"
RANGE = "(?:-|T)"
SIGN = "[~+]?"
PATTERNS = (
    ("money range", rf"C(?P<low>{NUMBER})(?P<s1>S?)C?{RANGE}C?(?P<high>{NUMBER})(?P<s2>S?)"),
    ("money range", rf"(?P<low>{NUMBER})(?P<s1>S?){RANGE}(?P<high>{NUMBER})-?(?P<s2>S?)C"),
    ("money between", rf"C(?P<low>{NUMBER})(?P<s1>S?)AC?(?P<high>{NUMBER})(?P<s2>S?)"),
    ("money between", rf"(?P<low>{NUMBER})(?P<s1>S?)A(?P<high>{NUMBER})-?(?P<s2>S?)C"),
    ("money", rf"C{SIGN}(?P<low>{NUMBER})-?(?P<s1>S)(?:C(?!{NUMBER}))?|C(?P<low2>N)"),
    ("money", rf"(?P<low>{NUMBER})-?(?P<s1>S?)-?C"),
    ("percent range", rf"(?P<low>{SIGN}{NUMBER})P?{RANGE}(?P<high>{SIGN}{NUMBER})-?P"),
    ("percent between", rf"(?P<low>{SIGN}{NUMBER})P?A(?P<high>{SIGN}{NUMBER})-?P"),
    ("percent", rf"(?P<low>{SIGN}{NUMBER})-?P"),
    ("percent listed", rf"(?P<low>N)(?=A{NUMBER}-?P)"),
    ("points", rf"(?P<low>{SIGN}{NUMBER})-?D"),
    ("fold", rf"(?P<low>{NUMBER})-?O"),
    ("physical", rf"(?P<low>{NUMBER})-?(?P<s1>S?)-?U"),
    ("scaled", rf"(?P<low>{NUMBER})-?(?P<s1>S)"),
    ("multiple", r"M"),
    ("fraction", r"F"),
)
ALPHABET = Alphabet(LETTERS)
GRAMMAR = Grammar(pattern for _, pattern in PATTERNS)
RULES = tuple(zip((kind for kind, _ in PATTERNS), GRAMMAR.rules, strict=True))
PHYSICAL = "physical"
DOLLAR, DOLLAR_SIGN = "USD", "$"
ORDINALS = ("first", "second", "last", "fourth", "this", "previous", "same")
WORD_LENGTH = 6  # what a range word with its spaces may take
UNITS = {"percent": "%", "points": "pp", "fold": "%", "multiple": "%", "fraction": "%", "physical": PHYSICAL}


def find(sentence: Sentence, language: Language, tender: Tender = NO_TENDER) -> list[Quantity]:
    """Return the quantities of a sentence, in order; a range is one, with both ends.

    `tender` decides between currencies of one name.
    """
    if not _has_number(sentence):
        return []
    row = [
        _leading(element, sentence) if element.letter == "S" else element for element in elements(sentence, ALPHABET)
    ]
    found: list[Quantity] = []
    for letters, at in GRAMMAR.runs(row):
        run, end = row[at : at + len(letters)], 0
        for hits in _known_hits(letters) if len(letters) <= SHORT else _hits(letters):
            match = _longest(hits, run, sentence) if hits[0][1].start() >= end else None
            if match is None:
                continue
            kind, hit = match
            quantity = _quantity(kind, hit, run, sentence, language, tender)
            if quantity:
                found.append(quantity)
            end = hit.end()
    return _restated_dollars(_share_scale(found, sentence), sentence)


def _has_number(sentence: Sentence) -> bool:
    return any(sentence.tokens[i].key[0].isdigit() for i in sentence.signs) or bool(sentence.of(*NUMBERS))


def _leading(element: Element, sentence: Sentence) -> Element:
    """Read a letter that is a scale and a currency (K) as the currency where its number follows."""
    after = sentence.tokens[element.last + 1 : element.last + 2]
    if not after or not after[0].key[0].isdigit():
        return element
    here = element.first, element.last
    money = next((entry for entry in sentence.of("currencies") if entry[:2] == here), None)
    return element._replace(letter="C", meaning=money.meaning) if money else element


def _restated_dollars(found: list[Quantity], sentence: Sentence) -> list[Quantity]:
    """Read a bare dollar sign in brackets behind another dollar as the American one: NZ$10 billion ($8.77 billion)."""
    read = list(found)
    for k, (one, two) in enumerate(pairwise(found), start=1):
        between = sentence.text[one.end - sentence.start : two.start - sentence.start]
        bare = two.quote[0] == DOLLAR_SIGN != one.quote[0]
        if bare and one.unit == two.unit and between.strip() == "(":
            read[k] = replace(two, unit=DOLLAR)
    return read


def _hits(letters: str) -> list[list[tuple[str, re.Match[str]]]]:
    """Return every reading that the letters of a run allow, by the element where it begins."""
    found: list[list[tuple[str, re.Match[str]]]] = []
    k = -1
    while (start := GRAMMAR.next(letters, k + 1)) is not None:
        k = start
        found.append([(kind, hit) for kind, rule in RULES if (hit := rule.match(letters, k))])
    return found


_known_hits = lru_cache(1024)(_hits)


def _share_scale(found: list[Quantity], sentence: Sentence) -> list[Quantity]:
    """Give an amount without a scale that of the next one: from $5.1 to $6.3 billion."""
    scaled = list(found)
    for k, (one, two) in enumerate(pairwise(found)):
        between = sentence.text[one.end - sentence.start : two.start - sentence.start]
        if one.unit == two.unit and abs(one.value) < 1000 <= abs(two.value) and len(between) <= WORD_LENGTH:
            scale = 10.0 ** (3 * (math.floor(math.log10(abs(two.value))) // 3))
            scaled[k] = replace(one, value=one.value * scale)
    return scaled


def _longest(
    hits: list[tuple[str, re.Match[str]]], row: list[Element], sentence: Sentence
) -> tuple[str, re.Match[str]] | None:
    fitting = [(kind, hit) for kind, hit in hits if _fits(kind, hit, row, sentence)]
    return max(fitting, key=lambda pair: pair[1].end(), default=None)


def _fits(kind: str, hit: re.Match[str], row: list[Element], sentence: Sentence) -> bool:
    """Tell whether a reading is right where letters alone are not enough."""
    if _is_cut(row[hit.end() - 1].last, sentence):
        return False
    before, _ = _qualifier_before(row[hit.start()].first, sentence)
    if kind.endswith("between"):
        return before == "between"
    if kind.endswith("listed"):
        return before != "between" and not re.fullmatch(r"(?:19|20)\d\d", sentence.tokens[row[hit.start()].first].text)
    if kind.endswith("range"):
        return "T" not in hit[0] or _is_range(kind, hit, row[hit.start()].first, sentence)
    if kind == "fraction":
        first = row[hit.start()].first
        timed = any(entry.first == first < entry.last for entry in sentence.of("periods"))
        return not timed and not any(_entry_ends(first, sentence, "periods", ordinal) for ordinal in ORDINALS)
    return True


def _is_cut(last: int, sentence: Sentence) -> bool:
    """Tell whether an expression breaks off in the middle of a word: 500 B2B meetings."""
    here, after = sentence.tokens[last], sentence.tokens[last + 1 : last + 2]
    return bool(after) and here.key[-1].isalpha() and here.end == after[0].start and after[0].key[0].isdigit()


def _is_range(kind: str, hit: re.Match[str], first: int, sentence: Sentence) -> bool:
    """Tell a range (5 to 9 percent) from a move (rose $5bn to $9bn, from 5 % to 9 %, in 2015 to $9bn)."""
    if re.fullmatch(r"(?:19|20)\d\d", sentence.tokens[first].text) or _entry_ends(first, sentence, "reference", "base"):
        return False
    if kind.startswith("percent") or not (hit["s1"] or hit[0][0] == "C"):
        return True
    led = _qualifier_before(first, sentence)[1]
    moves = (_entry_ends(led, sentence, "change", way) for way in ("up", "down"))
    return not (any(moves) or _entry_ends(led, sentence, "relation", "by"))


def _quantity(
    kind: str, hit: re.Match[str], row: list[Element], sentence: Sentence, language: Language, tender: Tender
) -> Quantity | None:
    first, last = row[hit.start()], row[hit.end() - 1]
    groups = hit.groupdict()
    low = _number(groups.get("low2") or groups.get("low"), hit, "low2" if groups.get("low2") else "low", row, language)
    if low is None and kind not in ("multiple", "fraction"):
        return None
    value = float(first.meaning) if low is None else low
    high = _number(groups.get("high"), hit, "high", row, language) if groups.get("high") else None
    scale, scale_high = _scales(hit, row)
    start, end = sentence.tokens[first.first].start, sentence.tokens[last.last].end
    before, lead = _qualifier_before(first.first, sentence)
    qualifier = "between" if high is not None else before or _qualifier_behind(last.last, sentence)
    sign = -1 if _signed(first.first, kind, sentence) else 1
    if kind == "fold":
        value = 100 * (value - 1)
    return Quantity(
        sentence.text[start - sentence.start : end - sentence.start],
        start,
        end,
        sign * _scaled(value, scale),
        None if high is None else sign * _scaled(high, scale_high),
        _unit(kind, hit, row, tender),
        qualifier,
        kind.split()[0],
        sentence.tokens[lead].start,
    )


def _scaled(number: float, scale: float) -> float:
    """Return a printed number times its scale, as exact as printed: 1.0027 trillion is 1002700000000."""
    return number if scale == 1 else float(Decimal(repr(number)) * Decimal(repr(scale)))


def _scales(hit: re.Match[str], row: list[Element]) -> tuple[float, float]:
    """Return the scale of the lower and the upper number: a scale said once holds for both."""
    groups = hit.groupdict()
    high = float(row[hit.start("s2")].meaning) if groups.get("s2") else 1.0
    low = float(row[hit.start("s1")].meaning) if groups.get("s1") else high
    return low, high


def _unit(kind: str, hit: re.Match[str], row: list[Element], tender: Tender) -> str | None:
    if kind.startswith("money"):
        return tender.choose(next(row[k].meaning for k in range(hit.start(), hit.end()) if row[k].letter == "C"))
    return UNITS.get(kind.split()[0])


def _number(
    letters: str | None, hit: re.Match[str], group: str, row: list[Element], language: Language
) -> float | None:
    if not letters:
        return None
    element = row[hit.end(group) - 1]
    value = float(element.meaning) if element.letter == "W" else parse(element.meaning, language.decimal)
    return -value if value is not None and letters[0] == "~" else value


def parse(printed: str, decimal: str) -> float | None:
    """Return the value of a printed number, or None where its separators make no sense.

    >>> parse("1,20,000", "."), parse("22,201", "."), parse("240.1", "."), parse("3,87", ".")
    (120000.0, 22201.0, 240.1, 3.87)
    """
    printed = re.sub(r"\s", "", printed)
    group = "," if decimal == "." else "."
    if re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{2,3}})*\{group}\d{{3}}(?:\{decimal}\d+)?", printed):
        return float(printed.replace(group, "").replace(decimal, "."))
    if re.fullmatch(r"\d+(?:[.,]\d+)?", printed):
        return float(printed.replace(",", "."))
    return None


def _signed(first: int, kind: str, sentence: Sentence) -> bool:
    """Tell whether a minus is said in words before a number, or printed before a percentage."""
    if kind.startswith("money") and first and not sentence.tokens[first - 1].key.isalpha():
        return False
    clings = first and (sentence.tokens[first - 1].key.isalpha() or _touches(first - 1, sentence))
    return bool(clings) and kind.split()[0] in ("percent", "money") and _entry_ends(first, sentence, "signs", "minus")


def _touches(i: int, sentence: Sentence) -> bool:
    """Tell whether a token stands right before the next, without a space."""
    return sentence.tokens[i].end == sentence.tokens[i + 1].start


def _entry_ends(first: int, sentence: Sentence, section: str, meaning: str) -> bool:
    """Tell whether an entry ends right before token `first`."""
    return any(entry.last == first - 1 and entry.meaning == meaning for entry in sentence.of(section))


def _qualifier_behind(last: int, sentence: Sentence) -> str:
    return next((entry.meaning for entry in sentence.of("trailers") if entry.first == last + 1), "exact")


def _moves_up_to(begin: int, sentence: Sentence) -> bool:
    """Tell whether "up to" at token `begin` is the end of a move (edged up to), not a limit."""
    movers = sentence.of("change", "flow", "weak_flow", "bare_flow")
    return any(entry.first < begin and entry.last in (begin - 1, begin) for entry in movers)


def _qualifier_before(first: int, sentence: Sentence) -> tuple[str, int]:
    """Return the qualifier before token `first`, over words that add nothing, and the token where it begins."""
    at = first - 1
    while entry := _qualifier_at(at, sentence):
        if entry.meaning == "limit":
            return ("", first) if _moves_up_to(entry.first, sentence) else ("at_most", entry.first)
        if entry.section == "qualifiers":
            return entry.meaning, entry.first
        at = entry.first - 1
    return "", first


def _qualifier_at(last: int, sentence: Sentence) -> Entry | None:
    """Return the qualifier that ends at a token, else the word there that adds nothing; the longest."""
    ending = [entry for entry in sentence.of("qualifiers", "fillers") if entry.last == last]
    return max(ending, key=lambda entry: (entry.section, -entry.first), default=None)
