"""Files between a chat and the simulator, which keeps them as a store does, and what can go wrong with both."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gcdesk.chat.chat import ChatOptions
from gcdesk.chat.target import Target
from gcdesk.errors import FileInputError
from gcdesk.guest.content import Attachment
from gcdesk.guest.events import DeploymentRead, LinkRefreshed, MessageAdded, MessageChanged, UploadChanged
from gcdesk.guest.message import Delivery, Direction, Message
from gcdesk.guest.regions import endpoint_for_url
from gcdesk.guest.states import State
from gcdesk.guest.upload import OutgoingFile, Upload, UploadState
from gcdesk.simulator import Simulator, SimulatorOptions
from gcdesk.simulator.files import picture
from tests.chat.storage import PatientOpener
from tests.chat.watching import QUICK, Watched, watched

PICTURE = picture(10, 20, 30)
FILE = OutgoingFile("Notiz ü.png", "image/png", len(PICTURE), PICTURE)
LIMITS = replace(QUICK, file_timeout=10, transfer_timeout=10, unready_pause=0.05)
SHORT = replace(LIMITS, file_timeout=0.8, transfer_timeout=0.8)
SILENT = ("silent", "garbage", "lost", "no-body")
ENDS = (UploadState.SENT, UploadState.FAILED, UploadState.REMOVED)


@asynccontextmanager
async def desk(*faults: str, limits: Any = LIMITS, **options: Any) -> AsyncIterator[Watched]:
    """A configured chat with a simulator."""
    async with Simulator(SimulatorOptions(faults=faults, **options)) as simulator:
        target = Target(endpoint_for_url(simulator.url), simulator.deployment_id)
        options_of_chat = ChatOptions({"crmCustomerId": "007"}, limits=limits)
        async with watched(target, options_of_chat, PatientOpener()) as watch:
            await watch.state(State.CONFIGURED)
            await watch.until(DeploymentRead)
            yield watch


async def ends(watch: Watched, attachment_id: str) -> Upload:
    """How a file's way ended."""
    event = await watch.until(
        UploadChanged, lambda event: event.upload.id == attachment_id and event.upload.state in ENDS
    )
    return event.upload


async def becomes(watch: Watched, attachment_id: str, state: UploadState) -> Upload:
    event = await watch.until(
        UploadChanged, lambda event: event.upload.id == attachment_id and event.upload.state is state
    )
    return event.upload


async def answered(watch: Watched, beginning: str) -> Message:
    """What the bot said, by how it begins."""
    event = await watch.until(
        MessageAdded,
        lambda event: (
            event.message.direction is Direction.OUTBOUND and event.message.text.startswith(beginning)
        ),
    )
    return event.message


def own(watch: Watched, key: str) -> Message:
    return [event.message for event in watch.all(MessageChanged) if event.message.key == key][-1]


def attachment_of(message: Message) -> Attachment:
    (item,) = message.content
    assert isinstance(item, Attachment)
    return item


@pytest.mark.parametrize("text", ["See file", ""])
async def test_a_file_goes_up_and_comes_down_again(tmp_path: Path, text: str) -> None:
    await there_and_back(tmp_path, text)


async def test_a_file_goes_up_and_comes_down_again_on_the_qt_loop(tmp_path: Path, qtbot: object) -> None:
    await there_and_back(tmp_path, "See file")


async def there_and_back(tmp_path: Path, text: str) -> None:
    async with desk() as watch:
        attachment_id = watch.chat.attach(FILE)
        key = watch.chat.say(text, attachment=attachment_id)
        upload = await ends(watch, attachment_id)
        assert (upload.state, upload.sent) == (UploadState.SENT, len(PICTURE))
        await watch.sent(key)
        await answered(watch, f"I have received Notiz ü.png (image/png, {len(PICTURE)} bytes).")
        sent = attachment_of(own(watch, key))
        saved = await watch.chat.save(sent, tmp_path)
        shown = await watch.chat.picture(sent.url, sent.id)
    assert (saved.name, saved.read_bytes()) == ("Notiz ü.png", PICTURE)
    assert (shown.shape.width, shown.shape.height) == (240, 120)


async def test_a_file_of_the_other_side_is_saved_with_a_fresh_link(tmp_path: Path) -> None:
    now = time.time()
    async with desk(clock=lambda: now, link_seconds=60) as watch:
        watch.chat.say("attachment")
        event = await watch.until(
            MessageAdded,
            lambda event: event.message.direction is Direction.OUTBOUND and bool(event.message.content),
        )
        received = attachment_of(event.message)
        now += 61
        saved = await watch.chat.save(received, tmp_path)
        assert saved.read_bytes().startswith(b"This file comes from the gcdesk simulator.")
        assert watch.all(LinkRefreshed)[0].attachment_id == received.id


async def test_several_files_go_with_a_message_each() -> None:
    async with desk() as watch:
        keys = []
        for number in range(5):
            file = OutgoingFile(f"{number}.txt", "text/plain", 1, str(number).encode())
            keys.append(watch.chat.say("", attachment=watch.chat.attach(file)))
        for key in keys:
            await watch.sent(key)
        assert {attachment_of(own(watch, key)).filename for key in keys} == {f"{n}.txt" for n in range(5)}


async def test_a_file_taken_back_is_gone_from_the_service() -> None:
    async with desk() as watch:
        attachment_id = watch.chat.attach(FILE)
        await becomes(watch, attachment_id, UploadState.UPLOADED)
        watch.chat.detach(attachment_id)
        await becomes(watch, attachment_id, UploadState.REMOVED)
        watch.chat.refresh_link(attachment_id)
        told = await watch.until(LinkRefreshed)
        assert told.error is not None
        assert told.error.code == 4009


