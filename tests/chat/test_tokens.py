"""Renewing and revoking what a sign-in gave."""

from __future__ import annotations

import asyncio

import pytest

from gcdesk.chat.opener import Opener
from gcdesk.chat.target import Target
from gcdesk.chat.tokens import Renewal, Tokens, renew, revoke
from gcdesk.errors import (
    ExchangeRefusedError,
    NotSignedInError,
    SignInAnswerError,
    SignInExpiredError,
)
from tests.chat.provider import Provider, jwt, provider
from tests.chat.servers import DEPLOYMENT_ID


async def tokens_of(made: Provider) -> Tokens:
    """As after a sign-in."""
    made._refresh.add("refresh-0")
    return Tokens(jwt(sub="sam"), "refresh-0")


async def test_a_refresh_token_gives_a_fresh_jwt() -> None:
    async with provider() as made:
        before = await tokens_of(made)
        after = await renew(Opener(), made.target, before.refresh_token)
        assert made.requests == [("refresh", {"refreshToken": "refresh-0"})]
    assert after.jwt == jwt(sub="sam", n=1)
    assert after.refresh_token not in ("", "refresh-0")


async def test_the_old_refresh_token_stays_where_no_new_one_comes() -> None:
    async with provider(rotating=False) as made:
        before = await tokens_of(made)
        for number in (1, 2):
            after = await renew(Opener(), made.target, before.refresh_token)
            assert (after.jwt, after.refresh_token) == (jwt(sub="sam", n=number), "refresh-0")


@pytest.mark.parametrize("status", [400, 401, 403, 404])
async def test_a_refresh_token_that_is_not_taken(status: int) -> None:
    async with provider(refuse=(status, {"message": "no"})) as made:
        with pytest.raises(SignInExpiredError) as caught:
            await renew(Opener(), made.target, "old")
    assert caught.value.code == status
    assert str(status) in caught.value.title
    assert caught.value.hint == "Sign in again."


@pytest.mark.parametrize("status", [302, 429, 500, 503])
async def test_a_service_that_cannot_renew_now(status: int) -> None:
    async with provider(refuse=(status, "no"), refuse_headers={"Retry-After": "3"}) as made:
        with pytest.raises(ExchangeRefusedError) as caught:
            await renew(Opener(), made.target, "good")
    assert (caught.value.code, caught.value.retry_after) == (status, 3)


async def test_a_renewal_without_a_jwt() -> None:
    async with provider(answer={"refreshToken": "x"}) as made:
        with pytest.raises(SignInAnswerError):
            await renew(Opener(), made.target, "good")


async def test_logging_out() -> None:
    async with provider() as made:
        await revoke(Opener(), made.target, "a.b.c")
        assert made.revoked == ["a.b.c"]


@pytest.mark.parametrize(
    ("status", "expected"),
    [(401, SignInExpiredError), (403, ExchangeRefusedError), (500, ExchangeRefusedError)],
)
async def test_logging_out_is_refused(status: int, expected: type[Exception]) -> None:
    async with provider(refuse=(status, {"message": "no"})) as made:
        with pytest.raises(expected):
            await revoke(Opener(), made.target, "a.b.c")


async def test_an_origin_goes_along_where_the_environment_has_one() -> None:
    async with provider() as made:
        before = await tokens_of(made)
        target = Target(made.target.endpoint, DEPLOYMENT_ID, "https://www.example.com")
        assert (await renew(Opener(), target, before.refresh_token)).jwt


class TestOneRenewalForAll:
    async def test_many_chats_renew_once(self) -> None:
        kept: list[Tokens] = []

        async def keep(tokens: Tokens) -> None:
            kept.append(tokens)

        async with provider() as made:
            before = await tokens_of(made)
            renewal = Renewal(made.target, before, keep)
            opener = Opener()
            fresh = await asyncio.gather(*(renewal(opener, before.jwt) for _ in range(5)))
            assert len(made.requests) == 1
        assert {sign_in.jwt for sign_in in fresh} == {jwt(sub="sam", n=1)}
        assert kept == [renewal.tokens]

    async def test_a_second_renewal_uses_the_second_refresh_token(self) -> None:
        async with provider() as made:
            before = await tokens_of(made)
            renewal = Renewal(made.target, before)
            first = await renewal(Opener(), before.jwt)
            second = await renewal(Opener(), first.jwt)
        assert second.jwt == jwt(sub="sam", n=2)

    async def test_without_a_refresh_token(self) -> None:
        async with provider() as made:
            with pytest.raises(NotSignedInError):
                await Renewal(made.target, Tokens("a.b.c"))(Opener(), "a.b.c")
            assert made.requests == []

    async def test_a_failure_leaves_the_tokens_as_they_were(self) -> None:
        async with provider() as made:
            before = await tokens_of(made)
            renewal = Renewal(made.target, before)
            made.refuse = (503, "down")
            with pytest.raises(ExchangeRefusedError):
                await renewal(Opener(), before.jwt)
            made.refuse = None
            assert (await renewal(Opener(), before.jwt)).jwt == jwt(sub="sam", n=1)


def test_nothing_is_shown_whole() -> None:
    tokens = Tokens("a" * 40, "b" * 40)
    assert "a" * 5 not in repr(tokens).replace("Tokens", "")
    assert "b" * 5 not in repr(tokens)
    assert "a" * 5 not in repr(tokens.sign_in)
