"""Sessions: configured, resumed, started anew, cleared, closed, expired."""

from __future__ import annotations

import uuid

from gcdesk.simulator.server import Simulator, SimulatorOptions

from .guest import Clock, chat, event_kinds, guest, is_outbound


async def test_a_fresh_token_gets_a_new_session_with_all_its_figures() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock)) as simulator, guest(simulator) as visitor:
        tracing_id = await visitor.send("configureSession", deploymentId=simulator.deployment_id)
        answer = await visitor.next()
    assert (answer["type"], answer["class"], answer["code"]) == ("response", "SessionResponse", 200)
    assert answer["tracingId"] == tracing_id
    body = answer["body"]
    assert (body["connected"], body["newSession"], body["readOnly"]) == (True, True, False)
    assert body["maxCustomDataBytes"] == 2048
    assert body["durationSeconds"] == 259200
    assert body["expirationDate"] == clock.now + 259200


async def test_the_same_token_resumes_its_session_and_its_participant_data() -> None:
    async with Simulator() as simulator:
        async with chat(simulator) as first:
            await first.say("hello", {"crmCustomerId": "CUST-1"})
            await first.echo_and_reply()
        async with guest(simulator, first.token) as second:
            answer = await second.configure()
            assert answer["body"]["newSession"] is False
            await second.say("whoami")
            _, reply = await second.echo_and_reply()
    assert reply["body"]["text"] == "Your crmCustomerId is CUST-1."


async def test_start_new_begins_another_conversation_on_the_same_token() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.say("hello", {"crmCustomerId": "CUST-1"})
        await visitor.echo_and_reply()
        answer = await visitor.configure(startNew=True)
        assert answer["body"]["newSession"] is True
        await visitor.say("whoami")
        _, reply = await visitor.echo_and_reply()
    assert "no participant data" in reply["body"]["text"]


async def test_nothing_but_configure_works_on_a_connection_without_a_session() -> None:
    async with Simulator() as simulator, guest(simulator) as visitor:
        tracing_id = await visitor.say("hello")
        refused = await visitor.next()
        assert (refused["class"], refused["code"], refused["tracingId"]) == ("string", 4007, tracing_id)
        for action in ("getJwt", "closeSession", "getAttachment", "getConfiguration"):
            await visitor.send(action, closeAllConnections=True, attachmentId="a", deploymentId="d")
            assert (await visitor.next())["code"] == 4007


async def test_another_token_than_the_configured_one_is_not_found() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        visitor.token = str(uuid.uuid4())
        await visitor.say("hello")
        assert (await visitor.next())["code"] == 4007


async def test_another_deployment_than_the_simulators_is_refused() -> None:
    async with Simulator() as simulator, guest(simulator) as visitor:
        await visitor.send("configureSession", deploymentId=str(uuid.uuid4()))
        refused = await visitor.next()
        assert (refused["code"], refused["body"]) == (400, "Deployment not found")
        assert (await visitor.configure())["code"] == 200


async def test_signing_in_is_off() -> None:
    async with Simulator() as simulator, guest(simulator) as visitor:
        await visitor.send(
            "configureAuthenticatedSession", deploymentId=simulator.deployment_id, data={"code": "x"}
        )
        assert (await visitor.next())["code"] == 403


async def test_the_fourth_connection_of_a_token_closes_the_oldest() -> None:
    async with (
        Simulator() as simulator,
        chat(simulator) as first,
        chat(simulator, first.token) as second,
        chat(simulator, first.token) as third,
        chat(simulator, first.token),
    ):
        assert (await first.next())["class"] == "ConnectionClosedEvent"
        assert await first.closed() == 1000
        await second.say("to both")
        assert (await third.next())["body"]["text"] == "to both"


async def test_clear_echoes_tells_and_closes_and_forgets_the_token() -> None:
    async with Simulator() as simulator:
        async with chat(simulator) as visitor:
            await visitor.say("agent")
            await visitor.echo_and_reply()
            clear = {"eventType": "Presence", "presence": {"type": "Clear"}}
            tracing_id = await visitor.message("Event", events=[clear])
            echo = await visitor.until(lambda frame: frame.get("tracingId") == tracing_id)
            assert event_kinds(echo) == ["Clear"]
            assert [(await visitor.next())["class"] for _ in range(2)] == [
                "SessionClearedEvent",
                "ConnectionClosedEvent",
            ]
            assert await visitor.closed() == 1000
        async with guest(simulator, visitor.token) as again:
            assert (await again.configure())["body"]["newSession"] is True


