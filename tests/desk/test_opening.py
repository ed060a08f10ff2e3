"""Links and calls: read whole or refused whole, and never taken for anything but data."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.desk.opening import (
    LONGEST_CALL,
    LONGEST_LINK,
    Call,
    Opening,
    checked,
    read_call,
    read_link,
    write_call,
    write_link,
)
from gcdesk.errors import CrmIdError, CustomAttributeError, InputError, LinkError

SHOWN = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)
KEYS = SHOWN.filter(lambda key: "=" not in key)
OPENINGS = st.builds(Opening, SHOWN, SHOWN, st.dictionaries(KEYS, SHOWN, max_size=3))


def test_a_link_names_environment_and_customer() -> None:
    assert read_link("gcdesk://start?env=UAT&crm=CUST-12345") == Opening("UAT", "CUST-12345")


def test_the_environment_may_be_left_to_the_window() -> None:
    assert read_link("GCDESK://start/?crm=CUST-1") == Opening("", "CUST-1")


def test_attributes_come_one_by_one() -> None:
    link = "gcdesk://start?crm=1&attribute=orderNumber%3D88213&attribute=note%3Da%3Db%26c"
    assert read_link(link).attributes == {"orderNumber": "88213", "note": "a=b&c"}


def test_a_plus_stays_a_plus() -> None:
    assert read_link("gcdesk://start?crm=+49%2030").crm_id == "+49 30"


@given(OPENINGS)
def test_a_link_says_what_was_put_into_it(opening: Opening) -> None:
    link = write_link(opening)
    if len(link) <= LONGEST_LINK:
        assert read_link(link) == opening


@pytest.mark.parametrize(
    "link",
    [
        "",
        "https://start?crm=1",
        "gcdesk:start?crm=1",
        "gcdesk://begin?crm=1",
        "gcdesk://start@other?crm=1",
        "gcdesk://start:99?crm=1",
        "gcdesk://start/now?crm=1",
        "gcdesk://start?crm=1#end",
        "gcdesk://start?crm",
        "gcdesk://start?crm=1&crm=2",
        "gcdesk://start?env=A&env=B&crm=1",
        "gcdesk://start?crm=1&attribute=a%3D1&attribute=a%3D2",
        "gcdesk://start?crm=1&deployment=2",
        "gcdesk://start?crm=%ff",
        "gcdesk://[start?crm=1",
        "gcdesk://start?crm=1&env=a%0ab",
        "gcdesk://start?crm=1&env=a%E2%80%AEb",
        "gcdesk://start?crm=1&env=" + "a" * 201,
        "gcdesk://start?crm=" + "1" * LONGEST_LINK,
    ],
)
def test_another_link_is_refused(link: str) -> None:
    with pytest.raises(LinkError) as refused:
        read_link(link)
    assert refused.value.title.endswith(".")
    assert refused.value.hint.endswith(".")


@pytest.mark.parametrize("crm", ["", "%20", "a%00b", "a%0Ab"])
def test_a_customer_that_cannot_be_sent_is_refused(crm: str) -> None:
    with pytest.raises(CrmIdError):
        read_link(f"gcdesk://start?crm={crm}")


@pytest.mark.parametrize("opening", [Opening("", "1" * 2100), Opening("", "1", {"a": "b" * 2100})])
def test_what_does_not_fit_into_the_attributes_is_refused(opening: Opening) -> None:
    with pytest.raises(CustomAttributeError):
        checked(opening)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    for link in (text, f"gcdesk://start?{text}"):
        try:
            opening = read_link(link)
        except InputError:
            continue
        assert checked(opening) is opening


@given(OPENINGS, st.sampled_from(["", "wayland-42"]))
def test_a_call_arrives_as_it_was(opening: Opening, activation: str) -> None:
    call = Call(opening=opening, activation=activation)
    line = write_call(call)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert read_call(line) == call


@given(
    st.binary() | st.recursive(st.none() | st.text(), st.lists).map(lambda value: json.dumps(value).encode())
)
def test_any_bytes_are_read_or_refused(line: bytes) -> None:
    with pytest.raises(InputError):
        read_call(line)


@pytest.mark.parametrize(
    "start",
    [7, {}, {"crm_id": 7}, {"crm_id": "1", "attributes": {"a": 7}}, {"crm_id": "1", "environment": "\n"}],
)
def test_a_call_for_no_proper_chat_is_refused(start: object) -> None:
    with pytest.raises(InputError):
        read_call(json.dumps({"start": start}).encode())


def test_a_call_is_bounded() -> None:
    with pytest.raises(LinkError):
        read_call(b" " * LONGEST_CALL + b"{}")
    assert len(write_call(Call(link="x" * 10**6))) < LONGEST_CALL


@pytest.mark.parametrize("token", ["x" * 300, "a\nb", "\u202e", 7, None])
def test_an_odd_activation_is_left_out(token: object) -> None:
    assert read_call(json.dumps({"activation": token}).encode()) == Call()


def test_what_a_call_wants() -> None:
    opening = Opening("UAT", "1")
    assert Call().wanted() is None
    assert Call(opening=opening).wanted() is opening
    assert Call(link="gcdesk://start?env=UAT&crm=1").wanted() == opening
