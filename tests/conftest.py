"""What holds for every test: none reaches the network outside; and how many of the hostile cases run."""

import sys
from ipaddress import ip_address

import pytest

# Tests whose cases `--faults=full` runs all, and what it counts them as.
COUNTED = {
    "test_a_hostile_address_is_refused": "hostile addresses refused without a connection",
    "test_a_hostile_server_is_given_up": "hostile servers given up within their limits",
}
DIALLED: list[object] = []


class OutsideError(OSError):
    """A test dialled an address that is not this machine's."""


def outside(place: object) -> bool:
    host = place[0] if isinstance(place, tuple) else None
    return isinstance(host, str) and host != "localhost" and not ip_address(host.partition("%")[0]).is_loopback


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        DIALLED.append(arguments[1])
        if outside(arguments[1]):
            raise OutsideError(f"{arguments[1]} is not on this machine")


sys.addaudithook(watch)


@pytest.fixture(autouse=True)
def dialled():
    """Where a test connected to, which is never outside of this machine."""
    DIALLED.clear()
    yield DIALLED
    assert [place for place in DIALLED if outside(place)] == []


def pytest_addoption(parser):
    parser.addoption("--faults", choices=("few", "full"), default="few", help="how many hostile cases run")


def pytest_terminal_summary(terminalreporter, config):
    if config.getoption("faults") == "full":
        for name, words in COUNTED.items():
            ran = {
                outcome: sum(f"::{name}[" in report.nodeid for report in terminalreporter.stats.get(outcome, ()))
                for outcome in ("passed", "failed", "error")
            }
            if any(ran.values()):
                terminalreporter.write_line(f"{ran['passed']} of {sum(ran.values())} {words}")
