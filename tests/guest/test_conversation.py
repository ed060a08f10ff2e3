"""Reading a conversation of the Platform API, however it comes."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.conversation import FlowEnd, read_conversation, read_flow_ends

from .frames_of import sample

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "participants", "purpose", "attributes", "messages", "queue"]) | st.text(),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


def test_the_sample() -> None:
    conversation = read_conversation(sample("platform.conversation"))
    assert conversation.id == "e2a5b1c0-6d3f-4b8e-9f01-7c1d2e3f4a5b"
    assert conversation.started == datetime(2026, 7, 1, 9, 30, 15, 174000, UTC)
    assert [participant.purpose for participant in conversation.participants] == [
        "customer",
        "workflow",
        "acd",
        "agent",
    ]
    assert conversation.customer_data == {"crmCustomerId": "CRM-000123", "source": "test-launcher"}
    assert conversation.participants[0].state == "connected"
    assert not conversation.problems


def test_an_export_that_wraps_the_conversation() -> None:
    wrapped = {"conversation": sample("platform.conversation"), "exportedBy": "somebody"}
    assert read_conversation(wrapped).customer_data["crmCustomerId"] == "CRM-000123"


def test_the_later_of_two_customers_counts() -> None:
    conversation = read_conversation(
        {
            "participants": [
                {"purpose": "customer", "attributes": {"a": "1", "b": "2"}},
                {"purpose": "Customer", "attributes": {"a": "9"}},
                {"purpose": "agent", "attributes": {"a": "agent's own"}},
            ]
        }
    )
    assert conversation.customer_data == {"a": "9", "b": "2"}


def test_nobody_there() -> None:
    assert not read_conversation({"participants": [{"purpose": "acd"}]}).has_customer
    assert not read_conversation([]).has_customer


def test_values_do_not_escape_in_a_repr() -> None:
    conversation = read_conversation(sample("platform.conversation"))
    assert "CRM-000123" not in repr(conversation)


@given(ANY_JSON)
def test_any_json_is_survived(value: object) -> None:
    conversation = read_conversation(value)
    json.dumps(dict(conversation.customer_data))
    for participant in read_conversation({"participants": [value]}).participants:
        assert isinstance(participant.purpose, str)


def test_how_flows_ended_is_read_from_analytics() -> None:
    outcomes = [{"flowOutcome": "Solved", "flowOutcomeValue": "SUCCESS"}, {"flowOutcomeId": "7"}]
    flow = {"flowName": "Support", "exitReason": "TRANSFER", "outcomes": outcomes}
    participants = [{"purpose": "customer", "sessions": [{}]}, {"sessions": [{"flow": flow}, {"flow": {}}]}]
    assert read_flow_ends({"participants": participants}) == (
        FlowEnd("Support", "TRANSFER", (("Solved", "SUCCESS"), ("7", ""))),
        FlowEnd("", "", ()),
    )


@given(ANY_JSON)
def test_any_analytics_are_survived(value: object) -> None:
    for end in read_flow_ends({"participants": [{"sessions": [{"flow": value}]}]}):
        assert isinstance(end.flow, str)
    read_flow_ends(value)
