"""The extractor tried on one article of many."""

import pytest

from etl.attempt import AttemptError, attempt
from etl.model import Article


def test_what_is_found_is_returned():
    assert attempt(lambda article: [article.text], Article("a", "x")) == ["x"]


def test_a_failure_is_one_line_that_says_where():
    def broken(article):
        raise ZeroDivisionError("over\nseveral lines")

    with pytest.raises(AttemptError) as error:
        attempt(broken, Article("a", "x"))
    assert str(error.value).startswith(
        "the extractor failed, please report it: ZeroDivisionError: over several lines ("
    )
    assert "test_attempt.py:" in str(error.value)


def test_a_language_without_a_file_is_named():
    with pytest.raises(AttemptError, match="no language file for 'xx', only for en"):
        attempt(lambda article: [], Article("a", "x", language="xx"))
