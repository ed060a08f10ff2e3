"""A session on the table with files: what the service and the errands say about them."""

from __future__ import annotations

from typing import Any

from gcdesk.errors import GcdeskError
from gcdesk.guest.errands import Errand, UploadFile
from gcdesk.guest.events import LinkRefreshed, UploadChanged
from gcdesk.guest.frames import SentFrame
from gcdesk.guest.upload import OutgoingFile, Upload, UploadState

from .frames_of import Frame, sample
from .service import Service

URL = "https://uploads.example.com/put?signature=secret"
HEADERS = {"x-amz-tagging": "organizationId=1&originPlatform=PureCloud"}
DOWNLOAD = "https://downloads.example.com/get?signature=secret"
ATTACHMENT = {"contentType": "Attachment"}
MEDIA: Frame = {"inbound": {"fileTypes": [{"type": "*/*"}], "maxFileSizeKB": 10240}}


def file(
    name: str = "note.png", mime: str = "image/png", size: int = 4242, source: object = b""
) -> OutgoingFile:
    return OutgoingFile(name, mime, size, source)


def attachment(attachment_id: str) -> dict[str, object]:
    """The content of the echo of a message with a file, as in the sample."""
    inner = sample("server.structured_message.attachment_only")["body"]["content"][0]["attachment"]
    return {**ATTACHMENT, "attachment": {**inner, "id": attachment_id}}


class Files(Service):
    """Both ends of a session that sends files; `errands` are all that were handed out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.errands: list[Errand] = []

    def drain(self) -> None:
        super().drain()
        self.errands += self.session.take_errands()

    def ready(self, **media: Any) -> None:
        """All the way to a configured session that takes any file."""
        self.dial()
        self.no_deployment()
        self.accept(allowedMedia=MEDIA, **media)

    # Wishes

    def attach(self, what: OutgoingFile | None = None) -> str:
        return str(self.do(self.session.attach, what or file()))

    def say_with(self, attachment_id: str, text: str = "") -> str:
        key = self.session.say(text, self.now, attachment=attachment_id)
        self.drain()
        return key

    # The service

    def presign(self, attachment_id: str, tracing_id: str = "", **body: Any) -> None:
        inner = {"attachmentId": attachment_id, "url": URL, "headers": HEADERS, "fileSize": 4242, **body}
        frame = {"type": "response", "class": "PresignedUrlResponse", "code": 200, "body": inner}
        self.hear({**frame, "tracingId": tracing_id} if tracing_id else frame)

    def push(self, kind: str, attachment_id: str, code: int = 200, tracing_id: str = "", **body: Any) -> None:
        frame = {
            "type": "message",
            "class": kind,
            "code": code,
            "body": {"attachmentId": attachment_id, **body},
        }
        self.hear({**frame, "tracingId": tracing_id} if tracing_id else frame)

    def confirm(self, attachment_id: str) -> None:
        self.push("UploadSuccessEvent", attachment_id, downloadUrl=DOWNLOAD, timestamp="2026-07-01T09:30:15Z")

    def deleted(self, attachment_id: str) -> None:
        self.push("AttachmentDeletedResponse", attachment_id)

    def deny(self, attachment_id: str, code: int, kind: str = "GenerateUrlError", outer: int = 200) -> None:
        self.push(kind, attachment_id, outer, errorCode=code, errorMessage="refused")

    # The errand

    def progress(self, attachment_id: str, sent: int) -> None:
        self.do(self.session.uploads.progress, attachment_id, sent)

    def transferred(self, attachment_id: str) -> None:
        self.do(self.session.uploads.transferred, attachment_id)

    def broke(self, attachment_id: str, error: GcdeskError) -> None:
        self.do(self.session.uploads.failed, attachment_id, error)

    # Short ways

    def uploading(self, what: OutgoingFile | None = None) -> str:
        attachment_id = self.attach(what)
        self.presign(attachment_id)
        return attachment_id

    def uploaded(self, what: OutgoingFile | None = None) -> str:
        attachment_id = self.uploading(what)
        self.transferred(attachment_id)
        self.confirm(attachment_id)
        return attachment_id

    # What came out

    def uploads(self, attachment_id: str) -> list[Upload]:
        return [event.upload for event in self.all(UploadChanged) if event.upload.id == attachment_id]

    def upload(self, attachment_id: str) -> Upload:
        return self.uploads(attachment_id)[-1]

    def way(self, attachment_id: str) -> list[UploadState]:
        """The states it went through, each once in a row."""
        states = [upload.state for upload in self.uploads(attachment_id)]
        return [state for index, state in enumerate(states) if index == 0 or states[index - 1] is not state]

    def failure(self, attachment_id: str) -> str:
        """The name of the error it failed with."""
        upload = self.upload(attachment_id)
        assert upload.state is UploadState.FAILED
        assert upload.error is not None
        return upload.error.name

    def asked(self, action: str) -> list[SentFrame]:
        return [frame for frame in self.frames if frame.action == action]

    @property
    def transfers(self) -> list[str]:
        """The errands by kind and attachment ID."""
        return [f"{type(errand).__name__} {errand.key}" for errand in self.errands]

    @property
    def last_transfer(self) -> UploadFile:
        errand = self.errands[-1]
        assert isinstance(errand, UploadFile)
        return errand

    @property
    def links(self) -> list[LinkRefreshed]:
        return self.all(LinkRefreshed)
