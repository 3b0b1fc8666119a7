"""What may go wrong, made on purpose: hostile addresses, servers and documents, and what becomes of them."""

from collections.abc import Sequence


def chosen(cases: Sequence, config, few: int) -> Sequence:
    """Return all cases in a full run, else a few from all over the list."""
    return cases if config.getoption("faults") == "full" else cases[:: max(1, len(cases) // few)]
