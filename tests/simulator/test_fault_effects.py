"""Every fault truly happens, at the frame it was asked for and at no other: seen by a bare client."""

from __future__ import annotations

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import pytest
from websockets.asyncio.client import connect

from gcdesk.simulator import FAULTS
from gcdesk.simulator.demo import DEMO_ORG_ID
from gcdesk.simulator.fault_list import CODE_PLACES, HTTP_PLACES, RETRY_AFTER
from gcdesk.simulator.faults import parse_fault
from gcdesk.simulator.server import Simulator, SimulatorOptions

from .guest import PATIENCE, Clock, Frame
from .occasions import SILENCE, Seen, Talk, converse, http, request, strikes
from .web_client import Answer, platform

Occasion = Callable[[Simulator], Awaitable[bool]]
"""Let the fault have one chance. Whether it was seen."""

MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Case:
    """A fault as it is typed, aimed at the second of three occasions, and its name in the list."""

    fault: str
    typed: str
    occasion: Occasion

    def __str__(self) -> str:
        return self.typed


def saw(check: Callable[[Seen], bool], text: str | None = "hello", **message: Any) -> Occasion:
    """A conversation of one message."""

    async def occasion(simulator: Simulator) -> bool:
        return check(await converse(simulator, text=text, **message))

    return occasion


def asked(check: Callable[[Seen], bool], action: str, **fields: Any) -> Occasion:
    """A conversation of one request."""

    async def occasion(simulator: Simulator) -> bool:
        return check(await request(simulator, action, **fields))

    return occasion


def refused(code: int) -> Callable[[Seen], bool]:
    return lambda seen: code in seen.codes


def stray(check: Callable[[Any], bool]) -> Occasion:
    """Something that goes right before the echo, which comes whole all the same."""

    def found(seen: Seen) -> bool:
        assert seen.order[-2:] == ["Inbound", "Outbound"]
        position = next(i for i, raw in enumerate(seen.raw) if '"direction":"Inbound"' in str(raw))
        before = seen.raw[position - 1]
        return position == 2 and check(before)

    return saw(found)


def stray_object(check: Callable[[Frame], bool]) -> Occasion:
    def found(raw: Any) -> bool:
        return isinstance(raw, str) and check(json.loads(raw))

    return stray(found)


def content_kind(frame: Frame) -> Any:
    return frame["body"].get("content", [{}])[0].get("contentType")


def stray_size(size: int) -> Occasion:
    return stray(lambda raw: len(raw) == size and json.loads(raw)["body"]["type"] == "Text")


def echo(check: Callable[[Frame], bool]) -> Occasion:
    """Something about the one echo."""

    def found(seen: Seen) -> bool:
        (frame,) = seen.of("Inbound")
        return check(frame)

    return saw(found)


def session_order(order: list[str]) -> Occasion:
    return saw(lambda seen: seen.order == order, text=None)


def called(path: str, check: Callable[[Answer], bool]) -> Occasion:
    """A call of the Platform API."""

    async def occasion(simulator: Simulator) -> bool:
        return check(await platform(simulator, path))

    return occasion


def reads(data: dict[str, str]) -> Occasion:
    """What the Platform API tells of a conversation with two attributes."""

    async def occasion(simulator: Simulator) -> bool:
        channel = {"metadata": {"customAttributes": {"crmCustomerId": "0042", "customerName": "Ann"}}}
        await converse(simulator, text="hello", channel=channel)
        path = f"/api/v2/conversations/{simulator.conversations[-1].conversation_id}"
        answer = await platform(simulator, path)
        return bool(answer.json["participants"][0]["attributes"] == data)

    return occasion


async def known_session(simulator: Simulator) -> bool:
    token = str(uuid.uuid4())
    await converse(simulator, token)
    (again,) = (await converse(simulator, token, text=None)).of("SessionResponse")
    return bool(again["body"]["newSession"])


async def no_pong(simulator: Simulator) -> bool:
    url = f"{simulator.url}?deploymentId={simulator.deployment_id}"
    before = len(strikes(simulator))
    async with connect(url, proxy=None, open_timeout=PATIENCE) as socket:
        struck = len(strikes(simulator)) > before
        pong = await socket.ping()
        done, _ = await asyncio.wait([asyncio.ensure_future(pong)], timeout=SILENCE if struck else PATIENCE)
        return not done


