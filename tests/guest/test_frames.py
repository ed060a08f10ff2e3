"""Every frame gcdesk can send: as the service's schema wants it, with the attributes in their one place."""

from __future__ import annotations

import copy
import json
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from gcdesk.guest import frames
from gcdesk.guest.content import CardAction, Form, ListItem, QuickReply, TimeSlot
from gcdesk.guest.frames import OnMessage, OutgoingMessage, Request, UnknownRequest
from gcdesk.guest.replies import Reply, card_action, form_answer, list_choice, quick_reply, time_slot

from .frames_of import LEGACY, sample_text

TEXT = st.text(max_size=40)
NAMES = st.text(min_size=1, max_size=20)
ATTRIBUTES = st.dictionaries(TEXT, TEXT, max_size=5) | st.none()
ITEMS = st.builds(ListItem, TEXT, TEXT)
FORMS = st.builds(Form, TEXT, TEXT, st.just(()), TEXT)
REPLIES = st.one_of(
    st.builds(quick_reply, st.builds(QuickReply, TEXT, TEXT), TEXT),
    st.builds(card_action, st.builds(CardAction, st.just("Postback"), TEXT, st.just(""), TEXT), TEXT),
    st.builds(time_slot, st.builds(TimeSlot, TEXT, st.none(), st.none()), TEXT, TEXT),
    st.builds(list_choice, st.lists(ITEMS, min_size=1, max_size=3), TEXT, TEXT),
    st.builds(form_answer, FORMS, st.dictionaries(TEXT, st.tuples(TEXT, TEXT), max_size=3), TEXT, TEXT),
)
MESSAGES = st.one_of(
    st.builds(frames.text_message, TEXT, ATTRIBUTES),
    st.builds(frames.structured_message, REPLIES, ATTRIBUTES),
    st.builds(frames.join_message, ATTRIBUTES),
    st.builds(frames.typing_message),
    st.builds(frames.clear_message),
)
ACTIONS = st.builds(
    frames.JourneyAction,
    id=TEXT,
    action_map=st.builds(frames.JourneyActionMap, id=TEXT, version=st.integers(0, 2**31 - 1)),
)
JOURNEYS = st.builds(
    frames.JourneyContext,
    customer=st.builds(frames.JourneyCustomer, id=TEXT, id_type=TEXT),
    customer_session=st.builds(frames.JourneySession, id=TEXT, type=TEXT),
    triggering_action=st.just(msgspec.UNSET) | ACTIONS,
)
COMMON: dict[str, Any] = {"token": NAMES, "tracing_id": st.just(msgspec.UNSET) | NAMES}
SESSION: dict[str, Any] = {
    **COMMON,
    "deployment_id": NAMES,
    "start_new": st.just(msgspec.UNSET) | st.booleans(),
    "journey_context": st.just(msgspec.UNSET) | JOURNEYS,
}
REQUESTS: dict[str, tuple[str, st.SearchStrategy[Any]]] = {
    "configureSession": ("ConfigureSessionRequest", st.builds(frames.ConfigureSession, **SESSION)),
    "configureAuthenticatedSession": (
        "ConfigureAuthenticatedSessionRequest",
        st.builds(
            frames.ConfigureAuthenticatedSession, data=st.builds(frames.SignInCode, code=NAMES), **SESSION
        ),
    ),
    "onMessage": (
        "SendMessageRequest",
        st.builds(frames.OnMessage, message=MESSAGES, time=st.just(msgspec.UNSET) | NAMES, **COMMON),
    ),
    "echo": ("SendEchoRequest", st.builds(frames.Echo, **COMMON)),
    "onAttachment": (
        "GenerateUploadUrlRequest",
        st.builds(
            frames.OnAttachment,
            attachment_id=NAMES,
            file_name=NAMES,
            file_type=NAMES,
            file_size=st.integers(0, 2**31 - 1),
            file_md5=st.just(msgspec.UNSET) | NAMES,
            errors_as_json=st.just(msgspec.UNSET) | st.booleans(),
            **COMMON,
        ),
    ),
    "getAttachment": (
        "GenerateDownloadUrlRequest",
        st.builds(frames.GetAttachment, attachment_id=NAMES, **COMMON),
    ),
    "deleteAttachment": (
        "DeleteAttachmentRequest",
        st.builds(frames.DeleteAttachment, attachment_id=NAMES, **COMMON),
    ),
    "getJwt": ("GetJwtRequest", st.builds(frames.GetJwt, **COMMON)),
    "closeSession": (
        "CloseSessionRequest",
        st.builds(frames.CloseSession, close_all_connections=st.booleans(), **COMMON),
    ),
    "getConfiguration": (
        "GetConfigurationRequest",
        st.builds(frames.GetConfiguration, deployment_id=NAMES, **COMMON),
    ),
}
ANY_REQUEST = st.one_of([strategy for _, strategy in REQUESTS.values()])


