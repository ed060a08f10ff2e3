"""Custom attributes: what may be sent, how it goes out, and how it counts."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.errors import CrmIdError, CustomAttributeError
from gcdesk.guest import frames
from gcdesk.guest.attributes import (
    byte_counts,
    check_attributes,
    check_crm_id,
    default_attributes,
    parse_attributes_json,
    parse_pair,
    preview,
    to_wire,
)

PRINTABLE = st.characters(exclude_categories=["Cc", "Cs", "Cf", "Zs", "Zl", "Zp"])
JSON = st.recursive(
    st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=10),
    lambda inner: (
        st.lists(inner | st.none(), max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.text(PRINTABLE, min_size=1, max_size=500))
def test_a_crm_id_stays_as_it_is(crm_id: str) -> None:
    assert check_crm_id(crm_id) == crm_id


@pytest.mark.parametrize(
    "crm_id", ["000123", " 12 ", "x" * 500, "Ünïcode 漢字 🙂", "👩‍👩‍👧", "0", "null", "a\u00a0b"]
)
def test_a_crm_id_is_never_tidied(crm_id: str) -> None:
    assert check_crm_id(crm_id) == crm_id


@pytest.mark.parametrize(
    "crm_id",
    [
        "",
        " ",
        "   ",
        "\u3000\u00a0",
        "\u200b",
        " \u2060\u2028",
        "12\n",
        "\t12",
        "1\x002",
        "\x7f",
        "\x85",
        "\ud800",
    ],
)
def test_a_crm_id_that_cannot_be_sent_is_refused_with_a_sentence(crm_id: str) -> None:
    with pytest.raises(CrmIdError) as caught:
        check_crm_id(crm_id)
    assert caught.value.title.startswith("The CRM customer ID ")
    assert caught.value.title.endswith(".")
    assert caught.value.hint.endswith(".")


def test_the_default_set_and_its_order() -> None:
    found = default_attributes("007", timestamp="2026-07-01T09:30:00Z", user_agent="gcdesk/1")
    assert list(found.items()) == [
        ("crmCustomerId", "007"),
        ("customerName", "Test customer"),
        ("sourceChannel", "gcdesk"),
        ("timestamp", "2026-07-01T09:30:00Z"),
        ("userAgent", "gcdesk/1"),
    ]
    assert check_attributes(found) == ()


@pytest.mark.parametrize("key", ["crmId", "customerName", "sourceChannel", "timestamp", "userAgent"])
def test_the_crm_id_is_never_lost_to_another_of_its_name(key: str) -> None:
    found = default_attributes("007", key=key, customer_name="Ada", timestamp="t", user_agent="u")
    assert found[key] == "007"
    assert next(iter(found)) == key


@given(st.text())
def test_text_goes_out_unchanged(text: str) -> None:
    assert to_wire(text) == text


@given(JSON)
def test_everything_else_goes_out_as_compact_json(value: Any) -> None:
    wire = to_wire(value)
    if isinstance(value, str):
        assert wire == value
    else:
        assert json.loads(wire) == value
        assert wire == json.dumps(json.loads(wire), ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize(
    ("value", "wire"),
    [
        (True, "true"),
        (False, "false"),
        (42, "42"),
        (1.5, "1.5"),
        ({"a": [1, "ä"]}, '{"a":[1,"ä"]}'),
        ([], "[]"),
    ],
)
def test_what_values_look_like_on_the_wire(value: object, wire: str) -> None:
    assert to_wire(value) == wire
    assert preview({"a": value}) == {"a": wire}


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), object(), b"bytes", {1, 2}])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(CustomAttributeError):
        to_wire(value)


def test_a_value_that_holds_itself_is_refused() -> None:
    value: list[object] = []
    value.append(value)
    with pytest.raises(CustomAttributeError):
        to_wire(value)


@given(st.dictionaries(st.text(max_size=10), st.text(max_size=20), max_size=5))
def test_both_counts_are_what_the_wire_holds(attributes: dict[str, str]) -> None:
    counts = byte_counts(attributes)
    assert counts.pairs == sum(len(key.encode()) + len(value.encode()) for key, value in attributes.items())
    frame = frames.encode(frames.OnMessage(token="t", message=frames.text_message("a", attributes)))
    start = frame.find('"customAttributes":') + len('"customAttributes":')
    wire = frame[start:-4] if attributes else "{}"
    assert json.loads(wire) == attributes
    assert counts.json == len(wire.encode())


def set_of(json_bytes: int) -> dict[str, str]:
    return {"a": "x" * (json_bytes - len('{"a":""}'))}


def test_the_limit_holds_to_the_byte() -> None:
    assert check_attributes(set_of(2048)) == ()
    with pytest.raises(CustomAttributeError) as caught:
        check_attributes(set_of(2049))
    assert "2,049" in caught.value.title
    assert "2,042" in caught.value.title
    assert "2,048" in caught.value.title
    check_attributes(set_of(20), limit=20)
    with pytest.raises(CustomAttributeError):
        check_attributes(set_of(21), limit=20)


def test_bytes_are_counted_not_characters() -> None:
    check_attributes({"a": "é" * 1020})
    with pytest.raises(CustomAttributeError):
        check_attributes({"a": "é" * 1021})


def test_a_crm_id_of_500_characters_fits_with_the_defaults() -> None:
    for sign in ("x", "é", "漢"):
        found = default_attributes(sign * 500, timestamp="2026-07-01T09:30:00Z", user_agent="gcdesk/1")
        assert check_attributes(found) == ()


@pytest.mark.parametrize(
    "attributes",
    [
        {"": "a"},
        {" ": "a"},
        {"a\n": "b"},
        {"a\ud800": "b"},
        {"a": "\x00"},
        {"a": "\x1b[0m"},
        {"a": "b\n"},
        {"a": "\ud800"},
    ],
)
def test_what_cannot_be_sent_is_refused_with_a_sentence(attributes: dict[str, str]) -> None:
    with pytest.raises(CustomAttributeError) as caught:
        check_attributes(attributes)
    assert caught.value.title.endswith(".")


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("CrmId", "1", "camel case"),
        ("crm_id", "1", "camel case"),
        ("crm-id", "1", "camel case"),
        ("customer.id", "1", "dot or a space"),
        ("customer id", "1", "dot or a space"),
        ("conversationId", "1", "platform's own"),
        ("participantId", "1", "platform's own"),
        ("PARTICIPANTID", "1", "platform's own"),
        ("context.crmId", "1", "older web chat"),
        ("_genesysId", "1", "older web chat"),
        ("crmId", "", "empty"),
    ],
)
def test_doubts_are_told_and_stop_nothing(key: str, value: str, words: str) -> None:
    warnings = check_attributes({key: value})
    assert any(words in warning.sentence for warning in warnings)
    assert all(warning.key == key and warning.sentence.endswith(".") for warning in warnings)


@pytest.mark.parametrize("key", ["crmCustomerId", "a", "orderNumber2", "sourceChannel"])
def test_plain_names_raise_no_doubt(key: str) -> None:
    assert check_attributes({key: "value"}) == ()


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("a=b", ("a", "b")),
        ("a=", ("a", "")),
        ("a= b ", ("a", " b ")),
        ("a=b=c", ("a", "b=c")),
        ("a=007", ("a", "007")),
    ],
)
def test_pairs(text: str, pair: tuple[str, str]) -> None:
    assert parse_pair(text) == pair


@pytest.mark.parametrize("text", ["", "a", "=b", " =b"])
def test_what_is_no_pair_is_refused(text: str) -> None:
    with pytest.raises(CustomAttributeError):
        parse_pair(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{}", {}),
        ('{"a": "007"}', {"a": "007"}),
        (
            '{"a": 1.50, "b": 1e22, "c": 12345678901234567890123}',
            {"a": "1.50", "b": "1e22", "c": "12345678901234567890123"},
        ),
        ('{"a": true, "b": {"c": [1, 2.0]}}', {"a": "true", "b": '{"c":[1,2.0]}'}),
        ('{"a": "ä\\u00fc"}', {"a": "äü"}),
    ],
)
def test_attributes_from_json_keep_their_digits(text: str, found: dict[str, str]) -> None:
    assert parse_attributes_json(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "3",
        "null",
        "{",
        '{"a": null}',
        '{"a": 1, "a": 2}',
        '{"a": {"b": 1, "b": 2}}',
        '{"a": NaN}',
        '{"a": "\ud800"}',
        '{"a": "\\ud800"}',
        '{"a": ' + "[" * 100_000 + "]" * 100_000 + "}",
    ],
    ids=lambda text: str(len(text)),
)
def test_what_is_no_set_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(CustomAttributeError) as caught:
        parse_attributes_json(text)
    assert caught.value.title.endswith(".")


@given(st.dictionaries(st.text(max_size=8), JSON, max_size=4))
def test_json_and_values_agree(values: dict[str, Any]) -> None:
    text = json.dumps(values, ensure_ascii=False)
    found = parse_attributes_json(text)
    assert list(found) == list(values)
    for key, value in values.items():
        assert found[key] == (value if isinstance(value, str) else found[key])
        assert isinstance(value, str) or json.loads(found[key]) == value


@given(st.text(max_size=60))
def test_any_text_is_a_set_or_refused(text: str) -> None:
    try:
        found = parse_attributes_json(text)
    except CustomAttributeError:
        return
    frames.encode(frames.OnMessage(token="t", message=frames.text_message("a", found)))
