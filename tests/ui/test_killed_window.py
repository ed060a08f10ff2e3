"""A window that is killed in the middle of a chat has lost nothing that it had shown."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from gcdesk.desk.history_book import ChatBook
from tests.support.killed_window import SAID

PATIENCE = 60


@pytest.mark.skipif(os.name != "posix", reason="ends the window by a signal that nothing can catch")
@pytest.mark.parametrize(("after", "slow_disk"), [(1, 0.05), (40, 0.05), (100, 0.0)])
def test_what_was_painted_is_on_the_disk(tmp_path: Path, after: int, slow_disk: float) -> None:
    service_command = [sys.executable, "-m", "tests.support.talkative", "--rate", "200"]
    window_command = [sys.executable, "-m", "tests.support.killed_window"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "GCDESK_CONFIG_DIR": str(tmp_path)}
    with subprocess.Popen(
        service_command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as service:
        try:
            assert service.stdout is not None
            assert service.stdin is not None
            url = service.stdout.readline().strip()
            print("go", file=service.stdin, flush=True)
            killed = subprocess.run(
                [*window_command, url, "--after", str(after), "--slow-disk", str(slow_disk)],
                stdout=subprocess.PIPE,
                text=True,
                env=environment,
                timeout=PATIENCE,
                check=False,
            )
        finally:
            service.kill()
    assert killed.returncode == -signal.SIGKILL
    painted = [line for line in killed.stdout.splitlines() if line != "ready"]
    assert len(painted) == after
    book = ChatBook(tmp_path / "history.db")
    (chat,) = book.list()
    assert (chat.crm_id, chat.ended) == ("CUST-1", None)
    kept = {shown.message.key: shown.message.text for shown in book.open(chat.id).messages}
    lost = [key for key in painted if key not in kept]
    assert lost == []
    if after > 1:
        assert SAID in kept.values()
