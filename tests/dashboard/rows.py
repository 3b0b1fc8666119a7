"""Rows of the table for tests, each as short as what it is about."""

from datetime import date
from typing import Any

import pandas as pd

from etl.table import frame

DEFAULTS: dict[str, Any] = {
    "measure": "level",
    "flow": "trade",
    "reporter": "CHN",
    "partner": "RUS",
    "value": 240.1e9,
    "unit": "USD",
    "qualifier": "exact",
    "record": False,
    "freq": "A",
    "status": "actual",
    "flags": "",
    "inferred": "",
    "publisher": "The Paper",
    "published": date(2024, 1, 12),
    "published_precision": "day",
    "language": "en",
    "kind": "article",
    "sentence": "Trade came to $240.1 billion.",
    "quote": "$240.1 billion",
    "start": 14,
    "end": 28,
    "rule": "annotated",
}


def row(number: int = 1, year: int | None = 2023, **given: Any) -> dict[str, Any]:
    """Return a row of its own claim and article, for a year unless its period is given."""
    dated = {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31)} if year else {"freq": None}
    return DEFAULTS | {"claim_id": f"claim{number}", "article_id": f"article{number}"} | dated | given


def table(*rows: dict[str, Any]) -> pd.DataFrame:
    return frame(rows)


def growth(number: int = 1, year: int = 2023, value: float = 26.3, **given: Any) -> dict[str, Any]:
    return row(number, year, **({"measure": "growth", "unit": "%", "basis": "yoy", "value": value} | given))
