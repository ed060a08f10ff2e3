"""The service's error codes, each as a named error (guest API, section 4)."""

from __future__ import annotations

import math

from gcdesk.errors import GcdeskError, ServiceError
from gcdesk.guest.masking import mask_text
from gcdesk.phrase import Phrase

_MOST_DETAIL = 500


class RedirectedError(ServiceError):
    """300 to 399."""

    title = "The service answered with a redirect, which a chat cannot follow."
    hint = "Check the region or the custom endpoint."


class BadRequestError(ServiceError):
    """400, and any other 4xx without a name."""

    title = "The service did not accept a request (400)."
    hint = "Look at the refused frame in the frames list."


class SessionRefusedError(ServiceError):
    """400 to configureSession, as for an unknown deployment."""

    title = "The service did not accept the session (400)."
    hint = "Check the deployment ID, and that it belongs to this region."


class UnauthorizedError(ServiceError):
    """401."""

    title = "The service asks for a signed-in customer (401)."
    hint = "Sign in and start the chat as a signed-in customer, or use a deployment that admits guests."


class ForbiddenError(ServiceError):
    """403."""

    title = "The deployment's settings do not allow this (403)."
    hint = "Check that the deployment is active and that the feature is on in the messenger configuration."


class SessionAuthenticationFailedError(ServiceError):
    """403 whose text asks to authenticate again."""

    title = "The service no longer accepts this customer's sign-in (403)."
    hint = "Sign in again; the chat then goes on."


class ClearNotAllowedError(ServiceError):
    """403 whose text names conversation clear."""

    title = "This deployment does not let the customer end the conversation (403)."
    hint = "Leave the chat instead, or turn on conversation clear in the messenger configuration."


class NotFoundError(ServiceError):
    """404."""

    title = "The service does not know what was asked for (404)."
    hint = "Check the deployment ID and the region."


class RequestTimedOutError(ServiceError):
    """408."""

    title = "The service took too long to handle a request (408)."
    hint = "Try again in a moment."


class SessionReadOnlyError(ServiceError):
    """409."""

    title = "The conversation has ended and can only be read (409)."
    hint = "Start a new chat to write again."


class TooManyRequestsError(ServiceError):
    """429, inside 4029."""

    title = "Too many requests were sent (429)."
    hint = "Wait a little; what was refused can then be sent again."


class ServiceFailureError(ServiceError):
    """500 to 599."""

    title = "The service failed to handle a request."
    hint = "Try again later, and check the Genesys Cloud status page for the region."


class FeatureUnavailableError(ServiceError):
    """4000."""

    title = "This feature is turned off for the deployment (4000)."
    hint = "Turn it on in the messenger configuration, or do without it."


class FileTypeInvalidError(ServiceError):
    """4001."""

    title = "Files of this type are not allowed (4001)."
    hint = "Choose another type, or allow it in the supported content profile."


class FileSizeInvalidError(ServiceError):
    """4002."""

    title = "The file is too large (4002)."
    hint = "Choose a smaller file."


class FileContentInvalidError(ServiceError):
    """4003."""

    title = "The service refused the file's content (4003)."
    hint = "Check the file, or choose another one."


class FileNameInvalidError(ServiceError):
    """4004."""

    title = "The service refused the file's name (4004)."
    hint = "Give the file a plain name with an extension."


class FileNameTooLongError(ServiceError):
    """4005."""

    title = "The file's name is too long (4005)."
    hint = "Give the file a shorter name."


class SessionExpiredError(ServiceError):
    """4006, or the expired event."""

    title = "The session has expired (4006)."
    hint = "Start a new chat; each chat gets a fresh session."


class SessionNotFoundError(ServiceError):
    """4007."""

    title = "The service does not know this session (4007)."
    hint = "Start a new chat; each chat gets a fresh session."


class AttachmentExpiredError(ServiceError):
    """4008."""

    title = "The file or its link has expired (4008)."
    hint = "Ask for a fresh link, or send the file again."


class AttachmentNotFoundError(ServiceError):
    """4009."""

    title = "The service does not know this file (4009)."
    hint = "Send the file again."


class AttachmentNotUploadedError(ServiceError):
    """4010."""

    title = "The file was not uploaded completely (4010)."
    hint = "Wait for the upload to finish, then send the message again."


class MessageTooLongError(ServiceError):
    """4011."""

    title = "The message is too long for Genesys Cloud (4011)."
    hint = "Shorten it to 4,096 bytes; the custom attributes go with the next message."


