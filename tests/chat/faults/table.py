"""What can go wrong in a chat, and what is to come of it: one case a line."""

from __future__ import annotations

from gcdesk import errors
from gcdesk.guest import codes
from gcdesk.guest.arrival import Arrival
from gcdesk.guest.events import (
    DeploymentUnread,
    ExpiryNear,
    HeldBack,
    HistoryChanged,
    LinkRefreshed,
    MessageMoved,
    Oddity,
    PresenceSeen,
    ReconnectPlanned,
    SessionRenewed,
    SignInNeeded,
)
from tests.chat.faults import stories
from tests.chat.faults.playing import Case

LOST = "The connection was lost."
CLOSED = "The service closed the connection."
SILENT = "The service stopped answering."
NO_FRAME = "The service sent something that is not a WebSocket frame."
TOO_LARGE = "The service sent a frame that is too large to be one of a chat."
NO_CONFIG = "The deployment's configuration could not be read"
AGAIN = (ReconnectPlanned,)


def _ends(faults: str, error: type[errors.GcdeskError], says: str, **more: object) -> Case:
    """The chat stops with that error before there was a session, or while its answer is awaited."""
    return Case(faults, **{"story": stories.talk, "told": (error,), "says": says, "ended": error} | more)  # type: ignore[arg-type]


def _breaks(faults: str, says: str, **more: object) -> Case:
    """The connection breaks and is restored, and three messages are neither lost nor doubled."""
    told = {"told": (errors.ConnectionLostError,), "says": says, "seen": AGAIN}
    return Case(faults, **{"story": stories.talk} | told | more)  # type: ignore[arg-type]


def _refused(faults: str, error: type[errors.GcdeskError], says: str, **more: object) -> Case:
    """One message is refused and shown as not sent; the chat goes on."""
    return Case(faults, **{"story": stories.talk, "told": (error,), "says": says, "failed": 1} | more)  # type: ignore[arg-type]


def _warned(
    faults: str, story: stories.Story, error: type[errors.GcdeskError], says: str, **more: object
) -> Case:
    """Something beside the messages fails and is named; every message arrives."""
    return Case(faults, story, (error,), says, **more)  # type: ignore[arg-type]


def _odd(faults: str, **more: object) -> Case:
    """A frame that should not be is shown for what it is, and the chat goes on as if it were not there."""
    return Case(faults, **{"story": stories.talk, "seen": (Oddity,)} | more)  # type: ignore[arg-type]


def _nothing(faults: str, story: stories.Story = stories.talk, **more: object) -> Case:
    """The user notices nothing."""
    return Case(faults, story, **more)  # type: ignore[arg-type]


HANDSHAKE = (
    _ends("refuse-401", errors.HandshakeUnauthorizedError, "(401)"),
    _ends("refuse-403", errors.AccessRefusedError, "Genesys Cloud refused the connection (403)."),
    _ends("refuse-404", errors.EndpointNotFoundError, "There is no messaging service at that address (404)."),
    _ends("refuse-418", errors.HandshakeRefusedError, "The server refused the connection (418)."),
    _ends("refuse-429", errors.ConnectionRateError, "Too many connections were opened (429)."),
    _ends("refuse-503", errors.ServiceDownError, "The service is not available at the moment (503)."),
    _ends("handshake-cut", errors.ConnectionLostError, "closed the connection before it was open."),
    _ends("handshake-silent", errors.OpenTimeoutError, "did not answer within 30 seconds."),
    _ends("handshake-garbage", errors.InterceptedError, "A web page answered in the service's place (200)."),
    _nothing("handshake-slow"),
    _ends("inactive", errors.AccessRefusedError, "Genesys Cloud refused the connection (403)."),
    _breaks(
        "close-1000@1 refuse-503@2",
        "not available at the moment (503).",
        told=(errors.ConnectionLostError, errors.ServiceDownError),
    ),
    _breaks(
        "close-1000@1 refuse-429=20@2",
        "Too many connections were opened (429).",
        told=(errors.ConnectionLostError, errors.ConnectionRateError),
    ),
    _breaks(
        "close-1000@1 refuse-403@2+",
        "Genesys Cloud refused the connection (403).",
        told=(errors.ConnectionLostError, errors.AccessRefusedError),
        ended=errors.AccessRefusedError,
        unseen=1,
    ),
)

CONFIG = tuple(
    _warned(fault, stories.talk, errors.DeploymentUnreadableError, says, seen=(DeploymentUnread,))
    for fault, says in (
        ("no-config", f"{NO_CONFIG} (500)."),
        ("config-404", "No configuration was found for this deployment (404)."),
        ("config-cut", NO_CONFIG),
        ("config-garbage", "What answered is not the deployment's configuration."),
        ("config-silent", "did not come within 10 seconds."),
    )
)

