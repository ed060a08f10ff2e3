"""Earlier messages over HTTP, and a chat that breaks: nothing lost and nothing doubled, over real sockets."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from websockets.asyncio.server import ServerConnection
from websockets.http11 import Request, Response

from gcdesk.chat.chat import ChatOptions
from gcdesk.chat.history import history_origin
from gcdesk.chat.target import Target
from gcdesk.errors import HistoryError, HttpAnswerError, WishError
from gcdesk.guest.events import (
    ErrorRaised,
    HistoryChanged,
    HistoryStatus,
    MessageAdded,
    MessageMoved,
    ReconnectPlanned,
    SessionConfigured,
    SessionRenewed,
)
from gcdesk.guest.message import Delivery
from gcdesk.guest.regions import endpoint_for_region, endpoint_for_url
from gcdesk.guest.states import State
from gcdesk.simulator import Simulator, SimulatorOptions
from tests.chat.servers import Service, guest_service, http_response, response, session_response, structured
from tests.chat.watching import QUICK, Watched, watched

OPTIONS = ChatOptions({"crmCustomerId": "0042"}, limits=replace(QUICK, catch_up_timeout=8))
EARLIER = replace(OPTIONS, token="5b1f0c3e-7a94-4d1c-9b57-2f4f6f0f7a10")

Frame = dict[str, Any]


def shown(watch: Watched) -> list[str]:
    """The transcript's texts as a window shows them."""
    keys: list[str] = []
    texts: dict[str, str] = {}
    for event in watch.events:
        if isinstance(event, MessageAdded):
            assert event.message.key not in keys
            keys.insert(keys.index(event.before) if event.before else len(keys), event.message.key)
            texts[event.message.key] = event.message.text
        elif isinstance(event, MessageMoved):
            keys.remove(event.key)
            keys.insert(keys.index(event.before) if event.before else len(keys), event.key)
    return [texts[key] for key in keys]


async def loaded(watch: Watched, *, missed: bool = False) -> HistoryChanged:
    return await watch.until(
        HistoryChanged, lambda event: event.missed is missed and event.status is not HistoryStatus.LOADING
    )


async def more(watch: Watched) -> None:
    """Ask for more, and wait for what comes of it."""
    before = len(watch.all(HistoryChanged))
    watch.chat.load_history()
    # One event tells that it is read, another what came of it.
    await watch.until(HistoryChanged, lambda _: len(watch.all(HistoryChanged)) >= before + 2)


@dataclass
class Conversation:
    """A service with a history that cuts its connection at the first messages.

    Args:
        cuts: How often it cuts; each time at the next message.
        takes: Whether the message at which it cuts is in the conversation.
        answer: What answers whoever asks for a page, None for the page.
        key: Whether it gives the key to the history.
    """

    cuts: int = 1
    takes: bool = True
    answer: Callable[[], Awaitable[Response | None]] | None = None
    key: bool = True
    entries: list[Frame] = field(default_factory=list)
    requests: list[Frame] = field(default_factory=list)
    pages: list[Request] = field(default_factory=list)
    known: set[str] = field(default_factory=set)

    async def talk(self, socket: ServerConnection, service: Service) -> None:
        async for data in socket:
            request = json.loads(data)
            self.requests.append(request)
            if request["action"] == "configureSession":
                new = len(self.known) == 0
                self.known.add(request["token"])
                await socket.send(session_response(request, new=new))
            elif request["action"] == "getJwt" and self.key:
                await socket.send(
                    response("JwtResponse", {"jwt": "eyJ.a.b", "exp": 4e9}, 200, request["tracingId"])
                )
            elif request["action"] == "onMessage" and await self._message(socket, request):
                return

    async def _message(self, socket: ServerConnection, request: Frame) -> bool:
        cutting, self.cuts = self.cuts > 0, max(0, self.cuts - 1)
        if self.takes or not cutting:
            echo = json.loads(
                structured(self._name(), request["message"]["text"], "Inbound", request["tracingId"])
            )
            self.entries.append(echo["body"])
            if not cutting:
                await socket.send(json.dumps(echo))
        if cutting:
            # What the other side sends while nobody is there to hear it.
            self.entries.append(json.loads(structured(self._name(), "meanwhile", "Outbound"))["body"])
            socket.transport.abort()
        return cutting

    def _name(self) -> str:
        return f"entry-{len(self.entries)}"

    async def history(self, request: Request) -> Response:
        self.pages.append(request)
        if self.answer is not None and (answer := await self.answer()) is not None:
            return answer
        query = parse_qs(urlsplit(request.path).query)
        number, size = int(query["pageNumber"][0]), int(query["pageSize"][0])
        entities = self.entries[::-1][(number - 1) * size : number * size]
        return http_response(200, json.dumps({"entities": entities, "pageNumber": number}))

    @property
    def said(self) -> list[str]:
        return [entry["text"] for entry in self.entries if entry["direction"] == "Inbound"]

    @property
    def sent(self) -> list[tuple[str, str]]:
        """Text and tracing ID of every message that came in."""
        messages = [request for request in self.requests if request["action"] == "onMessage"]
        return [(request["message"]["text"], request["tracingId"]) for request in messages]


