"""What the service says about the customer's files (guest API, sections 3 and 4)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gcdesk.errors import GcdeskError
from gcdesk.guest import received
from gcdesk.guest.links import Links
from gcdesk.guest.message import Delivery
from gcdesk.guest.moment import Moment
from gcdesk.guest.received import ErrorBody, ReceivedFrame
from gcdesk.guest.upload import UploadState

if TYPE_CHECKING:
    from gcdesk.guest.outbox import Outgoing
    from gcdesk.guest.refusing import Found
    from gcdesk.guest.session import Session
    from gcdesk.guest.uploads import Uploads

_ABOUT_FILES = frozenset({*range(4000, 4006), 4008, 4009, 4102})
_NOT_THERE = frozenset({4008, 4009})
_UNREADY = 4010
# Codes that can be about anything; they are about a file only if nothing else is under way.
_ABOUT_ANYTHING = frozenset({400, 408, 429, 4020, 5000, *range(500, 600)})


class UploadAnswers:
    """Takes the frames about the files of one session."""

    def __init__(self, session: Session, uploads: Uploads, links: Links) -> None:
        self._session = session
        self._uploads = uploads
        self._links = links
        hearing = session.hearing
        hearing.on(received.PresignedUrl, self._presigned)
        hearing.on(received.UploadSuccess, self._confirmed)
        hearing.on(received.AttachmentDeleted, self._deleted)
        hearing.refusing.search(self._about)

    def refused(self, attachment_id: str, error: GcdeskError, now: Moment) -> bool:
        """The service refused a file, or wants to be asked later; whether that was told."""
        transfer = self._uploads.find(attachment_id)
        if transfer is None:
            return False
        if error.retry_after is not None and transfer.asked:
            self._uploads.forget_request(transfer)
            return True
        if transfer.removing:
            if error.code in _NOT_THERE:
                self._uploads.removed(transfer, now)
                return True
            self._uploads.forget_request(transfer)
            transfer.removing = False
            return False
        carried = self._session.sending.outbox.may_have_sent(attachment_id)
        if not transfer.is_open or (carried and transfer.upload.state is UploadState.UPLOADED):
            # What becomes of the message under way tells what became of its file.
            return False
        if transfer.checking:
            self._uploads.missing(transfer, now)
            return True
        if transfer.asked and transfer.tries:
            # An earlier try may have gone through although nobody here was told, and its ID is taken then.
            self._uploads.check(transfer, error)
            return True
        self._uploads.give_up(transfer, error, now)
        return True

    def _presigned(self, frame: ReceivedFrame, body: received.PresignedUrl, now: Moment) -> None:
        if self._links.take(frame, body, now):
            return
        transfer = self._uploads.find(body.attachment_id)
        if transfer is None or not transfer.asked or transfer.removing:
            return
        if transfer.checking:
            self._uploads.uploaded(transfer, body.url, now)
        else:
            self._uploads.begin(transfer, body, now)

    def _confirmed(self, _frame: ReceivedFrame, body: received.UploadSuccess, now: Moment) -> None:
        transfer = self._uploads.find(body.attachment_id)
        if transfer is None:
            return
        if transfer.upload.state in (UploadState.REQUESTED, UploadState.UPLOADING):
            self._uploads.uploaded(transfer, body.download_url, now)
        elif transfer.upload.state is UploadState.REMOVED:
            # It was taken back after its last byte had left.
            transfer.removing = True

    def _deleted(self, _frame: ReceivedFrame, body: received.AttachmentDeleted, now: Moment) -> None:
        transfer = self._uploads.find(body.attachment_id)
        if transfer is not None and transfer.removing:
            self._uploads.removed(transfer, now)

    def _about(self, frame: ReceivedFrame, refusal: GcdeskError) -> Found | None:
        """The file that a refusal is about: named in it, carried by the message it is about, or asked for first."""
        named = frame.body.attachment_id if isinstance(frame.body, ErrorBody) else ""
        if self._links.wants(named):
            return "", partial(self._links.refused, named)
        if self._uploads.find(named) is not None:
            return "", partial(self.refused, named)
        outgoing = self._session.sending.outbox.carrier(frame.tracing_id)
        if outgoing is not None and refusal.code in {*_NOT_THERE, _UNREADY}:
            return outgoing.message.tracing_id, partial(self._message_refused, outgoing)
        if frame.tracing_id or not self._may_be_about_files(refusal):
            return None
        asked = self._uploads.oldest_asked
        if asked is not None:
            return "", partial(self.refused, asked.upload.id)
        oldest = self._links.oldest
        if oldest:
            return "", partial(self._links.refused, oldest)
        return None if outgoing is None else (outgoing.message.tracing_id, _untold)

    def _may_be_about_files(self, refusal: GcdeskError) -> bool:
        sending = self._session.sending
        busy = bool(sending.outbox.oldest()) or (bool(sending.join_id) and not sending.joined)
        return refusal.code in _ABOUT_FILES or (refusal.code in _ABOUT_ANYTHING and not busy)

    def _message_refused(self, outgoing: Outgoing, error: GcdeskError, now: Moment) -> bool:
        """The service does not have the file of a message that is under way, or not yet."""
        transfer = self._uploads.find(outgoing.attachment)
        if transfer is None:
            return False
        limits = self._session.options.limits
        if error.code == _UNREADY and transfer.unready < limits.unready_tries:
            transfer.unready += 1
            transfer.ready_at = now.monotonic + limits.unready_pause
            self._session.sending.outbox.put_back(outgoing.message.tracing_id)
            outgoing.held = True
            self._session.transcript.changed(outgoing.become(Delivery.QUEUED), now)
            return True
        # The message fails with this refusal, and the file would not be there the next time either.
        self._uploads.fail(transfer, error, now)
        return False


def _untold(_error: GcdeskError, _now: Moment) -> bool:
    """The message fails with the refusal like any other."""
    return False
