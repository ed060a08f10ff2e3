"""What the settings keep of the environments, for the first moment of the next window."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.shelf import Shelf, shelf_from_record, shelf_to_record, simulator_item

UAT = EnvironmentItem("UAT", "mypurecloud.de", "green")
PRODUCTION = EnvironmentItem("Production", "mypurecloud.de", "red", crm_id_key="crmId")


def test_a_shelf_comes_back_as_it_was() -> None:
    simulator = simulator_item()
    shelf = Shelf((UAT, PRODUCTION, simulator), "Production")
    record = json.loads(json.dumps(shelf_to_record(shelf)))
    assert shelf_from_record(record, simulator) == shelf


def test_the_simulator_is_chosen_where_nothing_else_is() -> None:
    simulator = simulator_item()
    assert shelf_from_record(None, simulator) == Shelf((simulator,), simulator.name)
    gone = shelf_to_record(Shelf((UAT,), "Gone"))
    assert shelf_from_record(gone, simulator).chosen == simulator.name
    assert shelf_from_record(None, None) == Shelf((), "")


@pytest.mark.parametrize("item", [None, 7, {}, {"name": 1}, {"name": "A"}, ["A"]])
def test_a_damaged_entry_is_left_out(item: object) -> None:
    record = {"items": [item, *shelf_to_record(Shelf((UAT,), "UAT"))["items"]], "chosen": "UAT"}
    assert shelf_from_record(record, None) == Shelf((UAT,), "UAT")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["items", "chosen", "name"]), inner),
)


@given(_JSON)
def test_whatever_stands_in_the_file_gives_a_shelf(record: object) -> None:
    assert isinstance(shelf_from_record(record, None), Shelf)
