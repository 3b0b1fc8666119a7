"""A selection of claims: address <-> Selection -> Query of the store; the only place that knows addresses."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dashboard.dates import first_day, last_day, parts
from dashboard.numbers import number
from etl.language import area_codes
from etl.model import ADJUSTMENTS, BASES, COVERAGES, FLOWS, FREQUENCIES, KINDS, MEASURES, QUALIFIERS, STATUSES
from etl.store import Query
from etl.table import COLUMNS
from etl.table import NAMES as NAMES_OF_TABLE

CLAIM_ORDERS = ("-published", "published", "-period_start", "period_start", "-value", "value")
PAIR_ORDERS = ("reported", "newest", "name")
ORDERS = (*CLAIM_ORDERS, *PAIR_ORDERS)
RATES = ("%", "pp")
SAID = ("text", "title", "url")
TRUTHS = {"true": True, "false": False}
NULL = "-"
LONGEST, MOST_FIELDS, LAST_PAGE = 200, 60, 100_000
LAST_REFRESH = "refresh"
# The columns of the table of claims as it is first shown; every column of the table can be shown.
USUAL_COLUMNS = ("name", "period", "figure", "status", "sentence", "publisher", "published", "article")
CODES: Mapping[str, tuple[str, ...]] = {
    "measure": MEASURES,
    "flow": FLOWS,
    "freq": FREQUENCIES,
    "status": STATUSES,
    "qualifier": QUALIFIERS,
    "coverage": COVERAGES,
    "kind": KINDS,
    "adjustment": ADJUSTMENTS,
    "basis": BASES,
    "inferred": tuple(column.name for column in COLUMNS if column.group in ("what", "value", "when")),
    "columns": (*USUAL_COLUMNS, *(name for name in NAMES_OF_TABLE if name not in USUAL_COLUMNS)),
}


class AddressError(ValueError):
    """An address that asks for what cannot be: one line that says what, and what would do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What an address asks for; "" asks for null, written `-`: `partner=-` is trade with the world.

    `currency` keeps the amounts in one currency and every per cent; `unit` keeps that unit alone.
    `converted` keeps all amounts and asks for them in one currency.
    """

    reporter: str | None = None
    partner: str | None = None
    measure: tuple[str, ...] = ()
    flow: tuple[str, ...] = ()
    freq: tuple[str, ...] = ()
    currency: str | None = None
    unit: tuple[str, ...] = ()
    product: tuple[str, ...] = ()
    coverage: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    qualifier: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    publisher: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    according_to: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    converted: str | None = None
    base: str | None = None
    quote: str | None = None
    article: str | None = None
    text: str | None = None
    q: str | None = None
    order: str | None = None
    page: int = 1
    claim: str | None = None
    adjustment: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    rule: tuple[str, ...] = ()
    record: str | None = None
    published_since: str | None = None
    published_until: str | None = None
    new: str | None = None
    columns: tuple[str, ...] = ()
    value_from: str | None = None
    value_to: str | None = None
    growth_currency: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    restates: str | None = None
    title: str | None = None
    url: str | None = None
    known: str | None = None

    def but(self, **changes: Any) -> "Selection":  # noqa: ANN401
        """Return the selection with some fields changed; the page and the chosen claim start afresh."""
        return replace(self, **({"page": 1, "claim": None} | changes))

    def worded(self) -> "Selection":
        """Return the selection with what was typed into the search box as words of a sentence."""
        return replace(self, text=self.text or self.q, q=None)

    def query(self) -> Query:
        """Return what to ask the store for; a reporter and a partner are a pair, in either direction."""
        return Query(
            **self._areas(),
            **{name: getattr(self, name) for name in (*LISTED, *SAID) if name not in ("unit", "columns")},
            unit=self._units(),
            period_from=first_day(self.since),
            period_to=last_day(self.until),
            article_id=self.article,
            record=TRUTHS.get(self.record or ""),
            restates=TRUTHS.get(self.restates or ""),
            value_from=number(self.value_from),
            value_to=number(self.value_to),
            published_from=first_day(self.published_since),
            published_to=last_day(self.published_until),
            known=last_day(self.known),
            new_since=date.max if self.new == LAST_REFRESH else first_day(self.new),
        )

    def ordered(self, among: tuple[str, ...]) -> str:
        """Return the order that is asked for; it must be one of these, the first being the usual one."""
        order = self.order or among[0]
        if order not in among:
            raise AddressError(f"Unknown order “{order}” here; known are: {', '.join(among)}.")
        return order

    def _areas(self) -> dict[str, Any]:
        if self.reporter and self.partner is not None:
            return {"pair": (self.reporter, self.partner or None)}
        return {"reporter": self.reporter, "partner": self.partner}

    def _units(self) -> tuple[str, ...]:
        if self.currency is None or self.converted:
            return self.unit
        allowed = (self.currency, *RATES)
        return tuple(unit for unit in self.unit if unit in allowed) or allowed


LISTED = tuple(field.name for field in fields(Selection) if field.default == ())
DEFAULTS = {field.name: field.default for field in fields(Selection)}
NAMES, VALUES = frozenset(DEFAULTS), attrgetter(*DEFAULTS)


# Pages lead to the same places again and again.
@lru_cache(4_096)
def encode(selection: Selection) -> str:
    """Return a selection as a query string, without what is at its default.

    >>> encode(Selection(reporter="CAN+MEX", flow=("exports", "imports")))
    'reporter=CAN%2BMEX&flow=exports&flow=imports'
    """
    return urlencode(list(_pairs(selection)))


def _pairs(selection: Selection) -> Iterator[tuple[str, str]]:
    for name, default, value in zip(DEFAULTS, DEFAULTS.values(), VALUES(selection), strict=True):
        if value == default:
            continue
        values = value if isinstance(value, tuple) else (value,)
        yield from ((name, NULL if one == "" else str(one)) for one in values)


# Every link of a page asks what its address says.
@lru_cache(64)
def decode(search: str, *, strict: bool = False) -> Selection:
    """Return the selection of a query string; `strict` refuses names that mean nothing here.

    >>> decode("?reporter=CAN+MEX&partner=USA").reporter
    'CAN+MEX'
    """
    values: dict[str, list[str]] = {}
    for name, value in _fields(search):
        if name not in NAMES:
            _refuse(name, strict)
        elif text := _clean(name, value):
            values.setdefault(name, []).append(text)
    return Selection(**{name: _read(name, given) for name, given in values.items()})


def _refuse(name: str, strict: bool) -> None:
    if strict:
        known = ", ".join(sorted(NAMES))
        raise AddressError(f"Unknown name “{_short(name)}” in the address; known are: {known}.")


def _fields(search: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(search.removeprefix("?"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise AddressError(f"The address has more than {MOST_FIELDS} fields.") from None


def _clean(name: str, value: str) -> str:
    text = value.strip()
    if len(text) > LONGEST:
        raise AddressError(f"The value of “{name}” is longer than {LONGEST} characters.")
    if not text.isprintable():
        raise AddressError(f"The value of “{name}” has characters that cannot be printed.")
    return text


def _read(name: str, given: list[str]) -> Any:  # noqa: ANN401
    if name in LISTED:
        return tuple(dict.fromkeys(_code(name, value) for value in given))
    return READERS.get(name, str)(given[-1])


NULLABLE = {"freq", "product", "coverage", "publisher", "according_to", "adjustment", "basis", "inferred", "flags"}


def _code(name: str, value: str) -> str:
    if value == NULL and name in NULLABLE:
        return ""
    if name in CODES and value not in CODES[name]:
        listed = ", ".join(CODES[name])
        raise AddressError(f"Unknown {name} “{_short(value)}”; known are: {listed}.")
    return {"unit": _unit, "growth_currency": _currency}.get(name, str)(value)


def _unit(value: str) -> str:
    if value in RATES or re.fullmatch("[A-Z]{3}", value):
        return value
    raise AddressError(f"Unknown unit “{_short(value)}”: a currency’s three letters (USD), % or pp.")


def _currency(value: str) -> str:
    if re.fullmatch("[A-Z]{3}", value):
        return value
    raise AddressError(f"Unknown currency “{_short(value)}”: its three letters are asked for, as in USD.")


def _partner(value: str) -> str:
    return "" if value == NULL else area_code(value)


def area_code(value: str) -> str:
    """Return the code of an economy or group; a plus sign that became a space is a plus sign again."""
    value = value.upper()
    if value in area_codes():
        return value
    parts = _split(r"[+ ]+", value)
    if not area_codes().issuperset(parts):
        parts = _split(r"\+", value)
    if parts and area_codes().issuperset(parts):
        return "+".join(sorted(parts))
    unknown = _short(next((part for part in parts if part not in area_codes()), value))
    raise AddressError(f"“{unknown}” is not the code of an economy; such codes are CHN, RUS or EU.")


def _split(between: str, value: str) -> list[str]:
    return list(filter(None, re.split(between, value)))


def _order(value: str) -> str:
    if value not in ORDERS:
        raise AddressError(f"Unknown order “{_short(value)}”; known are: {', '.join(ORDERS)}.")
    return value


def _page(value: str) -> int:
    if re.fullmatch("[0-9]{1,6}", value) and 1 <= int(value) <= LAST_PAGE:
        return int(value)
    raise AddressError(f"“{_short(value)}” is not the number of a page.")


def _read_by(parse: Callable[[str], object], what: str, name: str, value: str) -> str:
    try:
        parse(value)
    except ValueError:
        raise AddressError(f"“{_short(value)}” in “{name}” is not {what}.") from None
    return value


_day = partial(_read_by, parts, "a date: 2024, 2024-02 or 2024-02-09")
_number = partial(_read_by, number, "a number: 26.3, 240bn or −1.5 tn")


def _new(value: str) -> str:
    return value if value == LAST_REFRESH else _day("new", value)


def _truth(name: str, value: str) -> str:
    if value not in TRUTHS:
        raise AddressError(f"Unknown {name} “{_short(value)}”; known are: {', '.join(TRUTHS)}.")
    return value


READERS: Mapping[str, Callable[[str], Any]] = {
    "reporter": area_code,
    "partner": _partner,
    **dict.fromkeys(("currency", "converted", "base", "quote"), _currency),
    "order": _order,
    "page": _page,
    **{name: partial(_day, name) for name in ("since", "until", "published_since", "published_until", "known")},
    **{name: partial(_number, name) for name in ("value_from", "value_to")},
    **{name: partial(_truth, name) for name in ("record", "restates")},
    "new": _new,
}


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"
