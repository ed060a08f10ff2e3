"""Choices to tick, in sections of which one or several may be taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QWidget

from gcdesk.guest.content import ListItem, ListSection
from gcdesk.ui.panel import small
from gcdesk.ui.parts import Flow, Hub, Part, Stack
from gcdesk.ui.plain_text import one_line, plain_tooltip
from gcdesk.ui.thumbs import PicturesButton, Thumb, thumb_wish
from gcdesk.ui.ticks import MARK_ROOM, TickBox, TickRound
from gcdesk.ui.tokens import GRID


class Choice(Part):
    """One item: a box or a round mark with its title, the subtitle below."""

    def __init__(self, item: ListItem, hub: Hub, *, multiple: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.item = item
        title = one_line(item.title or item.id)
        self.mark = TickBox(title, self) if multiple else TickRound(title, self)
        self._subtitle = small(item.subtitle, self) if item.subtitle else None
        self._thumb = Thumb(item.image, hub, self) if item.image else None
        if item.subtitle:
            self.mark.setAccessibleDescription(one_line(item.subtitle))

    def fit(self, width: int) -> QSize:
        """The mark on one line, shortened if need be."""
        size = self.mark.sizeHint()
        if size.width() > width:
            self.mark.setToolTip(plain_tooltip(self.mark.title))
            size.setWidth(width)
        self.mark.setGeometry(0, 0, size.width(), size.height())
        for part in (self._subtitle, self._thumb):
            if part is None:
                continue
            below = part.fit(max(1, width - MARK_ROOM))
            part.setGeometry(MARK_ROOM, size.height(), below.width(), below.height())
            size = QSize(max(size.width(), MARK_ROOM + below.width()), size.height() + below.height())
        return size


class Choices(Stack):
    """The sections of a list with all their items."""

    def __init__(
        self,
        sections: Sequence[ListSection],
        hub: Hub,
        parent: QWidget,
        changed: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(parent, gap=GRID)
        self._hub = hub
        self._choices: list[Choice] = []
        self._groups: list[QButtonGroup] = []
        for section in sections:
            self._add_section(section, changed)
        wishes = [thumb_wish(item.image) for section in sections for item in section.items if item.image]
        if wishes:
            foot = Flow(self)
            foot.items.append(PicturesButton(wishes, hub, foot))
            self.items.append(foot)

    def _add_section(self, section: ListSection, changed: Callable[[], None] | None) -> None:
        group = QButtonGroup(self)
        group.setExclusive(not section.multiple)
        self._groups.append(group)
        if section.title:
            self.items.append(small(section.title, self))
        for item in section.items:
            choice = Choice(item, self._hub, multiple=section.multiple, parent=self)
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
