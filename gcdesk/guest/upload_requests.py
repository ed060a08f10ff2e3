"""What the service is asked about the customer's files, at its pace (guest API, sections 2 and 8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gcdesk.guest import frames
from gcdesk.guest.moment import Moment
from gcdesk.guest.refusing import TakeRefusal
from gcdesk.guest.states import State
from gcdesk.guest.transfer import Transfer

if TYPE_CHECKING:
    from gcdesk.guest.session import Session


class UploadRequests:
    """Sends the requests about the files of one session, as many at once and as fast as the limits allow.

    Args:
        session: Whose files.
        transfers: All of them, by attachment ID.
    """

    def __init__(self, session: Session, transfers: Mapping[str, Transfer]) -> None:
        self._session = session
        self._transfers = transfers

    @property
    def next_at(self) -> float | None:
        """Monotonic seconds from which the next request may go out, None if none waits or may."""
        if next(self._waiting(), None) is None:
            return None
        return self._session.sending.pace.request_at(float("-inf"))

    def due(self, now: Moment) -> Iterator[Transfer]:
        """The files for which the service may be asked for something now, one after another."""
        for transfer in self._waiting():
            if self._session.sending.pace.request_at(now.monotonic) > now.monotonic:
                return
            yield transfer

    def send(self, transfer: Transfer, refused: TakeRefusal, now: Moment) -> None:
        """Ask for what the file needs next; `refused` takes a refusal."""
        session = self._session
        transfer.asked = session.new_id()
        transfer.due = now.monotonic + session.options.limits.file_timeout
        session.hearing.refusing.expect(transfer.asked, refused)
        session.sending.transmit(self._request(transfer), now)

    def forget(self, transfer: Transfer) -> None:
        """No answer is awaited any more."""
        if transfer.asked:
            self._session.hearing.refusing.forget(transfer.asked)
            transfer.asked, transfer.due = "", None

    def _waiting(self) -> Iterator[Transfer]:
        if self._session.state is not State.CONFIGURED or self._session.connecting.is_configuring:
            return
        room = self._session.options.limits.uploads_at_once
        room -= sum(transfer.is_under_way for transfer in self._transfers.values())
        for transfer in self._transfers.values():
            if not transfer.is_waiting:
                continue
            if transfer.removing or transfer.is_under_way:
                yield transfer
            elif room > 0:
                room -= 1
                yield transfer

    def _request(self, transfer: Transfer) -> frames.Request:
        token, file = self._session.options.token, transfer.upload.file
        attachment_id, tracing_id = transfer.upload.id, transfer.asked
        if transfer.removing or transfer.checking:
            request = frames.DeleteAttachment if transfer.removing else frames.GetAttachment
            return request(token=token, attachment_id=attachment_id, tracing_id=tracing_id)
        return frames.OnAttachment(
            token=token,
            attachment_id=attachment_id,
            file_name=file.name,
            file_type=file.mime,
            file_size=file.size,
            errors_as_json=True,
            tracing_id=tracing_id,
        )
