"""The connection as the session sees it: dialling, configuring, and trying again after a break."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gcdesk.errors import (
    AccessRefusedError,
    ConfigureTimeoutError,
    ConnectionLostError,
    GcdeskError,
    WishError,
)
from gcdesk.guest import events, frames
from gcdesk.guest.moment import Moment
from gcdesk.guest.part import Part
from gcdesk.guest.retry import Retry
from gcdesk.guest.states import LIVE, State

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

NORMAL_CLOSURE = 1000


class Connecting(Part):
    """From the first dial through every break to the last try.

    Args:
        session: Whose connection it is.
        jitter: Gives a number from 0 to 1 at each call, for the pauses between tries.
    """

    def __init__(self, session: Session, jitter: Callable[[], float]) -> None:
        self._session = session
        self.retry = Retry(session.options.limits, jitter)
        self.configured_once = False
        self._dialled_at = 0.0
        self._opened_at = 0.0
        self._configure_by: float | None = None
        self._dial_at: float | None = None

    @property
    def next_wake(self) -> float | None:
        """When to dial again, or to give up waiting for the answer to configureSession."""
        return min((time for time in (self._configure_by, self._dial_at) if time is not None), default=None)

    @property
    def is_configuring(self) -> bool:
        """Whether the answer to configureSession is still awaited."""
        return self._configure_by is not None

    def configure_seconds(self, now: Moment) -> float:
        """Seconds since the connection opened."""
        return now.monotonic - self._opened_at

    def dial(self, now: Moment) -> None:
        """Open the first connection. Raises WishError unless the session is idle."""
        session = self._session
        if session.state is not State.IDLE:
            raise WishError("This chat was started already.", "Start another chat with a fresh session.")
        session.become(State.CONNECTING, now)
        session.wants_dial = True
        self._dialled_at = now.monotonic
        session.sending.report_attributes(now)

    def opened(self, host: str, tls: str, proxy: str, now: Moment) -> None:
        """The WebSocket is open: configure the session on it."""
        session = self._session
        session.wants_dial, session.wants_close = False, None
        if session.state not in (State.CONNECTING, State.RECONNECTING):
            session.wants_close = NORMAL_CLOSURE
            return
        seconds = now.monotonic - self._dialled_at
        session.emit(events.ConnectionOpened(now.utc, host, tls, seconds, proxy))
        if session.state is State.CONNECTING:
            session.become(State.CONNECTED, now)
        session.sending.pace.renew_connection()
        self._opened_at = now.monotonic
        self._configure(now)

    def _configure(self, now: Moment) -> None:
        session = self._session
        self._configure_by = now.monotonic + session.options.limits.configure_timeout
        session.sending.transmit(
            frames.ConfigureSession(
                token=session.options.token,
                deployment_id=session.options.deployment_id,
                start_new=False,
                journey_context=frames.guest_journey(session.options.token),
                tracing_id=session.new_id(),
            ),
            now,
        )

    def was_configured(self) -> bool:
        """The service took the session; returns whether it did so before on an earlier connection."""
        self._configure_by = None
        again, self.configured_once = self.configured_once, True
        return again

    def not_configured(self, error: GcdeskError, now: Moment) -> None:
        """The service refused configureSession, or gave no answer."""
        self._configure_by = None
        if self._session.state is State.RECONNECTING and _may_pass(error):
            self._session.wants_close = NORMAL_CLOSURE
            self._try_again(error, now)
        else:
            self._session.stop(error, now)

    def failed(self, error: GcdeskError, now: Moment) -> None:
        """A dial did not lead to an open WebSocket."""
        self._session.wants_dial = False
        if self._session.state is State.CONNECTING:
            self._session.stop(error, now)
        elif self._session.state is State.RECONNECTING:
            self._try_again(error, now)

    def lost(self, error: GcdeskError, now: Moment) -> None:
        """The connection broke, or the other side closed it, cleanly or not."""
        session = self._session
        if session.state is State.CLOSING:
            session.closed(now)
        elif session.state in LIVE and not (session.state is State.RECONNECTING and not self.is_configuring):
            self._break(error, now)

    def tick(self, now: Moment, /) -> None:
        """Dial again, or give up waiting for the service."""
        if self._dial_at is not None and now.monotonic >= self._dial_at:
            self._dial_at = None
            self._dialled_at = now.monotonic
            self._session.wants_dial = True
        if self._configure_by is not None and now.monotonic >= self._configure_by:
            self.not_configured(ConfigureTimeoutError(), now)

    def over(self, _now: Moment, /) -> None:
        """No connection is wanted any more."""
        self._configure_by = self._dial_at = None
        self._session.wants_dial = False

    def _break(self, error: GcdeskError, now: Moment) -> None:
        session = self._session
        self._configure_by = None
        if not self.configured_once or not session.options.reconnect:
            session.stop(error, now)
            return
        session.sending.interrupt(now)
        for part in session.parts:
            part.broken(now)
        self._try_again(error, now)

    def _try_again(self, error: GcdeskError, now: Moment) -> None:
        session = self._session
        final = isinstance(error, AccessRefusedError)
        pause = None if final else self.retry.plan(now.monotonic, error.retry_after or 0.0)
        if pause is None:
            session.stop(error if final else self._gave_up(error), now)
            return
        session.become(State.RECONNECTING, now, error.title)
        session.emit(events.ReconnectPlanned(now.utc, self.retry.attempt, pause, error))
        self._dial_at = now.monotonic + pause

    def _gave_up(self, error: GcdeskError) -> GcdeskError:
        minutes = round(self._session.options.limits.reconnect_budget / 60)
        return ConnectionLostError(
            f"The connection was lost and could not be restored within {minutes} minutes.",
            error.hint,
            code=error.code,
            detail=error.title,
        )


def _may_pass(error: GcdeskError) -> bool:
    """Whether a refused session may be taken at the next try: after silence, a wait, or the service's own failure."""
    return error.code is None or error.retry_after is not None or error.code == 408 or 500 <= error.code < 600
