"""The tokens of the look, light and dark, and the one template of the charts."""

from typing import Any

LIGHT = {
    "background": "#FBFAF7",
    "panel": "#FFFFFF",
    "ink": "#1B2430",
    "soft": "#55606E",
    "line": "#DDD9CF",
    "mark": "#FFE58A",
    "on-mark": "#1B2431",
    "ring": "#E0A800",
    "growth": "#8A6D00",
    "trade": "#1F5FA8",
    "exports": "#0B7A5E",
    "imports": "#C2410C",
    "balance": "#7A3E9D",
}
DARK = {
    "background": "#10151C",
    "panel": "#171E27",
    "ink": "#E8ECF2",
    "soft": "#A3AEBC",
    "line": "#2B3542",
    "mark": "#6A5300",
    "on-mark": "#FFF4CF",
    "ring": "#E0A801",
    "growth": "#D9B84A",
    "trade": "#7DB2FF",
    "exports": "#4CC9A7",
    "imports": "#FF9D66",
    "balance": "#C79BF2",
}
FONT = "-apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, system-ui, sans-serif"
TEXT_SIZE = 13


def css() -> str:
    """Return the tokens as CSS variables: the system's scheme, or the chosen one; paper is light."""
    light, dark = _variables(LIGHT, "light"), _variables(DARK, "dark")
    return (
        f":root{{{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}"
        f"@media screen{{:root[data-theme=dark]{{{dark}}}}}"
    )


def _variables(tokens: dict[str, str], scheme: str) -> str:
    return f"color-scheme:{scheme};" + "".join(f"--{name}:{value};" for name, value in tokens.items())


def recolouring() -> dict[str, str]:
    """Return each light colour with the dark one that takes its place in a chart."""
    return {colour: DARK[name] for name, colour in LIGHT.items()}


def template() -> dict[str, Any]:
    """Return the Plotly template, in light colours: the browser swaps them for the dark ones."""
    axis = {
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"color": LIGHT["soft"], "size": TEXT_SIZE},
        "automargin": False,
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": TEXT_SIZE, "color": LIGHT["ink"]},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "showlegend": False,
            "dragmode": False,
            "hovermode": "closest",
            "hoverdistance": 24,
            "bargap": 0,
            "barmode": "overlay",
            "xaxis": axis | {"type": "date", "ticks": "outside", "ticklen": 5, "tickcolor": LIGHT["soft"]},
            "yaxis": axis | {"showgrid": True, "gridcolor": LIGHT["line"], "gridwidth": 1},
            "hoverlabel": {
                "bgcolor": LIGHT["panel"],
                "bordercolor": LIGHT["soft"],
                "font": {"family": FONT, "size": TEXT_SIZE, "color": LIGHT["ink"]},
                "align": "left",
            },
        }
    }