@pytest.mark.parametrize(
    ("file", "options"),
    [
        (replace(FILE, name="a.exe"), {}),
        (replace(FILE, size=5001), {"upload_kilobytes": 5}),
        (replace(FILE, mime="text/plain"), {"upload_types": ("image/*",)}),
        (FILE, {"uploads": False}),
    ],
)
async def test_what_the_simulator_would_refuse_is_not_even_asked(
    file: OutgoingFile, options: dict[str, Any]
) -> None:
    async with desk(**options) as watch:
        with pytest.raises(FileInputError):
            watch.chat.attach(file)


async def test_a_program_in_disguise_is_refused_after_the_upload() -> None:
    async with desk() as watch:
        attachment_id = watch.chat.attach(OutgoingFile("a.png", "image/png", 4, b"MZ\0\0"))
        key = watch.chat.say("See file", attachment=attachment_id)
        upload = await ends(watch, attachment_id)
        assert upload.error is not None
        assert upload.error.name == "FileContentInvalid"
        await watch.until(MessageChanged, lambda event: event.message.delivery is Delivery.FAILED)
        assert own(watch, key).failure == str(upload.error)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        # One failure of the storage or of the way to it is made good without a word.
        ("put-403@1", ""),
        ("put-500@1", ""),
        ("put-cut@1", ""),
        ("put-silent@1", ""),
        ("put-garbage@1", ""),
        ("put-403", "UploadRefused"),
        ("put-500", "UploadRefused"),
        ("put-400@1", "UploadRefused"),
        ("put-cut", "ConnectionLost"),
        ("put-silent", "HttpTimeout"),
        # Refusals by code.
        ("4000-upload", "FeatureUnavailable"),
        ("4001-upload", "FileTypeInvalid"),
        ("4002-upload", "FileSizeInvalid"),
        ("4003-upload", "FileContentInvalid"),
        ("4004-upload", "FileNameInvalid"),
        ("4005-upload", "FileNameTooLong"),
        ("4008-upload", ""),
        ("4102-upload", "FileEmpty"),
        ("500-upload", "ServiceFailure"),
        ("429-upload=1", ""),
        ("upload-failure", "FileContentInvalid"),
        ("4010-message", ""),
        # Frames that do not come, come twice, or are cut off.
        ("lost@UploadSuccessEvent", ""),
        ("lost@PresignedUrlResponse", ""),
        ("lost@PresignedUrlResponse:every", "FileTimeout"),
        ("duplicate", ""),
        ("reorder", ""),
        ("cut-before@PresignedUrlResponse", ""),
        ("cut-before@UploadSuccessEvent", ""),
        ("cut-after@PresignedUrlResponse", ""),
        ("cut-after@UploadSuccessEvent", ""),
        ("cut-mid-frame@PresignedUrlResponse", ""),
        ("cut-mid-frame@UploadSuccessEvent", ""),
        ("close-after@PresignedUrlResponse", ""),
        ("close-after@UploadSuccessEvent", ""),
        # Frames that are not as they should be.
        ("no-tracing-id", ""),
        ("unknown-fields", ""),
        ("null-fields", ""),
        ("string-code", ""),
        ("malformed", ""),
        ("fragments", ""),
        ("no-body@UploadSuccessEvent", ""),
        ("other-tracing-id@PresignedUrlResponse", ""),
    ],
)
async def test_a_fault_is_made_good_or_named(fault: str, error: str) -> None:
    limits = SHORT if any(word in fault for word in SILENT) else LIMITS
    async with desk(fault, limits=limits) as watch:
        attachment_id = watch.chat.attach(FILE)
        key = watch.chat.say("See file", attachment=attachment_id)
        upload = await ends(watch, attachment_id)
        assert (upload.error.name if upload.error else "") == error
        if error:
            assert own(watch, key).delivery is Delivery.FAILED
            assert own(watch, key).failure == str(upload.error)
        else:
            await watch.sent(key)
            await answered(watch, "I have received")
        # However it went, nothing is doubled.
        texts = [event.message.text for event in watch.all(MessageAdded)]
        assert texts.count("See file") == 1


async def test_a_failed_file_is_sent_after_all_when_tried_again() -> None:
    async with desk("put-400@1") as watch:
        attachment_id = watch.chat.attach(FILE)
        key = watch.chat.say("See file", attachment=attachment_id)
        await becomes(watch, attachment_id, UploadState.FAILED)
        watch.chat.resend(key)
        await watch.sent(key)
        await becomes(watch, attachment_id, UploadState.SENT)


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        ("download-500", "DownloadRefused"),
        ("download-404", "LinkExpired"),
        ("download-cut", "ConnectionLost"),
    ],
)
async def test_a_download_that_fails_is_named_and_leaves_nothing(
    tmp_path: Path, fault: str, name: str
) -> None:
    async with desk(fault) as watch:
        key = watch.chat.say("", attachment=watch.chat.attach(FILE))
        await watch.sent(key)
        (outcome,) = await asyncio.gather(
            watch.chat.save(attachment_of(own(watch, key)), tmp_path), return_exceptions=True
        )
    assert getattr(outcome, "name", outcome) == name
    assert not list(tmp_path.iterdir())


async def test_a_download_that_fails_once_for_its_link_is_made_good(tmp_path: Path) -> None:
    async with desk("download-403@1") as watch:
        key = watch.chat.say("", attachment=watch.chat.attach(FILE))
        await watch.sent(key)
        saved = await watch.chat.save(attachment_of(own(watch, key)), tmp_path)
    assert saved.read_bytes() == PICTURE
