"""How dialogs are shown: beside the event loop, never instead of it, and Quit works in them too."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog

QUIT = "quit"
"""The object name of the action that ends the program."""


def allow_quit(dialog: QDialog) -> None:
    """Let the shortcut of Quit work while the dialog is open, which keeps the window's own shortcuts away."""
    parent = dialog.parentWidget()
    # A dialog may belong to another one, and only the window has the action.
    while parent is not None:
        window = parent.window()
        action = window.findChild(QAction, QUIT)
        if isinstance(action, QAction):
            dialog.addAction(action)
            return
        parent = window.parentWidget()


def show_dialog(dialog: QDialog) -> None:
    """Show a dialog until it is closed, and forget it then."""
    allow_quit(dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    # Not exec(): a nested event loop would stall the chats.
    dialog.open()
