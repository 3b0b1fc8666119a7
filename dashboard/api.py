"""Any selection of claims as CSV, JSON and Parquet, at the same query string as its page."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from itertools import chain, islice
from typing import Any

from flask import Flask, Response, current_app, request
from werkzeug.wrappers import Response as Answer

from dashboard import finding, restated
from dashboard.context import STORE, href
from dashboard.selection import AddressError, Selection, decode
from dashboard.snapshot import SnapshotError, taken
from etl.store import Query, Store, StoreError
from etl.table import NAMES, frame

MOST = 100_000
SUGGESTED = 4  # things of each kind
BYTE_ORDER_MARK = "\ufeff"
FORMULA = re.compile(r"[=+\-@\t\r\n]")
NUMBER = re.compile(r"[+-]?\d[\d.,]*( ?%)?")


def register(server: Flask, base_path: str) -> None:
    """Add the addresses of the files, and the one that tells whether all is well, to a server."""
    server.add_url_rule(f"{base_path}api/claims.csv", "claims.csv", _csv)
    server.add_url_rule(f"{base_path}api/claims.json", "claims.json", _json)
    server.add_url_rule(f"{base_path}api/claims.parquet", "claims.parquet", _parquet)
    server.add_url_rule(f"{base_path}api/suggest", "suggest", _suggest)
    server.add_url_rule(f"{base_path}api/snapshot", "snapshot", _snapshot)
    server.add_url_rule(f"{base_path}api/conversions.csv", "conversions.csv", _conversions_csv)
    server.add_url_rule(f"{base_path}api/conversions.json", "conversions.json", _conversions_json)
    server.add_url_rule(f"{base_path}healthz", "healthz", _health)
    server.register_error_handler(AddressError, _refuse)
    server.register_error_handler(SnapshotError, _refuse)
    server.register_error_handler(StoreError, _fail)


def _health() -> Answer:
    """Answer once the database can be read; a failure answers 503, as everywhere here."""
    current_app.config[STORE].count(Query(claim_ids=("",)))
    return Response('{"status": "ok"}\n', mimetype="application/json")


def _suggest() -> Answer:
    """Answer with what a text that is being typed may mean."""
    asked = decode(_asked()).q or ""
    kinds = [
        {"name": name, "found": [asdict(one) for one in found]}
        for name, found in finding.groups(finding.find(asked, SUGGESTED))
        if found
    ]
    return Response(json.dumps({"q": asked, "kinds": kinds}, ensure_ascii=False) + "\n", mimetype="application/json")


def _snapshot() -> Answer:
    """Answer with the page of a pair as one file."""
    selection = _selection()
    address = request.host_url.rstrip("/") + href("/pair", selection)
    head = _named(selection, "snapshot.html")
    return Response(taken(current_app, address), mimetype="text/html", headers=head)


def _csv() -> Answer:
    selection = _selection()
    head = _named(selection, "claims.csv")
    return Response(csv_lines(_rows(selection)), mimetype="text/csv", headers=head)


def _json() -> Answer:
    selection = _selection()
    head = _named(selection, "claims.json")
    return Response(json_parts(_rows(selection)), mimetype="application/json", headers=head)


def _parquet() -> Answer:
    selection = _selection()
    table = frame(islice(_rows(selection), MOST))
    head = _named(selection, "claims.parquet")
    return Response(table.to_parquet(), mimetype="application/vnd.apache.parquet", headers=head)


def _conversions_csv() -> Answer:
    selection = _selection()
    head = _named(selection, "conversions.csv")
    return Response(csv_lines(_conversions(selection), restated.NAMES), mimetype="text/csv", headers=head)


def _conversions_json() -> Answer:
    selection = _selection()
    head = _named(selection, "conversions.json")
    return Response(
        json_parts(_conversions(selection), restated.NAMES, "conversions"), mimetype="application/json", headers=head
    )


def _conversions(selection: Selection) -> list[dict[str, Any]]:
    store: Store = current_app.config[STORE]
    return restated.rows(store.conversions(selection.query()), selection)


def _selection() -> Selection:
    return decode(_asked(), strict=True).worded()


def _named(selection: Selection, name: str) -> dict[str, str]:
    """Return the header that names a file, after the pair that it is of: `chn-rus-claims.csv`."""
    codes = "-".join(code.lower() for code in (selection.reporter, selection.partner) if code)
    return {"Content-Disposition": f'attachment; filename="{codes}{"-" if codes else ""}{name}"'}


def _asked() -> str:
    return request.query_string.decode("ascii", "replace")


def _rows(selection: Selection) -> Iterator[dict[str, Any]]:
    """Return the rows of a selection; the first is read now, so that a failure is an answer of its own."""
    store: Store = current_app.config[STORE]
    rows = store.rows(selection.query())
    return chain(list(islice(rows, 1)), rows)


def csv_lines(rows: Iterable[dict[str, Any]], names: Sequence[str] = NAMES) -> Iterator[str]:
    """Yield rows as CSV that spreadsheets open with its accents, and whose text they never run as a formula."""
    yield BYTE_ORDER_MARK + _line(names)
    for row in islice(rows, MOST):
        yield _line([cell(row[name]) for name in names])


def _line(values: Iterable[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(values)
    return buffer.getvalue()


def cell(value: object) -> str:
    """Return a value as a cell: empty for null, a date as ISO, and text that begins like a formula quoted.

    >>> cell("=1+1"), cell("-17.6%"), cell("-cmd"), cell(240100000000.0)
    ("'=1+1", '-17.6%', "'-cmd", '240100000000')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.15g}" if not value.is_integer() else str(int(value))
    text = str(value)
    if FORMULA.match(text) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def json_parts(rows: Iterable[dict[str, Any]], names: Sequence[str] = NAMES, called: str = "claims") -> Iterator[str]:
    """Yield rows as one JSON object, one a line; it ends with whether these are all."""
    yield f'{{"{called}": ['
    more = False
    for number, row in enumerate(rows):
        more = number >= MOST
        if more:
            break
        plain = {name: _plain(row[name]) for name in names}
        yield (",\n" if number else "\n") + json.dumps(plain, ensure_ascii=False, allow_nan=False)
    yield f'\n], "limit": {MOST}, "complete": {json.dumps(not more)}}}\n'


def _plain(value: Any) -> Any:  # noqa: ANN401
    return value.isoformat() if isinstance(value, date) else value


def _refuse(error: AddressError | SnapshotError) -> Answer:
    return _said(str(error), 400)


def _fail(error: StoreError) -> Answer:
    return _said(f"{error}.", 503)


def _said(message: str, status: int) -> Answer:
    return Response(json.dumps({"error": message}, ensure_ascii=False) + "\n", status, mimetype="application/json")
