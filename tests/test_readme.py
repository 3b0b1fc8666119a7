"""The pictures of the README are there, small, and those that are taken."""

import re

from tests.making import ROOT
from tests.screenshots import FOLDER, SHOTS

LARGEST = 150_000


def test_the_readme_shows_every_picture_and_each_is_small():
    shown = re.findall(r"!\[[^]]+\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))
    files = [ROOT / path for path in shown]
    assert sorted(files) == sorted(FOLDER.iterdir())
    assert {file.stem for file in files} == set(SHOTS)
    assert max(file.stat().st_size for file in files) <= LARGEST
