"""Files in any order of wishes, frames, errands, breaks and waits: nothing is raised, nothing is left hanging."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from gcdesk.errors import ConnectionLostError, FileInputError, UploadRefusedError, WishError
from gcdesk.guest.errands import CancelErrand, UploadFile
from gcdesk.guest.events import MessageAdded, UploadChanged
from gcdesk.guest.limits import Limits
from gcdesk.guest.message import Delivery
from gcdesk.guest.states import LIVE, State
from gcdesk.guest.upload import UploadState

from .files import Files, file

REQUESTED, UPLOADING, UPLOADED = UploadState.REQUESTED, UploadState.UPLOADING, UploadState.UPLOADED
SENT, FAILED, REMOVED = UploadState.SENT, UploadState.FAILED, UploadState.REMOVED

AT_ONCE = 2
# A late echo of a message that was put back says that its file is sent, wherever it stands by then.
STEPS = {
    REQUESTED: {UPLOADING, UPLOADED, SENT, FAILED, REMOVED},
    UPLOADING: {REQUESTED, UPLOADED, SENT, FAILED, REMOVED},
    UPLOADED: {REQUESTED, SENT, FAILED, REMOVED},
    FAILED: {REQUESTED, SENT, REMOVED},
    SENT: set[UploadState](),
    REMOVED: set[UploadState](),
}


def reconnect(desk: Files, new: bool) -> None:
    if desk.state() is State.CONFIGURED:
        desk.lose()
        desk.reopen()
        desk.accept(newSession=new)


def wish(act: Callable[[], object]) -> None:
    try:
        act()
    except (WishError, FileInputError):
        return


def echo(desk: Files, key: str) -> None:
    for frame in desk.asked("onMessage")[-3:]:
        if key in frame.text:
            desk.echo(frame)


def resend(desk: Files) -> None:
    for event in desk.all(MessageAdded):
        wish(partial(desk.do, desk.session.resend, event.message.key))


ACTS: dict[str, Callable[[Files, str], object]] = {
    "attach": lambda desk, key: wish(lambda: desk.attach(file(size=10))),
    "attach too large": lambda desk, key: wish(lambda: desk.attach(file(size=10**9))),
    "attach again": lambda desk, key: wish(lambda: desk.do(desk.session.attach_again, key)),
    "detach": lambda desk, key: wish(lambda: desk.do(desk.session.detach, key)),
    "say": lambda desk, key: wish(lambda: desk.say_with(key, "See file")),
    "say alone": lambda desk, key: wish(lambda: desk.say("Hello")),
    "resend": lambda desk, key: resend(desk),
    "link": lambda desk, key: wish(lambda: desk.do(desk.session.refresh_link, key)),
    "presign": lambda desk, key: desk.presign(key),
    "link came": lambda desk, key: desk.presign(key, headers={}),
    "confirm": lambda desk, key: desk.confirm(key),
    "deleted": lambda desk, key: desk.deleted(key),
    "denied": lambda desk, key: desk.deny(key, 4001),
    "expired": lambda desk, key: desk.deny(key, 4008, "UploadFailureEvent"),
    "progress": lambda desk, key: desk.progress(key, 5),
    "transferred": lambda desk, key: desk.transferred(key),
    "broke": lambda desk, key: desk.broke(key, ConnectionLostError()),
    "refused": lambda desk, key: desk.broke(key, UploadRefusedError("no", code=403)),
    "echo": echo,
    "text 4010": lambda desk, key: desk.refuse(4010),
    "text 4009": lambda desk, key: desk.refuse(4009),
    "text 500": lambda desk, key: desk.refuse(500),
    "too many": lambda desk, key: desk.hold(2),
    "wait": lambda desk, key: desk.wait(3),
    "wait long": lambda desk, key: desk.wait(40),
    "break": lambda desk, key: reconnect(desk, new=False),
    "break for good": lambda desk, key: reconnect(desk, new=True),
    "read-only": lambda desk, key: desk.hear_sample("server.event.presence_disconnect_read_only"),
}
# The end of the conversation ends most of what can happen, so it comes seldom.
ORDERS = st.lists(
    st.tuples(
        st.sampled_from([name for name in ACTS if name != "read-only"] * 4 + ["read-only"]), st.integers(0, 2)
    ),
    max_size=40,
)


@given(ORDERS)
@settings(max_examples=250)
def test_any_order_keeps_to_the_way_of_a_file(order: list[tuple[str, int]]) -> None:
    desk = Files(limits=Limits(uploads_at_once=AT_ONCE, messages_per_second=100, requests_per_minute=1000))
    desk.ready()
    keys = [desk.attach(file(size=10)), desk.attach(file(size=10))]
    for name, index in order:
        keys = list(dict.fromkeys(event.upload.id for event in desk.all(UploadChanged)))
        ACTS[name](desk, [*keys, "unknown"][min(index, len(keys))])
    check_ways(desk, keys)
    check_errands(desk)
    # Whatever happened: left alone with a service that keeps silent, everything comes to an end.
    if desk.state() in LIVE:
        desk.wait(3000)
        check_settled(desk, keys)
        desk.do(desk.session.leave)
        desk.do(desk.session.closed)
    check_ways(desk, keys)
    check_errands(desk)
    assert all(desk.upload(key).state in (SENT, FAILED, REMOVED) for key in keys)
    assert desk.session.uploads.next_wake is None
    assert desk.session.links.next_wake is None
    for event in desk.all(MessageAdded):
        assert desk.fate(event.message.key) in (Delivery.SENT, Delivery.FAILED)


def check_ways(desk: Files, keys: list[str]) -> None:
    for key in keys:
        way = desk.way(key)
        assert way[0] is REQUESTED
        for before, after in pairwise(way):
            assert after in STEPS[before], way
        uploads = desk.uploads(key)
        assert all(one != other for one, other in pairwise(uploads)), "nothing is told twice"
        assert all((upload.error is not None) == (upload.state is FAILED) for upload in uploads)
        assert all(0 <= upload.sent <= upload.file.size for upload in uploads)


def check_errands(desk: Files) -> None:
    """Nothing is begun twice, and nothing is given up that does not run."""
    running: set[str] = set()
    for errand in desk.errands:
        if isinstance(errand, UploadFile):
            running.add(errand.key)
        elif isinstance(errand, CancelErrand):
            assert errand.key in running


def check_settled(desk: Files, keys: list[str]) -> None:
    """No file waits for an answer any more; those whose errands run, which nobody ends here, may hold up others."""
    transfers = [desk.session.uploads.find(key) for key in keys]
    full = sum(transfer is not None and transfer.running for transfer in transfers) == AT_ONCE
    for transfer in transfers:
        assert transfer is not None
        assert not transfer.asked
        assert transfer.due is None
        settled = transfer.running or transfer.upload.state in (UPLOADED, SENT, FAILED, REMOVED)
        assert settled or (full and transfer.upload.state is REQUESTED)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
CLASSES = (
    "PresignedUrlResponse",
    "UploadSuccessEvent",
    "UploadFailureEvent",
    "GenerateUrlError",
    "AttachmentDeletedResponse",
    "SessionResponse",
    "string",
)
FIELDS = (
    "attachmentId",
    "url",
    "headers",
    "fileSize",
    "downloadUrl",
    "errorCode",
    "errorMessage",
    "retryAfter",
)
FRAMES = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["message", "response"]),
        "class": st.sampled_from(CLASSES),
        "code": st.sampled_from([200, 400, 429, 4001, 4008, 4009, 4010, None]),
        "body": st.dictionaries(st.sampled_from(FIELDS), ANYTHING | st.just("id-2"), max_size=5) | ANYTHING,
    },
    optional={"tracingId": st.sampled_from(["id-1", "id-2", "id-3", "id-4", "id-5", ""]) | ANYTHING},
)


@given(st.lists(FRAMES, max_size=8), st.sampled_from(["asked", "uploading", "uploaded", "said", "link"]))
@settings(max_examples=200)
def test_any_frame_about_files_is_borne(frames: list[dict[str, object]], stage: str) -> None:
    desk = Files()
    desk.ready()
    key = desk.attach() if stage == "asked" else desk.uploading() if stage == "uploading" else desk.uploaded()
    if stage == "said":
        desk.say_with(key)
    elif stage == "link":
        desk.do(desk.session.refresh_link, key)
    for frame in frames:
        desk.hear(json.dumps(frame))
        desk.wait(1)
    keys = [key]
    check_ways(desk, keys)
    check_errands(desk)
    if desk.state() in LIVE:
        desk.do(desk.session.leave)
        desk.do(desk.session.closed)
    assert desk.upload(key).state in (SENT, FAILED, REMOVED)
