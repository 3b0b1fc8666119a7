"""Flows, pairs, periods and dates as they are named."""

from datetime import date

import pytest

from dashboard.naming import flow_name, pair_name, period, published


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("imports", "CHN", "RUS"), "China’s imports from Russia"),
        (("exports", "CHN", "USA"), "China’s exports to the United States"),
        (("imports", "USA", "CHN"), "United States’ imports from China"),
        (("trade", "RUS", "CHN"), "Trade of China and Russia"),
        (("trade", "CHN", None), "China’s trade"),
        (("balance", "IND", "CHN"), "India’s balance with China"),
        (("exports", "CAN+MEX", "USA"), "Canada and Mexico’s exports to the United States"),
        (("exports", "CHN", "RUS", "cars"), "China’s exports of cars to Russia"),
        (("trade", "CHN", "RUS", "services"), "Trade of China and Russia in services"),
        (("exports", None, "RUS"), "Exports to Russia"),
    ],
)
def test_flows_are_named_whole(given, named):
    assert flow_name(*given) == named


@pytest.mark.parametrize(
    ("start", "end", "freq", "named"),
    [
        ("2023-01-01", "2023-12-31", "A", "2023"),
        ("2022-04-01", "2023-03-31", "AF", "2022–23"),
        ("1999-04-01", "2000-03-31", "AF", "1999–00"),
        ("2024-01-01", "2024-03-31", "Q", "Q1 2024"),
        ("2024-10-01", "2024-12-31", "Q", "Q4 2024"),
        ("2024-07-01", "2024-12-31", "H", "H2 2024"),
        ("2024-05-01", "2024-05-31", "M", "May 2024"),
        ("2023-01-01", "2023-11-30", "YTD", "Jan–Nov 2023"),
        ("2023-01-01", "2023-01-31", "YTD", "Jan 2023"),
        ("2023-11-01", "2024-02-29", "other", "Nov 2023 – Feb 2024"),
        ("2015-01-01", "2020-12-31", "other", "2015–2020"),
        ("2024-01-05", "2024-01-20", "other", "5 Jan – 20 Jan 2024"),
    ],
)
def test_periods(start, end, freq, named):
    assert period(date.fromisoformat(start), date.fromisoformat(end), freq) == named


def test_unknown_periods_are_said_to_be_so():
    assert period(None, None, None) == "period not stated"


def test_dates_are_as_precise_as_they_are_known():
    day = date(2024, 1, 1)
    assert [published(day, precision) for precision in ("day", "month", "year")] == ["1 Jan 2024", "Jan 2024", "2024"]
    assert published(None) == "no date"


def test_pairs():
    assert pair_name("CHN", "RUS") == "China – Russia"
    assert pair_name("CHN", None) == "China – world"