# Reading


async def test_a_page_is_asked_for_as_the_service_wants_it() -> None:
    talk = Conversation(cuts=0)
    talk.entries = [json.loads(structured(f"old-{n}", f"old {n}", "Outbound"))["body"] for n in range(30)]
    async with (
        guest_service(talk.talk, history=talk.history) as service,
        watched(service.target, OPTIONS) as watch,
    ):
        await watch.until(SessionConfigured)
        assert watch.chat.can_load_history
        watch.chat.load_history()
        await loaded(watch)
        assert shown(watch) == [f"old {n}" for n in range(5, 30)]
        (request,) = talk.pages
        assert parse_qs(urlsplit(request.path).query) == {"pageNumber": ["1"], "pageSize": ["25"]}
        assert request.headers["Authorization"] == "bearer eyJ.a.b"
        assert request.headers["Origin"] == service.target.endpoint.origin
        watch.chat.load_history()
        await watch.until(HistoryChanged, lambda event: event.complete)
        assert shown(watch) == [f"old {n}" for n in range(30)]


@pytest.mark.parametrize(
    ("target", "origin"),
    [
        (Target(endpoint_for_region("mypurecloud.de"), "d"), "mypurecloud.de"),
        (Target(endpoint_for_region("mypurecloud.de"), "d", "https://shop.example"), "https://shop.example"),
        (Target(endpoint_for_url("ws://127.0.0.1:9/v1"), "d"), "http://127.0.0.1:9"),
    ],
)
def test_the_origin_is_the_regions_domain_or_the_one_chosen(target: Target, origin: str) -> None:
    assert history_origin(target) == origin


@pytest.mark.parametrize("status", [401, 429, 500, 503])
async def test_what_may_pass_is_asked_for_again(status: int) -> None:
    answers = iter([http_response(status, "no", {"Retry-After": "0"})])

    async def answer() -> Response | None:
        return next(answers, None)

    talk = Conversation(cuts=0, answer=answer)
    async with (
        guest_service(talk.talk, history=talk.history) as service,
        watched(service.target, OPTIONS) as watch,
    ):
        await watch.sent(watch.chat.say("hello"))
        watch.chat.load_history()
        assert (await loaded(watch)).complete
        assert len(talk.pages) == 2
        keys = [request for request in talk.requests if request["action"] == "getJwt"]
        assert len(keys) == (2 if status == 401 else 1)
        assert shown(watch) == ["hello"]


@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        (http_response(403, "eyJhbGciOiJub25lIn0.secret"), HistoryError, 403),
        (http_response(404, "not here"), HistoryError, 404),
        (http_response(418, "tea"), HistoryError, 418),
        (http_response(200, "not JSON"), HistoryError, None),
        (http_response(200, "[]"), HistoryError, None),
        (http_response(200, '{"entities":' + "[" * 100_000), HistoryError, None),
        (http_response(200, "x" * 1_100_000), HttpAnswerError, None),
    ],
)
async def test_what_will_not_pass_is_named(answer: Response, kind: type[Exception], code: int | None) -> None:
    async def give() -> Response | None:
        return answer

    talk = Conversation(cuts=0, answer=give)
    async with (
        guest_service(talk.talk, history=talk.history) as service,
        watched(service.target, OPTIONS) as watch,
    ):
        await watch.until(SessionConfigured)
        watch.chat.load_history()
        failed = await loaded(watch)
        assert isinstance(failed.error, kind)
        assert failed.error.code == code
        assert "secret" not in failed.error.detail
        await watch.sent(watch.chat.say("goes on"))
        assert watch.all(ErrorRaised) == []


