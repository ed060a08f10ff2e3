"""Every error that gcdesk raises on purpose.

Each has a title (what happened), a hint (what to do) and a name (the type without its last word), so that the
window, the terminal and a report can show the same two sentences. Anything else that escapes is a bug.

GcdeskError
├── InputError                      refused before anything was sent
│   ├── CrmIdError
│   ├── CustomAttributeError
│   ├── EnvironmentInputError
│   │   └── MissingIdsError         not in this keyring
│   ├── EnvironmentFileError
│   ├── LinkError                   a link that asks for no chat
│   ├── EndpointError
│   ├── MessageInputError
│   ├── RecordInputError            no such chat in the history
│   ├── ScenarioFileError           a scenario file with mistakes, each with its place
│   ├── ProxyInputError
│   ├── LimitInputError             a figure that cannot pace or bound anything
│   └── FileInputError              a file that cannot be sent as it is
│       ├── EmptyFileError
│       ├── FileTooLargeError
│       ├── FileTypeError
│       ├── FileNameError
│       └── UploadsOffError
├── WishError                       asked for something this state does not allow
├── ConnectError                    no session could be reached
│   ├── NameNotFoundError           DNS
│   ├── UnreachableError            nothing listens, or no route
│   ├── TlsError
│   ├── ProxyError
│   │   ├── ProxyPasswordNeededError
│   │   ├── ProxyPasswordRefusedError
│   │   └── ProxySignInUnsupportedError  Negotiate, NTLM or Digest and no Basic
│   ├── OpenTimeoutError
│   ├── ConnectionLostError
│   │   ├── FrameTooLargeError
│   │   └── TooManyConnectionsError     of one token
│   ├── NoWebSocketError            something else answers
│   ├── HttpAnswerError             what answers a transfer is no proper HTTP
│   │   └── HttpTooLargeError
│   └── HandshakeRefusedError       an HTTP status instead of a WebSocket
│       ├── BadHandshakeError       400
│       ├── HandshakeUnauthorizedError  401
│       ├── AccessRefusedError      403
│       ├── EndpointNotFoundError   404
│       ├── ConnectionRateError     429
│       ├── InterceptedError        a web page instead of a WebSocket
│       └── ServiceDownError        5xx
├── ServiceTimeoutError
│   ├── ConfigureTimeoutError
│   ├── HttpTimeoutError
│   ├── FileTimeoutError
│   └── ReplyTimeoutError
├── TransferError                   a file did not get through
│   ├── UploadRefusedError          an HTTP status from the storage
│   ├── UploadInterruptedError
│   ├── DownloadRefusedError        an HTTP status instead of the file
│   │   └── LinkExpiredError        401, 403, 404 or 410
│   └── PictureRefusedError
├── NewChatRefusedError             the session stays one that can only be read
├── ClearUnansweredError            nobody knows whether the conversation was ended
├── HistoryError                    earlier messages could not be read
├── DeploymentError
│   ├── DeploymentInactiveError
│   └── DeploymentUnreadableError
│       └── DeploymentInterceptedError  a web page instead of the configuration
├── ServiceError                    the service refused a frame: see gcdesk.guest.codes
├── SignInError                     a customer could not be signed in
│   ├── BrowserNotOpenedError
│   ├── RedirectPortError
│   ├── SignInTimeoutError
│   ├── SignInCancelledError        access_denied from the provider
│   ├── ProviderRefusedError        any other error from the provider
│   ├── SignInMismatchError         an answer to another sign-in
│   ├── ExchangeRefusedError        the service did not take the provider's code
│   ├── SignInExpiredError          the service did not renew it
│   ├── SignInAnswerError           what answers gives no JWT
│   ├── NotSignedInError
│   └── SignInRequiredError         this deployment takes nothing from guests
├── NoEarlierChatError              there is no session to resume
├── PlatformError                   the Platform API did not answer as needed
│   ├── CredentialsRefusedError     the client ID or its secret
│   ├── PermissionMissingError
│   ├── PlatformNotFoundError       404
│   ├── PlatformRateError           429
│   └── PlatformDownError           5xx
├── WrongOrgError                   the credentials belong to another org than the environment
├── CheckError                      what should be proved was not
│   └── AttributesNotEchoedError
└── DeskError                       something on this desk
    ├── KeyringUnavailableError
    ├── KeyringRefusedError
    ├── SettingsError
    ├── FileUnreadableError
    │   └── FileChangedError
    ├── FileNotSavedError
    └── RecordError                 the history of chats on this computer cannot be read or written
        ├── RecordFullError
        ├── RecordBusyError
        ├── RecordDamagedError
        └── RecordNewerError        written by a newer gcdesk
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a file. where: as in `file:line:column`, counted from 1. sentence: what is wrong."""

    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}"


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


