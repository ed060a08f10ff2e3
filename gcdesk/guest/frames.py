"""Frames to the service: typed, strict, and complete before they leave (guest API, section 2).

Custom attributes have one place, message.channel.metadata.customAttributes. There is no field for the old place at
the top level, which Genesys Cloud ignores since June 2026, so no frame of gcdesk can use it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, ClassVar

import msgspec
from msgspec import UNSET, UnsetType

from gcdesk.guest.masking import mask, mask_frame
from gcdesk.guest.replies import Reply
from gcdesk.guest.value import Value


class _Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, rename="camel"):
    """Base of what goes into a request: absent fields are left out, never null."""


class JourneyCustomer(_Part, frozen=True, kw_only=True):
    """Who the journey is of; for a guest the ID is the token itself."""

    id: str
    id_type: str

    def __repr__(self) -> str:
        return f"JourneyCustomer(id={mask(self.id)!r}, id_type={self.id_type!r})"


class JourneySession(_Part, frozen=True, kw_only=True):
    """The journey's session."""

    id: str
    type: str


class JourneyActionMap(_Part, frozen=True, kw_only=True):
    """The action map that triggered the chat."""

    id: str
    version: int


class JourneyAction(_Part, frozen=True, kw_only=True):
    """The action that triggered the chat."""

    id: str
    action_map: JourneyActionMap


class JourneyContext(_Part, frozen=True, kw_only=True):
    """Where the customer comes from."""

    customer: JourneyCustomer
    customer_session: JourneySession
    triggering_action: JourneyAction | UnsetType = UNSET


class ChannelMetadata(_Part, frozen=True, kw_only=True):
    """Holds the custom attributes, key to text."""

    custom_attributes: dict[str, str]

    def __repr__(self) -> str:
        return f"ChannelMetadata({len(self.custom_attributes)} custom attributes)"


class OutgoingChannel(_Part, frozen=True, kw_only=True):
    """The message's channel: the one place where custom attributes travel."""

    metadata: ChannelMetadata


class OutgoingMessage(_Part, frozen=True, kw_only=True):
    """The message of an onMessage request; `type` is Text, Structured or Event."""

    type: str
    text: str | UnsetType = UNSET
    metadata: dict[str, str] | UnsetType = UNSET
    content: list[dict[str, Any]] | UnsetType = UNSET
    events: list[dict[str, Any]] | UnsetType = UNSET
    channel: OutgoingChannel | UnsetType = UNSET

    def __repr__(self) -> str:
        return f"OutgoingMessage(type={self.type!r})"


class EchoMessage(_Part, frozen=True, kw_only=True):
    """The message of a health check."""

    type: str = msgspec.field(default_factory=lambda: "Text")
    text: str = msgspec.field(default_factory=lambda: "ping")


class SignInCode(_Part, frozen=True, kw_only=True):
    """The JWT of a signed-in customer."""

    code: str

    def __repr__(self) -> str:
        return f"SignInCode(code={mask(self.code)!r})"


class _Request(_Part, frozen=True, kw_only=True, tag_field="action"):
    """Base of all requests: the session's token and an ID that comes back on the answer."""

    token: str
    tracing_id: str | UnsetType = UNSET

    def __repr__(self) -> str:
        return f"{type(self).__name__}(token={mask(self.token)!r}, tracing_id={self.tracing_id!r})"


class ConfigureSession(_Request, frozen=True, kw_only=True, tag="configureSession"):
    """The first frame of each connection."""

    deployment_id: str
    start_new: bool | UnsetType = UNSET
    journey_context: JourneyContext | UnsetType = UNSET

    __repr__ = _Request.__repr__


class ConfigureAuthenticatedSession(_Request, frozen=True, kw_only=True, tag="configureAuthenticatedSession"):
    """The first frame of a connection for a signed-in customer."""

    deployment_id: str
    data: SignInCode
    start_new: bool | UnsetType = UNSET
    journey_context: JourneyContext | UnsetType = UNSET

    __repr__ = _Request.__repr__


class OnMessage(_Request, frozen=True, kw_only=True, tag="onMessage"):
    """A message, an answer or an event from the customer."""

    message: OutgoingMessage
    time: str | UnsetType = UNSET

    __repr__ = _Request.__repr__


class Echo(_Request, frozen=True, kw_only=True, tag="echo"):
    """A health check."""

    message: EchoMessage = msgspec.field(default_factory=EchoMessage)

    __repr__ = _Request.__repr__


class OnAttachment(_Request, frozen=True, kw_only=True, tag="onAttachment"):
    """Asks for a place to upload a file; `file_size` is in bytes."""

    attachment_id: str
    file_name: str
    file_type: str
    file_size: int
    file_md5: str | UnsetType = msgspec.field(default=UNSET, name="fileMd5")
    errors_as_json: bool | UnsetType = UNSET

    __repr__ = _Request.__repr__


class GetAttachment(_Request, frozen=True, kw_only=True, tag="getAttachment"):
    """Asks for a fresh link to a file."""

    attachment_id: str

    __repr__ = _Request.__repr__


class DeleteAttachment(_Request, frozen=True, kw_only=True, tag="deleteAttachment"):
    """Drops a file that was uploaded but not sent."""

    attachment_id: str

    __repr__ = _Request.__repr__


