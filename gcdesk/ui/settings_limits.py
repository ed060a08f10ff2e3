"""The limits page: the service's figures, and those that a person set in their place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gcdesk.guest.limits import Limits, range_of
from gcdesk.ui.limit_words import LIMIT_GROUPS
from gcdesk.ui.said import marked
from gcdesk.ui.settings_page import SettingsPage, note
from gcdesk.ui.style import set_role
from gcdesk.ui.tokens import GRID
from gcdesk.ui.words import grouped

translate = QCoreApplication.translate

_FIGURE_WIDTH: Final = 28 * GRID


class LimitField(QLineEdit):
    """One figure; empty for the service's, which stands there in grey.

    Args:
        name: The limit's name.
        words: What it is, for people.
        parent: The Qt parent.
    """

    def __init__(self, name: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.setFixedWidth(_FIGURE_WIDTH)
        self.setAccessibleName(words)
        self.setPlaceholderText(shown(getattr(Limits(), name)))
        self.problem = note("", parent, "problem")
        self.problem.hide()

    def show_figure(self, figure: float | None) -> None:
        """Show a person's own figure, None for the service's."""
        self.setText("" if figure is None else f"{figure:.12g}")
        self._say("")

    def read(self) -> float | None:
        """The person's own figure, None for the service's. Raises ValueError, once it is said what is wrong."""
        text = self.text().replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
        if not text:
            self._say("")
            return None
        allowed = range_of(self.name)
        try:
            figure = int(text) if allowed.whole or text.isdigit() else float(text)
            if not allowed.least <= figure <= allowed.most:
                raise ValueError(text)
        except ValueError:
            template = (
                translate("Limits", "Write a whole number from {least} to {most}.")
                if allowed.whole
                else translate("Limits", "Write a number from {least} to {most}.")
            )
            self._say(template.format(least=shown(allowed.least), most=shown(allowed.most)))
            raise
        self._say("")
        return figure

    def _say(self, problem: str) -> None:
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.setAccessibleDescription(problem)
        self.setProperty("wrong", "true" if problem else "false")
        # Style sheets read properties only when a widget is polished.
        self.style().unpolish(self)
        self.style().polish(self)


class LimitsPage(SettingsPage):
    """All limits, and a button that goes back to the service's."""

    limits_chosen = Signal(object)
    """A mapping of names to figures that changed, None for the service's."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(
            self.tr("Limits"),
            self.tr(
                "What gcdesk keeps to, so that Genesys Cloud need not refuse. The grey figures are the service's; "
                "write others where your organization has others. They hold for chats that start from now on."
            ),
            parent,
        )
        self._kept: dict[str, float] = {}
        self.fields: dict[str, LimitField] = {}
        inside = QWidget(self)
        column = QVBoxLayout(inside)
        column.setContentsMargins(GRID, 0, 3 * GRID, GRID)
        column.setSpacing(5 * GRID)
        for group in LIMIT_GROUPS:
            column.addLayout(self._group(group.heading, group.limits, inside))
        column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inside)
        self._scroll.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.reset_button = QPushButton(self.tr("Use the service's figures"), self)
        self.reset_button.setAutoDefault(False)
        self.reset_button.clicked.connect(self._reset)
        row = QHBoxLayout()
        row.addWidget(self.reset_button)
        row.addStretch(1)
        self.column.addWidget(self._scroll, 1)
        self.column.addLayout(row)

    def show_limits(self, own: Mapping[str, float]) -> None:
        """Show a person's own figures."""
        self._kept = dict(own)
        for name, field in self.fields.items():
            field.show_figure(self._kept.get(name))
        self.reset_button.setEnabled(bool(self._kept))

    def _group(self, heading: str, limits: tuple[tuple[str, str], ...], parent: QWidget) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * GRID)
        grid.setVerticalSpacing(2 * GRID)
        grid.setColumnStretch(0, 1)
        title = QLabel(marked("Limits", heading), parent)
        set_role(title, "strong")
        grid.addWidget(title, 0, 0, 1, 2)
        for place, (name, words) in enumerate(limits):
            field = LimitField(name, marked("Limits", words), parent)
            label = note(field.accessibleName(), parent, "")
            label.setBuddy(field)
            field.editingFinished.connect(lambda field=field: self._left(field))
            self.fields[name] = field
            grid.addWidget(label, 2 * place + 1, 0)
            grid.addWidget(field, 2 * place + 1, 1)
            grid.addWidget(field.problem, 2 * place + 2, 0, 1, 2)
        return grid

    def _left(self, field: LimitField) -> None:
        try:
            figure = field.read()
        except ValueError:
            return
        if figure != self._kept.get(field.name):
            if figure is None:
                del self._kept[field.name]
            else:
                self._kept[field.name] = figure
            self.reset_button.setEnabled(bool(self._kept))
            self.limits_chosen.emit({field.name: figure})

    def _reset(self) -> None:
        changed = dict.fromkeys(self._kept)
        self.show_limits({})
        self.limits_chosen.emit(changed)


def shown(figure: float) -> str:
    """A figure as it stands in a field."""
    return grouped(int(figure)) if figure == int(figure) else f"{figure:g}"
