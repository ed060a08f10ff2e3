"""The whole life of the program: show the window, run the loop, end everything, leave.

The law of this file: nothing outlives the one task group, and closing is the same from every state. Closing the
window, Quit, a signal and the end of the desktop session all end in `Farewell`; only when the work has ended does
the window disappear for good.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

# The Qt loop takes the first binding it finds unless told otherwise.
os.environ["QT_API"] = "pyside6"

from PySide6.QtCore import QEventLoop, QLoggingCategory
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from gcdesk import __version__
from gcdesk.desk.settings import Settings
from gcdesk.resources import resource_path
from gcdesk.ui.farewell import Farewell
from gcdesk.ui.garbage import Garbage
from gcdesk.ui.languages import SYSTEM, install
from gcdesk.ui.memory import LANGUAGE_KEY, THEME_KEY, WINDOW_KEY
from gcdesk.ui.options import WindowOptions
from gcdesk.ui.shelf import Shelf, shelf_from_record, simulator_item
from gcdesk.ui.style import ThemeChoice, apply_theme
from gcdesk.ui.warm_up import WarmUp
from gcdesk.ui.window import Window

_THEMES: tuple[ThemeChoice, ...] = ("system", "light", "dark")


def run(options: WindowOptions) -> int:
    """Show the window and return the exit status once it is closed.

    Raises:
        SettingsError: The settings file cannot be read.
    """
    farewell = Farewell()
    settings = Settings()
    app = make_app()
    garbage = Garbage()
    install(app, settings.get(LANGUAGE_KEY, str, SYSTEM))
    apply_theme(app, _theme(settings))
    remembered: dict[str, Any] = settings.get(WINDOW_KEY, dict, {})
    window = Window(remembered, _first_shelf(options, remembered))
    window.closing.connect(farewell.wish)
    app.commitDataRequest.connect(farewell.wish)
    window.show()
    window.activateWindow()
    window.launch_bar.focus_crm_id()
    # Painted before anything else is loaded; keys wait until somebody can answer them.
    app.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    from gcdesk.ui.vanished import Vanished

    Vanished(window.windowHandle(), farewell.wish)
    warm_up = WarmUp()
    warm_up.ready.connect(garbage.settle)
    with farewell.awake():
        _wait_for_loop(warm_up, farewell)
        status = 0 if farewell.wished else _live(app, options, settings, window, farewell)
    warm_up.stop()
    farewell.restore_signals()
    garbage.restore()
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
    # Where there is no browser Qt writes the whole address to the terminal, and some addresses are secrets.
    QLoggingCategory.setFilterRules("qt.qpa.services.warning=false")
    app.setWindowIcon(QIcon(str(resource_path("icons", "gcdesk.png"))))
    return app


def _wait_for_loop(warm_up: WarmUp, farewell: Farewell) -> None:
    """Let the person type while the code of the event loop is loaded: no coroutine exists yet."""
    waiting = QEventLoop()
    warm_up.ready.connect(waiting.quit)
    farewell.listen(waiting.quit)
    warm_up.start()
    if not farewell.wished:
        waiting.exec()


def _live(
    app: QApplication, options: WindowOptions, settings: Settings, window: Window, farewell: Farewell
) -> int:
    import asyncio

    import qasync

    from gcdesk.ui.life import live

    over = False

    def quit_from_outside() -> None:
        if not over:
            # Without a display there is no loop to say goodbye with; the system closes the connections.
            sys.stderr.write("Error: The display went away. Start gcdesk again.\n")
            sys.stderr.flush()
            os._exit(1)

    async def run_once() -> int:
        nonlocal over
        try:
            return await live(options, settings, window, farewell)
        finally:
            over = True

    app.aboutToQuit.connect(quit_from_outside)
    # Not qasync.run(): on Python 3.11 it makes every new loop a Qt loop, also the one of the simulator's thread.
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
        return runner.run(run_once())


def _theme(settings: Settings) -> ThemeChoice:
    kept = settings.get(THEME_KEY, str, "system")
    return next((choice for choice in _THEMES if choice == kept), "system")


def _first_shelf(options: WindowOptions, remembered: Mapping[str, Any]) -> Shelf:
    """What to offer until the book of environments is read, a moment later."""
    simulator = simulator_item() if options.simulator is not None else None
    return shelf_from_record(None if options.demo else remembered.get("shelf"), simulator)
