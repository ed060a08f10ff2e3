"""The shared test tools do what they promise, above all: they fail when they should."""

from __future__ import annotations

import asyncio
import logging
import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from tests.support.coroutines import run_on_asyncio, run_on_qt
from tests.support.logs import no_unexpected_logs


async def test_coroutine_tests_run_on_plain_asyncio_in_debug_mode() -> None:
    loop = asyncio.get_running_loop()
    assert type(loop).__module__.startswith("asyncio.")
    assert loop.get_debug()


async def test_coroutine_tests_with_qtbot_run_on_the_qt_loop(qtbot: QtBot) -> None:
    loop = asyncio.get_running_loop()
    assert type(loop).__module__.startswith("qasync")
    assert await asyncio.to_thread(lambda: 7) == 7


def test_each_qt_loop_starts_afresh(qtbot: QtBot) -> None:
    loops: list[asyncio.AbstractEventLoop] = []

    async def note_the_loop() -> None:
        await asyncio.sleep(0.001)
        loops.append(asyncio.get_running_loop())

    run_on_qt(note_the_loop, {})
    run_on_qt(note_the_loop, {})
    assert loops[0] is not loops[1]
    assert all(loop.is_closed() for loop in loops)


@pytest.mark.parametrize("run", [run_on_asyncio, run_on_qt])
def test_a_task_left_behind_fails_the_test(run: object, qtbot: QtBot) -> None:
    kept: list[asyncio.Task[None]] = []

    async def forgetful() -> None:
        kept.append(asyncio.create_task(asyncio.sleep(3600), name="forgotten"))

    with pytest.raises(pytest.fail.Exception, match="forgotten"):
        run(forgetful, {})  # type: ignore[operator]
    assert kept[0].cancelled()


async def test_turning_the_qt_loop_below_a_coroutine_is_refused(qtbot: QtBot) -> None:
    with pytest.raises(AssertionError, match=r"processEvents\(\) below a coroutine"):
        QApplication.processEvents()
    with pytest.raises(AssertionError, match=r"QEventLoop\.exec\(\) below a coroutine"):
        qtbot.waitUntil(lambda: False, timeout=10)
    with pytest.raises(AssertionError, match=r"QDialog\.exec\(\) below a coroutine"):
        QDialog().exec()


async def test_a_slot_that_qt_calls_may_turn_the_loop(qtbot: QtBot) -> None:
    turned = asyncio.Event()

    def slot() -> None:
        QApplication.processEvents()
        turned.set()

    QTimer.singleShot(0, slot)
    await turned.wait()


def test_outside_of_coroutines_the_loop_turns_as_ever(qtbot: QtBot) -> None:
    seen: list[int] = []
    QTimer.singleShot(0, lambda: seen.append(1))
    qtbot.waitUntil(lambda: bool(seen))
    QApplication.processEvents()


@pytest.mark.parametrize("run", [run_on_asyncio, run_on_qt])
def test_a_failing_coroutine_fails_the_test(run: object, qtbot: QtBot) -> None:
    async def wrong() -> None:
        await asyncio.sleep(0)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(wrong, {})  # type: ignore[operator]


@pytest.mark.expected_logs("WARNING gcdesk: something odd")
def test_an_unexpected_warning_fails() -> None:
    with (
        pytest.raises(pytest.fail.Exception, match="WARNING gcdesk: something odd"),
        no_unexpected_logs(None),
    ):
        logging.getLogger("gcdesk").warning("something %s", "odd")


@pytest.mark.expected_logs("WARNING gcdesk: something odd")
def test_an_expected_warning_passes_and_its_absence_fails() -> None:
    with no_unexpected_logs(("some.*odd",)):
        logging.getLogger("gcdesk").warning("something odd")
    with pytest.raises(pytest.fail.Exception, match="did not come"), no_unexpected_logs(("some.*odd",)):
        logging.getLogger("gcdesk").info("something odd")


def test_no_proxy_of_this_machine_reaches_a_test() -> None:
    assert not [name for name in os.environ if name.lower().endswith("_proxy")]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Xvfb runs on Linux only")
def test_the_virtual_display_takes_a_real_qt_window(xvfb: str) -> None:
    program = (
        "from PySide6.QtWidgets import QApplication, QWidget\n"
        "app = QApplication([]); window = QWidget(); window.show(); app.processEvents()\n"
        "print(app.platformName())"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "DISPLAY": xvfb, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (shown.returncode, shown.stdout.strip()) == (0, "xcb"), shown.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="gnome-keyring runs on Linux only")
def test_the_private_secret_service_keeps_and_forgets(secret_service: dict[str, str]) -> None:
    def keyring(program: str) -> str:
        code = f"import keyring; {program}"
        ran = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **secret_service},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout.strip()

    keyring("keyring.set_password('gcdesk-self-test', 'a name', 'päss 🔑')")
    assert keyring("print(ascii(keyring.get_password('gcdesk-self-test', 'a name')))") == ascii("päss 🔑")
    keyring("keyring.delete_password('gcdesk-self-test', 'a name')")
    assert keyring("print(keyring.get_password('gcdesk-self-test', 'a name'))") == "None"