@pytest.fixture(scope="module")
def validators(service_schema: dict[str, Any]) -> dict[str, Draft4Validator]:
    """A validator for each request, by its action."""
    definitions = copy.deepcopy(service_schema["definitions"])
    # The schema demands these two, but no client sends them and the service does not miss them: neither the
    # service's own web client nor the SDKs put a time on a message or an MD5 sum on an upload.
    definitions["SendMessageRequest"]["required"].remove("time")
    definitions["GenerateUploadUrlRequest"]["required"].remove("fileMd5")
    return {
        action: Draft4Validator({"$ref": f"#/definitions/{name}", "definitions": definitions})
        for action, (name, _) in REQUESTS.items()
    }


def test_every_kind_of_request_is_tried() -> None:
    tags = {kind.__struct_config__.tag for kind in get_args(Request)}
    assert tags == set(REQUESTS)


@pytest.mark.parametrize("action", REQUESTS)
@given(data=st.data())
def test_every_request_fits_the_service_schema(
    validators: dict[str, Draft4Validator], action: str, data: st.DataObject
) -> None:
    request = data.draw(REQUESTS[action][1])
    wire = json.loads(frames.encode(request))
    assert wire["action"] == action
    assert [f"{error.json_path}: {error.message}" for error in validators[action].iter_errors(wire)] == []


def test_the_schema_check_can_fail(validators: dict[str, Draft4Validator]) -> None:
    assert not validators["onMessage"].is_valid(
        {"action": "onMessage", "token": "t", "message": {"text": "a"}}
    )
    wrong = {"type": "Text", "channel": {"metadata": {"customAttributes": {"a": 1}}}}
    assert not validators["onMessage"].is_valid({"action": "onMessage", "token": "t", "message": wrong})
    assert not validators["configureSession"].is_valid({"action": "configureSession", "token": "t"})


@given(ANY_REQUEST)
def test_every_request_decodes_back_to_itself(request: Request) -> None:
    text = frames.encode(request)
    decoded = frames.decode_request(text)
    assert decoded == request
    assert frames.encode(decoded) == text


@given(ANY_REQUEST)
def test_absent_parts_are_left_out_and_never_null(request: Request) -> None:
    def has_null(value: object) -> bool:
        if isinstance(value, dict):
            return any(has_null(item) for item in value.values())
        return any(map(has_null, value)) if isinstance(value, list) else value is None

    assert not has_null(json.loads(frames.encode(request)))


@given(NAMES, MESSAGES)
def test_attributes_have_one_place_only(token: str, message: OutgoingMessage) -> None:
    wire = json.loads(frames.encode(OnMessage(token=token, message=message, tracing_id="t")))
    assert set(wire) == {"action", "token", "message", "tracingId"}
    channel = wire["message"].pop("channel", None)
    assert "customAttributes" not in _keys(wire)
    if channel is not None:
        assert set(channel) == {"metadata"}
        assert set(channel["metadata"]) == {"customAttributes"}
        assert all(isinstance(value, str) for value in channel["metadata"]["customAttributes"].values())


def _keys(value: object) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_keys, value.values()))
    return set().union(*map(_keys, value)) if isinstance(value, list) else set()


def test_no_request_has_room_for_the_dead_place() -> None:
    for kind in get_args(Request):
        assert not {"channel", "metadata", "customAttributes"} & set(kind.__struct_encode_fields__)
    with pytest.raises(TypeError):
        OnMessage(token="t", message=frames.typing_message(), channel={})  # type: ignore[call-arg]


def test_an_empty_set_of_attributes_leaves_no_trace() -> None:
    for message in (frames.text_message("a", {}), frames.join_message({}), frames.join_message()):
        wire = json.loads(frames.encode(OnMessage(token="t", message=message)))
        assert "channel" not in wire["message"]


CRM_IDS = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=500)
    | st.from_regex(r"0{1,20}[0-9]{0,30}", fullmatch=True)
    | st.text("0aäß漢🙂\u202e", min_size=500, max_size=500)
)


@given(CRM_IDS)
def test_a_crm_id_crosses_the_wire_byte_for_byte(crm_id: str) -> None:
    message = frames.text_message("Hello", {"crmCustomerId": crm_id})
    text = frames.encode(OnMessage(token="t", message=message))
    attributes = json.loads(text)["message"]["channel"]["metadata"]["customAttributes"]
    assert attributes == {"crmCustomerId": crm_id}
    if not set(crm_id) & set('"\\'):
        assert f'"crmCustomerId":"{crm_id}"'.encode() in text.encode()


