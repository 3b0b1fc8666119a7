"""Numbers as addresses write them: plain, or with a scale."""

import re

SCALES = {"": 1.0, "k": 1e3, "m": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9, "tn": 1e12, "trn": 1e12}


def number(value: str | None) -> float | None:
    """Return a number, None for none. Raises ValueError where it is no number.

    >>> number("240bn"), number("−3.4"), number("1,500")
    (240000000000.0, -3.4, 1500.0)
    """
    if value is None:
        return None
    match = re.fullmatch(r"([-+−]?\d[\d,]*(?:\.\d+)?) ?([a-z]*)", value, re.ASCII | re.IGNORECASE)
    if match is None or match[2].lower() not in SCALES:
        raise ValueError(value)
    return float(match[1].replace(",", "").replace("−", "-")) * SCALES[match[2].lower()]
