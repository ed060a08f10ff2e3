"""The rows of the chat list: chats below their headings, kept in order as they change.

The law of this file: a change of one chat touches that chat's row alone, unless it moves below another heading.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from gcdesk.ui.chat_entry import ChatEntry, Section
from gcdesk.ui.plain_text import plain_tooltip

ENTRY_ROLE: Final = Qt.ItemDataRole.UserRole
_LONGEST: Final = 300

Index = QModelIndex | QPersistentModelIndex
Row = ChatEntry | Section
_Place = tuple[int, float, int]


class ChatListModel(QAbstractListModel):
    """Chats below their headings.

    Live chats stand in the order they were started, the newest first, so that none moves away below a mouse;
    below the dates stands first what happened last.

    Args:
        parent: The Qt parent.
    """

    more_wanted = Signal()
    """The end of the list came into sight and there is more: see `has_more`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.has_more = False
        """Whether older chats can be had; whoever gives them sets it, and it is spent by `more_wanted`."""
        self._places: dict[ChatEntry, _Place] = {}
        self._rows: list[Row] = []
        self._row_of: dict[ChatEntry, int] = {}
        self._environments: Counter[str] = Counter()
        self._added = 0
        self._words: Sequence[str] = ()
        self._found: set[ChatEntry] = set()

    @property
    def entries(self) -> list[ChatEntry]:
        """The chats that are shown, in their order."""
        return [row for row in self._rows if not isinstance(row, Section)]

    @property
    def several_environments(self) -> bool:
        """Whether the chats are of more than one environment, so that rows must tell which."""
        return len(self._environments) > 1

    def __contains__(self, entry: object) -> bool:
        """Whether the list holds a chat, shown or not."""
        return entry in self._places

    def __len__(self) -> int:
        """How many chats the list holds, shown or not."""
        return len(self._places)

    def add(self, entry: ChatEntry) -> None:
        """Take another chat."""
        self.extend([entry])

    def extend(self, entries: Iterable[ChatEntry]) -> None:
        """Take several chats at once; those that are there already stay as they are."""
        fresh = [entry for entry in entries if entry not in self._places]
        for entry in fresh:
            self._added += 1
            self._places[entry] = _place(entry, self._added)
            self._environments[entry.environment] += 1
        if len(fresh) == 1:
            self._show(fresh[0])
        elif fresh:
            self._arrange()

    def remove(self, *entries: ChatEntry) -> None:
        """Hold these chats no longer."""
        gone = [entry for entry in entries if entry in self._places]
        # Subtraction leaves no names behind that nobody has any more.
        self._environments -= Counter(entry.environment for entry in gone)
        if len(gone) > 1:
            for entry in gone:
                del self._places[entry]
            self._found.difference_update(gone)
            self._arrange()
        elif gone:
            self._hide(gone[0])
            del self._places[gone[0]]
            self._found.discard(gone[0])

    def refresh(self, entry: ChatEntry) -> None:
        """Show a chat anew, which has changed."""
        before = self._places.get(entry)
        if before is None:
            return
        place = _place(entry, before[2])
        row = self._row_of.get(entry)
        if row is None:
            self._places[entry] = place
            self._show(entry)
        elif place == before:
            index = self.index(row)
            self.dataChanged.emit(index, index)
        else:
            self._move(entry, place)

    def rearrange(self) -> None:
        """Look at all headings anew; a new day has begun."""
        places = {entry: _place(entry, place[2]) for entry, place in self._places.items()}
        if places != self._places:
            self._places = places
            self._arrange()

    def find(self, words: Sequence[str], found: Iterable[ChatEntry] = ()) -> None:
        """Show only chats that contain all the words, and those that were found elsewhere; all without words.

        Args:
            words: Folded, as `gcdesk.desk.history_search.words_of` makes them.
            found: What is shown beside, whether it contains the words or not.
        """
        if words or self._words:
            self._words = words
            self._found = {entry for entry in found if entry in self._places}
            self._arrange()

    def index_of(self, entry: ChatEntry) -> QModelIndex:
        """Where a chat stands; an invalid index for one that is not shown."""
        row = self._row_of.get(entry)
        return QModelIndex() if row is None else self.index(row)

    # Qt

    def rowCount(self, parent: Index | None = None) -> int:
        """Qt: headings and chats."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Qt: a row's text, its chat, and what a screen reader says."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if isinstance(row, Section):
            spoken = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return row.words if spoken else None
        if role == ENTRY_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.ToolTipRole:
            # Rows have little room, and what a chat says of itself must not be taken for HTML.
            return plain_tooltip(
                "\n".join(part[:_LONGEST] for part in (row.title, row.environment, row.line))
            )
        return row.words() if role == Qt.ItemDataRole.AccessibleTextRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Qt: headings cannot be chosen."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if isinstance(self._rows[index.row()], Section):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def canFetchMore(self, parent: Index) -> bool:
        """Qt: whether there are older chats; what is sought is sought among all of them anyway."""
        return self.has_more and not self._words and not parent.isValid()

    def fetchMore(self, parent: Index) -> None:
        """Qt: the end of the list came into sight."""
        if self.canFetchMore(parent):
            self.has_more = False
            self.more_wanted.emit()

    # Inside

    def _wanted(self, entry: ChatEntry) -> bool:
        return not self._words or entry in self._found or entry.contains(self._words)

    def _arrange(self) -> None:
        self.beginResetModel()
        shown = sorted((entry for entry in self._places if self._wanted(entry)), key=self._places.__getitem__)
        rows: list[Row] = []
        heading: Section | None = None
        for entry in shown:
            section = Section(self._places[entry][0])
            if section is not heading:
                rows.append(section)
                heading = section
            rows.append(entry)
        self._rows = rows
        self._count()
        self.endResetModel()

    def _show(self, entry: ChatEntry) -> None:
        if not self._wanted(entry):
            return
        row = self._heading_row(self._places[entry])
        self.beginInsertRows(QModelIndex(), row, row)
        self._rows.insert(row, entry)
        self._count()
        self.endInsertRows()

    def _hide(self, entry: ChatEntry) -> None:
        row = self._row_of.get(entry)
        if row is None:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row]
        self._count()
        self.endRemoveRows()
        self._drop_heading(Section(self._places[entry][0]))

    def _move(self, entry: ChatEntry, place: _Place) -> None:
        old = Section(self._places[entry][0])
        target = self._heading_row(place)
        row = self._row_of[entry]
        self._places[entry] = place
        # Qt counts the target before the row is taken out, and refuses a move that changes nothing.
        if target in (row, row + 1):
            index = self.index(row)
            self.dataChanged.emit(index, index)
        else:
            self.beginMoveRows(QModelIndex(), row, row, QModelIndex(), target)
            self._rows.insert(target if target < row else target - 1, self._rows.pop(row))
            self._count()
            self.endMoveRows()
        self._drop_heading(old)

    def _heading_row(self, place: _Place) -> int:
        """The row at which a chat of that place belongs, once its heading is there."""
        row = bisect_left(self._rows, place, key=self._place_of)
        section = Section(place[0])
        heading = (int(section), float("-inf"), 0)
        top = bisect_left(self._rows, heading, key=self._place_of)
        if top < len(self._rows) and self._rows[top] is section:
            return row
        self.beginInsertRows(QModelIndex(), top, top)
        self._rows.insert(top, section)
        self._count()
        self.endInsertRows()
        return top + 1

    def _drop_heading(self, section: Section) -> None:
        top = bisect_left(self._rows, (int(section), float("-inf"), 0), key=self._place_of)
        if top + 1 < len(self._rows) and not isinstance(self._rows[top + 1], Section):
            return
        self.beginRemoveRows(QModelIndex(), top, top)
        del self._rows[top]
        self._count()
        self.endRemoveRows()

    def _place_of(self, row: Row) -> _Place:
        return (int(row), float("-inf"), 0) if isinstance(row, Section) else self._places[row]

    def _count(self) -> None:
        self._row_of = {row: place for place, row in enumerate(self._rows) if not isinstance(row, Section)}


def _place(entry: ChatEntry, added: int) -> _Place:
    """What a chat is sorted by: its heading, then for the dates its time, and the order in which it came."""
    section = entry.section
    return int(section), -float(added) if section is Section.LIVE else -entry.at.timestamp(), added
