"""How well what is read agrees with what is annotated.

A statement is found when one that is read overlaps it; of several, the one that agrees on most fields. It is right in
its amount when value and unit agree too, and exact when all of `EXACT` does.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import isclose

from tests.gold.corpus import Annotated, Statement, extracted

WORLD = "WLD"
NAMED_GROUPS = {"EU", "EZ", "ASEAN", "OPEC", "G7", "BRICS", "EAEU", "AFRICA"}
TOLERANCE = 0.005  # prose rounds: a third is 33.33 %

Agreement = dict[str, bool]


@dataclass(frozen=True, slots=True)
class Error:
    """A statement that was missed or is wrong in the fields named by `kind`, or one that should not have been read."""

    kind: str
    text: Annotated
    truth: Statement | None
    read: Statement | None


@dataclass(slots=True)
class Score:
    """Counts over texts: statements annotated and read, hits by degree, agreement by field; and the errors."""

    annotated: int = 0
    read: int = 0
    hits: Counter[str] = field(default_factory=Counter)
    agreed: Counter[str] = field(default_factory=Counter)
    errors: list[Error] = field(default_factory=list)

    def precision(self, degree: str) -> float:
        """Return how many of the statements that were read are right, in percent."""
        return 100 * self.hits[degree] / max(self.read, 1)

    def recall(self, degree: str) -> float:
        """Return how many of the annotated statements were read rightly, in percent."""
        return 100 * self.hits[degree] / max(self.annotated, 1)

    def f1(self, degree: str) -> float:
        """Return the harmonic mean of precision and recall, in percent."""
        return 200 * self.hits[degree] / max(self.annotated + self.read, 1)

    def agreement(self, name: str) -> float:
        """Return in how many of the statements found a field is right, in percent."""
        return 100 * self.agreed[name] / max(self.hits["found"], 1)


def score(texts: Iterable[Annotated]) -> Score:
    """Read texts and compare."""
    total = Score()
    for text in texts:
        _compare(text, extracted(text.article), total)
    return total


def _compare(text: Annotated, read: list[Statement], total: Score) -> None:
    pairs = _pairs(text.statements, read)
    known, used = ({pair[side] for pair in pairs} for side in (0, 1))
    wrong = [one for one in read if one not in used and not _is_optional(text, one)]
    missed = [one for one in text.statements if one not in known]
    total.annotated += len(text.statements)
    total.read += len(pairs) + len(wrong)
    for truth, one, agreement in pairs:
        differing = [name for name in EXACT if not agreement[name]]
        total.hits.update(found=1, amount=int(agreement["amount"]), exact=int(not differing))
        total.agreed.update(name for name in CHECKS if agreement[name])
        if differing:
            total.errors.append(Error(" ".join(differing), text, truth, one))
    total.errors += [Error("missed", text, one, None) for one in missed]
    total.errors += [Error("spurious", text, None, one) for one in wrong]


def _pairs(truths: Iterable[Statement], read: list[Statement]) -> list[tuple[Statement, Statement, Agreement]]:
    """Return who goes with whom, each once, the best agreement first."""
    possible = [
        (truth, one, {name: check(truth, one) for name, check in CHECKS.items()})
        for truth in truths
        for one in read
        if truth.start < one.end and one.start < truth.end
    ]
    possible.sort(key=lambda pair: -sum(pair[2][name] for name in (*EXACT, "span")))
    chosen: list[tuple[Statement, Statement, Agreement]] = []
    for pair in possible:
        if not any(pair[0] is other[0] or pair[1] is other[1] for other in chosen):
            chosen.append(pair)
    return chosen


def _is_optional(text: Annotated, one: Statement) -> bool:
    return any(start < one.end and one.start < end for start, end in text.optional)


def _parties(one: Statement) -> list[str]:
    parties = [_party(one.reporter), _party(one.partner)]
    return sorted(parties) if one.flow == "trade" else parties


def _party(code: str | None) -> str:
    """Return a code to compare: groups without a code of their own go by many names."""
    codes = sorted((code or WORLD).split("+"))
    named = code in NAMED_GROUPS or all(len(one) == 3 and one.isupper() for one in codes)
    return "+".join(codes) if named else "another group"


def _amount(truth: Statement, one: Statement) -> bool:
    return truth.unit == one.unit and _close(truth.value, one.value) and _close(truth.value_high, one.value_high)


def _close(truth: float | None, one: float | None) -> bool:
    if truth is None or one is None:
        return truth is one
    return isclose(truth, one, rel_tol=TOLERANCE)


def _period(truth: Statement, one: Statement) -> bool:
    """Tell whether the period is right; where no careful reader could tell, any is."""
    days = (truth.period_start, truth.period_end)
    return days == (None, None) or days == (one.period_start, one.period_end)


CHECKS: dict[str, Callable[[Statement, Statement], bool]] = {
    "amount": _amount,
    "measure": lambda truth, one: truth.measure == one.measure,
    "flow": lambda truth, one: truth.flow == one.flow,
    "parties": lambda truth, one: _parties(truth) == _parties(one),
    "qualifier": lambda truth, one: truth.qualifier == one.qualifier,
    "status": lambda truth, one: truth.status == one.status,
    "period": _period,
    "product": lambda truth, one: (truth.product is None) == (one.product is None),
    "basis": lambda truth, one: truth.basis in (None, one.basis),
    "record": lambda truth, one: truth.record == one.record,
    "converts": lambda truth, one: truth.converts == one.converts,
    "span": lambda truth, one: (truth.start, truth.end) == (one.start, one.end),
}
EXACT = ("amount", "measure", "flow", "parties", "qualifier", "status", "period")
