"""A sentence cut at the figures in it: which stretch is which claim."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.model import Claim

AROUND = 90


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence, and the claim whose figure it is."""

    text: str
    claim_id: str | None = None


def pieces(claim: Claim, others: Sequence[Claim]) -> list[Piece]:
    """Return the sentence of a claim in pieces; figures of other claims of the sentence are marked too."""
    start = _sentence_start(claim, others)
    found = [claim, *(other for other in others if other.claim_id != claim.claim_id)]
    spans = [(one.start - start, one.end - start, one.claim_id) for one in found if _stands(one, start)]
    return list(_cut(claim.sentence, apart(spans)))


def around(cut: Sequence[Piece], claim_id: str, width: int = AROUND) -> list[Piece]:
    """Return the pieces near a claim's figure, with an ellipsis where text was left out."""
    at = next((i for i, piece in enumerate(cut) if piece.claim_id == claim_id), 0)
    before = Piece(_shortened("".join(piece.text for piece in cut[:at]), width, left=True))
    after = Piece(_shortened("".join(piece.text for piece in cut[at + 1 :]), width, left=False))
    return [piece for piece in (before, *cut[at : at + 1], after) if piece.text]


def _sentence_start(claim: Claim, others: Sequence[Claim]) -> int:
    """Return where the sentence begins in its article: the place at which most of its quotes stand."""
    starts = [claim.start - at for at in _occurrences(claim.sentence, claim.quote)]
    return max(starts, key=lambda start: sum(_stands(one, start) for one in others), default=claim.start)


def _occurrences(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


def _stands(claim: Claim, start: int) -> bool:
    first = claim.start - start
    return first >= 0 and claim.sentence[first : claim.end - start] == claim.quote


def apart(spans: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return spans in their order, each with its key; of two that overlap, the one named first."""
    kept: list[tuple[int, int, str]] = []
    for span in spans:
        at = bisect_left(kept, span)
        if all(span[1] <= other[0] or span[0] >= other[1] for other in kept[max(at - 1, 0) : at + 1]):
            kept.insert(at, span)
    return kept


def _cut(sentence: str, spans: Sequence[tuple[int, int, str]]) -> Iterator[Piece]:
    end = 0
    for first, last, claim_id in spans:
        yield Piece(sentence[end:first])
        yield Piece(sentence[first:last], claim_id)
        end = last
    yield Piece(sentence[end:])


def _shortened(text: str, width: int, *, left: bool) -> str:
    if len(text) <= width + 12:
        return text
    if left:
        return "… " + text[-width:].partition(" ")[2]
    return text[:width].rpartition(" ")[0] + " …"
