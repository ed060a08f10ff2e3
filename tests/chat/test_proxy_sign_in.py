"""What a proxy asks for is read from whatever headers it sends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gcdesk.chat.proxy_sign_in import offered_schemes, sign_in_refusal
from gcdesk.errors import ProxyPasswordNeededError, ProxyPasswordRefusedError, ProxySignInUnsupportedError


@pytest.mark.parametrize(
    ("values", "schemes"),
    [
        ([], ()),
        ([""], ()),
        (["Basic"], ("Basic",)),
        (['basic realm="x"'], ("Basic",)),
        (["NEGOTIATE", "ntlm"], ("Negotiate", "NTLM")),
        (['Digest realm="a, Basic b", qop="auth", nonce=abc, Basic realm=x'], ("Digest", "Basic")),
        (['Basic realm="unclosed, NTLM'], ("Basic",)),
        (["realm=x", "  ,, ,"], ()),
        (["Custom-Way abc=="], ("Custom-Way",)),
        (["Basic", "BASIC realm=1"], ("Basic",)),
    ],
)
def test_offers(values: list[str], schemes: tuple[str, ...]) -> None:
    assert offered_schemes(values) == schemes


@given(st.lists(st.text()), st.booleans())
def test_any_header_gives_a_named_error_with_two_sentences(values: list[str], given_one: bool) -> None:
    error = sign_in_refusal(values, given=given_one)
    assert error.code == 407
    assert error.title.endswith("(407).")
    assert error.hint.endswith(".")
    assert len(error.title) + len(error.detail) < 600
    assert (error.title + error.detail).isprintable()


def test_what_to_do_depends_on_what_it_takes() -> None:
    assert type(sign_in_refusal(["Basic"], given=False)) is ProxyPasswordNeededError
    assert type(sign_in_refusal([], given=False)) is ProxyPasswordNeededError
    assert type(sign_in_refusal(["NTLM, Basic"], given=True)) is ProxyPasswordRefusedError
    error = sign_in_refusal(["Negotiate", "NTLM", "Digest realm=x"], given=True)
    assert type(error) is ProxySignInUnsupportedError
    assert "Negotiate, NTLM or Digest" in error.title
    assert "offer Basic" in error.hint
