"""Notices what goes wrong inside the program, now or the last time, and shows a report of it.

The law of this file: a report is about gcdesk, so nothing of it may keep the chats from going on.
"""

from __future__ import annotations

import logging
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, QObject, Qt

from gcdesk.desk.settings import Settings
from gcdesk.ui.dialogs import show_dialog
from gcdesk.ui.mailbox import Mailbox
from gcdesk.ui.window import Window

if TYPE_CHECKING:
    from gcdesk.desk.crashes import EarlierEnd, RunWatch

translate = QCoreApplication.translate

_MOST_SHOWN = 5
_PATIENCE = 0.3


class CrashDesk(QObject):
    """Watches the program from its first moments to its last.

    Args:
        window: Where reports are shown.
        settings: Tell whether chats are kept.
    """

    def __init__(self, window: Window, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings
        self._seen: set[str] = set()
        self._watch: RunWatch | None = None
        self._mailbox = Mailbox()
        self._mailbox.arrived.connect(self._take_mail, Qt.ConnectionType.QueuedConnection)
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook = self._happened
        threading.excepthook = self._happened_in_thread
        self._handler = _Listener(self)
        logging.getLogger().addHandler(self._handler)
        self._beginning = threading.Thread(target=self._begin, name="gcdesk crash watch", daemon=True)

    def begin(self) -> None:
        """Look how the last run ended, and mark this one."""
        self._beginning.start()

    def end(self) -> None:
        """The program ends properly; waits a moment for its mark."""
        logging.getLogger().removeHandler(self._handler)
        sys.excepthook, threading.excepthook = self._hooks
        if self._beginning.is_alive():
            self._beginning.join(_PATIENCE)
        if self._watch is not None:
            self._watch.end()

    def take(self, error: BaseException) -> None:
        """An error that nobody expected, from any thread; each place in the code is reported once."""
        place = _place(error)
        if place in self._seen or len(self._seen) >= _MOST_SHOWN:
            return
        self._seen.add(place)
        threading.Thread(target=self._save, args=(error,), name="gcdesk report", daemon=True).start()

    # In threads, because they read and write files

    def _begin(self) -> None:
        from gcdesk.desk.crashes import RunWatch

        watch = RunWatch()
        try:
            earlier = watch.begin()
        except OSError as error:
            logging.getLogger(__name__).debug("the run cannot be marked: %s", type(error).__name__)
            return
        self._watch = watch
        if earlier:
            self._mailbox.post((self._tell_earlier, earlier, self._kept()))

    def _save(self, error: BaseException) -> None:
        from gcdesk.desk.crashes import report_of, save_report

        text = report_of(error)
        path: Path | None = None
        try:
            path = save_report(text)
        except OSError as problem:
            logging.getLogger(__name__).debug("the report cannot be kept: %s", type(problem).__name__)
        self._mailbox.post((self._show, text, path, self._kept()))

    def _kept(self) -> bool:
        from gcdesk.desk.history import KEEP_HISTORY

        return self._settings.get(KEEP_HISTORY, bool, True)

    # Hooks

    def _happened(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._hooks[0](kind, error, trace)
        if isinstance(error, Exception):
            self.take(error)

    def _happened_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        self._hooks[1](arguments)
        if isinstance(arguments.exc_value, Exception):
            self.take(arguments.exc_value)

    # In the window

    def _take_mail(self, mail: tuple[Any, ...]) -> None:
        act, *values = mail
        act(*values)

    def _show(self, report: str, path: Path | None, kept: bool) -> None:
        title = translate("Crash", "Something went wrong inside gcdesk. Chats that are open go on.")
        self._open(title, [*_where(kept), *_reported(path)], report)

    def _tell_earlier(self, ends: list[EarlierEnd], kept: bool) -> None:
        crashed = next((end for end in reversed(ends) if end.text), None)
        if crashed is None:
            words = translate("Crash", "gcdesk did not end properly the last time.")
            self._window.notices.tell(" ".join([words, *_where(kept)]))
            return
        title = translate("Crash", "gcdesk crashed the last time.")
        if crashed.at is not None:
            began = QLocale().toString(
                QDateTime.fromSecsSinceEpoch(int(crashed.at.timestamp())), QLocale.FormatType.ShortFormat
            )
            title = translate("Crash", "gcdesk crashed the last time; that run began at {time}.").format(
                time=began
            )
        self._open(title, [*_where(kept), *_reported(crashed.report)], crashed.text)

    def _open(self, title: str, lines: list[str], report: str) -> None:
        # Only a crash pays for the dialog.
        from gcdesk.desk.crashes import crash_folder
        from gcdesk.ui.crash_dialog import CrashDialog

        show_dialog(CrashDialog(title, lines, report, crash_folder(), self._window))


class _Listener(logging.Handler):
    """Hears of errors that were caught so that chats go on, and are bugs all the same."""

    def __init__(self, desk: CrashDesk) -> None:
        super().__init__(logging.ERROR)
        self._desk = desk

    def emit(self, record: logging.LogRecord) -> None:
        """Logging: take the error along, if there is one."""
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, Exception):
            self._desk.take(error)


def _place(error: BaseException) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
    return f"{type(error).__name__} {where}"


def _where(kept: bool) -> list[str]:
    from gcdesk.desk.history_file import history_path

    if not kept:
        return [translate("Crash", "Chats are not kept, because the history is off.")]
    words = translate("Crash", "Chats are saved up to the last frame in {path}.")
    return [words.format(path=history_path())]


def _reported(path: Path | None) -> list[str]:
    if path is None:
        return [translate("Crash", "The report could not be saved; copy it from here.")]
    return [
        translate("Crash", "The report is in {path}. IDs and secrets are masked in it.").format(path=path)
    ]
