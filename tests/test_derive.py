"""Growth that printed levels imply: between neighbours alone, and as exact as the levels are."""

from datetime import date
from itertools import pairwise

import pytest

from etl.derive import Level, growth, growths


def level(year, value, rounding=0.5e9):
    return Level(f"claim{year}", date(year, 1, 1), date(year, 12, 31), value, rounding)


@pytest.mark.parametrize(
    ("before", "after", "value", "low", "high"),
    [
        ((100e9, 0), (126.3e9, 0), 26.3, 26.3, 26.3),
        ((190e9, 0.5e9), (240e9, 0.5e9), 26.316, 25.722, 26.913),
        ((240.1e9, 0.05e9), (244.8e9, 0.05e9), 1.958, 1.915, 2.0),
        ((2e9, 0.5e9), (1e9, 0.5e9), -50, -80, 0),
        ((5e9, 0.5e9), (5e9, 0.5e9), 0, -18.182, 22.222),
    ],
)
def test_the_growth_of_two_levels_is_as_exact_as_they_are(before, after, value, low, high):
    implied = growth(level(2022, *before), level(2023, *after))
    assert implied[2:] == pytest.approx((value, low, high), abs=5e-4)
    assert (implied.earlier.claim_id, implied.later.claim_id) == ("claim2022", "claim2023")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (level(2021, 190e9), level(2023, 240e9)),  # a year without a figure between them
        (level(2023, 190e9), level(2023, 240e9)),
        (level(2023, 190e9), level(2022, 240e9)),
        (level(2022, -5e9), level(2023, 5e9)),  # a balance that turns has no growth
        (level(2022, 0.5e9), level(2023, 5e9)),  # as printed it may be nothing
        (level(2022, 5e9), level(2023, -5e9)),
    ],
)
def test_no_growth_is_implied(before, after):
    assert growth(before, after) is None


def test_a_series_implies_growth_between_neighbours_whatever_its_order():
    levels = [level(2023, 4e9), level(2019, 1e9), level(2020, 2e9), level(2022, 3e9)]
    found = [(implied.earlier.start.year, implied.later.start.year) for implied in growths(levels)]
    assert found == [(2019, 2020), (2022, 2023)]


def test_months_follow_each_other_across_the_turn_of_a_year():
    months = [date(2023, 11, 1), date(2023, 12, 1), date(2024, 1, 1), date(2024, 2, 1)]
    levels = [Level("c", one, date.fromordinal(next_.toordinal() - 1), 1e9, 0) for one, next_ in pairwise(months)]
    assert len(growths(levels)) == 2