class ScenarioFileError(InputError):
    """A scenario file that cannot be used. `problems` holds every mistake, in the order of the file."""

    title = "The scenario file has mistakes."
    hint = "Correct each place that is named, then run it again."

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(detail="\n".join(map(str, problems)))


class CrmIdError(InputError):
    """The CRM customer ID cannot be sent as it is."""


class CustomAttributeError(InputError):
    """The custom attributes cannot be sent as they are."""


class EnvironmentInputError(InputError):
    """An environment's fields cannot be used as they are."""


class MissingIdsError(EnvironmentInputError):
    """An environment's IDs are not in this keyring: they were never entered here, or erased."""

    hint = "Edit the environment and enter them."


class EnvironmentFileError(InputError):
    """A file of environments cannot be taken in."""

    title = "The file holds no environments of gcdesk."
    hint = "Choose a file that gcdesk has exported."


class LinkError(InputError):
    """A link, or another program's call, does not ask for a chat in a way that can be used."""

    title = "The link cannot be used."
    hint = "Write it as in gcdesk://start?env=UAT&crm=CUST-12345."


class EndpointError(InputError):
    """A region or custom endpoint cannot be used."""


class MessageInputError(InputError):
    """A message cannot be sent as it is."""


class ProxyInputError(InputError):
    """A choice of a proxy that cannot be kept."""

    title = "That is not a proxy's address."
    hint = "Write it as in http://proxy.example:3128 or socks5h://proxy.example:1080."


class LimitInputError(InputError):
    """A limit or time cannot be used as it is."""

    hint = "Correct it under limits in the settings file, or take it out: then the default applies."


class FileInputError(InputError):
    """A file cannot be sent as it is."""


class EmptyFileError(FileInputError):
    """The file holds nothing."""

    title = "The file is empty."
    hint = "Choose a file with content."


class FileTooLargeError(FileInputError):
    """The file is larger than the deployment allows."""

    title = "The file is too large for this deployment."
    hint = "Choose a smaller file."


class FileTypeError(FileInputError):
    """The deployment does not allow this type or extension."""

    title = "This deployment does not allow files of this type."
    hint = "Choose another type, or allow it in the supported content profile."


class FileNameError(FileInputError):
    """The file's name cannot be sent."""

    title = "The file's name cannot be sent."
    hint = "Give the file a plain name with an extension."


class UploadsOffError(FileInputError):
    """The deployment takes no files."""

    title = "This deployment does not let customers send files."
    hint = "Turn on attachments in the messenger configuration, or describe the file in words."


class RecordInputError(InputError):
    """A chat that is asked for is not in the history, or the question cannot be understood."""


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


class ProxyPasswordNeededError(ProxyError):
    """The proxy asks for a user and password, and there is none in its address."""

    title = "The proxy asks for a user and password."
    hint = (
        "Put them into the proxy's address, as in http://user:password@proxy.example:3128; "
        "write special characters in them as codes, @ as %40 for example."
    )


class ProxyPasswordRefusedError(ProxyError):
    """The proxy does not take the user and password of its address."""

    title = "The proxy refused the user and password."
    hint = "Correct them in the proxy's address; write special characters in them as codes, @ as %40 for example."


class ProxySignInUnsupportedError(ProxyError):
    """The proxy wants a sign-in of a kind that gcdesk cannot do."""

    title = "The proxy wants a sign-in of a kind that gcdesk cannot do."
    hint = (
        "Ask whoever runs the proxy to let this computer through or to offer Basic, or run a small local proxy "
        "that signs in for you and put its address into the system's proxy settings."
    )


class OpenTimeoutError(ConnectError):
    """The connection did not open in time."""

    title = "The connection did not open in time."
    hint = "Check the network, the firewall and the proxy, then try again."


class ConnectionLostError(ConnectError):
    """The connection broke after it was open."""

    title = "The connection was lost."
    hint = "Start the chat again; if it keeps breaking, check the network and the proxy."


class FrameTooLargeError(ConnectionLostError):
    """The service sent a frame beyond the limit, which was not read; the connection had to be closed."""

    title = "The service sent a frame that is too large to be one of a chat."
    hint = "Check that the endpoint is a messaging service."


class TooManyConnectionsError(ConnectionLostError):
    """The service closed this connection in favour of a newer one of the same token (guest API, section 8)."""

    title = "The service closed this connection: too many connections use the same session."
    hint = "Close other windows that resume this chat, then start again."


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


class InterceptedError(HandshakeRefusedError):
    """A web page came instead of a WebSocket: a sign-in page of the network, or a proxy's."""

    title = "A web page answered in the service's place."
    hint = (
        "Open any page in a browser: the network may want you to sign in first. If it does not, "
        "ask whoever runs the network to let WebSockets to this host through."
    )


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