async def whole_silence(simulator: Simulator) -> bool:
    seen = await converse(simulator)
    return seen.silent and seen.raw == []


async def stalled(simulator: Simulator) -> bool:
    """Half a frame, and then not even a pong."""
    url = f"{simulator.url}?deploymentId={simulator.deployment_id}"
    before = len(strikes(simulator))
    async with connect(url, proxy=None, open_timeout=PATIENCE) as socket:
        talk = Talk(simulator, socket, Seen(token=str(uuid.uuid4())), before)
        await talk.ask("configureSession", deploymentId=simulator.deployment_id)
        await talk.tell("onMessage", message={"type": "Text", "text": "hello"})
        await talk.hear()
        if await talk.settle():
            return False
        pong = await socket.ping()
        done, _ = await asyncio.wait([asyncio.ensure_future(pong)], timeout=SILENCE)
        socket.transport.abort()
        return talk.seen.silent and not done and talk.seen.order == ["SessionResponse"]


async def fragmented(simulator: Simulator) -> bool:
    """The echo in pieces that make one whole."""
    url = f"{simulator.url}?deploymentId={simulator.deployment_id}"
    before = len(strikes(simulator))
    async with connect(url, proxy=None, open_timeout=PATIENCE) as socket:
        talk = Talk(simulator, socket, Seen(token=str(uuid.uuid4())), before)
        await talk.ask("configureSession", deploymentId=simulator.deployment_id)
        await talk.tell("onMessage", message={"type": "Text", "text": "hello"})
        pieces = [piece async for piece in socket.recv_streaming()]
        assert json.loads("".join(map(str, pieces)))["body"]["direction"] == "Inbound"
        return len(pieces) > 1


async def trickled(simulator: Simulator) -> bool:
    """The echo whole, though it took its time."""
    seen = await converse(simulator)
    assert seen.order == ["SessionResponse", "Inbound", "Outbound"]
    return seen.struck and seen.seconds >= 0.03


def over_http(place: str, symptom: str) -> Occasion:
    async def occasion(simulator: Simulator) -> bool:
        return await http(simulator, place) == symptom

    return occasion


def slow_http(place: str) -> Occasion:
    """Its usual answer, but not before its time."""

    async def occasion(simulator: Simulator) -> bool:
        loop = asyncio.get_running_loop()
        before, started = len(strikes(simulator)), loop.time()
        status = await http(simulator, place)
        assert status.isdecimal()
        return len(strikes(simulator)) > before and loop.time() - started >= 0.05

    return occasion


JOIN = {"eventType": "Presence", "presence": {"type": "Join"}}
CLEAR = {"eventType": "Presence", "presence": {"type": "Clear"}}
TYPING = {"eventType": "Typing", "typing": {"type": "On"}}
FILE = {"attachmentId": "7e3d9a10-5b62-4c3f-a1d8-0c9be45f2d33"}
OFFER = {**FILE, "fileName": "note.png", "fileType": "image/png", "fileSize": 4242}
REQUESTS: dict[str, tuple[str, dict[str, Any]]] = {
    "message": ("onMessage", {"message": {"type": "Text", "text": "hello"}}),
    "typing": ("onMessage", {"message": {"type": "Event", "events": [TYPING]}}),
    "clear": ("onMessage", {"message": {"type": "Event", "events": [CLEAR]}}),
    "echo": ("echo", {"message": {"type": "Text", "text": "ping"}}),
    "upload": ("onAttachment", {**OFFER, "errorsAsJson": True}),
    "link": ("getAttachment", FILE),
    "delete": ("deleteAttachment", FILE),
    "jwt": ("getJwt", {}),
    "close": ("closeSession", {"closeAllConnections": True}),
}


def upload_refused(seen: Seen) -> bool:
    (answer,) = [frame for frame in seen.frames if "attachmentId" in str(frame.get("body"))]
    body = answer["body"]
    return answer["class"] == "GenerateUrlError" and (body["errorCode"], body["attachmentId"]) == (
        4001,
        FILE["attachmentId"],
    )


