"""A page's components as plain HTML: what a reader sees before any script runs, and without any."""

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from dash.development.base_component import Component

from dashboard.html import NAMESPACE

NAMES = {"className": "class", "htmlFor": "for", "maxLength": "maxlength"}
VOID = frozenset(("br", "hr", "img", "input", "wbr"))
# Properties that only Dash itself reads.
LEFT_OUT = frozenset(("children", "n_clicks", "key", "disable_n_clicks"))


def html_of(part: Any) -> str:  # noqa: ANN401
    """Return components as HTML; every text is escaped, and what needs a script is left out."""
    return "".join(_parts(part))


def _parts(part: Any) -> Iterator[str]:  # noqa: ANN401
    if isinstance(part, Component):
        yield from _element(part.to_plotly_json())
    elif isinstance(part, dict):
        yield from _element(part)
    elif isinstance(part, list | tuple):
        for one in part:
            yield from _parts(one)
    elif part is not None:
        yield escape(str(part))


def _element(spec: Mapping[str, Any]) -> Iterator[str]:
    properties = spec["props"]
    tag = spec["type"].lower() if spec["namespace"] == NAMESPACE else {"Input": "input"}.get(spec["type"])
    if tag is None:
        return
    yield f"<{tag}{''.join(_attributes(properties))}>"
    if tag not in VOID:
        yield from _parts(properties.get("children"))
        yield f"</{tag}>"


def _attributes(properties: Mapping[str, Any]) -> Iterator[str]:
    for name, value in properties.items():
        if name in LEFT_OUT or value is None or value is False or (name == "id" and isinstance(value, dict)):
            continue
        text = _style(value) if name == "style" else "" if value is True else str(value)
        yield f' {NAMES.get(name, name.lower())}="{escape(text)}"'


def _style(rules: Mapping[str, Any]) -> str:
    return ";".join(f"{_dashed(name)}:{value}" for name, value in rules.items())


def _dashed(name: str) -> str:
    if name.startswith("--"):
        return name
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name)
