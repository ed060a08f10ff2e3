"""From whatever an attempt to connect or a broken connection raises to one named error with a title and a hint."""

from __future__ import annotations

import errno
import socket
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from websockets.exceptions import (
    ConnectionClosed,
    InvalidHandshake,
    InvalidMessage,
    InvalidStatus,
    WebSocketException,
)
from websockets.frames import CloseCode

from gcdesk.errors import (
    AccessRefusedError,
    BadHandshakeError,
    ConnectError,
    ConnectionLostError,
    ConnectionRateError,
    EndpointNotFoundError,
    FrameTooLargeError,
    HandshakeRefusedError,
    HandshakeUnauthorizedError,
    InterceptedError,
    NameNotFoundError,
    NoWebSocketError,
    OpenTimeoutError,
    ServiceDownError,
    TlsError,
    UnreachableError,
)
from gcdesk.guest.masking import mask_text
from gcdesk.guest.service_time import TOLERANCE
from gcdesk.phrase import Phrase

if TYPE_CHECKING:
    from websockets.datastructures import Headers

    from gcdesk.chat.presented import Presented

_DETAIL_LENGTH = 300
_LONGEST_WAIT = 24 * 3600.0

_BY_STATUS: Mapping[int, type[HandshakeRefusedError]] = {
    400: BadHandshakeError,
    401: HandshakeUnauthorizedError,
    403: AccessRefusedError,
    404: EndpointNotFoundError,
    429: ConnectionRateError,
}

# How OpenSSL (small numbers), Windows (0x800B....) and macOS (negative numbers) say why a certificate is refused.
_NOT_VALID_NOW = frozenset({9, 10, 0x800B0101, -67818})
_OTHER_HOST = frozenset({62, 64, 0x800B010F, -67602})
_UNKNOWN_ISSUER = frozenset({2, 18, 19, 20, 21, 0x800B0109, 0x800B010A, -67843})

_NETWORK_SIGN_IN = 511
_YEARS = range(2000, 2200)
_MONTHS = (
    *(Phrase("January"), Phrase("February"), Phrase("March"), Phrase("April"), Phrase("May"), Phrase("June")),
    *(Phrase("July"), Phrase("August"), Phrase("September"), Phrase("October"), Phrase("November")),
    Phrase("December"),
)
_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE", "UNKNOWN_PROTOCOL"})

_SILENT_NETWORK = frozenset({errno.ETIMEDOUT})
_NO_LOCAL_NETWORK = frozenset({errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL})


def plain_detail(text: object) -> str:
    """Technical text as it may be shown: one line, bounded, free of secrets."""
    words = " ".join(str(text).split())
    visible = "".join(letter if letter.isprintable() else "�" for letter in words[: 4 * _DETAIL_LENGTH])
    masked = mask_text(visible)
    return masked if len(masked) <= _DETAIL_LENGTH else masked[: _DETAIL_LENGTH - 1] + "…"


def connect_error(
    error: Exception,
    host: str,
    doing: str,
    seconds: float,
    presented: Presented | None = None,
    there: datetime | None = None,
) -> ConnectError:
    """Name what kept a connection from opening.

    Args:
        error: What was raised.
        host: The host as people read it.
        doing: What was under way, as in "looking up the name".
        seconds: The time limit that applied, for an error that is about time.
        presented: The certificate that was refused, as far as it is known.
        there: The time at the service, as far as it is known.
    """
    # websockets wraps a redirect that it cannot follow.
    for refusal in (error, error.__cause__, error.__context__):
        if isinstance(refusal, InvalidStatus):
            return refused_handshake(refusal)
    if isinstance(error, WebSocketException):
        return _no_websocket(error, host)
    if isinstance(error, TimeoutError) and not error.errno:
        return OpenTimeoutError(
            Phrase("{host} did not answer within {seconds:g} seconds.", host=host, seconds=seconds),
            detail=f"Timed out while {doing}.",
        )
    if isinstance(error, ssl.SSLError):
        return tls_error(error, host, presented, there)
    return _os_error(error, host)


def _os_error(error: Exception, host: str) -> ConnectError:
    detail = plain_detail(error)
    if isinstance(error, socket.gaierror | UnicodeError):
        return NameNotFoundError(Phrase("The host name {host} could not be found.", host=host), detail=detail)
    number = getattr(error, "errno", None)
    if number in _SILENT_NETWORK:
        return OpenTimeoutError(Phrase("{host} did not answer in time.", host=host), detail=detail)
    if number in _NO_LOCAL_NETWORK:
        return UnreachableError(
            Phrase("No network leads to {host}.", host=host),
            "Check whether this computer is online.",
            detail=detail,
        )
    if isinstance(error, ConnectionResetError | BrokenPipeError | ConnectionAbortedError):
        return _closed_early(host, detail)
    if isinstance(error, OSError):
        return UnreachableError(Phrase("Nothing answers at {host}.", host=host), detail=detail)
    return ConnectError(detail=plain_detail(f"{type(error).__name__}: {error}"))


