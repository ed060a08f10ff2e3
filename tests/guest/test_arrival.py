"""Comparing what was sent with the participant data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.arrival import Arrival, Cause, compare

NAMES = st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=6)


@pytest.mark.parametrize(
    ("found", "arrival", "cause"),
    [
        ({"crmCustomerId": "0042"}, Arrival.ARRIVED, None),
        ({"crmCustomerId": "42"}, Arrival.DIFFERS, Cause.VALUE),
        ({"crmCustomerId": ""}, Arrival.DIFFERS, Cause.VALUE),
        ({"CRMCUSTOMERID": "0042"}, Arrival.DIFFERS, Cause.CASE),
        ({"context.crmCustomerId": "0042"}, Arrival.DIFFERS, Cause.PREFIX),
        ({"Context.crmcustomerid": "0042"}, Arrival.DIFFERS, Cause.PREFIX),
        ({" crmCustomerId ": "0042"}, Arrival.DIFFERS, Cause.SPACES),
        ({"crmCustomer": "0042"}, Arrival.MISSING, Cause.ABSENT),
        ({}, Arrival.MISSING, Cause.ABSENT),
    ],
)
def test_each_fate_of_an_attribute(found: dict[str, str], arrival: Arrival, cause: Cause | None) -> None:
    verdict = compare({"crmCustomerId": "0042"}, found)
    assert verdict.arrival is arrival
    assert verdict.findings[0].cause is cause
    if arrival is not Arrival.MISSING:
        assert verdict.findings[0].found == next(iter(found.values()))


def test_the_worst_finding_is_the_verdict() -> None:
    sent = {"a": "1", "b": "2", "c": "3"}
    assert compare(sent, sent).arrival is Arrival.ARRIVED
    assert compare(sent, {"a": "1", "B": "2", "c": "3"}).arrival is Arrival.DIFFERS
    assert compare(sent, {"a": "1", "B": "2"}).arrival is Arrival.MISSING
    assert not compare(sent, {"a": "1"}).nothing_arrived
    assert compare(sent, {"other": "1"}).nothing_arrived


def test_of_nothing_sent_nothing_is_proved() -> None:
    assert compare({}, {"a": "1"}).arrival is Arrival.UNPROVEN
    assert not compare({}, {}).nothing_arrived


def test_a_name_that_was_sent_itself_is_not_taken_for_another() -> None:
    verdict = compare({"id": "1", "ID": "2"}, {"ID": "2"})
    assert [finding.arrival for finding in verdict.findings] == [Arrival.MISSING, Arrival.ARRIVED]


def test_values_do_not_escape_in_a_repr() -> None:
    assert "secret-value" not in repr(compare({"a": "secret-value"}, {"a": "secret-value"}))


@given(NAMES, NAMES)
def test_arrived_means_the_same_name_with_the_same_value(sent: dict[str, str], found: dict[str, str]) -> None:
    verdict = compare(sent, found)
    assert [finding.key for finding in verdict.findings] == list(sent)
    for finding in verdict.findings:
        there = found.get(finding.key) == sent[finding.key]
        assert (finding.arrival is Arrival.ARRIVED) is there
        if finding.arrival is Arrival.DIFFERS:
            assert found[finding.found_key] == finding.found


@given(NAMES)
def test_all_that_was_found_as_sent_has_arrived(sent: dict[str, str]) -> None:
    expected = Arrival.ARRIVED if sent else Arrival.UNPROVEN
    assert compare(sent, {**sent, "more": "1"} if "more" not in sent else sent).arrival is expected
