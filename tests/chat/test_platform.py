"""Talking to the Platform API: tokens, refusals, rates, and what escapes in errors."""

from __future__ import annotations

import asyncio
import json

import pytest

from gcdesk.chat.opener import Opener
from gcdesk.chat.platform import PlatformClient, RequestWindow
from gcdesk.errors import (
    ConnectError,
    CredentialsRefusedError,
    GcdeskError,
    HttpAnswerError,
    HttpTimeoutError,
    HttpTooLargeError,
    PermissionMissingError,
    PlatformDownError,
    PlatformError,
    PlatformNotFoundError,
    PlatformRateError,
)
from gcdesk.guest.credentials import Credentials
from gcdesk.guest.regions import endpoint_for_url

from .platform_server import CLIENT, CONVERSATION, MESSAGE, ORG, Answer, PlatformServer

ORG_PATH = "/api/v2/organizations/me"


class Waits:
    """A clock that sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def monotonic(self) -> float:
        return self.now


def client(server: PlatformServer, waits: Waits | None = None, **options: object) -> PlatformClient:
    waits = waits or Waits()
    credentials = Credentials(*CLIENT)
    return PlatformClient(
        Opener(),
        server.endpoint,
        credentials,
        sleep=waits.sleep,
        monotonic=waits.monotonic,
        **options,  # type: ignore[arg-type]
    )


async def test_the_whole_way_from_a_message_to_participant_data() -> None:
    with PlatformServer() as server:
        async with client(server) as platform:
            assert (await platform.org()).id == ORG
            conversation_id = await platform.conversation_of(MESSAGE)
            conversation = await platform.conversation(conversation_id)
            await platform.disconnect(conversation_id)
            assert await platform.missing_permissions() == ()
        assert conversation.customer_data == {"crmCustomerId": "0042"}
        assert server.asked[:2] == ["POST /oauth/token", f"GET {ORG_PATH}"]
        assert f"POST /api/v2/conversations/{CONVERSATION}/disconnect" in server.asked
        assert server.tokens == 1


async def test_wrong_credentials_are_named_and_never_shown() -> None:
    with PlatformServer() as server:
        wrong = Credentials(CLIENT[0], "another-secret-altogether")
        async with PlatformClient(Opener(), server.endpoint, wrong) as platform:
            with pytest.raises(CredentialsRefusedError) as caught:
                await platform.org()
    assert caught.value.code == 401
    assert "authentication failed" in caught.value.detail
    for text in (repr(wrong), repr(platform), str(caught.value), caught.value.detail):
        assert "another-secret" not in text
        assert CLIENT[0] not in text


async def test_a_token_that_is_no_longer_taken_is_replaced_once() -> None:
    with PlatformServer() as server:
        async with client(server) as platform:
            await platform.org()
            server.good_tokens.clear()
            assert (await platform.org()).id == ORG
            assert server.tokens == 2
            server.overrides[ORG_PATH] = lambda: (401, {"code": "bad.credentials"}, {})
            with pytest.raises(CredentialsRefusedError, match="was just given"):
                await platform.org()
            assert server.tokens == 3


async def test_a_token_is_asked_for_again_before_it_runs_out() -> None:
    waits = Waits()
    with PlatformServer() as server:
        async with client(server, waits) as platform:
            await platform.org()
            waits.now += 86_000
            await platform.org()
            assert server.tokens == 1
            waits.now += 500
            await platform.org()
            assert server.tokens == 2


async def test_many_calls_at_once_share_one_token() -> None:
    with PlatformServer() as server:
        async with client(server) as platform:
            await asyncio.gather(*(platform.org() for _ in range(8)))
        assert server.tokens == 1


@pytest.mark.parametrize(
    ("status", "body", "error", "said"),
    [
        (403, {"code": "missing.any.permissions", "message": "... [conversation:webmessaging:view]"},
         PermissionMissingError, "conversation:webmessaging:view"),
        (403, {"message": "at least one of: [a:b:c, d:e:f]"}, PermissionMissingError, "one of these permissions"),
        (403, "no json", PermissionMissingError, "a permission"),
        (404, {"code": "not.found"}, PlatformNotFoundError, "does not know"),
        (500, {"message": "oops"}, PlatformDownError, "not available"),
        (503, b"<html>down</html>", PlatformDownError, "not available"),
        (400, {"message": "bad id"}, PlatformError, "(400)"),
        (302, b"", PlatformError, "(302)"),
        (200, b"<html>please sign in</html>", HttpAnswerError, "not JSON"),
    ],
)  # fmt: skip
async def test_each_refusal_is_named(status: int, body: object, error: type[GcdeskError], said: str) -> None:
    with PlatformServer() as server:
        server.overrides[ORG_PATH] = lambda: (status, body, {"Location": "http://127.0.0.1:1/elsewhere"})
        async with client(server) as platform:
            with pytest.raises(error) as caught:
                await platform.org()
        assert said in caught.value.title
        assert server.asked.count(f"GET {ORG_PATH}") == 1


async def test_a_retry_time_is_obeyed_once() -> None:
    waits = Waits()
    answers = [(429, {"code": "rate.limit.exceeded"}, {"Retry-After": "7"})]
    with PlatformServer() as server:
        server.overrides[ORG_PATH] = lambda: answers.pop() if answers else (200, {"id": ORG}, {})
        async with client(server, waits) as platform:
            assert (await platform.org()).id == ORG
    assert waits.slept == [7.0]


async def test_a_second_refusal_for_speed_is_told() -> None:
    waits = Waits()
    with PlatformServer() as server:
        server.overrides[ORG_PATH] = lambda: (429, {}, {"Retry-After": "2"})
        async with client(server, waits) as platform:
            with pytest.raises(PlatformRateError) as caught:
                await platform.org()
    assert caught.value.retry_after == 2.0
    assert waits.slept == [2.0]


async def test_a_wait_beyond_patience_is_told_at_once() -> None:
    waits = Waits()
    with PlatformServer() as server:
        server.overrides[ORG_PATH] = lambda: (429, {}, {"Retry-After": "3600"})
        async with client(server, waits) as platform:
            with pytest.raises(PlatformRateError):
                await platform.org()
    assert waits.slept == []


async def test_the_rate_is_kept_by_waiting() -> None:
    waits = Waits()
    with PlatformServer() as server:
        async with client(server, waits, window=RequestWindow(3, 60.0)) as platform:
            for _ in range(4):
                await platform.org()
    assert waits.slept == [60.0]


async def test_missing_permissions_are_found_without_a_conversation() -> None:
    refused: Answer = (403, {"code": "missing.any.permissions", "message": "[x:y:z]"}, {})
    with PlatformServer() as server:
        server.overrides["/api/v2/conversations/messages/"] = lambda: refused
        async with client(server) as platform:
            lacking = await platform.missing_permissions()
    assert lacking == ("conversation:message:view or conversation:webmessaging:view",)


async def test_an_answer_without_end_is_cut_off() -> None:
    with PlatformServer() as server:
        server.overrides[ORG_PATH] = lambda: (200, b" " * (9 * 1024 * 1024), {})
        async with client(server) as platform:
            with pytest.raises(HttpTooLargeError):
                await platform.org()


async def test_nothing_listens() -> None:
    with PlatformServer() as server:
        endpoint = server.endpoint
    async with PlatformClient(Opener(), endpoint, Credentials(*CLIENT)) as platform:
        with pytest.raises(ConnectError) as caught:
            await platform.org()
    assert "Nothing answers" in caught.value.title


async def test_silence_is_named() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        endpoint = endpoint_for_url(f"ws://127.0.0.1:{port}/v1")
        async with PlatformClient(Opener(), endpoint, Credentials(*CLIENT), seconds=0.2) as platform:
            with pytest.raises(HttpTimeoutError, match=r"within 0\.2 seconds"):
                await platform.org()


async def test_a_token_answer_without_a_token() -> None:
    with PlatformServer() as server:
        server.overrides["/oauth/token"] = lambda: (200, json.loads('{"token_type": "bearer"}'), {})
        async with client(server) as platform:
            with pytest.raises(HttpAnswerError, match="without an access token"):
                await platform.org()
