"""What a screen reader would say of a part of the window, and what the keyboard reaches."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)


def name_of(widget: QWidget) -> str:
    """The name that a screen reader is given, a buddy's label included."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def controls(root: QWidget) -> list[QWidget]:
    """The controls that a person sees and can reach in a part of the window, those inside of others left out."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and (isinstance(widget, _CONTROLS) or _focusable(widget))
        and not _inner(widget)
    ]


def nameless(root: QWidget) -> list[str]:
    """The controls that have no name, each with its class, its object name and its parents."""
    return [_path(widget, root) for widget in controls(root) if not name_of(widget)]


def unreachable(root: QWidget) -> list[str]:
    """The buttons and fields that the keyboard does not reach, neither by Tab nor through their view."""
    return [
        _path(widget, root)
        for widget in controls(root)
        if isinstance(widget, QAbstractButton | QLineEdit | QComboBox | QAbstractSpinBox)
        and widget.focusPolicy() is Qt.FocusPolicy.NoFocus
    ]


def _focusable(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)


def _inner(widget: QWidget) -> bool:
    """Whether it is a part that Qt makes for a control, such as a view's viewport or a spin box's field."""
    if widget.objectName().startswith("qt_"):
        return True
    parent = widget.parentWidget()
    if parent is not None and parent.objectName().startswith("qt_"):
        return True
    return parent is not None and (
        isinstance(parent, QAbstractSpinBox | QComboBox)
        or (isinstance(parent, QAbstractItemView | QTabBar) and isinstance(widget, QAbstractButton))
        or type(parent).__name__ == "QComboBoxPrivateContainer"
    )


def _path(widget: QWidget, root: QWidget) -> str:
    parts = []
    at: QWidget | None = widget
    while at is not None and at is not root:
        parts.append(type(at).__name__ + (f"#{at.objectName()}" if at.objectName() else ""))
        at = at.parentWidget()
    return " < ".join(parts)
