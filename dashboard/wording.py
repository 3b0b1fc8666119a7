"""How amounts, per cents and counts are written."""

from functools import cache
from typing import Protocol

from etl.language import currency_sign

NBSP, MINUS, DASH = "\u00a0", "\u2212", "–"
SCALES = ((1e12, "tn", "Trillion"), (1e9, "bn", "Billion"), (1e6, "mn", "Million"), (1.0, "", ""))


class Figure(Protocol):
    """What a stated figure must have to be written."""

    @property
    def measure(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> float: ...  # noqa: D102
    @property
    def value_high(self) -> float | None: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def qualifier(self) -> str: ...  # noqa: D102


def figure(of: Figure) -> str:
    r"""Return a figure with qualifier, sign and unit.

    >>> from types import SimpleNamespace as F
    >>> figure(F(measure="level", value=240e9, value_high=None, unit="USD", qualifier="at_least"))
    '>\xa0$240\xa0bn'
    >>> figure(F(measure="growth", value=26.3, value_high=None, unit="%", qualifier="exact"))
    '+26.3\xa0%'
    """
    converted = f"≈{NBSP}" if getattr(of, "printed", None) else ""
    return converted + _sign_of(of) + bare_figure(of)


def bare_figure(of: Figure) -> str:
    """Return a figure with its sign and unit, without its qualifier."""
    signed = of.measure in ("growth", "change")
    if of.unit in ("%", "pp"):
        return _percent(of, signed)
    return money(of.value, of.unit, of.value_high, signed=signed)


def money(value: float, unit: str, high: float | None = None, *, signed: bool = False) -> str:
    """Return an amount in the largest scale that it fills: `$240.1 bn`, `CN¥1.74 tn`."""
    divisor, scale, _ = scale_of(value if high is None else max(value, high, key=abs))
    sign = MINUS if value < 0 else "+" if signed else ""
    low = _digits(abs(value) / divisor)
    numbers = low if high is None else f"{low}{DASH}{_digits(abs(high) / divisor)}"
    return f"{sign}{symbol(unit)}{numbers}{NBSP if scale else ''}{scale}"


def scale_of(value: float) -> tuple[float, str, str]:
    """Return the divisor, the short and the long name of the scale an amount is written in."""
    return next((scale for scale in SCALES if abs(value) >= scale[0] * 0.99999), SCALES[-1])


def qualifier_word(of: Figure) -> str:
    """Return how sure a figure is, in words that agree with its sign: a larger deficit lies lower."""
    if of.qualifier in ("exact", "about", "between"):
        return {"between": "range"}.get(of.qualifier, of.qualifier)
    words = {"at_least": "at least", "at_most": "at most"}[of.qualifier]
    if of.value >= 0:
        return words
    return f"{'deficit' if of.measure == 'level' else 'fall'} of {words}"


def bound(of: Figure) -> str:
    """Return which way a figure is open on the axis: `up`, `down`, or nothing."""
    if of.qualifier not in ("at_least", "at_most"):
        return ""
    return "up" if (of.qualifier == "at_least") == (of.value >= 0) else "down"


def number(value: float) -> str:
    """Return a plain number with a true minus sign and at most four decimals."""
    return (MINUS if value < 0 else "") + _digits(abs(value))


def unbroken(text: str) -> str:
    """Return a text in which no line ends behind a minus sign."""
    return text.replace(MINUS, f"{MINUS}\u2060")


def count(number_of: int, noun: str, plural: str | None = None) -> str:
    """Return `1 article`, `2 articles`, `1,525 articles`."""
    return f"{number_of:,}{NBSP}{noun if number_of == 1 else plural or noun + 's'}"


def _sign_of(of: Figure) -> str:
    if of.qualifier == "about":
        return "~"
    return {"up": f">{NBSP}", "down": f"<{NBSP}"}.get(bound(of), "")


def _percent(of: Figure, signed: bool) -> str:
    sign = MINUS if of.value < 0 else "+" if signed and of.value > 0 else ""
    numbers = _digits(abs(of.value))
    if of.value_high is not None:
        numbers += f"{DASH}{_digits(abs(of.value_high))}"
    return f"{sign}{numbers}{NBSP}{of.unit}"


def _digits(value: float) -> str:
    text = f"{value:,.4f}" if value >= 1 or value == 0 else f"{value:.3g}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@cache
def symbol(unit: str) -> str:
    """Return a currency's sign, or its code and a space where it has none."""
    sign = currency_sign(unit)
    return f"{sign}{NBSP}" if sign == unit else sign
