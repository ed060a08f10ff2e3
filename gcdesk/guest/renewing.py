"""A new conversation in the same chat: asked for when the old one is over, or because the service forgot it.

A new chat after the end closes the old session first and then configures a new one (guest API, section 6). What the
service does in between differs, so every way leads on: its answer, a refusal, silence, or a closed connection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gcdesk.errors import GcdeskError, NewChatRefusedError, WishError
from gcdesk.guest import events, frames
from gcdesk.guest.moment import Moment
from gcdesk.guest.part import Part
from gcdesk.guest.states import State

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

_FORGOTTEN = "The earlier chat is gone: after the break the service began a new one."
_NOT_RESUMED = "The earlier chat is over, so this is a new one."
_ASKED_FOR = "A new chat begins."


class Renewing(Part):
    """New conversations of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.wanted = False
        """Whether a new chat was asked for and has not begun yet."""
        self.redialled = False
        """Whether the connection broke meanwhile, which may belong to the closing of the old session."""
        self._close_id = ""
        self._close_at: float | None = None
        self._closed_by: float | None = None

    @property
    def possible(self) -> bool:
        """Whether a new chat may be asked for."""
        return self._session.state is State.READ_ONLY and not self.wanted

    @property
    def is_closing(self) -> bool:
        """Whether the answer to the closing of the old session is awaited."""
        return self._closed_by is not None

    @property
    def next_wake(self) -> float | None:
        """When to close the old session, or to stop waiting for it."""
        return self._closed_by if self._close_at is None else self._close_at

    def begin(self, now: Moment) -> None:
        """Start a new chat. Raises WishError unless the conversation is over and can only be read."""
        if self.wanted:
            raise WishError("A new chat is on its way already.", "Wait for it.")
        if not self.possible:
            raise WishError(
                "A new chat can only begin here when this conversation has ended.",
                "End the conversation first, or start another chat beside it.",
            )
        self.wanted, self.redialled = True, False
        self._close_at = now.monotonic
        self.tick(now)

    def tick(self, now: Moment, /) -> None:
        """Close the old session as soon as the pace allows; go on without an answer when there is none."""
        if self._close_at is not None and now.monotonic >= self._close_at:
            due = self._session.sending.pace.request_at(now.monotonic)
            self._close_at = due if due > now.monotonic else None
            if self._close_at is None:
                self._close(now)
        if self._closed_by is not None and now.monotonic >= self._closed_by:
            self.closed_old(now)

    def closed_old(self, now: Moment) -> None:
        """The old session is closed, or will not be: configure the new one."""
        if self._closed_by is not None:
            self._forget_closing()
            self._session.connecting.configure(now)

    def configured(self, _new_session: bool, now: Moment, /) -> None:
        """The new chat has begun, or the service did not want to begin one."""
        if not self.wanted:
            return
        self.wanted = False
        if self._session.state is State.READ_ONLY:
            self._session.emit(events.ErrorRaised(now.utc, NewChatRefusedError(), fatal=False))

    def announce(self, *, again: bool, new_session: bool, now: Moment) -> None:
        """Tell that the conversation is another one than before, if it is."""
        asked_for = self.wanted and new_session
        reason = ""
        if asked_for:
            reason = _ASKED_FOR
        elif again and new_session:
            reason = _FORGOTTEN
        elif new_session and self._session.options.resume:
            reason = _NOT_RESUMED
        if reason:
            self._session.emit(events.SessionRenewed(now.utc, asked_for, reason))

    def broken(self, _now: Moment, /) -> None:
        """The connection is gone, and with it what was closed on it."""
        self._forget_closing()

    def over(self, _now: Moment, /) -> None:
        """Nothing begins any more."""
        self.wanted = False
        self._forget_closing()

    def _close(self, now: Moment) -> None:
        session = self._session
        self._close_id = session.new_id()
        self._closed_by = now.monotonic + session.options.limits.renew_timeout
        session.hearing.refusing.expect(self._close_id, self._close_refused)
        session.sending.transmit(
            frames.CloseSession(
                token=session.options.token, close_all_connections=True, tracing_id=self._close_id
            ),
            now,
        )

    def _close_refused(self, _refusal: GcdeskError, now: Moment) -> bool:
        self.closed_old(now)
        return True

    def _forget_closing(self) -> None:
        self._session.hearing.refusing.forget(self._close_id)
        self._close_id, self._close_at, self._closed_by = "", None, None
