"""Files on their way from the customer, and everything that can come between."""

from __future__ import annotations

import json

import pytest

from gcdesk.errors import (
    ConnectionLostError,
    FileChangedError,
    FileInputError,
    FileTooLargeError,
    FileTypeError,
    GcdeskError,
    HttpTimeoutError,
    MessageInputError,
    UploadRefusedError,
    UploadsOffError,
    WishError,
)
from gcdesk.guest.content import Attachment
from gcdesk.guest.deployment import parse_deployment
from gcdesk.guest.errands import UploadFile
from gcdesk.guest.events import ErrorRaised, HeldBack, MessageAdded
from gcdesk.guest.limits import Limits
from gcdesk.guest.message import Delivery
from gcdesk.guest.states import State
from gcdesk.guest.upload import UploadState

from .files import DOWNLOAD, HEADERS, MEDIA, URL, Files, file
from .frames_of import sample
from .service import TOKEN

REQUESTED, UPLOADING, UPLOADED = UploadState.REQUESTED, UploadState.UPLOADING, UploadState.UPLOADED
SENT, FAILED, REMOVED = UploadState.SENT, UploadState.FAILED, UploadState.REMOVED
ATTACHMENT = {"contentType": "Attachment"}


@pytest.fixture
def desk() -> Files:
    desk = Files()
    desk.ready()
    return desk


def attachment(attachment_id: str) -> dict[str, object]:
    """The content of the echo of a message with a file, as in the sample."""
    inner = sample("server.structured_message.attachment_only")["body"]["content"][0]["attachment"]
    return {**ATTACHMENT, "attachment": {**inner, "id": attachment_id}}


# The whole way


def test_a_file_goes_all_the_way(desk: Files) -> None:
    what = file(source=b"bytes")
    key = desk.attach(what)
    assert desk.wire() == {
        **sample("client.on_attachment"),
        "attachmentId": key,
        "token": TOKEN,
        "tracingId": desk.frames[-1].tracing_id,
    }
    desk.presign(key, desk.frames[-1].tracing_id)
    errand = desk.last_transfer
    assert (errand.key, errand.url, errand.headers, errand.mime) == (key, URL, HEADERS, "image/png")
    assert (errand.size, errand.source) == (4242, b"bytes")
    desk.progress(key, 1000)
    assert (desk.upload(key).state, desk.upload(key).sent) == (UPLOADING, 1000)
    desk.transferred(key)
    assert (desk.upload(key).state, desk.upload(key).sent) == (UPLOADING, 4242)
    desk.confirm(key)
    assert (desk.upload(key).state, desk.upload(key).url) == (UPLOADED, DOWNLOAD)
    message = desk.say_with(key, "See file")
    desk.echo(content=[attachment(key)])
    assert desk.way(key) == [REQUESTED, UPLOADING, UPLOADED, SENT]
    assert desk.fate(message) is Delivery.SENT
    assert not desk.errors


@pytest.mark.parametrize("text", ["See file", "", "  "])
def test_the_message_says_which_file_it_carries(desk: Files, text: str) -> None:
    key = desk.uploaded()
    desk.say_with(key, text)
    said = {"text": text} if text.strip() else {}
    assert desk.wire()["message"] == {
        "type": "Text",
        **said,
        "content": [{**ATTACHMENT, "attachment": {"id": key}}],
        "channel": {"metadata": {"customAttributes": {"crmCustomerId": "000123", "customerName": "Ada"}}},
    }


@pytest.mark.parametrize(
    ("mime", "media"),
    [
        ("image/png", "Image"),
        ("video/mp4", "Video"),
        ("audio/ogg", "Audio"),
        ("application/pdf", "File"),
    ],
)
def test_the_message_shows_the_file_before_the_service_does(desk: Files, mime: str, media: str) -> None:
    key = desk.uploaded(file("a.bin", mime, 7))
    message = desk.say_with(key)
    assert desk.message(message).content == (Attachment(key, "", "a.bin", media, mime, 7),)
    desk.echo(content=[attachment(key)])
    (shown,) = desk.message(message).content
    assert isinstance(shown, Attachment)
    assert shown.url == "https://api.mypurecloud.com/api/v2/downloads/abc"


