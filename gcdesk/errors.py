"""Every error that gcdesk raises on purpose.

Each has a title (what happened), a hint (what to do) and a name (the type without its last word), so that the
window, the terminal and a report can show the same two sentences. Anything else that escapes is a bug.

GcdeskError
├── InputError                      refused before anything was sent
│   ├── CrmIdError
│   ├── CustomAttributeError
│   ├── EnvironmentInputError
│   ├── EndpointError
│   └── MessageInputError
├── WishError                       asked for something this state does not allow
├── ConnectError                    no session could be reached
│   ├── NameNotFoundError           DNS
│   ├── UnreachableError            nothing listens, or no route
│   ├── TlsError
│   ├── ProxyError
│   ├── OpenTimeoutError
│   ├── ConnectionLostError
│   ├── NoWebSocketError            something else answers
│   ├── HttpAnswerError             what answers a transfer is no proper HTTP
│   │   └── HttpTooLargeError
│   └── HandshakeRefusedError       an HTTP status instead of a WebSocket
│       ├── BadHandshakeError       400
│       ├── HandshakeUnauthorizedError  401
│       ├── AccessRefusedError      403
│       ├── EndpointNotFoundError   404
│       ├── ConnectionRateError     429
│       └── ServiceDownError        5xx
├── ServiceTimeoutError
│   ├── ConfigureTimeoutError
│   ├── HttpTimeoutError
│   └── ReplyTimeoutError
├── DeploymentError
│   ├── DeploymentInactiveError
│   └── DeploymentUnreadableError
├── ServiceError                    the service refused a frame: see gcdesk.guest.codes
├── CheckError                      what should be proved was not
│   └── AttributesNotEchoedError
└── DeskError                       something on this desk
    ├── KeyringUnavailableError
    ├── KeyringRefusedError
    └── SettingsError
"""

from __future__ import annotations


class GcdeskError(Exception):
    """An error with a title and a hint.

    Args:
        title: What happened, one sentence. Falls back on the type's own.
        hint: What to do, one sentence. Falls back on the type's own.
        code: The HTTP status or the service's error code, where there is one.
        retry_after: Seconds to wait before the same request may be repeated, where the service said so.
        detail: The technical text behind the title, already free of secrets; empty where there is none.
    """

    title: str = "Something went wrong."
    hint: str = "Try again; if it happens again, copy the details into a bug report."

    def __init__(
        self,
        title: str | None = None,
        hint: str | None = None,
        *,
        code: int | None = None,
        retry_after: float | None = None,
        detail: str = "",
    ) -> None:
        if title is not None:
            self.title = title
        if hint is not None:
            self.hint = hint
        self.code = code
        self.retry_after = retry_after
        self.detail = detail
        super().__init__(self.title)

    @property
    def name(self) -> str:
        """The error's name as reports show it: the type without its last word."""
        return type(self).__name__.removesuffix("Error")

    def __str__(self) -> str:
        return f"{self.title} {self.hint}"

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.title, self.hint, self.code, self.retry_after, self.detail)


def _rebuild(
    kind: type[GcdeskError], title: str, hint: str, code: int | None, retry_after: float | None, detail: str
) -> GcdeskError:
    return kind(title, hint, code=code, retry_after=retry_after, detail=detail)


class InputError(GcdeskError):
    """What was typed cannot be used; nothing was sent."""


class CrmIdError(InputError):
    """The CRM customer ID cannot be sent as it is."""


class CustomAttributeError(InputError):
    """The custom attributes cannot be sent as they are."""


class EnvironmentInputError(InputError):
    """An environment's fields cannot be used as they are."""


class EndpointError(InputError):
    """A region or custom endpoint cannot be used."""


class MessageInputError(InputError):
    """A message cannot be sent as it is."""


class WishError(GcdeskError):
    """Something was asked for that the session's state does not allow; nothing changed."""

    title = "That is not possible right now."
    hint = "Wait until the chat is ready, or start a new one."


class ConnectError(GcdeskError):
    """The service could not be reached, or the connection broke."""

    title = "The connection could not be made."
    hint = "Check the network and the environment's region, then try again."


class NameNotFoundError(ConnectError):
    """The host name does not resolve."""

    title = "The host name could not be found."
    hint = "Check the region or endpoint, and whether this computer is online."


class UnreachableError(ConnectError):
    """Nothing answers at the address."""

    title = "Nothing answers at that address."
    hint = "Check the endpoint and port, the firewall, and whether this computer is online."


class TlsError(ConnectError):
    """The server's certificate could not be verified, or TLS failed."""

    title = "The secure connection could not be verified."
    hint = (
        "Check the clock. If a company proxy signs connections, its certificate belongs in the system store."
    )


class ProxyError(ConnectError):
    """The proxy refused or could not be used."""

    title = "The proxy did not let the connection through."
    hint = "Check the system's proxy settings and whether the proxy asks for a password."


class OpenTimeoutError(ConnectError):
    """The connection did not open in time."""

    title = "The connection did not open in time."
    hint = "Check the network, the firewall and the proxy, then try again."


