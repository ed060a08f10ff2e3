"""One guest session, from the first dial to the end, as a machine without I/O, clock or tasks.

The law of this file: the outside hands in frames, moments and wishes, and drains what comes out after every call:
frames to send, events, when to be woken, whether to dial or to close. A wish out of place raises and changes
nothing. A surprise from the service never raises: it is an event, and the chat goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from gcdesk.errors import DeploymentInactiveError, GcdeskError, MessageInputError, WishError
from gcdesk.guest import events, frames
from gcdesk.guest.attributes import check_attributes
from gcdesk.guest.budget import WaitingMessage
from gcdesk.guest.budgeting import Budgeting
from gcdesk.guest.connecting import NORMAL_CLOSURE, Connecting
from gcdesk.guest.deployment import DeploymentConfig
from gcdesk.guest.ending import CLEARED, Ending
from gcdesk.guest.errands import Errand
from gcdesk.guest.events import Event
from gcdesk.guest.expiry import Expiry
from gcdesk.guest.frames import SentFrame
from gcdesk.guest.hearing import Hearing
from gcdesk.guest.history import History
from gcdesk.guest.masking import know, mask
from gcdesk.guest.message import Delivery
from gcdesk.guest.moment import Moment
from gcdesk.guest.options import JoinPolicy, SessionOptions
from gcdesk.guest.part import Part
from gcdesk.guest.pulse import Pulse
from gcdesk.guest.received import decode_frame
from gcdesk.guest.renewing import Renewing
from gcdesk.guest.replies import Reply
from gcdesk.guest.sending import ONLY_READ, Sending
from gcdesk.guest.service_time import ServiceTime
from gcdesk.guest.sign_in import SigningIn
from gcdesk.guest.states import ENDED, LIVE, State, step
from gcdesk.guest.transcript import Transcript

if TYPE_CHECKING:
    from gcdesk.guest.identity import SignIn

if TYPE_CHECKING:
    from gcdesk.guest.links import Links
    from gcdesk.guest.received import SessionResponse
    from gcdesk.guest.upload import OutgoingFile
    from gcdesk.guest.uploads import Uploads

__all__ = ["NORMAL_CLOSURE", "JoinPolicy", "Session", "SessionOptions"]


class Session:
    """The state of one token at the service.

    Args:
        options: What the session is for.
        new_id: Makes a fresh UUID at each call, for tracing IDs.
        jitter: Gives a number from 0 to 1 at each call, for the pauses between tries.
    """

    def __init__(
        self, options: SessionOptions, new_id: Callable[[], str], jitter: Callable[[], float] = lambda: 0.5
    ) -> None:
        know(options.token)
        know(options.deployment_id)
        self.options = options
        self.state = State.IDLE
        self.deployment: DeploymentConfig | None = None
        self.transcript = Transcript(self.emit)
        self.order = self.transcript.order
        self.sending = Sending(options, new_id, self.emit, self.transcript)
        self.wants_dial = False
        self.wants_close: int | None = None
        self.wants_check = False
        self.finished = False
        self.attribute_limit = options.limits.attribute_bytes
        self.allowed: SessionResponse | None = None
        self.hearing = Hearing(self)
        self.connecting = Connecting(self, jitter)
        self.pulse = Pulse(self)
        self.ending = Ending(self)
        self.sign_in = SigningIn(self)
        self.service_time = ServiceTime(self)
        self.expiry = Expiry(self)
        self.budget = Budgeting(self)
        self.sending.look = self.budget.look
        self.history = History(self)
        self.renewing = Renewing(self)
        self.parts: list[Part] = [
            self.renewing,
            self.connecting,
            self.pulse,
            self.ending,
            self.sign_in,
            self.expiry,
            self.history,
            self.budget,
        ]
        self._new_id = new_id
        self._deployment_known = options.join is not JoinPolicy.AUTOSTART
        self._events: list[Event] = []
        self._errands: list[Errand] = []

    def __repr__(self) -> str:
        return f"<Session {self.state.value} token={mask(self.options.token)}>"

    # Outputs

    def take_frames(self) -> list[SentFrame]:
        """The frames to put on the wire now, in order; they are forgotten here."""
        return self.sending.take_frames()

    def take_events(self) -> list[Event]:
        """What happened since the last call, in order; it is forgotten here."""
        taken, self._events = self._events, []
        return taken

    def take_errands(self) -> list[Errand]:
        """The errands to run now, beside the session; they are forgotten here."""
        taken, self._errands = self._errands, []
        return taken

    @property
    def next_wake(self) -> float | None:
        """Monotonic seconds at which `tick` wants to be called, None if only something from outside matters."""
        wakes = (self.sending.next_at, *(part.next_wake for part in self.parts))
        return min((time for time in wakes if time is not None), default=None)

    @property
    def can_say(self) -> bool:
        """Whether messages and replies are taken; before the session is configured they wait."""
        return self.state in LIVE and self.state is not State.READ_ONLY

    @property
    def resumable(self) -> bool:
        """Whether the service has taken the token and would, as far as is known, go on with its conversation."""
        return self.connecting.configured_once and not self.ending.token_spent

    @property
    def can_join(self) -> bool:
        """Whether joining makes sense: configured, and not joined yet."""
        return self.state is State.CONFIGURED and not self.sending.joined and not self.sending.join_id

    @property
    def can_clear(self) -> bool:
        """Whether the conversation may be ended from here, as far as the deployment says."""
        return self.ending.can_clear

    def waiting(self, now: Moment) -> tuple[WaitingMessage, ...]:
        """The own messages that wait, in order, each with its earliest time."""
        return self.budget.waiting(now)

    # Inputs

    def dial(self, now: Moment) -> None:
        """Open the first connection. Raises WishError unless the session is idle."""
        self.connecting.dial(now)

    def opened(self, host: str, tls: str, proxy: str, now: Moment) -> None:
        """The WebSocket is open: configure the session on it."""
        self.connecting.opened(host, tls, proxy, now)

    def dial_failed(self, error: GcdeskError, now: Moment) -> None:
        """A dial did not lead to an open WebSocket."""
        self.connecting.failed(error, now)

    def received(self, data: str | bytes, now: Moment) -> None:
        """A frame came in, whatever it holds."""
        frame = decode_frame(data)
        size = len(data) if isinstance(data, bytes) else len(data.encode("utf-8", "surrogatepass"))
        self.emit(events.FrameReceived(now.utc, frame, size))
        if frame.problems:
            self.emit(events.Oddity(now.utc, frame, frame.problems))
        if self.state in LIVE:
            self.hearing.hear(frame, now)
        self.sending.send_waiting(now)

    def lost(self, error: GcdeskError, now: Moment) -> None:
        """The connection broke, or the other side closed it, cleanly or not."""
        self.connecting.lost(error, now)

    def closed(self, now: Moment) -> None:
        """The closing that was asked for is done."""
        self.ending.closed(now)

    def deployment_read(self, config: DeploymentConfig, seconds: float, now: Moment) -> None:
        """The deployment's configuration is known; one that is not active stops the session."""
        if self.state in ENDED or self.state is State.CLOSING:
            return
        self.deployment = config
        self.emit(events.DeploymentRead(now.utc, config, seconds))
        if not config.active:
            title = f"The deployment is not active: its status is {config.status}." if config.status else None
            self.stop(DeploymentInactiveError(title), now)
            return
        self.sign_in.deployment_known(config, now)
        self._decide_join(now)

    def deployment_unread(self, error: GcdeskError, seconds: float, now: Moment) -> None:
        """The deployment's configuration cannot be read; the chat goes on without it."""
        if self.state in ENDED or self.state is State.CLOSING:
            return
        self.emit(events.DeploymentUnread(now.utc, error, seconds))
        self._decide_join(now)

    def tick(self, now: Moment) -> None:
        """Time passed: give up waiting, dial again, or send what waited."""
        for part in self.parts:
            part.tick(now)
        self.sending.send_waiting(now)

    # Wishes

    def say(self, text: str, now: Moment, *, attachment: str = "") -> str:
        """Send a text as the customer; returns the message's key.

        Args:
            text: What to say; may be empty with a file.
            now: The time.
            attachment: The ID of an attached file that the message carries and, if need be, waits for.

        Raises:
            MessageInputError: The text is empty or over the limit; nothing was sent.
            WishError: The session takes no messages now, or there is no such file to send.
        """
        if not text.strip() and not attachment:
            raise MessageInputError("The message is empty.", "Write something to send.")
        text = text if text.strip() else ""
        self.sending.check(frames.text_message(text), text)
        self._must_take_messages()
        if not attachment:
            return self.sending.queue(text, None, now)
        file, held = self.uploads.claim(attachment), self.uploads.holds(attachment)
        return self.sending.queue(text, None, now, file=file, held=held)

    def attach(self, file: OutgoingFile, now: Moment) -> str:
        """Begin to upload a file; returns its attachment ID. Raises FileInputError and WishError."""
        return self.uploads.attach(file, now)

    def attach_again(self, attachment_id: str, now: Moment) -> None:
        """Upload a failed file once more. Raises FileInputError and WishError."""
        self.uploads.attach_again(attachment_id, now)

    def detach(self, attachment_id: str, now: Moment) -> None:
        """Take a file back that is not sent yet. Raises WishError."""
        self.uploads.detach(attachment_id, now)

    def refresh_link(self, attachment_id: str, now: Moment) -> None:
        """Ask for a fresh link to a file; LinkRefreshed follows. Raises WishError."""
        self.uploads.links.refresh(attachment_id, now)

    def reply(self, reply: Reply, now: Moment) -> str:
        """Answer a button, card, date, list or form; returns the message's key.

        Raises:
            MessageInputError: The answer's text is over the limit or cannot be sent; nothing was sent.
            WishError: The session takes no messages now.
        """
        self.sending.check(frames.structured_message(reply), reply.label)
        self._must_take_messages()
        return self.sending.queue(reply.label, reply, now)

    def join(self, now: Moment) -> None:
        """Join the conversation now. Raises WishError out of place."""
        if not self.can_join:
            raise WishError("The conversation cannot be joined right now.")
        self.sending.join_owed = True
        self.sending.send_waiting(now)

    def typing(self, now: Moment) -> bool:
        """Tell that the customer types; False if the cooldown, the state or the deployment says no."""
        return self.pulse.typing(now)

    def clear(self, now: Moment) -> None:
        """End the conversation from the customer's side. Raises WishError where that is not allowed."""
        self.ending.clear(now)

    def echo(self, now: Moment) -> bool:
        """Ask for a sign of life; False if the last one is too recent or the session is not configured."""
        return self.pulse.echo(now)

    def set_attributes(self, attributes: Mapping[str, str], now: Moment) -> None:
        """Take another set of custom attributes; the next message carries it.

        Raises:
            CustomAttributeError: It cannot be sent, or is over the limit; the earlier set stays.
            WishError: The session is over.
        """
        if self.state in ENDED or self.state is State.CLOSING:
            raise WishError
        check_attributes(attributes, self.attribute_limit)
        if self.sending.delivery.replace(attributes):
            self.sending.report_attributes(now, even_none=True)

    def resend(self, key: str, now: Moment) -> None:
        """Send a failed message again. Raises WishError if there is none of that key or none can be sent."""
        self._must_take_messages()
        file = self.sending.outbox.failed_file(key)
        if file and self.uploads.prepare_again(file, now):
            return
        outgoing = self.sending.outbox.revive(key)
        if outgoing is None:
            raise WishError("That message is not waiting to be sent again.")
        self.transcript.changed(outgoing.become(Delivery.QUEUED), now)
        self.sending.send_waiting(now)

    def withdraw(self, key: str, now: Moment) -> None:
        """Take a waiting message back. Raises WishError if it is on its way already."""
        outgoing = self.sending.outbox.withdraw(key)
        if outgoing is None:
            raise WishError("That message is on its way already.", "Look at the transcript for its fate.")
        self.transcript.withdrawn(outgoing.message, now)
        self.budget.look(now)

    def load_history(self, now: Moment) -> None:
        """Read earlier messages; HistoryChanged tells how far it has come.

        Raises:
            WishError: The session is not configured.
        """
        self.history.load(now)

    def new_chat(self, now: Moment) -> None:
        """Begin a new conversation where this one can only be read; SessionRenewed tells when it has begun.

        Raises:
            WishError: The conversation goes on, or the chat is not connected.
        """
        self.renewing.begin(now)

    def retry_now(self, now: Moment) -> bool:
        """Try a broken connection again without waiting any longer; whether that is done.

        For when the network is back, or the person does not want to wait. A wait the service asked for is kept.
        """
        return self.connecting.retry_now(now)

    def suspect(self, now: Moment) -> None:
        """The connection may be dead without a sign, as after sleep: have it checked, or dial if it is broken."""
        if self.state is State.RECONNECTING:
            self.connecting.retry_now(now)
        elif self.state in (State.CONNECTED, State.CONFIGURED, State.READ_ONLY):
            self.wants_check = True

    def step_up(self, sign_in: SignIn, now: Moment) -> None:
        """Turn a guest's chat into that of a signed-in customer. Raises WishError out of place."""
        self.sign_in.step_up(sign_in, now)

    def signed_in(self, sign_in: SignIn, now: Moment) -> None:
        """Go on with a fresh sign-in, as SignInNeeded asks for it. Raises WishError if none is needed."""
        self.sign_in.signed_in(sign_in, now)

    def log_out(self, now: Moment) -> None:
        """Log the signed-in customer out, which closes the chat. Raises WishError out of place."""
        self.sign_in.log_out(now)

    def leave(self, now: Moment, reason: str = "") -> None:
        """Close the connection; the conversation stays open for the agent. Does nothing after the end."""
        self.ending.leave(now, reason)

    def stop(self, error: GcdeskError, now: Moment) -> None:
        """End the session because of an error; does nothing after the end."""
        self.ending.stop(error, now)

    # Files: most chats have none, and the first reply need not wait for the imports

    @property
    def has_files(self) -> bool:
        """Whether anything was done about files yet."""
        return "uploads" in self.__dict__

    @cached_property
    def links(self) -> Links:
        """The fresh links to files that are asked for."""
        from gcdesk.guest.links import Links

        links = Links(self)
        self.parts.append(links)
        return links

    @cached_property
    def uploads(self) -> Uploads:
        """The customer's files."""
        from gcdesk.guest.uploads import Uploads

        uploads = Uploads(self, self.links)
        self.parts.append(uploads)
        self.sending.carried = uploads.sent
        return uploads

    # For the parts that hear and answer

    def emit(self, event: Event) -> None:
        """Tell the outside."""
        self._events.append(event)

    def run_errand(self, errand: Errand) -> None:
        """Ask the outside for something that is neither a frame nor a dial."""
        self._errands.append(errand)

    def new_id(self) -> str:
        """A fresh UUID."""
        return self._new_id()

    def become(self, state: State, now: Moment, reason: str = "") -> None:
        """Take a step of the table and tell the outside; nothing if the state stays."""
        before = self.state
        if before is not state:
            self.state = step(before, state)
            self.emit(events.StateChanged(now.utc, state, before, reason))

    def configured(self, read_only: bool, new_session: bool, now: Moment) -> None:
        """The service took the session: decide about the Join and send what waited."""
        if self.ending.is_proved_by(new_session):
            self.ending.leave(now, CLEARED)
            return
        again = self.connecting.was_configured()
        # What was asked for as new is new, whatever the answer calls it.
        new_session = new_session or (self.renewing.wanted and not read_only)
        self.renewing.announce(again=again, new_session=new_session, now=now)
        if again and new_session:
            self.sending.renew()
            if self.has_files:
                self.uploads.renew(now)
        if not new_session and not again:
            self.sending.join_undecided = False
        self.become(State.READ_ONLY if read_only else State.CONFIGURED, now)
        if read_only:
            self.sending.join_undecided = False
            self._only_read(now)
        else:
            self.sending.open = True
            if not self.sending.join_undecided:
                self.sending.report_pending(now)
            elif self._deployment_known:
                self._decide_join(now)
        for part in self.parts:
            part.configured(new_session, now)

    def read_only(self, now: Moment, reason: str = "") -> None:
        """The other side ended the conversation: what waits can never go out."""
        self.become(State.READ_ONLY, now, reason)
        self._only_read(now)

    # Inside

    def _only_read(self, now: Moment) -> None:
        for part in self.parts:
            part.read_only(now)
        self.sending.fail_waiting(ONLY_READ, now, but_unsure=True)

    def _must_take_messages(self) -> None:
        if self.state is State.READ_ONLY:
            raise WishError(
                "This conversation has ended and can only be read.", "Start a new chat to write again."
            )
        if not self.can_say:
            raise WishError("Messages cannot be sent in this chat right now.")

    def _decide_join(self, now: Moment) -> None:
        self._deployment_known = True
        if self.state is not State.CONFIGURED:
            return
        policy, config = self.options.join, self.deployment
        autostart = policy is JoinPolicy.AUTOSTART and config is not None and config.autostart
        self.sending.decide_join(autostart or policy is JoinPolicy.ALWAYS, now)
