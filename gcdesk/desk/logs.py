"""Logging with levels, and with everything secret masked: messages, arguments and tracebacks.

The law of this file: whatever writes a log line goes through `Masking` first. Nothing else of gcdesk adds
handlers.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from types import TracebackType
from typing import TextIO

LEVELS = ("debug", "info", "warning", "error")
DEFAULT_LEVEL = "warning"

_LOGGER = "gcdesk"
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

# What the service sends may end up in a message; there it can neither steer a terminal nor begin a line.
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0))}
_CONTROLS_IN_LINES = {code: shown for code, shown in _CONTROLS.items() if code != ord("\n")}


class Masking(logging.Filter):
    """Masks a record before it is written; lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the message, the traceback and the stack of the record by masked text."""
        # Only a program that logs pays for this import.
        from gcdesk.guest.masking import mask_text

        try:
            message = record.getMessage()
        except Exception as error:  # noqa: BLE001 - a wrong log call must not end a chat
            message = f"{record.msg!r} with wrong arguments ({type(error).__name__})"
        record.msg, record.args = mask_text(message).translate(_CONTROLS), ()
        if record.exc_info and record.exc_info[0] is not None:
            lines = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            record.exc_text = mask_text(lines).translate(_CONTROLS_IN_LINES)
        if record.stack_info:
            record.stack_info = mask_text(record.stack_info)
        return True


def setup_logging(level: str = DEFAULT_LEVEL, *, console: bool = True, stream: TextIO | None = None) -> None:
    """Start logging, once for the whole program; a second call replaces the first.

    Args:
        level: One of LEVELS, for the loggers of gcdesk. Other packages log warnings and errors only, because
            their more talkative levels show parts of frames.
        console: Whether to write to `stream`.
        stream: Standard error if left out.

    Raises:
        ValueError: There is no such level.
    """
    root = logging.getLogger()
    for handler in list(root.handlers):
        if isinstance(handler, _Console):
            root.removeHandler(handler)
    set_level(level)
    if console:
        handler = _Console(stream)
        handler.setFormatter(logging.Formatter(_FORMAT))
        handler.addFilter(Masking())
        root.addHandler(handler)
    sys.excepthook = _report
    threading.excepthook = _report_of_thread


def set_level(level: str) -> None:
    """Change the level while running. Raises ValueError if there is no such level."""
    if level not in LEVELS:
        raise ValueError(f"There is no log level named {level}. Choose one of {', '.join(LEVELS)}.")
    logging.getLogger(_LOGGER).setLevel(level.upper())


class _Console(logging.StreamHandler[TextIO]):
    """The one handler of gcdesk, so that a second call of setup_logging finds the first one's."""


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    from gcdesk.guest.masking import mask_text

    text = mask_text("".join(traceback.format_exception(kind, error, trace))).translate(_CONTROLS_IN_LINES)
    if sys.stderr is not None:
        sys.stderr.write(text)


def _report_of_thread(arguments: threading.ExceptHookArgs) -> None:
    if arguments.exc_type is not SystemExit and arguments.exc_value is not None:
        _report(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)