class FileTimeoutError(ServiceTimeoutError):
    """No answer in time to a request about a file."""

    title = "The service did not answer about the file in time."
    hint = "Try the file again; if it keeps failing, check the network and the deployment."


class ReplyTimeoutError(ServiceTimeoutError):
    """No reply to a message in time."""

    title = "No reply came in time."
    hint = "Check that the deployment's flow answers this message, or allow more time."


class TransferError(GcdeskError):
    """A file did not get through."""


class UploadRefusedError(TransferError):
    """The storage for uploads answered with an HTTP status that is no success."""

    title = "The storage did not take the file."
    hint = "Try the file again; if it keeps failing, check the proxy and the file."


class UploadInterruptedError(TransferError):
    """The chat or the conversation ended before the file was sent."""

    title = "The chat ended before the file was sent."
    hint = "Send the file in another chat."


class DownloadRefusedError(TransferError):
    """What keeps the file answered with an HTTP status instead of the file."""

    title = "The file could not be fetched."
    hint = "Try again later."


class LinkExpiredError(DownloadRefusedError):
    """The link to a file is not good, or not any more; links last about ten minutes (guest API, section 5)."""

    title = "The link to the file has expired."
    hint = "Fetch the file while the chat is open, which gives it a fresh link."


class PictureRefusedError(TransferError):
    """What a link leads to is no picture, or too large a one to be shown."""

    title = "What was fetched is not a picture that can be shown."
    hint = "Save it as a file instead, and look at it with care."


class NewChatRefusedError(GcdeskError):
    """A new chat was asked for, and the session can still only be read."""

    title = "The service did not begin a new chat."
    hint = "Leave this chat and start another one."


class ClearUnansweredError(GcdeskError):
    """The service did not answer the wish to end the conversation."""

    title = "The service did not confirm the end of the conversation."
    hint = "It may still be open for the agent; look it up in Genesys Cloud."


class HistoryError(GcdeskError):
    """Earlier messages could not be read; the chat goes on without them."""

    title = "The earlier messages could not be read."
    hint = "The chat goes on without them; try again later."


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


class DeploymentInterceptedError(DeploymentUnreadableError):
    """A web page came instead of the deployment's configuration."""

    title = "A web page answered instead of the deployment's configuration."
    hint = (
        "Open any page in a browser: the network may want you to sign in first. "
        "The chat goes on without the configuration."
    )


class ServiceError(GcdeskError):
    """The service refused a frame; subclasses are in gcdesk.guest.codes."""

    title = "The service refused a request."
    hint = "Look at the frame and the service's answer in the frames list."


class SignInError(GcdeskError):
    """A customer could not be signed in, or the sign-in is no longer good."""

    title = "The customer could not be signed in."
    hint = "Try again; if it happens again, check the environment's sign-in settings."


class BrowserNotOpenedError(SignInError):
    """No browser could be started."""

    title = "No browser could be opened for the sign-in."
    hint = "Open the address by hand in a browser on this computer."


class RedirectPortError(SignInError):
    """The port to which the provider sends the browser back cannot be listened on."""

    title = "The port for the sign-in's answer is in use by another program."
    hint = "End that program, or register another redirect address with the provider."


class SignInTimeoutError(SignInError):
    """Nobody signed in in time."""

    title = "Nobody signed in in time."
    hint = "Start the sign-in again, and finish it in the page that the browser opens."


class SignInCancelledError(SignInError):
    """The person or the provider said no."""

    title = "The sign-in was cancelled in the browser, or the provider did not allow it."
    hint = "Start it again if that was a slip; if not, ask whoever runs the identity provider."


class ProviderRefusedError(SignInError):
    """The identity provider answered with an error."""

    title = "The identity provider refused the sign-in."
    hint = "Check the environment's client ID, scopes and redirect address against those at the provider."


class SignInMismatchError(SignInError):
    """The browser brought an answer that does not belong to this sign-in: it was not used."""

    title = "The browser brought an answer to another sign-in, so it was refused."
    hint = "Close older sign-in pages, then start again."


class ExchangeRefusedError(SignInError):
    """The service did not take the provider's code."""

    title = "Genesys Cloud did not accept the sign-in."
    hint = "Check the deployment's OpenID Connect integration and the environment's redirect address."


class SignInExpiredError(SignInError):
    """The service no longer renews a sign-in."""

    title = "The sign-in has run out."
    hint = "Sign in again."


class SignInAnswerError(SignInError):
    """What answered is not what the service answers."""

    title = "What answered the sign-in holds no JWT."
    hint = "Check the environment's region or endpoint."