ATTRIBUTES: dict[str, Any] = {"channel": {"metadata": {"customAttributes": {"crmCustomerId": "CUST-1"}}}}
SENT: dict[str, tuple[str, Occasion]] = {
    "malformed": ("", stray(lambda raw: raw == "this is not JSON {")),
    "not-json": ("", stray(lambda raw: raw == "this is not JSON {")),
    "half-json": ("", stray(lambda raw: raw == '{"type": "message", "class": "Struct')),
    "empty": ("", stray(lambda raw: raw == "")),
    "binary": ("", stray(lambda raw: isinstance(raw, bytes))),
    "array": ("", stray(lambda raw: raw == "[1, 2, 3]")),
    "json-null": ("", stray(lambda raw: raw == "null")),
    "no-envelope": ("", stray_object(lambda frame: frame == {"hello": "world"})),
    "null-envelope": ("", stray_object(lambda frame: set(frame.values()) == {None})),
    "unknown-class": ("", stray_object(lambda f: (f["class"], f["code"]) == ("HologramEvent", 200))),
    "unknown-error": ("", stray_object(lambda f: (f["class"], f["code"]) == ("HologramEvent", 500))),
    "unknown-content": ("", stray_object(lambda frame: content_kind(frame) == "Hologram")),
    "unknown-event": ("", stray_object(lambda f: f["body"]["events"][0]["eventType"] == "Hologram")),
    "nulls": ("", stray_object(lambda frame: frame["body"]["id"] is None)),
    "wrong-types": ("", stray_object(lambda frame: frame["body"]["id"] == 7)),
    "not-a-number": ("", stray(lambda raw: "NaN" in raw)),
    "surrogates": ("", stray_object(lambda frame: "\ud83d" in frame["body"]["text"])),
    "duplicate-keys": ("", stray(lambda raw: raw.count('"class"') == 2)),
    "deep": ("", stray(lambda raw: "[" * 100_000 in raw)),
    "large": ("", stray_size(MEBIBYTE - 1)),
    "huge": ("", stray_size(MEBIBYTE + 1)),
    "invalid-utf8": ("", saw(lambda seen: seen.code == 1007)),
    "bad-opcode": ("", saw(lambda seen: seen.code == 1002)),
    "no-tracing-id": ("", echo(lambda frame: "tracingId" not in frame)),
    "other-tracing-id": ("", saw(lambda seen: seen.of("Inbound")[0]["tracingId"] != seen.tracing_id)),
    "no-time": ("", echo(lambda frame: "time" not in frame["body"]["channel"])),
    "null-time": ("", echo(lambda frame: frame["body"]["channel"].get("time") is None)),
    "bad-time": ("", echo(lambda frame: frame["body"]["channel"]["time"] == "last Tuesday")),
    "no-channel": ("", echo(lambda frame: "channel" not in frame["body"])),
    "no-id": ("", echo(lambda frame: "id" not in frame["body"])),
    "no-body": ("", saw(lambda seen: any("body" not in frame for frame in seen.frames))),
    "unknown-fields": ("", echo(lambda frame: "xHologram" in frame["body"]["channel"])),
    "null-fields": ("", echo(lambda frame: frame["body"].get("content", 0) is None)),
    "string-code": ("", echo(lambda frame: frame["code"] == "200")),
    "slow": ("=0.05", saw(lambda seen: seen.struck and seen.seconds >= 0.05)),
    "jitter": ("=0.05", saw(lambda seen: seen.struck and seen.seconds >= 0.05)),
    "lost": ("", saw(lambda seen: seen.order == ["SessionResponse", "Outbound"])),
    "mute": ("", saw(lambda seen: seen.silent and seen.order == ["SessionResponse"])),
    "late": ("", saw(lambda seen: seen.order == ["SessionResponse", "Outbound", "Inbound"])),
    "reorder": ("", saw(lambda seen: seen.order == ["SessionResponse", "Outbound", "Inbound"])),
    "duplicate": ("", saw(lambda seen: seen.order == ["SessionResponse", "Inbound", "Inbound", "Outbound"])),
    "duplicate-late": (
        "",
        saw(lambda seen: seen.order == ["SessionResponse", "Inbound", "Outbound", "Inbound"]),
    ),
    "cut-before": ("", saw(lambda seen: (seen.code, seen.order) == (1006, ["SessionResponse"]))),
    "cut-mid-frame": ("", saw(lambda seen: (seen.code, seen.order) == (1006, ["SessionResponse"]))),
    "stall-mid-frame": ("", stalled),
    "fragments": ("", fragmented),
    "trickle": ("", trickled),
    "cut-after": ("", saw(lambda seen: (seen.code, seen.order) == (1006, ["SessionResponse", "Inbound"]))),
    "close-after": (
        "=1012",
        saw(lambda seen: (seen.code, seen.order) == (1012, ["SessionResponse", "Inbound"])),
    ),
}
"""Faults of frames sent, aimed at the second echo; with the value to type."""

