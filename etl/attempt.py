"""The extractor, tried on one article of many: its failure is told in a line and takes no other along."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from etl.errors import PlainError
from etl.language import known
from etl.model import Article

T = TypeVar("T")


class AttemptError(PlainError):
    """Why nothing was extracted from an article."""


def attempt(extractor: Callable[[Article], list[T]], article: Article) -> list[T]:
    """Return what an extractor finds in an article. Raises AttemptError whatever goes wrong."""
    if article.language not in known():
        raise AttemptError(f"there is no language file for {article.language!r}, only for {', '.join(known())}")
    try:
        return extractor(article)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        message = f"{type(error).__name__}: {' '.join(str(error).split())}"
        where = f"{Path(last.filename).name}:{last.lineno}"
        raise AttemptError(f"the extractor failed, please report it: {message} ({where})") from error
