"""JWTs are read for their expiry only, and a provider's fields are checked before anything is kept or opened."""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.errors import EnvironmentInputError
from gcdesk.guest.identity import DEFAULT_SCOPES, IdentityProvider, SignIn, check_provider, jwt_expiry

GOOD = IdentityProvider("https://login.example.com/authorize", "client-1")


def jwt(claims: object) -> str:
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"eyJhbGciOiJSUzI1NiJ9.{body}.c2ln"


@pytest.mark.parametrize("padding", range(4))
def test_the_expiry_of_a_jwt(padding: int) -> None:
    token = jwt({"exp": 1_783_000_000, "x": "y" * padding})
    assert jwt_expiry(token) == datetime.fromtimestamp(1_783_000_000, UTC)
    assert SignIn.of(token, renewable=True) == SignIn(token, jwt_expiry(token), True)


@pytest.mark.parametrize(
    "claims", [{}, [], 7, {"exp": None}, {"exp": "soon"}, {"exp": True}, {"exp": 1e300}, {"exp": -1e300}]
)
def test_a_jwt_that_does_not_say(claims: object) -> None:
    assert jwt_expiry(jwt(claims)) is None


@given(st.text(max_size=60) | st.from_regex(r"[\w=.-]{0,20}\.[\w=.-]{0,20}\.[\w=.-]{0,20}", fullmatch=True))
def test_any_text_for_a_jwt(text: str) -> None:
    assert jwt_expiry(text) is None


def test_a_sign_in_is_not_shown_whole() -> None:
    token = jwt({"sub": "sam"})
    assert token[:20] not in repr(SignIn(token))


def test_blanks_go_and_defaults_come() -> None:
    untidy = IdentityProvider(" https://login.example.com/authorize ", " client-1 ", "", "  ")
    assert check_provider(untidy) == replace(GOOD, scopes=DEFAULT_SCOPES)
    assert check_provider(replace(GOOD, scopes=" openid \n email ")).scopes == "openid email"
    assert not check_provider(IdentityProvider()).is_set


@pytest.mark.parametrize(
    "provider",
    [
        GOOD,
        replace(GOOD, authorization_url="https://login.example.com/a?p=B2C_1"),
        replace(GOOD, authorization_url="http://127.0.0.1:8765/login/authorize"),
        replace(GOOD, authorization_url="http://localhost:8765/login/authorize"),
        replace(GOOD, redirect="http://127.0.0.1:8400/callback"),
        replace(GOOD, redirect="http://localhost/callback"),
        replace(GOOD, redirect="http://[::1]:8400/"),
        replace(GOOD, max_age=0),
        replace(GOOD, max_age=3600),
    ],
)
def test_fields_that_can_be_used(provider: IdentityProvider) -> None:
    assert check_provider(provider) == provider


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"authorization_url": "http://login.example.com/authorize"}, "not secure"),
        ({"authorization_url": "ftp://127.0.0.1/authorize"}, "not secure"),
        ({"authorization_url": "javascript:alert(1)"}, "not an address"),
        ({"authorization_url": "file:///etc/passwd"}, "not an address"),
        ({"authorization_url": "https://"}, "not an address"),
        ({"authorization_url": "https://login.example.com:99999/"}, "not an address"),
        ({"authorization_url": "https://login.example.com/a b"}, "not an address"),
        ({"authorization_url": "https://lögin.example.com/"}, "not an address"),
        ({"authorization_url": "https://sam@login.example.com/"}, "user or a fragment"),
        ({"authorization_url": "https://login.example.com/#x"}, "user or a fragment"),
        ({"authorization_url": "https://login.example.com/?state=1"}, "already names state"),
        ({"authorization_url": ""}, "sign-in address is missing"),
        ({"client_id": " "}, "client ID for signing in is missing"),
        ({"client_id": "clïent"}, "cannot be sent"),
        ({"scopes": "openid\x00"}, "cannot be sent"),
        ({"redirect": "http://example.com/callback"}, "not an address of this computer"),
        ({"redirect": "https://127.0.0.1/callback"}, "not an address of this computer"),
        ({"redirect": "http://127.0.0.1/callback?x=1"}, "more than host, port and path"),
        ({"max_age": -1}, "longest age"),
        ({"max_age": 10**12}, "longest age"),
    ],
)
def test_fields_that_cannot(fields: dict[str, object], words: str) -> None:
    with pytest.raises(EnvironmentInputError, match=words) as caught:
        check_provider(replace(GOOD, **fields))  # type: ignore[arg-type]
    assert caught.value.hint.endswith(".")


@given(st.text(max_size=40), st.text(max_size=20))
def test_any_address_is_taken_or_refused(url: str, redirect: str) -> None:
    with suppress(EnvironmentInputError):
        checked = check_provider(replace(GOOD, authorization_url=url or "x", redirect=redirect))
        assert checked.authorization_url.startswith(("https://", "http://"))
