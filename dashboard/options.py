"""What can be chosen for a pair, and what is chosen where an address is silent."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.selection import RATES, Selection
from etl.language import currency_name
from etl.store import Held, SeriesYear

Years = Sequence[Held | SeriesYear]

ANNUAL = ("A", "AF")
FREQUENCIES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Annual", ANNUAL),
    ("Half-yearly", ("H",)),
    ("Quarterly", ("Q",)),
    ("Monthly", ("M",)),
    ("Year to date", ("YTD",)),
    ("Other periods", ("other", "")),
)
FLOWS = ("trade", "exports", "imports", "balance")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose: its words, what the selection becomes, its figures, whether it is chosen."""

    text: str
    selection: Selection
    figures: int | None
    current: bool


def resolve(selection: Selection, years: Years) -> Selection:
    """Return a selection with what charts need and its address leaves open: frequency, currency, product."""
    partner = selection.partner or ""
    freq = selection.freq or _frequency(years)
    product = selection.product or ("",)
    currency = selection.currency or _currency(years, freq, product)
    return replace(selection, partner=partner, freq=freq, product=product, currency=currency)


def _frequency(years: Years) -> tuple[str, ...]:
    figures = _figures(years, "freq")
    if any(figures[freq] for freq in ANNUAL):
        return ANNUAL
    most = max(FREQUENCIES, key=lambda named: sum(figures[freq] for freq in named[1]))
    return most[1]


def _currency(years: Years, freq: tuple[str, ...], product: tuple[str, ...]) -> str | None:
    inside = [held for held in years if (held.freq or "") in freq and (held.product or "") in product]
    figures = currencies(inside) or currencies(years)
    return max(sorted(figures), key=figures.__getitem__, default=None)


def currencies(years: Years) -> Counter[str]:
    """Return how many figures there are in each currency."""
    figures = _figures(years, "unit")
    return Counter({unit: number for unit, number in figures.items() if unit not in RATES})


def _figures(years: Years, name: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for held in years:
        found[getattr(held, name) or ""] += held.figures
    return found


def flow_choices(selection: Selection, years: Years) -> list[Choice]:
    """Return all flows, and each one that has figures."""
    figures = _figures(years, "flow")
    every = Choice("All flows", selection.but(flow=()), None, not selection.flow)
    return [
        every,
        *(
            Choice(flow.capitalize(), selection.but(flow=(flow,)), figures[flow], selection.flow == (flow,))
            for flow in FLOWS
            if figures[flow] or flow in selection.flow
        ),
    ]


def frequency_choices(selection: Selection, resolved: Selection, years: Years) -> list[Choice]:
    """Return each kind of period that has figures."""
    figures = _figures(years, "freq")
    choices = []
    for text, freq in FREQUENCIES:
        number = sum(figures[one] for one in freq)
        current = set(resolved.freq) <= set(freq)
        if number or current:
            choices.append(Choice(text, selection.but(freq=freq), number, current))
    return choices


def currency_choices(selection: Selection, resolved: Selection, years: Years) -> list[Choice]:
    """Return each currency that amounts are printed in, the commonest first."""
    figures = currencies(years)
    units = sorted(figures, key=lambda unit: (-figures[unit], unit))
    if resolved.currency and resolved.currency not in units:
        units.append(resolved.currency)
    return [
        Choice(_titled(unit), selection.but(currency=unit), figures[unit], unit == resolved.currency) for unit in units
    ]


def conversion_choices(selection: Selection, years: Years) -> list[Choice]:
    """Return amounts as they are printed, and all of them in each one of the pair's currencies and the usual ones."""
    units = dict.fromkeys([*sorted(currencies(years)), "EUR", "USD", selection.converted or "EUR"])
    return [
        Choice("As printed", selection.but(converted=None), None, selection.converted is None),
        *(
            Choice(f"In {currency_name(unit)}", selection.but(converted=unit), None, unit == selection.converted)
            for unit in units
        ),
    ]


def _titled(unit: str) -> str:
    name = currency_name(unit)
    return name[0].upper() + name[1:]


def product_choices(selection: Selection, resolved: Selection, years: Years) -> list[Choice]:
    """Return all goods together, and each product that has figures, the commonest first."""
    figures = _figures(years, "product")
    products = sorted(filter(None, figures), key=lambda product: (-figures[product], product))
    return [
        Choice(
            product.capitalize() if product else "All goods",
            selection.but(product=(product,)),
            figures[product],
            resolved.product == (product,),
        )
        for product in ("", *products)
    ]


def kind_choices(selection: Selection) -> list[Choice]:
    """Return articles and briefs together, and articles alone."""
    return [
        Choice("Articles and briefs", selection.but(kind=()), None, selection.kind != ("article",)),
        Choice("Real articles only", selection.but(kind=("article",)), None, selection.kind == ("article",)),
    ]


def chosen(choices: Sequence[Choice]) -> str:
    """Return the words of what is chosen."""
    return next((choice.text for choice in choices if choice.current), "Several")
