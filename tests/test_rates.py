"""Reference rates: published values, and none where none was published."""

import subprocess
import sys
from datetime import date

import pytest

from etl import rates

YEAR = date(2023, 1, 1), date(2023, 12, 31)


@pytest.mark.parametrize(
    ("base", "quote", "day", "published", "value"),
    [
        ("EUR", "USD", date(2024, 2, 9), date(2024, 2, 9), 1.0772),
        ("EUR", "USD", date(2024, 2, 11), date(2024, 2, 9), 1.0772),  # a Sunday
        ("EUR", "USD", date(2023, 12, 31), date(2023, 12, 29), 1.1050),  # the end of a year
        ("USD", "EUR", date(2023, 12, 29), date(2023, 12, 29), 1 / 1.1050),
        ("EUR", "RUB", date(2022, 3, 1), date(2022, 3, 1), 117.201),
        ("EUR", "EUR", date(2022, 3, 1), date(2022, 3, 1), 1),
    ],
)
def test_the_rate_of_a_day_or_the_last_before(base, quote, day, published, value):
    found = rates.on(base, quote, day)
    assert found is not None
    assert found.day == published
    assert found.value == pytest.approx(value, rel=1e-9)


@pytest.mark.parametrize(
    ("quote", "day"),
    [
        ("USD", date(1998, 12, 31)),  # before the euro
        ("CNY", date(2005, 3, 31)),  # the day before the first one
        ("RUB", date(2022, 4, 1)),  # a month after the last one
        ("USD", date(2099, 1, 1)),
        ("SAR", date(2023, 6, 1)),  # never published
        ("XYZ", date(2023, 6, 1)),
    ],
)
def test_there_is_no_rate_where_none_was_published(quote, day):
    assert rates.on("EUR", quote, day) is None
    assert rates.average("EUR", quote, day, day) is None


@pytest.mark.parametrize(
    ("base", "quote", "value"),
    [("EUR", "USD", 1.0813), ("EUR", "CNY", 7.6600), ("EUR", "JPY", 151.99), ("EUR", "EUR", 1)],
)
def test_the_average_of_a_year_is_the_one_the_bank_publishes(base, quote, value):
    assert rates.average(base, quote, *YEAR) == pytest.approx(value, rel=5e-5)


@pytest.mark.parametrize("period", [(date(2022, 1, 1), date(2022, 12, 31)), (date(2004, 1, 1), date(2005, 12, 31))])
def test_a_part_of_a_period_gives_it_no_average(period):
    assert rates.average("EUR", "RUB", *period) is None
    assert rates.between("EUR", "RUB", *period)


def test_weekends_have_no_rate_of_their_own():
    week = rates.between("EUR", "USD", date(2024, 2, 5), date(2024, 2, 11))
    assert [rate.day.day for rate in week] == [5, 6, 7, 8, 9]


def test_rates_are_read_only_when_asked_for():
    program = "import sys, etl.rates; sys.exit('currency_converter' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0
