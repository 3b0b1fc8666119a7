"""A refresh that is killed at any instant loses nothing, and the next one ends where an undisturbed one does.

`python -m tests.benchmarks.kill` does the same for 30 instants and more.
"""

import os

import pytest

from tests.killing import claims_by_article, kill_at, rows, seconds_of_refresh, world
from tests.making import etl

SHARES = (0.5, 0.7, 0.8, 0.95)  # of a refresh; before that, Python is still at its imports


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL here")
def test_a_killed_refresh_leaves_whole_articles_and_goes_on(tmp_path):
    sources = world(tmp_path, articles=100)
    seconds = seconds_of_refresh(sources, tmp_path / "whole.db")
    expected, articles = rows(tmp_path / "whole.db"), claims_by_article(tmp_path / "whole.db")
    assert len(articles) == 100
    for share in SHARES:
        command = ("refresh", "--sources", sources, "--database", tmp_path / f"{share}.db")
        seconds = kill_at(share, seconds, *command)
        held = claims_by_article(tmp_path / f"{share}.db")
        assert held == {article: articles[article] for article in held}
        done = etl(*command)
        assert done.returncode == 0, done.stderr
        assert rows(tmp_path / f"{share}.db") == expected
