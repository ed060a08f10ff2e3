"""How a chat's session stands beside its state: how long it lasts, who is signed in, what is known of its past."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from gcdesk.errors import GcdeskError
from gcdesk.guest import events
from gcdesk.guest.budget import Budget
from gcdesk.guest.events import Event, HistoryStatus
from gcdesk.guest.message import Delivery, Message
from gcdesk.guest.states import ENDED, State
from gcdesk.ui.earlier import EarlierState
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.said import said

translate = QCoreApplication.translate


class Standing:
    """What the events have told so far. `expires_soon` is None unless the end is near."""

    def __init__(self) -> None:
        self.was_active = False
        self.renewing = False
        self.expires_soon: datetime | None = None
        self.sign_in_error: GcdeskError | None = None
        self.wants_sign_in = False
        self.signed_in = False
        self.customer = ""
        self.earlier: EarlierState | None = None
        self.earlier_reason = ""
        self.budget: Budget | None = None
        self.queued: set[str] = set()
        """The keys of the customer's messages that wait."""
        self.broken = False

    def take(self, event: Event) -> None:
        """Learn from an event."""
        match event:
            case events.StateChanged():
                self._state_changed(event.state)
            case events.SessionConfigured():
                self.was_active = True
                if not event.new_session and self.earlier is None:
                    # A session that the service knew has a past.
                    self.earlier = EarlierState.OFFERED
            case events.ExpiryNear():
                self.expires_soon = event.expires
            case events.ExpiryChanged():
                self.expires_soon = None
            case events.SessionRenewed():
                self.renewing = False
                self.expires_soon = None
            case events.HistoryChanged(missed=False):
                self._history_changed(event)
            case events.SignInNeeded():
                self.wants_sign_in, self.signed_in, self.customer = True, False, ""
                self.sign_in_error = event.error if event.waiting else None
            case events.SignedIn():
                self._signed_in(event.name)
            case events.BudgetChanged():
                self.budget = event.budget
            case events.MessageAdded() | events.MessageChanged() | events.MessageWithdrawn():
                self._message_moved_on(event.message, withdrawn=isinstance(event, events.MessageWithdrawn))

    def _state_changed(self, state: State) -> None:
        self.broken = state is State.RECONNECTING
        if state in ENDED:
            self.expires_soon = None
        if state in ENDED or state is State.CONFIGURED:
            self.renewing = False

    def _history_changed(self, event: events.HistoryChanged) -> None:
        self.earlier_reason = said(event.error.title) if event.error is not None else ""
        self.earlier = {
            HistoryStatus.LOADING: EarlierState.LOADING,
            HistoryStatus.FAILED: EarlierState.FAILED,
            HistoryStatus.LOADED: EarlierState.COMPLETE if event.complete else EarlierState.OFFERED,
        }[event.status]

    def _message_moved_on(self, message: Message, *, withdrawn: bool) -> None:
        if message.delivery is Delivery.QUEUED and not withdrawn:
            self.queued.add(message.key)
        else:
            self.queued.discard(message.key)

    def _signed_in(self, name: str) -> None:
        self.sign_in_error, self.wants_sign_in, self.signed_in = None, False, True
        who = one_line(name)
        self.customer = (
            translate("Transcript", "signed in as {name}").format(name=who)
            if who
            else translate("Transcript", "signed in")
        )
