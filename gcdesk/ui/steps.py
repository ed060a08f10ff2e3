"""The checklist's five steps, from the chat's events alone: no Qt, no clock.

The law of this file: a step is done only when an event says so. Whether the attributes arrived in Genesys
Cloud no event of a guest session can tell, so that step is never done here; it says how to check by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import singledispatchmethod

from gcdesk.errors import (
    ConfigureTimeoutError,
    ConnectError,
    ConnectionRateError,
    CustomAttributeError,
    DeploymentError,
    DeskError,
    GcdeskError,
    HandshakeRefusedError,
    InputError,
    NameNotFoundError,
    ServiceDownError,
    WrongOrgError,
)
from gcdesk.guest import events
from gcdesk.guest.deployment import DeploymentConfig
from gcdesk.guest.events import AttributeStatus, Carrier, Event
from gcdesk.guest.message import Delivery
from gcdesk.guest.states import State
from gcdesk.ui.said import said
from gcdesk.ui.step import (
    ADD_CREDENTIALS,
    ARRIVED,
    CONNECTION,
    COPY_DETAILS,
    DEPLOYMENT,
    EDIT_ATTRIBUTES,
    EDIT_ENVIRONMENT,
    RETRY,
    SENT,
    SESSION,
    STEP_IDS,
    Step,
    StepStatus,
    Translate,
    waiting_step,
)

__all__ = [
    "ARRIVED",
    "CONNECTION",
    "DEPLOYMENT",
    "SENT",
    "SESSION",
    "STEP_IDS",
    "Step",
    "StepStatus",
    "Steps",
    "took",
]

_ATTRIBUTES_TOO_LARGE = 4013


class Steps:
    """The five steps of one chat, moved on by its events.

    Args:
        translate: Gives a text in the person's language, called with a context and the English text.
        simulated: Whether the chat runs on the simulator, where nothing goes to Genesys Cloud.
        local_time: Turns a time into the person's own time zone.
    """

    def __init__(
        self,
        translate: Translate = lambda _context, text: text,
        *,
        simulated: bool = False,
        local_time: Callable[[datetime], datetime] = datetime.astimezone,
    ) -> None:
        self.translate = translate
        self._simulated = simulated
        self._local_time = local_time
        self._state = State.IDLE
        self._configured = False
        self._echoed = False
        self._crm_key = ""
        self._steps: dict[str, Step] = {step: self._waiting(step) for step in STEP_IDS}
        self._session_done = self._steps[SESSION]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps as they stand, in their order."""
        return tuple(self._steps.values())

    def apply(self, event: Event) -> tuple[Step, ...]:
        """Take an event in and return the steps as they stand then; events of no concern change nothing."""
        self._on(event)
        return self.steps

    def fail(self, error: GcdeskError, at: datetime) -> tuple[Step, ...]:
        """Show an error that kept the chat from starting, such as a keyring that did not answer."""
        self._place(error, at, fatal=True)
        self._stop_running()
        return self.steps

    # Events

    @singledispatchmethod
    def _on(self, event: Event) -> None:
        """Events without a method of their own change no step."""

    @_on.register
    def _state_changed(self, event: events.StateChanged) -> None:
        self._state = event.state
        if event.state is State.CONNECTING:
            reading = self.translate("Steps", "Reading the deployment")
            self._set(Step(DEPLOYMENT, StepStatus.RUNNING, reading))
            self._set(Step(CONNECTION, StepStatus.RUNNING, self.translate("Steps", "Connecting")))
        elif event.state is State.CONNECTED:
            self._set(Step(SESSION, StepStatus.RUNNING, self.translate("Steps", "Configuring the session")))
        elif event.state is State.READ_ONLY:
            self._read_only(event.reason)

    @_on.register
    def _deployment_read(self, event: events.DeploymentRead) -> None:
        config = event.deployment
        measured = took(event.seconds)
        if not config.active:
            # The error that ends the chat follows and says it all.
            self._set(replace(self._steps[DEPLOYMENT], measured=measured))
            return
        sign_in = config.sign_in_required and not config.allow_session_upgrade
        title = self.translate("Steps", "Deployment is active")
        if sign_in:
            title = self.translate("Steps", "Deployment wants a sign-in")
        elif config.warnings:
            title = self.translate("Steps", "Deployment is active, but look")
        elif not config.status:
            title = self.translate("Steps", "Deployment read, its status is not given")
        hints = [said(warning, self.translate) for warning in config.warnings]
        if sign_in:
            hints.append(
                self.translate(
                    "Steps",
                    "Choose a deployment without sign-in, or turn authentication off in its configuration.",
                )
            )
        status = StepStatus.WARNED if hints else StepStatus.DONE
        self._set(Step(DEPLOYMENT, status, title, self._deployment_facts(config), measured, " ".join(hints)))

    @_on.register
    def _deployment_unread(self, event: events.DeploymentUnread) -> None:
        self._set(
            Step(
                DEPLOYMENT,
                StepStatus.WARNED,
                self.translate("Steps", "Deployment not read, the chat goes on"),
                said(event.error.title, self.translate),
                took(event.seconds),
                said(event.error.hint, self.translate),
                (COPY_DETAILS,),
                _details(event.error, event.at),
            )
        )

    @_on.register
    def _connection_opened(self, event: events.ConnectionOpened) -> None:
        tls = event.tls or self.translate("Steps", "not encrypted, on this computer")
        proxy = (
            self.translate("Steps", "through {proxy}").format(proxy=said(event.proxy, self.translate))
            if event.proxy
            else ""
        )
        detail = ", ".join(part for part in (event.host, tls, proxy) if part)
        title = self.translate("Steps", "Connected")
        if self._configured:
            title = self.translate("Steps", "Connected again")
        self._set(Step(CONNECTION, StepStatus.DONE, title, detail, took(event.seconds)))
        if self._configured:
            self._set(Step(SESSION, StepStatus.RUNNING, self.translate("Steps", "Resuming the session")))

    @_on.register
    def _session_configured(self, event: events.SessionConfigured) -> None:
        self._configured = True
        if event.new_session:
            title = self.translate("Steps", "Session configured")
            facts = [self.translate("Steps", "new session")]
        else:
            title = self.translate("Steps", "Session resumed")
            facts = [self.translate("Steps", "existing session")]
        if event.expires is not None:
            facts.append(self._expiry(event.expires - event.at))
        measured = took(event.seconds) if event.seconds else self._steps[SESSION].measured
        self._session_done = Step(SESSION, StepStatus.DONE, title, ", ".join(facts), measured)
        self._set(self._session_done)
        if event.read_only:
            self._read_only("")

    @_on.register
    def _reconnect_planned(self, event: events.ReconnectPlanned) -> None:
        title = self.translate("Steps", "Reconnecting, try {number}").format(number=event.attempt)
        reason = said(event.error.title, self.translate)
        soon = self.translate("Steps", "Next try in {seconds} s.").format(
            seconds=max(1, round(event.seconds))
        )
        self._set(Step(CONNECTION, StepStatus.RUNNING, title, f"{reason} {soon}"))
        resuming = self.translate("Steps", "Session waits for the connection")
        self._set(Step(SESSION, StepStatus.WAITING, resuming))

    @_on.register
    def _attributes_changed(self, event: events.AttributesChanged) -> None:
        self._crm_key = next(iter(event.attributes), self._crm_key)
        keys = self._keys(event.attributes, event.size)
        if event.status is AttributeStatus.PENDING:
            self._attributes_pending(keys, event.joining)
        elif event.status is AttributeStatus.SENT:
            carrier = self.translate("Steps", "with the first message")
            if event.carrier is Carrier.JOIN:
                carrier = self.translate("Steps", "with the Join")
            title = self.translate("Steps", "Attributes on their way, {carrier}").format(carrier=carrier)
            self._set(Step(SENT, StepStatus.RUNNING, title, keys))
        elif event.status is AttributeStatus.ECHOED:
            self._echoed = True
            time = f"{self._local_time(event.at):%H:%M:%S}"
            self._set(Step(SENT, StepStatus.DONE, self.translate("Steps", "Attributes sent"), keys, time))
            self._not_proven()
        elif self._steps[SENT].status is not StepStatus.FAILED:
            self._set(
                Step(
                    SENT,
                    StepStatus.FAILED,
                    self.translate("Steps", "Genesys Cloud refused the attributes."),
                    keys,
                    hint=self.translate("Steps", "Shorten or remove some, then start again."),
                    actions=(EDIT_ATTRIBUTES,),
                )
            )

    @_on.register
    def _message_changed(self, event: events.MessageChanged) -> None:
        warned = self._steps[SESSION].status is StepStatus.WARNED and self._state is State.CONFIGURED
        if warned and event.message.delivery is Delivery.SENT:
            self._set(self._session_done)

    @_on.register
    def _error_raised(self, event: events.ErrorRaised) -> None:
        self._place(event.error, event.at, fatal=event.fatal, about_message=bool(event.tracing_id))

    @_on.register
    def _ended(self, event: events.Ended) -> None:
        if event.error is not None and not any(one.status is StepStatus.FAILED for one in self.steps):
            self._place(event.error, event.at, fatal=True)
        if self._steps[SENT].status is StepStatus.WAITING:
            self._set(self._waiting(SENT, self.translate("Steps", "The chat ended before they were sent.")))
        self._stop_running()

    # Parts

    def _stop_running(self) -> None:
        unknown = self.translate("Steps", "The chat ended before this was known.")
        for one in self.steps:
            if one.status is StepStatus.RUNNING:
                self._set(self._waiting(one.id, unknown))

    def _attributes_pending(self, keys: str, joining: bool | None) -> None:
        status, title = StepStatus.WAITING, self.translate("Steps", "Attributes not sent yet")
        fate = ""
        if joining:
            fate = self.translate("Steps", "They go with the Join.")
        elif joining is False:
            fate = self.translate("Steps", "They go with the first message.")
        before = self._steps[SENT]
        if before.status is StepStatus.WARNED:
            # Why they wait again matters more than that they do.
            self._set(replace(before, detail=f"{before.detail} {fate}".strip()))
            return
        self._set(Step(SENT, status, title, keys, hint=fate))

    def _not_proven(self) -> None:
        title = self.translate("Steps", "Arrival in Genesys Cloud is not proven")
        if self._simulated:
            title = self.translate("Steps", "Arrival in the simulator is not proven")
            detail = self.translate(
                "Steps", "This chat runs on the simulator: nothing was sent to Genesys Cloud."
            )
            self._set(Step(ARRIVED, StepStatus.WAITING, title, detail))
            return
        hint = self.translate(
            "Steps",
            "To check by hand, read {key} with a Get Participant Data action in Architect's inbound message "
            "flow, spelled exactly like that, or open the conversation's participant data.",
        ).format(key=self._crm_key)
        detail = self.translate(
            "Steps", "Without the credentials of an OAuth client gcdesk cannot look it up."
        )
        self._set(Step(ARRIVED, StepStatus.WAITING, title, detail, hint=hint, actions=(ADD_CREDENTIALS,)))

    def _read_only(self, reason: str) -> None:
        self._set(
            Step(
                SESSION,
                StepStatus.WARNED,
                self.translate("Steps", "Session is read-only"),
                reason or self.translate("Steps", "This conversation has ended."),
                self._steps[SESSION].measured,
                self.translate("Steps", "Start a new chat to write again."),
            )
        )

    def _place(self, error: GcdeskError, at: datetime, *, fatal: bool, about_message: bool = False) -> None:
        where = self._place_of(error, fatal)
        if not fatal and where == SESSION and about_message and self._configured:
            # The message itself shows as failed in the transcript.
            return
        failed = fatal or _is_about_attributes(error)
        self._set(
            Step(
                where,
                StepStatus.FAILED if failed else StepStatus.WARNED,
                said(error.title, self.translate),
                measured=self._steps[where].measured,
                hint=said(error.hint, self.translate),
                actions=_actions(error) if failed else (COPY_DETAILS,),
                details=_details(error, at),
            )
        )

    def _place_of(self, error: GcdeskError, fatal: bool) -> str:
        if _is_about_attributes(error):
            return SENT
        if isinstance(error, DeploymentError | DeskError | InputError | WrongOrgError):
            return DEPLOYMENT
        if isinstance(error, ConfigureTimeoutError):
            return SESSION
        if isinstance(error, ConnectError):
            return CONNECTION if fatal else SESSION
        attributes_wait = self._steps[SENT].status in (StepStatus.RUNNING, StepStatus.WARNED)
        if self._configured and not fatal and not self._echoed and attributes_wait:
            return SENT
        return SESSION

    def _deployment_facts(self, config: DeploymentConfig) -> str:
        conversations, sign_in = (
            self.translate("Steps", "conversations off"),
            self.translate("Steps", "no sign-in needed"),
        )
        if config.conversations_enabled:
            conversations = self.translate("Steps", "conversations on")
        if config.sign_in_required:
            sign_in = self.translate("Steps", "sign-in needed")
            if config.allow_session_upgrade:
                sign_in = self.translate("Steps", "sign-in possible")
        return f"{conversations}, {sign_in}"

    def _keys(self, attributes: Mapping[str, str], size: int) -> str:
        first, more = next(iter(attributes), ""), len(attributes) - 1
        grouped = f"{size:,}".replace(",", "\N{NO-BREAK SPACE}")
        if more < 1:
            return self.translate("Steps", "{key}, {size} B").format(key=first, size=grouped)
        template = self.translate("Steps", "{key} and {more} more, {size} B")
        return template.format(key=first, more=more, size=grouped)

    def _expiry(self, left: timedelta) -> str:
        minutes = int(left.total_seconds() // 60)
        if minutes < 0:
            return self.translate("Steps", "already past its end")
        if minutes < 120:
            return self.translate("Steps", "ends in {minutes} min").format(minutes=minutes)
        if minutes < 100 * 60:
            return self.translate("Steps", "ends in {hours} h").format(hours=minutes // 60)
        return self.translate("Steps", "ends in {days} days").format(days=minutes // (24 * 60))

    def _waiting(self, step: str, detail: str = "") -> Step:
        waiting = waiting_step(step, self.translate, detail)
        if step == ARRIVED and self._simulated:
            return replace(waiting, title=self.translate("Steps", "Arrival in the simulator"))
        return waiting

    def _set(self, step: Step) -> None:
        self._steps[step.id] = step


def took(seconds: float) -> str:
    """A duration as people read it: "61 ms", "1.9 s", "12 s"."""
    if seconds < 0.9995:
        return f"{round(seconds * 1000)} ms"
    return f"{seconds:.1f} s" if seconds < 9.95 else f"{round(seconds)} s"


def _is_about_attributes(error: GcdeskError) -> bool:
    return isinstance(error, CustomAttributeError) or error.code == _ATTRIBUTES_TOO_LARGE


def _actions(error: GcdeskError) -> tuple[str, ...]:
    if _is_about_attributes(error):
        return EDIT_ATTRIBUTES, COPY_DETAILS
    if isinstance(error, ConnectionRateError) or error.retry_after is not None:
        # Start counts down and starts again; a second button would only be refused.
        return (COPY_DETAILS,)
    about_environment = isinstance(
        error, DeploymentError | InputError | NameNotFoundError | HandshakeRefusedError | WrongOrgError
    ) and not isinstance(error, ServiceDownError)
    return (EDIT_ENVIRONMENT if about_environment else RETRY, COPY_DETAILS)


def _details(error: GcdeskError, at: datetime) -> str:
    lines = [f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC  {error.name}", error.title, error.hint]
    if error.code is not None:
        lines.append(f"Code: {error.code}")
    if error.retry_after is not None:
        lines.append(f"Retry after: {error.retry_after:g} s")
    if error.detail:
        lines.append(f"Detail: {error.detail}")
    return "\n".join(lines)
