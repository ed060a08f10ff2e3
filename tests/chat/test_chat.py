"""A chat with servers that are not ours: what it sends, what it tells, and how it goes on after trouble."""

from __future__ import annotations

import asyncio
import json
import logging
import uuid
from dataclasses import replace

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from gcdesk.chat.chat import Chat, ChatOptions
from gcdesk.errors import (
    AccessRefusedError,
    ConfigureTimeoutError,
    ConnectionLostError,
    ConnectionRateError,
    DeploymentInactiveError,
    DeploymentUnreadableError,
    HandshakeRefusedError,
    MessageInputError,
    UnreachableError,
    WishError,
)
from gcdesk.guest.content import QuickReply
from gcdesk.guest.events import (
    AttributesChanged,
    AttributeStatus,
    ConnectionOpened,
    DeploymentRead,
    DeploymentUnread,
    Ended,
    FrameReceived,
    FrameSent,
    MessageAdded,
    MessageChanged,
    MessageWithdrawn,
    Oddity,
    ReconnectPlanned,
    RoundTrip,
    SessionConfigured,
    StateChanged,
)
from gcdesk.guest.message import Delivery, Direction
from gcdesk.guest.replies import quick_reply
from gcdesk.guest.session import JoinPolicy
from gcdesk.guest.states import State
from tests.chat.servers import (
    DEPLOYMENT_ID,
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


async def test_a_conversation_from_the_first_dial_to_the_goodbye() -> None:
    async with guest_service() as service:
        async with watched(service.target, OPTIONS) as watch:
            configured = await watch.until(SessionConfigured)
            assert configured.new_session
            key = watch.chat.say("Grüße")
            await watch.sent(key)
            await watch.reply("You said Grüße")
            watch.chat.leave()
            assert (await watch.ended()).error is None
        assert await service.close_frame() == (1000, "")
        configure, message = service.received
        assert configure["action"] == "configureSession"
        assert configure["deploymentId"] == DEPLOYMENT_ID
        assert message["message"]["channel"]["metadata"]["customAttributes"] == ATTRIBUTES
        assert message["token"] == configure["token"] == str(uuid.UUID(configure["token"]))
        states = [event.state for event in watch.all(StateChanged)]
        assert states == [State.CONNECTING, State.CONNECTED, State.CONFIGURED, State.CLOSING, State.CLOSED]
        opened = watch.all(ConnectionOpened)[0]
        assert (opened.host, opened.tls, opened.proxy) == (service.target.endpoint.display, "", "")
        assert [event.frame.json() for event in watch.all(FrameSent)]
        statuses = [event.status for event in watch.all(AttributesChanged)]
        assert statuses[-1] is AttributeStatus.ECHOED


async def test_the_origin_is_the_environments_or_the_endpoints_own() -> None:
    async with guest_service() as service:
        own = service.target.endpoint.origin
        for target, origin in [
            (service.target, own),
            (replace(service.target, origin="https://shop.example"), "https://shop.example"),
        ]:
            async with watched(target) as watch:
                await watch.until(SessionConfigured)
            handshakes = [request for request in service.requests if request.path.startswith("/v1")]
            assert handshakes[-1].headers["Origin"] == origin


async def test_every_chat_has_its_own_token() -> None:
    async with guest_service(silent) as service:
        for _ in range(2):
            async with watched(service.target) as watch:
                await watch.until(FrameSent)
                await watch.state(State.CONNECTED)
            await service.close_frame()
        assert len({frame["token"] for frame in service.received}) == 2


async def test_a_given_token_is_used() -> None:
    token = str(uuid.uuid4())
    async with guest_service() as service:
        async with watched(service.target, ChatOptions(token=token, limits=QUICK)) as watch:
            await watch.until(SessionConfigured)
        assert service.received[0]["token"] == token


async def test_two_chats_at_once_do_not_mix() -> None:
    async with (
        guest_service() as service,
        watched(service.target) as one,
        watched(service.target) as other,
    ):
        one.chat.say("one")
        other.chat.say("other")
        await one.reply("You said one")
        await other.reply("You said other")
        assert not [event for event in one.all(MessageAdded) if "other" in event.message.text]


async def test_what_is_said_before_the_session_stands_waits_for_it() -> None:
    async with guest_service() as service, Chat(service.target, OPTIONS) as chat:
        chat.say("at once")
        async for event in chat:
            if isinstance(event, MessageAdded) and event.message.text == "You said at once":
                break
        assert [frame["action"] for frame in service.received] == ["configureSession", "onMessage"]


async def test_the_configuration_is_read_while_the_socket_connects() -> None:
    async with guest_service() as service:
        both = asyncio.Barrier(2)

        async def wait(connection: ServerConnection, request: Request) -> Response | None:
            # Neither is answered before the other was asked.
            await both.wait()
            return await answer(connection, request)

        answer, service.answer = service.answer, wait
        async with watched(service.target) as watch:
            await watch.until(DeploymentRead)
            await watch.until(SessionConfigured)


async def test_a_session_is_joined_as_the_deployment_says_once_that_is_known() -> None:
    gate = asyncio.Event()
    async with (
        guest_service(document=config(autostart=True), document_gate=gate) as service,
        watched(service.target, OPTIONS) as watch,
    ):
        await watch.until(SessionConfigured)
        assert len(service.received) == 1
        gate.set()
        read = await watch.until(DeploymentRead)
        assert read.deployment.autostart
        assert watch.chat.deployment is read.deployment
        await watch.until(FrameSent, lambda event: event.frame.kind == "onMessage Join")


@pytest.mark.parametrize("policy", [JoinPolicy.ALWAYS, JoinPolicy.NEVER])
async def test_a_session_is_joined_as_the_options_say(policy: JoinPolicy) -> None:
    document = config(autostart=policy is JoinPolicy.NEVER)
    async with guest_service(document=document) as service:
        async with watched(service.target, ChatOptions(ATTRIBUTES, policy, QUICK)) as watch:
            watch.chat.say("hello")
            await watch.reply("You said hello")
        kinds = [event.frame.kind for event in watch.all(FrameSent)]
        assert ("onMessage Join" in kinds) is (policy is JoinPolicy.ALWAYS)


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


async def test_a_frame_over_one_mebibyte_breaks_the_connection() -> None:
    async def huge(socket: ServerConnection, service: Service) -> None:
        await socket.send(session_response(json.loads(await socket.recv())))
        await socket.send("x" * (1024 * 1024 + 1))

    async with (
        guest_service(huge) as service,
        watched(service.target, ChatOptions(reconnect=False, limits=QUICK)) as watch,
    ):
        error = (await watch.ended()).error
        assert type(error) is ConnectionLostError
        assert error.title == "The service sent a frame that is too large to be one of a chat."


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


async def test_wishes_reach_the_service() -> None:
    document = config()
    conversations = document["messenger"]["apps"]["conversations"]
    conversations |= {"conversationClear": {"enabled": True}, "showUserTypingIndicator": True}

    async def talk(socket: ServerConnection, service: Service) -> None:
        async for data in socket:
            request = json.loads(data)
            service.received.append(request)
            if request["action"] == "configureSession":
                await socket.send(session_response(request))
            elif request["action"] == "echo":
                await socket.send(structured("e", "ping", "Inbound", request["tracingId"]))

    async with guest_service(talk, document=document) as service:
        async with watched(service.target, OPTIONS) as watch:
            chat = watch.chat
            await watch.until(DeploymentRead)
            await watch.until(SessionConfigured)
            assert chat.can_say
            assert chat.can_join
            assert chat.can_clear
            chat.join()
            assert chat.typing()
            assert not chat.typing()
            assert chat.echo()
            await watch.until(RoundTrip)
            chat.set_attributes({"crmCustomerId": "43"})
            chat.reply(quick_reply(QuickReply("Yes", "yes", raw={}), "message-1"))
            chat.clear()
            await watch.until(FrameSent, lambda event: event.frame.kind == "onMessage Clear")
        kinds = [event.frame.kind for event in watch.all(FrameSent)]
        assert kinds[0] == "configureSession"
        assert {"onMessage Join", "onMessage Typing", "echo", "onMessage Clear"} < set(kinds)
        reply = next(frame for frame in service.received if "Yes" in json.dumps(frame))
        assert reply["message"]["channel"]["metadata"]["customAttributes"] == {"crmCustomerId": "43"}


async def test_a_waiting_message_can_be_taken_back_and_a_failed_one_sent_again() -> None:
    async def refuse_first(socket: ServerConnection, service: Service) -> None:
        async for data in socket:
            request = json.loads(data)
            service.received.append(request)
            if request["action"] == "configureSession":
                await gate.wait()
                await socket.send(session_response(request))
            elif len(service.received) == 2:
                await socket.send(response("string", "too long", 4011, request["tracingId"]))
            else:
                message = structured("echo", request["message"]["text"], "Inbound", request["tracingId"])
                await socket.send(message)

    gate = asyncio.Event()
    async with guest_service(refuse_first) as service, watched(service.target) as watch:
        await watch.until(FrameSent)
        unwanted = watch.chat.say("no")
        key = watch.chat.say("yes")
        watch.chat.withdraw(unwanted)
        assert (await watch.until(MessageWithdrawn)).message.key == unwanted
        gate.set()
        await watch.until(MessageChanged, lambda event: event.message.delivery is Delivery.FAILED)
        watch.chat.resend(key)
        await watch.sent(key)
        assert [frame["message"]["text"] for frame in service.received[1:]] == ["yes", "yes"]


async def test_wishes_out_of_place_raise_and_change_nothing() -> None:
    chat = Chat(target("ws://127.0.0.1:1/v1"), OPTIONS)
    with pytest.raises(WishError):
        chat.say("too early")
    async with guest_service() as service:
        async with watched(service.target, OPTIONS) as watch:
            chat = watch.chat
            with pytest.raises(WishError):
                chat.clear()
            with pytest.raises(MessageInputError):
                chat.say(" ")
            with pytest.raises(WishError):
                chat.resend("no such key")
            await watch.until(SessionConfigured)
            chat.say("fine")
            await watch.reply("You said fine")
        assert chat.state is State.CLOSED
        with pytest.raises(WishError):
            chat.say("too late")
        with pytest.raises(WishError):
            await chat.__aenter__()
        assert len(service.received) == 2


async def test_logs_and_repr_show_no_token_id_or_text(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "gcdesk"):
        async with (
            guest_service() as service,
            watched(service.target, OPTIONS) as watch,
        ):
            watch.chat.say("my secret")
            await watch.reply("You said my secret")
            shown = f"{watch.chat!r} {OPTIONS!r} {service.target!r} {watch.events!r}"
        token = service.received[0]["token"]
    logs = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("gcdesk"))
    assert "State configured" in logs
    assert "Sent onMessage Text" in logs
    for text in (logs, shown.replace(repr(service.received), "")):
        assert token not in text
        assert DEPLOYMENT_ID not in text
    assert "my secret" not in logs
    assert "0042" not in logs


async def test_events_come_in_the_order_in_which_things_happened() -> None:
    async with guest_service() as service:
        async with watched(service.target, OPTIONS) as watch:
            watch.chat.say("hello")
            await watch.reply("You said hello")
        directions = [event.message.direction for event in watch.all(MessageAdded)]
        assert directions == [Direction.INBOUND, Direction.OUTBOUND]
        moments = [event.at for event in watch.events]
        assert moments == sorted(moments)
        assert all(moment.tzinfo is not None for moment in moments)
