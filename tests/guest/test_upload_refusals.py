"""What the service, its storage and silence do to a file, and how it goes on."""

from __future__ import annotations

import json

import pytest

from gcdesk.errors import (
    ConnectionLostError,
    FileChangedError,
    GcdeskError,
    HttpTimeoutError,
    UploadRefusedError,
    WishError,
)
from gcdesk.guest.events import HeldBack
from gcdesk.guest.limits import Limits
from gcdesk.guest.message import Delivery
from gcdesk.guest.upload import UploadState

from .files import Files, attachment

REQUESTED, UPLOADING, UPLOADED = UploadState.REQUESTED, UploadState.UPLOADING, UploadState.UPLOADED
SENT, FAILED, REMOVED = UploadState.SENT, UploadState.FAILED, UploadState.REMOVED


@pytest.fixture
def desk() -> Files:
    desk = Files()
    desk.ready()
    return desk


@pytest.mark.parametrize("code", [4000, 4001, 4002, 4003, 4004, 4005, 4102, 5000])
@pytest.mark.parametrize(
    "form", ["url error", "url error 400", "failure event", "text", "text about it", "text without code 400"]
)
def test_a_refusal_in_any_form_fails_the_file_and_its_message(desk: Files, code: int, form: str) -> None:
    key = desk.attach()
    message = desk.say_with(key, "See file")
    request = desk.asked("onAttachment")[-1]
    if form.startswith("url error"):
        desk.deny(key, code, outer=400 if "400" in form else 200)
    elif form == "failure event":
        desk.presign(key)
        desk.transferred(key)
        desk.deny(key, code, "UploadFailureEvent")
    else:
        desk.refuse(code, frame=request if form == "text about it" else None)
    assert desk.failure(key) != ""
    error = desk.upload(key).error
    assert error is not None
    assert error.code == code
    assert desk.fate(message) is Delivery.FAILED
    assert desk.message(message).failure == str(error)
    assert not desk.errors, "the file's own event tells"


def test_a_refusal_about_nothing_in_particular_hits_the_message_under_way(desk: Files) -> None:
    key = desk.attach()
    message = desk.say("Hello")
    desk.refuse(500)
    assert desk.fate(message) is Delivery.FAILED
    assert desk.upload(key).state is REQUESTED


@pytest.mark.parametrize("code", [401, 403, 404, 4013])
def test_a_refusal_about_something_else_leaves_files_alone(desk: Files, code: int) -> None:
    key = desk.attach()
    desk.refuse(code)
    assert desk.upload(key).state is REQUESTED
    assert len(desk.errors) == 1


def test_a_refusal_of_another_file_is_reported_as_it_is(desk: Files) -> None:
    key = desk.uploaded()
    desk.deny("another", 4001)
    assert desk.errors == ["FileTypeInvalid"]
    assert desk.upload(key).state is UPLOADED


def test_a_failure_while_the_message_is_under_way_leaves_it_to_the_message(desk: Files) -> None:
    key = desk.uploaded()
    message = desk.say_with(key)
    desk.deny(key, 4008, "UploadFailureEvent")
    assert desk.upload(key).state is UPLOADED
    assert desk.errors == ["AttachmentExpired"]
    desk.echo()
    assert (desk.fate(message), desk.upload(key).state) == (Delivery.SENT, SENT)


def test_a_message_that_waits_for_its_turn_waits_for_its_file_again() -> None:
    desk = Files(limits=Limits(messages_per_second=0.1, message_burst=1))
    desk.ready()
    key = desk.uploaded()
    desk.say("Hello")
    message = desk.say_with(key)
    desk.deny(key, 4008, "UploadFailureEvent")
    desk.wait(20)
    assert desk.fate(message) is Delivery.QUEUED
    assert desk.upload(key).state is REQUESTED
    desk.presign(key)
    desk.confirm(key)
    desk.wait(20)
    assert desk.fate(message) is Delivery.SENDING


