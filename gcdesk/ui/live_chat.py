"""One chat as the window sees it: where it stands, what it says of itself, and the way down to it.

The law of this file: it changes by the chat's own events alone; what a person asks for goes down through the
bridge and comes back as an event, or not at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from gcdesk.errors import GcdeskError
from gcdesk.guest import events
from gcdesk.guest.deployment import DeploymentConfig
from gcdesk.guest.events import Event
from gcdesk.guest.message import Delivery, Direction, Sender, SenderKind
from gcdesk.guest.states import ENDED, State
from gcdesk.ui.bridge import ChatBridge
from gcdesk.ui.calm import Calm
from gcdesk.ui.chat_proof import ChatProof
from gcdesk.ui.earlier import EarlierState
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.notes import note, person
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.said import said, told
from gcdesk.ui.standing import Standing
from gcdesk.ui.step import (
    ARRIVED,
    CONNECTION,
    DEPLOYMENT,
    DOCTOR,
    EDIT_ENVIRONMENT,
    RETRY,
    SENT,
    SESSION,
    Step,
    StepStatus,
)
from gcdesk.ui.steps import Steps
from gcdesk.ui.words import Pill, StateLook, state_look

translate = QCoreApplication.translate


_LONGEST_TITLE = 80
# The service allows one echo in 30 seconds (guest API, section 5); these leave room for the coarse timers of Qt.
_FIRST_PULSE_MS = 20_000
_PULSE_MS = 60_000


def _now() -> datetime:
    return datetime.now(UTC)


def _without_editing(step: Step) -> Step:
    actions = tuple(RETRY if action == EDIT_ENVIRONMENT else action for action in step.actions)
    return step if actions == step.actions else replace(step, actions=actions)


def _as_proved(step: Step, proof: ChatProof) -> Step:
    if step.id == ARRIVED:
        return proof.step(step)
    if step.status is StepStatus.FAILED and step.id in (DEPLOYMENT, CONNECTION, SESSION):
        return replace(step, actions=(*step.actions, DOCTOR))
    return step


def _with_kind(sender: Sender) -> str:
    name = person(sender)
    if sender.kind is SenderKind.AGENT and sender.name:
        return translate("Transcript", "{name} (agent)").format(name=name)
    return name


class LiveChat(QObject):
    """A chat of the window, from the press on Start to its removal from the list.

    Args:
        crm_id: The CRM customer ID as typed.
        item: The environment.
        bridge: The way down.
        parent: The Qt parent.
        clock: Gives the time in UTC.
    """

    happened = Signal(object)
    """An event of the chat; what follows from it is known here already."""

    noted = Signal(str, object)
    """A quiet line for the transcript, and when."""

    changed = Signal()
    """State, steps, last line or presence changed."""

    ended = Signal()
    """Nothing more will come."""

    def __init__(
        self,
        crm_id: str,
        item: EnvironmentItem,
        bridge: ChatBridge,
        parent: QObject | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        super().__init__(parent)
        self.crm_id = crm_id
        self.item = item
        self.bridge = bridge
        self.attributes: dict[str, str] = {}
        """The custom attributes it was started with."""
        bridge.setParent(self)
        self.since = clock()
        self.changed_at = self.since
        self.state = State.IDLE
        self.preparing = False
        self.over = False
        self.error: GcdeskError | None = None
        self.deployment: DeploymentConfig | None = None
        self.last_line = ""
        self.resume_token = ""
        """The guest session's token, once the chat has ended and can be resumed with it; never shown."""
        self.presence = ""
        self.joined = False
        self._agent = ""
        self._early: list[str] = []
        self.round_trip: float | None = None
        self.unread = 0
        self._clock = clock
        self._sent_at: dict[str, datetime] = {}
        self._calm = Calm(self.changed.emit, self)
        self._pulse = QTimer(self, singleShot=True)
        self._pulse.timeout.connect(self._ask_for_sign_of_life)
        self._steps = Steps(translate, simulated=item.simulated)
        self.standing = Standing()
        self.proof = ChatProof(bridge.prover, simulated=item.simulated, parent=self)
        self.proof.changed.connect(self.changed)
        bridge.happened.connect(self._take)
        bridge.failed.connect(self._failed)
        bridge.finished.connect(self._finished)

    # What the window shows

    @property
    def look(self) -> StateLook:
        """How its state shows, and what it allows."""
        if self.preparing:
            starting = translate("States", "Starting")
            return replace(state_look(State.CONNECTING), words=starting)
        return state_look(self.state)

    @property
    def pill(self) -> tuple[str, Pill]:
        """The words and the role of the header's label: the state, unless a failed step says more."""
        look = self.look
        sent = next(step for step in self.steps if step.id == SENT)
        if self.state is State.CONFIGURED and sent.status is StepStatus.FAILED:
            return translate("States", "Chat active, attributes not sent"), "pill-warn"
        return look.words, look.pill

    @property
    def live(self) -> bool:
        """Whether it still goes on."""
        return not self.over and self.state not in ENDED

    @property
    def steps(self) -> tuple[Step, ...]:
        """The checklist's steps."""
        steps = tuple(_as_proved(step, self.proof) for step in self._steps.steps)
        if self.item.simulated:
            # The simulator is no entry of the book, so there is nothing to edit.
            steps = tuple(_without_editing(step) for step in steps)
        if not self.preparing:
            return steps
        title = translate("Steps", "Reading the IDs from the keyring")
        if self.item.simulated:
            title = translate("Steps", "Starting the simulator")
        return tuple(
            replace(step, status=StepStatus.RUNNING, title=title) if step.id == DEPLOYMENT else step
            for step in steps
        )

    @property
    def title(self) -> str:
        """The CRM customer ID as a line that fits a title."""
        return one_line(self.crm_id)[:_LONGEST_TITLE]

    @property
    def can_join(self) -> bool:
        """Whether joining makes sense: the session is ready and was not joined yet."""
        return self.state is State.CONFIGURED and not self.joined

    @property
    def can_clear(self) -> bool:
        """Whether the conversation can be ended here: by the customer, or else through the Platform API."""
        if self._clear_allowed:
            return self.state in (State.CONFIGURED, State.READ_ONLY)
        # Nobody waits any longer in a conversation that is read-only.
        return self.state is State.CONFIGURED and self.proof.can_end

    @property
    def _clear_allowed(self) -> bool:
        return self.deployment is None or self.deployment.clear_enabled

    def end_conversation(self) -> None:
        """End the conversation for everybody, and say which way was used. Raises WishError."""
        if self._clear_allowed or not self.proof.can_end:
            self.bridge.clear()
            return
        self._say(translate("Transcript", "Ending the conversation through the Platform API"))
        self.proof.end(
            lambda: self._say(translate("Transcript", "The conversation was ended through the Platform API")),
            lambda error: self._say(told(error)),
        )

    @property
    def can_attach(self) -> bool:
        """Whether files are taken: the session is ready, and the deployment does not say no."""
        allowed = self.deployment is None or self.deployment.attachments is not False
        return allowed and self.live and self.state in (State.CONFIGURED, State.RECONNECTING)

    @property
    def why_not_attach(self) -> str:
        """Why no file can be attached; empty where one can."""
        if self.can_attach:
            return ""
        if self.deployment is not None and self.deployment.attachments is False:
            return translate("Menu", "This deployment takes no files")
        return translate("Menu", "Files can be attached once the chat is active")

    @property
    def can_load_earlier(self) -> bool:
        """Whether there may be earlier messages, and they can be read now."""
        here = self.live and self.state in (State.CONFIGURED, State.READ_ONLY)
        return here and self.standing.earlier in (EarlierState.OFFERED, EarlierState.FAILED)

    def begin_new_conversation(self) -> None:
        """Ask for a new conversation in this session; SessionRenewed follows. Raises WishError."""
        self.bridge.new_chat()
        self.standing.renewing = True
        self.changed.emit()

    @property
    def why_not_clear(self) -> str:
        """Why the conversation cannot be ended here; empty where it can."""
        if self.can_clear:
            return ""
        if not self._clear_allowed and self.proof.able:
            return translate("Menu", "The conversation can be ended once the first message has been echoed")
        if not self._clear_allowed:
            return translate("Menu", "This deployment does not let the customer end the conversation")
        return translate("Menu", "There is no conversation to end right now")

    def seen(self) -> None:
        """Somebody looks at it."""
        if self.unread:
            self.unread = 0
            self.changed.emit()

    @property
    def can_write(self) -> bool:
        """Whether messages are taken; until the session is ready they wait."""
        return self.live and (self.look.can_write or self.look.under_way)

    def say(self, text: str) -> None:
        """Send a text as the customer, as soon as there is a way down. Raises WishError or MessageInputError."""
        if self.preparing:
            self._early.append(text)
        else:
            self.bridge.say(text)

    def take_early(self) -> str:
        """What was written for a chat that never came to be, so that it is not lost."""
        early, self._early = self._early, []
        return "\n".join(early)

    def start(self) -> None:
        """Start it."""
        self.preparing = True
        self.changed.emit()
        self.bridge.start()

    # Inside

    def _take(self, event: Event) -> None:
        if self.preparing:
            self.preparing = False
            self._send_early()
        self.changed_at = event.at
        self._steps.apply(event)
        self.proof.take(event)
        self.standing.take(event)
        match event:
            case events.StateChanged():
                self.state = event.state
            case events.DeploymentRead():
                self.deployment = event.deployment
            case events.SessionConfigured():
                self._pulse.start(_FIRST_PULSE_MS)
            case events.RoundTrip():
                self.round_trip = event.seconds
            case events.MessageChanged():
                self._message_changed(event)
            case events.MessageAdded():
                self._message_added(event)
            case events.PresenceSeen():
                self._presence_seen(event)
            case events.SessionRenewed():
                self.joined, self._agent, self.presence = False, "", ""
            case events.Ended():
                self.error = event.error
                self.last_line = one_line(
                    said(event.error.title if event.error is not None else event.reason)
                )
        self.happened.emit(event)
        if line := note(event):
            self.noted.emit(line, event.at)
        self._calm.tell_of(event)

    def _send_early(self) -> None:
        early, self._early = self._early, []
        for text in early:
            try:
                self.bridge.say(text)
            except GcdeskError as error:
                self._early.append(text)
                self._say(told(error))

    def _message_added(self, event: events.MessageAdded) -> None:
        message = event.message
        if event.earlier:
            # It was said before what is known already, and whoever asked for it has seen it.
            return
        self.last_line = one_line(message.text) or translate("Transcript", "Shows something to choose from")
        if message.direction is Direction.OUTBOUND:
            self.unread += 1
            self._attended_by(message.sender)

    def _message_changed(self, event: events.MessageChanged) -> None:
        key, delivery = event.message.key, event.message.delivery
        sent_at = self._sent_at.pop(key, None)
        if delivery is Delivery.SENDING:
            self._sent_at[key] = event.at
        elif delivery is Delivery.SENT and sent_at is not None:
            self.round_trip = (event.at - sent_at).total_seconds()

    def _ask_for_sign_of_life(self) -> None:
        self._pulse.start(_PULSE_MS)
        if self.state is State.CONFIGURED:
            self.bridge.echo()

    def _presence_seen(self, event: events.PresenceSeen) -> None:
        if event.direction is Direction.INBOUND:
            self.joined = self.joined or event.kind == "Join"
            return
        words = {
            "Join": translate("Transcript", "{name} joined"),
            "Disconnect": translate("Transcript", "{name} left"),
        }.get(event.kind)
        if words is not None:
            self.presence = words.format(name=_with_kind(event.sender))

    def _attended_by(self, sender: Sender) -> None:
        """Who writes is there, whether the service told of a Join or not."""
        if sender.kind is SenderKind.BOT:
            self._agent, self.presence = "", ""
        elif sender.kind is SenderKind.AGENT and sender.name != self._agent:
            self._agent = sender.name
            if not self.presence.startswith(_with_kind(sender)):
                self.presence = _with_kind(sender)

    def _failed(self, error: GcdeskError) -> None:
        self.preparing = False
        self.error = error
        self.changed_at = self._clock()
        self.state = State.ERROR
        self._steps.fail(error, self.changed_at)
        self.last_line = one_line(said(error.title))
        self._say(translate("Transcript", "The chat could not start. {reason}").format(reason=self.last_line))
        self.changed.emit()

    def _finished(self) -> None:
        self.over = True
        self._pulse.stop()
        if self.preparing or self.state not in ENDED:
            self.preparing = False
            self.state = State.CLOSED
            self.last_line = translate("States", "Cancelled before it was ready")
            self._say(self.last_line)
        self.changed.emit()
        self.ended.emit()

    def _say(self, line: str) -> None:
        self.noted.emit(line, self._clock())
