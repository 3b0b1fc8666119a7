"""Elements of HTML as Dash sends them to the browser: plain values, quicker to make and to send than its objects."""

from collections.abc import Callable
from typing import Any

NAMESPACE = "dash_html_components"

Element = dict[str, Any]


def _maker(tag: str) -> Callable[..., Element]:
    def element(children: Any = None, **attributes: Any) -> Element:  # noqa: ANN401
        return {"namespace": NAMESPACE, "type": tag, "props": {"children": children, **attributes}}

    return element


A = _maker("A")
Article = _maker("Article")
Aside = _maker("Aside")
B = _maker("B")
Button = _maker("Button")
Caption = _maker("Caption")
Code = _maker("Code")
Dd = _maker("Dd")
Details = _maker("Details")
Div = _maker("Div")
Dl = _maker("Dl")
Dt = _maker("Dt")
Footer = _maker("Footer")
Form = _maker("Form")
H1 = _maker("H1")
H2 = _maker("H2")
H3 = _maker("H3")
Header = _maker("Header")
I = _maker("I")  # noqa: E741 - a name of HTML
Input = _maker("Input")
Label = _maker("Label")
Li = _maker("Li")
Main = _maker("Main")
Mark = _maker("Mark")
Nav = _maker("Nav")
Ol = _maker("Ol")
Option = _maker("Option")
P = _maker("P")
Section = _maker("Section")
Select = _maker("Select")
Span = _maker("Span")
Strong = _maker("Strong")
Summary = _maker("Summary")
Sup = _maker("Sup")
Table = _maker("Table")
Tbody = _maker("Tbody")
Td = _maker("Td")
Textarea = _maker("Textarea")
Th = _maker("Th")
Thead = _maker("Thead")
Tr = _maker("Tr")
Ul = _maker("Ul")
