"""What the service refuses, from its frame to the two sentences a person reads."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.guest.codes import service_error
from gcdesk.guest.received import decode_frame

from .frames_of import TOKEN, names, sample_text

SAMPLES = {
    "server.string_error.400": "BadRequest",
    "server.string_error.4006_session_expired": "SessionExpired",
    "server.string_error.4007_session_not_found": "SessionNotFound",
    "server.string_error.401": "Unauthorized",
    "server.string_error.4011_message_too_long": "MessageTooLong",
    "server.string_error.4013_custom_attributes_too_large": "CustomAttributesTooLarge",
    "server.string_error.4017_cannot_downgrade": "CannotDowngrade",
    "server.string_error.403": "Forbidden",
    "server.string_error.403_session_auth_failed": "SessionAuthenticationFailed",
    "server.string_error.403_try_authenticate_again": "SessionAuthenticationFailed",
    "server.string_error.403_typing_disabled": "Forbidden",
    "server.too_many_requests": "TooManyRequests",
    "server.generate_url_error": "FileTypeInvalid",
    "server.upload_failure_event": "FileTypeInvalid",
    "server.error_message_class": "AttachmentNotFound",
}


def test_every_refusing_sample_has_its_name() -> None:
    found = {}
    for name in names("server."):
        refusal = decode_frame(sample_text(name)).refusal
        if refusal is not None:
            found[name.removesuffix(".json")] = refusal.name
    assert found == SAMPLES


@pytest.mark.parametrize(
    ("frame", "name", "code"),
    [
        ({"class": "TooManyRequestsErrorMessage", "body": {"retryAfter": 3}}, "TooManyRequests", 429),
        ({"class": "TooManyRequestsErrorMessage", "code": 200, "body": {}}, "TooManyRequests", 429),
        ({"class": "GenerateUrlError", "code": 200, "body": {"errorCode": 4002}}, "FileSizeInvalid", 4002),
        ({"class": "Error", "code": 200, "body": {}}, "UnexpectedService", 5000),
        ({"class": "Error", "code": 503, "body": {}}, "ServiceFailure", 503),
        ({"class": "Error", "code": 503, "body": {"errorCode": 200}}, "ServiceFailure", 503),
        ({"class": "ErrorMessage", "code": 400, "body": {"errorCode": 4020}}, "MissingParameter", 4020),
        ({"class": "Error", "code": 400, "body": {"errorCode": 4029}}, "TooManyRequests", 429),
        ({"class": "SessionResponse", "code": 500, "body": {}}, "ServiceFailure", 500),
        ({"class": "Hologram", "code": 4007, "body": None}, "SessionNotFound", 4007),
        ({"class": "string", "code": 4011, "body": {"not": "text"}}, "MessageTooLong", 4011),
        ({"code": 401}, "Unauthorized", 401),
    ],
)
def test_the_telling_code_names_the_error(frame: dict[str, object], name: str, code: int) -> None:
    refusal = decode_frame(json.dumps(frame)).refusal
    assert refusal is not None
    assert (refusal.name, refusal.code) == (name, code)


@pytest.mark.parametrize("code", [200, 201, 204, None, "200"])
def test_success_is_no_refusal(code: object) -> None:
    frame = {"class": "SessionResponse", "code": code, "body": {"connected": True}}
    assert decode_frame(json.dumps(frame)).refusal is None


@pytest.mark.parametrize("code", [402, 418, 500, 503, 599, 4012, 5000, 9999])
def test_a_name_for_many_codes_tells_which(code: int) -> None:
    title = service_error(code, "").title
    assert title.endswith(f"({code}).")
    assert title.count("(") == 1


@pytest.mark.parametrize(
    ("wait", "words"), [(3.0, "Wait 3 s"), (2.1, "Wait 3 s"), (0.0, "Wait 0 s"), (90, "Wait 90 s")]
)
@pytest.mark.parametrize("code", [429, 4029])
def test_a_refusal_for_speed_says_how_long_to_wait(code: int, wait: float, words: str) -> None:
    error = service_error(code, "", wait)
    assert error.hint.startswith(words)
    assert error.hint.endswith("what was refused can be sent again.")
    assert service_error(code, "", wait, during_configure=True).hint.endswith("start again.")
    assert "Wait a little" in service_error(code, "").hint


@given(st.text(min_size=30, max_size=700))
def test_what_the_service_says_stays_out_of_our_sentences(text: str) -> None:
    error = service_error(400, text)
    assert text not in str(error)
    assert len(error.detail) <= 500


@pytest.mark.parametrize("before", range(440, 500, 3))
def test_a_token_at_the_cut_is_not_left_over_in_part(before: int) -> None:
    refusal = decode_frame(
        json.dumps({"class": "string", "code": 400, "body": "x" * before + f" {TOKEN}"})
    ).refusal
    assert refusal is not None
    assert TOKEN[:8] not in refusal.detail


@given(st.integers(0, 600), st.text(max_size=30))
def test_a_refusals_detail_holds_no_token(before: int, after: str) -> None:
    body = "x" * before + TOKEN + after
    refusal = decode_frame(json.dumps({"class": "string", "code": 400, "body": body})).refusal
    assert refusal is not None
    assert TOKEN[:8] not in refusal.detail
    assert TOKEN[:8] not in str(refusal)
