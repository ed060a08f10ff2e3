"""The connection as the session sees it: dialling, configuring, and trying again after a break."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from gcdesk.errors import (
    AccessRefusedError,
    ConfigureTimeoutError,
    ConnectionLostError,
    FrameTooLargeError,
    GcdeskError,
    WishError,
)
from gcdesk.guest import events
from gcdesk.guest.codes import TooManyRequestsError
from gcdesk.guest.moment import Moment
from gcdesk.guest.part import Part
from gcdesk.guest.retry import Retry
from gcdesk.guest.states import LIVE, State
from gcdesk.phrase import Phrase

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

NORMAL_CLOSURE = 1000

# The same frame may wait behind every reconnect, and nothing can be read past it.
_MOST_TOO_LARGE = 3
_TOO_LARGE_WITHIN = 600.0

_HANGS_AFTER = 2.0
_SLEPT = 30.0


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
        self._asked_at = 0.0
        self._configure_by: float | None = None
        self._dial_at: float | None = None
        self._not_before = float("-inf")
        self._is_dialling = False
        self._too_large: deque[float] = deque(maxlen=_MOST_TOO_LARGE)

    @property
    def next_wake(self) -> float | None:
        """When to dial again, or to give up waiting for the answer to configureSession."""
        return min((time for time in (self._configure_by, self._dial_at) if time is not None), default=None)

    @property
    def is_configuring(self) -> bool:
        """Whether the answer to configureSession is still awaited."""
        return self._configure_by is not None

    def configure_seconds(self, now: Moment) -> float:
        """Seconds since the session was asked for."""
        return now.monotonic - self._asked_at

    def dial(self, now: Moment) -> None:
        """Open the first connection. Raises WishError unless the session is idle."""
        session = self._session
        if session.state is not State.IDLE:
            raise WishError("This chat was started already.", "Start another chat with a fresh session.")
        session.become(State.CONNECTING, now)
        self._dial(now)
        session.sending.report_attributes(now)

    def opened(self, host: str, tls: str, proxy: str, now: Moment) -> None:
        """The WebSocket is open: configure the session on it."""
        session = self._session
        session.wants_dial, session.wants_close, self._is_dialling = False, None, False
        if session.state not in (State.CONNECTING, State.RECONNECTING):
            session.wants_close = NORMAL_CLOSURE
            return
        seconds = now.monotonic - self._dialled_at
        session.emit(events.ConnectionOpened(now.utc, host, tls, seconds, proxy))
        if session.state is State.CONNECTING:
            session.become(State.CONNECTED, now)
        session.sending.pace.renew_connection()
        self.configure(now)

    def configure(self, now: Moment) -> None:
        """Ask for the session on the open connection, or for a new one if a new chat is wanted."""
        session = self._session
        self._asked_at = now.monotonic
        self._configure_by = now.monotonic + session.options.limits.configure_timeout
        if session.sign_in.is_ready(now):
            session.sending.transmit(session.sign_in.request(), now)

    def reconfigure(self, now: Moment) -> None:
        """Ask once more on the same connection, now that the customer's sign-in is fresh; nothing if none waits."""
        if self.is_configuring:
            self._configure_by = now.monotonic + self._session.options.limits.configure_timeout
            self._session.sending.transmit(self._session.sign_in.request(), now)

    def suspend(self, error: GcdeskError, now: Moment) -> None:
        """Let go of the connection because of an error, and dial only once `resume` is called."""
        session = self._session
        self._configure_by = self._dial_at = None
        self._is_dialling = False
        session.sending.interrupt(now)
        for part in session.parts:
            part.broken(now)
        session.wants_dial, session.wants_close = False, NORMAL_CLOSURE
        session.become(State.RECONNECTING, now, error.title)

    def resume(self, now: Moment) -> None:
        """Dial again after `suspend`, with the whole budget for trying."""
        self.retry.stable()
        self._dial(now)

    def was_configured(self) -> bool:
        """The service took the session; returns whether it did so before on an earlier connection."""
        self._configure_by = None
        again, self.configured_once = self.configured_once, True
        return again

    def not_configured(self, error: GcdeskError, now: Moment) -> None:
        """The service refused configureSession, or gave no answer."""
        session = self._session
        self._configure_by = None
        if _may_pass(error) and session.state is State.RECONNECTING:
            session.wants_close = NORMAL_CLOSURE
            self._try_again(error, now)
        elif _may_pass(error) and session.renewing.wanted:
            session.wants_close = NORMAL_CLOSURE
            self._break(error, now)
        else:
            session.stop(error, now)

    def dial_again(self, now: Moment) -> None:
        """The service gives this connection up, although a new chat is wanted: go on with another one."""
        self._session.wants_close = NORMAL_CLOSURE
        self._break(ConnectionLostError("The service closed the connection."), now)

    def retry_now(self, now: Moment) -> bool:
        """Dial without waiting any longer, as the network is back or somebody asks; whether that is done.

        A wait that the service asked for is kept. A dial that hangs is given up for a new one.
        """
        session, at = self._session, now.monotonic
        if session.state is not State.RECONNECTING or self.is_configuring or session.sign_in.waiting:
            return False
        self.retry.excuse(at)
        if self._dial_at is not None:
            self._dial_at = max(at, self._not_before)
            self.tick(now)
            return self._is_dialling
        if not self._is_dialling or at - self._dialled_at < _HANGS_AFTER:
            return False
        self._dial(now)
        return True

    def _dial(self, now: Moment) -> None:
        self._dialled_at = now.monotonic
        self._is_dialling = self._session.wants_dial = True

    def failed(self, error: GcdeskError, now: Moment) -> None:
        """A dial did not lead to an open WebSocket."""
        self._session.wants_dial = self._is_dialling = False
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
            if now.monotonic - self._dial_at > _SLEPT:
                # The computer slept instead of trying.
                self.retry.excuse(now.monotonic)
            self._dial_at = None
            self._dial(now)
        if self._configure_by is not None and now.monotonic >= self._configure_by:
            self.not_configured(ConfigureTimeoutError(), now)

    def over(self, _now: Moment, /) -> None:
        """No connection is wanted any more."""
        self._configure_by = self._dial_at = None
        self._session.wants_dial = self._is_dialling = False

    def _break(self, error: GcdeskError, now: Moment) -> None:
        session = self._session
        self._configure_by = None
        renewing = session.renewing.wanted and not session.renewing.redialled
        if not self.configured_once or not (session.options.reconnect or renewing):
            session.stop(error, now)
            return
        if isinstance(error, FrameTooLargeError) and self._too_large_too_often(error, now):
            return
        session.sending.interrupt(now)
        for part in session.parts:
            part.broken(now)
        if renewing:
            session.renewing.redialled = True
            session.become(State.RECONNECTING, now, error.title)
            self._dial(now)
        else:
            self._try_again(error, now)

    def _too_large_too_often(self, error: FrameTooLargeError, now: Moment) -> bool:
        """Tell of a frame that is not read, and stop where the service sends it again and again."""
        self._too_large.append(now.monotonic)
        often = len(self._too_large) == _MOST_TOO_LARGE
        if often and now.monotonic - self._too_large[0] <= _TOO_LARGE_WITHIN:
            self._session.stop(error, now)
            return True
        self._session.emit(events.ErrorRaised(now.utc, error, fatal=False))
        return False

    def _try_again(self, error: GcdeskError, now: Moment) -> None:
        session = self._session
        final = isinstance(error, AccessRefusedError)
        # The service told how long to wait, or has taken as many configures as it does within a minute.
        wait = max(error.retry_after or 0.0, session.sending.pace.configure_at(now.monotonic) - now.monotonic)
        pause = None if final else self.retry.plan(now.monotonic, wait)
        if pause is None:
            # A wait beyond the budget is the service's own reason, and better told than the budget.
            too_long = (error.retry_after or 0.0) > self.retry.budget
            session.stop(error if final or too_long else self._gave_up(error), now)
            return
        session.become(State.RECONNECTING, now, error.title)
        session.emit(events.ReconnectPlanned(now.utc, self.retry.attempt, pause, error))
        self._dial_at = now.monotonic + pause
        self._not_before = now.monotonic + wait

    def _gave_up(self, error: GcdeskError) -> GcdeskError:
        return ConnectionLostError(
            Phrase(
                "The connection was lost and could not be restored within {time}.",
                time=_words(self.retry.budget),
            ),
            error.hint,
            code=error.code,
            detail=error.title,
        )


def _may_pass(error: GcdeskError) -> bool:
    """Whether a refused session may be taken at the next try: after silence, a wait, or the service's own failure."""
    if error.code is None or error.retry_after is not None or isinstance(error, TooManyRequestsError):
        return True
    return error.code == 408 or 500 <= error.code < 600


def _words(seconds: float) -> str:
    if seconds < 120:
        one = round(seconds) == 1
        return Phrase("1 second") if one else Phrase("{seconds:.0f} seconds", seconds=seconds)
    return Phrase("{minutes:.0f} minutes", minutes=seconds / 60)
