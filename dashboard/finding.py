"""What a typed text may mean: economies and pairs, figures, publishers, titles, words of sentences."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from dashboard import components, naming, pasted, wording
from dashboard.context import href, store
from dashboard.quoting import around, pieces
from dashboard.selection import Selection
from dashboard.series import rounding
from dashboard.tables import chart_of
from etl.errors import PlainError
from etl.language import area_codes, area_phrases, folded
from etl.model import FLOWS, Article, Claim, Cue, Mention, Quantity
from etl.store import Pair, Query, Titled

WORDS_OF_A_NAME = 4
SHORTEST = 2  # letters of the beginning of a name
SEVERAL = 4
AROUND = 60  # characters on either side of a figure
WORD = re.compile(r"[^\s,;/–]+")
DIGITS = re.compile(r"\d[\d,]*(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Found:
    """A thing that a text may mean: its name, what is known of it, and its address."""

    text: str
    note: str
    address: str


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a text may mean, the likeliest first in each kind."""

    places: tuple[Found, ...]
    figures: tuple[Claim, ...]
    publishers: tuple[Found, ...]
    articles: tuple[Found, ...]
    sentences: tuple[Claim, ...]


def find(text: str, most: int) -> Findings:
    """Return what a text may mean, at most so many things of each kind."""
    seen = _mentions(text)
    figure = next((one for one in seen if isinstance(one, Quantity) and one.unit != "physical" and one.value), None)
    # A figure alone is found as such, in its sentences, however it is printed there.
    words = "" if figure and figure.quote == text.strip() else text
    return Findings(
        places=tuple(_places(text, _flow(seen)))[:most],
        figures=_figures(figure, most) if figure else (),
        publishers=tuple(_publisher(name) for name in store().publishers(text, most)) if text else (),
        articles=tuple(_titled(text, most)),
        sentences=_claims(store().said(words, most)),
    )


def groups(found: Findings) -> Iterator[tuple[str, Sequence[Found]]]:
    """Yield what was found by kind, each kind with its name; a claim by the address of its chart."""
    yield "Countries and pairs", found.places
    yield "Figures", [_stated(claim) for claim in found.figures]
    yield "Publishers", found.publishers
    yield "Articles", found.articles
    yield "Sentences", [_said(claim) for claim in found.sentences]


def _mentions(text: str) -> list[Mention]:
    try:
        return pasted.mentions(Article(article_id="", text=text))
    except PlainError:
        return []  # the words of a text are found all the same


def _flow(seen: Iterable[Mention]) -> tuple[str, ...]:
    flows = (one.meaning for one in seen if isinstance(one, Cue) and one.section == "flow")
    return tuple(dict.fromkeys(flow for flow in flows if flow in FLOWS))


def _places(text: str, flow: tuple[str, ...]) -> Iterator[Found]:
    """Yield the pairs of the economies that a text names, then these alone; of one economy its leading pairs."""
    known = _known()
    held = {frozenset(filter(None, pair)): pair for pair in known}
    order = list(dict.fromkeys(code for pair in known for code in pair if code))
    named = [held_of for codes in _named(text) if (held_of := _held(codes, order))]
    sought = [frozenset(pair) for one, other in combinations(named, 2) for pair in product(one, other)]
    pairs = dict.fromkeys(held[pair] for pair in sought if len(pair) > 1 and pair in held)
    alone = dict.fromkeys(code for codes in named for code in codes)
    if len(named) == 1:
        pairs_of_one = [pair for pair in known if pair[1] and named[0][0] in pair][:SEVERAL]
        yield from (_country(code, flow) for code in alone)
        yield from (_pair(pair, known[pair], flow) for pair in pairs_of_one)
    else:
        yield from (_pair(pair, known[pair], flow) for pair in pairs)
        yield from (_country(code, flow) for code in alone)


