"""Where the figures are: pairs by years, each cell opening what it counts."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard import html, naming
from dashboard.attributes import UNSEEN, aria
from dashboard.components import pair_address
from dashboard.context import href
from dashboard.selection import Selection
from etl.store import Pair

Child = Any
YEARS, NEAR = 16, 7
AT_LEAST = "at least: several years together"
STEPS = (0.03, 0.12, 0.3, 0.6)


def grid(counts: Mapping[Pair, Mapping[int, int]], totals: Mapping[Pair, int], last: int) -> Child:
    """Return how many articles state figures of each pair for each year up to `last`, as a table that is shaded by it.

    Targets reach beyond: the last column counts what is later.
    """
    years = list(range(last - YEARS + 1, last + 1))
    most = max((number for by_year in counts.values() for number in by_year.values()), default=0)
    body = [_row(pair, by_year, years, most, totals[pair]) for pair, by_year in counts.items()]
    return html.Section(
        [
            html.H2("Where the figures are", id="grid-title"),
            html.P(_caption(counts), className="caption"),
            html.Table(
                [
                    html.Caption("Articles by pair and year", className="hidden"),
                    _head(years),
                    html.Tbody(body),
                ],
                className="grid",
            ),
        ],
        className="card",
        **aria(labelledby="grid-title"),
    )


def _caption(counts: Mapping[Pair, Mapping[int, int]]) -> str:
    number, pair, year = max(
        ((number, pair, year) for pair, by_year in counts.items() for year, number in by_year.items()),
        key=lambda cell: cell[0],
        default=(0, ("", None), 0),
    )
    most = f" Most: {naming.pair_name(*pair)}, {year}, with {number:,}." if number else ""
    return (
        f"Articles that state figures for a pair and a year; a cell opens their figures.{most} An empty cell has none."
    )


def _head(years: Sequence[int]) -> Child:
    first = _end(f"≤’{(years[0] - 1) % 100:02d}", f"up to {years[0] - 1}")
    later = _end(f"≥’{(years[-1] + 1) % 100:02d}", f"{years[-1] + 1} and later")
    cells = [html.Th(_short(year), scope="col", className=_reach(year, years), title=str(year)) for year in years]
    return html.Thead(html.Tr([html.Td(), first, *cells, later, html.Th("articles", scope="col", className="total")]))


def _end(shown: str, spoken: str) -> Child:
    """Return the head of the column for the years before or after those that have one."""
    return html.Th([html.Span(shown, **UNSEEN), html.Span(spoken, className="hidden")], scope="col", className="far")


def _short(year: int) -> Child:
    long = [html.Span(str(year), className="long", **UNSEEN)] if year % 5 == 0 else []
    short = html.Span(f"’{year % 100:02d}", className="short" if long else None, **UNSEEN)
    return [*long, short, html.Span(str(year), className="hidden")]


def _reach(year: int, years: Sequence[int]) -> str:
    return "near" if year > years[-1] - NEAR else "far"


def _row(pair: Pair, by_year: Mapping[int, int], years: Sequence[int], most: int, total: int) -> Child:
    name = html.Th(html.A(naming.pair_name(*pair), href=pair_address(*pair)), scope="row")
    earlier = [number for year, number in by_year.items() if year < years[0]]
    later = [number for year, number in by_year.items() if year > years[-1]]
    cells = [_cell(pair, None, years[0] - 1, earlier, most, "far")]
    cells += [_cell(pair, year, year, [by_year.get(year, 0)], most, _reach(year, years)) for year in years]
    cells.append(_cell(pair, years[-1] + 1, None, later, most, "far"))
    return html.Tr([name, *cells, html.Td(f"{total:,}", className="total")])


def _cell(pair: Pair, since: int | None, until: int | None, numbers: Sequence[int], most: int, reach: str) -> Child:
    """Return a cell; an article may state figures of several years, so that these cannot be added up."""
    number = max(numbers, default=0)
    if not number:
        return html.Td(className=f"{reach} none")
    shade = 1 + sum(number / most > step for step in STEPS)
    several = len(numbers) > 1
    first, last = (str(year) if year else None for year in (since, until))
    selection = Selection(reporter=pair[0], partner=pair[1] or "", since=first, until=last)
    return html.Td(
        html.A(
            f"{number:,}{'+' if several else ''}", href=href("/claims", selection), title=AT_LEAST if several else None
        ),
        className=f"{reach} shade{shade}",
    )