async def test_clear_is_refused_when_the_deployment_forbids_it() -> None:
    options = SimulatorOptions(conversation_clear=False)
    async with Simulator(options) as simulator, chat(simulator) as visitor:
        await visitor.message("Event", events=[{"eventType": "Presence", "presence": {"type": "Clear"}}])
        refused = await visitor.next()
    assert refused["code"] == 403
    assert "conversation clear" in refused["body"].lower()


async def test_read_only_refuses_messages_until_a_new_chat_is_started() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.say("readonly")
        ended = await visitor.until(lambda frame: is_outbound(frame) and event_kinds(frame) == ["Disconnect"])
        assert ended["body"]["metadata"]["readOnly"] == "true"
        await visitor.say("anyone there?")
        assert (await visitor.next())["code"] == 409
        await visitor.send("closeSession", closeAllConnections=True)
        closed = await visitor.next()
        assert (closed["body"]["connected"], closed["body"]["readOnly"]) == (False, True)
        answer = await visitor.configure(startNew=True)
        assert (answer["body"]["newSession"], answer["body"]["readOnly"]) == (True, False)
        await visitor.say("hello")
        await visitor.echo_and_reply()


async def test_read_only_stays_when_the_connection_does_not() -> None:
    async with Simulator(SimulatorOptions(conversation_disconnect="ReadOnly")) as simulator:
        async with chat(simulator) as visitor:
            await visitor.say("end")
            await visitor.until(lambda frame: is_outbound(frame) and event_kinds(frame) == ["Disconnect"])
        async with guest(simulator, visitor.token) as again:
            answer = await again.configure()
    assert (answer["body"]["newSession"], answer["body"]["readOnly"]) == (False, True)


async def test_close_session_closes_every_connection_of_the_token() -> None:
    async with (
        Simulator() as simulator,
        chat(simulator) as first,
        chat(simulator, first.token) as second,
        chat(simulator) as other,
    ):
        await second.send("closeSession", closeAllConnections=True)
        assert (await second.next())["body"]["connected"] is False
        for visitor in (first, second):
            assert (await visitor.next())["class"] == "ConnectionClosedEvent"
            assert await visitor.closed() == 1000
        await other.say("still here")
        await other.echo_and_reply()


async def test_a_session_expires_and_messages_put_that_off() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock, session_seconds=100)) as simulator:
        async with chat(simulator) as visitor:
            clock.sleep(99)
            await visitor.say("still here")
            await visitor.echo_and_reply()
            clock.sleep(99)
            await visitor.send("echo", message={"type": "Text", "text": "ping"})
            assert (await visitor.next())["class"] == "StructuredMessage"
            clock.sleep(1)
            await visitor.say("too late")
            assert (await visitor.next())["code"] == 4006
            tracing_id = await visitor.send("echo", message={"type": "Text", "text": "ping"})
            expired = await visitor.next()
            assert (expired["class"], expired["tracingId"]) == ("SessionExpiredEvent", tracing_id)
        async with guest(simulator, visitor.token) as again:
            assert (await again.configure())["code"] == 4006


async def test_the_expiry_is_told_on_every_connection_when_it_happens() -> None:
    clock = Clock()
    async with (
        Simulator(SimulatorOptions(clock=clock, session_seconds=1)) as simulator,
        chat(simulator) as first,
        chat(simulator, first.token) as second,
    ):
        # Nobody has to ask: the simulator looks at its clock when the time has come.
        clock.sleep(1)
        for visitor in (first, second):
            expired = await visitor.next()
            assert (expired["type"], expired["class"]) == ("message", "SessionExpiredEvent")
        await first.say("too late")
        assert (await first.next())["code"] == 4006
        simulator.tick()
        await second.send("echo", message={"type": "Text", "text": "ping"})
        assert (await second.next())["type"] == "response"


async def test_the_expiry_is_told_once_by_a_clock_that_is_told_the_time() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock, session_seconds=100)) as simulator:
        async with chat(simulator) as visitor, chat(simulator) as talker:
            clock.sleep(99)
            await talker.say("hello")
            await talker.echo_and_reply()
            clock.sleep(1)
            simulator.tick()
            assert (await visitor.next())["class"] == "SessionExpiredEvent"
            simulator.tick()
            clock.sleep(98)
            simulator.tick()
            await talker.say("still here")
            await talker.echo_and_reply()
            await visitor.say("not any more")
            assert (await visitor.next())["code"] == 4006
        assert [each.ending for each in simulator.conversations] == ["expired", ""]