class NotSignedInError(SignInError):
    """There is no sign-in to use."""

    title = "Nobody is signed in."
    hint = "Sign in first."


class SignInRequiredError(SignInError):
    """The deployment takes messages from signed-in customers only (guest API, section 1.4)."""

    title = "This deployment only takes messages from customers who have signed in."
    hint = "Sign in, then start the chat as a signed-in customer."


class PlatformError(GcdeskError):
    """The Platform API did not answer as needed."""

    title = "The Platform API did not answer as needed."
    hint = "Check the environment with the doctor."


class CredentialsRefusedError(PlatformError):
    """The login service does not take the client ID with its secret."""

    title = "Genesys Cloud did not accept the client ID with its secret."
    hint = "Check both, and that the OAuth client is of the grant type client credentials and of this region."


class PermissionMissingError(PlatformError):
    """The OAuth client may not make a call."""

    title = "The OAuth client lacks a permission."
    hint = "Give the client a role that has it, for the division of the conversation."


class PlatformNotFoundError(PlatformError):
    """The Platform API does not know what was asked for."""

    title = "Genesys Cloud does not know this conversation or message."
    hint = "Check the ID, and that it belongs to this org; a new one can take some seconds to appear."


class PlatformRateError(PlatformError):
    """Too many requests were made with this OAuth client."""

    title = "The Platform API has had too many requests from this OAuth client (429)."
    hint = "Wait a minute; use an OAuth client of its own for gcdesk."


class PlatformDownError(PlatformError):
    """The Platform API fails on its own side."""

    title = "The Platform API is not available at the moment."
    hint = "Try again later, and check the Genesys Cloud status page for the region."


class ArrivalUnprovenError(PlatformError):
    """Nobody knows whether the custom attributes became participant data."""

    title = "It could not be found out whether the custom attributes became participant data."


class WrongOrgError(GcdeskError):
    """The credentials belong to another org than the one stored with the environment."""

    title = "The credentials belong to another org than this environment."
    hint = "Check which org the test is meant for before you go on."


class NoEarlierChatError(GcdeskError):
    """No session is kept that could be resumed."""

    title = "No earlier chat of this customer is kept here."
    hint = "Start a new chat, without resuming one."


class CheckError(GcdeskError):
    """What a command should prove was not proved, although nothing refused it."""


class AttributesNotEchoedError(CheckError):
    """The chat ended before the custom attributes were confirmed."""

    title = "The custom attributes did not reach the service before the chat ended."
    hint = "Let the customer say something, or join the conversation: one of the two carries them."


class AttributesNotArrivedError(CheckError):
    """The Platform API shows other participant data than the custom attributes that were sent."""

    title = "The custom attributes did not all become participant data as they were sent."
    hint = "Look at what was found for each of them, and at the flow that reads them."


class DeskError(GcdeskError):
    """Something on this desk, not in the service."""


class WindowSilentError(DeskError):
    """The window that is open already does not answer a second launch."""

    title = "gcdesk is open already, but its window does not answer."
    hint = "Wait a moment and try again, or end it and start it anew."


class LinksError(DeskError):
    """Links of gcdesk cannot be registered with this computer, or taken back."""

    title = "Links of gcdesk could not be registered."
    hint = "Open a chat with gcdesk open instead."


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


class FileUnreadableError(DeskError):
    """A file on this computer cannot be read."""

    title = "The file cannot be read."
    hint = "Check that it is still there and that you may read it."


class FileChangedError(FileUnreadableError):
    """A file changed while it was sent."""

    title = "The file changed while it was being sent."
    hint = "Attach it again, once nothing writes to it any more."


class FileNotSavedError(DeskError):
    """A fetched or made file cannot be written to this computer."""

    title = "The file could not be saved."
    hint = "Check that the folder is there, can be written, and has room."


class RecordError(DeskError):
    """The history of chats cannot be read or written; the chat itself goes on."""

    title = "The history of chats could not be used."
    hint = "Check that its folder can be read and written. Chats work without it."


class RecordFullError(RecordError):
    """There is no room for the history."""

    title = "The disk is full, so this chat is not being written to the history."
    hint = "Make room. What happened meanwhile is written as soon as there is some."


class RecordBusyError(RecordError):
    """Another program keeps the history to itself."""

    title = "Another program holds the history file, so it could not be used."
    hint = "Close other programs that have it open. What happened meanwhile is written when it is free."


class RecordDamagedError(RecordError):
    """The history file is damaged."""

    title = "The history file is damaged."
    hint = "When the next chat starts, it is kept under another name and a fresh one is begun."


class RecordNewerError(RecordError):
    """The history file was written by a newer gcdesk."""

    title = "The history file was written by a newer version of gcdesk."
    hint = "Update gcdesk. Until then nothing in that file is changed."
