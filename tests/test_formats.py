"""Rows as JSON lines, CSV and Parquet."""

import io
import json
from datetime import date

import pandas as pd
import pytest

from etl import formats

DTYPES = {"name": "str", "value": "float64", "day": "datetime64[us]"}
ROWS = [{"name": "Чай, 茶\n", "value": -1.5, "day": date(2024, 2, 9)}, {"name": None, "value": None}]


def written(name, rows=ROWS):
    out = io.BytesIO()
    formats.write(iter(rows), DTYPES, name, out)
    return out.getvalue()


def test_json_lines_hold_the_rows_as_they_are():
    lines = [json.loads(line) for line in written("jsonl").splitlines()]
    assert lines == [{"name": "Чай, 茶\n", "value": -1.5, "day": "2024-02-09"}, {"name": None, "value": None}]


def test_csv_has_a_line_of_names_and_comes_back():
    table = pd.read_csv(io.BytesIO(written("csv")))
    assert table.columns.tolist() == list(DTYPES)
    assert table["name"][0] == "Чай, 茶\n"
    assert table["day"][0] == "2024-02-09"
    assert table.loc[1].isna().all()


@pytest.mark.parametrize("cell", ["=1+1", "+cmd", "-cmd|x", "@sum", "\tx", "-3%+1"])
def test_what_a_spreadsheet_would_run_is_quoted_in_csv(cell):
    assert pd.read_csv(io.BytesIO(written("csv", [{"name": cell}])))["name"][0] == f"'{cell}"


@pytest.mark.parametrize("cell", ["-3.6%", "+1,000", "- a list", "3%"])
def test_numbers_with_a_sign_stay_numbers_in_csv(cell):
    shown = pd.read_csv(io.BytesIO(written("csv", [{"name": cell}])), dtype=str)["name"][0]
    assert shown == (cell if cell[-1] in "%0" else f"'{cell}")


def test_parquet_keeps_the_dtypes_even_of_no_rows():
    for rows in (ROWS, []):
        table = pd.read_parquet(io.BytesIO(written("parquet", rows)))
        assert table.dtypes.astype(str).to_dict() == DTYPES
