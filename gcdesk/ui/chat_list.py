"""The list of chats on the left: each with where it stands, what was said last, and when."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from gcdesk.guest.states import State
from gcdesk.ui.live_chat import LiveChat
from gcdesk.ui.style import scaled, set_role, text_font, theme, tokens
from gcdesk.ui.tokens import CORNER, GRID, TYPE_BODY, TYPE_SMALL, Tokens

translate = QCoreApplication.translate

CHAT_ROLE: Final = Qt.ItemDataRole.UserRole
_ROW_HEIGHT: Final = 50
_HEADING_HEIGHT: Final = 32

_Index = QModelIndex | QPersistentModelIndex


class ChatListModel(QAbstractListModel):
    """The chats below two headings: what goes on, and what has ended; the newest first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chats: list[LiveChat] = []
        self._rows: list[LiveChat | str] = []

    @property
    def chats(self) -> list[LiveChat]:
        """The chats in the order they are shown."""
        return [row for row in self._rows if isinstance(row, LiveChat)]

    def add(self, chat: LiveChat) -> None:
        """Show another chat, above all others."""
        self._chats.insert(0, chat)
        chat.changed.connect(self._changed)
        self._arrange()

    def remove(self, chat: LiveChat) -> None:
        """Show a chat no longer."""
        if chat in self._chats:
            chat.changed.disconnect(self._changed)
            self._chats.remove(chat)
            self._arrange()

    def index_of(self, chat: LiveChat) -> QModelIndex:
        """Where a chat stands."""
        return self.index(self._rows.index(chat)) if chat in self._rows else QModelIndex()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Qt: headings and chats."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: a row's text, its chat, and what a screen reader says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, str):
            return row if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) else None
        if role == CHAT_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.crm_id
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (row.crm_id, row.look.words, row.last_line) if part)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Qt: headings cannot be chosen."""
        if index.isValid() and isinstance(self._rows[index.row()], LiveChat):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def _changed(self) -> None:
        if self._arranged() != self._rows:
            self._arrange()
        else:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def _arrange(self) -> None:
        self.beginResetModel()
        self._rows = self._arranged()
        self.endResetModel()

    def _arranged(self) -> list[LiveChat | str]:
        live = [chat for chat in self._chats if chat.live]
        ended = [chat for chat in self._chats if not chat.live]
        rows: list[LiveChat | str] = []
        if live:
            rows += [translate("ChatList", "Live"), *live]
        if ended:
            rows += [translate("ChatList", "Ended"), *ended]
        return rows


class _ChatDelegate(QStyledItemDelegate):
    """Paints the rows to the tokens."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        """Qt: headings are lower than chats."""
        heading = index.data(CHAT_ROLE) is None
        return QSize(40 * GRID, scaled(_HEADING_HEIGHT if heading else _ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Qt: paint a row."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chat = index.data(CHAT_ROLE)
        area: QRect = option.rect
        if isinstance(chat, LiveChat):
            state: QStyle.StateFlag = option.state
            _paint_chat(painter, area, chat, state)
        else:
            _paint_heading(painter, area, str(index.data()))
        painter.restore()


def _paint_heading(painter: QPainter, area: QRect, text: str) -> None:
    painter.setFont(text_font(TYPE_SMALL, bold=True))
    painter.setPen(QColor(tokens().muted))
    place = area.adjusted(2 * GRID, 0, -2 * GRID, -GRID)
    painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, text.upper())


def _paint_chat(painter: QPainter, area: QRect, chat: LiveChat, state: QStyle.StateFlag) -> None:
    look = tokens()
    if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(QColor(look.focus), 2) if focused else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(look.selected if selected else look.hover))
        painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), CORNER, CORNER)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_dot(chat, look)))
    painter.drawEllipse(QRectF(area.left() + 2 * GRID, area.center().y() - 8, 8, 8))

    inner = area.adjusted(7 * GRID, 2 * GRID, -2 * GRID, -2 * GRID)
    half = inner.height() // 2
    first, second = inner.adjusted(0, 0, 0, -half), inner.adjusted(0, half, 0, 0)
    middle_left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    time = f"{chat.changed_at.astimezone():%H:%M}"
    small = text_font(TYPE_SMALL)
    painter.setFont(small)
    painter.setPen(QColor(look.muted))
    painter.drawText(first, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, time)
    first.setRight(first.right() - painter.fontMetrics().horizontalAdvance(time) - 2 * GRID)
    below = chat.last_line or chat.look.words
    painter.setPen(QColor(look.text if chat.unread else look.muted))
    painter.drawText(second, middle_left, _fitting(painter, below, second.width()))
    painter.setFont(text_font(TYPE_BODY, bold=True))
    painter.setPen(QColor(look.text))
    painter.drawText(first, middle_left, _fitting(painter, chat.crm_id, first.width()))


def _fitting(painter: QPainter, text: str, width: int) -> str:
    return painter.fontMetrics().elidedText(text[:200], Qt.TextElideMode.ElideRight, width)


def _dot(chat: LiveChat, look: Tokens) -> str:
    if not chat.live:
        return look.dot_red if chat.error is not None else look.dot_grey
    return look.dot_green if chat.state is State.CONFIGURED else look.dot_amber


class ChatList(QFrame):
    """The chats of this window. `chosen` carries the LiveChat to show."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "side")
        self.model = ChatListModel(self)
        self._shown: LiveChat | None = None
        self.view = QListView(self)
        self.view.setModel(self.model)
        self.view.setItemDelegate(_ChatDelegate(self.view))
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName(self.tr("Chats"))
        self.view.setStyleSheet("QListView { background: transparent; }")
        self._empty = QLabel(self.tr("The chats you start appear here."), self)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        set_role(self._empty, "label")
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID + 2, 2 * GRID, 2 * GRID + 2, 2 * GRID)
        column.addWidget(self._empty)
        column.addWidget(self.view)
        self.view.hide()
        self.setMinimumWidth(44 * GRID)
        self.view.selectionModel().currentChanged.connect(self._current_changed)
        self.model.modelReset.connect(self._after_reset)
        theme().changed.connect(self.view.viewport().update)

    def show_chat(self, chat: LiveChat | None) -> None:
        """Mark a chat as the one that is shown."""
        self._shown = chat
        index = self.model.index_of(chat) if chat is not None else QModelIndex()
        self.view.setCurrentIndex(index)

    def neighbour(self, step: int) -> LiveChat | None:
        """The chat `step` places below the shown one, round about; None if there is none."""
        chats = self.model.chats
        if not chats:
            return None
        if self._shown not in chats:
            return chats[0]
        return chats[(chats.index(self._shown) + step) % len(chats)]

    def _current_changed(self, current: QModelIndex) -> None:
        chat = current.data(CHAT_ROLE) if current.isValid() else None
        if isinstance(chat, LiveChat) and chat is not self._shown:
            self._shown = chat
            self.chosen.emit(chat)

    def _after_reset(self) -> None:
        empty = not self.model.chats
        self._empty.setVisible(empty)
        self.view.setVisible(not empty)
        self.show_chat(self._shown)
