"""What is left of a run that did not end properly, and reports that hold no secret."""

from __future__ import annotations

import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from gcdesk.desk.crashes import MOST_KEPT, RunWatch, report_of, save_report

TOKEN = "3fa85f64-5717-4562-b3fc-2c963f66afa6"

RUN = """
import sys, time
from pathlib import Path
from gcdesk.desk.crashes import RunWatch
watch = RunWatch(Path(sys.argv[1]))
watch.begin()
print("running", flush=True)
sys.stdin.readline()
{end}
"""


def running(folder: Path, end: str) -> subprocess.Popen[str]:
    one = subprocess.Popen(
        [sys.executable, "-c", RUN.format(end=end), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert one.stdout is not None
    assert one.stdout.readline() == "running\n"
    return one


def finish(one: subprocess.Popen[str], status: int) -> None:
    one.communicate("\n", timeout=30)
    assert one.returncode == status


def test_a_run_that_ends_properly_leaves_nothing(tmp_path: Path) -> None:
    finish(running(tmp_path, "watch.end()"), 0)
    assert list(tmp_path.iterdir()) == []
    watch = RunWatch(tmp_path, traces=False)
    assert watch.begin() == []
    watch.end()


@pytest.mark.skipif(sys.platform == "win32", reason="signals end processes there in another way")
def test_a_crash_is_found_once_with_where_it_happened(tmp_path: Path) -> None:
    finish(running(tmp_path, "import faulthandler; faulthandler._sigsegv()"), -signal.SIGSEGV)
    watch = RunWatch(tmp_path, traces=False)
    (end,) = watch.begin()
    watch.end()
    assert end.at is not None
    assert "Segmentation fault" in end.text
    assert "Current thread" in end.text
    assert end.report is not None
    assert end.report.read_text(encoding="utf-8") == end.text
    assert stat.S_IMODE(end.report.stat().st_mode) == 0o600
    again = RunWatch(tmp_path, traces=False)
    assert again.begin() == []
    again.end()


@pytest.mark.skipif(sys.platform == "win32", reason="signals end processes there in another way")
def test_an_end_without_a_word_has_no_report(tmp_path: Path) -> None:
    one = running(tmp_path, "")
    one.kill()
    one.communicate(timeout=30)
    watch = RunWatch(tmp_path, traces=False)
    (end,) = watch.begin()
    watch.end()
    assert (end.report, end.text) == (None, "")
    assert end.at is not None


def test_what_still_runs_is_left_alone(tmp_path: Path) -> None:
    one = running(tmp_path, "watch.end()")
    watch = RunWatch(tmp_path, traces=False)
    assert watch.begin() == []
    finish(one, 0)
    watch.end()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("left", [b"", b"\xff\xfe nonsense", b"2026-11-23T10:00:00+00:00\n"])
def test_a_damaged_mark_is_no_trouble(tmp_path: Path, left: bytes) -> None:
    (tmp_path / "run-1-aa.txt").write_bytes(left)
    watch = RunWatch(tmp_path, traces=False)
    (end,) = watch.begin()
    watch.end()
    assert end.report is None
    assert list(tmp_path.iterdir()) == []


def test_a_report_tells_versions_and_the_place_and_no_secret() -> None:
    try:
        raise ValueError(f"the token {TOKEN} is odd")
    except ValueError as error:
        text = report_of(error)
    assert "test_crashes.py" in text
    assert "ValueError" in text
    assert TOKEN not in text
    assert text.startswith("gcdesk ")
    assert f"Python {sys.version_info.major}." in text


def test_the_oldest_reports_go(tmp_path: Path) -> None:
    written = [save_report(f"report {number}", tmp_path) for number in range(MOST_KEPT + 3)]
    kept = list(tmp_path.glob("report-*.txt"))
    assert len(kept) == MOST_KEPT
    assert written[-1].name in {path.name for path in kept} or len({p.name[:22] for p in written}) == 1