CONFIGURE = (
    _ends("429", codes.TooManyRequestsError, "Too many requests were sent (429)."),
    _ends("400-configure", codes.SessionRefusedError, "The service did not accept the session (400)."),
    _ends(
        "401-configure",
        codes.UnauthorizedError,
        "The service asks for a signed-in customer (401).",
        seen=(SignInNeeded,),
    ),
    _ends("403-configure", codes.ForbiddenError, "The deployment's settings do not allow this (403)."),
    _ends("404-configure", codes.NotFoundError, "The service does not know what was asked for (404)."),
    _ends("408-configure", codes.RequestTimedOutError, "took too long to handle a request (408)."),
    _ends("409-configure", codes.SessionReadOnlyError, "can only be read (409)."),
    _ends("500-configure", codes.ServiceFailureError, "The service failed to handle a request (500)."),
    _ends("4000-configure", codes.FeatureUnavailableError, "turned off for the deployment (4000)."),
    _ends("4006-configure", codes.SessionExpiredError, "The session has expired (4006)."),
    _ends("4007-configure", codes.SessionNotFoundError, "The service does not know this session (4007)."),
    _ends("4017-configure", codes.CannotDowngradeError, "cannot go on as a guest (4017)."),
    _ends("5000-configure", codes.UnexpectedServiceError, "reported an unexpected error (5000)."),
    _ends("drop-before-session", errors.ConnectionLostError, LOST),
    _ends("silent", errors.ConfigureTimeoutError, "The session was not configured in time."),
    _ends("lost", errors.ConfigureTimeoutError, "The session was not configured in time."),
    _ends("unknown-error", codes.ServiceFailureError, "The service failed to handle a request (500)."),
    _breaks("drop-after-session@1", LOST),
    _breaks(
        "cut@onMessage:1 500-configure@2",
        "The service failed to handle a request (500).",
        told=(errors.ConnectionLostError, codes.ServiceFailureError),
    ),
    _breaks(
        "cut@onMessage:1 429=9@2",
        "Too many requests were sent (429).",
        told=(errors.ConnectionLostError, codes.TooManyRequestsError),
    ),
    _nothing("session-twice"),
    _nothing("message-before-session", strange=1),
    _breaks("drop-after-message@1 forgotten", LOST, seen=(*AGAIN, SessionRenewed)),
)

MESSAGES = (
    _warned(
        "429-message",
        stories.hurry,
        codes.TooManyRequestsError,
        "Too many requests were sent (429).",
        seen=(HeldBack,),
    ),
    _warned(
        "4029-message",
        stories.talk,
        codes.TooManyRequestsError,
        "Too many requests were sent (429).",
        seen=(HeldBack,),
    ),
    _refused("400-message", codes.BadRequestError, "The service did not accept a request (400)."),
    _refused("408-message", codes.RequestTimedOutError, "took too long to handle a request (408)."),
    _refused("500-message", codes.ServiceFailureError, "failed to handle a request (500)."),
    _refused("4011", codes.MessageTooLongError, "The message is too long for Genesys Cloud (4011)."),
    _refused("4013", codes.CustomAttributesTooLargeError, "the whole message was refused (4013)."),
    _refused("4020-message", codes.MissingParameterError, "lacked a field that the service needs (4020)."),
    _refused("5000-message", codes.UnexpectedServiceError, "reported an unexpected error (5000)."),
    _refused(
        "4006", codes.SessionExpiredError, "The session has expired (4006).", ended=codes.SessionExpiredError
    ),
    _refused(
        "4007",
        codes.SessionNotFoundError,
        "The service does not know this session (4007).",
        ended=codes.SessionNotFoundError,
    ),
    Case(
        "409-message",
        stories.read_only,
        (codes.SessionReadOnlyError, errors.WishError),
        "This conversation has ended and can only be read.",
        failed=1,
    ),
    Case(
        "read-only",
        stories.read_only,
        (errors.WishError,),
        "This conversation has ended and can only be read.",
    ),
    _nothing("read-only@1", stories.begin_anew, seen=(SessionRenewed,)),
    _nothing("no-echo"),
    _nothing("no-reply"),
    _breaks("ignored", SILENT),
    _warned("403-clear", stories.end, codes.ForbiddenError, "do not allow this (403)."),
    _warned("429-clear", stories.end, codes.TooManyRequestsError, "(429).", seen=(HeldBack, PresenceSeen)),
)

