"""Addresses and selections, there and back."""

from datetime import date

import pytest

from dashboard.selection import AddressError, Selection, decode, encode

EXAMPLES = [
    Selection(),
    Selection(reporter="CHN", partner="RUS"),
    Selection(reporter="CAN+MEX", partner="USA", flow=("exports", "imports")),
    Selection(reporter="CHN", partner="", product=("", "crude oil & gas")),
    Selection(freq=("A", "AF", ""), coverage=("",), currency="USD", unit=("%",), page=7),
    Selection(text="näher als 50% + mehr", publisher=("Le Monde", ""), since="2013", until="2024-02"),
    Selection(adjustment=("real", ""), basis=("yoy",), record="false", rule=("stated",), columns=("figure", "rule")),
    Selection(published_since="2024-01", published_until="2024", new="refresh", known="2024-02-09"),
    Selection(value_from="-1.5 tn", value_to="240bn", growth_currency=("CNY",), restates="true", flags=("",)),
    Selection(inferred=("reporter",), title="50% & more", url="example.org/a?b=c"),
    Selection(order="-value", claim="abc", kind=("article",), language=("en",), article="0f"),
]


@pytest.mark.parametrize("selection", EXAMPLES)
def test_there_and_back(selection):
    assert decode("?" + encode(selection), strict=True) == selection


@pytest.mark.parametrize("written", ["CAN+MEX", "CAN%2BMEX", "CAN%20MEX", "MEX+CAN", "MEX%2BCAN"])
def test_a_joined_code_survives_plus_and_space(written):
    assert decode(f"reporter={written}&partner={written}") == Selection(reporter="CAN+MEX", partner="CAN+MEX")


@pytest.mark.parametrize(
    ("search", "named"),
    [
        ("reporter=ZZZ", "“ZZZ” is not the code"),
        ("reporter=CHN%2BXQX", "“XQX”"),
        ("reporter=%2B", "“+”"),
        ("flow=foo", "Unknown flow “foo”; known are: exports, imports, trade, balance."),
        ("unit=usd", "Unknown unit “usd”"),
        ("currency=%25", "Unknown currency"),
        ("page=0", "“0” is not the number of a page"),
        ("page=99999999999999999999", "is not the number of a page"),
        ("since=2013-13", "“2013-13” in “since” is not a date"),
        ("until=0000", "“0000” in “until”"),
        ("value_from=lots", "“lots” in “value_from” is not a number"),
        ("value_to=240xx", "“240xx” in “value_to” is not a number: 26.3, 240bn"),
        ("restates=perhaps", "Unknown restates “perhaps”; known are: true, false."),
        ("inferred=nose", "Unknown inferred “nose”"),
        ("growth_currency=yuan", "Unknown currency “yuan”"),
        ("known=9.2.2024", "“9.2.2024” in “known” is not a date"),
        ("order=id", "Unknown order “id”"),
        ("text=a%00b", "cannot be printed"),
        ("text=" + "x" * 201, "longer than 200"),
        ("a=1&" * 61, "more than 60 fields"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(search, named):
    with pytest.raises(AddressError, match=r"^[^\n]*$") as caught:
        decode(search)
    assert named in str(caught.value)


def test_unknown_names_are_passed_over_unless_strict():
    assert decode("?utm_source=x&reporter=CHN") == Selection(reporter="CHN")
    with pytest.raises(AddressError, match="Unknown name “utm_source”"):
        decode("?utm_source=x", strict=True)


def test_empty_fields_of_a_form_restrict_nothing():
    assert decode("reporter=&partner=&flow=&since=&text=+") == Selection()


def test_a_reporter_and_a_partner_are_a_pair_in_either_direction():
    assert decode("reporter=CHN&partner=RUS").query().pair == ("CHN", "RUS")
    assert decode("reporter=CHN&partner=-").query().pair == ("CHN", None)
    one = decode("reporter=CHN").query()
    assert (one.pair, one.reporter, one.partner) == (None, "CHN", None)


def test_a_currency_keeps_the_per_cents():
    assert decode("currency=EUR").query().unit == ("EUR", "%", "pp")
    assert decode("unit=EUR").query().unit == ("EUR",)
    assert decode("currency=EUR&unit=%25").query().unit == ("%",)


def test_dates_are_whole_years_months_or_days():
    query = decode("since=2023&until=2024-02").query()
    assert (query.period_from, query.period_to) == (date(2023, 1, 1), date(2024, 2, 29))


def test_a_changed_selection_begins_at_its_first_page():
    turned = Selection(reporter="CHN", page=4, claim="x").but(flow=("exports",))
    assert turned == Selection(reporter="CHN", flow=("exports",))
