"""No log line, argument or traceback shows a token or an ID whole, and levels are kept."""

from __future__ import annotations

import io
import logging
import re
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from gcdesk.desk.logs import LEVELS, set_level, setup_logging

TOKEN = "0f4d1c2e-8f7a-4b0e-9a55-7c0de1d2f3a4"
LOGGER = logging.getLogger("gcdesk.test")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    hooks = sys.excepthook, threading.excepthook
    setup_logging("debug", stream=stream)
    yield stream
    setup_logging("warning", console=False)
    sys.excepthook, threading.excepthook = hooks


def test_messages_and_arguments_are_masked(written: io.StringIO) -> None:
    LOGGER.info("token %s", TOKEN)
    LOGGER.info(f"token {TOKEN} and {{'token': '{TOKEN}'}}")  # noqa: G004 - careless calls must be safe too
    LOGGER.info("%(id)s", {"id": TOKEN})
    assert len(written.getvalue().splitlines()) == 3
    assert TOKEN not in written.getvalue()
    assert TOKEN[:13] not in written.getvalue()


def test_tracebacks_and_stacks_are_masked(written: io.StringIO) -> None:
    try:
        try:
            raise LookupError(TOKEN)
        except LookupError as error:
            raise ValueError(f"deploymentId={TOKEN}") from error
    except ValueError:
        LOGGER.info("failed with %s", TOKEN, exc_info=True, stack_info=True)
    text = written.getvalue()
    assert "LookupError" in text
    assert "ValueError" in text
    assert "Stack (most recent call last)" in text
    assert TOKEN not in text


def test_nothing_steers_the_terminal_or_forges_a_line(written: io.StringIO) -> None:
    try:
        raise ValueError("\x1b[2Jin an error\x07")
    except ValueError:
        LOGGER.info("a title\n2026-11-23 ERROR forged\r\x1b[31m\x9b", exc_info=True)
    text = written.getvalue()
    assert "\\x0a2026-11-23 ERROR forged" in text
    assert "\\x1b[2Jin an error" in text
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


def test_other_packages_are_masked_too(written: io.StringIO) -> None:
    logging.getLogger("websockets.client").debug("not shown")
    other = logging.getLogger("elsewhere")
    other.setLevel(logging.INFO)
    other.info("token %s", TOKEN)
    assert "not shown" not in written.getvalue()
    assert "elsewhere" in written.getvalue()
    assert TOKEN not in written.getvalue()


def test_a_wrong_log_call_is_written_and_does_not_raise(written: io.StringIO) -> None:
    LOGGER.info("%d pieces", "some")
    assert "wrong arguments" in written.getvalue()


@pytest.mark.expected_logs
@pytest.mark.parametrize("level", LEVELS)
def test_each_level_shows_itself_and_above(written: io.StringIO, level: str) -> None:
    set_level(level)
    for name in LEVELS:
        LOGGER.log(getattr(logging, name.upper()), "a line of %s", name)
    shown = [name for name in LEVELS if f"a line of {name}" in written.getvalue()]
    assert shown == list(LEVELS[LEVELS.index(level) :])


def test_an_unknown_level_is_refused(written: io.StringIO) -> None:
    with pytest.raises(ValueError, match="debug, info, warning, error"):
        set_level("loud")


def test_a_second_start_does_not_double_lines(written: io.StringIO) -> None:
    setup_logging("debug", stream=written)
    LOGGER.info("once")
    assert written.getvalue().count("once") == 1


@pytest.mark.parametrize(
    "program",
    [
        f"raise ValueError('token {TOKEN}')",
        f"import threading; threading.Thread(target=int, args=('{TOKEN}',)).start()",
    ],
    ids=["main thread", "other thread"],
)
def test_an_error_that_escapes_is_masked(program: str) -> None:
    start = "from gcdesk.desk.logs import setup_logging; setup_logging()\n"
    ran = subprocess.run(
        [sys.executable, "-c", start + program], capture_output=True, text=True, timeout=30, check=False
    )
    assert "ValueError" in ran.stderr
    assert TOKEN not in ran.stderr
