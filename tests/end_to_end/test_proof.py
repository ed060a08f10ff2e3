"""Proof and doctor in the running window, by keys alone."""

from __future__ import annotations

from typing import Any

from tests.end_to_end.conftest import OpenDemo
from tests.end_to_end.desktop import Desktop

Line = dict[str, Any]


def answered(desktop: Desktop, method: str, end: str) -> list[Line]:
    """What the simulator's Platform API gave the window, by the end of the path."""
    return [
        line
        for line in desktop.record()
        if line.get("event") == "platform"
        and line["method"] == method
        and line["path"].endswith(end)
        and 200 <= line["status"] < 300
    ]


def test_attributes_are_proved_after_the_first_echo_and_the_conversation_ended_by_a_key(
    demo: OpenDemo,
) -> None:
    desktop = demo("--no-clear")
    desktop.start("CUST-7")
    desktop.wait_for_frame("configureSession")
    assert answered(desktop, "GET", "/organizations/me"), "the org is compared before a session begins"
    desktop.type("hello")
    desktop.key("Return")
    desktop.wait_for_message("hello")
    desktop.press_until("ctrl+shift+w", lambda: bool(answered(desktop, "POST", "/disconnect")))
    (ended,) = {line["path"].split("/")[4] for line in answered(desktop, "POST", "/disconnect")}
    assert answered(desktop, "GET", "/details"), "the conversation was found by its first message"
    assert answered(desktop, "GET", f"/conversations/{ended}"), "its participant data were read"
    desktop.expect_clean_end(desktop.close_window)


def test_the_walk_opens_and_closes_by_keys(demo: OpenDemo) -> None:
    desktop = demo("--log-level", "debug")
    desktop.wait_for_log("is chosen")
    desktop.key("ctrl+shift+d")
    desktop.wait_for_focus("Check this environment")
    desktop.wait_for_log("The walk is over")
    desktop.key("Escape")
    desktop.focus()
    desktop.start("CUST-8")
    desktop.wait_for_frame("configureSession", 2)
    desktop.expect_clean_end(desktop.close_window)
