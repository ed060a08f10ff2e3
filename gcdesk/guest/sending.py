"""What goes out of a session: own messages, the Join, and every other frame, in order and at the service's pace."""

from __future__ import annotations

from collections.abc import Callable

from gcdesk.errors import MessageInputError
from gcdesk.guest import events, frames
from gcdesk.guest.delivery import AttributeDelivery
from gcdesk.guest.events import AttributeStatus, Carrier, Event
from gcdesk.guest.frames import SentFrame
from gcdesk.guest.message import Delivery
from gcdesk.guest.moment import Moment
from gcdesk.guest.options import SessionOptions
from gcdesk.guest.outbox import Outbox
from gcdesk.guest.pace import Pace
from gcdesk.guest.replies import Reply


class Sending:
    """The sending side of one session.

    Nothing is sent on its own before `open` is true and the Join is decided; what the session must send at once, such
    as configureSession, goes by `transmit`.

    Args:
        options: What the session is for.
        new_id: Makes a fresh UUID at each call, for tracing IDs.
        emit: Takes what happened.
    """

    def __init__(
        self, options: SessionOptions, new_id: Callable[[], str], emit: Callable[[Event], None]
    ) -> None:
        self._options = options
        self._new_id = new_id
        self._emit = emit
        self._frames: list[SentFrame] = []
        self.delivery = AttributeDelivery(options.attributes)
        self.outbox = Outbox()
        self.pace = Pace(options.limits)
        self.open = False
        self.join_id = ""
        self.joined = False
        self.join_owed = False
        self.join_undecided = True

    def take_frames(self) -> list[SentFrame]:
        """The frames to put on the wire now, in order; they are forgotten here."""
        taken, self._frames = self._frames, []
        return taken

    @property
    def next_at(self) -> float | None:
        """Monotonic seconds from which the next waiting frame may go out, None if none waits or may."""
        if not self.open or self.join_undecided:
            return None
        if not self.join_owed and self.outbox.next is None:
            return None
        return self.pace.message_at(float("-inf"))

    def check(self, message: frames.OutgoingMessage, text: str) -> None:
        """Raise MessageInputError for a text the service would refuse or JSON cannot hold."""
        size = len(text.encode("utf-8", "surrogatepass"))
        limit = self._options.limits.message_bytes
        if size > limit:
            raise MessageInputError(
                f"The message is {size:,} bytes long; Genesys Cloud takes at most {limit:,}.",
                "Shorten it, or send it in parts.",
            )
        try:
            frames.encode(frames.OnMessage(token=self._options.token, message=message))
        except UnicodeEncodeError:
            raise MessageInputError(
                "The message holds half a character that cannot be sent.", "Delete it and write it again."
            ) from None

    def queue(self, text: str, reply: Reply | None, now: Moment) -> str:
        """Take an own message, send it as soon as it may go, and return its key."""
        outgoing = self.outbox.add(self._new_id(), text, reply, now.utc)
        self._emit(events.MessageAdded(now.utc, outgoing.message))
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
        self.joined, self.join_id, self.join_undecided = False, "", True

    def interrupt(self, now: Moment) -> None:
        """The connection broke: what was under way waits again."""
        self.open = False
        for outgoing in self.outbox.put_back_all():
            self._emit(events.MessageChanged(now.utc, outgoing.become(Delivery.QUEUED)))
        if self.join_id and not self.joined:
            self.join_id, self.join_owed = "", True
        if self.delivery.interrupted():
            self.report_attributes(now)

    def silence(self) -> None:
        """Nothing goes out on its own any more."""
        self.open = self.join_owed = False

    def fail_waiting(self, reason: str, now: Moment) -> None:
        """What waits can never go out; what is under way may still be answered."""
        self.silence()
        for outgoing in self.outbox.fail_waiting():
            self._emit(events.MessageChanged(now.utc, outgoing.become(Delivery.FAILED, failure=reason)))

    def fail_all(self, reason: str, now: Moment) -> None:
        """Nothing that is not sent by now ever will be."""
        self.silence()
        for outgoing in self.outbox.fail_all():
            self._emit(events.MessageChanged(now.utc, outgoing.become(Delivery.FAILED, failure=reason)))

    def send_waiting(self, now: Moment) -> None:
        """Send what waits and may go out by now: the Join first, then messages in their order."""
        while (due := self.next_at) is not None and due <= now.monotonic:
            if self.join_owed:
                self._send_join(now)
            else:
                self._send_next(now)

    def send_message(self, message: frames.OutgoingMessage, now: Moment) -> str:
        """Send an onMessage request at once; returns its tracing ID."""
        tracing_id = self._new_id()
        self._send_as(message, tracing_id, now)
        return tracing_id

    def transmit(self, request: frames.Request, now: Moment) -> None:
        """Hand a request that is no message to the outside and count it."""
        self.pace.request_sent(now.monotonic)
        self._hand_over(request, now)

    def report_pending(self, now: Moment) -> None:
        """Tell what becomes of attributes that still wait."""
        if self.delivery.status is AttributeStatus.PENDING:
            self.report_attributes(now)

    def report_attributes(self, now: Moment) -> None:
        """Tell how far the attributes have come, if there are any."""
        if not self.delivery.attributes:
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

    def _send_join(self, now: Moment) -> None:
        self.join_owed = False
        attributes = self.delivery.for_join()
        self.join_id = self.send_message(frames.join_message(attributes), now)
        if attributes is not None and self.delivery.carried(self.join_id, Carrier.JOIN):
            self.report_attributes(now)

    def _send_next(self, now: Moment) -> None:
        outgoing = self.outbox.start(self._new_id)
        tracing_id = outgoing.message.tracing_id
        attributes = self.delivery.for_message()
        message = (
            frames.structured_message(outgoing.reply, attributes)
            if outgoing.reply
            else frames.text_message(outgoing.message.text, attributes)
        )
        self._send_as(message, tracing_id, now)
        self._emit(events.MessageChanged(now.utc, outgoing.become(Delivery.SENDING)))
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
