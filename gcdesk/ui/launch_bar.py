"""The launch bar: environment, CRM customer ID, attributes, Start.

The law of this file: one start at a time. From the press that starts until `set_launch` says what became of
it, nothing here starts another, whatever is clicked or held.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QMenu, QWidget

from gcdesk import __version__
from gcdesk.errors import GcdeskError
from gcdesk.guest.attributes import (
    ATTRIBUTE_BYTES,
    byte_counts,
    check_attributes,
    check_crm_id,
    default_attributes,
)
from gcdesk.ui.glyphs import glyph_icon
from gcdesk.ui.launch_controls import (
    RING,
    AttributesButton,
    CrmIdField,
    EnvironmentButton,
    EnvironmentItem,
    StartButton,
)
from gcdesk.ui.launch_state import LaunchKind, LaunchState
from gcdesk.ui.said import said
from gcdesk.ui.style import set_role, text_font, theme, tokens
from gcdesk.ui.tokens import GRID
from gcdesk.ui.words import attribute_summary, countdown, sentence

if TYPE_CHECKING:
    from gcdesk.ui.attributes_panel import AttributesPanel

__all__ = ["EnvironmentItem", "LaunchBar", "LaunchKind", "LaunchState"]

_CANCEL_AFTER_MS = 1000
_COUNT_MS = 200
_PREVIEW_MS = 1000
_GAP = 10


class LaunchBar(QFrame):
    """The three controls that start a chat, and the attributes beside them.

    Args:
        parent: The widget it belongs to.
        user_agent: What the attribute userAgent says.
    """

    start_requested = Signal(str, str)
    cancel_requested = Signal()
    environment_chosen = Signal(str)
    add_environment_requested = Signal()
    manage_environments_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, user_agent: str = f"gcdesk/{__version__}") -> None:
        super().__init__(parent)
        set_role(self, "bar")
        self.setAccessibleName(self.tr("Launch bar"))
        self._user_agent = user_agent
        self._limit = ATTRIBUTE_BYTES
        self._items: list[EnvironmentItem] = []
        self._own: dict[str, str] = {}
        self._state = LaunchState.ready()
        self._started: tuple[str, str, dict[str, str]] | None = None
        self._waiting_for = ""
        self._wait_ends = 0.0
        self._cancel_offered = False
        self._cancelled = False

        self._environment = EnvironmentButton(self)
        self._environment.setObjectName("environment")
        self._field = CrmIdField(self)
        self._attributes = AttributesButton(self)
        self._attributes.setObjectName("attributes")
        self._start = StartButton(self)
        self._problem = QLabel(self)
        self._problem.setObjectName("problem")
        self._panel: AttributesPanel | None = None
        self._menu = QMenu(self)
        self._cancel_timer = QTimer(self, interval=_CANCEL_AFTER_MS, singleShot=True)
        self._count_timer = QTimer(self, interval=_COUNT_MS)
        self._preview_timer = QTimer(self, interval=_PREVIEW_MS)
        self._lay_out()
        self._connect()
        self._fill_menu()
        self._refresh()

    # What the window tells

    def set_environments(self, items: Sequence[EnvironmentItem], chosen: str) -> None:
        """Offer these environments and show the one named `chosen`, or the first if there is none such."""
        self._items = list(items)
        self._environment.set_item(
            next((item for item in self._items if item.name == chosen), next(iter(self._items), None))
        )
        self._fill_menu()
        self._refresh()

    def set_launch(self, state: LaunchState) -> None:
        """Say what Start may do now; a wait holds for the environment that is shown."""
        going_on = state.kind is LaunchKind.STARTING and self._state.kind is LaunchKind.STARTING
        self._state = state
        if state.kind is LaunchKind.STARTING:
            if not going_on:
                self._started = (self.environment_name(), self.crm_id(), dict(self._own))
                self._cancel_offered = self._cancelled = False
                self._cancel_timer.start(_CANCEL_AFTER_MS)
        else:
            self._cancel_timer.stop()
        if state.kind is LaunchKind.WAITING:
            self._waiting_for = self.environment_name()
            # Timers are coarse, so the end is read from the clock.
            self._wait_ends = time.monotonic() + state.seconds
            self._count_timer.start()
        else:
            self._count_timer.stop()
        self._refresh()

    def set_limit(self, limit: int) -> None:
        """Take the service's own limit for the attributes, in bytes."""
        self._limit = limit
        self._refresh()

    def show_problem(self, title: str, hint: str = "") -> None:
        """Say below the field what is wrong; it stays until the field or the environment changes."""
        text = sentence(title, hint)
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self._field.set_wrong(text)

    def clear_problem(self) -> None:
        """Take the sentence below the field away."""
        self.show_problem("")

    def focus_crm_id(self) -> None:
        """Put the cursor into the CRM ID field, ready to type over what is there."""
        self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.edit.selectAll()

    def set_crm_id(self, crm_id: str) -> None:
        """Put a CRM ID into the field."""
        self._field.edit.setText(crm_id)

    def take_attributes(self, attributes: Mapping[str, str]) -> None:
        """Let these go out for what the bar shows, beside its own: those that differ become the person's own."""
        self._own = {}
        usual = self.attributes()
        # The time of the start is never an old one.
        usual["timestamp"] = attributes.get("timestamp", "")
        self._own = {key: value for key, value in attributes.items() if usual.get(key) != value}
        self._show_preview()
        self._refresh()

    def start(self) -> None:
        """Do what Enter in the field does: start a chat, or say why not."""
        if self.launch_kind() in (LaunchKind.READY, LaunchKind.UNAVAILABLE):
            self._launch()

    def open_attributes(self) -> None:
        """Show what will be sent, with a field to add to it."""
        if self._panel is None:
            # Not before it is asked for: the first window must not wait for it.
            from gcdesk.ui.attributes_panel import AttributesPanel

            self._panel = AttributesPanel(self)
            self._panel.added.connect(self._add_own)
            self._panel.removed.connect(self._remove_own)
        self._show_preview()
        self._preview_timer.start()
        self._panel.open_below(self._attributes)

    def open_environments(self) -> None:
        """Open the list of environments."""
        self._menu.popup(self._environment.mapToGlobal(QPoint(0, self._environment.height() + GRID)))

    # What the window asks

    def crm_id(self) -> str:
        """The CRM customer ID exactly as typed."""
        return self._field.edit.text()

    def environment_name(self) -> str:
        """The name of the environment that is shown; empty if there is none."""
        item = self._environment.item
        return item.name if item is not None else ""

    def attributes(self) -> dict[str, str]:
        """All custom attributes as they would go out now, in their order."""
        item = self._environment.item
        return {
            **default_attributes(
                self.crm_id(),
                key=item.crm_id_key if item is not None else "crmCustomerId",
                timestamp=datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
                user_agent=self._user_agent,
            ),
            **(item.attributes if item is not None else {}),
            **self._own,
        }

    def launch_kind(self) -> LaunchKind:
        """What Start is for what the bar shows now."""
        kind = self._state.kind
        here = (self.environment_name(), self.crm_id(), self._own)
        if self._environment.item is None and kind is not LaunchKind.STARTING:
            return LaunchKind.UNAVAILABLE
        if kind is LaunchKind.ACTIVE and here != self._started:
            return LaunchKind.READY
        if kind is LaunchKind.WAITING and self.environment_name() != self._waiting_for:
            return LaunchKind.READY
        return kind

    # Inside

    def _lay_out(self) -> None:
        set_role(self._problem, "problem")
        self._problem.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setWordWrap(True)
        self._problem.setContentsMargins(RING, 0, 0, 0)
        self._problem.hide()
        right = QHBoxLayout()
        right.setSpacing(_GAP)
        right.addWidget(self._attributes)
        right.addWidget(self._start)
        grid = QGridLayout(self)
        # The field brings the room for its ring along.
        grid.setContentsMargins(4 * GRID, 3 * GRID - RING, 4 * GRID, 3 * GRID - RING)
        grid.setHorizontalSpacing(_GAP - RING)
        grid.setVerticalSpacing(GRID)
        grid.addWidget(self._environment, 0, 0)
        grid.addWidget(self._field, 0, 1)
        grid.addLayout(right, 0, 2)
        grid.addWidget(self._problem, 1, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        order = (self._environment, self._field.edit, self._attributes, self._start)
        for before, after in itertools.pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self._environment.clicked.connect(self.open_environments)
        self._field.entered.connect(self.start)
        self._field.changed.connect(self._crm_id_changed)
        self._attributes.clicked.connect(self.open_attributes)
        self._start.clicked.connect(self._start_clicked)
        self._cancel_timer.timeout.connect(self._offer_cancel)
        self._count_timer.timeout.connect(self._count)
        self._preview_timer.timeout.connect(self._show_preview)
        theme().changed.connect(self._fill_menu)

    def _fill_menu(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        for item in self._items:
            shown = f"{item.name}\t{item.place}".replace("&", "&&")
            action = QAction(shown, self._menu, checkable=True, checked=item.name == self.environment_name())
            font = text_font(bold=action.isChecked())
            action.setFont(font)
            action.setIcon(glyph_icon("hollow" if item.simulated else "dot", tokens().dot(item.colour)))
            action.triggered.connect(lambda _checked=False, name=item.name: self._choose(name))
            group.addAction(action)
            self._menu.addAction(action)
        self._menu.addSeparator()
        add = self._menu.addAction(self.tr("Add an environment…"))
        add.triggered.connect(self.add_environment_requested)
        manage = self._menu.addAction(self.tr("Manage environments…"))
        manage.triggered.connect(self.manage_environments_requested)

    def _choose(self, name: str) -> None:
        if name == self.environment_name():
            return
        self._environment.set_item(next(item for item in self._items if item.name == name))
        self.clear_problem()
        self._refresh()
        self.environment_chosen.emit(name)

    def _crm_id_changed(self) -> None:
        self.clear_problem()
        self._refresh()

    def _start_clicked(self) -> None:
        if self._state.kind is LaunchKind.STARTING:
            self._cancel()
        else:
            self.start()

    def _launch(self) -> None:
        if self._environment.item is None:
            self.show_problem(
                self.tr("There is no environment yet."), self.tr("Add one from the list on the left.")
            )
            return
        if self._state.kind is LaunchKind.UNAVAILABLE:
            self.show_problem(self._state.reason)
            return
        crm_id = self.crm_id()
        try:
            check_crm_id(crm_id)
            check_attributes(self.attributes(), self._limit)
        except GcdeskError as error:
            self.show_problem(said(error.title), said(error.hint))
            self._field.edit.setFocus()
            return
        self.clear_problem()
        # Before anybody hears of it, so that nothing they do can start a second one.
        self.set_launch(LaunchState.starting())
        self.start_requested.emit(self.environment_name(), crm_id)

    def _cancel(self) -> None:
        if self._cancel_offered and not self._cancelled:
            self._cancelled = True
            self._refresh()
            self.cancel_requested.emit()

    def _offer_cancel(self) -> None:
        if self._start.just_pressed():
            # Somebody still clicks for Start; the next click must not be taken for Cancel.
            self._cancel_timer.start(_CANCEL_AFTER_MS // 2)
            return
        self._cancel_offered = True
        self._refresh()

    def _count(self) -> None:
        if time.monotonic() >= self._wait_ends:
            self.set_launch(LaunchState.ready())
        else:
            self._refresh()

    def _add_own(self, key: str, value: str) -> None:
        self._own[key] = value
        self._show_preview()
        self._refresh()

    def _remove_own(self, key: str) -> None:
        self._own.pop(key, None)
        self._show_preview()
        self._refresh()

    def _show_preview(self) -> None:
        if self._panel is None:
            return
        self._panel.show_attributes(self.attributes(), frozenset(self._own), self._limit)
        if not self._panel.isVisible():
            self._preview_timer.stop()

    def _refresh(self) -> None:
        attributes = self.attributes()
        size = max(byte_counts(attributes))
        summary = attribute_summary(len(attributes), size, self._limit)
        self._attributes.set_summary(summary, wrong=size > self._limit)
        self._refresh_start()

    def _refresh_start(self) -> None:
        kind = self.launch_kind()
        words, hint, primary, enabled = self.tr("Start chat"), self.tr("Enter"), True, True
        if kind is LaunchKind.STARTING:
            words, hint, primary, enabled = self.tr("Starting…"), "", True, False
            if self._cancelled:
                words = self.tr("Cancelling…")
            elif self._cancel_offered:
                words, primary, enabled = self.tr("Cancel"), False, True
        elif kind is LaunchKind.ACTIVE:
            words, hint, enabled = self.tr("Chat active"), "", False
        elif kind is LaunchKind.WAITING:
            words, hint, enabled = countdown(self._wait_ends - time.monotonic()), "", False
        elif kind is LaunchKind.UNAVAILABLE:
            enabled = False
        if self._start.hasFocus() and not enabled:
            # Else the focus would fall on whatever comes next.
            self._field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._start.show_words(words, hint, primary=primary)
        self._start.setEnabled(enabled)
        self._start.setToolTip(self._state.reason if kind is LaunchKind.UNAVAILABLE else "")

    def minimumSizeHint(self) -> QSize:
        """Qt: it fits a window of 1024 pixels with room to spare."""
        return QSize(min(super().minimumSizeHint().width(), 1024), super().minimumSizeHint().height())
