"""The options of the tests."""


def pytest_addoption(parser):
    parser.addoption("--faults", choices=("few", "full"), default="few", help="how many faults are tried")