@pytest.mark.parametrize(
    "crm_id", ["000123", "0", "1e5", "true", "null", " 12 ", "Ünïcode-漢字-🙂", "x" * 500]
)
def test_a_crm_id_is_text_whatever_it_looks_like(crm_id: str) -> None:
    text = frames.encode(OnMessage(token="t", message=frames.join_message({"crmCustomerId": crm_id})))
    assert f'"crmCustomerId":"{crm_id}"' in text


def test_the_wire_is_compact_and_in_real_characters() -> None:
    message = frames.text_message("Grüße 漢 🙂 </script>\n")
    text = frames.encode(OnMessage(token="t", message=message, tracing_id="i"))
    assert text == (
        '{"action":"onMessage","token":"t","tracingId":"i",'
        '"message":{"type":"Text","text":"Grüße 漢 🙂 </script>\\n"}}'
    )


@pytest.mark.parametrize("text", ["", "nonsense", "[]", "3", "null", '"a"', '{"action":', "\ud800"])
def test_what_is_no_object_is_no_request(text: str) -> None:
    with pytest.raises(ValueError, match=r"JSON|truncated|encode"):
        frames.decode_request(text)


OBJECTS = st.dictionaries(
    st.sampled_from(["action", "token", "message", "tracingId", "channel"]) | TEXT,
    st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.sampled_from(["onMessage", "echo"])
        | TEXT,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
        max_leaves=6,
    ),
    max_size=5,
)


@given(OBJECTS)
def test_any_object_encodes_back_to_the_same_json(value: dict[str, object]) -> None:
    decoded = frames.decode_request(json.dumps(value))
    assert json.loads(frames.encode(decoded)) == value


@given(OBJECTS)
def test_an_unknown_request_shows_nothing_of_itself(value: dict[str, object]) -> None:
    assert repr(UnknownRequest(value)) == "UnknownRequest()"


@pytest.mark.parametrize(
    ("request_", "kind"),
    [
        (OnMessage(token="t", message=frames.text_message("a")), "onMessage Text"),
        (OnMessage(token="t", message=frames.join_message()), "onMessage Join"),
        (OnMessage(token="t", message=frames.clear_message()), "onMessage Clear"),
        (OnMessage(token="t", message=frames.typing_message()), "onMessage Typing"),
        (
            OnMessage(token="t", message=frames.structured_message(quick_reply(QuickReply("a", "b"), ""))),
            "onMessage Structured",
        ),
        (frames.Echo(token="t"), "echo"),
        (frames.CloseSession(token="t", close_all_connections=True), "closeSession"),
        (frames.ConfigureSession(token="t", deployment_id="d"), "configureSession"),
    ],
)
def test_the_short_words_of_a_sent_frame(request_: Request, kind: str) -> None:
    frame = frames.sent_frame(request_)
    assert frame.kind == kind
    assert frame.action == kind.split(maxsplit=1)[0]
    assert frame.tracing_id == ""
    assert frame.text == frames.encode(request_)


SECRETS = st.uuids(version=4).map(str)


@given(SECRETS, SECRETS, SECRETS)
def test_nothing_secret_survives_in_what_is_shown_of_a_frame(token: str, deployment: str, code: str) -> None:
    journey = frames.guest_journey(token)
    requests: list[Request] = [
        frames.ConfigureSession(token=token, deployment_id=deployment, journey_context=journey),
        frames.ConfigureAuthenticatedSession(
            token=token, deployment_id=deployment, journey_context=journey, data=frames.SignInCode(code=code)
        ),
        OnMessage(token=token, message=frames.text_message("a", {"crmCustomerId": "visible"})),
        frames.GetConfiguration(token=token, deployment_id=deployment),
        frames.GetJwt(token=token),
    ]
    for request in requests:
        frame = frames.sent_frame(request)
        for shown in (frame.masked(), str(frame.json()), repr(frame), repr(request), repr(journey)):
            for secret in (token, deployment, code):
                assert secret not in shown
        assert token in frame.text
    assert '"crmCustomerId": "visible"' in frames.sent_frame(requests[2]).masked()
    assert "visible" not in repr(frames.sent_frame(requests[2]))
    assert "visible" not in repr(frames.join_message({"crmCustomerId": "visible"}).channel)


def test_the_dead_place_is_kept_as_it_came() -> None:
    request = frames.decode_request(sample_text(LEGACY))
    assert isinstance(request, UnknownRequest)
    assert json.loads(frames.encode(request)) == json.loads(sample_text(LEGACY))


def test_a_reply_keeps_everything_it_was_built_with() -> None:
    reply = Reply("label", ({"contentType": "X", "x": {"a": 1}},), (), {"parentMessageId": "m"}, "m")
    wire = json.loads(frames.encode(OnMessage(token="t", message=frames.structured_message(reply))))[
        "message"
    ]
    assert wire == {
        "type": "Structured",
        "text": "label",
        "metadata": {"parentMessageId": "m"},
        "content": [{"contentType": "X", "x": {"a": 1}}],
    }