def tls_error(
    error: ssl.SSLError, host: str, presented: Presented | None = None, there: datetime | None = None
) -> TlsError:
    """Say what is wrong with a certificate or with TLS itself; the rest is as for `connect_error`."""
    # Errors that OpenSSL did not raise itself lack its attributes.
    if not isinstance(error, ssl.SSLCertVerificationError):
        detail = plain_detail(error)
        if getattr(error, "reason", None) in _NO_TLS:
            return TlsError(
                Phrase("What answers at {host} does not speak TLS.", host=host),
                "Check the endpoint and port: wss:// needs a port that speaks TLS.",
                detail=detail,
            )
        return TlsError(
            Phrase("The secure connection to {host} could not be made.", host=host), detail=detail
        )
    code = getattr(error, "verify_code", None)
    detail = plain_detail(getattr(error, "verify_message", None) or error)
    if code in _NOT_VALID_NOW:
        return _not_valid_now(host, detail, presented, there)
    if code in _OTHER_HOST:
        return TlsError(
            Phrase("The certificate that {host} shows belongs to another host.", host=host),
            "Check the endpoint; a proxy or a captive portal may be answering in the service's place.",
            detail=detail,
        )
    if code in _UNKNOWN_ISSUER:
        return _unknown_issuer(host, detail, presented)
    return TlsError(Phrase("The certificate of {host} could not be verified.", host=host), detail=detail)


def _not_valid_now(host: str, detail: str, presented: Presented | None, there: datetime | None) -> TlsError:
    now = datetime.now(UTC)
    title = Phrase("The certificate of {host} is not valid at this date.", host=host)
    hint: str = "Check this computer's clock; if it is right, the server's certificate has to be renewed."
    if presented is not None:
        title = Phrase(
            "The certificate of {host} is valid from {since} to {until}, but this computer's clock says {now}.",
            host=host,
            since=_day(presented.valid_from),
            until=_day(presented.valid_until),
            now=_day(now),
        )
    # Only a refused certificate is worth the look at the file's date.
    from gcdesk.chat.presented import clock_is_behind

    ahead = 0.0 if there is None else (now - there).total_seconds()
    if abs(ahead) > TOLERANCE:
        time = _long(abs(ahead))
        hint = (
            Phrase("Set this computer's clock: it is {time} ahead of the service's.", time=time)
            if ahead > 0
            else Phrase("Set this computer's clock: it is {time} behind the service's.", time=time)
        )
    elif clock_is_behind(now):
        hint = "Set this computer's clock: it tells a time before gcdesk was installed."
    return TlsError(title, hint, detail=detail)


def _unknown_issuer(host: str, detail: str, presented: Presented | None) -> TlsError:
    if presented is None:
        return TlsError(
            Phrase("Nobody this computer trusts has signed the certificate of {host}.", host=host),
            "If a company proxy signs connections, add its certificate to the system's trust store.",
            detail=detail,
        )
    if presented.signed_itself:
        return TlsError(
            Phrase(
                "The certificate of {host} is signed by nobody but itself, {issuer}.",
                host=host,
                issuer=presented.issuer,
            ),
            "Check the endpoint; if it is a test server of yours, add its certificate to the system's trust store.",
            detail=detail,
        )
    return TlsError(
        Phrase(
            "The certificate of {host} is signed by {issuer}, which this computer does not trust.",
            host=host,
            issuer=presented.issuer,
        ),
        "If that is your company's proxy, add its certificate to the system's trust store; "
        "if you do not know it, do not go on.",
        detail=detail,
    )


def _long(seconds: float) -> str:
    if seconds < 5400:
        return Phrase("{minutes:.0f} minutes", minutes=seconds / 60)
    if seconds < 2 * 86400:
        return Phrase("{hours:.0f} hours", hours=seconds / 3600)
    return Phrase("{days:,.0f} days", days=seconds / 86400)


def _day(moment: datetime) -> str:
    month = _MONTHS[moment.month - 1]
    return Phrase("{day} {month} {year}", day=moment.day, month=month, year=moment.year)


