"""Whatever the service sends: nothing raises, and nothing is lost."""

from __future__ import annotations

import copy
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.received import (
    Configuration,
    ConnectionClosed,
    ErrorBody,
    Jwt,
    PresignedUrl,
    ReceivedFrame,
    ResumeToken,
    SessionResponse,
    StringBody,
    StructuredMessage,
    UnknownBody,
    UploadSuccess,
    decode_frame,
)

from .frames_of import Frame, names, sample, sample_text

SERVER = names("server.")
FINITE = st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | st.integers() | FINITE | st.text(max_size=20)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def use_everything(frame: ReceivedFrame) -> None:
    """Touch all that the front ends use; the test is that none of it raises."""
    assert isinstance(frame.kind, str)
    assert isinstance(frame.masked(), str)
    assert isinstance(repr(frame), str)
    frame.json()
    refusal = frame.refusal
    assert refusal is None or (refusal.title and refusal.hint and str(refusal))
    assert all(sentence.endswith(".") for sentence in frame.problems)


@given(st.binary(max_size=200))
def test_any_bytes_are_kept(data: bytes) -> None:
    frame = decode_frame(data)
    assert frame.text == data.decode("utf-8", "backslashreplace")
    use_everything(frame)


@given(st.text(st.characters(), max_size=200))
def test_any_text_is_kept(text: str) -> None:
    frame = decode_frame(text)
    assert frame.text == text
    use_everything(frame)


@given(VALUES | st.lists(st.floats(), max_size=3))
def test_any_json_is_kept(value: object) -> None:
    text = json.dumps(value, allow_nan=True)
    frame = decode_frame(text)
    assert frame.text == text
    use_everything(frame)