RECEIVED: dict[str, Occasion] = {
    "drop-after-message": saw(lambda seen: (seen.code, seen.order) == (1006, ["SessionResponse"])),
    "close-1000": saw(lambda seen: (seen.code, seen.order) == (1000, ["SessionResponse", "Inbound"])),
    "close-1013": saw(lambda seen: (seen.code, seen.order) == (1013, ["SessionResponse", "Inbound"])),
    "ignored": saw(lambda seen: seen.order == ["SessionResponse"]),
    "logout": saw(lambda seen: (seen.code, seen.order[-1]) == (1000, "LogoutEvent")),
    "connection-closed": saw(lambda seen: (seen.code, seen.order[-1]) == (1000, "ConnectionClosedEvent")),
    "signed-in-elsewhere": saw(
        lambda seen: seen.code == 1000 and seen.frames[-1]["body"] == {"reason": "signedIn"}
    ),
    "session-cleared": saw(
        lambda seen: (seen.code, seen.order[-2:]) == (1000, ["SessionClearedEvent", "ConnectionClosedEvent"])
    ),
}
"""Faults of frames received, with one message each time."""

DIRECT: dict[str, Occasion] = {
    **{f"refuse-{status}": over_http("handshake", str(status)) for status in (401, 403, 404, 429, 503)},
    "refuse-418": over_http("handshake", "418"),
    "inactive": over_http("handshake", "403"),
    "silent": whole_silence,
    "no-pong": no_pong,
    "no-config": over_http("config", "500"),
    "429": saw(refused(429)),
    "429-configure": saw(refused(429)),
    **{f"{code}-configure": saw(refused(code)) for code in (400, 401, 403, 404, 500, 4017)},
    "drop-before-session": saw(lambda seen: (seen.code, seen.raw) == (1006, [])),
    "drop-after-session": saw(lambda seen: (seen.code, seen.order) == (1006, ["SessionResponse"])),
    "session-twice": session_order(["SessionResponse", "SessionResponse"]),
    "message-before-session": session_order(["Outbound", "SessionResponse"]),
    "read-only": saw(lambda seen: seen.of("SessionResponse")[0]["body"]["readOnly"]),
    "forgotten": known_session,
    "429-message": saw(refused(429)),
    "4006": saw(refused(4006)),
    "4007": saw(refused(4007)),
    "4011": saw(refused(4011)),
    "4013": saw(refused(4013), **ATTRIBUTES),
    "408": saw(refused(408)),
    "4001-upload": asked(upload_refused, "onAttachment", **REQUESTS["upload"][1]),
    **{
        f"500-{place}": asked(refused(500), action, **fields)
        for place, (action, fields) in REQUESTS.items()
        if place != "upload"
    },
    "jwt-expired": asked(lambda seen: seen.of("JwtResponse")[0]["body"]["exp"] == 1, "getJwt"),
    "jwt-wrong": asked(lambda seen: seen.of("JwtResponse")[0]["body"]["jwt"].endswith(".AAAA"), "getJwt"),
    "wrong-org": called(
        "/api/v2/organizations/me", lambda answer: answer.status == 200 and answer.json["id"] != DEMO_ORG_ID
    ),
    "missing-permission": called(
        "/api/v2/conversations/x",
        lambda answer: answer.status == 403 and "permissions" in answer.json["code"],
    ),
    "expired-token": called("/api/v2/organizations/me", lambda answer: answer.status == 401),
    "attributes-dropped": reads({}),
    "attributes-blocked": reads({"customerName": "Ann"}),
    "attributes-renamed": reads({"context.crmCustomerId": "0042", "context.customerName": "Ann"}),
    "attributes-lowered": reads({"crmcustomerid": "0042", "customername": "Ann"}),
    "attributes-changed": reads({"crmCustomerId": "42", "customerName": "Ann"}),
    "expired": saw(lambda seen: "SessionExpiredEvent" in seen.order),
    "no-echo": saw(lambda seen: seen.order == ["SessionResponse", "Outbound"]),
    "no-reply": saw(lambda seen: seen.order == ["SessionResponse", "Inbound"]),
    **{
        f"{place}-{what}": over_http(place, what)
        for place in HTTP_PLACES
        for what in ("cut", "silent", "garbage")
    },
    **{f"{place}-418": over_http(place, "418") for place in HTTP_PLACES if place != "handshake"},
    **{f"{place}-slow=0.05": slow_http(place) for place in HTTP_PLACES},
}
"""Faults whose own occasion comes once each time."""

