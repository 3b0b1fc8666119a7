"""Kill a refresh at random instants, let the next one finish, and compare: `python -m tests.benchmarks.kill`."""

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path

from tests.killing import kill_at, rows, seconds_of_refresh, world
from tests.making import etl
from tests.site import serving


def main() -> int:
    """Print how many killed refreshes ended in the same rows as an undisturbed one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--instants", type=int, default=200)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder, serving() as site:
        os.environ["TRADETRACE_TRUSTED"] = site.address.removeprefix("http://")
        site.delay = 0.02
        sources = world(Path(folder), options.articles, site)
        seconds = seconds_of_refresh(sources, Path(folder) / "whole.db")
        expected = rows(Path(folder) / "whole.db")
        same = 0
        for number in range(options.instants):
            command = ("refresh", "--sources", sources, "--database", Path(folder) / f"{number}.db")
            seconds = kill_at(chance.uniform(0.05, 1), seconds, *command)
            etl(*command)
            same += rows(command[-1]) == expected
    line = f"{same} of {options.instants} killed refreshes ended in the rows of an undisturbed one\n"
    sys.stdout.write(line)
    return 0 if same == options.instants else 1


if __name__ == "__main__":
    sys.exit(main())