class GetJwt(_Request, frozen=True, kw_only=True, tag="getJwt"):
    """Asks for a short-lived key to the history."""

    __repr__ = _Request.__repr__


class CloseSession(_Request, frozen=True, kw_only=True, tag="closeSession"):
    """Closes every connection of the token."""

    close_all_connections: bool

    __repr__ = _Request.__repr__


class GetConfiguration(_Request, frozen=True, kw_only=True, tag="getConfiguration"):
    """Asks for the content the deployment supports."""

    deployment_id: str

    __repr__ = _Request.__repr__


class UnknownRequest(Value, frozen=True):
    """A request gcdesk does not send itself; it encodes back to the JSON it came from."""

    quiet: ClassVar[frozenset[str]] = frozenset({"value"})

    value: Mapping[str, object]


Request = (
    ConfigureSession
    | ConfigureAuthenticatedSession
    | OnMessage
    | Echo
    | OnAttachment
    | GetAttachment
    | DeleteAttachment
    | GetJwt
    | CloseSession
    | GetConfiguration
)

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)


def encode(request: Request | UnknownRequest) -> str:
    """The request as it crosses the wire: compact JSON, in real characters."""
    return _encoder.encode(request.value if isinstance(request, UnknownRequest) else request).decode()


def decode_request(data: str | bytes) -> Request | UnknownRequest:
    """Read a client's request; one that the types would not give back unchanged is kept as it is.

    Raises:
        ValueError: It is not a JSON object.
    """
    value = msgspec.json.decode(data)
    if not isinstance(value, dict):
        raise ValueError("a request is a JSON object")
    try:
        request = _decoder.decode(data)
    except msgspec.ValidationError:
        return UnknownRequest(value)
    return request if msgspec.json.decode(encode(request)) == value else UnknownRequest(value)


def guest_journey(token: str) -> JourneyContext:
    """The journey context every guest client sends along."""
    return JourneyContext(
        customer=JourneyCustomer(id=token, id_type="cookie"),
        customer_session=JourneySession(id="", type="web"),
    )


def text_message(
    text: str, attributes: Mapping[str, str] | None = None, attachment_id: str = ""
) -> OutgoingMessage:
    """A text, with custom attributes and an uploaded file if there are any; a file needs no text."""
    file = {"contentType": "Attachment", "attachment": {"id": attachment_id}}
    return OutgoingMessage(
        type="Text",
        text=UNSET if attachment_id and not text else text,
        content=[file] if attachment_id else UNSET,
        channel=_channel(attributes),
    )


def structured_message(reply: Reply, attributes: Mapping[str, str] | None = None) -> OutgoingMessage:
    """An answer to a button, card, date, list or form, with custom attributes if there are any."""
    return OutgoingMessage(
        type="Structured",
        text=reply.label if reply.label and reply.says_label else UNSET,
        metadata=dict(reply.metadata) or UNSET,
        content=[dict(item) for item in reply.items],
        channel=_channel(attributes),
    )


def join_message(attributes: Mapping[str, str] | None = None) -> OutgoingMessage:
    """The customer joins, with custom attributes if there are any."""
    return _event({"eventType": "Presence", "presence": {"type": "Join"}}, attributes)


def clear_message() -> OutgoingMessage:
    """The customer ends the conversation."""
    return _event({"eventType": "Presence", "presence": {"type": "Clear"}})


def typing_message() -> OutgoingMessage:
    """The customer types; the service knows neither a duration nor an end for it."""
    return _event({"eventType": "Typing", "typing": {"type": "On"}})


def _event(event: dict[str, Any], attributes: Mapping[str, str] | None = None) -> OutgoingMessage:
    return OutgoingMessage(type="Event", events=[event], channel=_channel(attributes))


def _channel(attributes: Mapping[str, str] | None) -> OutgoingChannel | UnsetType:
    if not attributes:
        return UNSET
    return OutgoingChannel(metadata=ChannelMetadata(custom_attributes=dict(attributes)))


class SentFrame(Value, frozen=True):
    """A frame on its way out: `text` is exactly what crosses the wire, `kind` is short words for lists."""

    quiet: ClassVar[frozenset[str]] = frozenset({"text"})

    request: Request
    text: str
    action: str
    kind: str
    tracing_id: str

    def json(self) -> object:
        """The frame's JSON with tokens and IDs masked."""
        return mask_frame(msgspec.json.decode(self.text))

    def masked(self) -> str:
        """The frame as readable text with tokens and IDs masked."""
        return json.dumps(self.json(), ensure_ascii=False, indent=2)


def sent_frame(request: Request) -> SentFrame:
    """Encode a request once, for the wire, the inspector and the record alike."""
    action = str(type(request).__struct_config__.tag)
    kind = action
    if isinstance(request, OnMessage):
        kind = f"{action} {_message_kind(request.message)}"
    tracing_id = request.tracing_id if isinstance(request.tracing_id, str) else ""
    return SentFrame(request, encode(request), action, kind, tracing_id)


def _message_kind(message: OutgoingMessage) -> str:
    if message.type != "Event" or not message.events:
        return message.type
    event = message.events[0]
    presence = event.get("presence")
    return str(presence.get("type")) if isinstance(presence, dict) else str(event.get("eventType"))
