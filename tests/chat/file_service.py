"""A guest socket that takes and gives files, with storage beside it; both behave as told."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.asyncio.server import ServerConnection

from gcdesk.chat.chat import ChatOptions
from gcdesk.guest.events import MessageAdded, UploadChanged
from gcdesk.guest.message import Message
from gcdesk.guest.upload import Upload, UploadState
from tests.chat.servers import Frame, Service, guest_service, response, session_response
from tests.chat.storage import PatientOpener, Reply, Storage, storage
from tests.chat.watching import QUICK, Watched, watched

HEADERS = {"x-amz-tagging": "organizationId=1&originPlatform=PureCloud"}


def push(kind: str, **body: Any) -> str:
    return json.dumps({"type": "message", "class": kind, "code": 200, "body": body})


@dataclass
class FileTalk:
    """What the guest socket answers to frames about files; `place` is its storage."""

    place: Storage
    socket: ServerConnection | None = None
    link_path: str = "/get"

    async def __call__(self, socket: ServerConnection, service: Service) -> None:
        self.socket = socket
        async for data in socket:
            request = json.loads(data)
            service.received.append(request)
            if request["action"] != "getJwt":
                await socket.send(self._answer(request))

    async def confirm(self, attachment_id: str) -> None:
        """The storage tells the service that it has the file."""
        assert self.socket is not None
        url = self.place.url("/get")
        await self.socket.send(push("UploadSuccessEvent", attachmentId=attachment_id, downloadUrl=url))

    def _answer(self, request: Frame) -> str:
        action, tracing_id = request["action"], request["tracingId"]
        attachment_id = request.get("attachmentId", "")
        if action == "configureSession":
            return session_response(request, new=False)
        if action == "onAttachment":
            body = {
                "attachmentId": attachment_id,
                "headers": HEADERS,
                "url": self.place.url(f"/put/{attachment_id}"),
            }
            return response("PresignedUrlResponse", body, tracing_id=tracing_id)
        if action == "getAttachment":
            link = {"headers": {}, "url": self.place.url(self.link_path), "fileSize": 4}
            return response(
                "PresignedUrlResponse", {"attachmentId": attachment_id, **link}, tracing_id=tracing_id
            )
        if action == "deleteAttachment":
            return response(
                "AttachmentDeletedResponse", {"attachmentId": attachment_id}, tracing_id=tracing_id
            )
        return self._echo(request)

    def _echo(self, request: Frame) -> str:
        message = request["message"]
        body: Frame = {"type": "Text", "direction": "Inbound", "id": f"echo-{request['tracingId']}"}
        if "text" in message:
            body["text"] = message["text"]
        if "content" in message:
            attachment_id = message["content"][0]["attachment"]["id"]
            file = {
                "id": attachment_id,
                "url": self.place.url("/get"),
                "filename": "note.txt",
                "mediaType": "File",
            }
            body["content"] = [{"contentType": "Attachment", "attachment": file}]
        return response("StructuredMessage", body, tracing_id=request["tracingId"])


@dataclass
class Desk:
    """A chat that is watched, its service and its storage."""

    watch: Watched
    talk: FileTalk
    service: Service
    place: Storage

    async def upload(self, attachment_id: str, wanted: Callable[[Upload], bool]) -> Upload:
        """The first word about a file that is wanted."""
        event = await self.watch.until(
            UploadChanged, lambda event: event.upload.id == attachment_id and wanted(event.upload)
        )
        return event.upload

    async def becomes(self, attachment_id: str, state: UploadState) -> Upload:
        return await self.upload(attachment_id, lambda upload: upload.state is state)

    def uploads(self, attachment_id: str) -> list[Upload]:
        return [event.upload for event in self.watch.all(UploadChanged) if event.upload.id == attachment_id]

    def messages(self) -> list[Message]:
        return [event.message for event in self.watch.all(MessageAdded)]

    def asked(self, action: str) -> list[Frame]:
        return [frame for frame in self.service.received if frame["action"] == action]


@asynccontextmanager
async def file_desk(reply: Reply, limits: Any = QUICK) -> AsyncIterator[Desk]:
    """A configured chat whose files go to storage that behaves as told."""
    async with storage(reply) as place:
        talk = FileTalk(place)
        async with (
            guest_service(talk) as service,
            watched(service.target, ChatOptions(limits=limits), PatientOpener()) as watch,
        ):
            yield Desk(watch, talk, service, place)


def write(folder: Path, data: bytes, name: str = "note.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path