ENDINGS = (
    _nothing("logout", unseen=1),
    _nothing("signed-in-elsewhere", unseen=1),
    _nothing("session-cleared", seen=(PresenceSeen,)),
    _ends(
        "connection-closed",
        errors.TooManyConnectionsError,
        "too many connections use the same session.",
        unseen=1,
    ),
    _ends(
        "",
        errors.TooManyConnectionsError,
        "too many connections use the same session.",
        story=stories.other_windows,
    ),
    _ends("expired", codes.SessionExpiredError, "The session has expired (4006)."),
    _ends(
        "",
        codes.SessionExpiredError,
        "The session has expired (4006).",
        story=stories.wait,
        seen=(ExpiryNear,),
        options={"session_seconds": 200},
    ),
    _nothing("", stories.wait, seen=(ExpiryNear,), options={"session_seconds": 600}),
    Case(
        "",
        stories.speak_as_guest,
        (errors.SignInRequiredError, codes.SessionAuthenticationFailedError),
        "The service no longer accepts this customer's sign-in (403).",
        failed=1,
        seen=(SignInNeeded,),
        options={"sign_in": "required"},
    ),
)

UPLOADS = (
    _warned("4000-upload", stories.upload, codes.FeatureUnavailableError, "(4000)."),
    _warned(
        "4001-upload",
        stories.upload,
        codes.FileTypeInvalidError,
        "Files of this type are not allowed (4001).",
    ),
    _warned("4002-upload", stories.upload, codes.FileSizeInvalidError, "The file is too large (4002)."),
    _warned(
        "4003-upload", stories.upload, codes.FileContentInvalidError, "refused the file's content (4003)."
    ),
    _warned("4004-upload", stories.upload, codes.FileNameInvalidError, "refused the file's name (4004)."),
    _warned("4005-upload", stories.upload, codes.FileNameTooLongError, "The file's name is too long (4005)."),
    _warned("4102-upload", stories.upload, codes.FileEmptyError, "The file is empty (4102)."),
    _warned("429-upload", stories.upload, codes.TooManyRequestsError, "(429).", seen=(HeldBack,)),
    _warned("500-upload", stories.upload, codes.ServiceFailureError, "(500)."),
    _warned("upload-failure", stories.upload, codes.FileContentInvalidError, "(4003)."),
    _warned("put-403", stories.upload, errors.UploadRefusedError, "The storage did not take the file (403)."),
    _warned("put-413", stories.upload, errors.UploadRefusedError, "The storage did not take the file (413)."),
    _nothing("put-500@1", stories.upload),
    _nothing("put-cut@1", stories.upload),
    _nothing("put-slow", stories.upload),
    _warned("put-cut", stories.upload, errors.ConnectionLostError, "broke during the transfer."),
    _warned("put-silent", stories.upload, errors.HttpTimeoutError, "was silent for 30 seconds."),
    _warned("put-garbage", stories.upload, errors.FileTimeoutError, "did not answer about the file in time."),
    _nothing("lost@UploadSuccessEvent", stories.upload),
    _breaks("lost@PresignedUrlResponse", SILENT, story=stories.upload),
    _breaks("cut-after@PresignedUrlResponse", LOST, story=stories.upload),
    _nothing("4010-message@2", stories.upload),
    _refused(
        "4008-message@2",
        codes.AttachmentExpiredError,
        "The file or its link has expired (4008).",
        story=stories.upload,
    ),
    _nothing("download-403@1", stories.download, seen=(LinkRefreshed,)),
    _warned("download-403", stories.fetch, errors.LinkExpiredError, "is not good any more (403)."),
    _warned("download-500", stories.fetch, errors.DownloadRefusedError, "could not be fetched (500)."),
    _warned("download-cut", stories.fetch, errors.ConnectionLostError, "broke during the transfer."),
    _warned("download-silent", stories.fetch, errors.HttpTimeoutError, "was silent for 30 seconds."),
    _warned("4009-link download-403", stories.fetch, codes.AttachmentNotFoundError, "(4009)."),
)

HISTORY = (
    *(
        _warned(fault, stories.look_back, error, says, seen=(HistoryChanged,))
        for fault, error, says in (
            ("history-401", errors.HistoryError, "did not accept the key to the earlier messages (401)."),
            ("history-429", errors.HistoryError, "Earlier messages were asked for too often (429)."),
            ("history-500", errors.HistoryError, "The earlier messages could not be read (500)."),
            ("history-garbage", errors.HistoryError, "What answered is no page of earlier messages."),
            ("history-cut", errors.ConnectionLostError, "broke during the transfer."),
            ("history-silent", errors.HttpTimeoutError, "was silent for 20 seconds."),
            ("jwt-wrong", errors.HistoryError, "did not accept the key to the earlier messages (401)."),
            ("403-jwt", codes.ForbiddenError, "The deployment's settings do not allow this (403)."),
        )
    ),
    _nothing("history-slow", stories.look_back),
    _nothing("jwt-expired@1", stories.look_back),
    _breaks("cut-before@StructuredMessage:2 history-500@1", LOST),
    _breaks(
        "cut-before@StructuredMessage:2 history-500",
        "The earlier messages could not be read (500).",
        told=(errors.ConnectionLostError, errors.HistoryError),
        unseen=1,
    ),
)

