"""Files that are taken back, and files when the connection breaks or the chat ends."""

from __future__ import annotations

import json

import pytest

from gcdesk.errors import (
    ConnectionLostError,
    GcdeskError,
    WishError,
)
from gcdesk.guest.message import Delivery
from gcdesk.guest.states import State
from gcdesk.guest.upload import UploadState

from .files import DOWNLOAD, MEDIA, Files
from .frames_of import sample

REQUESTED, UPLOADING, UPLOADED = UploadState.REQUESTED, UploadState.UPLOADING, UploadState.UPLOADED
SENT, FAILED, REMOVED = UploadState.SENT, UploadState.FAILED, UploadState.REMOVED


@pytest.fixture
def desk() -> Files:
    desk = Files()
    desk.ready()
    return desk


# Taking a file back


def test_taking_a_file_back_before_it_was_asked_for_says_nothing() -> None:
    desk = Files()
    desk.dial()
    key = desk.attach()
    desk.do(desk.session.detach, key)
    desk.no_deployment()
    desk.accept(allowedMedia=MEDIA)
    desk.wait(5)
    assert desk.way(key) == [REQUESTED, REMOVED]
    assert not desk.asked("onAttachment")
    assert not desk.asked("deleteAttachment")


@pytest.mark.parametrize("late", ["address", "refusal", "nothing"])
def test_taking_a_file_back_before_the_answer(desk: Files, late: str) -> None:
    key = desk.attach()
    desk.do(desk.session.detach, key)
    if late == "address":
        desk.presign(key)
    elif late == "refusal":
        desk.deny(key, 4001)
    desk.wait(60)
    assert desk.way(key) == [REQUESTED, REMOVED]
    assert not desk.errands


def test_taking_a_file_back_stops_the_transfer(desk: Files) -> None:
    key = desk.uploading()
    desk.do(desk.session.detach, key)
    assert desk.transfers == [f"UploadFile {key}", f"CancelErrand {key}"]
    desk.progress(key, 9)
    desk.broke(key, ConnectionLostError())
    assert desk.way(key) == [REQUESTED, UPLOADING, REMOVED]


def test_a_file_confirmed_after_it_was_taken_back_is_tidied_away(desk: Files) -> None:
    key = desk.uploading()
    desk.transferred(key)
    desk.do(desk.session.detach, key)
    assert not desk.asked("deleteAttachment")
    desk.confirm(key)
    desk.wait(0)
    assert desk.wire()["action"] == "deleteAttachment"
    assert desk.wire()["attachmentId"] == key
    desk.deleted(key)
    assert desk.way(key) == [REQUESTED, UPLOADING, REMOVED]


def test_an_uploaded_file_is_removed_when_the_service_says_so(desk: Files) -> None:
    key = desk.uploaded()
    desk.do(desk.session.detach, key)
    assert desk.wire() == {
        **sample("client.delete_attachment"),
        "attachmentId": key,
        "tracingId": desk.frames[-1].tracing_id,
    }
    assert desk.upload(key).state is UPLOADED
    with pytest.raises(WishError, match="no such file"):
        desk.say_with(key)
    desk.deleted(key)
    assert desk.upload(key).state is REMOVED
    with pytest.raises(WishError):
        desk.do(desk.session.detach, key)


@pytest.mark.parametrize(
    ("code", "state", "errors"), [(4009, REMOVED, []), (4000, UPLOADED, ["FeatureUnavailable"])]
)
def test_a_refusal_to_remove_is_told(desk: Files, code: int, state: UploadState, errors: list[str]) -> None:
    key = desk.uploaded()
    desk.do(desk.session.detach, key)
    desk.refuse(code, frame=desk.frames[-1])
    assert desk.upload(key).state is state
    assert desk.errors == errors


def test_silence_about_a_removal_is_told(desk: Files) -> None:
    key = desk.uploaded()
    desk.do(desk.session.detach, key)
    desk.wait(31)
    assert desk.upload(key).state is UPLOADED
    assert desk.errors == ["FileTimeout"]
    desk.say_with(key)


