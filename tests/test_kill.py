"""A refresh that is killed at any instant loses nothing, and the next one ends where an undisturbed one does.

`python -m tests.benchmarks.kill` does the same for 30 instants and more.
"""

import os

import pytest

from tests.killing import claims_by_article, kill_after, rows, seconds_of_refresh, world
from tests.making import etl

INSTANTS = 5


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL here")
def test_a_killed_refresh_leaves_whole_articles_and_goes_on(tmp_path):
    sources = world(tmp_path, articles=150)
    seconds = seconds_of_refresh(sources, tmp_path / "whole.db")
    expected, articles = rows(tmp_path / "whole.db"), claims_by_article(tmp_path / "whole.db")
    assert len(articles) == 150
    killed = 0
    for instant in range(INSTANTS):
        command = ("refresh", "--sources", sources, "--database", tmp_path / f"{instant}.db")
        killed += kill_after(seconds * (instant + 1) / (INSTANTS + 1), *command)
        held = claims_by_article(tmp_path / f"{instant}.db")
        assert held == {article: articles[article] for article in held}
        done = etl(*command)
        assert done.returncode == 0, done.stderr
        assert rows(tmp_path / f"{instant}.db") == expected
    assert killed > INSTANTS // 2
