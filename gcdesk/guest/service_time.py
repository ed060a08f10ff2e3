"""What time it is at the service, whatever this computer's clock says."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from gcdesk.guest import events
from gcdesk.guest.moment import Moment
from gcdesk.guest.part import Part

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

TOLERANCE = 120.0
"""Seconds by which a clock may be off before it is told."""

_NEWS = 60.0


class ServiceTime(Part):
    """The service's clock, as the Date of its HTTP answers tells it; between two of them the steady clock goes on.

    A computer's own clock can be wrong, and can be put right in the middle of a chat: what the service dates, such
    as the end of a session or of a JWT, is judged by this one.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._told: tuple[float, datetime] | None = None
        self._off_told = 0.0

    @property
    def is_known(self) -> bool:
        """Whether the service has told its time."""
        return self._told is not None

    def now(self, now: Moment) -> datetime:
        """The service's time in UTC; this computer's as long as the service has not told."""
        if self._told is None:
            return now.utc
        then, date = self._told
        return date + timedelta(seconds=now.monotonic - then)

    def told(self, date: datetime, now: Moment) -> None:
        """An answer of the service that came just now is dated `date` (aware)."""
        self._told = (now.monotonic, date)
        off = (now.utc - date).total_seconds()
        if abs(off) > TOLERANCE and abs(off - self._off_told) > _NEWS:
            self._off_told = off
            self._session.emit(events.ClockOff(now.utc, off))
        self._session.expiry.review(now)
