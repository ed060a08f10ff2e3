"""A chat in trouble: refusals, silence, broken connections, odd frames, floods."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace

import pytest
from websockets.asyncio.server import ServerConnection

from gcdesk.chat.chat import Chat, ChatOptions
from gcdesk.errors import (
    AccessRefusedError,
    ConfigureTimeoutError,
    ConnectionLostError,
    ConnectionRateError,
    DeploymentInactiveError,
    DeploymentUnreadableError,
    FrameTooLargeError,
    HandshakeRefusedError,
    UnreachableError,
)
from gcdesk.guest.events import (
    DeploymentUnread,
    Ended,
    ErrorRaised,
    FrameReceived,
    MessageAdded,
    Oddity,
    ReconnectPlanned,
    SessionConfigured,
    StateChanged,
)
from gcdesk.guest.states import State
from tests.chat.servers import (
    Service,
    bare_server,
    config,
    friendly,
    guest_service,
    response,
    session_response,
    silent,
    structured,
    target,
    upgraded,
)
from tests.chat.watching import QUICK, watched

ATTRIBUTES = {"crmCustomerId": "0042", "customerName": "Zoë"}
OPTIONS = ChatOptions(ATTRIBUTES, limits=QUICK)


async def test_an_inactive_deployment_stops_with_the_reason() -> None:
    async with guest_service(document=config(status="Inactive")) as service, watched(service.target) as watch:
        ended = await watch.ended()
        assert type(ended.error) is DeploymentInactiveError
        assert "Inactive" in ended.reason
        assert watch.chat.state is State.ERROR


async def test_a_configuration_that_cannot_be_read_is_a_warning() -> None:
    async with guest_service(document_status=403) as service, watched(service.target, OPTIONS) as watch:
        unread = await watch.until(DeploymentUnread)
        assert type(unread.error) is DeploymentUnreadableError
        assert unread.seconds >= 0
        watch.chat.say("hello")
        await watch.reply("You said hello")


async def test_a_configuration_that_never_comes_holds_nothing_up_for_long() -> None:
    limits = replace(QUICK, deployment_timeout=0.2)
    async with (
        guest_service(document_gate=asyncio.Event()) as service,
        watched(service.target, ChatOptions(ATTRIBUTES, limits=limits)) as watch,
    ):
        watch.chat.say("hello")
        await watch.reply("You said hello")
        assert watch.all(DeploymentUnread)[0].seconds >= 0.2


@pytest.mark.parametrize(("status", "kind"), [(403, AccessRefusedError), (418, HandshakeRefusedError)])
async def test_a_refused_connection_ends_the_chat(status: int, kind: type[HandshakeRefusedError]) -> None:
    async with guest_service(refuse=status) as service, watched(service.target) as watch:
        ended = await watch.ended()
        assert type(ended.error) is kind
        assert ended.error.code == status
        assert watch.chat.state is State.ERROR
        assert len(watch.all(Ended)) == 1


async def test_too_many_connections_tell_the_time_to_wait() -> None:
    async with (
        guest_service(refuse=429, refuse_headers={"Retry-After": "3"}) as service,
        watched(service.target) as watch,
    ):
        error = (await watch.ended()).error
        assert type(error) is ConnectionRateError
        assert error.retry_after == 3


async def test_where_nothing_listens() -> None:
    async with watched(target("ws://127.0.0.1:1/v1")) as watch:
        assert type((await watch.ended()).error) is UnreachableError


async def test_a_service_that_never_configures() -> None:
    limits = replace(QUICK, configure_timeout=0.2)
    async with guest_service(silent) as service, watched(service.target, ChatOptions(limits=limits)) as watch:
        assert type((await watch.ended()).error) is ConfigureTimeoutError
        assert await service.close_frame() == (1000, "")


async def test_a_refusal_of_the_session_closes_the_socket() -> None:
    async def refuse(socket: ServerConnection, service: Service) -> None:
        request = json.loads(await socket.recv())
        await socket.send(response("string", "Deployment not found", 400, request["tracingId"]))

    async with guest_service(refuse) as service, watched(service.target) as watch:
        error = (await watch.ended()).error
        assert error is not None
        assert error.code == 400
        # While the block is still open: an ended chat keeps no connection.
        assert await service.close_frame() == (1000, "")


async def test_a_silent_line_is_noticed_by_its_missing_pongs() -> None:
    async def deaf(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await upgraded(reader, writer)
        await asyncio.Event().wait()

    limits = replace(QUICK, ping_interval=0.1, ping_timeout=0.1)
    async with (
        bare_server(deaf) as port,
        watched(target(f"ws://127.0.0.1:{port}/v1"), ChatOptions(limits=limits)) as watch,
    ):
        error = (await watch.ended()).error
        assert type(error) is ConnectionLostError
        assert error.title == "The service stopped answering."


@pytest.mark.parametrize("code", [1000, 1001, 1011])
async def test_without_reconnecting_a_close_by_the_service_ends_the_chat(code: int) -> None:
    async def close(socket: ServerConnection, service: Service) -> None:
        await socket.send(session_response(json.loads(await socket.recv())))
        await socket.close(code, "enough")

    async with (
        guest_service(close) as service,
        watched(service.target, ChatOptions(reconnect=False, limits=QUICK)) as watch,
    ):
        ended = await watch.ended()
        assert type(ended.error) is ConnectionLostError
        assert ended.error.detail == f"Close code {code}, enough"


@pytest.mark.parametrize("how", ["close", "cut"])
async def test_a_lost_connection_is_restored_with_the_same_token(how: str) -> None:
    async def leave_once(socket: ServerConnection, service: Service) -> None:
        if len(service.connections) > 1:
            await friendly(socket, service)
            return
        service.received.append(json.loads(await socket.recv()))
        await socket.send(session_response(service.received[0]))
        if how == "close":
            await socket.close(1000, "idle")
        else:
            socket.transport.abort()

    async with guest_service(leave_once) as service, watched(service.target, OPTIONS) as watch:
        planned = await watch.until(ReconnectPlanned)
        assert type(planned.error) is ConnectionLostError
        assert planned.attempt == 1
        watch.chat.say("still there")
        await watch.reply("You said still there")
        first, second = (frame for frame in service.received if frame["action"] == "configureSession")
        assert first["token"] == second["token"]
        assert State.RECONNECTING in [event.state for event in watch.all(StateChanged)]


async def test_a_connection_that_was_given_up_cannot_disturb_the_next_one() -> None:
    """The second connection is refused and lingers while the third one works already."""
    lingering = asyncio.Event()

    async def talk(socket: ServerConnection, service: Service) -> None:
        number = len(service.connections)
        if number == 1:
            await socket.send(session_response(json.loads(await socket.recv())))
            await socket.close(1001)
        elif number == 2:
            request = json.loads(await socket.recv())
            # No more reading: the closing handshake stays without an answer for a while.
            socket.transport.pause_reading()
            await socket.send(response("string", "busy", 503, request["tracingId"]))
            await lingering.wait()
            socket.transport.abort()
        else:
            await friendly(socket, service)

    async with (
        guest_service(talk) as service,
        watched(service.target, ChatOptions(limits=replace(QUICK, close_timeout=5))) as watch,
    ):
        await watch.until(ReconnectPlanned, lambda event: event.attempt == 2)
        watch.chat.say("one")
        await watch.reply("You said one")
        lingering.set()
        await service.close_frame()
        await service.close_frame()
        watch.chat.say("two")
        await watch.reply("You said two")
        assert len(service.connections) == 3


async def test_frames_of_every_kind_arrive_as_they_are() -> None:
    async def odd(socket: ServerConnection, service: Service) -> None:
        await socket.send(session_response(json.loads(await socket.recv())))
        await socket.send(b'{"class": "binary"}')
        await socket.send(b"\xff\xfe")
        await socket.send("")
        await socket.send("not JSON")
        await socket.send('{"half":"\\ud800"}')
        await socket.send(["in ", "three ", "parts"])
        await socket.send(structured("last", "x" * 1_000_000, "Outbound"))

    async with guest_service(odd) as service, watched(service.target) as watch:
        await watch.reply("x" * 1_000_000)
        texts = [event.frame.text for event in watch.all(FrameReceived)]
        assert texts[1] == '{"class": "binary"}'
        assert texts[3:7] == ["", "not JSON", '{"half":"\\ud800"}', "in three parts"]
        assert watch.all(FrameReceived)[2].size == 2
        assert watch.all(Oddity)
        assert watch.chat.state is State.CONFIGURED


@pytest.mark.parametrize("times", [1, 2])
async def test_a_frame_over_one_mebibyte_is_named_and_the_chat_goes_on(times: int) -> None:
    async def huge(socket: ServerConnection, service: Service) -> None:
        if len(service.connections) > times:
            await friendly(socket, service)
            return
        new = len(service.connections) == 1
        await socket.send(session_response(json.loads(await socket.recv()), new=new))
        await socket.send("x" * (1024 * 1024 + 1))

    async with guest_service(huge) as service, watched(service.target, OPTIONS) as watch:
        await watch.until(ErrorRaised, lambda event: type(event.error) is FrameTooLargeError)
        watch.chat.say("still there")
        await watch.reply("You said still there")
        assert [event.error.code for event in watch.all(ErrorRaised)] == [1009] * times
        assert [code for code, _ in [await service.close_frame() for _ in range(times)]] == [1009] * times


async def test_a_frame_over_one_mebibyte_that_comes_again_and_again_ends_the_chat() -> None:
    async def huge(socket: ServerConnection, service: Service) -> None:
        new = len(service.connections) == 1
        await socket.send(session_response(json.loads(await socket.recv()), new=new))
        await socket.send(
            structured(f"{len(service.connections)}", "A message gives the budget back", "Outbound")
        )
        await socket.send("x" * (1024 * 1024 + 1))

    async with guest_service(huge) as service, watched(service.target, OPTIONS) as watch:
        assert type((await watch.ended()).error) is FrameTooLargeError
        assert len(service.connections) == 3


async def test_nothing_is_dropped_and_nothing_is_read_ahead_without_bounds() -> None:
    count, size = 300, 100_000
    all_sent = asyncio.Event()

    async def flood(socket: ServerConnection, service: Service) -> None:
        await socket.send(session_response(json.loads(await socket.recv())))
        for number in range(count):
            await socket.send(structured(f"{number}", f"{number:03} {'x' * size}", "Outbound"))
        all_sent.set()

    async with guest_service(flood) as service, Chat(service.target, OPTIONS) as chat:
        async for event in chat:
            if isinstance(event, SessionConfigured):
                break
        # Nobody iterates now, so the sender gets stuck.
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await all_sent.wait()
        seen: list[int] = []
        async for event in chat:
            if isinstance(event, MessageAdded):
                seen.append(int(event.message.text[:3]))
                if len(seen) == count:
                    break
        assert seen == list(range(count))
