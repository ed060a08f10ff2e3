"""Where files are put and read over HTTP, with the links that the guest socket hands out (guest API, section 6)."""

from urllib.parse import quote

from aiohttp import StreamReader, web
from aiohttp.http_exceptions import HttpProcessingError

from .attachments import UPLOAD_HEADERS, Attachment
from .service import Service
from .signed_urls import LinkError
from .state import State

_ERROR = '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{text}</Message></Error>'


def store_error(status: int, code: str, text: str) -> web.Response:
    """An error in the form of the store that holds files and public documents."""
    return web.Response(
        status=status, text=_ERROR.format(code=code, text=text), content_type="application/xml"
    )


class FileRoutes:
    """Takes uploads and gives downloads. What comes in is checked as strictly as a store checks a signed link."""

    def __init__(self, state: State, service: Service) -> None:
        self._state = state
        self._service = service

    def routes(self) -> list[web.RouteDef]:
        """Everything it answers."""
        return [
            web.put("/uploads/{key}", self._put),
            web.get("/downloads/{key}", self._get),
            web.get("/files/{name}", self._served),
        ]

    async def _put(self, request: web.Request) -> web.Response:
        answer, attachment = await self._received(request)
        self._state.record.event(
            "upload",
            attachment=attachment.attachment_id if attachment else None,
            status=answer.status,
            size=request.content_length,
        )
        return answer

    async def _received(self, request: web.Request) -> tuple[web.Response, Attachment | None]:
        attachments, key = self._state.attachments, request.match_info["key"]
        try:
            attachment = attachments.open_upload(key, request.query, self._state.now())
        except LinkError as refused:
            return store_error(403, "AccessDenied", refused.reason), None
        if attachment is None:
            return store_error(404, "NoSuchKey", "There is no such upload."), None
        refusal = _refusal(request, attachment)
        if refusal is not None:
            return refusal, attachment
        data = await _whole(request.content)
        if data is None or len(data) != attachment.offer.size:
            return store_error(400, "IncompleteBody", "The body is shorter than announced."), attachment
        # Meanwhile it may have been uploaded by another request, or deleted.
        if not attachments.holds(attachment):
            return store_error(404, "NoSuchKey", "There is no such upload."), attachment
        if attachment.data is not None:
            return _already_there(), attachment
        self._service.uploaded(attachment, data)
        return web.Response(), attachment

    async def _get(self, request: web.Request) -> web.Response:
        try:
            attachment = self._state.attachments.open_download(
                request.match_info["key"], request.query, self._state.now()
            )
        except LinkError as refused:
            answer, attachment = store_error(403, "AccessDenied", refused.reason), None
        else:
            answer = store_error(404, "NoSuchKey", "There is no such file.")
        if attachment is not None:
            answer = _download(attachment)
        self._state.record.event(
            "download", attachment=attachment.attachment_id if attachment else None, status=answer.status
        )
        return answer

    async def _served(self, request: web.Request) -> web.Response:
        file = self._state.options.served_files().get(request.match_info["name"])
        if file is None:
            return web.Response(status=404, text="There is no such file.")
        return web.Response(body=file.data, content_type=file.mime)


def _refusal(request: web.Request, attachment: Attachment) -> web.Response | None:
    if attachment.data is not None:
        return _already_there()
    wanted = {**UPLOAD_HEADERS, "Content-Type": attachment.offer.mime}
    for name, value in wanted.items():
        if request.headers.get(name) != value:
            return store_error(
                403, "SignatureDoesNotMatch", f"The header {name} is not the one that was signed."
            )
    if request.content_length is None:
        return store_error(411, "MissingContentLength", "The header Content-Length is missing.")
    if request.content_length != attachment.offer.size:
        return store_error(403, "SignatureDoesNotMatch", "The length is not the one that was signed.")
    return None


def _already_there() -> web.Response:
    return store_error(409, "OperationAborted", "The file has been uploaded already.")


async def _whole(content: StreamReader) -> bytes | None:
    """The body, or None when the client gave up in the middle of it."""
    try:
        return await content.read()
    except (OSError, HttpProcessingError):
        return None


def _download(attachment: Attachment) -> web.Response:
    headers = {
        "Content-Type": attachment.offer.mime,
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(attachment.offer.name, safe='')}",
        # Whatever a guest uploaded, no browser runs it here.
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox",
        "Cache-Control": "no-store",
    }
    return web.Response(body=attachment.data, headers=headers)