async def test_half_a_character_does_not_cost_the_page() -> None:
    async def give() -> Response | None:
        return http_response(
            200, '{"entities":[{"id":"m1","type":"Text","text":"cut \\ud83d","direction":"Outbound"}]}'
        )

    talk = Conversation(cuts=0, answer=give)
    async with (
        guest_service(talk.talk, history=talk.history) as service,
        watched(service.target, OPTIONS) as watch,
    ):
        await watch.until(SessionConfigured)
        watch.chat.load_history()
        await loaded(watch)
        assert shown(watch) == ["cut \N{REPLACEMENT CHARACTER}"]


async def test_leaving_while_a_page_is_awaited_leaves_nothing_behind() -> None:
    asked, over = asyncio.Event(), asyncio.Event()

    async def never() -> Response | None:
        asked.set()
        await over.wait()
        return None

    talk = Conversation(cuts=0, answer=never)
    async with guest_service(talk.talk, history=talk.history) as service:
        async with watched(service.target, OPTIONS) as watch:
            await watch.until(SessionConfigured)
            watch.chat.load_history()
            await asked.wait()
        assert (await watch.ended()).error is None
        over.set()


# Breaks


@pytest.mark.parametrize("takes", [True, False])
async def test_a_message_whose_echo_or_request_was_lost_is_in_the_conversation_once(takes: bool) -> None:
    talk = Conversation(takes=takes)
    async with (
        guest_service(talk.talk, history=talk.history) as service,
        watched(service.target, OPTIONS) as watch,
    ):
        await watch.until(SessionConfigured)
        key = watch.chat.say("hello")
        await watch.sent(key)
        await watch.sent(watch.chat.say("next"))
        assert talk.said == ["hello", "next"]
        tracing_ids = {tracing_id for text, tracing_id in talk.sent if text == "hello"}
        assert len(tracing_ids) == 1
        assert [text for text, _ in talk.sent].count("hello") == (1 if takes else 2)
        assert sorted(shown(watch)) == ["hello", "meanwhile", "next"]
        assert (await loaded(watch, missed=True)).status is HistoryStatus.LOADED


async def test_many_breaks_in_a_row_lose_and_double_nothing() -> None:
    talk = Conversation(cuts=5)
    async with (
        guest_service(talk.talk, history=talk.history) as service,
        watched(service.target, OPTIONS) as watch,
    ):
        await watch.until(SessionConfigured)
        keys = [watch.chat.say(f"message {number}") for number in range(8)]
        for key in keys:
            await watch.sent(key)
        assert sorted(talk.said) == [f"message {number}" for number in range(8)]
        await watch.until(HistoryChanged, lambda event: event.missed and event.status is HistoryStatus.LOADED)
        assert len(shown(watch)) == len(set(shown(watch)) - {"meanwhile"}) + shown(watch).count("meanwhile")


@pytest.mark.parametrize("how", ["silent page", "silent key", "error"])
async def test_a_service_without_a_history_holds_nothing_up_for_long(how: str) -> None:
    over = asyncio.Event()

    async def answer() -> Response | None:
        if how == "silent page":
            await over.wait()
        return http_response(404, "not here")

    limits = replace(QUICK, catch_up_timeout=0.2 if how != "error" else 60)
    talk = Conversation(takes=False, answer=answer, key=how != "silent key")
    async with (
        guest_service(talk.talk, history=talk.history) as service,
        watched(service.target, replace(OPTIONS, limits=limits)) as watch,
    ):
        await watch.until(SessionConfigured)
        await watch.sent(watch.chat.say("hello"))
        assert talk.said == ["hello"]
        over.set()


# The simulator


def target(simulator: Simulator) -> Target:
    return Target(endpoint_for_url(simulator.url), simulator.deployment_id)


async def test_a_chat_is_resumed_with_its_earlier_messages_in_order() -> None:
    async with Simulator(SimulatorOptions()) as simulator:
        async with watched(target(simulator), replace(EARLIER, token=None)) as watch:
            for text in ("one", "two"):
                await watch.sent(watch.chat.say(text))
            await watch.until(
                MessageAdded, lambda event: "two" in event.message.text and event.message.id != ""
            )
            token = watch.chat.token
            assert token not in repr(token)
            before = shown(watch)
        async with watched(target(simulator), replace(OPTIONS, token=token)) as again:
            await loaded(again)
            earlier = shown(again)
            assert earlier[: len(before)] == before
            assert again.all(SessionRenewed) == []
            await again.sent(again.chat.say("three"))
            (conversation,) = simulator.conversations
            assert dict(conversation.participant_data) == {"crmCustomerId": "0042"}
        assert again.all(SessionConfigured)[0].new_session is False


