"""A connection that is suspected, retried or given up, and chats that end or begin anew over it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from gcdesk.chat.chat import ChatOptions
from gcdesk.errors import (
    AccessRefusedError,
    ClearUnansweredError,
    ConnectionLostError,
    TooManyConnectionsError,
)
from gcdesk.guest.events import (
    AttributesChanged,
    AttributeStatus,
    ErrorRaised,
    ReconnectPlanned,
    SessionRenewed,
    StateChanged,
)
from gcdesk.guest.states import State
from tests.chat.servers import (
    Service,
    friendly,
    guest_service,
    http_response,
    response,
    session_response,
    structured,
)
from tests.chat.watching import QUICK, watched

OPTIONS = ChatOptions({"crmCustomerId": "0042"}, limits=QUICK)
SLOW = ChatOptions(limits=replace(QUICK, reconnect_pause=600, reconnect_budget=6000))


def event(kind: str, body: object = None) -> str:
    return json.dumps({"type": "message", "class": kind, "code": 200, "body": body or {}})


async def first_breaks(socket: ServerConnection, service: Service) -> None:
    """The first connection is cut as soon as the session is there; later ones are friendly."""
    if len(service.connections) > 1:
        await friendly(socket, service)
        return
    await socket.send(session_response(json.loads(await socket.recv())))
    socket.transport.abort()


# Trying again


async def test_nobody_has_to_wait_for_the_next_try() -> None:
    async with guest_service(first_breaks) as service, watched(service.target, SLOW) as watch:
        assert (await watch.until(ReconnectPlanned)).seconds > 400
        assert watch.chat.retry_now()
        key = watch.chat.say("still there")
        await watch.sent(key)
        assert not watch.chat.retry_now()


async def test_a_wait_the_service_asks_for_is_kept() -> None:
    async with guest_service(first_breaks) as service:
        answer = service.answer

        async def busy(socket: ServerConnection, request: Request) -> Response | None:
            if len(service.connections) == 1 and not request.path.startswith("/webdeployments/"):
                return http_response(503, "busy", {"Retry-After": "500"})
            return await answer(socket, request)

        service.answer = busy
        async with watched(
            service.target, replace(SLOW, limits=replace(SLOW.limits, reconnect_pause=0.02))
        ) as watch:
            planned = await watch.until(ReconnectPlanned, lambda event: event.error.code == 503)
            assert planned.seconds == 500
            assert not watch.chat.retry_now()
            assert watch.chat.state is State.RECONNECTING


async def test_a_refusal_after_a_break_is_final() -> None:
    async with guest_service(first_breaks) as service:
        answer = service.answer

        async def refuse(socket: ServerConnection, request: Request) -> Response | None:
            refused = len(service.connections) == 1 and not request.path.startswith("/webdeployments/")
            return http_response(403, "no") if refused else await answer(socket, request)

        service.answer = refuse
        async with watched(service.target, OPTIONS) as watch:
            assert type((await watch.ended()).error) is AccessRefusedError


async def test_a_dial_that_hangs_gives_way_to_the_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gcdesk.guest.connecting._HANGS_AFTER", 0.0)
    hanging, over = asyncio.Event(), asyncio.Event()
    async with guest_service(first_breaks) as service:
        answer = service.answer

        async def hang(socket: ServerConnection, request: Request) -> Response | None:
            if len(service.connections) == 1 and not hanging.is_set() and "/v1?" in request.path:
                hanging.set()
                await over.wait()
            return await answer(socket, request)

        service.answer = hang
        async with watched(service.target, OPTIONS) as watch:
            await hanging.wait()
            assert watch.chat.retry_now()
            await watch.sent(watch.chat.say("still there"))
            over.set()


# Suspicion


async def test_a_connection_that_answers_a_suspicion_stays() -> None:
    async with guest_service() as service, watched(service.target, OPTIONS) as watch:
        await watch.sent(watch.chat.say("one"))
        for _ in range(3):
            watch.chat.suspect()
        await watch.sent(watch.chat.say("two"))
        assert len(service.connections) == 1
        assert watch.all(ReconnectPlanned) == []


async def test_a_dead_connection_is_found_out_by_a_suspicion_and_replaced() -> None:
    async def deaf_at_first(socket: ServerConnection, service: Service) -> None:
        if len(service.connections) > 1:
            await friendly(socket, service)
            return
        await socket.send(session_response(json.loads(await socket.recv())))
        socket.transport.pause_reading()
        await over.wait()

    over = asyncio.Event()
    limits = replace(QUICK, check_timeout=0.1, ping_interval=600)
    async with (
        guest_service(deaf_at_first) as service,
        watched(service.target, replace(OPTIONS, limits=limits)) as watch,
    ):
        await watch.state(State.CONFIGURED)
        watch.chat.suspect()
        planned = await watch.until(ReconnectPlanned)
        assert type(planned.error) is ConnectionLostError
        assert planned.error.title == "The service stopped answering."
        await watch.sent(watch.chat.say("still there"))
        over.set()


# Ending and beginning anew


async def over_at_once(socket: ServerConnection, request: dict[str, object]) -> None:
    body = {"connected": True, "newSession": True, "readOnly": not request["startNew"]}
    await socket.send(response("SessionResponse", body, 200, str(request["tracingId"])))


@pytest.mark.parametrize("how", ["answers", "is silent", "refuses", "closes", "tells and closes", "cuts"])
async def test_a_new_chat_begins_whatever_the_service_does_with_the_old_one(how: str) -> None:
    async def talk(socket: ServerConnection, service: Service) -> None:
        async for data in socket:
            request = json.loads(data)
            service.received.append(request)
            if request["action"] == "configureSession":
                await over_at_once(socket, request)
            elif request["action"] == "onMessage":
                text, tracing_id = request["message"]["text"], request["tracingId"]
                await socket.send(structured("echo", text, "Inbound", tracing_id))
            elif request["action"] == "closeSession":
                await close(socket, request["tracingId"])

    async def close(socket: ServerConnection, tracing_id: str) -> None:
        if how == "answers":
            body = {"connected": False, "newSession": False, "readOnly": True}
            await socket.send(response("SessionResponse", body, 200, tracing_id))
        elif how == "refuses":
            await socket.send(response("string", "no such thing", 400, tracing_id))
        elif how == "closes":
            await socket.close(1000)
        elif how == "tells and closes":
            await socket.send(event("ConnectionClosedEvent"))
            await socket.close(1000)
        elif how == "cuts":
            socket.transport.abort()

    limits = replace(QUICK, renew_timeout=0.1 if how == "is silent" else 60)
    async with (
        guest_service(talk) as service,
        watched(service.target, replace(OPTIONS, limits=limits)) as watch,
    ):
        await watch.state(State.READ_ONLY)
        watch.chat.new_chat()
        assert (await watch.until(SessionRenewed)).asked_for
        await watch.sent(watch.chat.say("hello"))
        await watch.until(AttributesChanged, lambda event: event.status is AttributeStatus.ECHOED)
        configures = [request for request in service.received if request["action"] == "configureSession"]
        assert [request["startNew"] for request in configures] == [False, True]
        assert len({request["token"] for request in configures}) == 1
        assert watch.all(ErrorRaised) == []
        assert len(service.connections) == (2 if how in ("closes", "tells and closes", "cuts") else 1)


async def test_a_service_that_never_ends_the_conversation_is_left_and_that_is_said() -> None:
    limits = replace(QUICK, clear_timeout=0.1)
    # Without its configuration nobody knows whether the deployment allows it, so it is tried.
    async with (
        guest_service(document_status=500) as service,
        watched(service.target, replace(OPTIONS, limits=limits)) as watch,
    ):
        await watch.sent(watch.chat.say("hello"))
        watch.chat.clear()
        assert type((await watch.until(ErrorRaised)).error) is ClearUnansweredError
        ended = await watch.ended()
        assert ended.error is None
        assert "did not confirm" in ended.reason
        assert await service.close_frame() == (1000, "")


async def test_a_fourth_connection_of_the_token_ends_this_one_by_name() -> None:
    async def talk(socket: ServerConnection, service: Service) -> None:
        await socket.send(session_response(json.loads(await socket.recv())))
        await socket.send(event("ConnectionClosedEvent"))

    async with guest_service(talk) as service, watched(service.target, OPTIONS) as watch:
        assert type((await watch.ended()).error) is TooManyConnectionsError
        assert await service.close_frame() == (1000, "")
        assert len(service.connections) == 1


async def test_a_log_out_ends_the_chat_without_an_error() -> None:
    async def talk(socket: ServerConnection, service: Service) -> None:
        await socket.send(session_response(json.loads(await socket.recv())))
        await socket.send(event("LogoutEvent"))

    async with guest_service(talk) as service, watched(service.target, OPTIONS) as watch:
        ended = await watch.ended()
        assert ended.error is None
        assert "logged out" in ended.reason
        assert await service.close_frame() == (1000, "")


async def test_leaving_says_that_the_conversation_stays_open() -> None:
    async with guest_service() as service:
        async with watched(service.target, OPTIONS) as watch:
            await watch.state(State.CONFIGURED)
        assert (await watch.ended()).reason == "The chat was left; the conversation stays open."
        assert watch.all(StateChanged)[-1].state is State.CLOSED
