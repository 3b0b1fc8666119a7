"""Sentence -> expressions of time, resolved against the day of publication."""

import re
from functools import lru_cache

from etl.extraction.mentions import fiscal, relative, resolvers
from etl.extraction.mentions.clock import YEAR_NUMBER, Clock
from etl.extraction.mentions.elements import OTHER, SHORT, Alphabet, Element, Grammar, elements
from etl.extraction.mentions.parts import Builder, Parts
from etl.model import PeriodMention, Sentence

LETTERS = {
    "months": {"": "M"},
    "numbers": {"": "N"},
    "periods": {
        "last": "L",
        "this": "T",
        "next": "X",
        "previous": "P",
        "same": "S",
        "earlier": "E",
        "year": "a",
        "whole": "g",
        "that": "i",
        "half": "h",
        "half_year": "H",
        "quarter": "q",
        "month": "m",
        "fiscal": "f",
        "period": "p",
        "first": "1",
        "second": "2",
        "third": "3",
        "fourth": "4",
        "through": "J",
        "ended": "c",
        "and": "&",
        "of": "o",
        "the": "t",
        "between": "B",
        "since": "s",
        "so_far": "z",
        "into": "I",
        "day": "d",
        "end": "e",
        "later": "R",
        "following": "G",
        "to_come": "v",
        "part": "k",
    },
}
YEAR = "(?:,?Y|o?t?Y|o?[LTX]a|o?t[LPT]a)"
MONTH = r"M\.?"
DAY = rf"(?:{MONTH}N(?:,?Y,?)?|N{MONTH}(?:,?Y)?)"
PATTERNS: tuple[tuple[str, Builder], ...] = (
    (rf"(?:t?Nm)?o?{DAY}J{DAY}", resolvers.days),
    (rf"B{DAY}&{DAY}", resolvers.days),
    (rf"{DAY}|k-?{MONTH}", resolvers.mere_date),
    (rf"s(?:M\.?{YEAR}|{YEAR}|N)", relative.since),
    (rf"sL?{MONTH}", relative.since_month),
    (rf"o?{MONTH}Y?[-J_]{MONTH}(?:o?t?[LTP]fa?|{YEAR}?(?:[pq]{YEAR}?)?)", resolvers.month_range),
    (rf"B{MONTH}Y?&{MONTH}{YEAR}?", resolvers.between_months),
    (rf"{MONTH}&{MONTH}{YEAR}?", resolvers.month_range),
    (rf"{MONTH}{YEAR}?", resolvers.month),
    (rf"o?t?1Ndo?{MONTH}{YEAR}?", resolvers.first_days),
    (rf"e{MONTH}{YEAR}?", resolvers.year_to_month),
    (rf"e(?:{YEAR}|t?a)", resolvers.year_end),
    (rf"t?1N?m{YEAR}?", resolvers.first_months),
    (rf"t?[L4]Nm{YEAR}", resolvers.last_months),
    (r"t?1N?mo?t?Y[-/][NY]", resolvers.first_months),
    (rf"t?1N?mo?t?(?:{YEAR})?o?t?[LTP]?f(?:Y|N)?(?:[-/][YN])?", resolvers.first_months),
    (rf"Nm(?:{YEAR}|I{YEAR}|Ita)", resolvers.first_months),
    (r"tNm", resolvers.the_months),
    (rf"(?:t?[LP]?Nm|t?a)[Jc]o?{MONTH}{YEAR}?", resolvers.months_to),
    (rf"[1234]q{YEAR}?", resolvers.quarter),
    (rf"t?1Nq{YEAR}?", resolvers.quarters),
    (rf"qN{YEAR}?|NqY?", resolvers.quarter),
    (r"[1234]fq(?:Y)?|[1234]qo?t?[LTP]?fY?(?:[-/][YN])?", resolvers.quarter),
    (rf"[124][hH]{YEAR}?", resolvers.half),
    (r"t?H", relative.half_year),
    (r"Nm", relative.twelve_months),
    (rf"hN{YEAR}?|NhY?", resolvers.half),
    (r"[12][hH]o?t?[LTP]?fY?(?:[-/][YN])?", resolvers.half),
    (r"fY(?:[-/][YN])?|fN(?:[-/]N)?|t?[LTX]fa?", fiscal.year),
    (r"B?fN[-J&]fN", fiscal.years),
    (rf"t?fa?(?:t?c|J)o?{MONTH}{YEAR}?", resolvers.months_to),
    (r"t?Pfa?", relative.year_earlier),
    (r"tfa?", relative.context),
    (rf"c{MONTH}", resolvers.month),
    (rf"co{MONTH}", resolvers.mere_date),
    (r"mo?t?Y(?:[-/][NY])?", resolvers.mere_date),
    (r"o?t?Y[-/][NY]", fiscal.split_year),
    (rf"t?[LTP]?f?(?:a|f)(?:t?c|J)o?{DAY}", fiscal.year_to_day),
    (r"(?:t?[LTX]|t[LT])[mq]", relative.last_unit),
    (r"t?P[mqhp]|t?PNm|t[mq]E|NmE|t?L[mq]E", relative.one_earlier),
    (r"t?aE[mqhp]?|t?Pa|ta[mqhp]", relative.year_earlier),
    (r"NaE", relative.years_ago),
    (r"t?aR|tGa", relative.year_later),
    (rf"e?t?S(?:[pqmah]|Nm|M\.?)(?:{YEAR}|o?taE|o?t?Pa|aE)?", relative.same),
    (r"t?SYp|t?SY", relative.same),
    (r"t?S(?:[pqmah]|Nm)o?t?f?Y[-/][NY]", relative.same),
    (r"zo?(?:Ta|Y)?|z", relative.year_to_date),
    (r"t?[LTX]a", resolvers.year),
    (r"t?XN[am]|t?v", relative.to_come),
    (r"o?t?a?(?:YJY|BY&Y)", resolvers.years),
    (r"t?ao?Y|Y", resolvers.year),
    (r"t?(?:[L4]|1)mo?t?(?:Y|[LTP]a)", resolvers.end_month),
    (r"t?go?t?Y[-/][NY]", fiscal.split_year),
    (r"t?go?Y", resolvers.year),
    (r"t?g", relative.whole_year),
    (r"ia", relative.that_year),
    (r"iN?[mq]", relative.that_one),
    (r"ta", relative.running_year),
    (r"t[mqh]|i[hH]", relative.context),
)
SMALL_NUMBER = re.compile(r"\d{1,2}")
ALPHABET = Alphabet(LETTERS)
GRAMMAR = Grammar(pattern for pattern, _ in PATTERNS)
RULES = tuple(zip(GRAMMAR.rules, (builder for _, builder in PATTERNS), strict=True))


