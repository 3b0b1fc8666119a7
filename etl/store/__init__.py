"""The database of articles and claims; the only place that knows SQL."""

from etl.store.database import default_database
from etl.store.errors import StoreError
from etl.store.overview import Pair
from etl.store.query import Query
from etl.store.records import (
    Edition,
    Held,
    Holdings,
    Known,
    Leading,
    PairStanding,
    Ranked,
    Refresh,
    Rival,
    SeriesYear,
    SourceStanding,
    Summary,
    Titled,
    Version,
    Written,
)
from etl.store.writing import Store

__all__ = [
    "Edition",
    "Held",
    "Holdings",
    "Known",
    "Leading",
    "Pair",
    "PairStanding",
    "Query",
    "Ranked",
    "Refresh",
    "Rival",
    "SeriesYear",
    "SourceStanding",
    "Store",
    "StoreError",
    "Summary",
    "Titled",
    "Version",
    "Written",
    "default_database",
]