class ConnectionLostError(ConnectError):
    """The connection broke after it was open."""

    title = "The connection was lost."
    hint = "Start the chat again; if it keeps breaking, check the network and the proxy."


class NoWebSocketError(ConnectError):
    """What answers speaks no WebSocket, nor HTTP enough to refuse one."""

    title = "What answers at that address does not speak WebSocket."
    hint = "Check the endpoint and port; a proxy may also be answering in the service's place."


class HttpAnswerError(ConnectError):
    """What answers a transfer over HTTP is no proper HTTP."""

    title = "What answers at that address does not speak HTTP as it should."
    hint = "Check the endpoint, and whether a proxy changes what passes through it."


class HttpTooLargeError(HttpAnswerError):
    """An answer over HTTP has more bytes than allowed."""

    title = "The answer is larger than allowed."
    hint = "Check that the address is the right one."


class HandshakeRefusedError(ConnectError):
    """The server answered the WebSocket handshake with an HTTP status."""

    title = "The server refused the connection."
    hint = "Check the region and the deployment ID; a proxy may also be blocking WebSockets."


class BadHandshakeError(HandshakeRefusedError):
    """HTTP 400 at the handshake."""

    title = "The server did not accept the connection request (400)."
    hint = "Check that the deployment ID is complete and belongs to this region."


class HandshakeUnauthorizedError(HandshakeRefusedError):
    """HTTP 401 at the handshake."""

    title = "The server wants a sign-in for this connection (401)."
    hint = "Check that no proxy answers in the service's place, and that the deployment admits guests."


class AccessRefusedError(HandshakeRefusedError):
    """HTTP 403 at the handshake: final, not retried (guest API, section 4.1)."""

    title = "Genesys Cloud refused the connection (403)."
    hint = "Check the deployment ID, that the deployment is active, and that its allowed domains include the Origin."


class EndpointNotFoundError(HandshakeRefusedError):
    """HTTP 404 at the handshake."""

    title = "There is no messaging service at that address (404)."
    hint = "Check the region or the custom endpoint."


class ConnectionRateError(HandshakeRefusedError):
    """HTTP 429 at the handshake."""

    title = "Too many connections were opened (429)."
    hint = "Wait for the countdown, then start again."


class ServiceDownError(HandshakeRefusedError):
    """HTTP 5xx at the handshake."""

    title = "The service is not available at the moment."
    hint = "Try again later, and check the Genesys Cloud status page for the region."


class ServiceTimeoutError(GcdeskError):
    """The service did not answer in time."""

    title = "The service did not answer in time."
    hint = "Try again; if it keeps silent, check the network and the deployment."


class ConfigureTimeoutError(ServiceTimeoutError):
    """No answer to configureSession in time."""

    title = "The session was not configured in time."
    hint = "The connection is open but the service stayed silent. Check that the endpoint is right, then try again."


class HttpTimeoutError(ServiceTimeoutError):
    """A transfer over HTTP came to a standstill."""

    title = "The transfer came to a standstill."
    hint = "Check the network and the proxy, then try again."


class ReplyTimeoutError(ServiceTimeoutError):
    """No reply to a message in time."""

    title = "No reply came in time."
    hint = "Check that the deployment's flow answers this message, or allow more time."


class DeploymentError(GcdeskError):
    """Something about the deployment."""


class DeploymentInactiveError(DeploymentError):
    """The deployment's configuration says it is not active."""

    title = "The deployment is not active."
    hint = "Activate it under Admin, Message, Messenger Deployments, or choose another environment."


class DeploymentUnreadableError(DeploymentError):
    """The deployment's configuration could not be read: a warning, not the end."""

    title = "The deployment's configuration could not be read."
    hint = "The chat goes on without it. If it fails too, check the deployment ID and the region."


class ServiceError(GcdeskError):
    """The service refused a frame; subclasses are in gcdesk.guest.codes."""

    title = "The service refused a request."
    hint = "Look at the frame and the service's answer in the frames list."


class CheckError(GcdeskError):
    """What a command should prove was not proved, although nothing refused it."""


class AttributesNotEchoedError(CheckError):
    """The chat ended before the custom attributes were confirmed."""

    title = "The custom attributes did not reach the service before the chat ended."
    hint = "Let the customer say something, or join the conversation: one of the two carries them."


class DeskError(GcdeskError):
    """Something on this desk, not in the service."""


class KeyringUnavailableError(DeskError):
    """No usable keyring on this computer."""

    title = "No usable keyring was found, so IDs cannot be kept."
    hint = (
        "Install or unlock a keyring such as GNOME Keyring or KWallet, or use the IDs for this session only."
    )


class KeyringRefusedError(DeskError):
    """The keyring is there but did not do what was asked."""

    title = "The keyring did not answer the request."
    hint = "Unlock the keyring and try again."


class SettingsError(DeskError):
    """The settings file cannot be read or written."""

    title = "The settings file could not be used."
    hint = "Check that the file and its folder can be read and written."
