"""An error that nobody expected, and a crash: the window says so, and what was saved and where."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

TOKEN = "3fa85f64-5717-4562-b3fc-2c963f66afa6"

PROGRAM = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton
import gcdesk.ui.app as app
from gcdesk.ui.options import WindowOptions

def dialogs():
    from gcdesk.ui.crash_dialog import CrashDialog
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, CrashDialog) and w.isVisible()]

def window():
    return next(w for w in QApplication.topLevelWidgets() if w.objectName() == "gcdesk")

def when(ready, act):
    def look():
        if ready():
            timer.stop()
            act()
    timer = QTimer(QApplication.instance(), interval=5)
    timer.timeout.connect(look)
    timer.start()

def marked():
    return any(name.startswith("run-") for name in os.listdir(os.environ["CRASHES"]))

def begin(act):
    make_app = app.make_app
    def make():
        made = make_app()
        when(lambda: window().launch_bar.environment_name() == "", act)
        return made
    app.make_app = make

def tell(dialog):
    print(dialog.windowTitle(), *dialog.lines, sep="|", flush=True)
    print(repr(dialog.report.toPlainText()), flush=True)
"""

RAISES = """
def boom():
    raise RuntimeError("the token {token} is odd")

def act():
    when(marked, twice)

def twice():
    QTimer.singleShot(0, boom)
    QTimer.singleShot(1, boom)
    when(dialogs, told)

def told():
    (dialog,) = dialogs()
    tell(dialog)
    dialog.close()
    window().close()
"""

CRASHES = """
def act():
    import faulthandler
    when(marked, faulthandler._sigsegv)
"""

LOOKS = """
def act():
    when(dialogs, told)

def told():
    (dialog,) = dialogs()
    tell(dialog)
    window().close()
"""

NOTICES = """
def act():
    when(lambda: window().notices.text(), told)

def told():
    print(window().notices.text(), flush=True)
    window().close()
"""

RUN = """
begin(act)
sys.exit(app.run(WindowOptions()))
"""


def run(config: Path, act: str) -> subprocess.CompletedProcess[str]:
    (config / "crashes").mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-c", PROGRAM + act.replace("{token}", TOKEN) + RUN],
        env={
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "GCDESK_CONFIG_DIR": str(config),
            "CRASHES": str(config / "crashes"),
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_an_error_nobody_expected_is_reported_once_and_the_window_goes_on(tmp_path: Path) -> None:
    ran = run(tmp_path, RAISES)
    assert ran.returncode == 0, ran.stderr
    said, report = ran.stdout.splitlines()
    assert said.startswith("Crash report|")
    assert str(tmp_path / "history.db") in said
    (file,) = (tmp_path / "crashes").glob("report-*.txt")
    assert str(file) in said
    assert "RuntimeError" in report
    assert TOKEN not in ran.stdout + file.read_text(encoding="utf-8")
    assert not list((tmp_path / "crashes").glob("run-*"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals end processes there in another way")
def test_a_crash_is_shown_at_the_next_start(tmp_path: Path) -> None:
    crashed = run(tmp_path, CRASHES)
    assert crashed.returncode == -signal.SIGSEGV
    ran = run(tmp_path, LOOKS)
    assert ran.returncode == 0, ran.stderr
    said, report = ran.stdout.splitlines()
    assert str(tmp_path / "history.db") in said
    assert "Segmentation fault" in report
    assert list((tmp_path / "crashes").glob("report-*.txt"))


@pytest.mark.skipif(sys.platform == "win32", reason="signals end processes there in another way")
def test_an_end_without_a_word_is_told_in_a_line(tmp_path: Path) -> None:
    killed = run(tmp_path, CRASHES.replace("faulthandler._sigsegv", "lambda: os.kill(os.getpid(), 9)"))
    assert killed.returncode == -signal.SIGKILL
    ran = run(tmp_path, NOTICES)
    assert ran.returncode == 0, ran.stderr
    assert "did not end properly" in ran.stdout
    assert str(tmp_path / "history.db") in ran.stdout