def find(sentence: Sentence, now: Clock, taken: frozenset[int] = frozenset()) -> list[PeriodMention]:
    """Return the expressions of time of a sentence, in order, none of them on a token in `taken`."""
    row = [
        element._replace(letter=_dated(element.meaning)) if element.letter == "N" else element
        for element in elements(sentence, ALPHABET, taken)
    ]
    return [
        _mention(row[at + begin : at + end], builder, sentence, now)
        for letters, at in GRAMMAR.runs(row)
        for begin, end, builder in (_known(letters) if len(letters) <= SHORT else _read(letters))
    ]


def _read(letters: str) -> list[tuple[int, int, Builder]]:
    """Return where the expressions of time in a run begin and end, the longest first, and what builds each."""
    found: list[tuple[int, int, Builder]] = []
    end = 0
    while (k := GRAMMAR.next(letters, end)) is not None:
        hits = [(hit.end(), builder) for rule, builder in RULES if (hit := rule.match(letters, k))]
        end, builder = max(hits, key=lambda pair: pair[0])
        found.append((k, end, builder))
    return found


_known = lru_cache(1024)(_read)


@lru_cache(1024)
def _dated(digits: str) -> str:
    """Tell a year (Y) from another whole number (N); a number with decimals is neither."""
    return "Y" if YEAR_NUMBER.fullmatch(digits) else "N" if SMALL_NUMBER.fullmatch(digits) else OTHER


def _mention(row: list[Element], builder: Builder, sentence: Sentence, now: Clock) -> PeriodMention:
    period, relation, floating = builder(Parts(row, now))
    start, end = sentence.tokens[row[0].first].start, sentence.tokens[row[-1].last].end
    quote = sentence.text[start - sentence.start : end - sentence.start]
    depends = any(element.letter == "f" for element in row) or builder is fiscal.split_year
    return PeriodMention(quote, start, end, period, relation, floating, depends)