ELSEWHERE = {"cut", "upload-failure", *(name for name in FAULTS if name.startswith("certificate-"))}
"""Faults with a test of their own, for their occasion is another."""

CASES = [
    *(Case(name, f"{name}{value}@Inbound:2", occasion) for name, (value, occasion) in SENT.items()),
    *(Case(name, f"{name}@2", occasion) for name, occasion in RECEIVED.items()),
    *(Case(name.partition("=")[0], f"{name}@2", occasion) for name, occasion in DIRECT.items()),
]


@pytest.fixture(autouse=True)
def longest_jitter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gcdesk.simulator.outgoing.secrets.randbelow", lambda below: below - 1)


async def after(seconds: float, clock: Clock, occasion: Awaitable[bool]) -> bool:
    """The retry time of an earlier refusal has passed."""
    clock.sleep(seconds)
    return await occasion


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_it_happens_at_its_frame_and_only_there(case: Case) -> None:
    clock = Clock()
    async with Simulator(SimulatorOptions(faults=(case.typed,), clock=clock)) as simulator:
        seen = [await after(RETRY_AFTER, clock, case.occasion(simulator)) for _ in range(3)]
        struck = strikes(simulator)
    assert seen == [False, True, False]
    assert struck == [case.fault]
    assert asyncio.all_tasks() == {asyncio.current_task()}


OF_EACH_SORT = {
    *(
        "refuse-403",
        "no-config",
        "429",
        "429-message",
        "500-jwt",
        "read-only",
        "no-reply",
        "drop-after-session",
    ),
    *(
        "close-1000",
        "ignored",
        "malformed",
        "not-json",
        "no-time",
        "slow",
        "late",
        "cut-after",
        "history-418",
    ),
}


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.fault in OF_EACH_SORT], ids=lambda case: case.fault
)
async def test_by_itself_it_happens_as_often_as_it_is_listed(case: Case) -> None:
    name, _, rest = case.typed.partition("@")
    aimed = f"{name}@Inbound" if ":" in rest else name
    clock = Clock()
    async with Simulator(SimulatorOptions(faults=(aimed,), clock=clock)) as simulator:
        times = [await after(RETRY_AFTER, clock, case.occasion(simulator)) for _ in range(2)]
    assert times == [True, not parse_fault(case.fault).fault.once]


@pytest.mark.parametrize("name", FAULTS)
def test_its_sentence_says_how_often_it_happens_by_itself(name: str) -> None:
    listed = FAULTS[name]
    planned = parse_fault(name.replace("NNNN", "1012").replace("NNN", "500"))
    assert (planned.first, planned.last) == (1, 1 if listed.once else None)
    assert listed.once == ("first" in listed.sentence or listed.sentence.startswith("The same"))


def test_every_fault_has_its_occasion() -> None:
    tried = {parse_fault(case.fault).fault.name for case in CASES}
    assert tried | ELSEWHERE == set(FAULTS)
    assert not tried & ELSEWHERE
    assert set(REQUESTS) | {"configure"} == set(CODE_PLACES)
    assert len(FAULTS) >= 60


async def test_a_cut_comes_at_any_frame_received() -> None:
    async with Simulator(SimulatorOptions(faults=("cut@3",))) as simulator:
        first = await converse(simulator, text=None)
        second = await converse(simulator, text=None)
    # Each conversation sends a configureSession and two questions.
    assert (first.code, first.order) == (1006, ["SessionResponse", "GetConfigurationResponse"])
    assert (second.code, second.order) == (None, ["SessionResponse"])
