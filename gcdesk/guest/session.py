"""One guest session, from the first dial to the end, as a machine without I/O, clock or tasks.

The law of this file: the outside hands in frames, moments and wishes, and drains what comes out after every call:
frames to send, events, when to be woken, whether to dial or to close. A wish out of place raises and changes
nothing. A surprise from the service never raises: it is an event, and the chat goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from gcdesk.errors import DeploymentInactiveError, GcdeskError
from gcdesk.guest import events
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
from gcdesk.guest.moment import Moment
from gcdesk.guest.options import JoinPolicy, SessionOptions
from gcdesk.guest.part import Part
from gcdesk.guest.pulse import Pulse
from gcdesk.guest.received import decode_frame
from gcdesk.guest.renewing import Renewing
from gcdesk.guest.sending import ONLY_READ, Sending
from gcdesk.guest.service_time import ServiceTime
from gcdesk.guest.session_wishes import SessionWishes
from gcdesk.guest.sign_in import SigningIn
from gcdesk.guest.states import ENDED, LIVE, State, step
from gcdesk.guest.transcript import Transcript
from gcdesk.phrase import Phrase

if TYPE_CHECKING:
    from gcdesk.guest.links import Links
    from gcdesk.guest.received import SessionResponse
    from gcdesk.guest.uploads import Uploads

__all__ = ["NORMAL_CLOSURE", "JoinPolicy", "Session", "SessionOptions"]


class Session(SessionWishes):
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
            status = config.status
            title = Phrase("The deployment is not active: its status is {status}.", status=status)
            self.stop(DeploymentInactiveError(title if status else None), now)
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

    def _decide_join(self, now: Moment) -> None:
        self._deployment_known = True
        if self.state is not State.CONFIGURED:
            return
        policy, config = self.options.join, self.deployment
        autostart = policy is JoinPolicy.AUTOSTART and config is not None and config.autostart
        self.sending.decide_join(autostart or policy is JoinPolicy.ALWAYS, now)
