"""Make a large database: `python -m tests.benchmarks.big --claims 1000000 --database PATH_OR_URL`.

Its claims are made up, over 150 pairs and 30 years; the n-th pair is reported 1/n as often as the first, that of China
and Russia.
"""

import argparse
import hashlib
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from time import perf_counter

from etl.model import Article, Claim
from etl.store import Edition, Store
from tests.making import CLAIM

CODES = "CHN RUS USA DEU JPN IND GBR FRA KOR BRA ITA MEX ESP NLD TUR SAU IDN POL"
PAIRS = list(combinations(CODES.split(), 2))[:150]
OFTEN = [1 / rank for rank in range(1, len(PAIRS) + 1)]
LAST, YEARS = 2025, 30
A_DAY = timedelta(days=1)
FLOWS = ("trade", "exports", "imports", "balance")
PERIODS = {"A": 50, "M": 25, "Q": 10, "YTD": 15}
UNITS = {"USD": 80, "EUR": 12, "CNY": 8}
QUALIFIERS = {"exact": 70, "about": 20, "at_least": 8, "at_most": 2}
WORDS = {"exact": "", "about": "about ", "at_least": "more than ", "at_most": "less than "}
PUBLISHERS = {f"Gazette {rank}": 1 / rank for rank in range(1, 301)}
CLAIMS_OF_ARTICLE = 4


def main() -> int:
    """Fill a database that is not there yet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--database", required=True)
    options = parser.parse_args()
    start = perf_counter()
    summary = fill(Store.open(options.database), options.claims)
    sys.stdout.write(f"{summary} claims in {perf_counter() - start:.0f} s\n")
    return 0


def fill(store: Store, claims: int) -> int:
    """Write made-up articles, a year of publication at a time; return how many claims they state."""
    chance, number = random.Random(1), store.begin_refresh()
    a_year = -(-claims // (YEARS * CLAIMS_OF_ARTICLE))
    for year in range(LAST - YEARS + 1, LAST + 1):
        store.write(number, list(_editions(chance, year, a_year)))
    store.finish_refresh(number)
    return YEARS * a_year * CLAIMS_OF_ARTICLE


def _editions(chance: random.Random, year: int, articles: int) -> Iterator[Edition]:
    for serial, pair in enumerate(chance.choices(PAIRS, OFTEN, k=articles)):
        key = hashlib.sha256(f"{year}/{serial}".encode()).hexdigest()[:32]
        yield _edition(chance, key, year, pair)


def _edition(chance: random.Random, key: str, year: int, pair: tuple[str, str]) -> Edition:
    freq, first, last = _period(chance, year)
    reporter, partner = chance.sample(pair, 2)
    said = "", []
    for flow in chance.sample(FLOWS, CLAIMS_OF_ARTICLE // 2):
        said = _sentence(chance, said, flow, f"{reporter} {flow} with {partner}", f"{first} to {last}")
    text, found = said
    article = Article(
        article_id=key,
        text=text,
        published=last + chance.randint(1, 40) * A_DAY,
        published_precision="day",
        title=f"{reporter} and {partner}, {first:%B %Y}",
        url=f"https://news.example/{key}",
        publisher=_chosen(chance, PUBLISHERS),
        kind="brief" if chance.random() < 0.1 else "article",
    )
    shared = {"period_start": first, "period_end": last, "freq": freq, "reporter": reporter, "partner": partner}
    shared["status"] = "forecast" if chance.random() < 0.05 else "actual"
    claims = tuple(_claim(article, number, shared | fields) for number, fields in enumerate(found))
    return Edition("made", f"{key}.txt", key, article, claims)


def _chosen(chance: random.Random, weights: dict[str, float]) -> str:
    return chance.choices(list(weights), list(weights.values()))[0]


def _period(chance: random.Random, year: int) -> tuple[str, date, date]:
    freq = _chosen(chance, PERIODS)
    months = {"A": 12, "M": 1, "Q": 3, "YTD": chance.randint(2, 11)}[freq]
    start = {"A": 1, "M": chance.randint(1, 12), "Q": 3 * chance.randint(0, 3) + 1, "YTD": 1}[freq]
    after = date(year + (start + months > 12), (start + months - 1) % 12 + 1, 1)
    return freq, date(year, start, 1), after - A_DAY


def _sentence(chance: random.Random, said: tuple[str, list], flow: str, what: str, when: str) -> tuple[str, list]:
    """Return a text with one more sentence, and the fields of its amount and its growth."""
    text, found = said
    unit, qualifier = _chosen(chance, UNITS), _chosen(chance, QUALIFIERS)
    amount, rate = round(chance.lognormvariate(2.5, 1), chance.choice((0, 1, 2))) + 1, round(chance.gauss(4, 9), 1)
    level, growth = f"{unit} {amount:g} billion", f"{rate:g}%"
    sentence = f"{what} came to {WORDS[qualifier]}{level} in {when}, a change of {growth} on the year before."
    given = {"flow": flow, "sentence": sentence}
    start = len(text) + bool(text)
    at, after = start + sentence.index(level), start + sentence.rindex(growth)
    found = [
        *found,
        given
        | {"measure": "level", "value": amount * 1e9, "unit": unit, "qualifier": qualifier}
        | {"quote": level, "start": at, "end": at + len(level)},
        given
        | {"measure": "growth", "value": rate, "unit": "%", "basis": "yoy", "qualifier": "exact"}
        | {"quote": growth, "start": after, "end": after + len(growth)},
    ]
    return f"{text} {sentence}".strip(), found


def _claim(article: Article, number: int, fields: dict) -> Claim:
    shared = ("article_id", "url", "publisher", "title", "published", "published_precision", "language", "kind")
    blank = {"partner": None, "record": False, "inferred": (), "basis": None, "rule": "made_up"}
    of_article = {name: getattr(article, name) for name in shared}
    own = {"claim_id": hashlib.sha256(f"{article.article_id}/{number}".encode()).hexdigest()[:32]}
    return Claim(**(LIKE | blank | of_article | fields | own))


LIKE = {name: getattr(CLAIM, name) for name in Claim.__slots__}

if __name__ == "__main__":
    sys.exit(main())