async def test_a_token_nobody_knows_begins_a_new_chat_and_says_so() -> None:
    async with Simulator(SimulatorOptions()) as simulator, watched(target(simulator), EARLIER) as watch:
        assert not (await watch.until(SessionRenewed)).asked_for
        await watch.sent(watch.chat.say("hello"))


async def test_what_a_resumed_chat_reads_may_be_asked_for_by_page() -> None:
    limits = replace(QUICK, history_page_size=3, history_per_minute=1000)
    async with Simulator(SimulatorOptions()) as simulator:
        async with watched(target(simulator), replace(EARLIER, limits=limits)) as watch:
            for number in range(5):
                await watch.sent(watch.chat.say(f"{number}"))
            before = [text for text in shown(watch) if text.isdigit()]
        async with watched(target(simulator), replace(EARLIER, limits=limits)) as again:
            await loaded(again)
            while not any(event.complete for event in again.all(HistoryChanged)):
                await more(again)
            assert [text for text in shown(again) if text.isdigit()] == before == list("01234")


@pytest.mark.parametrize(
    "fault", ["drop-after-message@1", "cut-after@StructuredMessage", "cut-before@StructuredMessage"]
)
async def test_a_break_around_a_message_neither_loses_nor_doubles_it(fault: str) -> None:
    async with (
        Simulator(SimulatorOptions(faults=(fault,))) as simulator,
        watched(target(simulator), OPTIONS) as watch,
    ):
        keys = [watch.chat.say(text) for text in ("one", "two", "three")]
        for key in keys:
            await watch.sent(key)
        await watch.until(ReconnectPlanned)
        texts = [text for text in shown(watch) if text in ("one", "two", "three")]
        assert texts == ["one", "two", "three"]
        (conversation,) = simulator.conversations
        said = [entry.text for entry in conversation.messages if entry.direction == "Inbound"]
        assert said == ["one", "two", "three"]


async def test_a_session_the_service_forgot_is_told_and_the_chat_goes_on_as_a_new_one() -> None:
    faults = ("drop-after-message@1", "forgotten@1")
    async with (
        Simulator(SimulatorOptions(faults=faults)) as simulator,
        watched(target(simulator), OPTIONS) as watch,
    ):
        key = watch.chat.say("hello")
        renewed = await watch.until(SessionRenewed)
        assert not renewed.asked_for
        await watch.sent(key)
        conversation = simulator.conversations[-1]
        assert dict(conversation.participant_data) == {"crmCustomerId": "0042"}


async def test_a_new_chat_begins_where_the_old_one_is_over() -> None:
    async with (
        Simulator(SimulatorOptions(faults=("read-only@1",))) as simulator,
        watched(target(simulator), OPTIONS) as watch,
    ):
        await watch.state(State.READ_ONLY)
        with pytest.raises(WishError):
            watch.chat.say("hello?")
        assert watch.chat.can_begin_new
        watch.chat.new_chat()
        assert (await watch.until(SessionRenewed)).asked_for
        key = watch.chat.say("hello")
        await watch.sent(key)
        assert dict(simulator.conversations[-1].participant_data) == {"crmCustomerId": "0042"}
        assert watch.all(ReconnectPlanned) == []


async def test_a_conversation_is_ended_from_here() -> None:
    async with Simulator(SimulatorOptions()) as simulator, watched(target(simulator), OPTIONS) as watch:
        await watch.sent(watch.chat.say("hello"))
        assert watch.chat.can_clear
        watch.chat.clear()
        ended = await watch.ended()
        assert (ended.error, ended.reason) == (None, "The conversation was ended.")
        assert [conversation.ending for conversation in simulator.conversations] == ["cleared"]


async def test_messages_that_come_late_and_twice_stand_in_order_and_once() -> None:
    faults = ("duplicate", "late@StructuredMessage:2")
    async with (
        Simulator(SimulatorOptions(faults=faults)) as simulator,
        watched(target(simulator), OPTIONS) as watch,
    ):
        for text in ("one", "two", "three"):
            await watch.sent(watch.chat.say(text))
        watch.chat.load_history()
        await loaded(watch)
        times = {event.message.key: event.message.time for event in watch.all(MessageAdded)}
        assert len(times) == len(watch.all(MessageAdded))
        own = [text for text in shown(watch) if text in ("one", "two", "three")]
        assert own == ["one", "two", "three"]
        assert Delivery.FAILED not in {event.message.delivery for event in watch.all(MessageAdded)}
