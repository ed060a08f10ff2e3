"""Reading a session's history: earlier messages on demand, and after a break what was missed (guest API, section 3.3).

The law of this file: one page is under way at a time, and never more than the service allows in a minute. What a
page brings is merged by the service's IDs, so a page may shift while others are read. Own messages of which a break
left nobody knows if they arrived wait for the history a bounded time, and not at all where there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from gcdesk.errors import (
    ConnectionLostError,
    GcdeskError,
    HistoryError,
    HttpTimeoutError,
    OpenTimeoutError,
    UnreachableError,
    WishError,
)
from gcdesk.guest import events, frames, received
from gcdesk.guest.errands import CancelErrand, ReadHistory
from gcdesk.guest.events import HistoryStatus
from gcdesk.guest.history_merge import Merging
from gcdesk.guest.history_page import HistoryEntity, HistoryPage
from gcdesk.guest.inbox import is_written
from gcdesk.guest.moment import Moment
from gcdesk.guest.pace import MARGIN
from gcdesk.guest.part import Part
from gcdesk.guest.received import ReceivedFrame
from gcdesk.guest.refusing import TakeRefusal
from gcdesk.guest.states import State

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

_READABLE = frozenset({State.CONFIGURED, State.READ_ONLY})
_JWT_MARGIN = 5.0
_JWT_LIFE = 60.0
_MOST_TRIES = 3
_PAUSES = (1.0, 3.0, 9.0)
_MOST_MISSED_PAGES = 10
_KNOWN_GROUND = 10
_MOST_STALE_PAGES = 2
_PASSING = frozenset({408, 429, 500, 502, 503, 504})
_BROKEN = (ConnectionLostError, HttpTimeoutError, OpenTimeoutError, UnreachableError)


class _Reading(msgspec.Struct, eq=False):
    """One walk through the pages: `known_by` counts the IDs seen before a break that it looks back to.

    A `quiet` one looks after own messages that lack their echo, which nobody needs to be told of.
    """

    missed: bool
    quiet: bool = False
    page: int = 1
    added: int = 0
    tries: int = 0
    stale: int = 0
    renewed_jwt: bool = False
    newer: str = ""
    known_by: int = 0
    walked: set[str] = msgspec.field(default_factory=set)
    collected: list[HistoryEntity] = msgspec.field(default_factory=list)


class History(Part):
    """The history of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._merging = Merging(session)
        self._jwt = ""
        self._jwt_until = float("-inf")
        self._asked = ""
        self._answer_by: float | None = None
        self._errand = ""
        self._step_at: float | None = None
        self._release_at: float | None = None
        self._reading: _Reading | None = None
        self._earlier = _Reading(missed=False)
        self._wanted = False
        self._known_by: int | None = None
        self._useless = False
        self._doubted: set[str] = set()
        self.complete = False
        session.hearing.on(received.Jwt, self._jwt_came)
        session.hearing.refusing.search(self._find_refusal)

    @property
    def can_load(self) -> bool:
        """Whether earlier messages may be asked for."""
        return self._session.state in _READABLE

    def load(self, now: Moment) -> None:
        """Read earlier messages, page by page until there are some; nothing more if they are being read already.

        Raises:
            WishError: The session is not configured.
        """
        if not self.can_load:
            raise WishError(
                "Earlier messages cannot be read right now.",
                "Wait until the chat is connected, then try again.",
            )
        if self._wanted:
            return
        self._earlier.added = self._earlier.tries = 0
        self._earlier.renewed_jwt = False
        if self.complete:
            self._tell(HistoryStatus.LOADED, self._earlier, now)
            return
        self._wanted = True
        self._tell(HistoryStatus.LOADING, self._earlier, now)
        if self._reading is None:
            self._begin(self._earlier, now)

    # What happens to the session

    def configured(self, new_session: bool, now: Moment, /) -> None:
        """Look for what was missed during a break, or begin anew with a new session."""
        if new_session:
            self._forget()
            self._merging.all_ours = True
            if self._session.state is State.READ_ONLY:
                self._session.sending.fail_unsure(now)
        elif self._known_by is not None:
            self._catch_up(self._known_by, now)
        elif self._session.options.resume and not self._wanted:
            self.load(now)
        if self._reading is None and self._wanted:
            self._begin(self._earlier, now)

    def broken(self, _now: Moment, /) -> None:
        """What was asked for on the old connection will not be answered; what was known until now is the ground."""
        if self._known_by is None:
            self._known_by = self._session.transcript.inbox.count
        self._stop_reading()

    def over(self, _now: Moment, /) -> None:
        """Nothing is read any more."""
        self._stop_reading()
        self._wanted = False

    def _forget(self) -> None:
        self._stop_reading()
        self._jwt, self._known_by = "", None
        self._earlier, self.complete = _Reading(missed=False), False

    def _stop_reading(self) -> None:
        if self._errand:
            self._session.run_errand(CancelErrand(key=self._errand))
        self._session.hearing.refusing.forget(self._asked)
        self._errand = self._asked = ""
        self._answer_by = self._step_at = self._release_at = None
        self._reading = None

    # Time

    @property
    def next_wake(self) -> float | None:
        """When to go on reading, or to stop waiting for something."""
        times = (self._answer_by, self._step_at, self._release_at, self._doubt_at)
        return min((time for time in times if time is not None), default=None)

    def tick(self, now: Moment, /) -> None:
        """Go on, or stop waiting."""
        if self._release_at is not None and now.monotonic >= self._release_at:
            self._release(now)
        if self._answer_by is not None and now.monotonic >= self._answer_by:
            self._session.hearing.refusing.forget(self._asked)
            self._answer_by, self._asked = None, ""
            self._failed(HistoryError("The service gave no key to the earlier messages in time."), now)
        if self._step_at is not None and now.monotonic >= self._step_at:
            self._step(now)
        if self._doubt_at is not None and now.monotonic >= self._doubt_at:
            self._doubt(now)

    # Own messages that lack their echo

    @property
    def _doubt_at(self) -> float | None:
        """When a message has been under way for so long that the history is asked about it; once for each."""
        if self._reading is not None or self._useless or self._session.state is not State.CONFIGURED:
            return None
        sent = [
            own.sent_at.monotonic
            for own in self._session.sending.outbox.undecided
            if own.sent_at is not None and own.key not in self._doubted
        ]
        return min(sent) + self._session.options.limits.confirm_timeout if sent else None

    def _doubt(self, now: Moment) -> None:
        self._doubted = {own.key for own in self._session.sending.outbox.undecided}
        known_by = self._session.transcript.inbox.count
        self._begin(_Reading(missed=True, quiet=True, known_by=known_by), now)

    # Reading

    def _catch_up(self, known_by: int, now: Moment) -> None:
        sending, limits = self._session.sending, self._session.options.limits
        reading = _Reading(missed=True, known_by=known_by)
        self._tell(HistoryStatus.LOADING, reading, now)
        if sending.has_unsure and not self._useless:
            sending.checking = True
            self._release_at = now.monotonic + limits.catch_up_timeout
        elif self._session.state is State.READ_ONLY:
            sending.fail_unsure(now)
        self._begin(reading, now)

    def _release(self, now: Moment) -> None:
        """Own messages have waited long enough: those not found go again."""
        self._release_at = None
        if self._session.sending.checking:
            self._session.sending.checking = False
            if self._session.state is State.READ_ONLY:
                self._session.sending.fail_unsure(now)
            self._session.sending.send_waiting(now)

    def _begin(self, reading: _Reading, now: Moment) -> None:
        self._reading = reading
        self._step(now)

    def _step(self, now: Moment) -> None:
        """Do what comes next: get a key, or ask for the next page, as soon as either may be done."""
        self._step_at = None
        reading, session, at = self._reading, self._session, now.monotonic
        if reading is None or self._asked or self._errand or session.state not in _READABLE:
            return
        pace = session.sending.pace
        has_key = bool(self._jwt) and at < self._jwt_until
        due = pace.history_at(at) if has_key else pace.request_at(at)
        if due > at:
            self._step_at = due
        elif has_key:
            pace.history_read(at)
            self._errand = session.new_id()
            size = session.options.limits.history_page_size
            session.run_errand(
                ReadHistory(key=self._errand, page=reading.page, page_size=size, jwt=self._jwt)
            )
        else:
            self._asked = session.new_id()
            self._answer_by = at + session.options.limits.history_timeout
            session.hearing.refusing.expect(self._asked, self._key_refused)
            session.sending.transmit(frames.GetJwt(token=session.options.token, tracing_id=self._asked), now)

    def _jwt_came(self, _frame: ReceivedFrame, body: received.Jwt, now: Moment) -> None:
        if not self._asked:
            return
        self._session.hearing.refusing.forget(self._asked)
        self._asked, self._answer_by = "", None
        if not body.jwt:
            self._failed(HistoryError("The service gave an empty key to the earlier messages."), now)
            return
        life = (
            _JWT_LIFE
            if body.expires is None
            else body.expires - self._session.service_time.now(now).timestamp()
        )
        # A key that has just come is good, whatever this computer's clock says.
        self._jwt, self._jwt_until = body.jwt, now.monotonic + max(life - _JWT_MARGIN, _JWT_MARGIN)
        self._step(now)

    def _find_refusal(self, frame: ReceivedFrame, _refusal: GcdeskError) -> tuple[str, TakeRefusal] | None:
        """A refusal that names nothing is that of the key, where nothing else is under way."""
        if frame.tracing_id or not self._asked or self._session.sending.outbox.oldest():
            return None
        self._session.hearing.refusing.forget(self._asked)
        return self._asked, self._key_refused

    def _key_refused(self, refusal: GcdeskError, now: Moment) -> bool:
        self._asked, self._answer_by = "", None
        self._failed(refusal, now)
        return True

    def read(self, key: str, page: HistoryPage, now: Moment) -> None:
        """A page was read."""
        reading = self._reading
        if key != self._errand or reading is None:
            return
        self._errand, self._useless = "", False
        reading.tries = 0
        fresh = [entity for entity in page.entities if _name(entity) not in reading.walked]
        reading.walked.update(map(_name, fresh))
        reading.stale = 0 if fresh else reading.stale + 1
        # Messages that arrive meanwhile push known ones onto the next page, and even fill it.
        ends = not page.entities or reading.stale > _MOST_STALE_PAGES
        size = self._session.options.limits.history_page_size
        last = ends or (bool(fresh) and page.may_be_last(reading.page, size, len(reading.walked)))
        if reading.missed:
            self._missed_page(reading, fresh, now, last=last)
        else:
            self._earlier_page(reading, fresh, now, last=last)

    def _earlier_page(
        self, reading: _Reading, fresh: list[HistoryEntity], now: Moment, *, last: bool
    ) -> None:
        added, reading.newer = self._merging.merge(
            fresh, now, newer=reading.newer, from_newest=reading.page == 1
        )
        reading.page += 1
        reading.added += added
        self.complete = last
        if last or reading.added:
            self._done(reading, now)
        else:
            self._step(now)

    def _missed_page(self, reading: _Reading, fresh: list[HistoryEntity], now: Moment, *, last: bool) -> None:
        reading.collected += fresh
        if last or self._is_on_known_ground(reading) or reading.page >= _MOST_MISSED_PAGES:
            if not reading.quiet:
                self._known_by = None
            self._done(reading, now)
        else:
            reading.page += 1
            self._step(now)

    def _is_on_known_ground(self, reading: _Reading) -> bool:
        """Whether nothing further back can have been missed, or be an own message whose fate is not known.

        One known message proves little, because messages may have come out of turn before the break.
        """
        session, known = self._session, 0
        for entity in reversed(reading.collected):
            if not is_written(entity.body):
                continue
            if not session.transcript.inbox.has(entity.body.id, reading.known_by):
                break
            known += 1
        read = {entity.body.id for entity in reading.collected}
        return known >= _KNOWN_GROUND and all(own.since in read for own in session.sending.outbox.undecided)

    def unread(self, key: str, error: GcdeskError, now: Moment) -> None:
        """A page could not be read."""
        reading = self._reading
        if key != self._errand or reading is None:
            return
        self._errand = ""
        if error.code == 401 and not reading.renewed_jwt:
            reading.renewed_jwt = True
            self._jwt = ""
            self._step(now)
        else:
            self._failed(error, now)

    def _failed(self, error: GcdeskError, now: Moment) -> None:
        """Something on the way to a page failed: it may pass, or the reading is over."""
        reading = self._reading
        if reading is None:
            return
        passing = error.code in _PASSING or error.retry_after is not None or isinstance(error, _BROKEN)
        if passing and reading.tries < _MOST_TRIES:
            wait = error.retry_after
            pause = _PAUSES[reading.tries] if wait is None else wait * MARGIN
            reading.tries += 1
            self._step_at = now.monotonic + pause
        else:
            self._useless = True
            self._done(reading, now, error)
        # A reading that needs another try takes longer than own messages shall wait.
        self._release(now)

    def _done(self, reading: _Reading, now: Moment, error: GcdeskError | None = None) -> None:
        self._reading = None
        if reading.missed:
            reading.added, _ = self._merging.merge(reading.collected, now, missed=True, from_newest=True)
        else:
            self._wanted = False
        self._tell(HistoryStatus.FAILED if error else HistoryStatus.LOADED, reading, now, error)
        if reading.missed:
            self._release(now)
            if self._wanted:
                self._begin(self._earlier, now)

    def _tell(
        self, status: HistoryStatus, reading: _Reading, now: Moment, error: GcdeskError | None = None
    ) -> None:
        if reading.quiet:
            return
        complete = self.complete and not reading.missed
        self._session.emit(
            events.HistoryChanged(now.utc, status, reading.added, complete, reading.missed, error)
        )


def _name(entity: HistoryEntity) -> str:
    """What tells an entity from the others of a walk; its whole text where it has no ID."""
    return entity.body.id or entity.raw
