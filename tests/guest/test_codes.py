"""The service's codes as named errors."""

from __future__ import annotations

import inspect
import pickle
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.errors import GcdeskError, InputError, ServiceError
from gcdesk.guest import codes
from gcdesk.guest.codes import is_fatal, service_error

NAMES = {
    301: "Redirected",
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    408: "RequestTimedOut",
    409: "SessionReadOnly",
    418: "BadRequest",
    429: "TooManyRequests",
    500: "ServiceFailure",
    503: "ServiceFailure",
    4000: "FeatureUnavailable",
    4001: "FileTypeInvalid",
    4002: "FileSizeInvalid",
    4003: "FileContentInvalid",
    4004: "FileNameInvalid",
    4005: "FileNameTooLong",
    4006: "SessionExpired",
    4007: "SessionNotFound",
    4008: "AttachmentExpired",
    4009: "AttachmentNotFound",
    4010: "AttachmentNotUploaded",
    4011: "MessageTooLong",
    4012: "UnexpectedService",
    4013: "CustomAttributesTooLarge",
    4017: "CannotDowngrade",
    4020: "MissingParameter",
    4029: "TooManyRequests",
    4102: "FileEmpty",
    5000: "UnexpectedService",
    -1: "UnexpectedService",
}
CLASSES = [kind for _, kind in inspect.getmembers(codes, inspect.isclass) if issubclass(kind, ServiceError)]


@pytest.mark.parametrize(("code", "name"), NAMES.items())
def test_every_code_has_its_name(code: int, name: str) -> None:
    error = service_error(code, "text of the service")
    assert (error.name, error.code, error.detail) == (name, code, "text of the service")


@pytest.mark.parametrize(
    ("code", "text", "configuring", "name"),
    [
        (400, "Deployment not found", True, "SessionRefused"),
        (400, "Deployment not found", False, "BadRequest"),
        (403, "Session authentication failed: x", False, "SessionAuthenticationFailed"),
        (403, "TRY TO AUTHENTICATE AGAIN", False, "SessionAuthenticationFailed"),
        (403, "please, try to authenticate again", False, "Forbidden"),
        (403, "The Conversation Clear event is off", False, "ClearNotAllowed"),
        (403, "", True, "Forbidden"),
        (500, "conversation clear", False, "ServiceFailure"),
    ],
)
def test_some_codes_mean_more_by_their_text(code: int, text: str, configuring: bool, name: str) -> None:
    assert service_error(code, text, during_configure=configuring).name == name


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_error_says_what_happened_and_what_to_do(kind: type[ServiceError]) -> None:
    for sentence in (kind.title, kind.hint):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "  " not in sentence
    assert kind.__name__.endswith("Error")
    assert len(kind.title) < 110


def test_no_two_errors_say_the_same() -> None:
    titles = [kind.title for kind in CLASSES]
    assert len(set(titles)) == len(titles)


def test_some_errors_end_the_session_and_all_do_while_it_is_configured() -> None:
    fatal = {code for code in NAMES if is_fatal(service_error(code, ""), during_configure=False)}
    assert fatal == {4006, 4007, 4017}
    # A chat waits for a fresh sign-in.
    assert not is_fatal(service_error(403, "Session authentication failed"), during_configure=False)
    assert all(is_fatal(service_error(code, ""), during_configure=True) for code in NAMES)
    assert not is_fatal(InputError(), during_configure=False)


@given(st.integers(), st.text(st.characters()), st.none() | st.floats(0, 1e6), st.booleans())
def test_any_code_and_text_make_an_error(code: int, text: str, wait: float | None, configuring: bool) -> None:
    error = service_error(code, text, wait, during_configure=configuring)
    assert isinstance(error, ServiceError)
    assert error.code == code
    assert error.retry_after == wait
    assert len(error.detail) <= 1000
    assert str(error)
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, GcdeskError)
    assert (type(again), str(again), again.code) == (type(error), str(error), code)


@given(st.uuids())
def test_the_services_text_is_told_without_its_ids(token: uuid.UUID) -> None:
    error = service_error(400, f"no session for token {token}")
    assert str(token) not in error.detail
    assert str(token) not in str(error)
    assert "no session for token" in error.detail
