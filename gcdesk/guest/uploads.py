"""Files from the customer: from the wish to the message that carries them (guest API, sections 2 and 6).

The way of a file: the service is asked for a place, an errand puts the file there, the service confirms it, a message
carries it, and the echo of that message says that it is sent. Whatever goes wrong on the way has a name and can be
tried again; what the service has confirmed survives a break of the connection.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from gcdesk.errors import (
    ConnectError,
    FileInputError,
    FileTimeoutError,
    GcdeskError,
    HttpTimeoutError,
    UploadInterruptedError,
    UploadRefusedError,
    WishError,
)
from gcdesk.guest import events, received
from gcdesk.guest.content import Attachment
from gcdesk.guest.errands import CancelErrand, UploadFile
from gcdesk.guest.links import Links
from gcdesk.guest.message import Delivery
from gcdesk.guest.moment import Moment
from gcdesk.guest.part import Part
from gcdesk.guest.transfer import Transfer
from gcdesk.guest.upload import OutgoingFile, Upload, UploadState
from gcdesk.guest.upload_answers import UploadAnswers
from gcdesk.guest.upload_requests import UploadRequests
from gcdesk.guest.upload_rules import UploadRules, rules_of

if TYPE_CHECKING:
    from gcdesk.guest.session import Session

_EXPIRED = frozenset({403, 410, 4008})
_MEDIA = {"image": "Image", "video": "Video", "audio": "Audio"}


class Uploads(Part):
    """The files of one session, by attachment ID."""

    def __init__(self, session: Session, links: Links) -> None:
        self._session = session
        self.links = links
        self._transfers: dict[str, Transfer] = {}
        self._requests = UploadRequests(session, self._transfers)
        self._answers = UploadAnswers(session, self, links)

    @property
    def rules(self) -> UploadRules:
        """What is known of the deployment's rules by now."""
        return rules_of(self._session.allowed, self._session.deployment)

    # Wishes

    def attach(self, file: OutgoingFile, now: Moment) -> str:
        """Begin to upload a file; returns its attachment ID, under which UploadChanged tells the rest.

        Raises:
            FileInputError: The deployment would not take it, by what is known; nothing was sent.
            WishError: The session takes no files now.
        """
        self._must_take_files()
        self.rules.check(file)
        attachment_id = self._session.new_id()
        transfer = Transfer(Upload(attachment_id, file, UploadState.REQUESTED))
        self._transfers[attachment_id] = transfer
        self._session.emit(events.UploadChanged(now.utc, transfer.upload))
        self._send_waiting(now)
        return attachment_id

    def attach_again(self, attachment_id: str, now: Moment) -> None:
        """Upload a failed file once more; the message that was to carry it waits for it again.

        Raises:
            FileInputError: The deployment would not take it, by what is known by now.
            WishError: No file of that ID has failed, or the session takes no files now.
        """
        self._must_take_files()
        transfer = self._transfers.get(attachment_id)
        if transfer is None or transfer.upload.state is not UploadState.FAILED:
            raise WishError("That file is not waiting to be sent again.")
        self.rules.check(transfer.upload.file)
        transfer.chances, transfer.unready = 1, 0
        self._ask_anew(transfer, now)
        for outgoing in self._session.sending.outbox.revive_with(attachment_id):
            self._session.transcript.changed(outgoing.become(Delivery.QUEUED), now)
        self._send_waiting(now)

    def detach(self, attachment_id: str, now: Moment) -> None:
        """Take a file back, wherever it is on its way; a message that waits for it fails.

        Raises:
            WishError: There is no such file, or it is sent, or the message that carries it is on its way.
        """
        transfer = self._transfers.get(attachment_id)
        if transfer is None or transfer.upload.state is UploadState.REMOVED:
            raise WishError("There is no such file any more.")
        if transfer.upload.state is UploadState.SENT or self._session.sending.outbox.may_have_sent(
            attachment_id
        ):
            raise WishError("That file is on its way already.", "Look at the transcript for its fate.")
        self._fail_messages(attachment_id, "The file was removed before the message was sent.", now)
        if transfer.upload.state is UploadState.UPLOADED:
            transfer.removing = True
        else:
            self._stop(transfer)
            self._change(transfer, now, state=UploadState.REMOVED)
        self._send_waiting(now)

    def claim(self, attachment_id: str) -> Attachment:
        """The file as the message that is to carry it shows it.

        Raises:
            WishError: There is no such file, or another message carries it.
        """
        transfer = self._transfers.get(attachment_id)
        if transfer is None or transfer.removing or transfer.upload.state is UploadState.REMOVED:
            raise WishError("There is no such file any more.", "Attach it again.")
        if transfer.upload.state is UploadState.FAILED:
            raise WishError(
                "That file could not be uploaded.", "Try the file again first, or attach another."
            )
        if transfer.upload.state is UploadState.SENT or self._session.sending.outbox.carries(attachment_id):
            raise WishError("Another message has that file already.", "Attach it again to send it twice.")
        file = transfer.upload.file
        media = _MEDIA.get(file.mime.partition("/")[0], "File")
        return Attachment(attachment_id, "", file.name, media, file.mime, file.size)

    def holds(self, attachment_id: str) -> bool:
        """Whether a message with this file has to wait for it."""
        transfer = self._transfers.get(attachment_id)
        return transfer is not None and (
            transfer.upload.state is not UploadState.UPLOADED or transfer.ready_at is not None
        )

    def prepare_again(self, attachment_id: str, now: Moment) -> bool:
        """A failed message is to go out again with its file; whether it waits now for a new upload of it.

        Raises:
            FileInputError: The deployment would not take it, by what is known by now.
            WishError: The file is gone, or another message carries it.
        """
        transfer = self._transfers.get(attachment_id)
        if transfer is not None and transfer.upload.state is UploadState.FAILED:
            self.attach_again(attachment_id, now)
            return True
        self.claim(attachment_id)
        return False

    # What the errand tells

    def progress(self, attachment_id: str, sent: int, now: Moment) -> None:
        """So many bytes of the file are on their way."""
        transfer = self._transfers.get(attachment_id)
        if transfer is not None and transfer.running:
            self._change(transfer, now, sent=sent)

    def transferred(self, attachment_id: str, now: Moment) -> None:
        """The storage took the whole file; the service's own word is still to come."""
        transfer = self._transfers.get(attachment_id)
        if transfer is not None and transfer.running:
            transfer.running, transfer.stored = False, True
            transfer.due = now.monotonic + self._session.options.limits.file_timeout
            self._change(transfer, now, sent=transfer.upload.file.size)

    def failed(self, attachment_id: str, error: GcdeskError, now: Moment) -> None:
        """The file did not get through to the storage."""
        transfer = self._transfers.get(attachment_id)
        if transfer is not None and transfer.running:
            transfer.running = False
            self.give_up(transfer, error, now)

    # What the session tells

    def sent(self, attachment_id: str, now: Moment) -> None:
        """The message with this file was echoed."""
        transfer = self._transfers.get(attachment_id)
        if transfer is not None:
            self._stop(transfer)
            self._change(transfer, now, state=UploadState.SENT)

    def renew(self, now: Moment) -> None:
        """The service began a new session, which has none of the files."""
        for transfer in self._transfers.values():
            if transfer.removing:
                self.removed(transfer, now)
            elif transfer.is_open:
                transfer.tries = 0
                self._ask_anew(transfer, now)

    def read_only(self, now: Moment, /) -> None:
        """The conversation has ended: what is not sent can never be."""
        error = UploadInterruptedError("The conversation ended before the file was sent.")
        outbox = self._session.sending.outbox
        # A message that went out may have arrived, and its file with it.
        self._interrupt(error, now, [key for key in self._transfers if not outbox.may_have_sent(key)])

    def configured(self, _new_session: bool, now: Moment, /) -> None:
        """Ask for what waited."""
        self._send_waiting(now)

    def broken(self, now: Moment, /) -> None:
        """What was not uploaded is asked for again on the next connection; what may have been is asked after."""
        for transfer in self._transfers.values():
            self._requests.forget(transfer)
            if transfer.upload.state is not UploadState.UPLOADING or transfer.checking:
                continue
            if transfer.stored:
                self.check(transfer, None)
            else:
                self._ask_anew(transfer, now)

    def over(self, now: Moment, /) -> None:
        """Nothing goes out any more."""
        self._interrupt(UploadInterruptedError(), now, self._transfers)

    @property
    def next_wake(self) -> float | None:
        """When to ask for something, to let a message go, or to give up waiting."""
        times = [transfer.due for transfer in self._transfers.values()]
        times += [transfer.ready_at for transfer in self._transfers.values()]
        times.append(self._requests.next_at)
        return min((time for time in times if time is not None), default=None)

    def tick(self, now: Moment, /) -> None:
        """Ask for what waits, let messages go, and give up what does not come."""
        for attachment_id, transfer in self._transfers.items():
            if transfer.ready_at is not None and now.monotonic >= transfer.ready_at:
                transfer.ready_at = None
                self._session.sending.outbox.hold(attachment_id, held=False)
            if transfer.due is not None and now.monotonic >= transfer.due:
                self._too_late(transfer, now)
        self._send_waiting(now)

    # For the answers of the service

    def find(self, attachment_id: str) -> Transfer | None:
        """The file with that ID, None if it is not one of ours."""
        return self._transfers.get(attachment_id)

    @property
    def oldest_asked(self) -> Transfer | None:
        """The file for which the service was asked first and has not answered; None if there is none."""
        return next((transfer for transfer in self._transfers.values() if transfer.asked), None)

    def begin(self, transfer: Transfer, place: received.PresignedUrl, now: Moment) -> None:
        """The service named a place: put the file there."""
        file = transfer.upload.file
        self._requests.forget(transfer)
        transfer.running = True
        transfer.tries += 1
        self._change(transfer, now, state=UploadState.UPLOADING)
        self._session.run_errand(
            UploadFile(
                key=transfer.upload.id,
                url=place.url,
                headers=place.headers,
                mime=file.mime,
                size=file.size,
                source=file.source,
            )
        )

    def uploaded(self, transfer: Transfer, url: str, now: Moment) -> None:
        """The service has the file: a message may carry it."""
        self._stop(transfer)
        self._change(transfer, now, state=UploadState.UPLOADED, sent=transfer.upload.file.size, url=url)
        self._session.sending.outbox.hold(transfer.upload.id, held=False)

    def check(self, transfer: Transfer, doubt: GcdeskError | None) -> None:
        """Nobody knows whether the service has the file: ask for a link to it, which only an uploaded file has.

        If it has not, the file fails with the doubt, or is asked for anew if there is none.
        """
        self._stop(transfer)
        transfer.checking, transfer.doubt = True, doubt

    def missing(self, transfer: Transfer, now: Moment) -> None:
        """The service does not have the file that it was asked after."""
        if transfer.doubt is None:
            self._ask_anew(transfer, now)
        else:
            self.give_up(transfer, transfer.doubt, now)

    def removed(self, transfer: Transfer, now: Moment) -> None:
        """The service has the file no more."""
        self._requests.forget(transfer)
        transfer.removing = False
        self._change(transfer, now, state=UploadState.REMOVED)

    def give_up(self, transfer: Transfer, error: GcdeskError, now: Moment) -> None:
        """A try failed: ask once more where that may help, or tell that the file failed."""
        if transfer.chances and _may_pass(error):
            transfer.chances -= 1
            self._ask_anew(transfer, now)
        else:
            self.fail(transfer, error, now)

    def fail(self, transfer: Transfer, error: GcdeskError, now: Moment) -> None:
        """The file failed, and with it the message that waits for it."""
        self._stop(transfer)
        self._change(transfer, now, state=UploadState.FAILED, error=error)
        self._fail_messages(transfer.upload.id, str(error), now)

    def forget_request(self, transfer: Transfer) -> None:
        """No answer is awaited any more: what still waits is asked for again."""
        self._requests.forget(transfer)

    # Inside

    def _must_take_files(self) -> None:
        if not self._session.can_say:
            raise WishError("Files cannot be sent in this chat right now.")

    def _send_waiting(self, now: Moment) -> None:
        for transfer in self._requests.due(now):
            if not transfer.removing and not transfer.checking:
                try:
                    # More may be known of the rules than when the file was attached.
                    self.rules.check(transfer.upload.file)
                except FileInputError as error:
                    self.fail(transfer, error, now)
                    continue
            self._requests.send(transfer, partial(self._answers.refused, transfer.upload.id), now)

    def _ask_anew(self, transfer: Transfer, now: Moment) -> None:
        """From the beginning, under the same ID; what waits with the file waits for it."""
        self._stop(transfer)
        self._session.sending.outbox.hold(transfer.upload.id, held=True)
        self._change(transfer, now, state=UploadState.REQUESTED, sent=0, url="")

    def _stop(self, transfer: Transfer) -> None:
        """Nothing is expected of it any more."""
        self._requests.forget(transfer)
        transfer.due = transfer.ready_at = transfer.doubt = None
        transfer.checking = transfer.stored = False
        if transfer.running:
            transfer.running = False
            self._session.run_errand(CancelErrand(key=transfer.upload.id))

    def _too_late(self, transfer: Transfer, now: Moment) -> None:
        if transfer.removing:
            self._requests.forget(transfer)
            transfer.removing = False
            self._session.emit(events.ErrorRaised(now.utc, FileTimeoutError(), fatal=False))
        elif transfer.stored:
            # The service's word may have been lost on its way.
            self.check(transfer, FileTimeoutError())
        else:
            self.give_up(transfer, transfer.doubt or FileTimeoutError(), now)

    def _interrupt(self, error: GcdeskError, now: Moment, attachment_ids: Iterable[str]) -> None:
        for transfer in map(self._transfers.__getitem__, attachment_ids):
            if transfer.removing:
                self.removed(transfer, now)
            elif transfer.is_open:
                self._stop(transfer)
                self._change(transfer, now, state=UploadState.FAILED, error=error)

    def _fail_messages(self, attachment_id: str, reason: str, now: Moment) -> None:
        for outgoing in self._session.sending.outbox.fail_waiting_with(attachment_id):
            self._session.transcript.left(outgoing.become(Delivery.FAILED, failure=reason), now)

    def _change(self, transfer: Transfer, now: Moment, **changes: Any) -> None:
        """Tell the outside, if that is any news; in another state an earlier error is history."""
        if "state" in changes:
            changes.setdefault("error", None)
        upload = replace(transfer.upload, **changes)
        if upload != transfer.upload:
            transfer.upload = upload
            self._session.emit(events.UploadChanged(now.utc, upload))


def _may_pass(error: GcdeskError) -> bool:
    """Whether another try may work: the place expired, the connection broke, the storage or the service kept silent."""
    if isinstance(error, UploadRefusedError) and error.code is not None and error.code >= 500:
        return True
    return error.code in _EXPIRED or isinstance(error, ConnectError | HttpTimeoutError | FileTimeoutError)