@pytest.mark.parametrize("code", [4000, 4001, 4003])
def test_a_refusal_of_a_file_with_nothing_asked_is_about_the_message_that_carries_one(
    desk: Files, code: int
) -> None:
    key = desk.uploaded()
    message, other = desk.say_with(key), desk.say("Hello")
    desk.refuse(code)
    assert desk.fate(message) is Delivery.FAILED
    assert desk.fate(other) is Delivery.SENDING
    assert len(desk.errors) == 1
    assert desk.upload(key).state is UPLOADED


def test_a_refusal_after_the_file_is_sent_is_reported_as_it_is(desk: Files) -> None:
    key = desk.uploaded()
    desk.say_with(key)
    desk.echo()
    desk.deny(key, 4003, "UploadFailureEvent")
    assert desk.errors == ["FileContentInvalid"]
    assert desk.upload(key).state is SENT


def test_a_file_may_still_fail_after_it_was_confirmed(desk: Files) -> None:
    key = desk.uploaded()
    desk.deny(key, 4003, "UploadFailureEvent")
    assert desk.failure(key) == "FileContentInvalid"


@pytest.mark.parametrize("named", [True, False])
def test_too_many_requests_wait_as_long_as_asked(desk: Files, named: bool) -> None:
    key = desk.attach()
    desk.hold(10, desk.frames[-1] if named else None)
    assert len(desk.asked("onAttachment")) == 1
    desk.wait(9.9)
    assert len(desk.asked("onAttachment")) == 1
    desk.wait(1)
    assert len(desk.asked("onAttachment")) == 2
    assert desk.all(HeldBack)
    assert not desk.errors
    assert desk.way(key) == [REQUESTED]


@pytest.mark.parametrize(
    "error",
    [
        UploadRefusedError("no", code=403),
        UploadRefusedError("no", code=410),
        UploadRefusedError("no", code=503),
        ConnectionLostError(),
        HttpTimeoutError(),
    ],
)
def test_a_transfer_that_may_pass_is_asked_for_once_more(desk: Files, error: GcdeskError) -> None:
    key = desk.uploading()
    desk.progress(key, 100)
    desk.broke(key, error)
    assert (desk.upload(key).state, desk.upload(key).sent) == (REQUESTED, 0)
    desk.wait(0)
    assert [json.loads(frame.text)["attachmentId"] for frame in desk.asked("onAttachment")] == [key, key]
    desk.presign(key)
    desk.broke(key, error)
    assert desk.failure(key) == error.name
    desk.wait(60)
    assert len(desk.asked("onAttachment")) == 2


@pytest.mark.parametrize(
    "error", [UploadRefusedError("no", code=400), UploadRefusedError("no", code=301), FileChangedError()]
)
def test_a_transfer_that_cannot_pass_fails_at_once(desk: Files, error: GcdeskError) -> None:
    key = desk.uploading()
    desk.broke(key, error)
    assert desk.upload(key).error is error
    assert desk.upload(key).state is FAILED


def test_an_expired_address_is_asked_for_once_more(desk: Files) -> None:
    key = desk.uploading()
    desk.deny(key, 4008, "UploadFailureEvent")
    assert desk.transfers[-1] == f"CancelErrand {key}"
    desk.wait(0)
    desk.presign(key)
    desk.deny(key, 4008, "UploadFailureEvent")
    assert desk.failure(key) == "AttachmentExpired"


def test_silence_after_a_request_is_broken_once_and_has_an_end(desk: Files) -> None:
    key = desk.attach()
    message = desk.say_with(key)
    desk.wait(29)
    assert len(desk.asked("onAttachment")) == 1
    desk.wait(2)
    assert len(desk.asked("onAttachment")) == 2
    desk.wait(31)
    assert desk.failure(key) == "FileTimeout"
    assert desk.fate(message) is Delivery.FAILED
    assert desk.way(key) == [REQUESTED, FAILED]