def _held(codes: Sequence[str], order: Sequence[str]) -> list[str]:
    """Return the codes that the database knows: first the one that is named in full, then the most reported."""
    return sorted({*codes}.intersection(order), key=lambda code: (code != codes[0], order.index(code)))


def _known() -> dict[Pair, int]:
    """Return how many articles state figures of each pair, most reported first."""
    return {(pair.one, pair.other): pair.articles for pair in store().pairs()}


def _named(text: str) -> Iterator[list[str]]:
    """Yield the economies that a text names, in its order; the last may be just begun and mean several."""
    words = WORD.findall(folded(text))
    at = 0
    while at < len(words):
        taken, codes = _name_at(words, at)
        yield from codes
        at += taken


def _name_at(words: Sequence[str], at: int) -> tuple[int, list[list[str]]]:
    """Return how many words a name at a place has, and the economies that it means, the word itself if none."""
    for end in range(min(len(words), at + WORDS_OF_A_NAME), at, -1):
        phrase = " ".join(words[at:end])
        exact = area_phrases().get(phrase) or (phrase.upper() if phrase.upper() in area_codes() else "")
        if "+" in exact:
            return end - at, [[code] for code in exact.split("+")]
        begun = _begun(phrase) if end == len(words) and len(phrase) >= SHORTEST else []
        if exact or begun:
            return end - at, [[exact, *begun]]
    return 1, []


def _begun(phrase: str) -> list[str]:
    return [code for name, code in area_phrases().items() if name.startswith(phrase) and "+" not in code]


def _pair(pair: Pair, articles: int, flow: tuple[str, ...]) -> Found:
    selection = Selection(reporter=pair[0], partner=pair[1], flow=flow)
    return Found(naming.pair_name(*pair), wording.count(articles, "article"), href("/pair", selection))


def _country(code: str, flow: tuple[str, ...]) -> Found:
    note = ", ".join([*flow, "all partners"])
    return Found(naming.area(code), note, href("/country", Selection(reporter=code, flow=flow)))


def _figures(figure: Quantity, most: int) -> tuple[Claim, ...]:
    """Return the claims within the rounding of a figure as it is typed, nearest first."""
    units = (figure.unit,) if figure.unit else ()
    return _claims(store().near(figure.value, _rounding(figure) * (1 + 1e-6), units, most))


def _rounding(figure: Quantity) -> float:
    """Return half a unit of the last digit that is printed."""
    printed = DIGITS.search(figure.quote)
    number = float(printed[0].replace(",", "")) if printed else 0.0
    if printed is None or not number:
        return rounding(figure.value, figure.unit or "")
    return 0.5 * abs(figure.value) / number / 10.0 ** len(printed[1] or "")


def _claims(ids: tuple[str, ...]) -> tuple[Claim, ...]:
    """Return claims in the order of their ids."""
    found = store().stated(Query(claim_ids=ids)) if ids else []
    return tuple(sorted(found, key=lambda claim: ids.index(claim.claim_id)))


def _publisher(name: str) -> Found:
    return Found(name, "publisher", href("/claims", Selection(publisher=(name,))))


def _titled(text: str, most: int) -> Iterator[Found]:
    for one in store().titled(text, most):
        yield Found(one.title, _where(one), components.article_address(one.article_id))


def _stated(claim: Claim) -> Found:
    note = f"{naming.full_name(claim)}, {naming.when(claim)} · {claim.publisher or 'publisher not known'}"
    return Found(wording.figure(claim), note, _address(claim))


def _said(claim: Claim) -> Found:
    words = "".join(piece.text for piece in around(pieces(claim, ()), claim.claim_id, AROUND))
    return Found(words, _where(claim), _address(claim))


def _where(one: Claim | Titled) -> str:
    published = naming.published(one.published, one.published_precision)
    return f"{one.publisher or 'publisher not known'}, {published}"


def _address(claim: Claim) -> str:
    return chart_of(claim) if claim.reporter else components.article_address(claim.article_id)
