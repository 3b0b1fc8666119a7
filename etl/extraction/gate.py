"""Text -> whether it may state a trade figure at all, told before anything is parsed."""

import re

from etl.language import Language

DIGITS = "0123456789"  # looked for before NUMBER, which takes a hundred times as long
NUMBER = re.compile(r"\d")


def passes(text: str, language: Language) -> bool:
    """Tell whether a text has a number and a word for a trade flow; most texts have not."""
    if not (any(digit in text for digit in DIGITS) or (not text.isascii() and NUMBER.search(text))):
        return False
    lowered = text.casefold()
    return any(stem in lowered for stem in language.gate)
