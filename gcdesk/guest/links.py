"""Fresh links to files that were received: asked for, answered, and given up in time (guest API, section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from gcdesk.errors import FileTimeoutError, GcdeskError, LinkExpiredError, WishError
from gcdesk.guest import events, frames
from gcdesk.guest.moment import Moment
from gcdesk.guest.part import Part
from gcdesk.guest.received import PresignedUrl, ReceivedFrame
from gcdesk.guest.states import LIVE, State

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

_WHERE = frozenset({State.CONFIGURED, State.READ_ONLY})


@dataclass(slots=True)
class _Ask:
    """One link that is wanted: the tracing ID it was asked under, empty as long as it waits, and its deadline."""

    tracing_id: str = ""
    due: float | None = None


class Links(Part):
    """The links one session is asking for, by attachment ID; several wishes for one file are one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._asks: dict[str, _Ask] = {}

    def refresh(self, attachment_id: str, now: Moment) -> None:
        """Ask for a fresh link to a file; LinkRefreshed follows. Raises WishError once the chat is over."""
        if self._session.state not in LIVE:
            raise WishError(
                "A fresh link can only be had while the chat is open.", "Fetch the file in the next chat."
            )
        self._asks.setdefault(attachment_id, _Ask())
        self._send_waiting(now)

    def take(self, frame: ReceivedFrame, body: PresignedUrl, now: Moment) -> bool:
        """Whether an address is such a link, which is then told."""
        ask = self._asks.get(body.attachment_id)
        if ask is None or not ask.tracing_id:
            return False
        if frame.tracing_id != ask.tracing_id and not body.is_download:
            return False
        self._settle(body.attachment_id, now, url=body.url)
        return True

    def wants(self, attachment_id: str) -> bool:
        """Whether a link to that file was asked for and has not come."""
        ask = self._asks.get(attachment_id)
        return ask is not None and bool(ask.tracing_id)

    @property
    def oldest(self) -> str:
        """The attachment ID of the link that was asked for first and has not come; empty if there is none."""
        return next((attachment_id for attachment_id in self._asks if self.wants(attachment_id)), "")

    def refused(self, attachment_id: str, error: GcdeskError, now: Moment) -> bool:
        """The service refused a link, or wants it to be asked for later."""
        ask = self._asks.get(attachment_id)
        if ask is None:
            return False
        if error.retry_after is not None:
            self._wait_again(ask)
        else:
            self._settle(attachment_id, now, error=error)
        return True

    @property
    def next_wake(self) -> float | None:
        """When to ask, or to give up waiting."""
        times = [ask.due for ask in self._asks.values() if ask.due is not None]
        if self._may_ask and any(not ask.tracing_id for ask in self._asks.values()):
            times.append(self._session.sending.pace.request_at(float("-inf")))
        return min(times, default=None)

    def tick(self, now: Moment, /) -> None:
        """Ask for what waits, and give up what does not come."""
        for attachment_id, ask in tuple(self._asks.items()):
            if ask.due is not None and now.monotonic >= ask.due:
                self._settle(attachment_id, now, error=FileTimeoutError())
        self._send_waiting(now)

    def configured(self, _new_session: bool, now: Moment, /) -> None:
        """Ask for what waited."""
        self._send_waiting(now)

    def broken(self, _now: Moment, /) -> None:
        """What was asked for is asked for again on the next connection."""
        for ask in self._asks.values():
            self._wait_again(ask)

    def over(self, now: Moment, /) -> None:
        """No link will come any more."""
        for attachment_id in tuple(self._asks):
            error = LinkExpiredError("The chat ended before there was a fresh link to the file.")
            self._settle(attachment_id, now, error=error)

    @property
    def _may_ask(self) -> bool:
        return self._session.state in _WHERE and not self._session.connecting.is_configuring

    def _send_waiting(self, now: Moment) -> None:
        pace = self._session.sending.pace
        for attachment_id, ask in self._asks.items():
            if not self._may_ask or pace.request_at(now.monotonic) > now.monotonic:
                return
            if not ask.tracing_id:
                self._send(attachment_id, ask, now)

    def _send(self, attachment_id: str, ask: _Ask, now: Moment) -> None:
        session = self._session
        ask.tracing_id = session.new_id()
        ask.due = now.monotonic + session.options.limits.file_timeout
        session.hearing.refusing.expect(ask.tracing_id, partial(self.refused, attachment_id))
        session.sending.transmit(
            frames.GetAttachment(
                token=session.options.token, attachment_id=attachment_id, tracing_id=ask.tracing_id
            ),
            now,
        )

    def _wait_again(self, ask: _Ask) -> None:
        self._session.hearing.refusing.forget(ask.tracing_id)
        ask.tracing_id, ask.due = "", None

    def _settle(
        self, attachment_id: str, now: Moment, *, url: str = "", error: GcdeskError | None = None
    ) -> None:
        self._session.hearing.refusing.forget(self._asks.pop(attachment_id).tracing_id)
        self._session.emit(events.LinkRefreshed(now.utc, attachment_id, url, error))
