"""What charts draw of a query: every figure, or one for each series and year where they are too many."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import and_, extract, func, literal, select

from etl.store.query import Query, conditions, covered, standing
from etl.store.schema import DRAWN, SERIES, claims, series
from etl.store.selecting import Answer, Question

if TYPE_CHECKING:
    import pandas as pd

CURRENT = claims.c.replaced.is_(None)
NAMES = [*DRAWN, "figures"]
COLUMNS = [claims.c[name] for name in DRAWN]


def every(query: Query) -> Question:
    """Ask for every figure."""
    return select(*COLUMNS, literal(1).label("figures")).where(standing(query), *conditions(query, claims))


def yearly(query: Query, most: int) -> Question:
    """Ask for the figure of each series' latest period in each year, those that most figures stand behind first."""
    if covered(query, series):
        asked = select(*COLUMNS, series.c.figures).where(*conditions(query, series))
        stated = and_(claims.c.claim_id == series.c.claim_id, CURRENT)
        return asked.join_from(series, claims, stated).order_by(series.c.figures.desc()).limit(most)
    year = [*(claims.c[name] for name in SERIES), extract("year", claims.c.period_end)]
    latest = (claims.c.period_end.desc(), claims.c.published.desc(), claims.c.claim_id)
    rank = func.row_number().over(partition_by=year, order_by=latest).label("rank")
    figures = func.count().over(partition_by=year).label("figures")
    ranked = select(*COLUMNS, figures, rank).where(standing(query), *conditions(query, claims)).subquery()
    chosen = select(*(ranked.c[name] for name in DRAWN), ranked.c.figures).where(ranked.c.rank == 1)
    return chosen.order_by(ranked.c.figures.desc()).limit(most)


def drawn(rows: Sequence[Answer]) -> pd.DataFrame:
    """Return the figures as a table of plain values, None for what is null, oldest publication first.

    Its columns have no types of their own: giving them some would cost more than all that is drawn from them.
    """
    import pandas as pd

    ordered = sorted(rows, key=lambda row: (row.published or date.max, row.claim_id))
    return pd.DataFrame([tuple(row) for row in ordered], columns=NAMES, dtype=object)
