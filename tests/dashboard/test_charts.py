"""Every chart of the folder: empty, one row, many rows, claims on marks, input unchanged."""

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import pytest

from dashboard import charts, theme
from dashboard.implied import BETWEEN, by_series, open_to
from dashboard.series import build, marks
from etl.store import Query, Store
from tests import making
from tests.dashboard.rows import growth, row, table

FOLDER = Path(charts.__file__).parent
CHARTS = charts.registry()
HOSTILE = '<b>Paper</b><a href="javascript:alert(1)">x</a><br>'


@cache
def many(number=10_000):
    flows, statuses = ("trade", "exports", "imports", "balance"), ("actual", "actual", "target")
    qualifiers = ("exact", "about", "at_least", "at_most")
    rows = []
    for i in range(number):
        given = {
            "flow": flows[i % 4],
            "status": statuses[i % 3],
            "qualifier": qualifiers[i % 4],
            "reporter": ("CHN", "RUS")[i % 2],
            "partner": ("RUS", "CHN")[i % 2],
        }
        make = row if i % 2 else growth
        rows.append(make(i, 1990 + i % 35, **(given | {"value": (i % 997 - 300) * (1e9 if i % 2 else 0.1)})))
    return table(*rows)


def every_kind():
    """Return rows in which each way of a figure occurs: shapes, freqs, nulls, markup."""
    dated = {"freq": "YTD", "period_end": date(2023, 11, 30)}
    levels = [
        row(1),
        row(2, 2022, qualifier="about", value=190e9),
        row(3, 2021, qualifier="at_least", value=140e9),
        row(4, 2019, qualifier="at_most", value=110e9),
        row(5, 2018, qualifier="between", value=100e9, value_high=110e9),
        row(6, 2025, status="target", value=300e9),
        row(7, 2023, value=237e9),
        row(8, 2023, value=218e9, **dated),
        row(9, None, value=1e9),
        row(10, 2020, flow="balance", value=-20e9, qualifier="at_least", record=True),
        row(11, 2020, flow="exports", product=HOSTILE, publisher=HOSTILE, value=5e6),
    ]
    growths = [
        growth(12),
        growth(13, 2022, -29.3, qualifier="about"),
        growth(14, 2022, 31.0),
        growth(15, 2021, 5, value_high=8, qualifier="between"),
        growth(16, 2020, 0.0, basis=None),
        growth(17, 2024, 4, status="forecast", qualifier="at_least"),
        growth(18, 2023, 32.7, growth_currency="CNY"),
    ]
    return table(*levels, *growths)


FRAMES = {
    "none": table,
    "one": lambda: table(row(1)),
    "one conversion": lambda: table(row(1), row(2, unit="EUR", value=219e9, converts="claim1", publisher=HOSTILE)),
    "one growth": lambda: table(growth(1)),
    "each": every_kind,
    "many": many,
}


@pytest.fixture
def store(tmp_path):
    return Store.open(tmp_path / "t.db")


def marks_of(figure):
    return [trace for trace in figure.to_plotly_json()["data"] if trace.get("meta") == "marks"]


