"""Files on their way from the customer to the message that carries them."""

from __future__ import annotations

import pytest

from gcdesk.errors import (
    FileInputError,
    FileTooLargeError,
    FileTypeError,
    GcdeskError,
    MessageInputError,
    UploadsOffError,
    WishError,
)
from gcdesk.guest.content import Attachment
from gcdesk.guest.deployment import parse_deployment
from gcdesk.guest.errands import UploadFile
from gcdesk.guest.events import ErrorRaised, MessageAdded
from gcdesk.guest.limits import Limits
from gcdesk.guest.message import Delivery
from gcdesk.guest.upload import UploadState

from .files import ATTACHMENT, DOWNLOAD, HEADERS, MEDIA, URL, Files, attachment, file
from .frames_of import sample
from .service import TOKEN

REQUESTED, UPLOADING, UPLOADED = UploadState.REQUESTED, UploadState.UPLOADING, UploadState.UPLOADED
SENT, FAILED, REMOVED = UploadState.SENT, UploadState.FAILED, UploadState.REMOVED


@pytest.fixture
def desk() -> Files:
    desk = Files()
    desk.ready()
    return desk


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
