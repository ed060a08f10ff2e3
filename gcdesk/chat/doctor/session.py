"""A trial session: handshake, configureSession and one echo, without a message, so that nobody's queue is touched."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from gcdesk.chat.chat import Chat, ChatOptions
from gcdesk.chat.doctor.check import Check, failed, milliseconds, ok, warning
from gcdesk.chat.doctor.deployment import Documents
from gcdesk.chat.opener import Opener
from gcdesk.chat.target import Target
from gcdesk.errors import (
    AccessRefusedError,
    ConnectionLostError,
    GcdeskError,
    HandshakeRefusedError,
    NoWebSocketError,
    ProxyError,
    ReplyTimeoutError,
    ServiceError,
)
from gcdesk.guest.events import (
    ConnectionOpened,
    Ended,
    ErrorRaised,
    RoundTrip,
    SessionConfigured,
)
from gcdesk.guest.limits import Limits
from gcdesk.guest.session import JoinPolicy
from gcdesk.phrase import Phrase


@dataclass
class _Trial:
    opened: ConnectionOpened | None = None
    configured: SessionConfigured | None = None
    echoed: RoundTrip | None = None
    error: GcdeskError | None = None


async def trial(
    opener: Opener, target: Target, limits: Limits, documents: Documents, proxied: bool
) -> list[Check]:
    """Open a session, ask for a sign of life, and leave; name what stopped it.

    Args:
        opener: Opens the connection.
        target: The deployment.
        limits: Times.
        documents: What the public documents told.
        proxied: Whether the way leads through a proxy.
    """
    found = await _try(opener, target, limits)
    if found.opened is None:
        error = found.error or ConnectionLostError()
        return [failed("handshake", diagnosed(error, documents, proxied=proxied))]
    tls = f", {found.opened.tls}" if found.opened.tls else ""
    checks = [ok("handshake", "The WebSocket opens.", f"{milliseconds(found.opened.seconds)}{tls}")]
    if found.configured is None:
        return [*checks, failed("configure", _configure_error(found.error, documents))]
    checks.append(ok("configure", "The service accepts a session.", milliseconds(found.configured.seconds)))
    if found.configured.read_only:
        checks.append(
            warning(
                "session",
                "The fresh session is read-only.",
                "Ask who configured the deployment.",
            )
        )
    limit = found.configured.max_custom_data_bytes
    if limit is not None:
        checks.append(ok("attributes", Phrase("Custom attributes may have {limit:,} bytes.", limit=limit)))
    if found.echoed is not None:
        checks.append(ok("echo", "The service answers in the session.", milliseconds(found.echoed.seconds)))
    else:
        checks.append(failed("echo", found.error or _silent(limits)))
    return checks


async def _try(opener: Opener, target: Target, limits: Limits) -> _Trial:
    found = _Trial()
    # An active deployment's configuration is known by now, and an inactive one must not end the trial early.
    options = ChatOptions(join=JoinPolicy.NEVER, reconnect=False, limits=limits)
    try:
        async with asyncio.timeout(limits.open_timeout + 2 * limits.configure_timeout):
            async with Chat(target, options, opener=opener) as chat:
                async for event in chat:
                    match event:
                        case ConnectionOpened():
                            found.opened = event
                        case SessionConfigured():
                            found.configured = event
                            chat.echo()
                        case RoundTrip():
                            found.echoed = event
                            chat.leave()
                        case ErrorRaised(error=error):
                            found.error = error
                            if found.configured is not None:
                                chat.leave()
                        case Ended(error=ending):
                            found.error = ending or found.error
    except TimeoutError:
        found.error = found.error or _silent(limits)
    return found


def _silent(limits: Limits) -> GcdeskError:
    return ReplyTimeoutError(
        Phrase(
            "The service did not answer an echo within {seconds:g} seconds.", seconds=limits.configure_timeout
        ),
        "Check whether a proxy holds frames back.",
    )


def diagnosed(error: GcdeskError, documents: Documents, *, proxied: bool) -> GcdeskError:
    """What kept the WebSocket from opening, in the light of what the documents told."""
    if isinstance(error, AccessRefusedError):
        return _forbidden(error, documents)
    blocked = isinstance(error, NoWebSocketError | ConnectionLostError | ProxyError) or (
        isinstance(error, HandshakeRefusedError) and error.code in (400, 405, 426, 501)
    )
    if blocked and documents.config is not None and (proxied or isinstance(error, ProxyError)):
        return _reworded(
            ProxyError,
            "The proxy lets web pages through, but not WebSockets.",
            "Ask for WebSockets to be allowed to the messaging host, or use a network without that proxy.",
            error,
        )
    if blocked and documents.config is not None:
        return _reworded(
            type(error),
            "The deployment's documents can be read, but the WebSocket does not open.",
            "A firewall or an invisible proxy probably blocks WebSockets; ask for the messaging host to be allowed.",
            error,
        )
    return error


def _forbidden(error: GcdeskError, documents: Documents) -> GcdeskError:
    if documents.config is None:
        return _reworded(
            type(error),
            "Genesys Cloud refused the connection (403), and its deployment is not known either.",
            "Check the deployment ID and the region.",
            error,
        )
    if documents.domains:
        return _reworded(
            type(error),
            "Genesys Cloud refused the connection (403); the deployment is restricted to domains.",
            Phrase(
                "Set the environment's Origin to one of them: {domains}.",
                domains=", ".join(documents.domains)[:200],
            ),
            error,
        )
    return error


def _reworded(kind: type[GcdeskError], title: str, hint: str, error: GcdeskError) -> GcdeskError:
    """The same refusal in other words."""
    return kind(
        title, hint, code=error.code, retry_after=error.retry_after, detail=error.detail or error.title
    )


def _configure_error(error: GcdeskError | None, documents: Documents) -> GcdeskError:
    if error is None:
        return ServiceError("The session was not configured.", "Try again.")
    if error.code == 400 and documents.config is None:
        return _reworded(
            type(error),
            "The service does not know the deployment (400).",
            "Copy the deployment ID again from the messenger deployment's snippet; check the region too.",
            error,
        )
    return error
