"""`gcdesk chat` with a service that is not the simulator and does not behave like it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.service import DEPLOYMENT_ID, Answer, Frame, echo_of, message, service, typing
from tests.support.process import GcdeskProcess

Gcdesk = Callable[..., GcdeskProcess]

EARLIER, ECHO, LATER = (f"2026-11-23T02:00:0{second}.000Z" for second in (1, 2, 3))


def chat(
    gcdesk: Gcdesk, answer: Answer, *arguments: str, says: tuple[str, ...] = ("hi",), patience: str = "20"
) -> tuple[int, GcdeskProcess]:
    with service(answer) as url:
        process = gcdesk(
            *(
                "chat",
                "--crm-id",
                "C-1",
                "--url",
                url,
                "--deployment-id",
                DEPLOYMENT_ID,
                "--timeout",
                patience,
            ),
            *(word for text in says for word in ("--say", text)),
            *arguments,
        )
        return process.wait(), process


def lines(process: GcdeskProcess, event: str) -> list[dict[str, Any]]:
    return [line for text in process.stdout.splitlines() if (line := json.loads(text))["event"] == event]


def test_typing_is_no_reply(gcdesk: Gcdesk) -> None:
    status, process = chat(gcdesk, lambda request: [echo_of(request), typing()], "--json", patience="1")
    assert status == 4
    assert lines(process, "error")[0]["name"] == "ReplyTimeout"
    assert lines(process, "ended")[0]["reason"] == "timed out"


def test_what_came_before_the_echo_is_no_reply(gcdesk: Gcdesk) -> None:
    status, process = chat(
        gcdesk,
        lambda request: [message("Outbound", "greeting", time=EARLIER), echo_of(request, time=ECHO)],
        "--json",
        patience="1",
    )
    assert status == 4
    assert [line["text"] for line in lines(process, "message")] == ["greeting", "hi"]


def test_a_reply_that_overtook_the_echo_is_one(gcdesk: Gcdesk) -> None:
    status, process = chat(
        gcdesk,
        lambda request: [message("Outbound", "reply", time=LATER), echo_of(request, time=ECHO)],
        "--json",
    )
    assert status == 0, process.stderr
    assert lines(process, "ended")[0]["reason"] == "done"


def test_each_say_waits_for_its_own_reply(gcdesk: Gcdesk) -> None:
    waiting: list[int] = []

    def answer(request: Frame) -> list[Frame | str]:
        waiting.append(len(waiting))
        text = request["message"]["text"]
        return [echo_of(request), typing(), message("Outbound", f"reply to {text}", id=text)]

    status, process = chat(gcdesk, answer, "--json", says=("one", "two", "three"))
    assert status == 0
    spoken = [line["text"] for line in lines(process, "message")]
    assert spoken == ["one", "reply to one", "two", "reply to two", "three", "reply to three"]


def test_the_service_cannot_play_tricks_on_the_terminal(gcdesk: Gcdesk) -> None:
    def answer(request: Frame) -> list[Frame | str]:
        trick = "\x1b[2J\x1b]0;title\x07 \r over \x9b31m \u202eevil"
        card = {
            "contentType": "Card",
            "card": {"title": trick, "actions": [{"type": "Link", "text": trick, "url": trick}]},
        }
        sender = {"from": {"nickname": f"Bot\n00:00:00  Customer: {trick}"}}
        unknown = {"contentType": f"X{trick}", "deep": [trick]}
        reply = message("Outbound", f"first\n{trick}", channel=sender, content=[card, unknown])
        return [echo_of(request), reply]

    status, process = chat(gcdesk, answer)
    assert status == 0, process.stderr
    assert "\\x1b[2J" in process.stdout
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", process.stdout + process.stderr)
    assert [line for line in process.stdout.splitlines() if line.startswith("00:00:00")] == []


def test_error_texts_of_the_service_cannot_either(gcdesk: Gcdesk) -> None:
    def answer(request: Frame) -> list[Frame | str]:
        text = "\x1b[31mlong\x07"
        return [
            {
                "type": "response",
                "class": "string",
                "code": 4011,
                "body": text,
                "tracingId": request["tracingId"],
            }
        ]

    status, process = chat(gcdesk, answer, "--log-level", "debug")
    assert status == 3
    assert "\x1b" not in process.stdout + process.stderr


def test_one_json_line_stays_one_line(gcdesk: Gcdesk) -> None:
    text = "a\u2028b\u2029c\x85d\x0be\x0cf\x1cg\r\nh 漢字"
    status, process = chat(gcdesk, lambda request: [echo_of(request), message("Outbound", text)], "--json")
    assert status == 0, process.stderr
    assert lines(process, "message")[1]["text"] == text


@pytest.mark.parametrize(
    "odd",
    ["[" * 5000 + "]" * 5000, '{"body": ' * 900 + "1" + "}" * 900, "null", "", "NaN", "1e999"],
    ids=lambda t: t[:9],
)
def test_odd_frames_are_shown_and_the_chat_goes_on(gcdesk: Gcdesk, odd: str) -> None:
    status, process = chat(
        gcdesk, lambda request: [odd, echo_of(request), odd, message("Outbound", "reply")], "--json"
    )
    assert status == 0, process.stdout + process.stderr
    assert len(lines(process, "frame")) == 2 + 1 + 4


def test_a_chat_that_the_service_ends_too_early_is_not_done(gcdesk: Gcdesk) -> None:
    def answer(request: Frame) -> list[Frame | str]:
        cleared = {"type": "message", "class": "SessionClearedEvent", "code": 200, "body": {}}
        return [echo_of(request), cleared]

    status, process = chat(gcdesk, answer, "--json", says=("one", "two"))
    assert status == 3
    assert lines(process, "error")[0]["message"] == "The chat ended before everything was said."


def test_a_conversation_that_becomes_read_only_is_not_waited_for(gcdesk: Gcdesk) -> None:
    def answer(request: Frame) -> list[Frame | str]:
        gone = [{"eventType": "Presence", "presence": {"type": "Disconnect"}}]
        body = {
            "type": "Event",
            "direction": "Outbound",
            "id": "gone",
            "events": gone,
            "metadata": {"readOnly": "true"},
        }
        return [
            echo_of(request),
            {"type": "message", "class": "StructuredMessage", "code": 200, "body": body},
        ]

    status, process = chat(gcdesk, answer, "--json")
    assert status == 3
    assert "read-only" in [line["state"] for line in lines(process, "state")]
    assert "before a reply came" in lines(process, "error")[0]["message"]
