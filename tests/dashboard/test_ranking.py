"""Partners ranked by what articles state, over a real database."""

import pytest

from dashboard import context
from dashboard.app import create_app
from dashboard.ranking import partner, ranking
from dashboard.selection import decode
from etl.store import Store


@pytest.fixture(scope="module")
def rank(database):
    server = create_app(Store.open(database)).server

    def ranked(search: str):
        with server.test_request_context():
            assert context.store().path == database
            selection = decode(search)
            return ranking(str(selection.reporter), selection)

    return ranked


def test_one_figure_a_partner_the_largest_first(rank):
    ranked = rank("reporter=CHN&flow=trade&until=2023&currency=USD")
    values = [row.value for row in ranked.figures]
    partners = [partner(row, "CHN") for row in ranked.figures]
    assert values == sorted(values, reverse=True)
    assert len(set(partners)) == len(partners)
    assert "CHN" not in partners
    assert {row.unit for row in ranked.figures} == {"USD"}
    assert {(row.year, row.status, row.measure, row.product) for row in ranked.figures} == {
        (2023, "actual", "level", None)
    }


def test_total_trade_counts_whoever_reports_it(rank):
    assert "CHN" in {partner(row, "RUS") for row in rank("reporter=RUS&flow=trade").figures}


def test_another_sides_exports_are_not_taken_for_imports(rank):
    assert {row.reporter for row in rank("reporter=RUS&flow=exports").figures} == {"RUS"}


def test_a_silent_address_ranks_what_has_most_partners(rank):
    ranked = rank("reporter=CHN")
    assert ranked.flows[ranked.flow] == max(ranked.flows.values())
    assert ranked.years[ranked.year] == max(ranked.years.values())
    assert len(ranked.figures) == ranked.units[ranked.unit] > 1


def test_an_economy_without_figures_has_no_ranking(rank):
    assert rank("reporter=FJI") is None
