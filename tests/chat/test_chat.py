"""A chat with servers that are not ours: what it sends, what it tells, and what can be wished for."""

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
    MessageInputError,
    WishError,
)
from gcdesk.guest.content import QuickReply
from gcdesk.guest.events import (
    AttributesChanged,
    AttributeStatus,
    ConnectionOpened,
    DeploymentRead,
    FrameSent,
    MessageAdded,
    MessageChanged,
    MessageWithdrawn,
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
    config,
    guest_service,
    response,
    session_response,
    silent,
    structured,
    target,
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
