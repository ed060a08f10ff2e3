"""Files, a new conversation and an earlier chat, with real keys beside the simulator's record."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.conftest import OpenDemo


def test_a_file_is_chosen_uploaded_and_sent_with_its_text(demo: OpenDemo, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("what the customer saw")
    desktop = demo()
    desktop.start("CUST-1")
    desktop.wait_for_frame("configureSession")
    desktop.type("hello")
    desktop.key("Return")
    desktop.wait_for_message("hello")
    desktop.key("ctrl+shift+o")
    desktop.choose_file("Attach files", tmp_path / "notes.txt")
    asked = desktop.wait_for_frame("onAttachment")
    assert (asked["fileName"], asked["fileType"], asked["fileSize"]) == ("notes.txt", "text/plain", 21)
    desktop.focus()
    desktop.type("see the file")
    desktop.key("Return")
    sent = desktop.wait_for_message("see the file")
    assert sent["message"]["content"] == [
        {"contentType": "Attachment", "attachment": {"id": asked["attachmentId"]}}
    ]
    desktop.expect_clean_end(desktop.close_window)


def test_after_read_only_a_new_conversation_begins_and_an_earlier_chat_goes_on(demo: OpenDemo) -> None:
    desktop = demo()
    desktop.start("CUST-1")
    first = desktop.wait_for_frame("configureSession")
    desktop.type("readonly")
    desktop.key("Return")
    desktop.wait_for_message("readonly")
    # The shortcuts of the menu: Alt+C opens it, V is the new conversation.
    desktop.press_until_frame(("alt+c", "v"), "closeSession")
    begun = desktop.wait_for_frame("configureSession", 2)
    assert (begun["token"], begun["startNew"]) == (first["token"], True)
    desktop.type("once more")
    desktop.key("Return")
    again = desktop.wait_for_message("once more")
    assert "customAttributes" in again["message"]["channel"]["metadata"], "a new conversation knows nothing"
    desktop.key("ctrl+w")
    desktop.wait_for_event("closed")
    desktop.key("ctrl+shift+u")
    desktop.wait_for_focus("Resume an earlier chat")
    desktop.key("Return")
    resumed = desktop.wait_for_frame("configureSession", 3)
    assert (resumed["token"], resumed["startNew"]) == (first["token"], False)
    desktop.expect_clean_end(desktop.close_window)


def test_quit_works_while_a_dialog_is_open(demo: OpenDemo) -> None:
    desktop = demo()
    desktop.key("ctrl+shift+m")
    desktop.wait_for_focus("Environments")
    desktop.expect_clean_end(lambda: desktop.key("ctrl+q"))
