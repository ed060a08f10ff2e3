"""From an ID to a chat, with real keys, beside the simulator's record of the frames."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.end_to_end.conftest import OpenDemo


def test_an_id_enter_a_message_enter(demo: OpenDemo) -> None:
    """The field has the focus, the session is configured, and the attributes ride on the first message."""
    desktop = demo()
    desktop.start("CUST-12345")
    desktop.wait_for_title("CUST-12345")
    configure = desktop.wait_for_frame("configureSession")
    assert configure["startNew"] is False
    desktop.wait_for_event("document read")
    desktop.type("Where is my order?")
    desktop.key("Return")
    sent = desktop.wait_for_message("Where is my order?")
    attributes = sent["message"]["channel"]["metadata"]["customAttributes"]
    assert attributes["crmCustomerId"] == "CUST-12345"
    assert set(attributes) == {"crmCustomerId", "customerName", "sourceChannel", "timestamp", "userAgent"}
    assert all(isinstance(value, str) for value in attributes.values())
    assert "channel" not in sent
    desktop.type("thanks")
    desktop.key("Return")
    assert "channel" not in desktop.wait_for_message("thanks")["message"]
    desktop.expect_clean_end(desktop.close_window)
    codes = [line.get("code") for line in desktop.record() if line.get("event") == "closed"]
    assert codes == [1000]


def test_leading_zeros_and_other_scripts_survive(demo: OpenDemo) -> None:
    desktop = demo()
    desktop.start("000äß漢字😀")
    desktop.wait_for_frame("configureSession")
    desktop.type("hello")
    desktop.key("Return")
    attributes = desktop.wait_for_message("hello")["message"]["channel"]["metadata"]["customAttributes"]
    assert attributes["crmCustomerId"] == "000äß漢字😀"


def test_enter_twice_or_held_starts_once(demo: OpenDemo) -> None:
    desktop = demo("--fault", "slow")
    desktop.type("7")
    desktop.key("Return", "Return", "Return")
    desktop.hold("Return", 20)
    desktop.wait_for_frame("configureSession")
    desktop.type("done")
    desktop.key("Return")
    desktop.expect_clean_end(desktop.close_window)
    assert len(desktop.received("configureSession")) == 1
    assert len([line for line in desktop.record() if line.get("event") == "opened"]) == 1


def test_a_second_customer_is_a_second_chat(demo: OpenDemo) -> None:
    """Shortcuts reach a window that nobody clicked into."""
    desktop = demo()
    desktop.start("1")
    desktop.wait_for_frame("configureSession")
    desktop.type("one")
    desktop.key("Return")
    desktop.wait_for_message("one")
    desktop.key("ctrl+n")
    desktop.start("2")
    desktop.wait_for_title("2")
    second = desktop.wait_for_frame("configureSession", 2)
    assert second["token"] != desktop.received("configureSession")[0]["token"]
    desktop.type("two")
    desktop.key("Return")
    attributes = desktop.wait_for_message("two")["message"]["channel"]["metadata"]["customAttributes"]
    assert attributes["crmCustomerId"] == "2"
    desktop.key("ctrl+Next")
    desktop.wait_for_title("1")
    desktop.key("ctrl+w")
    desktop.wait_for_event("closed")
    desktop.expect_clean_end(lambda: desktop.key("ctrl+q"))


def test_after_429_enter_starts_nothing_until_the_countdown_is_over(demo: OpenDemo) -> None:
    desktop = demo("--fault", "429")
    desktop.start("7")
    desktop.wait_for_frame("configureSession")
    desktop.press_until("Return", lambda: len(desktop.received("configureSession")) == 2)
    first, second = (
        datetime.fromisoformat(line["at"])
        for line in desktop.record()
        if line.get("frame", {}).get("action") == "configureSession"
    )
    # The service asked for 3 seconds.
    assert second - first >= timedelta(seconds=3)
    desktop.expect_clean_end(desktop.close_window)
