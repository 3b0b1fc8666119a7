"""Which figures stand on a line."""

from datetime import date

from dashboard.series import agree, build, marks, rounding
from tests.dashboard.rows import row, table


def series(*rows):
    return build(marks(table(*rows)))


def line(of):
    return [(point.at.year, point.mark.value) for point in of.line]


def test_a_line_joins_one_series_only():
    variants = [
        {},
        {"flow": "exports"},
        {"flow": "exports", "reporter": "RUS", "partner": "CHN"},
        {"coverage": "goods"},
        {"adjustment": "seasonal"},
        {"unit": "EUR"},
        {"freq": "AF", "period_start": date(2022, 4, 1), "period_end": date(2023, 3, 31)},
        {"freq": "YTD", "period_end": date(2023, 11, 30)},
        {"product": "cars"},
    ]
    rows = [row(number, **given) for number, given in enumerate(variants)]
    assert len(series(*rows)) == len(variants)


def test_total_trade_is_one_series_whoever_reports_it():
    assert len(series(row(1), row(2, 2022, reporter="RUS", partner="CHN"))) == 1


def test_the_line_runs_through_the_figure_that_most_articles_agree_on():
    (one,) = series(row(1, value=237e9), row(2, value=244.8e9), row(3, value=244.81e9), row(4, value=244.8e9))
    assert line(one) == [(2023, 244.8e9)]
    assert [len(point.article_ids) for point in one.points] == [3, 1]
    assert [point.undisputed for point in one.points] == [False, False]
    assert {mark.claim_id for mark in one.points[0].same} == {"claim2", "claim3", "claim4"}


def test_figures_that_are_not_as_sure_have_marks_of_their_own():
    (one,) = series(row(1, value=240.1e9), row(2, value=240e9, qualifier="at_least"), row(3, value=240e9))
    assert line(one) == [(2023, 240e9)]
    assert sorted(len(point.same) for point in one.points) == [1, 2]
    assert all(point.undisputed for point in one.points)


def test_ties_go_to_the_latest_published():
    early, late = date(2024, 1, 1), date(2024, 6, 1)
    (one,) = series(row(1, value=200e9, published=late), row(2, value=300e9, published=early))
    assert line(one) == [(2023, 200e9)]


def test_two_figures_of_one_article_count_once():
    twice = [row(1, value=200e9), row(2, value=200e9, article_id="article1"), row(3, value=300e9), row(4, value=300e9)]
    (one,) = series(*twice)
    assert line(one) == [(2023, 300e9)]


def test_forecasts_targets_ranges_and_years_to_date_are_marks_only():
    rows = [
        row(1, 2020, status="target", value=200e9),
        row(2, 2021, status="forecast"),
        row(3, 2022, value=5e9, value_high=6e9, qualifier="between"),
    ]
    (one,) = series(*rows)
    assert one.line == ()
    assert len(one.points) == 3
    (to_date,) = series(row(1, freq="YTD", period_end=date(2023, 11, 30)))
    assert to_date.line == ()
    assert to_date.points[0].at == date(2023, 11, 30)


def test_a_mark_stands_in_the_middle_of_its_period():
    (one,) = series(row(1))
    assert one.points[0].at == date(2023, 7, 2)


def test_what_has_no_period_is_no_point():
    assert series(row(1, None)) == []


def test_figures_agree_within_the_coarser_rounding():
    def figure(value):
        return marks(table(row(1, value=value)))[0]

    assert agree(figure(240e9), figure(240.1e9))
    assert agree(figure(244.8e9), figure(244.819e9))
    assert not agree(figure(240e9), figure(240.6e9))
    assert not agree(figure(237e9), figure(244.8e9))
    assert rounding(5e12, "USD") == 0.5e12


def test_ten_thousand_figures_for_one_period_are_all_kept():
    (one,) = series(*(row(number, value=1e9 + number * 1e7) for number in range(10_000)))
    assert sum(len(point.same) for point in one.points) == 10_000
