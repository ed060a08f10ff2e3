"""Fresh links: asked for once, answered or given up, before and after breaks."""

from __future__ import annotations

import pytest

from gcdesk.errors import WishError
from gcdesk.guest.limits import Limits
from gcdesk.guest.states import State

from .files import DOWNLOAD, Files
from .frames_of import sample


@pytest.fixture
def desk() -> Files:
    desk = Files()
    desk.ready()
    return desk


def ask(desk: Files, attachment_id: str = "att") -> None:
    desk.do(desk.session.refresh_link, attachment_id)


def answer(desk: Files, attachment_id: str = "att", tracing_id: str = "") -> None:
    desk.presign(attachment_id, tracing_id, url=DOWNLOAD, headers={})


@pytest.mark.parametrize("named", [True, False])
def test_a_link_is_asked_for_and_told(desk: Files, named: bool) -> None:
    ask(desk)
    request = desk.frames[-1]
    assert desk.wire() == {
        **sample("client.get_attachment"),
        "attachmentId": "att",
        "tracingId": request.tracing_id,
    }
    answer(desk, tracing_id=request.tracing_id if named else "")
    (told,) = desk.links
    assert (told.attachment_id, told.url, told.error) == ("att", DOWNLOAD, None)
    assert DOWNLOAD not in repr(told)
    assert desk.session.links.next_wake is None


def test_several_wishes_for_one_file_are_one(desk: Files) -> None:
    ask(desk)
    ask(desk)
    assert len(desk.asked("getAttachment")) == 1
    answer(desk)
    ask(desk)
    assert len(desk.asked("getAttachment")) == 2


def test_links_can_be_had_once_the_conversation_can_only_be_read(desk: Files) -> None:
    desk.hear_sample("server.event.presence_disconnect_read_only")
    assert desk.state() is State.READ_ONLY
    ask(desk)
    answer(desk)
    assert desk.links[0].url == DOWNLOAD


@pytest.mark.parametrize("form", ["text", "text about it", "object", "object about it"])
@pytest.mark.parametrize("code", [4008, 4009, 500])
def test_a_refusal_is_told(desk: Files, code: int, form: str) -> None:
    ask(desk)
    request = desk.frames[-1]
    if form.startswith("text"):
        desk.refuse(code, frame=request if "about" in form else None)
    else:
        tracing_id = request.tracing_id if "about" in form else ""
        desk.push("GenerateUrlError", "att", 400, tracing_id, errorCode=code, errorMessage="no")
    (told,) = desk.links
    assert told.url == ""
    assert told.error is not None
    assert told.error.code == code
    assert not desk.errors


def test_a_wait_is_kept_to(desk: Files) -> None:
    ask(desk)
    desk.hold(10, desk.frames[-1])
    desk.wait(9)
    assert len(desk.asked("getAttachment")) == 1
    desk.wait(2)
    assert len(desk.asked("getAttachment")) == 2
    answer(desk)
    assert desk.links[0].url == DOWNLOAD


def test_silence_has_an_end(desk: Files) -> None:
    ask(desk)
    desk.wait(31)
    (told,) = desk.links
    assert told.error is not None
    assert told.error.name == "FileTimeout"
    answer(desk)
    assert len(desk.links) == 1


def test_what_a_break_swallowed_is_asked_for_again(desk: Files) -> None:
    ask(desk)
    desk.lose()
    ask(desk, "other")
    assert not desk.links
    desk.reopen()
    desk.accept(newSession=False)
    desk.wait(0)
    assert len(desk.asked("getAttachment")) == 3
    answer(desk)
    answer(desk, "other")
    assert [told.url for told in desk.links] == [DOWNLOAD, DOWNLOAD]


@pytest.mark.parametrize("when", ["asked", "waiting"])
def test_the_end_of_the_chat_is_told(when: str) -> None:
    desk = Files()
    desk.dial()
    if when == "asked":
        desk.no_deployment()
        desk.accept()
    ask(desk)
    desk.do(desk.session.leave)
    (told,) = desk.links
    assert told.error is not None
    assert told.error.name == "LinkExpired"
    with pytest.raises(WishError, match="while the chat is open"):
        ask(desk)


def test_links_keep_to_the_budget() -> None:
    desk = Files(limits=Limits(requests_per_minute=3))
    desk.ready()
    for number in range(4):
        ask(desk, f"att-{number}")
    assert len(desk.asked("getAttachment")) == 2
    desk.wait(29)
    assert len(desk.links) == 0
    desk.wait(40)
    assert len(desk.asked("getAttachment")) == 4


def test_an_upload_address_is_no_link(desk: Files) -> None:
    """A file of one's own may be asked for and asked after at the same time; the tracing ID tells which is which."""
    key = desk.attach()
    upload = desk.frames[-1]
    ask(desk, key)
    link = desk.frames[-1]
    desk.presign(key, upload.tracing_id)
    assert desk.transfers == [f"UploadFile {key}"]
    assert not desk.links
    answer(desk, key, link.tracing_id)
    assert len(desk.links) == 1


def test_links_nobody_asked_for_do_nothing(desk: Files) -> None:
    answer(desk)
    assert not desk.links
    assert not desk.errands