PLATFORM = tuple(
    Case(
        fault,
        stories.verify,
        () if error is None else (error,),
        says,
        arrival=Arrival.UNPROVEN if error is not None else arrival,
    )
    for fault, error, says, arrival in (
        ("expired-token@1", None, "", Arrival.ARRIVED),
        ("attributes-dropped", None, "", Arrival.MISSING),
        ("attributes-renamed", None, "", Arrival.DIFFERS),
        ("platform-garbage", errors.HttpAnswerError, "it sent something that is not JSON.", None),
        ("platform-429", errors.PlatformRateError, "too many requests from this OAuth client (429).", None),
        ("platform-500", errors.PlatformDownError, "The Platform API is not available at the moment.", None),
        ("missing-permission", errors.PermissionMissingError, "lacks one of these permissions", None),
        ("token-401", errors.CredentialsRefusedError, "did not accept the client ID with its secret.", None),
        ("token-cut", errors.HttpAnswerError, "does not speak HTTP as it should.", None),
        ("platform-silent", errors.HttpTimeoutError, "did not answer within 15 seconds.", None),
    )
)

FRAMES = (
    *(
        _odd(fault)
        for fault in (
            *("not-json", "half-json", "empty", "binary", "array", "json-null", "no-envelope"),
            *("null-envelope", "unknown-class", "not-a-number", "duplicate-keys", "deep"),
            *("bad-time", "unknown-fields", "string-code"),
        )
    ),
    _odd("malformed", strange=1),
    _odd("wrong-types", strange=1),
    _nothing("unknown-content", strange=1),
    _nothing("surrogates", strange=1),
    _nothing("large", strange=1),
    _nothing("unknown-event"),
    _nothing("nulls"),
    _nothing("no-tracing-id"),
    _nothing("no-time"),
    _nothing("null-time"),
    _nothing("no-channel"),
    _nothing("no-id"),
    _nothing("no-body@StructuredMessage"),
    _nothing("null-fields"),
    _ends("huge", errors.FrameTooLargeError, TOO_LARGE),
    _breaks("huge@2", TOO_LARGE, told=(errors.FrameTooLargeError,)),
    _breaks(
        "huge@2-20",
        TOO_LARGE,
        told=(errors.FrameTooLargeError,),
        ended=errors.FrameTooLargeError,
        failed=1,
        unsure=1,
        unseen=1,
    ),
    _breaks("invalid-utf8@2", NO_FRAME),
    _breaks("bad-opcode@2", NO_FRAME),
)

TIMING = (
    _nothing("slow"),
    _nothing("slow=3", stories.hurry, seen=(MessageMoved,)),
    _nothing("jitter"),
    _nothing("late", stories.hurry),
    _nothing("reorder", stories.hurry),
    _nothing("duplicate"),
    _nothing("duplicate-late", stories.hurry),
    _nothing("lost@StructuredMessage"),
    _nothing("lost@StructuredMessage:2", unseen=1),
    _breaks("mute@StructuredMessage", SILENT),
    _breaks("no-pong", SILENT),
)

WIRE = (
    _ends("cut", errors.ConnectionLostError, LOST),
    _breaks("cut@onMessage:2", LOST),
    _breaks("drop-after-message@1", LOST),
    _ends("drop-after-message", errors.ConnectionLostError, LOST, seen=AGAIN, failed=1, options={}),
    _breaks("close-1000", CLOSED),
    _breaks("close-1001@1", CLOSED),
    _breaks("close-1006@1", NO_FRAME),
    _breaks("close-1011@2", CLOSED),
    _breaks("close-1012@3", CLOSED),
    _breaks("close-4000@1", CLOSED, story=stories.early),
    _breaks("close-after=1003@2", CLOSED),
    _ends("cut-mid-frame@1", errors.ConnectionLostError, LOST),
    _breaks("cut-mid-frame@2", LOST),
    _breaks("cut-mid-frame@3", LOST, story=stories.hurry),
    _breaks("stall-mid-frame@2", SILENT),
    _breaks("cut-before@2", LOST),
    _breaks("cut-after@2", LOST, story=stories.hurry),
    _nothing("fragments"),
    _nothing("trickle"),
)

CASES = (
    *HANDSHAKE,
    *CONFIG,
    *CONFIGURE,
    *MESSAGES,
    *ENDINGS,
    *UPLOADS,
    *HISTORY,
    *PLATFORM,
    *FRAMES,
    *TIMING,
    *WIRE,
)

CERTIFICATES = {
    "certificate-self-signed": "self-signed",
    "certificate-expired": "expired",
    "certificate-not-yet-valid": "not",
    "certificate-wrong-host": "host",
    "certificate-unknown-authority": "authority",
}
"""Each wrong certificate, and a word of what is said about it."""
