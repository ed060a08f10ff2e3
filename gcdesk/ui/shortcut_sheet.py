"""Every keyboard way of the window on one page, read from the menus themselves so that it is always true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gcdesk.ui.tokens import GRID

translate = QCoreApplication.translate

Keys = Sequence[tuple[str, str]]
"""What is done, and by which keys."""

_SIZE = (140 * GRID, 140 * GRID)


def keys_of(bar: QMenuBar) -> dict[str, Keys]:
    """The keyboard ways in a menu bar, menu by menu; an entry without keys has none and is left out."""
    found: dict[str, Keys] = {}
    for top in bar.actions():
        menu = top.menu()
        if isinstance(menu, QMenu):
            # The chats of the list have numbers, but no entry until they are there.
            entries = [action for action in _entries(menu) if action.shortcuts() and action.text()]
            rows = [(_plain(action.text()), _keys(action)) for action in entries]
            if rows:
                found[_plain(top.text())] = rows
    return found


def keys_elsewhere() -> dict[str, Keys]:
    """The keyboard ways that no menu shows, because they belong to the part that has the focus."""

    def native(keys: str) -> str:
        return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)

    return {
        translate("Shortcuts", "While writing"): [
            (translate("Shortcuts", "Send"), native("Return")),
            (translate("Shortcuts", "Begin a new line"), native("Shift+Return")),
            (translate("Shortcuts", "Recall what was said before"), native("Up")),
        ],
        translate("Shortcuts", "Launch bar"): [
            (translate("Shortcuts", "Start the chat"), native("Return")),
        ],
        translate("Shortcuts", "Chat list"): [
            (translate("Shortcuts", "Go to the first chat, the second and so on"), native("Ctrl+1") + "–9"),
        ],
    }


class ShortcutSheet(QDialog):
    """The sheet, with a field to find a line in it.

    Args:
        groups: What to show, under a heading each.
        parent: The window.
    """

    def __init__(self, groups: Mapping[str, Keys], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(self.tr("Find a shortcut"))
        self.field.setAccessibleName(self.tr("Find a shortcut"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._find)
        self.sheet = QTreeWidget(self)
        self.sheet.setAccessibleName(self.windowTitle())
        self.sheet.setColumnCount(2)
        self.sheet.setHeaderHidden(True)
        self.sheet.setRootIsDecorated(False)
        self.sheet.setIndentation(0)
        self.sheet.setUniformRowHeights(True)
        self.sheet.setItemsExpandable(False)
        for title, rows in groups.items():
            self._add(title, rows)
        self.sheet.expandAll()
        measure = self.sheet.fontMetrics().horizontalAdvance
        widest = max((measure(what) for what, _ in self.shown()), default=0)
        self.sheet.setColumnWidth(0, widest + 6 * GRID)
        close = QPushButton(self.tr("Close"), self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(6 * GRID, 5 * GRID, 6 * GRID, 4 * GRID)
        column.setSpacing(3 * GRID)
        column.addWidget(self.field)
        column.addWidget(self.sheet, 1)
        column.addLayout(buttons)
        room = parent.screen().availableGeometry()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - 20 * GRID))

    def shown(self) -> list[tuple[str, str]]:
        """The lines that pass what was typed into the field."""
        lines = []
        for group in self._groups():
            lines += [(row.text(0), row.text(1)) for row in _rows(group) if not row.isHidden()]
        return lines

    def _add(self, title: str, rows: Keys) -> None:
        group = QTreeWidgetItem(self.sheet, [title])
        group.setFirstColumnSpanned(True)
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = self.sheet.font()
        font.setBold(True)
        group.setFont(0, font)
        row = QSize(0, self.sheet.fontMetrics().height() + 2 * GRID)
        group.setSizeHint(0, row)
        for what, keys in rows:
            QTreeWidgetItem(group, [what, keys]).setSizeHint(0, row)

    def _find(self, text: str) -> None:
        needle = text.strip().casefold()
        for group in self._groups():
            rows = _rows(group)
            for row in rows:
                words = f"{group.text(0)} {row.text(0)} {row.text(1)}".casefold()
                row.setHidden(bool(needle) and needle not in words)
            group.setHidden(all(row.isHidden() for row in rows))

    def _groups(self) -> list[QTreeWidgetItem]:
        found = [self.sheet.topLevelItem(row) for row in range(self.sheet.topLevelItemCount())]
        return [group for group in found if group is not None]


def _rows(group: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = [group.child(row) for row in range(group.childCount())]
    return [row for row in found if row is not None]


def _entries(menu: QMenu) -> Iterator[QAction]:
    for action in menu.actions():
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _entries(below)
        else:
            yield action


def _plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")


def _keys(action: QAction) -> str:
    return ", ".join(
        one.toString(QKeySequence.SequenceFormat.NativeText)
        for one in action.shortcuts()
        if not one.isEmpty()
    )
