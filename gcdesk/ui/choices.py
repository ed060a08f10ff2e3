"""Choices to tick, in sections of which one or several may be taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QWidget

from gcdesk.guest.content import ListItem, ListSection
from gcdesk.ui.panel import small
from gcdesk.ui.parts import Part, Stack
from gcdesk.ui.plain_text import one_line, plain_tooltip
from gcdesk.ui.ticks import MARK_ROOM, TickBox, TickRound
from gcdesk.ui.tokens import GRID


class Choice(Part):
    """One item: a box or a round mark with its title, the subtitle below."""

    def __init__(self, item: ListItem, *, multiple: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        title = one_line(item.title or item.id)
        self.mark = TickBox(title, self) if multiple else TickRound(title, self)
        self._subtitle = small(item.subtitle, self) if item.subtitle else None
        if item.subtitle:
            self.mark.setAccessibleDescription(one_line(item.subtitle))

    def fit(self, width: int) -> QSize:
        """The mark on one line, shortened if need be."""
        size = self.mark.sizeHint()
        if size.width() > width:
            self.mark.setToolTip(plain_tooltip(self.mark.title))
            size.setWidth(width)
        self.mark.setGeometry(0, 0, size.width(), size.height())
        if self._subtitle is None:
            return size
        below = self._subtitle.fit(max(1, width - MARK_ROOM))
        self._subtitle.setGeometry(MARK_ROOM, size.height(), below.width(), below.height())
        return QSize(max(size.width(), MARK_ROOM + below.width()), size.height() + below.height())


class Choices(Stack):
    """The sections of a list with all their items."""

    def __init__(
        self, sections: Sequence[ListSection], parent: QWidget, changed: Callable[[], None] | None = None
    ) -> None:
        super().__init__(parent, gap=GRID)
        self._choices: list[Choice] = []
        self._groups: list[QButtonGroup] = []
        for section in sections:
            self._add_section(section, changed)

    def _add_section(self, section: ListSection, changed: Callable[[], None] | None) -> None:
        group = QButtonGroup(self)
        group.setExclusive(not section.multiple)
        self._groups.append(group)
        if section.title:
            self.items.append(small(section.title, self))
        for item in section.items:
            choice = Choice(item, multiple=section.multiple, parent=self)
            group.addButton(choice.mark)
            if changed is not None:
                choice.mark.toggled.connect(lambda _checked: changed())
            self._choices.append(choice)
            self.items.append(choice)

    def chosen(self) -> list[ListItem]:
        """The ticked items, in their order."""
        return [choice.item for choice in self._choices if choice.mark.isChecked()]

    def ticked(self) -> tuple[str, ...]:
        """The places of the ticked items among all."""
        return tuple(str(place) for place, choice in enumerate(self._choices) if choice.mark.isChecked())

    def tick(self, places: Sequence[str]) -> None:
        """Tick what was ticked before."""
        for place, choice in enumerate(self._choices):
            choice.mark.setChecked(str(place) in places)

    @property
    def has_draft(self) -> bool:
        """Whether anything is ticked."""
        return bool(self.chosen())

    def set_usable(self, usable: bool) -> None:
        """Let items be ticked, or not."""
        for choice in self._choices:
            choice.mark.setEnabled(usable)
