"""Chats that are asked for from outside the window: each is shown to a person first, and starts only then.

The law of this file: one question at a time, and no chat without a yes.
"""

from __future__ import annotations

from collections import deque
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QObject, Qt

from gcdesk import __version__
from gcdesk.desk.opening import Call, Opening
from gcdesk.errors import CustomAttributeError, GcdeskError, LinkError
from gcdesk.guest.attributes import check_attributes, default_attributes
from gcdesk.phrase import Phrase
from gcdesk.ui.chats import Chats
from gcdesk.ui.desk_bridge import DeskBridge
from gcdesk.ui.dialogs import show_dialog
from gcdesk.ui.launch_controls import EnvironmentItem
from gcdesk.ui.to_front import bring_to_front
from gcdesk.ui.window import Window

translate = QCoreApplication.translate

_MOST_WAITING = 10


class OpenDesk(QObject):
    """Takes calls from other launches, asks, and starts what was confirmed.

    Args:
        window: Comes to the front; shows questions and refusals.
        chats: Start what was confirmed.
        desk: Says when the environments are known.
    """

    def __init__(self, window: Window, chats: Chats, desk: DeskBridge) -> None:
        super().__init__(window)
        self._window = window
        self._chats = chats
        self._known = False
        self._asking = False
        self._waiting: deque[Opening] = deque()
        self._confirmed: deque[tuple[str, str, dict[str, str]]] = deque()
        # After the others, so that the chats know the environments by then.
        desk.shelf_changed.connect(self._environments_known, Qt.ConnectionType.QueuedConnection)
        chats.changed.connect(self._start_next)

    def take(self, call: Call) -> None:
        """Another launch calls: come to the front, and ask about the chat that it wants."""
        bring_to_front(self._window, call.activation)
        try:
            wanted = call.wanted()
        except GcdeskError as error:
            self._window.tell(error)
            return
        if wanted is None:
            return
        if len(self._waiting) >= _MOST_WAITING:
            self._window.tell(LinkError("Too many chats were asked for at once.", "Answer these first."))
            return
        self._waiting.append(wanted)
        self._ask_next()

    def refuse(self, error: GcdeskError) -> None:
        """Another program called in a way that cannot be used: say so."""
        bring_to_front(self._window)
        self._window.tell(error)

    def _environments_known(self) -> None:
        self._known = True
        self._ask_next()

    def _ask_next(self) -> None:
        while self._known and not self._asking and self._waiting:
            opening = self._waiting.popleft()
            try:
                item = self._item(opening)
                attributes = _attributes(item, opening)
            except GcdeskError as error:
                self._window.tell(error)
            else:
                self._ask(item, opening, attributes)

    def _item(self, opening: Opening) -> EnvironmentItem:
        if not opening.environment:
            item = self._window.shown_item()
        else:
            items = self._chats.items
            item = next((item for item in items if item.name == opening.environment), None)
        if item is None:
            raise LinkError(
                Phrase("No environment here has the name {name}.", name=opening.environment or "-"),
                "Add it, or correct the name, then open the chat again.",
            )
        return item

    def _ask(self, item: EnvironmentItem, opening: Opening, attributes: dict[str, str]) -> None:
        # Nobody pays for it before a link is opened.
        from gcdesk.ui.open_dialog import OpenDialog

        self._asking = True
        dialog = OpenDialog(item, opening.crm_id, opening.attributes, self._window)
        dialog.accepted.connect(lambda: self._confirmed.append((item.name, opening.crm_id, attributes)))
        dialog.finished.connect(self._answered)
        show_dialog(dialog)
        bring_to_front(self._window)

    def _answered(self) -> None:
        self._asking = False
        self._start_next()
        self._ask_next()

    def _start_next(self) -> None:
        # Only one chat starts at a time; what was confirmed meanwhile waits for its turn.
        if self._confirmed and self._chats.starting is None:
            environment, crm_id, attributes = self._confirmed.popleft()
            self._chats.start(environment, crm_id, attributes=attributes)


def _attributes(item: EnvironmentItem, opening: Opening) -> dict[str, str]:
    """All that the chat would send. Raises CustomAttributeError if that cannot be."""
    attributes = {
        **default_attributes(
            opening.crm_id,
            key=item.crm_id_key,
            timestamp=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
            user_agent=f"gcdesk/{__version__}",
        ),
        **item.attributes,
        **opening.attributes,
    }
    if attributes[item.crm_id_key] != opening.crm_id:
        raise CustomAttributeError(
            Phrase("The attribute {key} names another customer than the chat.", key=item.crm_id_key),
            "Give the customer's ID once only.",
        )
    check_attributes(attributes)
    return attributes
