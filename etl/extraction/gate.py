"""Text -> whether it may state a trade figure at all, told before anything is parsed."""

import re

from etl.language import Language

NUMBER = re.compile(r"\d")


def passes(text: str, language: Language) -> bool:
    """Tell whether a text has a number and a word for a trade flow; most texts have not."""
    if NUMBER.search(text) is None:
        return False
    lowered = text.casefold()
    return any(stem in lowered for stem in language.gate)
