"""Attributes of HTML whose names are no Python names."""

from typing import Any


def aria(**said: str) -> dict[str, Any]:
    """Return attributes for assistive technology: `aria(label="Pages")` is `aria-label`."""
    return {f"aria-{name}": value for name, value in said.items()}


def data(**carried: str) -> dict[str, Any]:
    """Return attributes that the page's script reads: `data(claim="1")` is `data-claim`."""
    return {f"data-{name}": value for name, value in carried.items()}


UNSEEN = aria(hidden="true")