def test_a_removal_waits_as_long_as_asked(desk: Files) -> None:
    key = desk.uploaded()
    desk.do(desk.session.detach, key)
    desk.hold(5, desk.frames[-1])
    desk.wait(6)
    assert len(desk.asked("deleteAttachment")) == 2
    desk.deleted(key)
    assert desk.upload(key).state is REMOVED


def test_a_file_under_way_with_its_message_cannot_be_taken_back(desk: Files) -> None:
    key = desk.uploaded()
    desk.say_with(key)
    with pytest.raises(WishError, match="on its way"):
        desk.do(desk.session.detach, key)
    desk.lose()
    with pytest.raises(WishError, match="on its way"):
        desk.do(desk.session.detach, key)


def test_taking_back_a_failed_file_forgets_it(desk: Files) -> None:
    key = desk.attach()
    desk.deny(key, 4001)
    desk.do(desk.session.detach, key)
    assert desk.upload(key).state is REMOVED


# Breaks


@pytest.mark.parametrize("stage", ["asked", "transferring"])
def test_what_was_not_uploaded_is_asked_for_again_after_a_break(desk: Files, stage: str) -> None:
    key = desk.attach()
    if stage != "asked":
        desk.presign(key)
    message = desk.say_with(key)
    desk.lose()
    assert (desk.transfers[-1:] == [f"CancelErrand {key}"]) is (stage == "transferring")
    desk.reopen()
    desk.accept(newSession=False)
    desk.wait(0)
    assert desk.wire()["attachmentId"] == key
    desk.presign(key)
    desk.confirm(key)
    assert desk.upload(key).state is UPLOADED
    desk.wait(1)
    assert desk.fate(message) is Delivery.SENDING


@pytest.mark.parametrize("has_it", [True, False])
def test_a_file_whose_confirmation_a_break_swallowed_is_asked_after(desk: Files, has_it: bool) -> None:
    key = desk.uploading()
    desk.transferred(key)
    message = desk.say_with(key)
    desk.lose()
    desk.reopen()
    desk.accept(newSession=False)
    desk.wait(0)
    assert (desk.wire()["action"], desk.wire()["attachmentId"]) == ("getAttachment", key)
    if has_it:
        desk.presign(key, desk.frames[-1].tracing_id, url=DOWNLOAD, headers={})
        assert (desk.upload(key).state, desk.upload(key).url) == (UPLOADED, DOWNLOAD)
        desk.wait(1)
        assert desk.fate(message) is Delivery.SENDING
    else:
        desk.refuse(4010, frame=desk.frames[-1])
        desk.wait(0)
        assert desk.wire()["action"] == "onAttachment"
        assert desk.way(key) == [REQUESTED, UPLOADING, REQUESTED]
    assert not desk.errors
    assert not desk.links


def test_a_second_break_while_asking_after_a_file_asks_again(desk: Files) -> None:
    key = desk.uploading()
    desk.transferred(key)
    for _ in range(2):
        desk.lose()
        desk.reopen()
        desk.accept(newSession=False)
        desk.wait(0)
    assert [json.loads(frame.text)["attachmentId"] for frame in desk.asked("getAttachment")] == [key, key]
    assert len(desk.asked("onAttachment")) == 1


@pytest.mark.parametrize("has_it", [True, False])
def test_a_refusal_of_a_second_try_asks_whether_the_first_went_through(desk: Files, has_it: bool) -> None:
    key = desk.uploading()
    desk.broke(key, ConnectionLostError())
    desk.wait(0)
    desk.refuse(400, "The attachment ID is already in use.", desk.frames[-1])
    desk.wait(0)
    assert desk.wire()["action"] == "getAttachment"
    if has_it:
        desk.presign(key, headers={})
        assert desk.upload(key).state is UPLOADED
    else:
        desk.deny(key, 4009)
        assert desk.failure(key) == "BadRequest"
        assert "already in use" in str(desk.upload(key).error.detail)  # type: ignore[union-attr]
    assert not desk.errors


