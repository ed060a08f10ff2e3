"""Tells of replies that come while the person works in another program."""

from __future__ import annotations

import platform
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from gcdesk.guest import events
from gcdesk.guest.events import Event
from gcdesk.guest.message import Direction
from gcdesk.ui.chats import Chats
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.memory import NOTIFY_CHOICES, NOTIFY_NEVER, NOTIFY_PLAIN, NOTIFY_TEXT
from gcdesk.ui.plain_text import one_line
from gcdesk.ui.to_front import bring_to_front

translate = QCoreApplication.translate

_LONGEST = 120


class Notifications(Protocol):
    """The system's way to show notifications; `activated` is a signal that carries the key of the clicked one."""

    @property
    def activated(self) -> object:
        """The signal."""

    def show(self, key: str, title: str, body: str) -> None:
        """Show one, in the place of the one with the same key."""

    def close(self) -> None:
        """Stop."""


def system_notifications(parent: QObject) -> Notifications:
    """This system's way."""
    # Made when the first reply comes unseen, so that no start waits for it.
    if platform.system() == "Linux":
        from gcdesk.ui.bus_notifications import BusNotifications

        return BusNotifications(parent)
    from gcdesk.ui.tray_notifications import TrayNotifications

    return TrayNotifications(parent)


class Notifier(QObject):
    """Watches the chats, and tells once of each that has something new, until the window is looked at again.

    Args:
        window: Comes to the front when a notification is clicked.
        chats: The chats; the one of the notification is selected.
        choice: One of gcdesk.ui.memory.NOTIFY_CHOICES; anything else counts as the usual one.
        make: Makes the way to show notifications.
    """

    def __init__(
        self,
        window: QMainWindow,
        chats: Chats,
        choice: str,
        make: Callable[[QObject], Notifications] = system_notifications,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._chats = chats
        self._make = make
        self._way: Notifications | None = None
        self._told: set[LiveChat] = set()
        self.choose(choice)
        chats.added.connect(self._watch)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.applicationStateChanged.connect(self._state_changed)

    def choose(self, choice: str) -> None:
        """Tell this much from now on."""
        self.choice = choice if choice in NOTIFY_CHOICES else NOTIFY_PLAIN

    def close(self) -> None:
        """Tell of nothing more."""
        self.choice = NOTIFY_NEVER
        if self._way is not None:
            self._way.close()

    def _watch(self, chat: LiveChat) -> None:
        chat.happened.connect(lambda event: self._take(chat, event))

    def _take(self, chat: LiveChat, event: Event) -> None:
        if not isinstance(event, events.MessageAdded) or event.earlier:
            return
        if event.message.direction is not Direction.OUTBOUND or self.choice == NOTIFY_NEVER:
            return
        active = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        if active or (chat in self._told and self.choice != NOTIFY_TEXT):
            return
        self._told.add(chat)
        title = translate("Notification", "Reply in the chat with {customer}").format(customer=chat.title)
        body = chat.item.name
        if self.choice == NOTIFY_TEXT:
            body = one_line(event.message.text)[:_LONGEST] or translate(
                "Notification", "Something to choose from"
            )
        self._open().show(str(id(chat)), title, body)

    def _open(self) -> Notifications:
        if self._way is None:
            self._way = self._make(self)
            self._way.activated.connect(self._clicked)  # type: ignore[attr-defined] # a Qt signal
        return self._way

    def _clicked(self, key: str) -> None:
        bring_to_front(self._window)
        chat = next((one for one in self._chats.all if str(id(one)) == key), None)
        if chat is not None:
            self._chats.select(chat)

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._told.clear()
