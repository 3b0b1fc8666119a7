"""A page's components as plain HTML: the whole of it before any script runs, and its parts that need none."""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from dash.development.base_component import Component

from dashboard.html import NAMESPACE, Element

NAMES = {"className": "class", "htmlFor": "for"}
VOID = frozenset(("br", "hr", "img", "input", "wbr"))
# Properties that only Dash itself reads.
LEFT_OUT = frozenset(("children", "n_clicks", "key", "disable_n_clicks"))
INNER = "dangerouslySetInnerHTML"

Child = Any


def settled(part: Child) -> Child:
    """Return a page for the browser: what holds no component of Dash as one element with its HTML inside.

    Dash keeps an eye on every element of its own for as long as a page is open; most are only there to be read.
    """
    if isinstance(part, list | tuple):
        return [settled(one) for one in part if one is not None]
    if isinstance(part, dict):
        return _settled(part)
    if isinstance(part, Component) and part._namespace == NAMESPACE:
        part.children = settled(getattr(part, "children", None))
    return part


def _settled(element: Element) -> Element:
    properties, children = element["props"], element["props"].get("children")
    if children is None:
        return element
    if _is_live(children):
        return element | {"props": properties | {"children": settled(children)}}
    still = {name: value for name, value in properties.items() if name != "children"}
    return element | {"props": still | {INNER: {"__html": html_of(children)}}}


def _is_live(part: Child) -> bool:
    """Tell whether a part holds a component of Dash."""
    if isinstance(part, list | tuple):
        return any(map(_is_live, part))
    if isinstance(part, dict):
        return _is_live(part["props"].get("children"))
    return isinstance(part, Component)


def html_of(part: Child) -> str:
    """Return components as HTML; every text is escaped, and what needs a script is left out."""
    parts: list[str] = []
    _write(part, parts.append)
    return "".join(parts)


def _write(part: Child, put: Callable[[str], None]) -> None:
    if isinstance(part, str):
        put(escape(part))
    elif isinstance(part, dict):
        _write_element(part, put)
    elif isinstance(part, list | tuple):
        for one in part:
            _write(one, put)
    elif isinstance(part, Component):
        _write_element(part.to_plotly_json(), put)
    elif part is not None:
        put(escape(str(part)))


def _write_element(element: Mapping[str, Any], put: Callable[[str], None]) -> None:
    if element["namespace"] != NAMESPACE:
        return
    properties, tag = element["props"], element["type"].lower()
    put(f"<{tag}{''.join(_attribute(*one) for one in properties.items() if one[0] not in LEFT_OUT)}>")
    if INNER in properties:
        put(properties[INNER]["__html"])
    else:
        _write(properties.get("children"), put)
    if tag not in VOID:
        put(f"</{tag}>")


def _attribute(name: str, value: Any) -> str:  # noqa: ANN401
    if isinstance(value, str):
        return f' {NAMES.get(name) or name.lower()}="{escape(value)}"'
    if value is None or value is False or (isinstance(value, dict) and name != "style"):
        return ""
    text = _style(value) if name == "style" else "" if value is True else str(value)
    return f' {NAMES.get(name) or name.lower()}="{escape(text)}"'


def _style(rules: Mapping[str, Any]) -> str:
    return ";".join(f"{_dashed(name)}:{value}" for name, value in rules.items())


def _dashed(name: str) -> str:
    if name.startswith("--"):
        return name
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name)