class CustomAttributesTooLargeError(ServiceError):
    """4013: the whole message is refused."""

    title = "The custom attributes are too large, so the whole message was refused (4013)."
    hint = "Shorten or remove some attributes, then start again."


class CannotDowngradeError(ServiceError):
    """4017."""

    title = "This session belongs to a signed-in customer and cannot go on as a guest (4017)."
    hint = "Start a new chat, which gets a fresh session, or sign in to go on with this one."


class MissingParameterError(ServiceError):
    """4020."""

    title = "A request lacked a field that the service needs (4020)."
    hint = "Look at the refused frame in the frames list, and report it."


class FileEmptyError(ServiceError):
    """4102."""

    title = "The file is empty (4102)."
    hint = "Choose a file with content."


class UnexpectedServiceError(ServiceError):
    """5000, and any number without a name."""

    title = "The service reported an unexpected error."
    hint = "Try again; if it happens again, look the code up with Genesys Cloud support."


_BY_CODE: dict[int, type[ServiceError]] = {
    400: BadRequestError,
    401: UnauthorizedError,
    403: ForbiddenError,
    404: NotFoundError,
    408: RequestTimedOutError,
    409: SessionReadOnlyError,
    429: TooManyRequestsError,
    4000: FeatureUnavailableError,
    4001: FileTypeInvalidError,
    4002: FileSizeInvalidError,
    4003: FileContentInvalidError,
    4004: FileNameInvalidError,
    4005: FileNameTooLongError,
    4006: SessionExpiredError,
    4007: SessionNotFoundError,
    4008: AttachmentExpiredError,
    4009: AttachmentNotFoundError,
    4010: AttachmentNotUploadedError,
    4011: MessageTooLongError,
    4013: CustomAttributesTooLargeError,
    4017: CannotDowngradeError,
    4020: MissingParameterError,
    4029: TooManyRequestsError,
    4102: FileEmptyError,
    5000: UnexpectedServiceError,
}
_FATAL = (SessionExpiredError, SessionNotFoundError, CannotDowngradeError)
_SIGN_IN_AGAIN = ("session authentication failed", "try to authenticate again")


def service_error(
    code: int, text: str, retry_after: float | None = None, *, during_configure: bool = False
) -> ServiceError:
    """The named error for a code of the service.

    Args:
        code: The outer or inner code.
        text: The service's own text; it becomes the error's detail, masked and bounded.
        retry_after: Seconds to wait, where the service said so.
        during_configure: Whether it answers configureSession, where 400 means the session itself.
    """
    kind = _kind(code, text, during_configure)
    title = _title(kind, code)
    hint = None
    if kind is TooManyRequestsError and retry_after is not None:
        seconds = math.ceil(retry_after)
        hint = (
            Phrase("Wait {seconds} s, then start again.", seconds=seconds)
            if during_configure
            else Phrase("Wait {seconds} s, then what was refused can be sent again.", seconds=seconds)
        )
    return kind(title, hint, code=code, retry_after=retry_after, detail=mask_text(text)[:_MOST_DETAIL])


def is_fatal(error: GcdeskError, *, during_configure: bool) -> bool:
    """Whether the error ends the session: some always do, every one does while the session is configured."""
    return during_configure or isinstance(error, _FATAL)


def _title(kind: type[ServiceError], code: int) -> str | None:
    # One name stands for many codes: the title tells which.
    if kind is ServiceFailureError:
        return Phrase("The service failed to handle a request ({code}).", code=code)
    if kind is UnexpectedServiceError:
        return Phrase("The service reported an unexpected error ({code}).", code=code)
    if kind is BadRequestError and code != 400:
        return Phrase("The service did not accept a request ({code}).", code=code)
    return None


def _kind(code: int, text: str, during_configure: bool) -> type[ServiceError]:
    lowered = text.lower()
    if code == 403 and lowered.startswith(_SIGN_IN_AGAIN):
        return SessionAuthenticationFailedError
    if code == 403 and "conversation clear" in lowered:
        return ClearNotAllowedError
    if code == 400 and during_configure:
        return SessionRefusedError
    if code in _BY_CODE:
        return _BY_CODE[code]
    if 300 <= code < 400:
        return RedirectedError
    if 400 <= code < 500:
        return BadRequestError
    return ServiceFailureError if 500 <= code < 600 else UnexpectedServiceError
