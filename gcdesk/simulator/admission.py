"""How a connection gets its session: as a guest, signed in, again, or anew (guest API, sections 2, 4 and 6)."""

from typing import Protocol

from . import answers
from .answers import MAX_ATTRIBUTE_BYTES, push, response
from .customers import SignIn
from .deployment import allowed_media, is_deployment
from .expiry import ExpiryWatch
from .jwt import JwtError
from .rates import RateLimit
from .reading import RefusedError
from .record import iso_time
from .requests import Request
from .sessions import MAX_CONNECTIONS, Line, Session
from .state import State

FEATURE_OFF = "Turn on the Feature Toggle or fix the configuration."


class Caller(Line, Protocol):
    """What the service needs of a connection."""

    session: Session | None
    requests: RateLimit
    echoes: RateLimit


class Admission:
    """Answers configureSession and configureAuthenticatedSession."""

    def __init__(self, state: State, expiry: ExpiryWatch) -> None:
        self._state = state
        self._expiry = expiry

    def configure(self, caller: Caller, request: Request) -> None:
        """Give the connection its session. Raises RefusedError and TooManyError."""
        if not is_deployment(self._state.options, request.deployment_id):
            raise RefusedError(400, "Deployment not found")
        self._admit(caller, request)

    def leave(self, caller: Caller) -> None:
        """The connection is gone. Its session and conversation stay (guest API, section 6)."""
        if caller.session is not None and caller in caller.session.lines:
            caller.session.lines.remove(caller)
        caller.session = None

    def _admit(self, caller: Caller, request: Request) -> None:
        sign_in = self._sign_in(request) if request.action == "configureAuthenticatedSession" else None
        session, is_new = self._resumed_or_new(request, sign_in)
        stepped_up = sign_in is not None and session.sign_in is None and not is_new
        if sign_in is not None:
            session.sign_in, session.signed_out = sign_in, False
        cleared = sign_in is not None and self._clear_others(session, sign_in)
        self._attach(caller, session)
        self._expiry.watch(session)
        caller.send(self._session_response(session, request, is_new=is_new, cleared=cleared))
        if stepped_up and sign_in is not None:
            self._tell_stepped_up(session, sign_in)

    def _sign_in(self, request: Request) -> SignIn:
        if self._state.options.sign_in == "off":
            raise RefusedError(403, FEATURE_OFF)
        try:
            claims = self._state.mint.read("sign-in", request.code, self._state.now())
        except JwtError:
            raise RefusedError(401, "User is unauthorized") from None
        sign_in = self._state.customers.by_id(claims["sid"])
        if sign_in is None:
            # The JWT is still good, but whoever it names has logged out since.
            raise RefusedError(403, "Session authentication failed")
        return sign_in

    def _resumed_or_new(self, request: Request, sign_in: SignIn | None) -> tuple[Session, bool]:
        now, sessions = self._state.now(), self._state.sessions
        session = sessions.get(request.token)
        if session is not None and self._state.faults.strike("forgotten"):
            sessions.end(session, "forgotten")
            session = None
        if session is None:
            session = sessions.open(request.token, now)
            self._state.take(session.configure_rate)
            session.read_only = not request.start_new and self._state.faults.strike("read-only")
            return session, not session.read_only
        self._state.take(session.configure_rate)
        if session.expired(now):
            raise RefusedError(4006, "session expired")
        _check_owner(session, sign_in)
        if request.start_new:
            sessions.start_new(session, now)
        return session, request.start_new

    def _clear_others(self, session: Session, sign_in: SignIn) -> bool:
        """A customer has one session: signing in ends any other (guest API, section 3, reason signedIn).

        That the latest sign-in wins is assumed; the guest API only shows what either side is told.
        """
        others = [
            other
            for other in self._state.sessions.all()
            if other is not session
            and other.sign_in is not None
            and other.sign_in.customer.customer_id == sign_in.customer.customer_id
        ]
        for other in others:
            self._state.sessions.end(other, "signed in elsewhere")
            self._state.attachments.forget(other)
            other.dismiss(push("ConnectionClosedEvent", {"reason": "signedIn"}))
        return bool(others)

    def _attach(self, caller: Caller, session: Session) -> None:
        if caller.session is session and caller in session.lines:
            return
        self.leave(caller)
        caller.session = session
        session.lines.append(caller)
        if len(session.lines) > MAX_CONNECTIONS:
            oldest = session.lines.pop(0)
            oldest.send(push("ConnectionClosedEvent", {}))
            oldest.close(1000)

    def _session_response(
        self, session: Session, request: Request, *, is_new: bool, cleared: bool
    ) -> answers.Frame:
        options = self._state.options
        body = {
            "connected": True,
            "newSession": is_new,
            "readOnly": session.read_only,
            "maxCustomDataBytes": MAX_ATTRIBUTE_BYTES,
            "allowedMedia": allowed_media(options),
            "blockedExtensions": list(options.blocked_extensions),
            "clearedExistingSession": cleared,
            "durationSeconds": session.seconds,
            "expirationDate": int(session.expires_at),
        }
        return response("SessionResponse", body, tracing_id=request.tracing_id)

    def _tell_stepped_up(self, session: Session, sign_in: SignIn) -> None:
        now, customer = self._state.now(), sign_in.customer
        names = {"firstName": customer.first_name, "lastName": customer.last_name}
        body = answers.structured(
            "Event",
            "Inbound",
            iso_time(now),
            events=[answers.presence("SignIn")],
            channel={"messageId": answers.dashed_id(), "from": names},
        )
        session.conversation.add(body, now)
        session.broadcast(push("StructuredMessage", body))


def _check_owner(session: Session, sign_in: SignIn | None) -> None:
    if session.sign_in is None:
        return
    if sign_in is None:
        raise RefusedError(4017, "cannot downgrade to unauthenticated")
    if sign_in.customer.customer_id != session.sign_in.customer.customer_id:
        raise RefusedError(403, "Session authentication failed")
