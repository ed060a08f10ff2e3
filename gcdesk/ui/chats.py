"""All chats of the window: starting them one at a time, and what Start may do meanwhile.

The law of this file: while one start is under way no other begins, and no chat is let go unless a person says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from gcdesk.errors import GcdeskError
from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.guest.states import State
from gcdesk.ui.beginning import Beginning
from gcdesk.ui.bridge import ChatBridge
from gcdesk.ui.calm import Calm
from gcdesk.ui.launch_bar import LaunchBar
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.launch_state import LaunchKind, LaunchState
from gcdesk.ui.live_chat import LiveChat

MakeBridge = Callable[[EnvironmentItem, Mapping[str, str], Beginning], ChatBridge]

_GOES_ON = frozenset({State.CONFIGURED, State.RECONNECTING})


class Chats(QObject):
    """The chats, the shown one, and the launch bar that starts them.

    Args:
        launch_bar: Is told what Start may do; its wish to start is connected once there are environments.
        make_bridge: Makes the way down for a new chat; nothing runs before the bridge is started.
        parent: The Qt parent.
    """

    added = Signal(object)
    started = Signal(object)
    removed = Signal(object)
    selected = Signal(object)
    """The LiveChat to show, None for none."""

    changed = Signal()
    """Something about one of the chats changed."""

    def __init__(self, launch_bar: LaunchBar, make_bridge: MakeBridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.all: list[LiveChat] = []
        self.shown: LiveChat | None = None
        self._launch_bar = launch_bar
        self._make_bridge = make_bridge
        self._items: dict[str, EnvironmentItem] = {}
        self._newest: LiveChat | None = None
        self._waits: dict[str, float] = {}
        self._calm = Calm(self._changed, self)
        launch_bar.cancel_requested.connect(self._cancel)
        launch_bar.environment_chosen.connect(lambda _name: self._tell_launch_bar())

    @property
    def live(self) -> list[LiveChat]:
        """The chats that still go on."""
        return [chat for chat in self.all if chat.live]

    @property
    def starting(self) -> LiveChat | None:
        """The chat that is being started."""
        newest = self._newest
        return newest if newest is not None and newest.live and newest.look.under_way else None

    @property
    def items(self) -> tuple[EnvironmentItem, ...]:
        """The environments that can be started."""
        return tuple(self._items.values())

    def set_items(self, items: tuple[EnvironmentItem, ...]) -> None:
        """Take the environments that can be started."""
        self._items = {item.name: item for item in items}
        self._tell_launch_bar()

    def start(
        self,
        environment: str,
        crm_id: str,
        beginning: Beginning | None = None,
        *,
        attributes: Mapping[str, str] | None = None,
        beside: bool = False,
    ) -> None:
        """Start a chat, unless another is being started; the launch bar shows what was started.

        Args:
            environment: The name of the environment.
            crm_id: The CRM customer ID.
            beginning: With which guest session; a fresh one if left out.
            attributes: All custom attributes exactly as they go out; those of the launch bar if left out.
            beside: Start even if the same customer's chat with the same attributes goes on. Else that one is shown.
        """
        if self.starting is not None:
            return
        self._show_in_launch_bar(environment, crm_id)
        sent = dict(attributes) if attributes is not None else self._launch_bar.attributes()
        again = None if beside else self._going_on(environment, crm_id, sent)
        if again is not None:
            self._newest = again
            self.select(again)
            self._tell_launch_bar()
            return
        item = self._items.get(environment)
        if item is None or self._wait_left(environment) > 0:
            self._tell_launch_bar()
            return
        bridge = self._make_bridge(item, sent, beginning or Beginning())
        chat = LiveChat(crm_id, item, bridge, self)
        chat.attributes = sent
        self._newest = chat
        self.all.append(chat)
        chat.happened.connect(lambda event: self._happened(chat, event))
        chat.changed.connect(lambda: self._chat_changed(chat))
        chat.ended.connect(self._calm.now)
        bridge.failed.connect(lambda error: self._remember_wait(chat, error))
        self.added.emit(chat)
        self.select(chat)
        chat.start()
        if item.first_message and not (beginning and beginning.token):
            # It waits until the chat is ready, and before everything that a person writes meanwhile.
            chat.say(item.first_message)
        self.started.emit(chat)

    def start_again(self, chat: LiveChat, beginning: Beginning | None = None) -> None:
        """Start another chat for the same customer in the same environment, beside this one if it goes on."""
        self.start(chat.item.name, chat.crm_id, beginning, beside=True)

    def start_elsewhere(self, chat: LiveChat, environment: str) -> None:
        """Start a chat for the same customer in another environment, with what the launch bar sends there."""
        self.start(environment, chat.crm_id, beside=True)

    def draft(self, chat: LiveChat) -> None:
        """Put a chat's environment, customer and attributes into the launch bar, to be changed and started."""
        self._show_in_launch_bar(chat.item.name, chat.crm_id)
        self._launch_bar.take_attributes(chat.attributes)

    def select(self, chat: LiveChat | None) -> None:
        """Show a chat."""
        if chat is not self.shown:
            self.shown = chat
            self.selected.emit(chat)
        if chat is not None:
            chat.seen()

    def remove(self, chat: LiveChat) -> None:
        """Let a chat go that has ended; one that goes on stays."""
        if chat.live or chat not in self.all:
            return
        place = self.all.index(chat)
        self.all.remove(chat)
        if chat is self.shown:
            rest = self.all[place:] or self.all[-1:]
            self.select(rest[0] if rest else None)
        self.removed.emit(chat)
        chat.deleteLater()
        self.changed.emit()

    def end_all(self) -> None:
        """End every chat from any state, without waiting."""
        for chat in self.all:
            chat.bridge.cancel()

    def _show_in_launch_bar(self, environment: str, crm_id: str) -> None:
        if self._launch_bar.environment_name() != environment and environment in self._items:
            self._launch_bar.set_environments(list(self._items.values()), environment)
        if self._launch_bar.crm_id() != crm_id:
            self._launch_bar.set_crm_id(crm_id)

    def _going_on(self, environment: str, crm_id: str, attributes: Mapping[str, str]) -> LiveChat | None:
        return next(
            (
                chat
                for chat in self.live
                if (chat.item.name, chat.crm_id) == (environment, crm_id)
                and chat.state in _GOES_ON
                and _lasting(chat.attributes) == _lasting(attributes)
            ),
            None,
        )

    def _cancel(self) -> None:
        starting = self.starting
        if starting is not None:
            starting.bridge.leave()

    def _happened(self, chat: LiveChat, event: Event) -> None:
        if isinstance(event, events.Ended) and event.error is not None:
            self._remember_wait(chat, event.error)
        elif isinstance(event, events.SessionConfigured):
            here = chat.item.name == self._launch_bar.environment_name()
            if here and event.max_custom_data_bytes:
                self._launch_bar.set_limit(event.max_custom_data_bytes)
        if chat is self.shown:
            chat.seen()

    def _remember_wait(self, chat: LiveChat, error: GcdeskError) -> None:
        if error.retry_after:
            self._waits[chat.item.name] = time.monotonic() + error.retry_after
            self._tell_launch_bar()

    def _chat_changed(self, chat: LiveChat) -> None:
        # What fifty chats have to say in the background may wait a moment.
        (self._calm.now if chat in (self.shown, self._newest) else self._calm.soon)()

    def _changed(self) -> None:
        self._tell_launch_bar()
        self.changed.emit()

    def _wait_left(self, environment: str) -> float:
        return self._waits.get(environment, 0.0) - time.monotonic()

    def _tell_launch_bar(self) -> None:
        state = self._launch_state()
        # A countdown that runs already must not begin anew.
        if state.kind is not LaunchKind.WAITING or self._launch_bar.launch_kind() is not LaunchKind.WAITING:
            self._launch_bar.set_launch(state)

    def _launch_state(self) -> LaunchState:
        if self.starting is not None:
            return LaunchState.starting()
        left = self._wait_left(self._launch_bar.environment_name())
        if left > 0:
            return LaunchState.waiting(left)
        if self._newest is not None and self._newest.live and self._newest.state in _GOES_ON:
            return LaunchState.active()
        return LaunchState.ready()


def _lasting(attributes: Mapping[str, str]) -> dict[str, str]:
    """The attributes without what differs from start to start."""
    return {key: value for key, value in attributes.items() if key != "timestamp"}
