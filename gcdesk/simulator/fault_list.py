"""Every fault there is: its name, what it does in one sentence, and what its number counts.

Where NNN stands in a name, a number goes: a code of the guest API when it comes first (`500-message`), a status
of HTTP when it comes last (`put-403`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

RETRY_AFTER = 3
"""Seconds a caller is told to wait by the faults that refuse with a retry time, unless they are told others."""

Side = Literal["sent", "received"]


@dataclass(frozen=True)
class Number:
    """A number that a fault can be given: what it means, the smallest and the largest."""

    meaning: str
    smallest: float
    largest: float
    default: float = 0.0


@dataclass(frozen=True)
class Fault:
    """One fault.

    counts: what is counted to find its frame. once: whether it strikes at the first only, unless told otherwise.
    side: "sent" or "received" where a kind of frame can be chosen; `kind` is chosen by itself, "" is any.
    number: what may stand for NNN. value: what may stand after an equals sign; `text` allows the refusal's
    own words there.
    """

    name: str
    sentence: str
    counts: str
    once: bool = False
    side: Side | None = None
    kind: str = ""
    number: Number | None = None
    value: Number | None = None
    text: bool = False


CODE_PLACES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "configure": ("configureSession", "configureSession frames"),
        "message": ("onMessage", "messages received"),
        "typing": ("Typing", "typing events received"),
        "clear": ("Clear", "Clear events received"),
        "echo": ("echo", "echo requests"),
        "upload": ("onAttachment", "onAttachment frames"),
        "link": ("getAttachment", "getAttachment frames"),
        "delete": ("deleteAttachment", "deleteAttachment frames"),
        "jwt": ("getJwt", "getJwt frames"),
        "close": ("closeSession", "closeSession frames"),
    }
)
"""Where a request can be refused with a code: the kind of frame that is refused, and what is counted."""

HTTP_PLACES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "handshake": ("the guest socket is opened", "handshakes"),
        "config": ("the deployment config or the domain list is read", "documents asked for"),
        "history": ("the history is read", "pages asked for"),
        "put": ("a file is uploaded", "uploads"),
        "download": ("a file is downloaded", "downloads"),
        "exchange": ("a code is exchanged for a JWT", "exchanges"),
        "refresh": ("a JWT is refreshed", "refreshes"),
        "revoke": ("somebody logs out", "log-outs"),
        "token": ("an OAuth client asks for an access token", "access tokens asked for"),
        "platform": ("the Platform API is called", "calls of the Platform API"),
    }
)
"""Where HTTP can go wrong: when that is, and what is counted."""

_CODE = Number("a code", 300, 9999)
_STATUS = Number("a status of HTTP", 200, 599)
_CLOSE_CODE = Number("a close code", 1000, 4999)
RETRY_SECONDS = Number("the seconds to wait", 1, 3600, RETRY_AFTER)
_SECONDS = Number("seconds", 0, 600)
_HANDSHAKES = HTTP_PLACES["handshake"][1]
_CONFIGURES = CODE_PLACES["configure"][1]
_MESSAGES = CODE_PLACES["message"][1]
_SESSIONS = "session answers"
_READINGS = "readings of a conversation"
_SENT = "frames sent"
_RECEIVED = "frames received"


def _pause(default: float) -> Number:
    return Number(_SECONDS.meaning, _SECONDS.smallest, _SECONDS.largest, default)


def _http(place: str) -> tuple[Fault, ...]:
    when, counts = HTTP_PLACES[place]
    faults = (
        Fault(f"{place}-NNN", f"HTTP answers that status when {when}.", counts, number=_STATUS),
        Fault(f"{place}-cut", f"The connection is cut when {when}.", counts),
        Fault(f"{place}-silent", f"HTTP answers nothing when {when}.", counts),
        Fault(f"{place}-slow", f"HTTP answers two seconds late when {when}.", counts, value=_pause(2)),
        Fault(f"{place}-garbage", f"HTTP answers nonsense when {when}.", counts),
    )
    return faults if place != "handshake" else faults[1:]


def _refusal(code: str, words: str = "") -> Fault:
    like = f", {words}" if words else ""
    return Fault(
        f"{code}-configure", f"configureSession is refused with {code}{like}.", _CONFIGURES, text=True
    )


def _first_refused(place: str) -> Fault:
    kind, counts = CODE_PLACES[place]
    what = {"message": "message", "typing": "typing event", "clear": "Clear event"}.get(place, kind)
    sentence = f"The first {what} is refused with that code."
    return Fault(f"NNN-{place}", sentence, counts, once=True, number=_CODE, text=True)


def _stray(name: str, what: str) -> Fault:
    return Fault(name, f"{what} goes before the first frame.", _SENT, once=True, side="sent")


def _changed(name: str, sentence: str, kind: str = "") -> Fault:
    return Fault(name, sentence, _SENT, side="sent", kind=kind)


def _pushed(name: str, sentence: str) -> Fault:
    return Fault(name, sentence, _RECEIVED, once=True, side="received", kind="onMessage")


_OPENING = (
    Fault("refuse-401", "The handshake is refused with HTTP 401.", _HANDSHAKES),
    Fault("refuse-403", "The handshake is refused with HTTP 403, as for a wrong deployment ID.", _HANDSHAKES),
    Fault("refuse-404", "The handshake is refused with HTTP 404.", _HANDSHAKES),
    Fault(
        "refuse-429",
        "The first handshake is refused with HTTP 429 and Retry-After 3; later ones work.",
        _HANDSHAKES,
        once=True,
        value=RETRY_SECONDS,
    ),
    Fault("refuse-503", "The handshake is refused with HTTP 503.", _HANDSHAKES),
    Fault("refuse-NNN", "The handshake is refused with that status of HTTP.", _HANDSHAKES, number=_STATUS),
    *_http("handshake"),
    Fault(
        "inactive",
        "The deployment is inactive: its config says so, the handshake gets HTTP 403.",
        _HANDSHAKES,
    ),
    Fault("silent", "The socket is accepted and nothing is ever answered.", "connections"),
    Fault("no-pong", "Pings of the client get no pong.", "connections"),
)

_CERTIFICATES = tuple(
    Fault(f"certificate-{name}", f"With --tls, the certificate is {what}.", "TLS handshakes")
    for name, what in (
        ("self-signed", "signed by nobody but itself"),
        ("expired", "out of date since yesterday"),
        ("not-yet-valid", "good from tomorrow on only"),
        ("wrong-host", "made out to another host"),
        ("unknown-authority", "signed by an authority that nobody knows"),
    )
)

_HTTP = (
    Fault(
        "no-config", "The deployment config and the domain list answer HTTP 500.", HTTP_PLACES["config"][1]
    ),
    *(fault for place in HTTP_PLACES if place != "handshake" for fault in _http(place)),
)

_SESSION = (
    Fault(
        "429",
        "The first configureSession is refused with 429 and a retry time of 3 s; later ones work.",
        _CONFIGURES,
        once=True,
        value=RETRY_SECONDS,
    ),
    Fault("429-configure", "The same as 429.", _CONFIGURES, once=True, value=RETRY_SECONDS),
    _refusal("400", "as for an unknown deployment"),
    _refusal("401"),
    _refusal("403", "as for a feature that is switched off"),
    _refusal("404"),
    _refusal("500"),
    Fault(
        "NNN-configure", "configureSession is refused with that code.", _CONFIGURES, number=_CODE, text=True
    ),
    Fault(
        "drop-before-session",
        "The connection is cut when configureSession arrives, before any answer.",
        _CONFIGURES,
    ),
    Fault("drop-after-session", "The connection is cut right after the session answer.", _SESSIONS),
    Fault("session-twice", "The session answer is sent twice.", _SESSIONS),
    Fault("message-before-session", "A message comes before the session answer.", _SESSIONS),
    Fault(
        "read-only",
        "The session answer says read-only, as after an ended chat; startNew lifts it.",
        "sessions that begin",
    ),
    Fault(
        "forgotten",
        "The service has lost the session: resuming it starts a new one.",
        "configureSession frames of known sessions",
    ),
)

_REFUSALS = (
    Fault(
        "429-message",
        "The first message is refused with 429 and a retry time of 3 s; later ones work.",
        _MESSAGES,
        once=True,
        value=RETRY_SECONDS,
    ),
    Fault(
        "4006",
        "The first message is refused with 4006, and the session is expired from then on.",
        _MESSAGES,
        once=True,
    ),
    Fault(
        "4007",
        "The first message is refused with 4007, and the connection has to be configured again.",
        _MESSAGES,
        once=True,
    ),
    Fault(
        "4011",
        "The first text is refused with 4011, as if it were too long.",
        "messages with text",
        once=True,
    ),
    Fault(
        "4013",
        "The first message with custom attributes is refused with 4013, as if they were too large.",
        "messages with custom attributes",
        once=True,
    ),
    Fault("NNN", "The same as NNN-message.", _MESSAGES, once=True, number=_CODE, text=True),
    *(_first_refused(place) for place in CODE_PLACES if place != "configure"),
    Fault(
        "upload-failure",
        "The first upload fails after all: UploadFailureEvent.",
        "uploads that end",
        once=True,
    ),
    Fault("jwt-expired", "The JWT for the history has expired already.", "JWTs given for the history"),
    Fault("jwt-wrong", "The JWT for the history is not accepted there.", "JWTs given for the history"),
)

_PLATFORM = (
    Fault("wrong-org", "The OAuth client belongs to another org.", "readings of the org"),
    Fault("missing-permission", "The OAuth client lacks the permission for a call.", "calls that need one"),
    Fault("expired-token", "The access token is no longer accepted.", "calls of the Platform API"),
    Fault("attributes-dropped", "No custom attribute becomes participant data.", _READINGS),
    Fault("attributes-blocked", "Only customerName and sourceChannel become participant data.", _READINGS),
    Fault("attributes-renamed", "Custom attributes become participant data as context.NAME.", _READINGS),
    Fault("attributes-lowered", "Custom attributes become participant data in lower case.", _READINGS),
    Fault("attributes-changed", "Participant data loses its leading zeros.", _READINGS),
)

_ARRIVING = (
    Fault(
        "drop-after-message",
        "The connection is cut when a message arrives, before its echo.",
        _RECEIVED,
        side="received",
        kind="onMessage",
    ),
    Fault(
        "cut", "The connection is cut when the first frame arrives.", _RECEIVED, once=True, side="received"
    ),
    Fault(
        "close-1000",
        "The connection is closed cleanly (1000) right after a message was accepted.",
        _RECEIVED,
        side="received",
        kind="onMessage",
    ),
    Fault(
        "close-NNNN",
        "The connection is closed with that close code right after a message was accepted.",
        _RECEIVED,
        side="received",
        kind="onMessage",
        number=_CLOSE_CODE,
    ),
    _pushed("ignored", "The first message is taken, and nothing is ever answered to it."),
    _pushed("logout", "LogoutEvent comes after the first message, and the connection is closed."),
    _pushed(
        "connection-closed",
        "ConnectionClosedEvent comes after the first message, as for a fourth connection.",
    ),
    _pushed(
        "signed-in-elsewhere", "ConnectionClosedEvent with the reason signedIn comes after the first message."
    ),
    _pushed("session-cleared", "The conversation is cleared from elsewhere after the first message."),
    Fault("expired", "The session expires right after the first message was accepted.", _MESSAGES, once=True),
    Fault("no-echo", "Messages are accepted and answered, but their echo never comes.", _MESSAGES),
    Fault("no-reply", "Messages are accepted and echoed, but the bot never answers.", _MESSAGES),
)

_STRAY = (
    Fault(
        "malformed",
        "A broken frame goes before each good one: not JSON, nulls, wrong types, odd classes.",
        _SENT,
        side="sent",
    ),
    _stray("not-json", "Text that is not JSON"),
    _stray("half-json", "Half a JSON object"),
    _stray("empty", "An empty text frame"),
    _stray("binary", "A binary frame"),
    _stray("array", "A JSON list"),
    _stray("json-null", "The JSON value null"),
    _stray("no-envelope", "An object without type, class and code"),
    _stray("null-envelope", "An envelope of nulls"),
    _stray("unknown-class", "A frame of an unknown class with code 200"),
    _stray("unknown-error", "A frame of an unknown class with code 500"),
    _stray("unknown-content", "A message with content of an unknown kind"),
    _stray("unknown-event", "A message with an event of an unknown kind"),
    _stray("nulls", "A message whose every field is null"),
    _stray("wrong-types", "A message whose every field has the wrong type"),
    _stray("not-a-number", "A frame with NaN, which JSON does not know,"),
    _stray("surrogates", "A message with half a surrogate pair"),
    _stray("duplicate-keys", "An object that has the same key twice"),
    _stray("deep", "JSON nested 100,000 deep"),
    _stray("large", "A message of just under 1 MiB"),
    _stray("huge", "A message of just over 1 MiB"),
    _stray("invalid-utf8", "A text frame that is not UTF-8"),
    _stray("bad-opcode", "A WebSocket frame of a reserved opcode"),
)

_CHANGED = (
    _changed("no-tracing-id", "Answers and echoes come without their tracing ID."),
    _changed("other-tracing-id", "Answers and echoes come with another tracing ID."),
    _changed("no-time", "Messages and echoes come without a channel time."),
    _changed("null-time", "Messages and echoes come with null as their channel time."),
    _changed("bad-time", "Messages and echoes come with a channel time that is none."),
    _changed("no-channel", "Messages and echoes come without a channel."),
    _changed("no-id", "Messages and echoes come without an ID."),
    _changed("no-body", "Frames come without a body."),
    _changed("unknown-fields", "Every object in a frame has fields that nobody knows."),
    _changed("null-fields", "The optional fields of a message come as null where they would be absent."),
    _changed("string-code", 'The code comes as text, as in "200".'),
)

_TIMING = (
    Fault("slow", "Every frame leaves two seconds late.", _SENT, side="sent", value=_pause(2)),
    Fault(
        "jitter",
        "Every frame leaves up to half a second late, at random.",
        _SENT,
        side="sent",
        value=_pause(0.5),
    ),
    Fault("lost", "The first frame is never sent.", _SENT, once=True, side="sent"),
    Fault(
        "mute",
        "From the first frame on, the connection sends nothing any more.",
        _SENT,
        once=True,
        side="sent",
    ),
    Fault(
        "late",
        "The first message leaves after the one that follows it, or after a second.",
        _SENT,
        once=True,
        side="sent",
        kind="StructuredMessage",
        value=Number("how many frames overtake it", 1, 100, 1),
    ),
    Fault(
        "reorder", "Each two messages leave in the wrong order.", _SENT, side="sent", kind="StructuredMessage"
    ),
    Fault("duplicate", "Every frame is sent twice.", _SENT, side="sent"),
    Fault(
        "duplicate-late",
        "Every message is sent again after the one that follows it, or after a second.",
        _SENT,
        side="sent",
        kind="StructuredMessage",
    ),
)

_WIRE = (
    Fault(
        "cut-before",
        "The connection is cut instead of sending the first frame.",
        _SENT,
        once=True,
        side="sent",
    ),
    Fault(
        "cut-mid-frame", "Half of the first frame is sent, then the connection is reset.", _SENT, True, "sent"
    ),
    Fault(
        "stall-mid-frame", "Half of the first frame is sent, and then nothing any more.", _SENT, True, "sent"
    ),
    Fault("cut-after", "The connection is cut right after the first frame.", _SENT, once=True, side="sent"),
    Fault(
        "close-after",
        "The connection is closed right after the first frame.",
        _SENT,
        once=True,
        side="sent",
        value=Number("the close code", 1000, 4999, 1000),
    ),
    Fault(
        "fragments", "Every frame comes in several WebSocket fragments, as is allowed.", _SENT, side="sent"
    ),
    Fault("trickle", "Every frame comes a few bytes at a time.", _SENT, side="sent"),
)

GROUPS: Mapping[str, tuple[Fault, ...]] = MappingProxyType(
    {
        "Opening the socket": _OPENING,
        "Certificates": _CERTIFICATES,
        "Over HTTP": _HTTP,
        "The session": _SESSION,
        "Refusals and failures": _REFUSALS,
        "The Platform API and participant data": _PLATFORM,
        "When a frame arrives": _ARRIVING,
        "Frames that should not be": _STRAY,
        "Frames that are changed": _CHANGED,
        "Time and order": _TIMING,
        "The wire": _WIRE,
    }
)
"""Every fault, under the headings of a list."""

FAULTS: Mapping[str, Fault] = MappingProxyType(
    {fault.name: fault for faults in GROUPS.values() for fault in faults}
)
"""Every fault by its name, in the order of the list."""