def test_silence_after_the_transfer_is_asked_about_and_has_an_end(desk: Files) -> None:
    key = desk.uploading()
    desk.wait(1000)
    assert desk.upload(key).state is UPLOADING, "the errand keeps its own time"
    desk.transferred(key)
    desk.wait(31)
    assert desk.wire()["action"] == "getAttachment", "the word that it is there may have been lost"
    desk.refuse(4010, frame=desk.frames[-1])
    desk.wait(0)
    assert desk.wire()["action"] == "onAttachment"
    desk.presign(key)
    desk.transferred(key)
    desk.wait(62)
    assert desk.failure(key) == "FileTimeout"
    assert [frame.action for frame in desk.frames[1:]] == ["onAttachment", "getAttachment"] * 2


def test_the_service_takes_a_file_for_not_ready_for_a_while(desk: Files) -> None:
    key = desk.uploaded()
    message = desk.say_with(key)
    for turn in range(3):
        desk.refuse(4010, frame=desk.frames[-1] if turn else None)
        assert desk.fate(message) is Delivery.QUEUED
        desk.wait(2.1)
        assert desk.fate(message) is Delivery.SENDING
    desk.echo()
    assert desk.fate(message) is Delivery.SENT
    assert not desk.errors
    assert len(desk.asked("onMessage")) == 4
    assert all(frame.request.message.channel for frame in desk.asked("onMessage"))  # type: ignore[union-attr]


def test_a_file_that_never_becomes_ready_fails() -> None:
    desk = Files(limits=Limits(unready_tries=2))
    desk.ready()
    key = desk.uploaded()
    message = desk.say_with(key)
    for _ in range(3):
        desk.refuse(4010, frame=desk.frames[-1])
        desk.wait(2.1)
    assert desk.fate(message) is Delivery.FAILED
    assert desk.failure(key) == "AttachmentNotUploaded"
    assert desk.errors == ["AttachmentNotUploaded"]


@pytest.mark.parametrize("code", [4008, 4009])
def test_a_file_that_the_service_lost_is_uploaded_again_with_its_message(desk: Files, code: int) -> None:
    key = desk.uploaded()
    message = desk.say_with(key, "See file")
    desk.refuse(code, frame=desk.frames[-1])
    assert desk.fate(message) is Delivery.FAILED
    assert desk.upload(key).state is FAILED
    desk.do(desk.session.resend, message)
    assert desk.fate(message) is Delivery.QUEUED
    assert desk.upload(key).state is REQUESTED
    desk.presign(key)
    desk.confirm(key)
    assert desk.fate(message) is Delivery.SENDING
    desk.echo(content=[attachment(key)])
    assert desk.way(key)[-1] is SENT


def test_a_message_that_failed_for_itself_goes_again_with_the_same_file(desk: Files) -> None:
    key = desk.uploaded()
    message = desk.say_with(key, "See file")
    desk.refuse(4011, frame=desk.frames[-1])
    assert desk.upload(key).state is UPLOADED
    desk.do(desk.session.resend, message)
    assert desk.fate(message) is Delivery.SENDING
    assert len(desk.asked("onAttachment")) == 1


def test_trying_a_failed_file_again_takes_its_message_along(desk: Files) -> None:
    key = desk.attach()
    message = desk.say_with(key, "See file")
    desk.deny(key, 4003)
    desk.do(desk.session.attach_again, key)
    assert (desk.fate(message), desk.upload(key).error) == (Delivery.QUEUED, None)
    desk.presign(key)
    desk.confirm(key)
    assert desk.fate(message) is Delivery.SENDING


@pytest.mark.parametrize("state", [REQUESTED, UPLOADED, REMOVED, None])
def test_only_a_failed_file_is_tried_again(desk: Files, state: UploadState | None) -> None:
    key = "nothing"
    if state is UPLOADED:
        key = desk.uploaded()
    elif state is not None:
        key = desk.attach()
    if state is REMOVED:
        desk.do(desk.session.detach, key)
    with pytest.raises(WishError):
        desk.do(desk.session.attach_again, key)


def test_a_message_whose_file_is_gone_is_not_sent_again(desk: Files) -> None:
    key = desk.attach()
    message = desk.say_with(key)
    desk.do(desk.session.detach, key)
    assert desk.fate(message) is Delivery.FAILED
    with pytest.raises(WishError, match="no such file"):
        desk.do(desk.session.resend, message)