@given(st.sampled_from([json.loads(sample_text(name))["class"] for name in SERVER]), VALUES, VALUES)
def test_any_body_under_a_known_class_is_kept(cls: str, body: object, code: object) -> None:
    frame = decode_frame(json.dumps({"class": cls, "code": code, "body": body}))
    assert frame.cls == cls
    use_everything(frame)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of everything below a JSON value."""
    found: list[tuple[str | int, ...]] = [path] if path else []
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in inside:
        found += places(item, (*path, key))
    return found


def changed(frame: Frame, path: tuple[str | int, ...], how: str, value: object) -> Frame:
    """A copy of the frame with the value at the path dropped, replaced, or given a neighbour."""
    copied = copy.deepcopy(frame)
    parent: Any = copied
    for step in path[:-1]:
        parent = parent[step]
    if how == "drop":
        del parent[path[-1]]
    elif how == "replace":
        parent[path[-1]] = value
    elif isinstance(parent, dict):
        parent["neverHeardOf"] = value
    else:
        parent.append(value)
    return copied


WRONG: tuple[object, ...] = (None, "", "x", 0, -1, 10**30, 1.5, True, [], {}, [[]], [None], {"a": None})


@pytest.mark.parametrize("name", SERVER)
def test_every_single_change_of_every_sample_is_survived(name: str) -> None:
    frame = sample(name)
    for path in places(frame):
        for how, values in (("drop", (None,)), ("replace", WRONG), ("add", ({"deep": [1]},))):
            for value in values:
                other = changed(frame, path, how, value)
                text = json.dumps(other)
                read = decode_frame(text)
                assert read.value == other
                assert read.text == text
                use_everything(read)


@given(st.sampled_from(SERVER), st.data())
def test_several_changes_at_once_are_survived(name: str, data: st.DataObject) -> None:
    frame = sample(name)
    for _ in range(data.draw(st.integers(1, 4))):
        paths = places(frame)
        if not paths:
            break
        how = data.draw(st.sampled_from(["drop", "replace", "add"]))
        frame = changed(frame, data.draw(st.sampled_from(paths)), how, data.draw(VALUES))
    read = decode_frame(json.dumps(frame))
    use_everything(read)


@given(st.sampled_from(SERVER), st.data())
def test_a_frame_cut_short_is_kept(name: str, data: st.DataObject) -> None:
    raw = sample_text(name).strip().encode()
    part = raw[: data.draw(st.integers(0, len(raw) - 1))]
    frame = decode_frame(part)
    assert frame.kind == "not JSON"
    assert frame.text == part.decode("utf-8", "backslashreplace")
    assert frame.problems
    use_everything(frame)


def test_an_unknown_key_stays_reachable_and_changes_nothing() -> None:
    plain = sample("server.structured_message.card")
    plain["body"]["content"][0]["card"]["colour"] = "blue"
    plain["newKey"] = 1
    read, original = (
        decode_frame(json.dumps(plain)),
        decode_frame(json.dumps(sample("server.structured_message.card"))),
    )
    assert read.body == original.body
    assert read.problems == ()
    assert read.value == plain


@pytest.mark.parametrize("depth", [50, 150, 320, 500, 990, 5_000, 200_000])
@pytest.mark.parametrize("cls", ["StructuredMessage", "SessionResponse", "string", "NeverHeardOf"])
def test_deep_nesting_is_survived(cls: str, depth: int) -> None:
    for opening, closing in (("[", "]"), ('{"a":', "}")):
        inner = (
            f"{opening * depth}1{closing * depth}" if opening != "[" else opening * depth + closing * depth
        )
        for body in (
            inner,
            f'{{"blockedExtensions":[{inner}],"content":{inner},"metadata":{{"a":{inner}}}}}',
        ):
            text = f'{{"class":"{cls}","code":200,"body":{body}}}'
            frame = decode_frame(text)
            assert frame.text == text
            use_everything(frame)


@pytest.mark.parametrize("digits", [20, 400, 4_301, 100_000])
@pytest.mark.parametrize(
    "path", ["code", "tracingId", "class", "body.id", "body.retryAfter", "body.blockedExtensions"]
)
def test_huge_numbers_are_survived(path: str, digits: int) -> None:
    number = "9" * digits
    for cls in ("StructuredMessage", "TooManyRequestsErrorMessage", "SessionResponse"):
        if path.startswith("body."):
            text = f'{{"class":"{cls}","code":429,"body":{{"{path[5:]}":[{number}],"retryAfter":{number}}}}}'
        else:
            text = f'{{"class":"{cls}","{path}":{number},"body":{{}}}}'
        frame = decode_frame(text)
        assert frame.text == text
        use_everything(frame)


@pytest.mark.parametrize("wait", ['"nan"', '"inf"', "1e999", '"-Infinity"', "-5", "[]", "null"])
def test_a_wait_that_is_none_is_not_believed(wait: str) -> None:
    frame = decode_frame(
        f'{{"class":"TooManyRequestsErrorMessage","code":429,"body":{{"retryAfter":{wait},"errorCode":4029}}}}'
    )
    refusal = frame.refusal
    assert refusal is not None
    assert refusal.name == "TooManyRequests"
    assert refusal.retry_after in (None, 0.0)


def test_a_wait_of_years_is_bounded() -> None:
    frame = decode_frame('{"class":"TooManyRequestsErrorMessage","code":429,"body":{"retryAfter":1e300}}')
    refusal = frame.refusal
    assert refusal is not None
    assert refusal.retry_after == 86_400


@given(st.text(st.characters(), max_size=10), st.text(st.characters(), max_size=10))
def test_half_a_character_does_not_cost_the_whole_message(before: str, after: str) -> None:
    frame = sample("server.structured_message.text_outbound_bot")
    frame["body"]["text"] = f"{before}\ud83d{after}"
    read = decode_frame(json.dumps(frame))
    assert isinstance(read.body, StructuredMessage)
    assert read.body.id == frame["body"]["id"]
    read.body.text.encode()
    use_everything(read)


def test_half_a_character_is_shown_as_one_that_is_missing() -> None:
    frame = sample("server.structured_message.text_outbound_bot")
    frame["body"]["text"] = "Hello \ud83d, \ude00!"
    read = decode_frame(json.dumps(frame))
    assert isinstance(read.body, StructuredMessage)
    assert read.body.text == "Hello \ufffd, \ufffd!"


def test_invalid_utf8_is_kept_visibly() -> None:
    frame = decode_frame(b'{"class":"string","body":"caf\xe9"}')
    assert frame.kind == "not JSON"
    assert frame.text == '{"class":"string","body":"caf\\xe9"}'
    assert frame.problems == ("The frame is not JSON in UTF-8.",)


def test_bytes_read_as_text_does() -> None:
    text = sample_text("server.structured_message.text_outbound_agent")
    assert decode_frame(text.encode()) == decode_frame(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("nonsense", "not JSON"),
        (" null\n", "null"),
        ('{"class":"string","code":400,"body":{}}', "string 400"),
        ("[]", "no class"),
        ("{}", "no class"),
        ('{"class":"Hologram","code":200,"body":{}}', "Hologram 200"),
        ('{"class":"string","code":4011,"body":"message too long"}', "string 4011"),
        ('{"class":"StructuredMessage","code":200,"body":{"direction":"Inbound"}}', "StructuredMessage in"),
        ('{"class":"StructuredMessage","code":200,"body":{"direction":"Outbound"}}', "StructuredMessage out"),
        ('{"class":"StructuredMessage","code":200,"body":{}}', "StructuredMessage"),
        ('{"class":"SessionResponse","code":200,"body":{"connected":true}}', "SessionResponse 200"),
    ],
)
def test_the_short_words_of_a_frame(text: str, kind: str) -> None:
    assert decode_frame(text).kind == kind


def test_null_is_not_called_broken() -> None:
    for data in ("null", b"null"):
        assert decode_frame(data).problems == ("The frame holds nothing but null.",)


def test_a_string_that_is_none_is_kept_and_said_so() -> None:
    frame = decode_frame('{"class":"string","code":200,"body":[1]}')
    assert frame.body == UnknownBody([1])
    assert frame.problems == ("body should be text.",)


def test_an_unknown_class_is_kept_with_its_body_and_said_so() -> None:
    frame = decode_frame('{"class":"Hologram","code":200,"body":{"a":[1,2]}}')
    assert frame.body == UnknownBody({"a": [1, 2]})
    assert frame.problems == ("The class 'Hologram' is not known.",)
    assert frame.refusal is None


def test_an_unknown_class_with_another_code_is_a_refusal() -> None:
    frame = decode_frame('{"class":"Hologram","code":4011,"body":{"errorMessage":"too long"}}')
    refusal = frame.refusal
    assert refusal is not None
    assert (refusal.name, refusal.code, refusal.detail) == ("MessageTooLong", 4011, "too long")


def body_of(name: str) -> object:
    return decode_frame(sample_text(name)).body


def test_the_fields_of_a_session_response() -> None:
    body = body_of("server.session_response")
    assert isinstance(body, SessionResponse)
    assert (body.connected, body.new_session, body.read_only) == (True, True, False)
    assert body.max_custom_data_bytes == 2048
    assert body.allowed_types == ("*/*", "video/3gpp")
    assert body.max_file_kilobytes == 10240
    assert body.blocked_extensions == (".ade", ".adp", ".exe")
    assert body.duration_seconds == 259200
    assert body.expiration_date == 1783157415


def test_an_unknown_limit_is_no_limit() -> None:
    frame = decode_frame(
        '{"class":"SessionResponse","code":200,"body":{"connected":true,"maxCustomDataBytes":-1}}'
    )
    assert isinstance(frame.body, SessionResponse)
    assert frame.body.max_custom_data_bytes is None


def test_the_fields_of_a_message() -> None:
    body = body_of("server.structured_message.text_inbound_echo")
    assert isinstance(body, StructuredMessage)
    assert (body.type, body.direction, body.text) == ("Text", "Inbound", "Hello")
    assert body.channel.time == datetime(2026, 7, 1, 9, 30, 15, 174_000, UTC)
    assert body.channel.message_id == "0b7f3a52-9f7d-4a0e-8b7a-5d2d9c1e7f44"
    assert body.channel.custom_attributes["crmCustomerId"] == "CRM-000123"
    assert body.metadata == {"correlationId": "d41c6a7e-90b5-4f7d-8f43-7a6f0b1f5c21"}


def test_the_fields_of_a_refusal() -> None:
    frame = decode_frame(sample_text("server.too_many_requests"))
    assert frame.body == ErrorBody(4029, "Message rate too high for this session", 3.0, "")
    refusal = frame.refusal
    assert refusal is not None
    assert (refusal.name, refusal.code, refusal.retry_after) == ("TooManyRequests", 429, 3.0)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("server.presigned_url_response", PresignedUrl),
        ("server.upload_success_event", UploadSuccess),
        ("server.jwt_response", Jwt),
        ("server.get_configuration_response", Configuration),
        ("server.resume_token_response", ResumeToken),
        ("server.connection_closed_event", ConnectionClosed),
        ("server.string_error.4011_message_too_long", StringBody),
    ],
)
def test_bodies_are_read_by_class(name: str, kind: type) -> None:
    assert isinstance(body_of(name), kind)


def test_the_reason_of_a_closed_connection_has_two_names() -> None:
    for key in ("reason", "reasonCode"):
        frame = decode_frame(
            json.dumps({"class": "ConnectionClosedEvent", "code": 200, "body": {key: "signedIn"}})
        )
        assert frame.body == ConnectionClosed("signedIn")


@pytest.mark.parametrize(
    ("typing", "seconds"),
    [
        ({"type": "On"}, 5.0),
        ({"type": "On", "duration": 3000}, 3.0),
        ({"type": "On", "durationMs": 2500}, 2.5),
        ({"type": "On", "duration": -1}, 0.0),
        ({"type": "On", "duration": 10**12}, 60.0),
        ({"type": "On", "duration": "nan"}, 5.0),
        (None, 5.0),
    ],
)
def test_how_long_the_other_side_types(typing: object, seconds: float) -> None:
    events = [{"eventType": "Typing", "typing": typing}]
    frame = decode_frame(json.dumps({"class": "StructuredMessage", "code": 200, "body": {"events": events}}))
    assert isinstance(frame.body, StructuredMessage)
    assert frame.body.events[0].typing_seconds == seconds


def test_typing_can_end() -> None:
    events = [{"eventType": "Typing", "typing": {"type": "Off"}}]
    frame = decode_frame(json.dumps({"class": "StructuredMessage", "code": 200, "body": {"events": events}}))
    assert isinstance(frame.body, StructuredMessage)
    assert not frame.body.events[0].typing_on


def test_a_link_to_download_and_a_place_to_upload_differ() -> None:
    upload = body_of("server.presigned_url_response")
    assert isinstance(upload, PresignedUrl)
    assert not upload.is_download
    value = sample("server.presigned_url_response")
    value["body"].update(headers={}, fileSize=10)
    download = decode_frame(json.dumps(value)).body
    assert isinstance(download, PresignedUrl)
    assert download.is_download


def test_a_tracing_id_may_lie_in_the_body() -> None:
    frame = decode_frame('{"class":"TooManyRequestsErrorMessage","code":429,"body":{"tracingId":"t-1"}}')
    assert frame.tracing_id == "t-1"