def test_an_echo_without_content_keeps_the_file_in_view(desk: Files) -> None:
    key = desk.uploaded()
    message = desk.say_with(key)
    desk.echo()
    assert desk.message(message).content == (Attachment(key, "", "note.png", "Image", "image/png", 4242),)
    assert desk.upload(key).state is SENT


def test_a_message_waits_for_its_file_and_lets_others_pass(desk: Files) -> None:
    key = desk.uploading()
    with_file = desk.say_with(key, "See file")
    other = desk.say("Hello?")
    assert desk.fate(with_file) is Delivery.QUEUED
    assert desk.fate(other) is Delivery.SENDING
    assert desk.wire()["message"]["text"] == "Hello?"
    desk.confirm(key)
    assert desk.fate(with_file) is Delivery.SENDING
    assert desk.wire()["message"]["text"] == "See file"


def test_a_file_can_be_attached_before_the_session_is_configured() -> None:
    desk = Files()
    desk.dial()
    desk.no_deployment()
    key = desk.attach()
    message = desk.say_with(key)
    assert not desk.asked("onAttachment")
    desk.accept(allowedMedia=MEDIA)
    desk.wait(0)
    assert desk.asked("onAttachment")
    desk.presign(key)
    desk.confirm(key)
    assert desk.fate(message) is Delivery.SENDING


# What is refused before anything is sent


@pytest.mark.parametrize(
    ("name", "mime", "size", "error"),
    [
        ("a.png", "image/png", 0, "EmptyFile"),
        ("a.png", "image/png", 10_240_001, "FileTooLarge"),
        ("a.png", "image/png", 10_240_000, ""),
        ("a.exe", "application/x-msdownload", 1, "FileType"),
        ("a.tar.EXE", "application/x-msdownload", 1, "FileType"),
        ("a.exe.txt", "text/plain", 1, ""),
        ("noextension", "text/plain", 1, "FileName"),
        (".hidden", "text/plain", 1, "FileName"),
        ("a.", "text/plain", 1, "FileName"),
        ("..png", "text/plain", 1, "FileName"),
        ("", "text/plain", 1, "FileName"),
        ("x" * 1019 + ".txt", "text/plain", 1, ""),
        ("x" * 1020 + ".txt", "text/plain", 1, "FileName"),
        ("../a.txt", "text/plain", 1, "FileName"),
        ("a\\b.txt", "text/plain", 1, "FileName"),
        ("a\nb.txt", "text/plain", 1, "FileName"),
        ("half \udcff.txt", "text/plain", 1, "FileName"),
        ("a.txt", "text/\udcff", 1, "FileType"),
        ("ü 日本 👋.txt", "text/plain", 1, ""),
    ],
)  # fmt: skip
def test_a_file_that_would_be_refused_is_refused_here(name: str, mime: str, size: int, error: str) -> None:
    desk = Files()
    desk.ready(blockedExtensions=[".ade", ".exe"])
    before = len(desk.frames), len(desk.events)
    if not error:
        desk.attach(file(name, mime, size))
        assert desk.wire()["fileName"] == name
        return
    with pytest.raises(FileInputError) as caught:
        desk.attach(file(name, mime, size))
    assert caught.value.name == error
    assert caught.value.title.endswith(".")
    assert caught.value.hint.endswith(".")
    assert (len(desk.frames), len(desk.events)) == before


