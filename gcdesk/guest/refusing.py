"""What a refusal of the service costs: the frame it is about, its message, the attributes (guest API, section 4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from gcdesk.errors import GcdeskError
from gcdesk.guest import codes, events
from gcdesk.guest.message import Delivery
from gcdesk.guest.moment import Moment
from gcdesk.guest.received import ReceivedFrame
from gcdesk.guest.states import State

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

_ATTRIBUTES_TOO_LARGE = 4013
_ABOUT_MESSAGES = frozenset({400, 408, 409, 429, 4010, 4011, _ATTRIBUTES_TOO_LARGE, 4020, 4029, 5000})
_SERVER_FAILURES = range(500, 600)

TakeRefusal = Callable[[GcdeskError, Moment], bool]
"""Takes the refusal of one request; returns whether it also told the outside, so that no ErrorRaised is needed."""

Found = tuple[str, TakeRefusal]
"""The tracing ID of the message a refusal is about, empty if about none, and who takes it."""

Find = Callable[[ReceivedFrame, GcdeskError], "Found | None"]
"""Tells from all that a refusal holds whether it is a part's business; many name no tracing ID."""


class Refusing:
    """Takes the refusals of one session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asked: dict[str, TakeRefusal] = {}
        self._finders: list[Find] = []

    def expect(self, tracing_id: str, take: TakeRefusal) -> None:
        """Let a part take the refusal of the request with that tracing ID, should it come."""
        self._asked[tracing_id] = take

    def search(self, find: Find) -> None:
        """Let a part look for what is its business among the refusals of no request that is expected."""
        self._finders.append(find)

    def forget(self, tracing_id: str) -> None:
        """The request was answered, or will never be."""
        self._asked.pop(tracing_id, None)

    def take(self, frame: ReceivedFrame, refusal: GcdeskError, now: Moment) -> None:
        """Deal with a frame that is a refusal."""
        session = self._session
        if session.sign_in.takes(frame.tracing_id, refusal, now):
            return
        if session.connecting.is_configuring:
            code = refusal.code or 5000
            session.connecting.not_configured(
                codes.service_error(code, refusal.detail, refusal.retry_after, during_configure=True), now
            )
            return
        if codes.is_fatal(refusal, during_configure=False):
            session.stop(refusal, now)
            return
        tracing_id, take = self._taker(frame, refusal)
        if take is None or not take(refusal, now):
            session.emit(events.ErrorRaised(now.utc, refusal, fatal=False, tracing_id=tracing_id))
        wait = self._wait(refusal)
        if wait is not None:
            session.sending.pace.hold(now.monotonic, wait)
            session.emit(events.HeldBack(now.utc, wait, refusal))
        session.ending.refused(tracing_id, refusal)
        session.pulse.refused(tracing_id)
        self._return_attributes(tracing_id, refusal, now)
        self._return_message(tracing_id, refusal, now, later=wait is not None)
        if isinstance(refusal, codes.SessionReadOnlyError) and session.state is State.CONFIGURED:
            session.read_only(now, refusal.title)

    def _wait(self, refusal: GcdeskError) -> float | None:
        """Seconds to hold all sending, None if the refusal is not about speed."""
        if refusal.retry_after is None and isinstance(refusal, codes.TooManyRequestsError):
            return self._session.options.limits.default_hold
        return refusal.retry_after

    def _taker(self, frame: ReceivedFrame, refusal: GcdeskError) -> tuple[str, TakeRefusal | None]:
        """The tracing ID of the own frame a refusal is about, and the part that takes it, if one does."""
        if frame.tracing_id in self._asked:
            return frame.tracing_id, self._asked.pop(frame.tracing_id)
        for find in self._finders:
            found = find(frame, refusal)
            if found is not None:
                return found
        tracing_id = self._about(frame, refusal)
        return tracing_id, self._asked.pop(tracing_id, None)

    def _about(self, frame: ReceivedFrame, refusal: GcdeskError) -> str:
        """The tracing ID of the own frame a refusal is about; errors as plain text often name none."""
        sending = self._session.sending
        if frame.tracing_id:
            return frame.tracing_id
        if refusal.code in _ABOUT_MESSAGES or refusal.code in _SERVER_FAILURES:
            return sending.outbox.oldest() or ("" if sending.joined else sending.join_id)
        return ""

    def _return_attributes(self, tracing_id: str, refusal: GcdeskError, now: Moment) -> None:
        sending = self._session.sending
        if refusal.code == _ATTRIBUTES_TOO_LARGE:
            # A frame known not to carry the present set carried an earlier one, which was replaced since.
            present = not tracing_id or sending.delivery.carrier_of(tracing_id) is not None
            changed = present and sending.delivery.refused()
        else:
            changed = sending.delivery.returned(tracing_id)
        if changed:
            sending.report_attributes(now)

    def _return_message(self, tracing_id: str, refusal: GcdeskError, now: Moment, *, later: bool) -> None:
        session, sending = self._session, self._session.sending
        if tracing_id and tracing_id == sending.join_id:
            sending.join_id, sending.join_owed = "", later
        elif sending.outbox.is_under_way(tracing_id):
            if later:
                changed = sending.outbox.put_back(tracing_id).become(Delivery.QUEUED)
            else:
                changed = sending.outbox.fail(tracing_id).become(Delivery.FAILED, failure=str(refusal))
            session.transcript.changed(changed, now)
