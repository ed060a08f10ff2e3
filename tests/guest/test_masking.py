"""No token, secret or ID leaves whole, wherever it stands."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest import frames
from gcdesk.guest.frames import OnMessage, SentFrame, decode_request, sent_frame, text_message
from gcdesk.guest.masking import Secret, know, mask, mask_frame, mask_text
from gcdesk.guest.received import decode_frame

from .frames_of import TOKEN, names, sample, sample_text

DOTS = "••••••••"
DEPLOYMENT = "9d0a4c52-1f6e-4f0b-8a3d-6c2b9e7d4411"
SECRETS = st.text("abcdefABCDEF0123456789-_", min_size=12, max_size=80)
JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJndWVzdCJ9.c2lnbmF0dXJl"


def test_the_last_four_characters_tell_secrets_apart() -> None:
    assert mask(TOKEN) == f"{DOTS}7a10"


@given(SECRETS)
def test_a_mask_tells_four_characters_and_not_the_length(secret: str) -> None:
    assert mask(secret) == DOTS + secret[-4:]


@given(st.text(min_size=1, max_size=11))
def test_a_short_secret_is_not_shown_at_all(secret: str) -> None:
    assert mask(secret) == DOTS


def test_no_secret_needs_no_dots() -> None:
    assert mask("") == ""


@given(st.text(max_size=40), st.uuids(), st.text(max_size=40), st.booleans())
def test_no_id_survives_in_any_surroundings(before: str, one: uuid.UUID, after: str, upper: bool) -> None:
    whole = str(one).upper() if upper else str(one)
    masked = mask_text(before + whole + after)
    assert whole not in masked


@given(st.text(max_size=20), SECRETS, st.text(max_size=20))
def test_no_jwt_survives_in_any_surroundings(before: str, secret: str, after: str) -> None:
    jwt = f"eyJ{secret}.{secret}.{secret}"
    masked = mask_text(before + jwt + after)
    assert jwt not in masked
    assert f"eyJ{secret}." not in masked


@pytest.mark.parametrize(
    "form",
    [
        "token={}",
        "token: {}",
        "'token': '{}'",
        '{{"token": "{}", "a": 1}}',
        "guest_token={}",
        "refreshToken={}",
        "access_token={}&a=b",
        "client_secret={}",
        "deploymentId={}",
        "deployment_id = {}",
        "organizationId={}",
        "password={}",
        "Authorization: Bearer {}",
        "authorization: basic {}",
        "bearer  {}",
        "https://name:{}@proxy.example:8080/",
        "https://{}@proxy.example/",
        "https://files.example/a?X-Amz-Signature={}&X-Amz-Credential={}",
    ],
)
@given(SECRETS)
def test_a_named_secret_is_masked_whatever_it_looks_like(form: str, secret: str) -> None:
    text = form.format(*[secret] * form.count("{}"))
    masked = mask_text(text)
    assert secret not in masked
    assert DOTS in masked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Connected to webmessaging.mypurecloud.de in 41 ms.",
        "The proxy wants Basic authentication.",
        "The token has 36 characters.",
        "eyJ is how a JWT begins.",
        "state: configured, code: 4011",
        "https://example.com/a?b=c",
    ],
)
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert mask_text(text) == text


@given(st.text(max_size=60) | st.uuids().map(str) | SECRETS.map("token={}".format))
def test_masking_again_changes_nothing(text: str) -> None:
    once = mask_text(text)
    assert mask_text(once) == once


@pytest.mark.parametrize(
    "unit", ["a", "a-", "eyJ-", "eyJ.", "://", "token ", "token=", "Bearer ", "https://a?", "12345678-", "a."]
)
def test_a_frame_full_of_one_sign_is_masked_in_no_time(unit: str) -> None:
    text = unit * (1024 * 1024 // len(unit))
    started = time.monotonic()
    mask_text(text)
    # A pattern that looked at each sign once more for each other sign would take hours.
    assert time.monotonic() - started < 20


def strings(value: object) -> list[str]:
    """All texts in a JSON value, its keys too."""
    if isinstance(value, dict):
        return [text for key, item in value.items() for text in (key, *strings(item))]
    if isinstance(value, list):
        return [text for item in value for text in strings(item)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("name", names("client."))
def test_no_sample_of_the_client_shows_its_token_or_deployment(name: str) -> None:
    frame = sample(name)
    masked = json.dumps(mask_frame(frame), ensure_ascii=False)
    assert frame["token"] not in masked
    assert DEPLOYMENT not in masked


@pytest.mark.parametrize("name", names(""))
def test_masking_a_sample_hides_secrets_only_and_changes_no_shape(name: str) -> None:
    frame = sample(name)
    before = json.dumps(frame)
    masked = mask_frame(frame)
    assert json.dumps(frame) == before
    kept, shown = strings(frame), strings(masked)
    assert len(kept) == len(shown)
    assert all(one == other or DOTS in other for one, other in zip(kept, shown, strict=True))


def test_what_a_person_looks_for_in_a_frame_stays_readable() -> None:
    shown: Any = mask_frame(sample("client.on_message.text_with_attributes"))
    assert shown["message"] == sample("client.on_message.text_with_attributes")["message"]
    assert shown["tracingId"] == sample("client.on_message.text_with_attributes")["tracingId"]


def test_custom_attributes_are_shown_as_sent_whatever_their_names() -> None:
    attributes = {"token": "shown", "deploymentId": "4711", "url": "https://example.com/a?b", "code": "x"}
    shown: Any = mask_frame({"message": {"channel": {"metadata": {"customAttributes": attributes}}}})
    assert shown["message"]["channel"]["metadata"]["customAttributes"] == attributes


@pytest.mark.parametrize(
    "frame",
    [
        {"token": TOKEN, "message": {"text": f"my token is {TOKEN}!"}},
        {"token": TOKEN, "message": {"channel": {"metadata": {"customAttributes": {"a": TOKEN}}}}},
        {"token": TOKEN, "journeyContext": {"customer": {"id": TOKEN, "idType": "cookie"}}},
        {"journeyContext": {"customer": {"id": TOKEN, "idType": "cookie"}}},
        {"data": {"code": TOKEN}},
        {"body": {"jwt": TOKEN, "exp": 1}},
        {"body": {"resumeToken": TOKEN}},
        {"body": {"events": [{"coBrowse": {"sessionJoinToken": TOKEN}}]}},
        {"body": {"events": [{"video": {"jwt": TOKEN}}]}},
        {"body": {"url": f"https://files.example/a?X-Amz-Signature={TOKEN}"}},
        {"body": {"downloadUrl": f"https://files.example/a?key={TOKEN}"}},
        {"body": {"headers": {"x-amz-security-token": TOKEN, "x-amz-tagging": TOKEN}}},
        {"oauth": {"clientSecret": TOKEN, "codeVerifier": TOKEN, "refresh_token": TOKEN}},
        {"deploymentId": TOKEN, "organizationId": TOKEN},
    ],
)
def test_the_token_is_masked_wherever_a_frame_repeats_it(frame: object) -> None:
    shown = json.dumps(mask_frame(frame), ensure_ascii=False)
    assert TOKEN not in shown
    assert shown.count("7a10") == json.dumps(frame).count(TOKEN) or "?" in shown


def test_numbers_under_a_secret_name_are_codes() -> None:
    assert mask_frame({"code": 200, "token": None}) == {"code": 200, "token": None}


@given(st.uuids(version=4), st.uuids(), st.text(max_size=40))
def test_a_sent_frame_shows_no_token_but_to_the_wire(
    token: uuid.UUID, deployment: uuid.UUID, text: str
) -> None:
    requests: list[frames.Request] = [
        frames.ConfigureSession(
            token=str(token),
            deployment_id=str(deployment),
            journey_context=frames.guest_journey(str(token)),
            tracing_id="t",
        ),
        frames.ConfigureAuthenticatedSession(
            token=str(token), deployment_id=str(deployment), data=frames.SignInCode(code=JWT)
        ),
        OnMessage(token=str(token), message=text_message(text, {"crmCustomerId": "42"}), tracing_id="t"),
        frames.Echo(token=str(token)),
        frames.GetConfiguration(token=str(token), deployment_id=str(deployment)),
    ]
    for request in requests:
        frame = sent_frame(request)
        assert str(token) in frame.text
        for shown in (repr(frame), str(frame), repr(request), frame.masked(), json.dumps(frame.json())):
            assert str(token) not in shown
            assert str(deployment) not in shown
            assert JWT not in shown


def test_no_part_of_a_request_shows_a_secret_or_an_attribute_in_its_repr() -> None:
    for name in names("client."):
        request = decode_request(sample_text(name))
        assert TOKEN not in repr(request)
        assert DEPLOYMENT not in repr(request)
        assert "CRM-000123" not in repr(request)
    assert TOKEN not in repr(frames.guest_journey(TOKEN))
    assert JWT not in repr(frames.SignInCode(code=JWT))
    assert "0042" not in repr(text_message("a", {"crmCustomerId": "0042"}).channel)


def test_a_sent_frame_as_readable_text_is_its_masked_json() -> None:
    frame: SentFrame = sent_frame(OnMessage(token=TOKEN, message=text_message("grüß dich"), tracing_id="t"))
    assert json.loads(frame.masked()) == frame.json()
    assert "grüß dich" in frame.masked()
    assert json.loads(frame.text)["token"] == TOKEN


@pytest.mark.parametrize("name", names("server."))
def test_no_received_frame_shows_a_secret_in_its_repr(name: str) -> None:
    frame = decode_frame(sample_text(name))
    assert "eyJ" not in repr(frame) + repr(frame.body)
    assert "https://uploads" not in repr(frame) + repr(frame.body)


def test_a_frame_that_is_no_json_is_masked_too() -> None:
    frame = decode_frame(f'{{"token":"{TOKEN}", oops')
    assert TOKEN not in frame.masked()
    assert TOKEN not in str(frame.json())
    assert TOKEN not in repr(frame)
    assert TOKEN in frame.text


def test_a_frame_nested_too_deeply_is_masked_too() -> None:
    frame = decode_frame('{"token":"' + TOKEN + '","a":' + "[" * 900 + "]" * 900 + "}")
    assert TOKEN not in frame.masked()
    assert TOKEN not in str(frame.json())


@given(st.text(max_size=30), st.text(max_size=30))
def test_a_refusals_detail_holds_no_token(before: str, after: str) -> None:
    body = f"{before}{TOKEN}{after}"
    refusal = decode_frame(json.dumps({"class": "string", "code": 400, "body": body})).refusal
    assert refusal is not None
    assert TOKEN not in refusal.detail
    assert TOKEN not in str(refusal)


def test_a_known_token_is_masked_under_any_name_and_in_any_text() -> None:
    token, other = str(uuid.uuid4()), str(uuid.uuid4())
    know(token)
    masked = mask_frame(
        {"class": "string", "body": f"no session {token.upper()} here", "tracingId": other, "x": [token]}
    )
    assert token not in str(masked).lower()
    assert other in str(masked)


def test_a_jwt_is_masked_in_the_text_of_a_frame() -> None:
    assert "abcdefgh" not in str(mask_frame({"body": "bad key eyJhbGciOi.abcdefgh.ijklmnop"}))


def test_a_secret_is_its_text_and_shows_masked() -> None:
    secret = Secret(TOKEN)
    assert secret == TOKEN
    assert f"{secret}" == str(secret) == TOKEN
    assert repr({"token": secret}) == repr({"token": mask(TOKEN)})
