"""Watching the budget of a session, and telling when something changes that a person would see."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import msgspec

from gcdesk.guest import events
from gcdesk.guest.budget import Budget, BudgetKind, Use, WaitingMessage
from gcdesk.guest.moment import Moment
from gcdesk.guest.pace import Window
from gcdesk.guest.part import Part

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

_PAUSE = 1.0
"""Seconds between two reports, unless a wait begins or ends."""

_Sight = tuple[object, ...]


class Dials(msgspec.Struct, frozen=True):
    """What whoever dials knows: `used` of `allowed` dials of the deployment within a minute, and the connections of
    this session that are `open`; `at` is the monotonic second at which the next dial has its turn."""

    used: int
    allowed: int
    open: int
    at: float | None = None


class Budgeting(Part):
    """The budget of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        limits = session.options.limits
        self._dials = Dials(0, limits.connections_per_minute, 0)
        self._told_at = float("-inf")
        self._told: _Sight = ()
        self._urgent_told: _Sight = ()
        self._owed = False
        self._over = False

    @property
    def next_wake(self) -> float | None:
        """When to tell what changed shortly after the last report."""
        return self._told_at + _PAUSE if self._owed else None

    def state(self, now: Moment) -> Budget:
        """The budget at this moment."""
        session, pace = self._session, self._session.sending.pace
        limits, mono = session.options.limits, now.monotonic
        burst = pace.burst_used(mono)
        outbox = session.sending.outbox
        dial_at = self._dials.at if self._dials.at is not None and self._dials.at > mono else None
        return Budget(
            uses=(
                Use(
                    BudgetKind.MESSAGES,
                    burst,
                    limits.message_burst,
                    _utc(pace.burst_free_at, now) if burst else None,
                ),
                _use(BudgetKind.REQUESTS, pace.requests, now),
                _use(BudgetKind.ECHOES, pace.echoes, now),
                _use(BudgetKind.CONFIGURES, pace.configures, now),
                _use(BudgetKind.HISTORY, pace.history, now),
                Use(BudgetKind.CONNECTIONS, self._dials.open, limits.connections_per_token),
                Use(BudgetKind.DIALS, self._dials.used, self._dials.allowed),
            ),
            waiting=len(outbox.waiting),
            next_at=next(iter(self._times(1, now)), None) if outbox.next is not None else None,
            held_until=_utc(pace.held_until, now) if pace.held_until > mono else None,
            dial_at=None if dial_at is None else _utc(dial_at, now),
        )

    def waiting(self, now: Moment) -> tuple[WaitingMessage, ...]:
        """The own messages that wait, in order, each with its earliest time; one that waits for its file has none."""
        waiting = self._session.sending.outbox.waiting
        times = iter(self._times(sum(not outgoing.held for outgoing in waiting), now))
        return tuple(
            WaitingMessage(outgoing.message, None if outgoing.held else next(times, None))
            for outgoing in waiting
        )

    def dialling(self, dials: Dials, now: Moment) -> None:
        """Whoever dials tells how things stand."""
        self._dials = dials
        self.look(now)

    def look(self, now: Moment) -> None:
        """Tell the outside if there is something new to see, and not too soon after the last time."""
        if self._over:
            return
        urgent = self._urgent()
        seen = (*urgent, *self._counts())
        if seen == self._told:
            self._owed = False
        elif urgent != self._urgent_told or now.monotonic >= self._told_at + _PAUSE:
            self._told_at, self._told, self._urgent_told, self._owed = now.monotonic, seen, urgent, False
            self._session.emit(events.BudgetChanged(now.utc, self.state(now)))
        else:
            self._owed = True

    def tick(self, now: Moment, /) -> None:
        """Tell what is owed."""
        if self._owed:
            self.look(now)

    def broken(self, now: Moment, /) -> None:
        """What went out shortly before the break is told before anything else happens."""
        self._told_at = float("-inf")
        self.look(now)

    def over(self, _now: Moment, /) -> None:
        """Nothing is sent any more, so nothing is told."""
        self._over, self._owed = True, False

    def _times(self, count: int, now: Moment) -> list[datetime]:
        """The earliest times for the next messages; empty if nobody knows, as before the session is configured."""
        sending = self._session.sending
        if not count or sending.next_at is None:
            return []
        # A Join that is owed goes first and takes a place of its own.
        times = sending.pace.messages_at(now.monotonic, count + sending.join_owed)
        return [_utc(time, now) for time in times[sending.join_owed :]]

    def _urgent(self) -> _Sight:
        """What is told at once: a wait that begins or ends."""
        sending = self._session.sending
        return bool(sending.outbox.next), sending.pace.held_until, self._dials.at

    def _counts(self) -> _Sight:
        sending = self._session.sending
        return sending.pace.changes, len(sending.outbox.waiting), self._dials


def _use(kind: BudgetKind, window: Window, now: Moment) -> Use:
    used = window.used(now.monotonic)
    return Use(kind, used, window.allowed, _utc(window.empty_at(), now) if used else None)


def _utc(monotonic: float, now: Moment) -> datetime:
    return now.utc + timedelta(seconds=monotonic - now.monotonic)
