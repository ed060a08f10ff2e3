"""The whole life of the program: show the window, run the loop, end everything, leave.

The law of this file: nothing outlives the one task group, and closing is the same from every state. Closing the
window, Quit, a signal and the end of the desktop session all end in `Farewell`; main then cancels, waits a bounded
time, and only after that the window disappears.
"""

from __future__ import annotations

import os
import sys

# The Qt loop takes the first binding it finds unless told otherwise.
os.environ["QT_API"] = "pyside6"

from PySide6.QtCore import QEventLoop
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gcdesk import __version__
from gcdesk.desk.settings import Settings
from gcdesk.resources import resource_path
from gcdesk.ui.memory import THEME_KEY, WINDOW_KEY
from gcdesk.ui.options import WindowOptions
from gcdesk.ui.shelf import Shelf, simulator_item
from gcdesk.ui.style import ThemeChoice, apply_theme
from gcdesk.ui.window import Window

_THEMES: tuple[ThemeChoice, ...] = ("system", "light", "dark")


def run(options: WindowOptions) -> int:
    """Show the window and return the exit status once it is closed.

    Raises:
        SettingsError: The settings file cannot be read.
    """
    from gcdesk.ui.farewell import Farewell

    farewell = Farewell()
    settings = Settings()
    app = make_app()
    apply_theme(app, _theme(settings))
    window = Window(settings.get(WINDOW_KEY, dict, {}), _first_shelf(options))
    window.closing.connect(farewell.wish)
    app.commitDataRequest.connect(farewell.wish)
    window.show()
    window.launch_bar.focus_crm_id()
    # Painted before the loop's own code is loaded; keys wait until somebody can answer them.
    app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    import asyncio

    import qasync

    from gcdesk.ui.life import live

    # Not qasync.run(): on Python 3.11 it makes every new loop of the program a Qt loop, the simulator's thread's too.
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        status = runner.run(live(options, settings, window, farewell))
    window.deleteLater()
    app.sendPostedEvents()
    return status


def make_app() -> QApplication:
    """Return the one QApplication, named and with its icon."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("gcdesk")
    app.setApplicationDisplayName("gcdesk")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("gcdesk")
    app.setQuitOnLastWindowClosed(False)
    app.setWindowIcon(QIcon(str(resource_path("icons", "gcdesk.png"))))
    return app


def _theme(settings: Settings) -> ThemeChoice:
    kept = settings.get(THEME_KEY, str, "system")
    return next((choice for choice in _THEMES if choice == kept), "system")


def _first_shelf(options: WindowOptions) -> Shelf:
    if options.simulator is None:
        return Shelf((), "")
    simulator = simulator_item()
    return Shelf((simulator,), simulator.name)
