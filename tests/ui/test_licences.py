"""The licences of what is shipped can be read in the window."""

from __future__ import annotations

import threading
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from gcdesk.ui.about import AboutDialog
from gcdesk.ui.licences import LicencesDialog
from tests.ui.fakes import until
from tests.ui.reading import nameless, unreachable
from tests.ui.stage import UAT, stage


async def test_each_package_shows_its_licence(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        one.window.menus.about.trigger()
        about = one.window.findChild(AboutDialog)
        assert isinstance(about, AboutDialog)
        (button,) = [b for b in about.findChildren(QPushButton) if b.text() == "Licences…"]
        button.click()
        dialog = about.findChild(LicencesDialog)
        assert isinstance(dialog, LicencesDialog)
        await until(lambda: dialog.list.count() > 0)
        names = [dialog.list.item(row).text().split()[0] for row in range(dialog.list.count())]
        assert names[0] == "gcdesk"
        assert {"PySide6_Essentials", "websockets", "keyring"} <= set(names)
        dialog.list.setCurrentRow(names.index("websockets"))
        assert "websockets" in dialog.text.toPlainText().splitlines()[0]
        assert "BSD" in dialog.text.toPlainText()
        assert len(dialog.text.toPlainText()) > 1000
        assert nameless(dialog) == []
        assert unreachable(dialog) == []


async def test_a_dialog_that_is_closed_while_it_reads_is_no_trouble(qtbot: QtBot, tmp_path: Path) -> None:
    async with stage(tmp_path, UAT) as one:
        dialog = LicencesDialog(one.window)
        dialog.show()
        reading = [thread for thread in threading.enumerate() if thread.name == "gcdesk licences"]
        dialog.close()
        dialog.deleteLater()
        await until(lambda: not shiboken6.isValid(dialog))
        await until(lambda: not any(thread.is_alive() for thread in reading))
