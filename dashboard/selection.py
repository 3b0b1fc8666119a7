"""A selection of claims: address <-> Selection -> Query of the store; the only place that knows addresses."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from dashboard.dates import first_day, last_day, parts
from etl.language import area_codes
from etl.model import ADJUSTMENTS, BASES, COVERAGES, FLOWS, FREQUENCIES, KINDS, MEASURES, QUALIFIERS, STATUSES
from etl.store import Query
from etl.table import NAMES as NAMES_OF_TABLE

CLAIM_ORDERS = ("-published", "published", "-period_start", "period_start", "-value", "value")
PAIR_ORDERS = ("reported", "newest", "name")
ORDERS = (*CLAIM_ORDERS, *PAIR_ORDERS)
RATES = ("%", "pp")
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
    known: str | None = None

    def but(self, **changes: Any) -> "Selection":  # noqa: ANN401
        """Return the selection with some fields changed; the page and the chosen claim start afresh."""
        return replace(self, **({"page": 1, "claim": None} | changes))

    def query(self) -> Query:
        """Return what to ask the store for; a reporter and a partner are a pair, in either direction."""
        return Query(
            **self._areas(),
            **{name: getattr(self, name) for name in LISTED if name not in ("unit", "columns")},
            unit=self._units(),
            period_from=first_day(self.since),
            period_to=last_day(self.until),
            article_id=self.article,
            text=self.text,
            record=None if self.record is None else self.record == "true",
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
NAMES = frozenset(field.name for field in fields(Selection))


def encode(selection: Selection) -> str:
    """Return a selection as a query string, without what is at its default.

    >>> encode(Selection(reporter="CAN+MEX", flow=("exports", "imports")))
    'reporter=CAN%2BMEX&flow=exports&flow=imports'
    """
    return urlencode(list(_pairs(selection)))


def _pairs(selection: Selection) -> Iterator[tuple[str, str]]:
    for field in fields(Selection):
        value = getattr(selection, field.name)
        if value == field.default:
            continue
        values = value if isinstance(value, tuple) else (value,)
        yield from ((field.name, NULL if one == "" else str(one)) for one in values)


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


def readable(search: str) -> Selection:
    """Return what can be read of a query string: the form of a page that was refused keeps it."""
    kept = Selection()
    for field in (search or "").removeprefix("?").split("&")[:MOST_FIELDS]:
        try:
            one = decode(field, strict=True)
        except AddressError:
            continue
        for name in NAMES:
            value, held = getattr(one, name), getattr(kept, name)
            if value != getattr(Selection(), name):
                kept = replace(kept, **{name: held + value if name in LISTED else value})
    return kept


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


NULLABLE = frozenset(("freq", "product", "coverage", "publisher", "according_to", "adjustment", "basis"))


def _code(name: str, value: str) -> str:
    if value == NULL and name in NULLABLE:
        return ""
    if name in CODES and value not in CODES[name]:
        listed = ", ".join(CODES[name])
        raise AddressError(f"Unknown {name} “{_short(value)}”; known are: {listed}.")
    return _unit(value) if name == "unit" else value


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


def _day(name: str, value: str) -> str:
    try:
        parts(value)
    except ValueError:
        problem = f"“{_short(value)}” in “{name}” is not a date: 2024, 2024-02 or 2024-02-09."
        raise AddressError(problem) from None
    return value


def _new(value: str) -> str:
    return value if value == LAST_REFRESH else _day("new", value)


def _record(value: str) -> str:
    if value not in ("true", "false"):
        raise AddressError(f"Unknown record “{_short(value)}”; known are: true, false.")
    return value


READERS: Mapping[str, Callable[[str], Any]] = {
    "reporter": area_code,
    "partner": _partner,
    "currency": _currency,
    "converted": _currency,
    "base": _currency,
    "quote": _currency,
    "order": _order,
    "page": _page,
    **{name: partial(_day, name) for name in ("since", "until", "published_since", "published_until", "known")},
    "new": _new,
    "record": _record,
}


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"