async def test_messages_put_the_expiry_off_and_nothing_else_does() -> None:
    clock = Clock()
    start = int(clock.now)
    async with Simulator(SimulatorOptions(clock=clock, session_seconds=100)) as simulator:
        async with chat(simulator) as visitor:
            clock.sleep(10)
            answer = await visitor.configure()
            assert answer["body"]["expirationDate"] == start + 100
            await visitor.message("Event", events=[{"eventType": "Typing", "typing": {"type": "On"}}])
            await visitor.next()
            assert (await visitor.configure())["body"]["expirationDate"] == start + 100
            await visitor.say("hello")
            await visitor.echo_and_reply()
            assert (await visitor.configure())["body"]["expirationDate"] == start + 110
            clock.sleep(10)
            assert (await visitor.configure(startNew=True))["body"]["expirationDate"] == start + 120
        async with guest(simulator, visitor.token) as again:
            clock.sleep(10)
            body = (await again.configure())["body"]
            assert (body["durationSeconds"], body["expirationDate"]) == (100, start + 120)


async def test_close_session_can_close_one_connection_only() -> None:
    async with (
        Simulator() as simulator,
        chat(simulator) as first,
        chat(simulator, first.token) as second,
    ):
        await first.send("closeSession", closeAllConnections=False)
        assert (await first.next())["body"]["connected"] is False
        assert (await first.next())["class"] == "ConnectionClosedEvent"
        assert await first.closed() == 1000
        await second.say("still here")
        await second.echo_and_reply()


async def test_a_health_check_tells_how_long_the_session_lasts() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock)) as simulator, chat(simulator) as visitor:
        tracing_id = await visitor.send("echo", message={"type": "Text", "text": "ping"})
        reply = await visitor.next()
    assert (reply["type"], reply["tracingId"]) == ("response", tracing_id)
    assert (reply["body"]["text"], reply["body"]["direction"]) == ("ping", "Inbound")
    assert reply["body"]["metadata"] == {
        "durationSeconds": "259200",
        "expirationDate": str(int(clock.now) + 259200),
    }


async def test_a_jwt_is_handed_out_for_a_while() -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(clock=clock)) as simulator, chat(simulator) as visitor:
        await visitor.send("getJwt")
        body = (await visitor.next())["body"]
    assert len(body["jwt"].split(".")) == 3
    assert body["exp"] == clock.now + 600


async def test_the_configuration_can_be_asked_for() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.send("getConfiguration", deploymentId=simulator.deployment_id)
        assert (await visitor.next())["body"]["maxCustomDataBytes"] == 2048
        await visitor.send("getConfiguration", deploymentId=str(uuid.uuid4()))
        assert (await visitor.next())["code"] == 400


async def test_attributes_at_the_top_level_are_ignored_and_the_record_says_so() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.send(
            "onMessage",
            message={"type": "Text", "text": "whoami"},
            channel={"metadata": {"customAttributes": {"crmCustomerId": "CUST-1"}}},
        )
        echo, reply = await visitor.echo_and_reply()
        ignored = await simulator.wait_for(lambda entry: entry.get("event") == "ignored")
        assert simulator.conversations[0].participant_data == {}
    assert ignored["field"] == "channel"
    assert "metadata" not in echo["body"]["channel"]
    assert "no participant data" in reply["body"]["text"]


async def test_attributes_of_later_messages_are_merged() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        await visitor.join({"crmCustomerId": "CUST-1", "tier": "silver"})
        await visitor.echo_and_reply()
        await visitor.say("hello", {"tier": "gold"})
        echo, _ = await visitor.echo_and_reply()
        assert echo["body"]["channel"]["metadata"]["customAttributes"] == {"tier": "gold"}
        assert simulator.conversations[0].participant_data == {"crmCustomerId": "CUST-1", "tier": "gold"}


async def test_the_echo_carries_what_was_sent_and_the_services_ids() -> None:
    async with Simulator() as simulator, chat(simulator) as visitor:
        tracing_id = await visitor.message(text="Grüezi", metadata={"customMessageId": "c-1"})
        echo, _ = await visitor.echo_and_reply()
    assert (echo["type"], echo["class"], echo["tracingId"]) == ("message", "StructuredMessage", tracing_id)
    body = echo["body"]
    assert (body["type"], body["text"], body["metadata"]["customMessageId"]) == ("Text", "Grüezi", "c-1")
    assert len(body["id"]) == 32
    assert int(body["id"], 16) > 0
    assert uuid.UUID(body["channel"]["messageId"]).version == 4
