"""Bringing the window to where the person looks."""

from __future__ import annotations

import os

from PySide6.QtWidgets import QApplication, QMainWindow


def bring_to_front(window: QMainWindow, activation: str = "") -> None:
    """Show the window above others, with the keyboard in it, and its open dialog above it.

    Args:
        window: The window.
        activation: The word with which the desktop lets a program come to the front; empty if there is none.
    """
    if activation:
        # Qt takes it from here when it activates a window on Wayland, and forgets it.
        os.environ["XDG_ACTIVATION_TOKEN"] = activation
    if window.isMinimized():
        window.showNormal()
    for part in (window, QApplication.activeModalWidget()):
        if part is not None:
            part.raise_()
            part.activateWindow()
