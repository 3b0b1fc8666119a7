"""The pages that were made last, for as long as the database stays as it is."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from flask import g, has_request_context, request

from dashboard.context import name, search, store

MOST = 8

Child = Any
Key = tuple[object, ...]


class Kept:
    """Some pages of one kind: a browser asks for each twice, once to be read and once to come to life."""

    def __init__(self) -> None:
        self._pages: dict[Key, list[Child]] = {}

    def page(self, make: Callable[[], list[Child]]) -> list[Child]:
        """Return the page of this request, made if it is not kept or if the database was written since."""
        if not has_request_context():
            return make()
        # A page may hold its own whole address.
        key = (store().state(), request.host_url, search(), name())
        page = self._pages.get(key) or make()
        # A page that answers with a status of its own is made each time, to answer with it again.
        if "status" not in g:
            others = ((known, other) for known, other in self._pages.items() if known != key)
            self._pages = {key: page, **dict(islice(others, MOST - 1))}
        return page
