"""What goes out of a session: own messages, the Join, and every other frame, in order and at the service's pace."""

from __future__ import annotations

from collections.abc import Callable

from gcdesk.errors import MessageInputError
from gcdesk.guest import events, frames
from gcdesk.guest.content import Attachment
from gcdesk.guest.delivery import AttributeDelivery
from gcdesk.guest.events import AttributeStatus, Carrier, Event
from gcdesk.guest.frames import SentFrame
from gcdesk.guest.message import Delivery
from gcdesk.guest.moment import Moment
from gcdesk.guest.options import SessionOptions
from gcdesk.guest.outbox import Outbox, Outgoing
from gcdesk.guest.pace import Pace
from gcdesk.guest.received import StructuredMessage
from gcdesk.guest.replies import Reply
from gcdesk.guest.transcript import Transcript
from gcdesk.phrase import Phrase

ONLY_READ = "The conversation has ended and can only be read."


class Sending:
    """The sending side of one session.

    Nothing is sent on its own before `open` is true and the Join is decided; what the session must send at once, such
    as configureSession, goes by `transmit`.

    Args:
        options: What the session is for.
        new_id: Makes a fresh UUID at each call, for tracing IDs.
        emit: Takes what happened.
        transcript: Where own messages stand.
    """

    def __init__(
        self,
        options: SessionOptions,
        new_id: Callable[[], str],
        emit: Callable[[Event], None],
        transcript: Transcript,
    ) -> None:
        self._options = options
        self._new_id = new_id
        self._emit = emit
        self._transcript = transcript
        self._frames: list[SentFrame] = []
        self.delivery = AttributeDelivery(options.attributes)
        self.outbox = Outbox()
        self.pace = Pace(options.limits)
        self.look: Callable[[Moment], None] = _nobody_looks
        self.carried: Callable[[str, Moment], None] = _nobody_waits
        self.open = False
        self.join_id = ""
        self._join_unsure = ""
        self.joined = False
        self.join_owed = False
        self.join_undecided = True
        self.checking = False

    def take_frames(self) -> list[SentFrame]:
        """The frames to put on the wire now, in order; they are forgotten here."""
        taken, self._frames = self._frames, []
        return taken

    @property
    def next_at(self) -> float | None:
        """Monotonic seconds from which the next waiting frame may go out, None if none waits or may."""
        if not self.open or self.join_undecided or self.checking:
            return None
        if not self.join_owed and self.outbox.next is None:
            return None
        return self.pace.message_at(float("-inf"))

    @property
    def has_waiting(self) -> bool:
        """Whether something waits to go out, and still can."""
        return self.open and (self.join_owed or self.outbox.next is not None)

    def check(self, message: frames.OutgoingMessage, text: str) -> None:
        """Raise MessageInputError for a text the service would refuse or JSON cannot hold."""
        size = len(text.encode("utf-8", "surrogatepass"))
        limit = self._options.limits.message_bytes
        if size > limit:
            raise MessageInputError(
                Phrase(
                    "The message is {size:,} bytes long; Genesys Cloud takes at most {limit:,}.",
                    size=size,
                    limit=limit,
                ),
                "Shorten it, or send it in parts.",
            )
        try:
            frames.encode(frames.OnMessage(token=self._options.token, message=message))
        except UnicodeEncodeError:
            raise MessageInputError(
                "The message holds half a character that cannot be sent.", "Delete it and write it again."
            ) from None

    def queue(
        self,
        text: str,
        reply: Reply | None,
        now: Moment,
        *,
        file: Attachment | None = None,
        held: bool = False,
    ) -> str:
        """Take an own message, send it as soon as it may go, and return its key.

        `file` is what it carries; as long as it is held it waits for that file.
        """
        outgoing = self.outbox.add(self._new_id(), text, reply, now.utc, file)
        outgoing.held = held
        self._transcript.said(outgoing.message, now)
        self.send_waiting(now)
        return outgoing.key

    def decide_join(self, joining: bool, now: Moment) -> None:
        """Whether the new session is joined is known now; a Join asked for earlier stays owed."""
        if not self.join_undecided:
            return
        self.join_undecided = False
        self.join_owed = self.join_owed or joining
        self.report_pending(now)
        self.send_waiting(now)

    def renew(self) -> None:
        """The service began a new session: it has neither a Join nor the attributes."""
        self.delivery.renew()
        self.joined, self.join_id, self.join_undecided, self._join_unsure = False, "", True, ""

    def interrupt(self, now: Moment) -> None:
        """The connection broke: what was under way waits again, and nobody knows whether the service has it."""
        self.open = self.checking = False
        for outgoing in self.outbox.put_back_all():
            self._transcript.changed(outgoing.become(Delivery.QUEUED), now)
        if self.join_id and not self.joined:
            self._join_unsure, self.join_id, self.join_owed = self.join_id, "", True
        if self.delivery.interrupted():
            self.report_attributes(now)

    @property
    def has_unsure(self) -> bool:
        """Whether a break left something of which nobody knows if the service has it."""
        return self.outbox.has_unsure or bool(self.join_owed and self._join_unsure)

    def confirm(self, outgoing: Outgoing, raw: str, body: StructuredMessage, now: Moment) -> None:
        """The service has an own message, by its echo or by the history; `raw` is the JSON that told."""
        self.outbox.finish(outgoing, body.id)
        self._transcript.confirmed(outgoing.echoed(raw, body), now)
        self.carried(outgoing.attachment, now)
        for tracing_id in outgoing.tracing_ids:
            self._attributes_echoed(tracing_id, now)

    def join_echoed(self, tracing_id: str, now: Moment) -> None:
        """A Join of the customer came back, by its echo or by the history; it may have been another client's."""
        own = [own for own in (self.join_id, self._join_unsure) if own]
        if self.joined or not own or tracing_id not in ("", *own):
            return
        self.joined, self.join_owed = True, False
        self.join_id = self.join_id or self._join_unsure
        for name in own:
            self._attributes_echoed(name, now)

    def silence(self) -> None:
        """Nothing goes out on its own any more."""
        self.open = self.join_owed = False

    def fail_waiting(self, reason: str, now: Moment, *, but_unsure: bool = False) -> None:
        """What waits can never go out; what is under way, and what a break left unsure, may have arrived."""
        self.silence()
        for outgoing in self.outbox.fail_waiting(but_unsure=but_unsure):
            self._transcript.left(outgoing.become(Delivery.FAILED, failure=reason), now)

    def fail_unsure(self, now: Moment) -> None:
        """The conversation is over, and what a break left unsure was not found in it."""
        for outgoing in self.outbox.fail_waiting():
            self._transcript.left(outgoing.become(Delivery.FAILED, failure=ONLY_READ), now)

    def fail_all(self, reason: str, now: Moment) -> None:
        """Nothing that is not sent by now ever will be."""
        self.silence()
        for outgoing in self.outbox.fail_all():
            self._transcript.left(outgoing.become(Delivery.FAILED, failure=reason), now)

    def send_waiting(self, now: Moment) -> None:
        """Send what waits and may go out by now: the Join first, then messages in their order."""
        while (due := self.next_at) is not None and due <= now.monotonic:
            if self.join_owed:
                self._send_join(now)
            else:
                self._send_next(now)
        self.look(now)

    def send_message(self, message: frames.OutgoingMessage, now: Moment) -> str:
        """Send an onMessage request at once; returns its tracing ID."""
        tracing_id = self._new_id()
        self._send_as(message, tracing_id, now)
        self.look(now)
        return tracing_id

    def transmit(self, request: frames.Request, now: Moment) -> None:
        """Hand a request that is no message to the outside and count it."""
        if isinstance(request, frames.ConfigureSession | frames.ConfigureAuthenticatedSession):
            self.pace.configure_sent(now.monotonic)
        elif isinstance(request, frames.Echo):
            self.pace.echo_sent(now.monotonic)
        else:
            self.pace.request_sent(now.monotonic)
        self._hand_over(request, now)
        self.look(now)

    def report_pending(self, now: Moment) -> None:
        """Tell what becomes of attributes that still wait."""
        if self.delivery.status is AttributeStatus.PENDING:
            self.report_attributes(now)

    def report_attributes(self, now: Moment, *, even_none: bool = False) -> None:
        """Tell how far the attributes have come, if there are any; or that there are none any more."""
        if not self.delivery.attributes and not even_none:
            return
        joining = None if self.join_undecided else self.join_owed or bool(self.join_id)
        self._emit(
            events.AttributesChanged(
                now.utc,
                self.delivery.status,
                self.delivery.attributes,
                self.delivery.size,
                self.delivery.carrier,
                joining,
            )
        )

    def _attributes_echoed(self, tracing_id: str, now: Moment) -> None:
        if self.delivery.resumed(tracing_id):
            self.report_attributes(now)
        if self.delivery.echoed(tracing_id):
            self.report_attributes(now)

    def _send_join(self, now: Moment) -> None:
        self.join_owed = False
        attributes = self.delivery.for_join()
        # After a break it goes under its old tracing ID, as messages do.
        self.join_id, self._join_unsure = self._join_unsure or self._new_id(), ""
        self._send_as(frames.join_message(attributes), self.join_id, now)
        if attributes is not None and self.delivery.carried(self.join_id, Carrier.JOIN):
            self.report_attributes(now)

    def _send_next(self, now: Moment) -> None:
        outgoing = self.outbox.start(self._new_id, self._transcript.inbox.newest, now)
        tracing_id = outgoing.message.tracing_id
        attributes = self.delivery.for_message()
        message = (
            frames.structured_message(outgoing.reply, attributes)
            if outgoing.reply
            else frames.text_message(outgoing.message.text, attributes, outgoing.attachment)
        )
        self._send_as(message, tracing_id, now)
        self._transcript.left(outgoing.become(Delivery.SENDING), now)
        if attributes is not None and self.delivery.carried(tracing_id, Carrier.MESSAGE):
            self.report_attributes(now)

    def _send_as(self, message: frames.OutgoingMessage, tracing_id: str, now: Moment) -> None:
        self.pace.message_sent(now.monotonic)
        self._hand_over(
            frames.OnMessage(token=self._options.token, message=message, tracing_id=tracing_id), now
        )

    def _hand_over(self, request: frames.Request, now: Moment) -> None:
        frame = frames.sent_frame(request)
        self._frames.append(frame)
        self._emit(events.FrameSent(now.utc, frame, len(frame.text.encode())))


def _nobody_waits(_attachment_id: str, _now: Moment) -> None:
    """Before a session has files."""


def _nobody_looks(_now: Moment) -> None:
    """Before a session watches its budget."""
