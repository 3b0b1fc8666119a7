"""Amounts in one currency: converted at the average reference rate of their own period, apart from printed ones."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Protocol

import pandas as pd

from dashboard import wording
from dashboard.series import Mark, Point, Series, build
from etl import rates

DIGITS = 4


class Amount(Protocol):
    """What a figure must have to be converted."""

    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def period_start(self) -> date | None: ...  # noqa: D102
    @property
    def period_end(self) -> date | None: ...  # noqa: D102


def into(rows: pd.DataFrame, currency: str | None) -> pd.DataFrame:
    """Return rows that ask for their amounts in a currency, or for what is printed."""
    return rows.assign(into=currency) if currency else rows


def asked(rows: pd.DataFrame) -> str | None:
    """Return the currency in which rows ask for their amounts."""
    return str(rows["into"].iloc[0]) if "into" in rows and len(rows) else None


def is_amount(mark: Mark) -> bool:
    """Tell whether a figure is a level in a currency."""
    return mark.measure == "level" and len(mark.unit) == 3


def rate(of: Amount, currency: str) -> float | None:
    """Return the average rate of a figure's own period, or None where there is none."""
    if of.period_start is None or of.period_end is None:
        return None
    return rates.average(of.unit, currency, of.period_start, of.period_end)


def converted(of: Iterable[Mark], currency: str) -> list[Series]:
    """Return the series of all amounts in a currency, without the figures that cannot be converted."""
    made = [_series(one, currency) for one in build(filter(is_amount, of))]
    return [one for one in made if one.points]


def _series(series: Series, currency: str) -> Series:
    if series.key.unit == currency:
        return series
    points = {id(point): _point(point, currency) for point in series.points}
    return Series(
        replace(series.key, unit=currency),
        tuple(made for point in series.points if (made := points[id(point)])),
        tuple(made for point in series.line if (made := points[id(point)])),
    )


def _point(point: Point, currency: str) -> Point | None:
    factor = rate(point.mark, currency)
    if factor is None:
        return None
    same = tuple(_mark(mark, currency, factor) for mark in point.same)
    return replace(point, mark=_mark(point.mark, currency, factor), same=same)


def _mark(mark: Mark, currency: str, factor: float) -> Mark:
    high = None if mark.value_high is None else rounded(mark.value_high * factor)
    value, printed = rounded(mark.value * factor), wording.figure(mark)
    return replace(mark, value=value, value_high=high, unit=currency, printed=printed)


def rounded(value: float) -> float:
    """Return a converted value in as many digits as are shown of it."""
    return float(f"{value:.{DIGITS}g}")


def without_rate(of: Sequence[Mark], currency: str) -> list[Mark]:
    """Return the amounts that cannot be converted."""
    return [mark for mark in of if is_amount(mark) and mark.unit != currency and rate(mark, currency) is None]
