"""Figures as they are written."""

from types import SimpleNamespace

import pytest

from dashboard.wording import bound, figure, money, qualifier_word


def stated(value, unit="USD", measure="level", qualifier="exact", high=None):
    return SimpleNamespace(measure=measure, value=value, value_high=high, unit=unit, qualifier=qualifier)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("of", "written"),
    [
        (stated(240.1e9), "$240.1 bn"),
        (stated(219e9, "EUR", qualifier="about"), "~€219 bn"),
        (stated(1.74e12, "CNY"), "CN¥1.74 tn"),
        (stated(240e9, qualifier="at_least"), "> $240 bn"),
        (stated(19.2e9, "EUR", qualifier="at_most"), "< €19.2 bn"),
        (stated(244.819e9), "$244.819 bn"),
        (stated(-99.2e9), "−$99.2 bn"),
        (stated(999_999_999_999.9), "$1 tn"),
        (stated(950_000), "$950,000"),
        (stated(5e9, qualifier="between", high=6e9), "$5–6 bn"),
        (stated(900e6, qualifier="between", high=1.1e9), "$0.9–1.1 bn"),
        (stated(1.2e12, "RUB"), "RUB 1.2 tn"),
        (stated(19.5e9, measure="change"), "+$19.5 bn"),
        (stated(-2e9, measure="change"), "−$2 bn"),
        (stated(26.3, "%", "growth"), "+26.3 %"),
        (stated(-27.8, "%", "growth"), "−27.8 %"),
        (stated(0.0, "%", "growth"), "0 %"),
        (stated(10, "%", "growth", "between", 12), "+10–12 %"),
        (stated(0.2, "pp", "change"), "+0.2 pp"),
        (stated(14, "%", "share"), "14 %"),
    ],
)
def test_figures(of, written):
    assert plain(figure(of)) == written


def test_an_open_deficit_lies_lower_and_says_so():
    deficit = stated(-99e9, qualifier="at_least")
    assert plain(figure(deficit)) == "< −$99 bn"
    assert bound(deficit) == "down"
    assert qualifier_word(deficit) == "deficit of at least"
    assert bound(stated(99e9, qualifier="at_least")) == "up"


def test_a_currency_is_always_with_its_amount():
    assert " " not in money(1.2e12, "RUB")
