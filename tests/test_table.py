"""The table of claims: dtypes that hold whatever the rows, and a way back that loses nothing."""

import subprocess
import sys
from dataclasses import fields
from datetime import date

import pandas as pd
import pytest

from etl.dictionary import FILE, dictionary
from etl.model import Claim
from etl.table import COLUMNS, DTYPES, NAMES, frame, from_frame, row, to_frame
from tests.making import ROOT, claim

CLAIMS = {
    "full": claim(
        "c1",
        product="cars",
        coverage="goods",
        adjustment="real",
        value=5e9,
        value_high=6e9,
        growth_currency="CNY",
        basis="yoy",
        according_to="customs",
        converts="c0",
        flags=("growth", "rate"),
        first_seen=3,
    ),
    "bare": claim(
        "c2",
        reporter=None,
        partner=None,
        period_start=None,
        period_end=None,
        freq=None,
        record=False,
        inferred=(),
        url=None,
        publisher=None,
        title=None,
        published=None,
        published_precision=None,
    ),
    "old": claim("c3", published=date(1, 1, 1), period_start=date(1650, 1, 1), period_end=date(9999, 12, 31)),
}


def test_the_table_has_the_fields_of_a_claim_in_their_order():
    assert list(NAMES) == [field.name for field in fields(Claim)]


@pytest.mark.parametrize("names", [[], ["full"], ["bare"], ["old"], list(CLAIMS)], ids="-".join)
def test_dtypes_hold_whatever_the_rows(names):
    table = to_frame(CLAIMS[name] for name in names)
    assert table.dtypes.astype(str).to_dict() == DTYPES
    assert list(table.columns) == list(NAMES)
    assert len(table) == len(names)


def test_claims_come_back_from_a_table_as_they_were():
    assert from_frame(to_frame(CLAIMS.values())) == list(CLAIMS.values())
    assert from_frame(to_frame([])) == []


def test_claims_come_back_from_parquet_as_they_were(tmp_path):
    to_frame(CLAIMS.values()).to_parquet(tmp_path / "claims.parquet")
    table = pd.read_parquet(tmp_path / "claims.parquet")
    assert table.dtypes.astype(str).to_dict() == DTYPES
    assert from_frame(table) == list(CLAIMS.values())


def test_missing_names_are_null():
    assert frame([{"claim_id": "c", "record": True}])["partner"].isna().all()


def test_lists_are_joined():
    values = row(CLAIMS["full"])
    assert (values["flags"], values["inferred"]) == ("growth,rate", "partner,reporter")


def test_the_data_dictionary_is_in_step_with_the_table():
    assert FILE.read_text(encoding="utf-8") == dictionary(), "run `python -m etl.dictionary`"
    assert all(f"| `{column.name}` | {column.dtype} | {column.meaning} |" in dictionary() for column in COLUMNS)


def test_importing_the_package_imports_no_pandas():
    code = "import etl, etl.table, sys; print('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