def refused_handshake(error: InvalidStatus) -> ConnectError:
    """Name an HTTP answer that came instead of a WebSocket (guest API, section 4.1)."""
    response = error.response
    status = response.status_code
    body = bytes(response.body or b"").decode("utf-8", "replace")
    detail = plain_detail(f"HTTP {status} {response.reason_phrase} {body}")
    # A date to wait for is the service's own, so its own time tells how long that is.
    there = service_time(header_map(response.headers))
    retry_after = retry_seconds(response.headers.get_all("Retry-After"), there)
    if status == 407:
        # Only a proxy that refuses needs it.
        from gcdesk.chat.proxy_sign_in import sign_in_refusal

        # A proxy that the system settings do not name answers here, so it was shown nothing.
        return sign_in_refusal(response.headers.get_all("Proxy-Authenticate"), given=False, detail=detail)
    if status in _BY_STATUS:
        return _BY_STATUS[status](code=status, retry_after=retry_after, detail=detail)
    if 200 <= status < 300 or status == _NETWORK_SIGN_IN:
        return InterceptedError(
            Phrase("A web page answered in the service's place ({status}).", status=status),
            code=status,
            detail=detail,
        )
    if 500 <= status < 600:
        return ServiceDownError(
            Phrase("The service is not available at the moment ({status}).", status=status),
            code=status,
            retry_after=retry_after,
            detail=detail,
        )
    if 300 <= status < 400:
        return HandshakeRefusedError(
            Phrase("The server sends the connection somewhere else ({status}).", status=status),
            "Check the endpoint; a sign-in page of the network may be in between.",
            code=status,
            detail=detail,
        )
    return HandshakeRefusedError(
        Phrase("The server refused the connection ({status}).", status=status),
        code=status,
        retry_after=retry_after,
        detail=detail,
    )


def retry_seconds(values: list[str], now: datetime | None = None) -> float | None:
    """Seconds to wait from Retry-After headers: a number or an HTTP date; None if there is none that makes sense."""
    for value in values:
        text = value.strip()
        if text.isascii() and text.isdigit():
            return min(float(text), _LONGEST_WAIT)
        try:
            then = parsedate_to_datetime(text)
        except ValueError:
            continue
        if then.tzinfo is None:
            then = then.replace(tzinfo=UTC)
        seconds = (then - (now or datetime.now(UTC))).total_seconds()
        return min(max(seconds, 0.0), _LONGEST_WAIT)
    return None


def header_map(headers: Headers) -> dict[str, str]:
    """Headers by lower-case name; of one that comes twice the last counts, where websockets refuses to choose."""
    return {name.lower(): value for name, value in headers.raw_items()}


def service_time(headers: Mapping[str, str]) -> datetime | None:
    """The time at the service by an HTTP answer's Date, in UTC; None if it tells none.

    An answer that a cache kept is as old as its Age says (RFC 9111, section 4.2.3).
    """
    try:
        date = parsedate_to_datetime(headers.get("date", ""))
        age = headers.get("age", "").strip()
        late = timedelta(seconds=int(age)) if age.isascii() and age.isdigit() else timedelta(0)
        time = (date if date.tzinfo is not None else date.replace(tzinfo=UTC)).astimezone(UTC) + late
    except (ValueError, OverflowError):
        return None
    return time if time.year in _YEARS else None


def _no_websocket(error: WebSocketException, host: str) -> ConnectError:
    cause = error.__cause__
    detail = plain_detail(f"{error} {cause or ''}")
    if isinstance(error, InvalidMessage) and isinstance(cause, EOFError):
        return _closed_early(host, detail)
    if isinstance(error, InvalidHandshake):
        return NoWebSocketError(
            Phrase("What answers at {host} does not speak WebSocket.", host=host), detail=detail
        )
    return ConnectError(detail=detail)


def _closed_early(host: str, detail: str) -> ConnectionLostError:
    return ConnectionLostError(
        Phrase("{host} closed the connection before it was open.", host=host),
        "Try again; if it happens again, check the endpoint, and whether a firewall blocks WebSockets.",
        detail=detail,
    )


def lost_stream(error: OSError, host: str) -> ConnectError:
    """Name what broke a transfer over HTTP that was under way."""
    detail = plain_detail(error)
    if isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError):
        return tls_error(error, host)
    return ConnectionLostError(
        Phrase("The connection to {host} broke during the transfer.", host=host), detail=detail
    )


def silent_error(detail: str = "No answer to a ping") -> ConnectionLostError:
    """Name the end of a connection on which nothing answers any more."""
    return ConnectionLostError(
        "The service stopped answering.",
        "Check the network and the proxy; a proxy may cut connections that stay open.",
        detail=detail,
    )


def lost_error(error: ConnectionClosed) -> ConnectionLostError:
    """Name the end of a connection that was open."""
    sent, received = error.sent, error.rcvd
    if received is not None and error.rcvd_then_sent is not False:
        reason = f", {received.reason}" if received.reason else ""
        return ConnectionLostError(
            "The service closed the connection.",
            code=int(received.code),
            detail=plain_detail(f"Close code {int(received.code)}{reason}"),
        )
    if sent is None:
        cause = error.__cause__
        return ConnectionLostError(
            detail=plain_detail(f"No close frame; {cause}" if cause else "No close frame")
        )
    detail = plain_detail(f"Closed from here with {int(sent.code)}, {sent.reason}")
    if sent.code == CloseCode.MESSAGE_TOO_BIG:
        return FrameTooLargeError(code=int(sent.code), detail=detail)
    if sent.code == CloseCode.INTERNAL_ERROR:
        return silent_error(detail)
    return ConnectionLostError(
        "The service sent something that is not a WebSocket frame.",
        "Check the endpoint, and whether a proxy changes what passes through it.",
        code=int(sent.code),
        detail=detail,
    )
