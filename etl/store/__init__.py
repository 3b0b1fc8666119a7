"""The database of articles and claims; the only place that knows SQL."""

from etl.store.database import default_database
from etl.store.errors import StoreError
from etl.store.overview import Pair
from etl.store.query import Query
from etl.store.records import (
    Anew,
    Brought,
    Change,
    Copy,
    Corrected,
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
    Stored,
    Summary,
    Titled,
    Version,
    Worded,
    Written,
)
from etl.store.writing import Store

__all__ = [
    "Anew",
    "Brought",
    "Change",
    "Copy",
    "Corrected",
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
    "Stored",
    "Summary",
    "Titled",
    "Version",
    "Worded",
    "Written",
    "default_database",
]