@pytest.mark.parametrize(
    ("allowed", "mime", "good"),
    [
        (["*/*"], "application/x-anything", True),
        (["image/png", "image/jpeg"], "image/jpeg", True),
        (["image/png"], "IMAGE/PNG", True),
        (["image/png"], "image/png; charset=binary", True),
        (["image/png"], "image/jpeg", False),
        (["image/*"], "image/webp", True),
        (["image/*"], "imagination/webp", False),
        (["video/3gpp", "*/*"], "text/plain", True),
        ([], "text/plain", True),
        ([""], "text/plain", True),
    ],
)
def test_only_types_that_the_session_allows_are_sent(allowed: list[str], mime: str, good: bool) -> None:
    desk = Files()
    desk.dial()
    desk.no_deployment()
    types = [{"type": one} for one in allowed]
    desk.accept(allowedMedia={"inbound": {"fileTypes": types, "maxFileSizeKB": 10}})
    if good:
        desk.attach(file("a.bin", mime))
        return
    with pytest.raises(FileTypeError, match=mime):
        desk.attach(file("a.bin", mime))


def with_config(upload: dict[str, object], **media: object) -> Files:
    desk = Files()
    desk.dial()
    config = {"status": "Active", "messenger": {"fileUpload": upload}}
    desk.do(desk.session.deployment_read, parse_deployment(config), 0.1)
    desk.accept(**media)
    return desk


MODES = [
    {"fileTypes": ["image/png"], "maxFileSizeKB": 5},
    {"fileTypes": ["text/plain"], "maxFileSizeKB": 8.5},
]


def test_attachments_turned_off_are_refused_here() -> None:
    with pytest.raises(UploadsOffError):
        with_config({"enableAttachments": False, "modes": MODES}, allowedMedia=MEDIA).attach()


def test_the_sessions_rules_count_where_the_switch_is_there() -> None:
    desk = with_config({"enableAttachments": True, "modes": MODES}, allowedMedia=MEDIA)
    assert desk.upload(desk.attach(file("a.pdf", "application/pdf", 9_000_000))).state is REQUESTED


def test_the_configurations_modes_count_where_the_switch_is_missing() -> None:
    desk = with_config({"modes": MODES}, allowedMedia=MEDIA)
    assert desk.upload(desk.attach(file("a.txt", "text/plain", 8_500))).state is REQUESTED
    with pytest.raises(FileTooLargeError, match=r"8,501 bytes; this deployment takes at most 8,500\."):
        desk.attach(file("a.txt", "text/plain", 8_501))
    with pytest.raises(FileTypeError):
        desk.attach(file("a.pdf", "application/pdf", 1))


def test_no_rules_leave_it_to_the_service() -> None:
    desk = with_config({})
    assert desk.upload(desk.attach(file("a.bin", "application/octet-stream", 10**9))).state is REQUESTED


def test_rules_that_are_learnt_later_are_kept_to() -> None:
    desk = Files()
    desk.dial()
    desk.no_deployment()
    key = desk.attach(file(size=5000))
    message = desk.say_with(key)
    desk.accept(allowedMedia={"inbound": {"fileTypes": [], "maxFileSizeKB": 4}})
    desk.wait(0)
    assert desk.failure(key) == "FileTooLarge"
    assert desk.fate(message) is Delivery.FAILED
    assert not desk.asked("onAttachment")


@pytest.mark.parametrize("end", ["idle", "left", "read-only", "error"])
def test_no_file_is_taken_out_of_place(end: str) -> None:
    desk = Files()
    if end != "idle":
        desk.ready()
    if end == "left":
        desk.do(desk.session.leave)
    elif end == "error":
        desk.do(desk.session.stop, GcdeskError())
    elif end == "read-only":
        desk.hear_sample("server.event.presence_disconnect_read_only")
    with pytest.raises(WishError):
        desk.attach()


# One file a message, one message a file


def test_a_file_goes_with_one_message_only(desk: Files) -> None:
    key = desk.uploaded()
    desk.say_with(key)
    with pytest.raises(WishError, match="Another message has that file"):
        desk.say_with(key)
    desk.echo()
    with pytest.raises(WishError, match="Another message has that file"):
        desk.say_with(key)


