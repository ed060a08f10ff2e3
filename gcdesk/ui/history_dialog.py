"""All chats that were kept: searched, opened, made evidence of, and deleted one by one or by age."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gcdesk.desk.preferences import LONGEST_DAYS
from gcdesk.errors import GcdeskError
from gcdesk.ui.amounts import size_words
from gcdesk.ui.chat_list_model import ENTRY_ROLE, ChatListModel
from gcdesk.ui.chat_row import ChatRow
from gcdesk.ui.dialog_banner import Banner
from gcdesk.ui.history_bridge import HistoryBridge
from gcdesk.ui.kept_entry import KeptEntry
from gcdesk.ui.said import told
from gcdesk.ui.style import set_role, theme
from gcdesk.ui.tokens import GRID

if TYPE_CHECKING:
    import asyncio

    from gcdesk.desk.history_record import ChatSummary

translate = QCoreApplication.translate

T = TypeVar("T")

MOST = 500
"""Chats that are listed at once."""

_SIZE = QSize(160 * GRID, 140 * GRID)
_DAYS_WIDTH = 24 * GRID
_PAUSE_MS = 120
_USUAL_DAYS = "90"


class HistoryDialog(QDialog):
    """The history; `look` reads it.

    Args:
        history: The chats that were kept.
        on_deleted: Called with the numbers of chats that are gone, even when the dialog is gone too.
        on_thinned: Called after old chats were deleted, with the numbers of all that are left.
        parent: The Qt parent.
    """

    open_requested = Signal(object)
    """The ChatSummary of the chat to show."""

    evidence_requested = Signal(int)
    """The number of the chat to make evidence of."""

    def __init__(
        self,
        history: HistoryBridge,
        on_deleted: Callable[[list[int]], None],
        on_thinned: Callable[[frozenset[int]], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("History"))
        self._history = history
        self._on_deleted = on_deleted
        self._on_thinned = on_thinned
        self._reading: asyncio.Task[None] | None = None
        self._over = False
        self._entries: list[KeptEntry] = []
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Search all chats by CRM ID or text"))
        self.field.setAccessibleName(self.tr("Search all chats by CRM ID or text"))
        self.model = ChatListModel(self)
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(row := ChatRow(self.view))
        row.tells_environment = True
        self.view.setAccessibleName(self.tr("Chats that were found"))
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        set_role(self.view, "boxed")
        self.count = QLabel(self)
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self.count, "label")
        self.banner = Banner(self)
        self.open_button = self._button(self.tr("&Open"), self._open)
        set_role(self.open_button, "primary")
        self.evidence_button = self._button(self.tr("E&vidence…"), self._evidence)
        self.delete_button = self._button(self.tr("&Delete…"), self._delete)
        self.days = QLineEdit(_USUAL_DAYS, self)
        self.days.setValidator(QIntValidator(0, LONGEST_DAYS, self.days))
        self.days.setMaximumWidth(_DAYS_WIDTH)
        self.days.setAccessibleName(self.tr("Days without anything new"))
        self.older_button = self._button(self.tr("Delete o&lder chats…"), self._delete_older)
        self.close_button = self._button(self.tr("Close"), self.reject)
        self._pause = QTimer(self, interval=_PAUSE_MS, singleShot=True)
        self._lay_out()
        self._connect()
        self._enable()

    def _button(self, words: str, act: object) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.clicked.connect(act)
        return button

    def _lay_out(self) -> None:
        chosen = QHBoxLayout()
        chosen.setSpacing(2 * GRID)
        chosen.addWidget(self.count, 1)
        for button in (self.delete_button, self.evidence_button, self.open_button):
            chosen.addWidget(button)
        label = QLabel(self.tr("Days without anything new:"), self)
        label.setBuddy(self.days)
        older = QHBoxLayout()
        older.setSpacing(2 * GRID)
        older.addWidget(label)
        older.addWidget(self.days)
        older.addWidget(self.older_button)
        older.addStretch(1)
        older.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self.field)
        column.addWidget(self.view, 1)
        column.addLayout(chosen)
        column.addWidget(self.banner)
        column.addLayout(older)
        self.resize(_SIZE)

    def _connect(self) -> None:
        self.finished.connect(self._end)
        self._pause.timeout.connect(self.look)
        self.field.textChanged.connect(self._search_soon)
        self.field.returnPressed.connect(self._take_first)
        self.view.selectionModel().currentChanged.connect(self._enable)
        self.view.activated.connect(lambda _index: self._open())
        self.model.modelReset.connect(self._enable)
        theme().changed.connect(self.view.viewport().update)

    @property
    def chosen(self) -> KeptEntry | None:
        """The chat that is chosen."""
        index = self.view.currentIndex()
        entry = index.data(ENTRY_ROLE) if index.isValid() else None
        return entry if isinstance(entry, KeptEntry) else None

    def look(self) -> None:
        """Read what is looked for now."""
        parent = self.parentWidget()
        if not self.isVisible() or parent is None or not parent.isVisible():
            # A pause in typing may end when the window has been closed.
            return
        if self._reading is not None:
            self._reading.cancel()
        text = self.field.text().strip()
        self._reading = self._history.find(text, MOST, self._answer(self._show), self._answer(self._failed))

    # Inside

    def _end(self) -> None:
        self._over = True
        self._pause.stop()

    def _search_soon(self) -> None:
        # A question about another chat than the one that will be chosen then.
        self.banner.clear()
        self._pause.start()

    def _look_again(self) -> None:
        if not self._over:
            self.banner.clear()
            self.look()

    def _answer(self, act: Callable[[T], None]) -> Callable[[T], None]:
        """What to do with an answer that may come when the dialog is gone."""

        def answered(value: T) -> None:
            if not self._over:
                act(value)

        return answered

    def _show(self, summaries: list[ChatSummary]) -> None:
        self.model.remove(*self._entries)
        self._entries = [KeptEntry(one) for one in summaries]
        self.model.extend(self._entries)
        if self._entries:
            self.view.setCurrentIndex(self.model.index_of(self.model.entries[0]))
        self._enable()
        self._history.size(self._answer(self._count), self._answer(self._failed))

    def _count(self, size: int) -> None:
        count = len(self._entries)
        if count == MOST:
            words = self.tr("The latest {count} chats; the history takes {size}")
        elif count == 0:
            words = self.tr("No chat was found; the history takes {size}")
        else:
            words = translate("HistoryDialog", "{count} chats; the history takes {size}", "", count)
        self.count.setText(words.format(count=count, size=size_words(size)))

    def _failed(self, error: GcdeskError) -> None:
        self.banner.show_text(told(error), "failed")

    def _enable(self) -> None:
        chosen = self.chosen is not None
        for button in (self.open_button, self.evidence_button, self.delete_button):
            button.setEnabled(chosen)

    def _take_first(self) -> None:
        if self._pause.isActive():
            self._pause.stop()
            self.look()
        else:
            self._open()

    def _open(self) -> None:
        entry = self.chosen
        if entry is not None:
            self.accept()
            self.open_requested.emit(entry.summary)

    def _evidence(self) -> None:
        entry = self.chosen
        if entry is not None:
            self.accept()
            self.evidence_requested.emit(entry.summary.id)

    def _delete(self) -> None:
        entry = self.chosen
        if entry is None:
            return
        number = entry.summary.id

        def gone(_none: None) -> None:
            self._on_deleted([number])
            self._look_again()

        words = self.tr("Delete the chat of {name} for good? Nothing of it stays on this computer.")
        self.banner.show_text(
            words.format(name=entry.title),
            "warned",
            [
                (
                    self.tr("Delete it"),
                    lambda: self._history.delete([number], gone, self._answer(self._failed)),
                ),
                (self.tr("Keep it"), self.banner.clear),
            ],
        )

    def _delete_older(self) -> None:
        if not self.days.hasAcceptableInput():
            self.days.setFocus()
            return
        days = int(self.days.text())
        self._history.count_older(
            days, self._answer(lambda count: self._ask_older(days, count)), self._answer(self._failed)
        )

    def _ask_older(self, days: int, count: int) -> None:
        if not count:
            self.banner.show_text(self.tr("There is no chat as old as that."), "warned")
            return
        words = translate(
            "HistoryDialog",
            "Delete {count} chats in which nothing has happened for so many days ({days}), for good?",
            "",
            count,
        )
        self.banner.show_text(
            words.format(count=count, days=days),
            "warned",
            [
                (self.tr("Delete them"), lambda: self._delete_all_older(days)),
                (self.tr("Keep them"), self.banner.clear),
            ],
        )

    def _delete_all_older(self, days: int) -> None:
        def left(numbers: frozenset[int]) -> None:
            self._on_thinned(numbers)
            self._look_again()

        self._history.delete_older(days, left, self._answer(self._failed))