def test_the_folder_is_the_registry():
    assert set(CHARTS) == {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert {"levels", "growth"} <= set(CHARTS)


@pytest.mark.parametrize("rows", FRAMES.values(), ids=FRAMES)
@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
class TestEveryChart:
    def test_it_has_a_title_and_a_question(self, chart, rows):
        assert chart.TITLE
        assert chart.QUESTION.endswith("?")

    def test_its_spec_is_valid_and_can_be_sent(self, chart, rows):
        figure = chart.figure(rows())
        spec = figure.to_plotly_json()
        go.Figure(spec)
        narrow = spec["layout"]["meta"]["narrow"]
        go.Figure({"data": spec["data"], "layout": spec["layout"] | narrow})
        json.dumps(spec, allow_nan=False)

    def test_every_mark_carries_its_claim(self, chart, rows):
        data = rows()
        known = set(data["claim_id"])
        for trace in marks_of(chart.figure(data)):
            assert len(trace["customdata"]) == len(trace["x"]) == len(trace["y"])
            for claim, spoken, claims, figures in trace["customdata"]:
                stood_for = dict(zip(claims.split(" "), figures.split("|"), strict=True))
                assert {level for name in stood_for for level in name.split(BETWEEN)} <= known
                assert stood_for[claim] in spoken

    def test_each_layout_is_whole_and_no_mark_lies_beyond_its_time_axis(self, chart, rows):
        spec = chart.spec(rows())
        for layout in (spec["layout"], *spec["layout"]["meta"].values()):
            go.Figure({"data": spec["data"], "layout": layout | {"meta": None}})
            assert layout["height"] > 0
            first, last = layout["xaxis"].get("range", ("", "9"))
            assert all(first <= x <= last for trace in marks_of(chart.figure(rows())) for x in trace["x"])

    def test_its_input_is_left_alone(self, chart, rows):
        data = rows()
        before = data.copy(deep=True)
        chart.figure(data)
        chart.caption(data)
        assert data.equals(before)

    def test_it_says_what_it_shows(self, chart, rows):
        data = rows()
        caption = chart.caption(data)
        if marks_of(chart.figure(data)):
            assert "article" in caption.split("As reported by")[1]
        else:
            assert caption.startswith("No article states")

    def test_all_colours_have_a_dark_counterpart(self, chart, rows):
        text = json.dumps(chart.figure(rows()).to_plotly_json())
        used = {f"#{part[:6]}" for part in text.split("#")[1:]}
        assert used <= set(theme.recolouring())


def test_a_chart_says_when_its_marks_stand_for_more_figures(store):
    amounts = [
        making.claim(
            f"{year}-{month}", "a1", period_start=date(year, month, 1), period_end=date(year, month, 28), freq="M"
        )
        for year in range(1824, 2024)
        for month in range(1, 12)
    ]
    growths = [
        replace(one, claim_id=f"g{one.claim_id}", measure="growth", unit="%", basis="yoy", value=2.0) for one in amounts
    ]
    making.write(store, making.edition("a1", *amounts, *growths))
    rows = store.marks(Query())
    for name in ("levels", "growth"):
        assert "stand for 2,200\u00a0figures, each the latest of its series in a year." in CHARTS[name].caption(rows)
        (marks,) = marks_of(CHARTS[name].figure(rows))
        assert len(marks["x"]) == 200
        for text, (_, spoken, *_) in zip(marks["hovertext"], marks["customdata"], strict=True):
            assert "for 11\u00a0figures" in text
            assert "for 11\u00a0figures" in spoken


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_article_text_never_becomes_markup(chart):
    spec = chart.figure(every_kind()).to_plotly_json()
    read_by_plotly = [spec["layout"], [trace.get("hovertext") for trace in spec["data"]]]
    text = json.dumps(read_by_plotly)
    assert "<b>Paper" not in text
    assert "<a " not in text


def test_the_shape_says_how_sure_a_figure_is():
    traces = marks_of(CHARTS["levels"].figure(every_kind()))
    shapes = {
        claim: symbol
        for trace in traces
        for (claim, *_), symbol in zip(trace["customdata"], trace["marker"]["symbol"], strict=True)
    }
    assert shapes["claim1"] == shapes["claim2"] == "circle"
    assert shapes["claim3"] == "triangle-up"
    assert shapes["claim4"] == "triangle-down"
    assert shapes["claim6"] == "diamond-open"
    assert shapes["claim8"] == "line-ew"
    assert shapes["claim10"] == "triangle-down"


def test_a_range_is_a_whisker_from_end_to_end():
    (trace,) = marks_of(CHARTS["levels"].figure(table(row(1, value=100e9, value_high=110e9, qualifier="between"))))
    assert trace["y"] == [105e9]
    assert trace["error_y"]["array"] == [5e9]
    assert trace["marker"]["opacity"] == [0]


def test_a_thin_stroke_stands_for_years_without_a_figure():
    figure = CHARTS["levels"].figure(table(row(1, 2019), row(2, 2020), row(3, 2023)))
    lines = [trace for trace in figure.to_plotly_json()["data"] if trace["mode"] == "lines"]
    assert [[x[:4] for x in line["x"] if x] for line in lines] == [["2019", "2020"], ["2020", "2023"]]
    assert lines[0]["line"]["width"] > lines[1]["line"]["width"]


def test_shares_and_changes_are_not_drawn_as_levels():
    rows = table(row(1), row(2, measure="share", unit="%", value=14), row(3, measure="change", value=2e9))
    drawn = [carried[0] for trace in marks_of(CHARTS["levels"].figure(rows)) for carried in trace["customdata"]]
    assert drawn == ["claim1"]


def test_both_charts_share_one_time_axis():
    rows = table(row(1, 2001), growth(2, 2020))
    ranges = [CHARTS[name].figure(rows).to_plotly_json()["layout"]["xaxis"]["range"] for name in ("levels", "growth")]
    assert ranges == [["2001-01-01", "2020-12-31"]] * len(ranges)


def test_zero_is_shown_for_levels():
    low, high = CHARTS["levels"].figure(table(row(1))).to_plotly_json()["layout"]["yaxis"]["range"]
    assert low == 0
    assert high > 240e9


def test_the_caption_names_lowest_highest_last_and_what_is_disputed():
    rows = table(
        row(1, 2020, value=3e9),
        row(2, 2021, value=9e9),
        row(3, 2022, value=1e9),
        row(4, 2023, value=5e9),
        row(5, 2023, value=7e9),
    )
    said = CHARTS["levels"].caption(rows).replace("\u00a0", " ")
    assert said.startswith("Billion US dollars, calendar years. Trade of China and Russia was lowest at $1 bn in 2022")
    assert "highest at $9 bn in 2021" in said
    assert "Articles differ on 2023: every figure is drawn. As reported by 5 articles." in said


def test_keys_stand_for_the_shapes_that_occur():
    assert [shape for shape, _ in CHARTS["levels"].keys(table(row(1)))] == ["circle"]
    shapes = [shape for shape, _ in CHARTS["levels"].keys(every_kind())]
    assert shapes == ["circle", "about", "triangle-up", "triangle-down", "range", "diamond-open", "line-ew", "thin"]
    assert [shape for shape, _ in CHARTS["growth"].keys(every_kind())] == [
        "bar",
        "bar-pale",
        "range",
        "bar-open",
        "dash",
    ]


def implied(*rows):
    traces = [trace for trace in marks_of(CHARTS["growth"].figure(table(*rows))) if trace["type"] == "scatter"]
    return {name: value for trace in traces for (name, *_), value in zip(trace["customdata"], trace["y"], strict=True)}


def test_growth_that_levels_imply_leads_to_both_and_is_told_apart():
    rows = row(1, 2022, value=190e9), row(2, 2023, value=240e9), growth(3, 2023, 26.3)
    assert implied(*rows) == {"claim2~claim1": pytest.approx(26.316, abs=1e-3)}
    said = CHARTS["growth"].caption(table(*rows)).replace("\u00a0", " ")
    assert "Thin dashes: 1 growth implied by two printed levels each." in said
    (spoken,) = [
        carried[1].replace("\u00a0", " ")
        for trace in marks_of(CHARTS["growth"].figure(table(*rows)))
        for carried in trace["customdata"]
        if carried[0] == "claim2~claim1"
    ]
    assert "≈ +26.3 %, implied by $240 bn in 2023 and $190 bn in 2022" in spoken


@pytest.mark.parametrize(
    "later",
    [
        {"qualifier": "at_least"},
        {"qualifier": "between", "value_high": 260e9},
        {"status": "forecast"},
        {"coverage": "goods"},
        {"freq": "YTD", "period_end": date(2023, 11, 30)},
    ],
)
def test_what_is_open_or_of_another_series_implies_no_growth(later):
    assert implied(row(1, 2022, value=190e9), row(2, 2023, **later)) == {}


def test_a_growth_that_no_article_states_has_a_row_of_its_own():
    rows = table(row(1, 2022, value=190e9), row(2, 2023, value=240e9))
    (heading,) = CHARTS["growth"].figure(rows).to_plotly_json()["layout"]["annotations"]
    assert heading["text"].endswith("on the year before, in US dollars")
    assert CHARTS["growth"].caption(rows).startswith("Per cent. No article states a growth. Thin dashes:")


def test_shares_are_drawn_in_the_colour_of_their_flow_and_without_a_sign():
    rows = table(row(1, 2022, measure="share", flow="exports", unit="%", value=14), row(2))
    spec = CHARTS["shares"].figure(rows).to_plotly_json()
    assert [trace["marker"]["color"] for trace in marks_of(CHARTS["shares"].figure(rows))] == [[theme.LIGHT["exports"]]]
    assert [note["text"] for note in spec["layout"]["annotations"]] == ["<b>China’s exports to Russia</b>", "14"]
    assert "The share of China’s exports to Russia was 14\u00a0% in 2022." in CHARTS["shares"].caption(rows)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (190e9, 240e9, "whose rounding allows +25.7 % to +26.9 %"),
        (2e9, 1e9, "whose rounding allows −80 % to 0 %"),
        (110.75e9, 107.76e9, "whose rounding allows no other value"),
    ],
)
def test_what_roundings_leave_open_is_said(before, after, said):
    (growth_of,) = by_series(build(marks(table(row(1, 2022, value=before), row(2, 2023, value=after))))).values()
    assert [open_to(one).replace("\u00a0", " ") for one in growth_of] == [said]
