"""A customer who is signed in, or becomes so: configuring with a JWT, renewing it, stepping up and logging out.

The service takes a JWT in place of the guest's word (guest API, section 2: configureAuthenticatedSession). It may stop
taking it at any time (section 4: 401, and two texts with 403); then a fresh one is asked for, and if there is none the
chat waits for whoever can sign the customer in.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from gcdesk.errors import (
    ConfigureTimeoutError,
    ConnectError,
    GcdeskError,
    ServiceTimeoutError,
    SignInError,
    SignInExpiredError,
    SignInRequiredError,
    WishError,
)
from gcdesk.guest import codes, events, frames
from gcdesk.guest.deployment import DeploymentConfig
from gcdesk.guest.errands import CancelErrand, RenewSignIn, RevokeSignIn
from gcdesk.guest.moment import Moment
from gcdesk.guest.part import Part
from gcdesk.guest.states import LIVE, State

if TYPE_CHECKING:
    from gcdesk.guest.identity import SignIn
    from gcdesk.guest.session import Session

_RENEW = "renew sign-in"
_REVOKE = "revoke sign-in"
_MOST_RENEWALS = 3
_MARGIN = timedelta(seconds=5)
_LOGGED_OUT = "The customer was logged out."


class SigningIn(Part):
    """The signed-in side of one session; a guest's session has it too, and steps up with it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._sign_in = session.options.sign_in
        self._renewals = 0
        self._renewing = False
        self._held = False
        self._waiting = False
        self._told = False
        self._step_up_id = ""
        self._step_up_by: float | None = None
        self._leave_by: float | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether the session is configured with a JWT, or will be."""
        return self._sign_in is not None

    @property
    def waiting(self) -> bool:
        """Whether the chat goes on only after `signed_in`."""
        return self._waiting

    @property
    def can_step_up(self) -> bool:
        """Whether a guest's chat may become a signed-in customer's, as far as the deployment says."""
        session = self._session
        allowed = session.deployment is None or session.deployment.allow_session_upgrade
        return (
            allowed and session.state is State.CONFIGURED and self._sign_in is None and not self._step_up_id
        )

    @property
    def can_log_out(self) -> bool:
        """Whether there is a signed-in customer to log out."""
        return self._sign_in is not None and self._session.state in LIVE and self._leave_by is None

    @property
    def next_wake(self) -> float | None:
        """When to give up waiting for the answer to a step-up, or for the service to close after a log-out."""
        return min((time for time in (self._step_up_by, self._leave_by) if time is not None), default=None)

    # What the connection asks

    def request(self) -> frames.Request:
        """The first frame of a connection: a guest's, or a signed-in customer's."""
        session = self._session
        start_new = session.renewing.wanted
        token, deployment_id = session.options.token, session.options.deployment_id
        journey, tracing_id = frames.guest_journey(token), session.new_id()
        if self._sign_in is None:
            return frames.ConfigureSession(
                token=token,
                deployment_id=deployment_id,
                start_new=start_new,
                journey_context=journey,
                tracing_id=tracing_id,
            )
        return frames.ConfigureAuthenticatedSession(
            token=token,
            deployment_id=deployment_id,
            data=frames.SignInCode(code=self._sign_in.jwt),
            start_new=start_new,
            journey_context=journey,
            tracing_id=tracing_id,
        )

    def is_ready(self, now: Moment) -> bool:
        """Whether the connection may be configured now; if not, it is once the JWT is renewed."""
        runs_out = (
            self._sign_in is not None
            and self._sign_in.expires is not None
            and self._sign_in.expires - _MARGIN <= self._session.service_time.now(now)
        )
        if self._sign_in is not None and self._sign_in.renewable and (runs_out or self._renewing):
            self._held = True
            self._renew()
        return not self._held

    # What the service says

    def takes(self, tracing_id: str, refusal: GcdeskError, now: Moment) -> bool:
        """Deal with a refusal that is about the sign-in; False for every other."""
        if isinstance(refusal, codes.SessionAuthenticationFailedError):
            self._wait(refusal, now)
            return True
        stepping = bool(self._step_up_id) and tracing_id in ("", self._step_up_id)
        if stepping and (tracing_id or refusal.code == 401):
            self._step_up_refused(refusal, now)
            return True
        if refusal.code == 401 and self._session.connecting.is_configuring:
            return self._unauthorized(refusal, now)
        return False

    def answered(self, tracing_id: str, now: Moment) -> None:
        """The service took a session: perhaps that was the answer to a step-up."""
        if self._step_up_id and tracing_id in ("", self._step_up_id):
            self._step_up_id = ""
            self._renewals = 0
            # The presence event that follows tells the customer's name.
            self._step_up_by = now.monotonic + self._session.options.limits.configure_timeout

    def seen(self, name: str, now: Moment) -> None:
        """The service says that the customer has signed in (guest API, section 3.1: Presence SignIn)."""
        if self._sign_in is None:
            return
        self._step_up_id, self._step_up_by, self._told = "", None, True
        self._session.emit(events.SignedIn(now.utc, name, stepped_up=True))

    def deployment_known(self, config: DeploymentConfig, now: Moment) -> None:
        """A guest may not be able to write in this deployment: say so before anything is written."""
        if self._sign_in is None and config.sign_in_required and not config.allow_session_upgrade:
            self._session.emit(events.SignInNeeded(now.utc, SignInRequiredError()))

    # Wishes

    def step_up(self, sign_in: SignIn, now: Moment) -> None:
        """Turn a guest's chat into that of a signed-in customer. Raises WishError out of place."""
        if not self.can_step_up:
            deployment = self._session.deployment
            if deployment is not None and not deployment.allow_session_upgrade:
                raise WishError(
                    "This deployment does not let a guest sign in during a chat.",
                    "Sign in first, then start the chat as a signed-in customer.",
                )
            raise WishError("The customer cannot sign in to this chat right now.")
        self._sign_in, self._renewals, self._told = sign_in, 0, False
        self._send_step_up(now)

    def signed_in(self, sign_in: SignIn, now: Moment) -> None:
        """Go on with a fresh sign-in; the answer to SignInNeeded. Raises WishError if none is needed or used."""
        session = self._session
        if session.state not in LIVE or (self._sign_in is None and not self._waiting):
            raise WishError("This chat needs no sign-in right now.")
        self._sign_in, self._renewals, self._told = sign_in, 0, False
        if self._waiting:
            self._waiting = False
            session.connecting.resume(now)

    def log_out(self, _now: Moment) -> None:
        """Log the customer out at the service, which closes the chat. Raises WishError out of place."""
        if self._sign_in is None or not self.can_log_out:
            raise WishError("No signed-in customer can be logged out of this chat right now.")
        self._session.run_errand(RevokeSignIn(key=_REVOKE, jwt=self._sign_in.jwt))

    # What comes of the errands

    def renewed(self, sign_in: SignIn, now: Moment) -> None:
        """There is a fresh JWT."""
        if not self._renewing or self._sign_in is None:
            return
        self._renewing, self._sign_in = False, sign_in
        if self._step_up_id:
            self._send_step_up(now)
        elif self._held:
            self._held = False
            self._session.connecting.reconfigure(now)

    def not_renewed(self, error: GcdeskError, now: Moment) -> None:
        """There is no fresh JWT: the service says the sign-in has run out, or could not be asked."""
        if not self._renewing:
            return
        self._renewing = False
        if self._step_up_id:
            self._step_up_failed(error, now)
        elif self._held:
            self._held = False
            # A service that cannot be reached is tried again like any other; a sign-in that ran out is not.
            if isinstance(error, ConnectError | ServiceTimeoutError) or _is_passing(error):
                self._session.connecting.not_configured(error, now)
            else:
                self._wait(error, now)

    def revoked(self, now: Moment) -> None:
        """The service has logged the customer out; it closes the chat itself, or it is left in a moment."""
        if self._session.state in LIVE:
            self._leave_by = now.monotonic + self._session.options.limits.close_timeout

    def not_revoked(self, error: GcdeskError, now: Moment) -> None:
        """The customer could not be logged out; the chat goes on."""
        self._session.emit(events.ErrorRaised(now.utc, error, fatal=False))

    # What happens to every part

    def tick(self, now: Moment, /) -> None:
        """Give up waiting for an answer, or leave after a log-out."""
        if self._leave_by is not None and now.monotonic >= self._leave_by:
            self._leave_by = None
            self._session.leave(now, _LOGGED_OUT)
        if self._step_up_by is not None and now.monotonic >= self._step_up_by:
            if self._step_up_id:
                self._step_up_failed(
                    ConfigureTimeoutError(
                        "The service did not answer the sign-in in time.",
                        "Try again; if it stays silent, start a new chat as a signed-in customer.",
                    ),
                    now,
                )
            else:
                self.seen("", now)

    def configured(self, new_session: bool, now: Moment, /) -> None:  # noqa: ARG002 - asked of every part
        """The service took the session, and with it the JWT."""
        self._renewals = 0
        if self._sign_in is not None and not self._told:
            self._told = True
            self._session.emit(events.SignedIn(now.utc))

    def broken(self, _now: Moment, /) -> None:
        """The next connection is configured with the JWT, whatever the service made of a step-up."""
        self._held = False
        self._step_up_id, self._step_up_by = "", None

    def over(self, _now: Moment, /) -> None:
        """Nobody needs a sign-in any more."""
        self._waiting = self._held = False
        self._step_up_id, self._step_up_by, self._leave_by = "", None, None
        if self._renewing:
            self._renewing = False
            self._session.run_errand(CancelErrand(key=_RENEW))

    # Inside

    def _unauthorized(self, refusal: GcdeskError, now: Moment) -> bool:
        if self._may_renew:
            self._renewals += 1
            self._held = True
            self._renew()
        elif self._sign_in is not None and not self._sign_in.renewable:
            self._wait(
                SignInExpiredError(
                    "The sign-in has run out: the service no longer accepts it (401).",
                    code=401,
                    detail=refusal.detail,
                ),
                now,
            )
        elif self._sign_in is not None:
            self._refused_for_good(refusal, now)
        else:
            self._session.emit(events.SignInNeeded(now.utc, refusal))
            return False
        return True

    def _refused_for_good(self, refusal: GcdeskError, now: Moment) -> None:
        error = SignInExpiredError(
            "The service does not accept this customer's sign-in (401), although it was renewed.",
            "Sign in again; if it happens again, check the deployment's OpenID Connect integration.",
            code=401,
            detail=refusal.detail,
        )
        self._session.emit(events.SignInNeeded(now.utc, error))
        self._session.connecting.not_configured(error, now)

    @property
    def _may_renew(self) -> bool:
        sign_in = self._sign_in
        return sign_in is not None and sign_in.renewable and self._renewals < _MOST_RENEWALS

    def _renew(self) -> None:
        if not self._renewing and self._sign_in is not None:
            self._renewing = True
            self._session.run_errand(RenewSignIn(key=_RENEW, stale=self._sign_in.jwt))

    def _wait(self, error: GcdeskError, now: Moment) -> None:
        """Keep the chat, without a connection, until somebody signs in."""
        if not self._session.options.reconnect:
            self._session.emit(events.SignInNeeded(now.utc, error))
            self._session.stop(error, now)
            return
        self._session.connecting.suspend(error, now)
        self._waiting = True
        self._session.emit(events.SignInNeeded(now.utc, error, waiting=True))

    def _send_step_up(self, now: Moment) -> None:
        request = self.request()
        self._step_up_id = str(request.tracing_id)
        self._step_up_by = now.monotonic + self._session.options.limits.configure_timeout
        self._session.sending.transmit(request, now)

    def _step_up_refused(self, refusal: GcdeskError, now: Moment) -> None:
        if refusal.code == 401 and self._may_renew:
            self._renewals += 1
            self._renew()
        else:
            self._step_up_failed(refusal, now)

    def _step_up_failed(self, error: GcdeskError, now: Moment) -> None:
        """The chat goes on as a guest's."""
        self._step_up_id, self._step_up_by, self._sign_in = "", None, None
        self._session.emit(events.ErrorRaised(now.utc, error, fatal=False))


def _is_passing(error: GcdeskError) -> bool:
    if not isinstance(error, SignInError) or isinstance(error, SignInExpiredError):
        return False
    return error.retry_after is not None or (error.code is not None and error.code >= 500)