def test_asking_after_a_file_waits_as_long_as_asked_and_ends_with_the_chat(desk: Files) -> None:
    key = desk.uploading()
    desk.transferred(key)
    desk.wait(31)
    desk.hold(5, desk.frames[-1])
    desk.wait(6)
    assert len(desk.asked("getAttachment")) == 2
    desk.do(desk.session.leave)
    assert desk.failure(key) == "UploadInterrupted"


def test_a_late_word_about_the_first_try_is_taken(desk: Files) -> None:
    key = desk.uploading()
    desk.transferred(key)
    desk.lose()
    desk.reopen()
    desk.accept(newSession=False)
    desk.wait(0)
    desk.confirm(key)
    desk.presign(key)
    assert desk.upload(key).state is UPLOADED
    assert desk.transfers == [f"UploadFile {key}"]


def test_what_was_uploaded_survives_a_break(desk: Files) -> None:
    key = desk.uploaded()
    asked = len(desk.asked("onAttachment"))
    desk.lose()
    message = desk.say_with(key)
    desk.reopen()
    desk.accept(newSession=False)
    desk.wait(1)
    assert len(desk.asked("onAttachment")) == asked
    assert desk.fate(message) is Delivery.SENDING


def test_a_new_session_after_a_break_gets_the_file_again() -> None:
    desk = Files(attributes={})
    desk.ready()
    key = desk.uploaded()
    desk.lose()
    message = desk.say_with(key)
    desk.reopen()
    desk.accept(newSession=True)
    desk.wait(1)
    assert desk.fate(message) is Delivery.QUEUED
    assert len(desk.asked("onAttachment")) == 2
    assert desk.upload(key).state is REQUESTED
    desk.presign(key)
    desk.confirm(key)
    desk.wait(1)
    assert desk.fate(message) is Delivery.SENDING


def test_a_removal_is_asked_for_again_after_a_break_unless_the_session_is_new(desk: Files) -> None:
    kept, gone = desk.uploaded(), desk.uploaded()
    desk.do(desk.session.detach, kept)
    desk.lose()
    desk.reopen()
    desk.accept(newSession=False)
    desk.wait(0)
    assert len(desk.asked("deleteAttachment")) == 2
    desk.deleted(kept)
    desk.do(desk.session.detach, gone)
    desk.lose()
    desk.reopen()
    desk.accept(newSession=True)
    assert [desk.upload(key).state for key in (kept, gone)] == [REMOVED, REMOVED]


# The end


@pytest.mark.parametrize("end", ["leave", "stop"])
@pytest.mark.parametrize("stage", ["waiting", "asked", "transferring", "uploaded", "removing"])
def test_the_end_of_the_chat_ends_every_file(end: str, stage: str) -> None:
    desk = Files()
    if stage == "waiting":
        desk.dial()
        key = desk.attach()
    else:
        desk.ready()
        key = (
            desk.attach()
            if stage == "asked"
            else desk.uploading()
            if stage == "transferring"
            else desk.uploaded()
        )
    if stage == "removing":
        desk.do(desk.session.detach, key)
    if end == "leave":
        desk.do(desk.session.leave)
    else:
        desk.do(desk.session.stop, GcdeskError())
    assert desk.upload(key).state is (REMOVED if stage == "removing" else FAILED)
    if stage != "removing":
        assert desk.failure(key) == "UploadInterrupted"
    if stage == "transferring":
        assert desk.transfers[-1] == f"CancelErrand {key}"
    assert desk.session.uploads.next_wake is None


def test_what_is_sent_stays_sent_at_the_end(desk: Files) -> None:
    key = desk.uploaded()
    desk.say_with(key)
    desk.echo()
    desk.do(desk.session.leave)
    assert desk.upload(key).state is SENT


def test_the_end_of_the_conversation_ends_what_is_not_sent(desk: Files) -> None:
    key, under_way = desk.uploaded(), desk.uploaded()
    desk.say_with(under_way)
    desk.hear_sample("server.event.presence_disconnect_read_only")
    assert desk.state() is State.READ_ONLY
    assert desk.failure(key) == "UploadInterrupted"
    assert desk.upload(under_way).state is UPLOADED
    desk.echo(desk.asked("onMessage")[-1])
    assert desk.upload(under_way).state is SENT