@pytest.mark.parametrize("id_of", ["nothing", "removed", "failed"])
def test_a_message_needs_a_file_that_is_there(desk: Files, id_of: str) -> None:
    key = "nothing"
    if id_of == "removed":
        desk.do(desk.session.detach, key := desk.attach())
    elif id_of == "failed":
        desk.deny(key := desk.attach(), 4001)
    before = len(desk.all(MessageAdded))
    with pytest.raises(WishError):
        desk.say_with(key, "See file")
    assert len(desk.all(MessageAdded)) == before


def test_a_text_with_a_file_is_checked_like_any_other(desk: Files) -> None:
    with pytest.raises(MessageInputError):
        desk.say_with(desk.uploaded(), "x" * 4097)


def test_a_withdrawn_message_gives_its_file_back(desk: Files) -> None:
    key = desk.uploading()
    desk.do(desk.session.withdraw, desk.say_with(key))
    message = desk.say_with(key, "Now")
    desk.confirm(key)
    assert desk.fate(message) is Delivery.SENDING


# What the service refuses


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


# Limits


def test_only_so_many_files_are_under_way_at_once() -> None:
    desk = Files(limits=Limits(uploads_at_once=2))
    desk.ready()
    keys = [desk.attach() for _ in range(4)]
    assert len(desk.asked("onAttachment")) == 2
    desk.presign(keys[0])
    desk.confirm(keys[0])
    desk.wait(0)
    assert len(desk.asked("onAttachment")) == 3
    desk.deny(keys[1], 4001)
    desk.wait(0)
    assert len(desk.asked("onAttachment")) == 4


def test_asking_keeps_to_the_budget() -> None:
    desk = Files(limits=Limits(requests_per_minute=4, uploads_at_once=9, file_timeout=1000), attributes={})
    desk.ready()
    for _ in range(6):
        desk.attach()
    assert len(desk.frames) == 4
    desk.wait(64)
    assert len(desk.asked("onAttachment")) == 6


def test_five_hundred_files_that_break_the_rules_are_no_trouble() -> None:
    desk = Files()
    desk.dial()
    keys = [desk.attach() for _ in range(500)]
    desk.no_deployment()
    desk.accept(allowedMedia={"inbound": {"fileTypes": [], "maxFileSizeKB": 1}})
    desk.wait(0)
    assert {desk.failure(key) for key in keys} == {"FileTooLarge"}


# Oddities


def test_frames_about_unknown_files_do_nothing(desk: Files) -> None:
    before = len(desk.errands), len(desk.frames)
    desk.presign("unknown")
    desk.confirm("unknown")
    desk.deleted("unknown")
    desk.presign("")
    assert (len(desk.errands), len(desk.frames)) == before
    assert not desk.errors


def test_doubled_frames_do_nothing_more(desk: Files) -> None:
    key = desk.uploading()
    desk.presign(key)
    desk.transferred(key)
    desk.confirm(key)
    desk.confirm(key)
    desk.presign(key)
    desk.do(desk.session.detach, key)
    desk.deleted(key)
    desk.deleted(key)
    assert desk.transfers == [f"UploadFile {key}"]
    assert desk.way(key) == [REQUESTED, UPLOADING, UPLOADED, REMOVED]


def test_a_confirmation_before_the_transfer_is_over_is_taken(desk: Files) -> None:
    key = desk.uploading()
    desk.confirm(key)
    assert desk.transfers[-1] == f"CancelErrand {key}"
    desk.transferred(key)
    desk.progress(key, 3)
    assert desk.way(key) == [REQUESTED, UPLOADING, UPLOADED]
    assert desk.upload(key).sent == 4242


def test_what_errands_say_of_unknown_files_is_ignored(desk: Files) -> None:
    desk.progress("unknown", 1)
    desk.transferred("unknown")
    desk.broke("unknown", GcdeskError())
    assert not desk.errors


def test_nothing_secret_is_shown(desk: Files) -> None:
    key = desk.uploaded()
    shown = repr(desk.upload(key)) + repr(desk.errands) + repr(desk.all(ErrorRaised))
    assert "secret" not in shown
    assert isinstance(desk.errands[0], UploadFile)
