"""How far the custom attributes have come, frame by frame."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.delivery import AttributeDelivery
from gcdesk.guest.events import AttributeStatus, Carrier

SET = {"crmCustomerId": "0042"}


def status_of(delivery: AttributeDelivery) -> AttributeStatus:
    return delivery.status


def carrier_of(delivery: AttributeDelivery) -> Carrier | None:
    return delivery.carrier


def test_a_fresh_set_goes_on_the_join_and_on_the_first_message() -> None:
    delivery = AttributeDelivery(SET)
    assert delivery.for_join() == SET
    assert delivery.carried("join", Carrier.JOIN)
    assert status_of(delivery) is AttributeStatus.SENT
    assert carrier_of(delivery) is Carrier.JOIN
    assert delivery.for_message() == SET
    assert not delivery.carried("first", Carrier.MESSAGE)
    assert carrier_of(delivery) is Carrier.MESSAGE
    assert delivery.for_message() is None


def test_it_counts_as_delivered_once_with_the_first_echo_of_either_frame() -> None:
    for order in (("join", "first"), ("first", "join")):
        delivery = AttributeDelivery(SET)
        delivery.carried("join", Carrier.JOIN)
        delivery.carried("first", Carrier.MESSAGE)
        assert delivery.echoed(order[0])
        assert status_of(delivery) is AttributeStatus.ECHOED
        assert not delivery.echoed(order[1])
        assert delivery.for_message() is None
        assert carrier_of(delivery) is None


def test_after_the_joins_echo_the_first_message_still_carries_it() -> None:
    delivery = AttributeDelivery(SET)
    delivery.carried("join", Carrier.JOIN)
    delivery.echoed("join")
    assert delivery.for_join() is None
    assert delivery.for_message() == SET


def test_the_echo_of_another_frame_delivers_nothing() -> None:
    delivery = AttributeDelivery(SET)
    assert not delivery.echoed("another")
    delivery.carried("first", Carrier.MESSAGE)
    assert not delivery.echoed("another")
    assert status_of(delivery) is AttributeStatus.SENT


def test_a_refused_carrier_leaves_it_to_the_next_message() -> None:
    delivery = AttributeDelivery(SET)
    delivery.carried("first", Carrier.MESSAGE)
    assert delivery.for_message() is None
    assert delivery.returned("first")
    assert status_of(delivery) is AttributeStatus.PENDING
    assert delivery.for_message() == SET
    assert not delivery.returned("first")
    assert not delivery.returned("another")


def test_it_is_not_pending_while_another_frame_still_carries_it() -> None:
    delivery = AttributeDelivery(SET)
    delivery.carried("join", Carrier.JOIN)
    delivery.carried("first", Carrier.MESSAGE)
    assert not delivery.returned("first")
    assert status_of(delivery) is AttributeStatus.SENT
    assert delivery.for_message() == SET


def test_once_delivered_a_refusal_takes_nothing_back() -> None:
    delivery = AttributeDelivery(SET)
    delivery.carried("join", Carrier.JOIN)
    delivery.carried("first", Carrier.MESSAGE)
    delivery.echoed("join")
    assert not delivery.returned("first")
    assert status_of(delivery) is AttributeStatus.ECHOED
    assert delivery.for_message() == SET


def test_a_refused_set_goes_nowhere_until_it_is_replaced() -> None:
    delivery = AttributeDelivery(SET)
    delivery.carried("first", Carrier.MESSAGE)
    assert delivery.refused()
    assert delivery.for_message() is None
    assert delivery.for_join() is None
    assert not delivery.refused()
    assert delivery.replace(SET)
    assert delivery.for_message() == SET


def test_a_break_makes_everything_under_way_owed_again() -> None:
    delivery = AttributeDelivery(SET)
    assert not delivery.interrupted()
    delivery.carried("join", Carrier.JOIN)
    delivery.carried("first", Carrier.MESSAGE)
    assert delivery.interrupted()
    assert status_of(delivery) is AttributeStatus.PENDING
    assert delivery.for_join() == SET
    assert delivery.for_message() == SET


def test_a_break_after_the_echo_takes_nothing_back() -> None:
    delivery = AttributeDelivery(SET)
    delivery.carried("first", Carrier.MESSAGE)
    delivery.echoed("first")
    assert not delivery.interrupted()
    assert status_of(delivery) is AttributeStatus.ECHOED
    assert delivery.for_message() is None


def test_an_equal_set_is_no_new_set() -> None:
    delivery = AttributeDelivery(SET)
    delivery.carried("first", Carrier.MESSAGE)
    assert not delivery.replace(dict(SET))
    assert status_of(delivery) is AttributeStatus.SENT
    assert delivery.replace({**SET, "a": "b"})
    assert status_of(delivery) is AttributeStatus.PENDING
    assert not delivery.echoed("first")
    assert delivery.for_message() == {**SET, "a": "b"}


def test_a_frame_is_known_by_whether_it_carries_the_present_set() -> None:
    delivery = AttributeDelivery(SET)
    delivery.carried("first", Carrier.MESSAGE)
    assert delivery.carrier_of("first") is Carrier.MESSAGE
    assert delivery.carrier_of("another") is None
    delivery.replace({})
    assert delivery.carrier_of("first") is None


def test_an_empty_set_is_owed_to_nobody() -> None:
    delivery = AttributeDelivery({})
    assert delivery.for_join() is None
    assert delivery.for_message() is None


def test_what_was_handed_in_cannot_change_it_later() -> None:
    mine = dict(SET)
    delivery = AttributeDelivery(mine)
    mine["crmCustomerId"] = "another"
    assert delivery.attributes == SET
    with pytest.raises(TypeError):
        delivery.attributes["crmCustomerId"] = "another"  # type: ignore[index]


@given(st.dictionaries(st.text(max_size=8), st.text(max_size=8), max_size=4))
def test_the_size_is_the_stricter_count(attributes: dict[str, str]) -> None:
    size = AttributeDelivery(attributes).size
    assert size >= sum(len(key.encode() + value.encode()) for key, value in attributes.items())
    assert size == len(json.dumps(attributes, ensure_ascii=False, separators=(",", ":")).encode())
