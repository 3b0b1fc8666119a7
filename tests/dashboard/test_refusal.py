"""What no page asks is refused in a line, without a word in the log."""

import pytest

PATH = "/_dash-update-component"
PANEL = {
    "output": "source.children",
    "outputs": {"id": "source", "property": "children"},
    "inputs": [{"id": "picked", "property": "data", "value": None}],
    "state": [{"id": "_pages_location", "property": "search", "value": "?reporter=CHN"}],
    "changedPropIds": ["picked.data"],
}
MALFORMED = {
    "no JSON": {"data": "{bad", "content_type": "application/json"},
    "a form": {"data": "x=1"},
    "a list": {"json": []},
    "nothing": {"json": {}},
    "another output": {"json": PANEL | {"output": "nothing.children"}},
    "outputs that are none": {"json": PANEL | {"outputs": 3}},
    "no inputs": {"json": PANEL | {"inputs": []}},
    "inputs that are none": {"json": PANEL | {"inputs": 4}},
    "an input of another": {"json": PANEL | {"inputs": [{"id": "live", "property": "children"}]}},
    "no state": {"json": PANEL | {"state": []}},
    "an address that is no text": {"json": PANEL | {"state": [PANEL["state"][0] | {"value": 1}]}},
    "changes that are none": {"json": PANEL | {"changedPropIds": [{}]}},
}


def test_what_a_page_asks_is_answered(client):
    assert client.post(PATH, json=PANEL).status_code == 200


@pytest.mark.parametrize("asked", MALFORMED.values(), ids=MALFORMED)
def test_what_no_page_asks_is_refused_in_a_line(client, caplog, asked):
    answer = client.post(PATH, **asked)
    assert answer.status_code == 400
    assert answer.text.count("\n") == 1
    assert caplog.text == ""
