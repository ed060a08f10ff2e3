"""How long a session is still good, and the health checks around its end (guest API, sections 3.2 and 5).

Times are kept on the steady clock, so a computer whose own clock is wrong announces the end at the right moment.
"""

from __future__ import annotations

import math
from datetime import timedelta
from typing import TYPE_CHECKING

from gcdesk.guest import events
from gcdesk.guest.inbox import is_written
from gcdesk.guest.moment import Moment
from gcdesk.guest.part import Part
from gcdesk.guest.pulse import is_ping
from gcdesk.guest.received import ReceivedFrame, SessionResponse, StructuredMessage

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

_CHECK_BEFORE_NOTICE = 10.0
_CHECK_AFTER_END = 2.0
_PAUSE = 5.0
_SAME = 1.5
"""The service's own dates are whole seconds, so a smaller difference tells nothing."""

_LONGEST = 10 * 366 * 86400.0
_MILLISECONDS_FROM = 1e11
_LATEST = 253_402_300_799.0


class Expiry(Part):
    """The end of one session's life, if nobody writes."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._duration: float | None = None
        self._date: float | None = None
        self._service_ahead: float | None = None
        self._expires: float | None = None
        self._told = -math.inf
        self._told_at = -math.inf
        self._checked = self._announced = self._checked_after = True

    @property
    def next_wake(self) -> float | None:
        """When to tell of a change, to ask the service, or to announce the end."""
        expires = self._expires
        if expires is None:
            return None
        times = (
            (self._told_at + _PAUSE, self._owes_change),
            (expires - self._notice - self._lead, not self._checked),
            (expires - self._notice, not self._announced),
            (expires + _CHECK_AFTER_END, not self._checked_after),
        )
        return min((time for time, due in times if due), default=None)

    def seconds_left(self, now: Moment) -> float | None:
        """Seconds until the session expires if nobody writes; None if the service tells nothing of it."""
        return None if self._expires is None else max(0.0, self._expires - now.monotonic)

    def agreed(self, body: SessionResponse, now: Moment) -> None:
        """The service took the session and may have told how long it is good."""
        self._learn(_usual(body.duration_seconds), epoch_seconds(body.expiration_date))
        length = self._length
        if body.new_session and length is not None:
            if self._date is not None:
                # A new session has its whole life before it, which tells the service's time too.
                self._service_ahead = self._date - length - now.monotonic
            self._move(now.monotonic + length, now)
        else:
            self.review(now)

    def heard(self, frame: ReceivedFrame, body: StructuredMessage, now: Moment) -> None:
        """A message came in: the answer to a health check may tell the end, one of the chat puts it off."""
        duration = _usual(_number(body.metadata.get("durationSeconds")))
        date = epoch_seconds(_number(body.metadata.get("expirationDate")))
        if duration is not None or date is not None:
            self._learn(duration, date)
            self.review(now)
        elif is_written(body) and not is_ping(frame, body):
            self._used(now)

    def review(self, now: Moment) -> None:
        """The service told its time, or an end: work out when that is."""
        left = self._left(now)
        if left is not None:
            self._move(now.monotonic + left, now)

    def tick(self, now: Moment, /) -> None:
        """Do what is due by now."""
        expires = self._expires
        if expires is None:
            return
        if self._owes_change and now.monotonic >= self._told_at + _PAUSE:
            self._tell(now)
        if not self._checked and now.monotonic >= expires - self._notice - self._lead:
            self._checked = True
            self._session.echo(now)
        if not self._announced and now.monotonic >= expires - self._notice:
            self._announced = True
            self._announce(expires, now)
        if not self._checked_after and now.monotonic >= expires + _CHECK_AFTER_END:
            self._checked_after = True
            self._session.echo(now)

    def over(self, _now: Moment, /) -> None:
        """A session that has ended does not expire."""
        self._expires = None

    @property
    def _notice(self) -> float:
        """How long before the end it is announced: short sessions are not announced as soon as they begin."""
        notice = self._session.options.limits.expiry_notice
        return notice if self._length is None else min(notice, self._length / 2)

    @property
    def _lead(self) -> float:
        return _CHECK_BEFORE_NOTICE if self._length is None else min(_CHECK_BEFORE_NOTICE, self._length / 4)

    @property
    def _owes_change(self) -> bool:
        return self._expires is not None and abs(self._expires - self._told) > _SAME

    @property
    def _length(self) -> float | None:
        """How long a session lasts after a message: as the service said, else as the deployment says."""
        deployment = self._session.deployment
        if self._duration is not None or deployment is None:
            return self._duration
        return _usual(deployment.session_duration_seconds)

    def _learn(self, duration: float | None, date: float | None) -> None:
        self._duration = duration if duration is not None else self._duration
        self._date = date

    def _left(self, now: Moment) -> float | None:
        """Seconds that are left by what the service told last; None if that makes no sense."""
        if self._date is None:
            return None
        times = self._session.service_time
        if times.is_known or self._service_ahead is None:
            service_now = times.now(now).timestamp()
        else:
            service_now = now.monotonic + self._service_ahead
        left = self._date - service_now
        length = self._length
        most = _LONGEST if length is None else length + _SAME
        if 0 < left <= most:
            return left
        # Without the service's time a wrong clock may be at fault, and the session was good a moment ago.
        return length if self._expires is None else None

    def _used(self, now: Moment) -> None:
        length = self._length
        if self._expires is None or length is None:
            return
        asks = self._announced
        self._date = None
        self._move(now.monotonic + length, now)
        if asks:
            self._session.echo(now)

    def _move(self, expires: float, now: Moment) -> None:
        if self._expires is not None and abs(expires - self._expires) <= _SAME:
            return
        self._expires = expires
        self._announced = self._checked_after = False
        # Who has just been told need not ask.
        self._checked = now.monotonic >= expires - self._notice - self._lead
        if self._owes_change and now.monotonic >= self._told_at + _PAUSE:
            self._tell(now)

    def _tell(self, now: Moment) -> None:
        if self._expires is not None:
            self._told, self._told_at = self._expires, now.monotonic
            left = self._expires - now.monotonic
            self._session.emit(events.ExpiryChanged(now.utc, now.utc + timedelta(seconds=left), left))

    def _announce(self, expires: float, now: Moment) -> None:
        left = expires - now.monotonic
        if left <= 0 or not self._session.can_say:
            return
        if self._owes_change:
            self._tell(now)
        self._session.emit(events.ExpiryNear(now.utc, now.utc + timedelta(seconds=left), left))


def epoch_seconds(value: float | None) -> float | None:
    """A date of the service in epoch seconds; milliseconds are known by their size, nonsense is None."""
    if value is None or not math.isfinite(value) or value <= 0:
        return None
    seconds = value / 1000 if value >= _MILLISECONDS_FROM else value
    return seconds if seconds <= _LATEST else None


def _usual(seconds: float | None) -> float | None:
    """A duration that can be one of a session."""
    return seconds if seconds is not None and 0 < seconds <= _LONGEST else None


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
