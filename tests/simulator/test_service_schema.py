"""What the simulator sends, held against the service's own schema and against the samples."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from gcdesk.simulator import bot
from gcdesk.simulator.bot import WORDS
from gcdesk.simulator.server import Simulator, SimulatorOptions

from .guest import Clock, Frame, Guest, chat, guest
from .web_client import authenticate, offer, put, revoke, signed_in, uploaded, with_file

TYPING = {"eventType": "Typing", "typing": {"type": "On"}}
CLEAR = {"eventType": "Presence", "presence": {"type": "Clear"}}


@asynccontextmanager
async def collecting(frames: list[Frame], *faults: str, **options: Any) -> AsyncIterator[Guest]:
    """A chat in a simulator of its own, whose sent frames are added to the list at its end."""
    async with Simulator(SimulatorOptions(faults=faults, **options)) as simulator:
        async with chat(simulator) as visitor:
            yield visitor
        await simulator.wait_for(lambda entry: entry.get("event") == "closed")
        frames += [entry["frame"] for entry in simulator.record if entry.get("direction") == "sent"]


async def every_word(frames: list[Frame]) -> None:
    clock = Clock()
    for word in WORDS:
        async with collecting(frames, clock=clock) as visitor:
            await visitor.say(word, {"crmCustomerId": "CUST-1", "source": "test"})
            seen = 0
            async with asyncio.timeout(10):
                while seen < EXPECTED.get(word, 1) + 1:
                    seen += "direction" in (await visitor.next())["body"]


EXPECTED = {"agent": 3, "typing": 2, "unknown": 2, "end": 2, "readonly": 2}
"""Messages that answer a word, where it is more than one."""


async def every_request(frames: list[Frame]) -> None:
    clock = Clock()
    async with collecting(frames, clock=clock) as visitor:
        await visitor.join({"crmCustomerId": "CUST-1"})
        await visitor.echo_and_reply()
        await visitor.message("Event", events=[TYPING])
        await visitor.next()
        for action in ("getJwt", "getConfiguration"):
            await visitor.send(action, deploymentId=visitor.deployment_id)
            assert (await visitor.next())["code"] == 200
        await visitor.send("echo", message={"type": "Text", "text": "ping"})
        await visitor.next()
        await visitor.press("QuickReply", "Yes", "YES")
        await visitor.echo_and_reply()
        await visitor.message("Event", events=[CLEAR])
        await visitor.closed()
    async with collecting(frames, clock=clock) as visitor:
        await visitor.configure()
        await visitor.say("a" * 5000)
        await visitor.say("a", {"a": "b" * 2048})
        await visitor.send_raw("not JSON")
        await visitor.send("configureSession", deploymentId="another")
        for _ in range(4):
            assert (await visitor.next())["class"] == "string"
        await visitor.send("closeSession", closeAllConnections=True)
        await visitor.closed()


async def every_upload(frames: list[Frame]) -> None:
    async with collecting(frames) as visitor:
        await visitor.message(content=with_file(await uploaded(visitor, name="a.png", mime="image/png")))
        await visitor.echo_and_reply()
        kept = await uploaded(visitor)
        for action, code in (("getAttachment", 200), ("deleteAttachment", 200), ("getAttachment", 404)):
            await visitor.send(action, attachmentId=kept, errorsAsJson=True)
            assert (await visitor.next())["code"] == code
        await visitor.send("onAttachment", **offer(mime="text/html"))
        assert (await visitor.next())["class"] == "GenerateUrlError"
        program = offer(b"MZ")
        await visitor.send("onAttachment", **program)
        await put((await visitor.next())["body"], b"MZ")
        assert (await visitor.next())["class"] == "UploadFailureEvent"


async def every_sign_in(frames: list[Frame]) -> None:
    async with Simulator(SimulatorOptions(sign_in="optional")) as simulator:
        jwt = (await signed_in(simulator))["jwt"]
        async with guest(simulator) as first, chat(simulator) as second, guest(simulator) as third:
            await authenticate(first, jwt)
            await authenticate(second, jwt)
            await second.next()
            assert await first.closed() == 1000
            await authenticate(third, jwt)
            assert await second.closed() == 1000
            async with guest(simulator, third.token) as downgrading:
                assert (await downgrading.configure())["code"] == 4017
            other = (await signed_in(simulator, "Ada"))["jwt"]
            assert (await authenticate(third, other))["code"] == 403
            assert (await revoke(simulator, jwt)).status == 204
            assert (await third.next())["class"] == "LogoutEvent"
            await third.say("anyone?")
            assert (await third.next())["code"] == 403
        frames += [entry["frame"] for entry in simulator.record if entry.get("direction") == "sent"]


async def every_refusal(frames: list[Frame]) -> None:
    for fault in ("4006", "4007", "429-message", "expired", "read-only"):
        async with collecting(frames, fault) as visitor:
            await visitor.say("hello")
            await visitor.next()
            if fault == "expired":
                await visitor.next()
    for fault in ("401-configure", "403-configure", "429"):
        async with Simulator(SimulatorOptions(faults=(fault,))) as simulator, guest(simulator) as visitor:
            frames.append(await visitor.configure())


@pytest.fixture(scope="module")
def sent() -> list[Frame]:
    """One of every frame that the simulator sends, but for broken ones."""
    frames: list[Frame] = []

    async def collect() -> None:
        for part in (every_word, every_request, every_upload, every_sign_in, every_refusal):
            await part(frames)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bot, "_TYPING_SECONDS", 0.01)
        asyncio.run(collect())
    return frames


def problems(schema: dict[str, Any], definition: str, value: object) -> list[str]:
    validator = Draft4Validator({"$ref": f"#/definitions/{definition}", "definitions": schema["definitions"]})
    return [f"{definition}: {error.json_path}: {error.message}" for error in validator.iter_errors(value)]


DEFINITIONS = {"StructuredMessage": "CleanMessage", "Error": "ErrorMessage"}
"""Bodies that are defined under another name than their class."""


def is_known(frame: Frame) -> bool:
    """Whether it is not one of the two that are unknown on purpose."""
    return "Hologram" not in json.dumps(frame)


def test_every_frame_fits_the_service_schema(sent: list[Frame], service_schema: dict[str, Any]) -> None:
    found: list[str] = []
    checked: set[str] = set()
    for frame in filter(is_known, sent):
        class_: str = frame["class"]
        checked.add(class_)
        # The schema knows no envelope for a plain string, though the service sends them.
        envelope = {**frame, "body": {}} if class_ == "string" else frame
        found += problems(service_schema, "BaseMessage", envelope)
        if class_ == "string":
            found += [] if isinstance(frame["body"], str) and frame["body"] else [f"{frame} has no text"]
        else:
            found += problems(service_schema, DEFINITIONS.get(class_, class_), frame["body"])
    assert found == []
    assert checked == {
        "AttachmentDeletedResponse",
        "ConnectionClosedEvent",
        "Error",
        "GenerateUrlError",
        "GetConfigurationResponse",
        "JwtResponse",
        "LogoutEvent",
        "PresignedUrlResponse",
        "SessionClearedEvent",
        "SessionExpiredEvent",
        "SessionResponse",
        "StructuredMessage",
        "TooManyRequestsErrorMessage",
        "UploadFailureEvent",
        "UploadSuccessEvent",
        "string",
    }


def test_the_schema_check_can_fail(service_schema: dict[str, Any]) -> None:
    assert problems(service_schema, "CleanMessage", {"type": "text"})
    assert problems(service_schema, "SessionResponse", {})


NOT_SENT = {
    "server.error_message_class.json": "the class is Error in the service schema",
    "server.event.presence_session_expired.json": "the expiry is told by its own class",
    "server.resume_token_response.json": "how to ask for one is not known",
}

# What one sample has and the simulator leaves out on purpose, by path.
LEFT_OUT = {
    # Seen as null in the sample; an absent part says the same.
    "body.content[].attachment.text",
    "body.content[].listPicker.sections[].items[].imageUrl",
    # The simulator's people have no pictures and do not name the customer.
    "body.channel.from.image",
    "body.channel.to.firstName",
    "body.channel.to.lastName",
    "body.channel.to.nickname",
    "body.channel.to.image",
    # An outbound event is told apart by body.id; messageId is documented for inbound messages.
    "body.channel.messageId",
    "body.originatingMessageId",
    "body.content[].buttonResponse.originatingMessageId",
}


def paths(value: Any, path: str = "") -> set[str]:
    """The path of every leaf, with list positions left out."""
    if isinstance(value, dict):
        return {leaf for key, item in value.items() for leaf in paths(item, f"{path}.{key}" if path else key)}
    if isinstance(value, list):
        return {leaf for item in value for leaf in paths(item, f"{path}[]")}
    return {path}


def kind(frame: Frame) -> tuple[object, ...]:
    """What makes two frames comparable."""
    body = frame["body"]
    if not isinstance(body, dict):
        return frame["type"], frame["class"], frame["code"]
    contents = {item["contentType"] for item in body.get("content", [])}
    events = [(event["eventType"], event.get("presence", {}).get("type")) for event in body.get("events", [])]
    flags = (body.get("connected"), body.get("newSession"), body.get("readOnly", False))
    return (
        *(frame["type"], frame["class"], frame["code"]),
        *(body.get("type"), body.get("direction"), tuple(sorted(contents)), tuple(events)),
        *(flags if frame["class"] == "SessionResponse" else ()),
        # Events carry no speaker in the samples, and a file comes from the bot here and an agent there.
        body.get("originatingEntity") if not events and "Attachment" not in contents else None,
        body.get("metadata", {}).get("readOnly"),
    )


def test_every_sample_of_the_service_is_sent_or_named_as_not_sent(
    sent: list[Frame], sample_frames: Path
) -> None:
    samples = {path.name: json.loads(path.read_text()) for path in sample_frames.glob("server.*.json")}
    assert set(NOT_SENT) <= set(samples)
    wrong: dict[str, object] = {}
    for name, sample in samples.items():
        if name in NOT_SENT:
            continue
        alike = [frame for frame in sent if kind(frame) == kind(sample)]
        missing = [paths(sample) - paths(frame) - LEFT_OUT for frame in alike]
        if not alike or min(missing, key=len):
            wrong[name] = min(missing, key=len) if missing else "nothing alike is sent"
    assert wrong == {}
